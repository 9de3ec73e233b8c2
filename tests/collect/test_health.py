from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vientro.store.desk import Desk, SourceState, Turn
from vientro.store.store import Store
from vientro.tasks.health import DRIFT, health

NOW = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
FINE = SourceState("Báo Mẫu", "http://bao.example/rss", succeeded="2026-11-09T05:00:00+00:00", news="2026-11-09T04:00:00+00:00")


@pytest.fixture
def desk(tmp_path):
    with Store(tmp_path / "x.db") as store:
        yield Desk(store)


@pytest.mark.parametrize(
    ("state", "status", "since"),
    [
        (FINE, "ok", FINE.news),
        (replace(FINE, news="2026-11-06T04:00:00+00:00"), "no news", "2026-11-06T04:00:00+00:00"),
        (replace(FINE, failures=3, fault="timeout"), "down", FINE.succeeded),
        (SourceState("Báo Mẫu"), "never asked", ""),
    ],
)
def test_a_day_without_news_is_told_apart_from_a_source_that_is_down(desk, state, status, since):
    desk.save(source=state)
    (found,) = health(desk, NOW)
    assert (found.status, found.since) == (status, since)


@pytest.mark.parametrize(
    ("turn", "drift"),
    [
        (Turn("", "", "Báo Mẫu", "taken", lede=1, published="2026-11-08"), ()),
        (Turn("", "", "Báo Mẫu", "taken", published="2026-11-08"), (f"no lede in the last {DRIFT} pages",)),
        (Turn("", "", "Báo Mẫu", "taken", lede=1), (f"no day of publication in the last {DRIFT} pages",)),
        (Turn("", "", "Báo Mẫu", "rejected"), (f"no article in the last {DRIFT} pages",)),
    ],
)
def test_pages_that_seem_to_be_misread_are_told(desk, turn, drift):
    old = replace(turn, name="0", state="taken", lede=1, published="2026-10-01", asked="2026-10-01")
    desk.save([old, *(replace(turn, name=str(number), asked=f"2026-11-08T{number:02}") for number in range(1, DRIFT + 1))], source=FINE)
    (found,) = health(desk, NOW)
    assert found.drift == drift
    desk.save([replace(old, asked="2026-11-09")])
    assert health(desk, NOW)[0].drift == ()


def test_an_address_added_by_hand_has_answered_when_a_page_of_it_came(desk):
    desk.save([Turn("1", "http://bao.example/1", "http://bao.example/rss", "taken", asked="2026-11-08T05:00:00+00:00")])
    (found,) = health(desk, NOW)
    assert (found.status, found.succeeded) == ("added", "2026-11-08T05:00:00+00:00")


def test_counts_are_those_of_all_time(desk):
    for _ in range(2):
        desk.save(
            counts=Counter(
                {("Báo Mẫu", "reject", "a video page"): 2, ("Báo Mẫu", "fault", "timeout"): 1, ("Báo Mẫu", "articles", "new"): 3}
            )
        )
    (found,) = health(desk, NOW)
    assert (found.rejects, found.faults, found.articles) == ({"a video page": 4}, {"timeout": 2}, 6)
