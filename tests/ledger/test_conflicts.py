"""Figures that differ: the cause named, the figures side by side, one preferred by a stated rule, and what is disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from made import article, claim, item, money
from vientro.ledger.conflicts import Conflict, conflicts

if TYPE_CHECKING:
    from vientro.model.claim import Claim

STORY = article("Na Uy giúp Moldova")
ROLES: dict[str, Any] = {"actors": "NO", "recipients": "MD"}


def told(number: int, *, story: Any = STORY, **slots: Any) -> Claim:
    return claim(story, "deliver", number=number, **ROLES, **slots)


def between(*claims: Claim, origin: dict[str, str] | None = None) -> tuple[Conflict, ...]:
    return conflicts(claims, origin or {one.id: f"o-{one.id}" for one in claims})


@pytest.mark.parametrize(
    ("first", "second", "words", "cause"),
    [
        (money(90e9), money(100e9, "USD"), "", "conversion"),
        (money(2.25e9), money(2.3e9), "", "rounding"),
        (money(400e6, bound="at_least"), money(900e6), "", "bound"),
        (money(900e6), money(400e6), "trong đó có 400 triệu", "part and whole"),
        (money(900e6), money(400e6), "giải ngân 400 triệu", "tranche"),
        (money(9e6), money(4e6), "", "disputed"),
        (money(9e6), money(900e6, "USD"), "", "disputed"),
    ],
)
def test_q3_the_cause_is_named_and_the_figures_stand_side_by_side(first, second, words, cause):
    story = article(words or "Na Uy giúp Moldova")
    a, b = told(1, story=story, amounts=(first,)), told(2, story=story, amounts=(second,))
    (found,) = between(a, b)
    assert found.causes == (cause,)
    assert found.disputed == (cause == "disputed")
    assert [side.claims for side in found.sides] == [(a.id,), (b.id,)]
    assert [side.cause for side in found.sides] == [None, cause]


def test_figures_that_fit_are_no_conflict():
    assert between(told(1, amounts=(money(5e6),)), told(2, amounts=(money(5e6, bound="about"),)), told(3)) == ()
    assert between(told(1, amounts=(money(5e6),)), told(2, amounts=(money(5e6, per="year"),))) == ()


def test_q1_whoever_is_nearest_to_the_deed_is_preferred_then_the_most_origins_then_who_told_first():
    enemy = told(1, speaker="TASS", amounts=(money(9e6),))
    giver = told(2, speaker="Thủ tướng Na Uy", amounts=(money(4e6),))
    (found,) = between(enemy, giver)
    assert (found.sides[0].claims, found.preferred_by) == ((giver.id,), "nearest")
    once, twice, again = (told(n, amounts=(money(value),)) for n, value in ((1, 9e6), (2, 4e6), (3, 4e6)))
    (found,) = between(once, twice, again)
    assert (set(found.sides[0].claims), found.preferred_by) == ({twice.id, again.id}, "most origins")
    (found,) = between(once, twice, again, origin=dict.fromkeys((one.id for one in (once, twice, again)), "o-1"))
    assert (found.sides[0].claims, found.preferred_by) == ((once.id,), "told first")


def test_d15_a_conversion_in_one_breath_is_named_and_two_sums_in_one_breath_are_no_conflict():
    (found,) = between(told(1, amounts=(money(90e9), money(100e9, "USD"))))
    assert (found.causes, found.disputed) == (("conversion",), False)
    assert between(told(1, amounts=(money(90e9), money(3e9)))) == ()


def test_numbers_of_items_that_differ():
    (found,) = between(told(1, items=(item("ifv", "xe M113", "M113", 30),)), told(2, items=(item("ifv", "xe M113", "M113", 25),)))
    assert found.disputed
    assert [side.figure.count.best for side in found.sides] == [30, 25]
    assert between(told(1, items=(item("ifv", "xe", "M113", 30),)), told(2, items=(item("tank", "xe", "M1", 25),))) == ()
    assert between(told(1, items=(item("radar", "radar", value=8), item("radar", "radar", value=3)))) == ()


def test_q3_a_harmless_cause_for_one_figure_leaves_the_dispute_about_another():
    (found,) = between(*(told(n, amounts=(money(value),)) for n, value in enumerate((2.25e9, 2.3e9, 7e9))))
    assert found.causes == ("rounding", "disputed")
    assert found.disputed
