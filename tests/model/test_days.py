from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.model import days
from vientro.model.errors import InputError


@pytest.mark.parametrize("given", ["", "mai", "2025-02-30", "0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_what_is_no_day_of_news_is_refused(given):
    with pytest.raises(InputError):
        days.day("on", given)


@pytest.mark.parametrize("given", ["", "2025-01-09", "2025-01-09T12:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_moment_of_news_is_refused(given):
    with pytest.raises(InputError):
        days.moment("known", given)


@given(st.dates())
def test_a_day_comes_back_as_it_is_or_is_refused(day):
    if days.countable(day):
        assert days.day("on", day.isoformat()) == day.isoformat()
    else:
        with pytest.raises(InputError):
            days.day("on", day.isoformat())


@given(st.datetimes(timezones=st.timezones()))
def test_any_moment_is_told_in_utc_or_refused(moment):
    if days.countable(moment):
        assert days.moment("known", moment.isoformat()).endswith("Z")
