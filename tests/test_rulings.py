"""What people rule, on either kind of database: it holds through a newer reader, shows its clashes, and the ledger can be made anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from vientro import pipeline
from vientro.article.compose import compose
from vientro.publish import canonical
from vientro.review.answers import Reviewer
from vientro.store import rulings
from vientro.store.store import Store
from vientro.tasks import desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAN, MINH = Reviewer("lan", "R1"), Reviewer("minh")
ARTICLES = [
    compose("a", "Theo tin mới, Đức cam kết cho Ukraine 20 triệu euro.", outlet="Báo A", published="2025-02-11"),
    compose("b", "Theo tin mới, Pháp bàn giao cho Moldova 5 triệu euro.", outlet="Báo B", published="2025-03-11"),
]


@pytest.fixture
def store(path: str | Path, stages: pipeline.Stages) -> Iterator[Store]:
    with Store(path) as store:
        pipeline.take(ARTICLES, store, stages)
        pipeline.project(store, stages, least=0.5)
        yield store


def of(store: Store, stages: pipeline.Stages, giver: str) -> str:
    at = desk.desk(store, stages)
    return next(id_ for id_, claim in at.known.items() if claim.actors[0].value == giver)


def values(store: Store) -> dict[str, float]:
    return {claim.actors[0].value: claim.amounts[0].value for claim in pipeline.book(store).claims.values()}


def test_two_people_who_rule_at_once_are_both_recorded_and_their_clash_is_shown(store, stages):
    claim = of(store, stages, "DE")
    both = desk.desk(store, stages), desk.desk(store, stages)  # each has the ledger before them as it was
    desk.write(store, stages, [desk.verdict(both[0], store, "accept", LAN, claim)])
    desk.write(store, stages, [desk.verdict(both[1], store, "reject", MINH, claim)])
    at = desk.desk(store, stages)
    assert len(at.decisions) == 2
    (clash,) = at.found.clashes
    assert {clash.earlier.by, clash.later.by} == {"lan", "minh"}
    assert set(values(store)) == {"FR"}
    desk.write(store, stages, [desk.verdict(at, store, "accept", Reviewer("hoa"), claim)])
    assert not desk.desk(store, stages).found.clashes
    assert set(values(store)) == {"DE", "FR"}


def test_a_ruling_holds_through_a_newer_reader_whatever_it_makes_of_the_text(store, stages):
    at, claim = desk.desk(store, stages), of(store, stages, "DE")
    sum_ = [{"value": 25e6, "currency": "EUR", "bound": "exact"}]
    desk.write(store, stages, [desk.correct(at, store, LAN, claim, "amounts", sum_, "a slip")])
    assert values(store) == {"DE": 25e6, "FR": 5e6}
    for newer in (
        replace(
            stages, reader="stub 2", read=lambda article: [replace(one, confidence=0.1, reader="stub 2") for one in stages.read(article)]
        ),
        replace(stages, reader="stub 3", read=lambda _article: []),
    ):
        pipeline.run([], store, newer, least=0.5, tell=lambda *_: None)
        assert values(store)["DE"] == 25e6
    assert desk.desk(store, stages).found.kept == {claim}


def test_what_is_asked_for_by_id_is_as_people_ruled_it(store, stages):
    at, claim = desk.desk(store, stages), of(store, stages, "DE")
    desk.write(store, stages, [desk.correct(at, store, LAN, claim, "support", "military")])
    told, articles = rulings.told(store, [claim, of(store, stages, "FR")])
    assert [told[claim].support, *(one.support for id_, one in told.items() if id_ != claim)] == ["military", None]
    assert {one.article_id for one in told.values()} == set(articles)


def test_the_same_decisions_make_the_same_ledger(store, stages):
    at = desk.desk(store, stages)
    made = [
        desk.verdict(at, store, "accept", LAN, of(store, stages, "DE")),
        desk.pair(at, store, "merge", LAN, (of(store, stages, "DE"), of(store, stages, "FR")), level="step"),
    ]
    desk.write(store, stages, made)
    before = list(canonical.lines(pipeline.book(store)))
    desk.write(store, stages, made[::-1])  # known already
    assert list(canonical.lines(pipeline.book(store))) == before
    pipeline.project(store, stages, least=0.5)
    assert list(canonical.lines(pipeline.book(store))) == before


def test_a_claim_added_by_hand_stands_in_an_article_that_told_nothing(store, stages):
    quiet = compose("c", "Thụy Điển gửi lều bạt tới Gruzia.", outlet="Báo C", published="2025-04-01")
    pipeline.take([quiet], store, stages)
    pipeline.project(store, stages, least=0.5)
    row = {
        "type": "deliver", "modality": "actual", "scope": "act", "actors": ["SE"], "recipients": ["GE"], "addressees": [], "support": None,
        "mode": None, "items": [], "amounts": [{"value": 1e6, "currency": "EUR", "bound": "exact"}], "date": "2025-03-31", "due": None,
        "horizon": None, "speaker": None, "evidence": "Thụy Điển gửi lều bạt tới Gruzia",
    }  # fmt: skip
    made = desk.add(desk.desk(store, stages), store, LAN, quiet.id, row)
    desk.write(store, stages, [made])
    assert values(store)["SE"] == 1e6
    told, articles = rulings.told(store, made.claims)
    assert (told[made.claims[0]].reader, set(articles)) == ("hand", {quiet.id})


def test_a_ruling_leaves_the_least_confidence_of_the_last_run_as_it_was(store, stages):
    claim = of(store, stages, "DE")
    pipeline.project(store, stages, least=0.0)
    every = set(pipeline.book(store).claims)
    desk.write(store, stages, [desk.verdict(desk.desk(store, stages), store, "accept", LAN, claim)])
    assert (store.least(), set(pipeline.book(store).claims)) == (0.0, every)
    pipeline.project(store, stages, least=1.01)
    assert set(pipeline.book(store).claims) == {claim}  # what was accepted stands, however unsure
    desk.write(store, stages, [desk.verdict(desk.desk(store, stages), store, "accept", MINH, claim)])
    whole = pipeline.book(store)
    assert (store.least(), set(whole.claims)) == (1.01, {claim})
    assert not pipeline.as_of(whole, "2025-12-31").claims  # nothing had been ruled by then, and nothing is that sure
