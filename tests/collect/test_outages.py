"""Which watched sources could not be reached: what silence rests on (Q8)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from outlet import FEED, Outlet, tools
from played import Answer

from vientro import pipeline
from vientro.collect.sources import Source
from vientro.model.ledger import Ledger
from vientro.store.desk import Desk, SourceState
from vientro.store.store import Store
from vientro.tasks.watching import round_

SOURCE = Source("Báo Mẫu", FEED, "feed", 1800)
UP = SourceState("Báo Mẫu", FEED, polled="2026-11-09T05:00:00+00:00", succeeded="2026-11-09T05:00:00+00:00")


@pytest.fixture
def store(path):
    with Store(path) as store:
        store.replace([], Ledger())
        yield store


def test_where_nothing_is_watched_nothing_is_known(store):
    assert store.coverage().sources_down is None
    Desk(store)
    assert store.coverage().sources_down is None


def test_a_source_that_answers_was_never_down(store):
    Desk(store).save(source=UP)
    assert store.coverage().sources_down == ()


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("", "9", True), ("2026-11-03", "2026-11-03", True), ("2026-11-01", "2026-11-01", False), ("2026-11-06", "2026-11-09", False)],
)
def test_an_outage_is_told_of_its_days(store, first, last, told):
    desk = Desk(store)
    desk.save(source=UP)
    desk.back("Báo Mẫu", "2026-11-02T05:00:00+00:00", "2026-11-04T05:00:00+00:00")
    assert store.coverage(first, last).sources_down == (("Báo Mẫu",) if told else ())


def test_an_hour_loses_no_story(store):
    desk = Desk(store)
    desk.save(source=UP)
    desk.back("Báo Mẫu", "2026-11-02T05:00:00+00:00", "2026-11-02T06:00:00+00:00")
    assert store.coverage().sources_down == ()


def test_a_source_that_has_not_come_back_is_down_and_one_that_never_answered_was_all_along(store):
    desk = Desk(store)
    desk.save(source=replace(UP, polled="2026-11-12T05:00:00+00:00", failures=9))
    desk.save(source=SourceState("Chết", "http://chet.example", polled="2026-11-12T05:00:00+00:00", failures=3))
    assert store.coverage("2026-11-11", "2026-11-11").sources_down == ("Báo Mẫu", "Chết")
    assert store.coverage("2026-11-08", "2026-11-08").sources_down == ("Chết",)
    assert store.coverage("2026-11-13", "2026-11-13").sources_down == ()


def test_a_watch_keeps_when_a_source_was_down(web, clock, stages, tmp_path):
    outlet = Outlet(web, clock)
    with Store(tmp_path / "x.db") as store:
        at_work = tools(web, clock, store, stages, tmp_path / "x.db.archive")
        outlet.publish(1)
        round_([SOURCE], at_work, punctual=True, tell=lambda _: None)
        good, web.pages[FEED] = web.pages[FEED], Answer(status=500)
        for _ in range(3):
            clock.forward(hours=8)
            round_([SOURCE], at_work, punctual=True, tell=lambda _: None)
        pipeline.project(store, stages)
        assert store.coverage().sources_down == ("Báo Mẫu",)
        web.pages[FEED] = good
        clock.forward(hours=20)
        round_([SOURCE], at_work, punctual=True, tell=lambda _: None)
        assert at_work.desk.source("Báo Mẫu").failures == 0
        assert store.coverage().sources_down == ("Báo Mẫu",)
        at_work.fetcher.close()
