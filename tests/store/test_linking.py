"""Linking goes on in a new process from what the last one kept in the ledger, and links as if it saw all at once."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from made import article, claim, item, money
from vientro.ledger import project
from vientro.link import Index, link
from vientro.publish import canonical
from vientro.publish.book import Book
from vientro.store import linking, schema
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.link.index import Bonds
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.store.linking import Linked

MORE = "Hai bên còn bàn việc đào tạo kíp lái, bảo trì đài và mở một kho phụ tùng gần biên giới trong năm tới."


def told(place: int, giver: str, code: str, verb: str, kind: str, outlet: str) -> tuple[Article, Claim]:
    made = article(f"{giver} {verb} 8 radar cho Moldova\n{MORE}", f"2024-0{place + 3}-11" if place < 3 else None, outlet)
    radars = (item("radar", "radar", value=8),)
    speaker = "Maia Sandu" if outlet == "Báo A" else None
    return made, claim(made, kind, speaker=speaker, actors=code, recipients="MD", items=radars, amounts=(money(8e6),))


WORLD = [
    told(place, giver, code, verb, kind, outlet)
    for giver, code in (("Na Uy", "NO"), ("Đức", "DE"))
    for place, (verb, kind) in enumerate([("cam kết", "commit"), ("giao", "deliver"), ("ngừng giao", "suspend"), ("xin", "request")])
    for outlet in ("Báo A", "Báo B")
]
NAMES = st.sets(st.integers(0, len(WORLD) - 1))


def run(path: Path, *, linker: str = "links 1", bonds: Bonds | None = None, stopped: bool = False) -> Linked:
    """What a run does after it has read, in a process of its own."""
    with Store(path) as store:
        articles, claims = list(store.articles()), store.claims()
        made = linking.linked(store, linker, articles, claims, bonds or {})
        if not stopped:
            store.replace(made.links, project(articles, claims, made.links), linked=made)
        return made


def read(path: Path, added: Sequence[tuple[Article, Claim]]) -> None:
    with Store(path) as store:
        store.add([(made, [one]) for made, one in added], "reader 1")


def export(path: Path) -> list[str]:
    with Store(path) as store:
        links, ledger = store.projection()
        articles, claims = {one.id: one for one in store.articles()}, {one.id: one for one in store.claims()}
        return list(canonical.lines(Book(articles, claims, {one.claim: one for one in links}, ledger, store.count(), None, ())))


def ruled(a: int, b: int, *, together: bool) -> Bonds:
    one, other = WORLD[a][1].id, WORLD[b][1].id
    return {"deal": {one: {other: together}, other: {one: together}}} if one != other else {}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(NAMES, st.booleans()), min_size=1, max_size=3), st.integers(0, 15), st.integers(0, 15), st.booleans())
def test_runs_in_several_processes_make_the_ledger_of_one(runs, a, b, together):
    with TemporaryDirectory() as home:
        cut, whole = Path(home) / "cut.db", Path(home) / "whole.db"
        for names, stopped in runs:
            read(cut, [WORLD[name] for name in sorted(names)])
            run(cut, stopped=stopped)
        read(whole, [WORLD[name] for name in sorted(set().union(*(names for names, _ in runs)))])
        for bonds in ({}, ruled(a, b, together=together), {}):
            run(cut, bonds=bonds)
            with Store(whole) as store:
                linking.forget(store)
            run(whole, bonds=bonds)
            assert export(cut) == export(whole)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "x.db"
    read(path, WORLD[:-1])
    run(path)
    return path


def test_only_what_is_new_is_compared(ledger, monkeypatch):
    added = []

    def add(self, articles, *rest, whole=Index.add):
        added.append(len(articles))
        return whole(self, articles, *rest)

    monkeypatch.setattr(Index, "add", add)
    read(ledger, WORLD[-1:])
    run(ledger)
    run(ledger)
    assert added == [1, 0]


def test_another_linker_links_all_anew(ledger):
    assert len(run(ledger).change.articles) == 0
    assert len(run(ledger, linker="links 2").change.articles) == len(WORLD) - 1
    assert len(run(ledger, linker="links 2").change.articles) == 0


def test_two_runs_at_once_leave_nothing_wrong_behind(ledger):
    read(ledger, WORLD[-1:])
    first, second = run(ledger, stopped=True), run(ledger, stopped=True)
    with Store(ledger) as store:
        articles, claims = list(store.articles()), store.claims()
        for made in (first, second):
            store.replace(made.links, project(articles, claims, made.links), linked=made)
    assert run(ledger).links == link(articles, claims)


def test_articles_whose_claims_are_gone_leave_nothing_behind(ledger):
    with Store(ledger) as store:
        store.add([(made, []) for made, _ in WORLD[:-1]], "reader 2")
        made = linking.linked(store, "links 1", list(store.articles()), store.claims(), {})
        assert made.links == []
        store.replace([], project([], [], []), linked=made)
        with store.database.reading() as connection:
            for table in (schema.kept_claims, schema.kept_keys, schema.kept_articles):
                assert connection.execute(select(func.count()).select_from(table)).scalar() == 0
