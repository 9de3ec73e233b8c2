"""Decisions: named by what they hold, and the same after a trip through JSON."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from made import article, claim, money
from vientro.model.decision import Decision, named, seen

TOLD = article("Đức cam kết cho Ukraine 20 triệu euro.")
CLAIM = claim(TOLD, "commit", actors="DE", recipients="UA", amounts=(money(20e6),))
RULED = Decision(
    id="",
    at="2026-03-01T10:00:00.000000Z",
    by="lan",
    kind="correct",
    claims=(CLAIM.id,),
    slot="amounts",
    value=[{"value": 25e6, "currency": "EUR", "bound": "exact"}],
    why="the ministry's page says 25",
    shown_as="R1",
    articles=(TOLD.id,),
    saw=(seen(CLAIM),),
    reader="vi 1",
)


def test_the_name_hangs_on_everything_that_was_ruled():
    ruled = named(RULED)
    assert ruled == named(ruled)
    others = [
        replace(RULED, by="minh"),
        replace(RULED, at="2026-03-01T10:00:00.000001Z"),
        replace(RULED, value=None),
        replace(RULED, saw=()),
    ]
    assert len({ruled.id, *(named(one).id for one in others)}) == 5


def test_a_decision_comes_back_from_json_under_its_name():
    ruled = named(RULED)
    back = msgspec.json.decode(msgspec.json.encode(ruled), type=Decision)
    assert back == ruled
    assert named(back).id == ruled.id


def test_the_words_of_the_article_stay_with_the_article():
    assert CLAIM.evidence
    assert replace(seen(CLAIM), evidence=CLAIM.evidence) == CLAIM
    assert CLAIM.evidence.encode() not in msgspec.json.encode(RULED)
