"""A claim's values one by one against other claims of the same act."""

from __future__ import annotations

from typing import Any

import pytest

from made import article, claim, item, money
from vientro.ledger.slots import same_party, slots

STORY = article("Na Uy hỗ trợ quân sự cho Moldova")
GIFT: dict[str, Any] = {"actors": "NO", "recipients": "MD"}


def statuses(kind: str, mine: dict[str, Any], *theirs: dict[str, Any]) -> dict[str, str]:
    told = claim(STORY, kind, **{**GIFT, **mine})
    others = [claim(STORY, one.pop("kind", kind), number=number, **{**GIFT, **one}) for number, one in enumerate(theirs, 2)]
    return {slot.name: slot.status for slot in slots(told, others)}


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "status"),
    [
        ("act", {}, {}, "supported"),
        ("act", {}, {"modality": "denied"}, "contradicted"),
        ("act", {}, {"modality": "planned"}, "contradicted"),
        ("act", {"modality": "planned"}, {}, "supported"),
        ("act", {"modality": "planned"}, {"modality": "denied"}, "contradicted"),
        ("act", {"modality": "denied"}, {}, "contradicted"),
        ("act", {"modality": "denied"}, {"modality": "alleged"}, "contradicted"),
        ("act", {"modality": "denied"}, {"modality": "denied"}, "supported"),
        ("act", {"modality": "denied"}, {"modality": "planned"}, "not found"),  # what has not come may still come
        ("act", {}, {"kind": "commit"}, "not found"),
        ("actor", {}, {"actors": "SE"}, "contradicted"),
        ("actor", {"actors": "DE"}, {"actors": "EU"}, "not found"),  # a member may stand inside the group
        ("actor", {}, {"actors": ()}, "not found"),
        ("recipient", {}, {"recipients": "UA MD"}, "supported"),
        ("sum", {"amounts": (money(9e6),)}, {"amounts": (money(9e6),)}, "supported"),
        ("sum", {"amounts": (money(9e6),)}, {"amounts": (money(10e6, "USD"),)}, "supported"),  # D15
        ("sum", {"amounts": (money(9e6),)}, {"amounts": (money(8e6, bound="at_least"),)}, "supported"),
        ("sum", {"amounts": (money(9e6),)}, {"amounts": (money(4e6),)}, "contradicted"),
        ("sum", {"amounts": (money(9e6),)}, {}, "not found"),
        ("item", {"items": (item("radar", "radar"),)}, {"items": (item("radar", "radar", value=3),)}, "supported"),
        ("item", {"items": (item("radar", "radar"),)}, {"items": (item("food", "gạo"),)}, "not found"),
        ("quantity", {"items": (item("radar", "radar", value=8),)}, {"items": (item("radar", "radar", value=3),)}, "contradicted"),
        ("quantity", {"items": (item("radar", "radar", value=8),)}, {"items": (item("radar", "radar"),)}, "not found"),
        ("date", {"date": "2024-05-09"}, {"date": "2024-05"}, "supported"),
        ("date", {"date": "2024-05-09"}, {"date": "2024-06-02"}, "contradicted"),
        ("date", {"date": "2024-05-09"}, {}, "not found"),
        ("due", {"due": "2024-09"}, {"due": "2025"}, "contradicted"),
        ("speaker", {"speaker": "Thủ tướng Na Uy"}, {"speaker": "TASS"}, "not found"),
        ("speaker", {"speaker": "TASS"}, {"speaker": "TASS"}, "supported"),
        ("support", {"support": "military"}, {"support": "humanitarian"}, "contradicted"),
    ],
)
def test_each_value_is_supported_said_otherwise_or_not_found(name, mine, theirs, status):
    assert statuses("deliver", mine, dict(theirs))[name] == status


def test_what_one_source_says_is_supported_though_another_says_otherwise():
    told = claim(STORY, "commit", **GIFT, amounts=(money(9e6),))
    others = [claim(STORY, "commit", number=n, **GIFT, amounts=(money(value),)) for n, value in ((2, 9e6), (3, 4e6))]
    (found,) = [slot for slot in slots(told, others) if slot.name == "sum"]
    assert (found.status, found.by, found.against, found.causes) == ("supported", (others[0].id,), (others[1].id,), ("disputed",))


def test_a_purpose_that_the_sentence_does_not_name_is_not_asked_for():
    told = claim(article("Na Uy tặng Moldova 3 radar"), "deliver", **GIFT, support="military", mode="aid")
    assert not {"support", "mode"} & {slot.name for slot in slots(told, [])}


@pytest.mark.parametrize(
    ("value", "others", "same"),
    [
        ("34 quốc gia", ["34 nước"], True),
        ("34 quốc gia", ["50 nước"], False),
        ("34 quốc gia", ["UA"], None),
        ("DE", ["DE", "FR"], True),
        ("DE", ["FR"], False),
        ("DE", ["WEST"], None),
        ("DE", [], None),
    ],
)
def test_a_party_among_others(value, others, same):
    assert same_party(value, others) is same
