"""What counts, by rule (C1 to C13), from claims to the count."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from msgspec.structs import replace

from counted import counted, entry, total
from made import article, claim, item, money, one_step
from vientro.ledger import project
from vientro.ledger.counting.entries import entries
from vientro.model.claim import Role
from vientro.model.counting import Entry, Fact
from vientro.model.ledger import Link

STORY = article("Na Uy giúp Moldova")
GIFT: dict[str, Any] = {"actors": "NO", "recipients": "MD", "amounts": (money(5e6),)}


def made(kind: str, modality: str = "actual", fact: Fact | None = None, **slots: Any) -> Entry:
    """The entry of one claim."""
    told = claim(STORY, kind, modality=modality, **(GIFT | slots))
    ledger = project([STORY], [told], one_step([told]))
    (found,) = entries(ledger, {told.id: told}, {STORY.id: STORY}, [dataclasses.replace(fact, step="s-1")] if fact else [])
    return found


def chain(*claims: Any) -> list[Entry]:
    """The entries of one deal, each claim a step of its own."""
    links = [Link(told.id, f"o-{told.id}", f"s-{number}", "d-1") for number, told in enumerate(claims)]
    return entries(project([STORY], claims, links), {told.id: told for told in claims}, {STORY.id: STORY})


def test_c1_a_wish_is_listed_and_not_counted():
    told = counted(made("commit", "possible"))
    assert told.left_out == {"C1": ("s-1",)}
    assert told.total.figure.steps == 0


def test_c1_what_somebody_rules_to_be_a_promise_counts():
    assert total(counted(made("commit", "possible", Fact("s-1", strength="promised")))) == (5, 5, 5)


def test_c2_the_headline_has_what_was_approved_and_pledges_beside_it():
    told = counted(made("approve"), replace(made("commit"), step="s-2", deal="d-2"), profile="headline")
    assert total(told) == (5, 5, 5)
    assert told.total.beside is not None
    assert told.total.beside.best == 5e6
    assert told.left_out == {"C3": ("s-2",)}


@pytest.mark.parametrize("kind", ["approve", "procure", "deliver"])
def test_c3_a_pledge_leaves_the_list_when_it_is_approved_ordered_or_delivered(kind):
    pledge, later = chain(
        claim(STORY, "commit", **GIFT), claim(STORY, kind, **(GIFT | {"addressees": "KR"} if kind == "procure" else GIFT))
    )
    told = counted(pledge, later, profile="headline")
    assert total(told) == (5, 5, 5)
    assert told.total.beside is None
    assert told.left_out == {"D3": (pledge.step,)}


def test_c3_the_profile_pledged_sums_pledges_alone():
    told = counted(*chain(claim(STORY, "commit", **GIFT), claim(STORY, "approve", **(GIFT | {"amounts": (money(9e6),)}))))
    assert total(told) == (5, 5, 5)


def test_c4_an_approval_is_no_delivery():
    told = counted(made("approve"), replace(made("deliver"), step="s-2", deal="d-2"), profile="delivered")
    assert told.counted == {"s-2"}
    assert told.left_out == {"C4": ("s-1",)}


def test_c5_a_transfer_begins_with_an_order_or_a_delivery():
    steps = [replace(made(kind), step=f"s-{kind}", deal=f"d-{kind}") for kind in ("commit", "approve", "procure", "deliver")]
    told = counted(*steps, profile="transfers")
    assert told.counted == {"s-procure", "s-deliver"}
    assert told.left_out == {"C5": ("s-approve", "s-commit")}


def test_c6_a_firm_is_filtered_and_not_dropped():
    firm = made("commit", actors="Rheinmetall")
    assert firm.kind == "other"
    assert counted(firm).left_out == {"C6": ("s-1",)}
    assert counted(firm, profile="announced").counted == {"s-1"}


@pytest.mark.parametrize(
    ("parties", "kind"),
    [
        ("NO", "government"),
        ("EU", "organisation"),
        ("G7", "group"),
        ("EU-STATES", "group"),
        ("", "unknown"),
        ("NO Kongsberg", "government"),
    ],
)
def test_c6_kinds_of_donors(parties, kind):
    assert made("commit", actors=parties).kind == kind


@pytest.mark.parametrize(("recipient", "frame"), [("NO", "own"), ("người tị nạn Syria", "refugees"), ("MD", "recipient")])
def test_c7_own_rearmament_and_refugees_stay_outside(recipient, frame):
    told = made("commit", recipients=(Role(recipient),))
    assert told.frame == frame
    assert bool(counted(told).counted) == (frame == "recipient")


def test_c7_aid_to_a_neighbour_is_ruled_so():
    told = made("commit", "actual", Fact("s-1", frame="neighbour"))
    assert counted(told).left_out == {"C7": ("s-1",)}
    assert counted(told, frames=("recipient", "neighbour")).counted == {"s-1"}


def test_c8_will_provide_is_a_pledge():
    planned = made("deliver", "planned")
    assert planned.level == "pledge"
    assert counted(planned).counted == {"s-1"}
    assert counted(planned, profile="delivered").left_out == {"C8": ("s-1",)}


@pytest.mark.parametrize("kind", ["suspend", "resume", "refuse", "block", "decline"])
def test_c9_to_stop_or_to_refuse_adds_nothing(kind):
    assert counted(made(kind), profile="announced").left_out == {"C9": ("s-1",)}


@pytest.mark.parametrize(
    ("kind", "modality", "scope"),
    [("request", "actual", "act"), ("deliver", "alleged", "act"), ("deliver", "denied", "act"), ("deliver", "actual", "habit")],
)
def test_c10_words_and_allegations_never_count(kind, modality, scope):
    assert counted(made(kind, modality, scope=scope), profile="announced").left_out == {"C10": ("s-1",)}


def test_c11_a_caption_alone_makes_no_delivery():
    told = claim(STORY, "deliver", zone="caption", **GIFT)
    both = [told, claim(STORY, "deliver", zone="body", number=2, **GIFT)]
    alone = entries(project([STORY], [told], one_step([told])), {told.id: told}, {STORY.id: STORY})
    assert counted(*alone, profile="delivered").left_out == {"C11": ("s-1",)}
    with_body = entries(project([STORY], both, one_step(both)), {one.id: one for one in both}, {STORY.id: STORY})
    assert counted(*with_body, profile="delivered").counted == {"s-1"}


@pytest.mark.parametrize(
    ("kind", "modality", "items", "strength"),
    [
        ("commit", "possible", False, "floated"),
        ("commit", "planned", False, "intended"),
        ("commit", "actual", False, "promised"),
        ("commit", "actual", True, "itemised"),
        ("approve", "actual", False, "appropriated"),
        ("approve", "planned", False, "intended"),
        ("deliver", "possible", False, "floated"),
    ],
)
def test_c12_strength_follows_from_type_modality_and_items(kind, modality, items, strength):
    things = (item("radar", "radar", value=3),) if items else ()
    assert made(kind, modality, items=things).strength == strength


def test_c12_a_profile_names_its_floor():
    steps = [entry(f"s-{place}", strength=strength) for place, strength in enumerate(("intended", "promised", "itemised"))]
    assert total(counted(*steps)) == (30, 30, 30)
    told = counted(*steps, floor="itemised")
    assert told.counted == {"s-2"}
    assert told.left_out == {"C12": ("s-0", "s-1")}


def test_c13_sanctioned_sums_are_never_aid_and_a_loan_from_their_proceeds_is_the_lenders():
    frozen = made("sanction", actors="EU", addressees="RU", recipients="")
    loan = replace(made("approve", actors="US", recipients="UA", mode="loan"), step="s-2", deal="d-2")
    told = counted(frozen, loan, profile="headline", by=("donor",))
    assert told.left_out == {"C13": ("s-1",)}
    assert [cell.key for cell in told.cells] == [("US",)]
