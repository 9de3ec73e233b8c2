"""How far a claim can be trusted, by who says it (rules Q1, Q2, Q6): the grade is the claim's, not the outlet's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from vientro.ledger.data import rows
from vientro.ledger.sources import nearness, told_by
from vientro.model.counting import GRADES, Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.model.claim import Claim

OFFICIAL: frozenset[Grade] = frozenset(("document", "party", "recipient"))  # what "official only" keeps (Q2)
_BY_NEARNESS: tuple[Grade, ...] = ("party", "recipient", "named", "anonymous", "adversary")


def grade(claim: Claim) -> Grade:
    """The grade of a claim. A document is one only in the hand of a party; who is not named is anonymous whatever the paper."""
    near = _BY_NEARNESS[nearness(claim)]
    if near == "adversary":
        return near
    said = _words(claim)
    if said == "document" and near in ("party", "recipient"):
        return "document"
    return "anonymous" if said == "anonymous" and near == "named" else near


def best(claims: Iterable[Claim]) -> Grade:
    """The grade of a step: that of its most trusted claim."""
    return min(map(grade, claims), key=GRADES.index, default="anonymous")


def voices(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The states and bodies whose officials or media say so (Q6: officials in their role; nobody is named who speaks for none)."""
    return tuple(sorted(frozenset[str]().union(*map(told_by, claims))))


def _words(claim: Claim) -> str:
    texts = {"evidence": claim.evidence.lower(), "speaker": claim.speaker.value.lower() if claim.speaker else ""}
    return next((kind for kind, where, words in _table() if any(word in texts[where] for word in words)), "")


@cache
def _table() -> tuple[tuple[Grade, str, tuple[str, ...]], ...]:
    return tuple((cast("Grade", row["grade"]), row["where"], tuple(row["words"].split("|"))) for row in rows("counting/grades"))
