"""Who stands behind a claim: whose officials or state media say so, how near they are to the deed, and whether only an adversary does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.data import adversaries, voices
from vientro.link.data import types
from vientro.link.names import codes
from vientro.reading.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.claim import Claim, Role

_DEEDS = {"commit", "approve", "procure", "deliver", "train", "resume"}


def told_by(claim: Claim) -> frozenset[str]:
    """The codes of the states and bodies whose word it is; empty where the article speaks for itself or nobody with a code is named."""
    found = {source.code for source in claim.chain if source.code}
    for name in [source.name for source in claim.chain] + ([claim.speaker.value] if claim.speaker else []):
        outlet = voices().get(name.lower())
        found |= {outlet} if outlet else codes(fold(name).text)
    return frozenset(found)


def giver_roles(claim: Claim) -> tuple[Role, ...]:
    """Who gives or sells, or would; who sanctions."""
    return _slot(claim, types()[claim.type]["giver"])


def target_roles(claim: Claim) -> tuple[Role, ...]:
    """Whom it is for; in sanctions, against whom."""
    return _slot(claim, types()[claim.type]["target"])


def _slot(claim: Claim, name: str) -> tuple[Role, ...]:
    return {"actors": claim.actors, "recipients": claim.recipients, "addressees": claim.addressees, "": ()}[name]


def adversary_only(claims: Sequence[Claim]) -> bool:
    """Rule Q5: a donor's deed that nobody but an adversary of donor or recipient tells."""
    return all(claim.type in _DEEDS and _hostile(claim) for claim in claims)


def _hostile(claim: Claim) -> bool:
    said = told_by(claim)
    parties = {role.value for role in (*giver_roles(claim), *claim.recipients)}
    against = frozenset[str]().union(*(adversaries(party) for party in parties))
    return bool(said) and said <= against and not said & parties


def nearness(claim: Claim) -> int:
    """Rule Q1 as a rank, 0 the best: an official of the giver; of the recipient; a named source; nobody named; an adversary."""
    said = told_by(claim)
    if said & {role.value for role in giver_roles(claim)}:
        return 0
    if said & {role.value for role in claim.recipients}:
        return 1
    if _hostile(claim):
        return 4
    return 2 if claim.speaker or claim.chain else 3
