"""Who bears the cost, who hands over, of what kind they are, and in which frame (rules C6, C7, D10, P1, P4, P5)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from vientro.ledger.data import rows
from vientro.ledger.rules import is_umbrella
from vientro.link.data import rows as link_rows
from vientro.link.data import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.claim import Claim
    from vientro.model.counting import Frame, Kind
    from vientro.model.ledger import Step

_STATE = 2  # letters of a code of ISO 3166
_BODIES = frozenset(("NATO", "EU", "UN", "IMF", "WB", "EIB", "OSCE", "IAEA", "ICRC", "WHO", "WFP"))
_ORDER: tuple[Kind, ...] = ("government", "organisation", "group", "other", "unknown")


def givers(step: Step) -> tuple[str, ...]:
    """Who hands over (P1); of an order the seller. Empty where nobody is told (P5)."""
    return {"actors": step.actors, "addressees": step.addressees}[types()[step.type]["giver"] or "actors"]


def payers(step: Step) -> tuple[str, ...]:
    """Who bears the cost (P1): whoever orders pays, and so does whoever gives where nobody else is told to."""
    return step.actors


def kind(parties: Sequence[str]) -> Kind:
    """Of what kind a party is (C6), of several the nearest to a government. A group stays a group (D10)."""
    return min(map(_kind, parties), key=_ORDER.index, default="unknown")


@cache
def _kind(party: str) -> Kind:
    if party in _BODIES:
        return "organisation"
    if is_umbrella((party,)) or party.endswith("-STATES"):
        return "group"
    return "government" if len(party) == _STATE and party.isascii() and party.isupper() else "other"


@cache
def groups_of(code: str) -> frozenset[str]:
    """Rule D10: the groups that a state is a member of. A look-up: what a group gives is never filled in for its members."""
    return frozenset(row["group"] for row in link_rows("groups") if code in row["members"].split())


def frame(step: Step) -> Frame:
    """Rule C7: whether support goes to a recipient, to oneself (own rearmament), or to those who fled."""
    if step.recipients and set(step.recipients) <= set(step.actors):
        return "own"
    told = " ".join(step.recipients).lower()
    return next(
        (cast("Frame", frame) for frame, where, words in _frames() if where == "recipient" and any(word in told for word in words)),
        "recipient",
    )


def permits(step: Step, claims: Sequence[Claim]) -> bool:
    """Rule P4: whether a step is the consent of the state of origin that somebody else hands over what it made."""
    if step.type != "approve" or step.mode == "sale":
        return False
    if step.addressees and not set(step.addressees) & {*step.actors, *step.recipients}:
        return True
    words = [word for frame, _, words in _frames() if frame == "permission" for word in words]
    return any(word in claim.evidence.lower() for claim in claims for word in words)


@cache
def _frames() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((row["frame"], row["where"], tuple(row["words"].split("|"))) for row in rows("counting/frames"))
