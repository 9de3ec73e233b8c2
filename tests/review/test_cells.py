"""Days, numbers and parties as people write them in cells."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.review.cells import day, empty, number, party


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", 1234),
        ("1,234,567.5", 1234567.5),
        ("1.234.567,5", 1234567.5),
        ("1 234", 1234),
        ("12,5", 12.5),
        ("1,234", 1234),
        ("0", 0),
        ("2.5e8", 2.5e8),
    ],
)
def test_numbers_with_any_marks(cell, value):
    assert number(cell) == (value, False)


def test_doubt_is_kept():
    assert number("40?") == (40, True)
    assert number("(6)") == (6, True)


@pytest.mark.parametrize("cell", ["many", "=1+1", "1e999", "nan", "inf", "-5", "1.2.3", "12 tanks", "--1", "1e16"])
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError, match="number"):
        number(cell)


@pytest.mark.parametrize(
    ("cell", "order", "edtf"),
    [
        ("2024-05-31", "iso", "2024-05-31"),
        ("2024-05-31 00:00:00", "iso", "2024-05-31"),
        ("31.5.2024", "dmy", "2024-05-31"),
        ("5/31/2024", "mdy", "2024-05-31"),
        ("2024-05", "iso", "2024-05"),
        ("2024", "iso", "2024"),
        ("2020; 2022; 2021", "iso", "2020/2022"),
        ("2020-2022", "iso", "2020/2022"),
        ("2022-02/2025-02-24", "iso", "2022-02/2025-02-24"),
        ("2022/..", "iso", "2022/.."),
        ("2024-05-31T09:30:00", "iso", "2024-05-31"),
    ],
)
def test_days(cell, order, edtf):
    assert day(cell, order) == edtf


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("31.5.2024", "iso"),
        ("2024-13-01", "iso"),
        ("soon", "iso"),
        ("31/31/2024", "dmy"),
        ("12", "iso"),
        ("31/12/24", "dmy"),
        ("5.6.24", "dmy"),
        ("24-12-31", "mdy"),
        ("2024-05-31 to 2024-08-31", "iso"),
        ("1/2/2024-3/4/2024", "dmy"),
        ("2024-09/2024-05", "iso"),
        ("../..", "iso"),
    ],
)
def test_what_is_no_day_is_refused(cell, order):
    with pytest.raises(ValueError):  # noqa: PT011  the standard library's words for a wrong month
        day(cell, order)


def test_parties_by_the_names_of_the_map_then_by_those_of_the_reader():
    assert party("Germany", {}) == "DE"
    assert party("European Union", {"european union": "EU"}) == "EU"
    assert party("Atlantis", {}) == "Atlantis"


@given(st.text(max_size=40))
def test_any_cell_is_read_or_refused(cell):
    for read in (number, lambda text: day(text, "dmy"), lambda text: day(text, "iso")):
        with suppress(ValueError):
            read(cell)
    assert isinstance(party(cell, {}), str)
    assert empty(cell) in (True, False)
