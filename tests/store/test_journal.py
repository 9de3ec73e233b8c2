"""Decisions, rows and releases are written down once, in order, by many hands, and never changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import delete, text, update

from vientro.article.compose import compose
from vientro.model.decision import Decision, named
from vientro.model.errors import StoreError
from vientro.store import accounts, guards, schema
from vientro.store.journal import ImportedRow, Release
from vientro.store.store import Store


@pytest.fixture
def store(path):
    with Store(path) as store:
        yield store


def ruling(by: str = "an", at: str = "2026-03-05T08:00:00.000001+00:00", **slots) -> Decision:
    return named(Decision("", at, by, slots.pop("kind", "accept"), ("c-1",), **slots))


def test_decisions_come_back_as_they_went_in_and_in_that_order(store, stages):
    [claim] = stages.read(compose("a", "Theo báo chí, Đức cam kết cho Ukraine 20 triệu euro trong năm nay.", published="2024-05-03"))
    made = [
        ruling(saw=(claim,)),
        ruling(by="bình", kind="correct", slot="amounts", value=[{"value": 20e6, "currency": "EUR"}]),
        ruling(at="2026-03-04"),
    ]
    store.decide(made[:2])
    store.decide(made)
    assert store.decisions() == made
    assert store.decisions("2026-03-04") == made[2:]
    assert store.decisions("2026-03-05") == made


def test_two_people_decide_on_one_item_at_once_and_both_are_recorded(path):
    Store(path).close()
    ready = Barrier(2)

    def decide(by: str) -> None:
        with Store(path) as store:
            for number in range(10):
                ready.wait(30)
                store.decide([ruling(by=by, kind="reject" if by == "an" else "accept", at=f"2026-03-05T08:00:{number:02}+00:00")])

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(decide, by) for by in ("an", "bình")]:
            done.result(60)
    with Store(path) as store:
        found = store.decisions()
    assert len({decision.id for decision in found}) == len(found) == 20
    for by in ("an", "bình"):
        own = [decision for decision in found if decision.by == by]
        assert [decision.at for decision in own] == sorted(decision.at for decision in own)
        assert len(own) == 10


def test_another_decision_under_the_same_id_is_refused_and_nothing_is_written(store):
    one = ruling()
    store.decide([one])
    with pytest.raises(StoreError, match="something else under this id"):
        store.decide([ruling(by="bình"), replace(one, why="khác")])
    assert store.decisions() == [one]


def test_rows_of_another_database(store):
    rows = [ImportedRow(f"k-{number}", "hash", {"Donor": "Đức", "Value": number}, f"2026-03-0{number}") for number in (1, 2)]
    store.import_rows(rows)
    store.import_rows(rows)
    assert store.imported() == rows
    assert store.imported("2026-03-01") == rows[:1]


def test_releases_are_numbered_and_never_changed(store):
    first, second = (store.release(Release(name, "hash", {"lines": 5})) for name in ("2026-1", "2026-2"))
    assert [first.number, second.number] == [1, 2]
    assert store.releases() == [first, second]
    with pytest.raises(StoreError, match="never changed"):
        store.release(Release("2026-1", "other", {}))


@pytest.fixture
def full(store, stages):
    """A ledger with something in every table of facts."""
    article = compose("a", "Theo báo chí, Đức cam kết cho Ukraine 20 triệu euro trong năm nay.", published="2024-05-03")
    store.add([(article, stages.read(article))], "stub 1")
    store.decide([ruling()])
    store.import_rows([ImportedRow("k-1", "hash", {})])
    store.release(Release("1", "hash", {}))
    with store.database.writing() as connection:
        page = {"number": 1, "url": "u", "hash": "h", "fetched": "2026", "status": 200, "headers": "[]"}
        connection.execute(schema.pages.insert(), [page])
        connection.execute(schema.versions.insert(), [{"number": 1, "url": "u", "article": article.id, "at": "2026", "why": ""}])
        connection.execute(schema.redactions.insert(), [{"number": 1, "article": "a-none", "hash": "h", "at": "2026", "why": "x"}])
    accounts.note(store, "an", "sign in", "an")
    return store


@pytest.mark.parametrize("table", schema.FACTS, ids=lambda table: table.name)
def test_the_database_refuses_to_change_or_remove_a_fact(full, table):
    column = next(column for column in table.columns if not column.primary_key)
    for statement in (update(table).values({column.name: "other"}), delete(table)):
        with pytest.raises(StoreError, match="only added to"), full.database.writing() as connection:
            connection.execute(statement)


def test_the_database_refuses_to_replace_or_empty_a_table_of_facts(full):
    statement = "TRUNCATE decisions"
    if full.database.is_sqlite:
        statement = """INSERT OR REPLACE INTO decisions SELECT number, 'x', at, "by", record FROM decisions"""
    with pytest.raises(StoreError, match="only added to"), full.database.writing() as connection:
        connection.execute(text(statement))


def test_all_guards_are_up(store):
    with store.database.reading() as connection:
        assert guards.present(connection) == guards.names()
