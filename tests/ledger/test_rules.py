"""Each counting rule that marks a step (docs/CODEBOOK.md), by its id."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from made import article, claim, item, money, one_step
from vientro.ledger import project
from vientro.ledger.data import adversaries, rows
from vientro.ledger.sources import adversary_only, nearness
from vientro.model.claim import Source
from vientro.model.ledger import Link
from vientro.publish.words import has

if TYPE_CHECKING:
    from vientro.model.claim import Claim
    from vientro.model.ledger import Ledger, Step

STORY = article("Na Uy giúp Moldova")
GIFT: dict[str, Any] = {"actors": "NO", "recipients": "MD"}
TO_UKRAINE: dict[str, Any] = {"actors": "DE", "recipients": "UA"}


def alone(kind: str, modality: str = "actual", **slots: Any) -> Step:
    told = claim(STORY, kind, modality=modality, **slots)
    return project([STORY], [told], one_step([told])).steps[0]


def deal(*claims: Claim) -> Ledger:
    """The ledger of one deal, each claim a step of its own; all are of STORY."""
    links = [Link(told.id, f"o-{told.id}", f"s-{number}", "d-1") for number, told in enumerate(claims)]
    return project([STORY], claims, links)


def flags(ledger: Ledger) -> list[set[str]]:
    return [set(step.flags) for step in ledger.steps]


@pytest.mark.parametrize(
    ("rule", "kind", "modality", "slots"),
    [
        ("C1", "commit", "possible", GIFT),
        ("C1", "commit", "conditional", GIFT),
        ("C10", "deliver", "alleged", GIFT),
        ("C10", "deliver", "actual", GIFT | {"scope": "habit"}),
        ("C13", "sanction", "actual", {"actors": "EU", "addressees": "RU", "amounts": (money(1e9),)}),
        ("D4", "deliver", "actual", GIFT | {"scope": "total", "amounts": (money(3e9),)}),
        ("D14", "commit", "actual", {"actors": "WEST", "recipients": "UA", "amounts": (money(2e9),)}),
        ("A5", "approve", "actual", GIFT | {"amounts": (money(35e9, bound="up_to"),)}),
        ("A5", "deliver", "actual", GIFT | {"items": (item("radar", "radar", value=4, bound="at_least"),)}),
        ("P3", "approve", "actual", GIFT | {"mode": "sale"}),
        ("P5", "deliver", "actual", {"recipients": "MD"}),
        ("P5", "deliver", "actual", {"actors": "NO"}),
        ("Q5", "deliver", "actual", TO_UKRAINE | {"speaker": "TASS"}),
    ],
)
def test_a_step_is_marked_by_the_rule_that_it_touches(rule, kind, modality, slots):
    step = alone(kind, modality, **slots)
    assert set(step.flags) == {rule}
    assert has(f"rule.{rule}")


@pytest.mark.parametrize("kind", ["request", "commit", "approve", "deliver", "refuse"])
def test_a_plain_act_is_marked_by_none(kind):
    step = alone(kind, **GIFT, amounts=(money(5e6),), items=(item("radar", "radar", value=3),))
    assert step.flags == ()
    assert step.counts


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("34 quốc gia", True),
        ("nhiều nước", True),
        ("hàng chục nhà tài trợ", True),
        ("nước Pháp", False),
        ("đất nước", False),
    ],
)
def test_d14_a_group_without_names(words, marked):
    told = claim(STORY, "commit", actors="X", recipients="UA", amounts=(money(2e9),))
    told = replace(told, actors=(replace(told.actors[0], value=words),))
    assert ("D14" in project([STORY], [told], one_step([told])).steps[0].flags) == marked


@pytest.mark.parametrize(
    ("modality", "scope", "counts"),
    [
        ("actual", "act", True),
        ("planned", "act", True),
        ("possible", "act", False),
        ("alleged", "act", False),
        ("denied", "act", False),
        ("actual", "habit", False),
        ("actual", "total", False),
    ],
)
def test_c10_what_counts(modality, scope, counts):
    step = alone("deliver", modality, scope=scope, **GIFT)
    assert step.counts == counts
    assert (step.state is None) == (scope != "act" or modality in ("alleged", "denied"))


def test_c8_a_planned_delivery_is_a_pledge():
    assert alone("deliver", "planned", **GIFT).state == "pledged"


@pytest.mark.parametrize("order", [("commit", "deliver"), ("deliver", "commit")])
def test_c8_a_pledge_and_the_delivery_it_plans_told_as_one_step_are_no_delivery(order):
    told = [claim(STORY, kind, modality="planned" if kind == "deliver" else "actual", **GIFT) for kind in order]
    assert project([STORY], told, one_step(told)).steps[0].state == "pledged"


def test_d11_one_report_in_two_articles():
    stories = [article(f"Na Uy giúp Moldova {n}", outlet=f"Báo {n}") for n in "ab"]
    told = [claim(story, "commit", **GIFT) for story in stories]
    assert project(stories, told, one_step(told, origin="o-1")).steps[0].flags == ("D11",)
    assert project(stories, told, one_step(told)).steps[0].flags == ()


def test_q3_told_and_denied():
    told = [claim(STORY, "deliver", **GIFT), claim(STORY, "deliver", modality="denied", number=2, **GIFT)]
    step = project([STORY], told, one_step(told)).steps[0]
    assert step.flags == ("Q3",)
    assert step.modality == "actual"


@pytest.mark.parametrize(
    ("sums", "days", "repeats"),
    [
        ((5e6, 5e6), ("2024-05-01", "2024-06-01"), True),
        ((5e6, 5e6), ("2024-05-01", "2024-12-01"), False),
        ((5e6, 7e6), ("2024-05-01", "2024-06-01"), False),
    ],
)
def test_d5_the_same_pledge_once_more(sums, days, repeats):
    told = [
        claim(STORY, "commit", number=n, amounts=(money(value),), date=day, **GIFT)
        for n, (value, day) in enumerate(zip(sums, days, strict=True))
    ]
    assert ["D5" in marks for marks in flags(deal(*told))] == [False, repeats]


@pytest.mark.parametrize(
    ("days", "repeats"), [(("2024-05-01", "2024-05-03"), True), (("2024-05-01", "2024-06-01"), False), ((None, "2024-06-01"), True)]
)
def test_d5_two_batches_are_no_repeat(days, repeats):
    told = [claim(STORY, "deliver", number=n, items=(item("radar", "radar", value=3),), date=day, **GIFT) for n, day in enumerate(days)]
    assert any("D5" in marks for marks in flags(deal(*told))) == repeats


def test_d5_a_share_and_a_number_are_no_repeat():
    first = claim(STORY, "deliver", items=(item("radar", "radar", value=1, bound="at_least", of=4),), **GIFT)
    second = claim(STORY, "deliver", number=2, items=(item("radar", "radar", value=3),), **GIFT)
    assert not any("D5" in marks for marks in flags(deal(first, second)))


def test_d1_a_package_and_its_parts():
    told = [claim(STORY, "commit", number=n, amounts=(money(value),), **GIFT) for n, value in enumerate((10e6, 4e6, 5e6))]
    assert all("D1" in marks and "D2" not in marks for marks in flags(deal(*told)))


def test_d2_parts_above_the_whole():
    told = [claim(STORY, "commit", number=n, amounts=(money(value),), **GIFT) for n, value in enumerate((10e6, 6e6, 7e6))]
    assert "D2" in flags(deal(*told))[0]
    assert not any("D2" in marks for marks in flags(deal(*told))[1:])


@pytest.mark.parametrize(
    ("kind", "slots", "hostile"),
    [
        ("deliver", TO_UKRAINE | {"speaker": "RIA Novosti"}, True),
        ("refuse", TO_UKRAINE | {"speaker": "TASS"}, True),
        ("suspend", TO_UKRAINE | {"speaker": "Tổng thống Nga"}, True),
        # whoever passes it on confirms nothing
        ("deliver", TO_UKRAINE | {"chain": (Source("một nguồn tin"), Source("TASS"), Source("TTXVN"))}, True),
        # the parties themselves, third parties and nobody at all
        ("deliver", TO_UKRAINE | {"speaker": "Thủ tướng Đức"}, False),
        ("deliver", TO_UKRAINE | {"speaker": "TASS", "chain": (Source("Bộ Quốc phòng Ukraine", "UA"),)}, False),
        ("deliver", TO_UKRAINE | {"speaker": "Reuters"}, False),
        ("deliver", TO_UKRAINE, False),
        # its own deeds and sayings
        ("oppose", {"actors": "RU", "addressees": "DE", "recipients": "UA", "speaker": "TASS"}, False),
        ("block", {"actors": "RU", "addressees": "DE", "recipients": "UA", "speaker": "TASS"}, False),
        ("deliver", {"actors": "RU", "recipients": "BY", "speaker": "TASS"}, False),
    ],
)
def test_q5_who_is_an_adversary(kind, slots, hostile):
    assert adversary_only([claim(STORY, kind, **slots)]) == hostile


def test_q5_another_source_confirms_and_says_what_it_is():
    enemy = claim(STORY, "deliver", speaker="TASS", **TO_UKRAINE)
    giver = claim(STORY, "deliver", modality="planned", speaker="Thủ tướng Đức", number=2, **TO_UKRAINE)
    step = project([STORY], [enemy, giver], one_step([enemy, giver])).steps[0]
    assert (step.modality, step.state, step.flags) == ("planned", "pledged", ())


def test_q5_another_deal_of_the_same_recipient_is_not_delivered_by_it():
    pledge = claim(STORY, "commit", actors="FR", recipients="UA", amounts=(money(2e9, "USD"),), date="2024-05-01")
    enemy = claim(STORY, "deliver", speaker="TASS", amounts=(money(6e8),), date="2024-05-03", **TO_UKRAINE)
    ledger = deal(pledge, enemy)
    assert [(one.state, one.since) for one in ledger.deals] == [("pledged", "2024-05-01")]
    assert [one.state for one in deal(enemy).deals] == ["delivered"]


def test_q1_who_is_nearest():
    said = ["Thủ tướng Đức", "Bộ Quốc phòng Ukraine", "Reuters", None, "TASS"]
    slots = [TO_UKRAINE | ({"speaker": who} if who else {}) for who in said]
    assert [nearness(claim(STORY, "deliver", **one)) for one in slots] == [0, 1, 2, 3, 4]


def test_enmity_goes_both_ways_and_unknown_words_have_none():
    for row in rows("adversaries"):
        for other in row["adversaries"].split():
            assert other in adversaries(row["code"])
            assert row["code"] in adversaries(other)
    assert adversaries("một nước nào đó") == frozenset()
