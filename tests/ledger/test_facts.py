"""What people ruled of a step reaches counting, by the steps of today."""

from __future__ import annotations

import pytest

from made import article, claim, money, one_step
from vientro.ledger.decisions import apply
from vientro.ledger.facts import content, facts
from vientro.model.counting import Fact
from vientro.model.decision import Decision, named
from vientro.model.errors import InputError

TOLD = article("Đức cam kết 20 triệu euro. Na Uy trả tiền cho lô radar. G7 cam kết 50 tỷ USD.")
PLEDGE = claim(TOLD, "commit", "Đức cam kết 20 triệu euro", amounts=(money(20e6),))
PAID = claim(TOLD, "commit", "Na Uy trả tiền cho lô radar")
WHOLE = claim(TOLD, "commit", "G7 cam kết 50 tỷ USD")
LINKS = [*one_step([PLEDGE], "s-1"), *one_step([PAID], "s-2"), *one_step([WHOLE], "s-3")]


def ruled(second, kind, *claims, **more):
    return named(Decision("", f"2026-03-01T10:00:{second:02d}Z", "lan", kind, tuple(one.id for one in claims), **more))


def told(*decisions):
    return facts(apply([TOLD], [PLEDGE, PAID, WHOLE], decisions), LINKS)


def test_fields_beyond_a_claims_slots_go_to_the_step():
    found = told(
        ruled(1, "correct", PLEDGE, slot="payers", value=["NO", "SE"]),
        ruled(2, "correct", PLEDGE, slot="basis", value="book"),
        ruled(3, "correct", PLEDGE, slot="basis", value="replacement"),
        ruled(4, "correct", PLEDGE, slot="date", value="2024-05"),
    )
    assert found == [Fact("s-1", payers=("NO", "SE"), basis="replacement")]


def test_other_steps_are_named_by_a_claim_and_found_wherever_it_lies_now():
    found = told(ruled(1, "correct", PLEDGE, slot="funded_by", value=[PAID.id]), ruled(2, "link", PLEDGE, others=(WHOLE.id,)))
    assert found == [Fact("s-1", funded_by=("s-2",), parent="s-3")]


def test_what_was_told_apart_is_no_repeat():
    assert told(ruled(1, "split", PLEDGE, others=(PAID.id,))) == [Fact("s-1", repeat=False), Fact("s-2", repeat=False)]


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("basis", "guess"),
        ("payers", "NO"),
        ("shares", [["DE", "half"]]),
        ("shares", [["DE", 0.9], ["NL", 0.9]]),
        ("shares", [["DE", -1.0], ["NL", 2.0]]),
        ("schedule", [[2025, 0.9], [2026, 0.9]]),
        ("colour", "red"),
    ],
)
def test_a_value_that_is_not_of_the_field_is_told(slot, value):
    with pytest.raises(InputError):
        content(slot, value, {})


def test_thirds_are_a_whole_and_each_year_may_have_all_of_a_yearly_sum():
    assert content("shares", [["DE", 0.334], ["NL", 0.334], ["NO", 0.334]], {})
    assert content("schedule", [[2025, 1.0], [2026, 1.0]], {}) == ((2025, 1.0), (2026, 1.0))


def test_a_ruling_of_another_program_that_no_field_can_hold_is_told_and_counts_nothing():
    found = apply([TOLD], [PLEDGE], [ruled(1, "correct", PLEDGE, slot="shares", value=[["DE", 0.9], ["NL", 0.9]])])
    assert facts(found, LINKS) == []
    assert "no more than 1" in found.loose[0].why
