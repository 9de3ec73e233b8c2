"""Who stands behind a claim: whose officials or state media say so, how near they are to the deed, and whether only an adversary does."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from vientro.ledger.data import adversaries, voices
from vientro.link.data import types
from vientro.link.names import codes
from vientro.reading.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.claim import Claim, Role

# What a donor or a blocker does, and another can only say of it. Who asks, opposes or talks is its own witness.
_DEEDS = {"commit", "approve", "procure", "deliver", "train", "suspend", "resume", "refuse", "block", "decline"}


def told_by(claim: Claim) -> frozenset[str]:
    """The codes of the states and bodies whose word it is; empty where the article speaks for itself or nobody with a code is named."""
    return frozenset[str]().union(*_links(claim))


def _links(claim: Claim) -> list[frozenset[str]]:
    """The codes behind each link of the chain of attribution, whoever is nearest to the deed first."""
    speaker = [_behind(claim.speaker.value)] if claim.speaker else []
    return speaker + [_behind(source.name) | (frozenset({source.code}) if source.code else frozenset()) for source in claim.chain]


@lru_cache(maxsize=20_000)  # the same few voices in thousands of articles
def _behind(name: str) -> frozenset[str]:
    outlet = voices().get(name.lower())
    return frozenset({outlet}) if outlet else codes(fold(name).text)


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
    return all(hostile(claim) for claim in claims)


def hostile(claim: Claim) -> bool:
    """Whether a deed is told by an adversary of giver or recipient that has no part in it. The nearest source with a code decides:
    an agency that passes on what the adversary says confirms nothing."""
    said = next(filter(None, _links(claim)), frozenset[str]())
    parties = {role.value for role in (*giver_roles(claim), *claim.recipients)}
    against = frozenset[str]().union(*(adversaries(party) for party in parties))
    return claim.type in _DEEDS and bool(said) and said <= against and not told_by(claim) & {*parties, *(r.value for r in claim.actors)}


def nearness(claim: Claim) -> int:
    """Rule Q1 as a rank, 0 the best: an official of the giver; of the recipient; a named source; nobody named; an adversary."""
    said = told_by(claim)
    if said & {role.value for role in giver_roles(claim)}:
        return 0
    if said & {role.value for role in claim.recipients}:
        return 1
    if hostile(claim):
        return 4
    return 2 if claim.speaker or claim.chain else 3
