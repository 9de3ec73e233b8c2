"""Numbers of a step as intervals, and why two sources name two."""

from __future__ import annotations

from typing import Any

import pytest

from made import article, claim, item, money
from vientro.ledger import figures
from vientro.model.claim import Count
from vientro.model.ledger import Interval

STORY = article("Na Uy giúp Moldova")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (Count(4), Interval(4, 4, 4)),
        (Count(10, "about"), Interval(9, 10, 11)),
        (Count(4, "at_least"), Interval(4, None, None)),
        (Count(10, "up_to"), Interval(None, None, 10)),
        (Count(4, "range", 6), Interval(4, None, 6)),
        (Count(1, "at_least", of=4), Interval(1, None, 4)),  # the first batch of four
        (money(2e9, bound="at_least"), Interval(2e9, None, None)),
    ],
)
def test_a5_a_bound_is_no_midpoint(told, wanted):
    assert figures.reach(told) == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([Interval(4, 4, 4), Interval(3, None, None)], Interval(4, 4, 4)),
        ([Interval(None, None, 10), Interval(4, None, None)], Interval(4, None, 10)),
        ([Interval(2, 2, 2), Interval(3, 3, 3), Interval(3, 3, 3)], Interval(2, 3, 3)),
        ([], Interval(None, None, None)),
    ],
)
def test_numbers_that_fit_are_one(told, wanted):
    assert figures.meet(told) == wanted


def test_a_class_without_model_is_the_only_model_of_its_class():
    told = claim(STORY, "deliver", items=(item("tank", "xe tăng"), item("tank", "xe tăng Leopard 2", "Leopard 2", 14)))
    assert [(one.model, one.count) for one in figures.stocks([told])] == [("Leopard 2", Interval(14, 14, 14))]
    two = claim(STORY, "deliver", items=(item("tank", "xe tăng"), item("tank", "Leopard 2", "Leopard 2"), item("tank", "M1", "M1")))
    assert len(figures.stocks([two])) == 3


def test_a_share_keeps_its_whole():
    told = claim(STORY, "deliver", items=(item("air_defence", "hệ thống IRIS-T", "IRIS-T", 1, bound="at_least", of=4, unit="hệ thống"),))
    (stock,) = figures.stocks([told])
    assert (stock.count, stock.of, stock.unit) == (Interval(1, None, 4), 4, "hệ thống")


def causes(a: dict[str, Any], b: dict[str, Any], evidence: str = "Na Uy giúp Moldova") -> tuple[str, ...]:
    story = article(evidence)
    return figures.causes([claim(story, "deliver", **a), claim(story, "deliver", number=2, **b)])


@pytest.mark.parametrize(
    ("a", "b", "words", "wanted"),
    [
        ({"amounts": (money(90e9),)}, {"amounts": (money(90e9),)}, "", ()),
        ({"amounts": (money(90e9),)}, {"amounts": (money(100e9, "USD"),)}, "", ("conversion",)),  # D15
        ({"amounts": (money(2.25e9),)}, {"amounts": (money(2.3e9),)}, "", ("rounding",)),
        ({"amounts": (money(400e6, bound="at_least"),)}, {"amounts": (money(900e6),)}, "", ("bound",)),
        ({"amounts": (money(900e6),)}, {"amounts": (money(400e6),)}, "trong đó có 400 triệu", ("part and whole",)),
        ({"amounts": (money(900e6),)}, {"amounts": (money(400e6),)}, "giải ngân 400 triệu", ("tranche",)),
        ({"amounts": (money(9e6),), "date": "2024-05-01"}, {"amounts": (money(4e6),), "date": "2024-05-20"}, "", ("other day",)),
        ({"amounts": (money(9e6),)}, {"amounts": (money(4e6),)}, "", ("disputed",)),
        ({"amounts": (money(9e6),)}, {"amounts": (money(4e6, per="year"),)}, "", ()),
        ({"items": (item("ifv", "xe", "M113", 30),)}, {"items": (item("ifv", "xe", "M113", 25),)}, "", ("disputed",)),
        ({"items": (item("ifv", "xe", "M113", 30),)}, {"items": (item("tank", "xe", "M1", 25),)}, "", ()),
    ],
)
def test_why_figures_differ(a, b, words, wanted):
    assert causes(a, b, words or "Na Uy giúp Moldova") == wanted


def test_the_preferred_sum_is_of_whoever_is_nearest_to_the_deed():
    roles: dict[str, Any] = {"actors": "DE", "recipients": "UA"}
    enemy = claim(STORY, "commit", speaker="TASS", amounts=(money(9e6),), **roles)
    giver = claim(STORY, "commit", speaker="Thủ tướng Đức", number=2, amounts=(money(4e6),), **roles)
    sums = figures.sums([enemy, giver], {enemy.id: "o-1", giver.id: "o-2"})
    assert [one.value.best for one in sums] == [4e6, 9e6]
