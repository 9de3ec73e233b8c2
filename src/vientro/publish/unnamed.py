"""Persons who hold no office, left without their names: who speaks is told by what they are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vientro.lang.data import parse
from vientro.reading.persons import NAME

if TYPE_CHECKING:
    from vientro.model.claim import Claim

_NOBODY = "…"


def unnamed(claim: Claim) -> Claim:
    """The claim with those who say it named where they speak for a state or a body, or are persons of public life (persons.tsv)."""
    private = {source.name for source in claim.chain if source.kind == "person" and not source.code}
    if not private:
        return claim
    chain = tuple(replace(one, name=_as_what(one.name)) if one.name in private else one for one in claim.chain)
    speaker = claim.speaker
    if speaker and speaker.value in private:
        speaker = replace(speaker, value=_as_what(speaker.value))
    return replace(claim, chain=chain, speaker=speaker)


def _as_what(name: str) -> str:
    """A name without the words that name the person: "nhà phân tích Trần Văn B" is "nhà phân tích"."""
    words = name.split()
    if name in _of_public_life() or (len(words) > 1 and " ".join(words[1:]).islower()):
        return name
    return " ".join(NAME.sub(" ", name).split()) or _NOBODY


@cache
def _of_public_life() -> frozenset[str]:
    rows = parse((files("vientro.lang.vi") / "persons.tsv").read_text("utf-8"), "persons.tsv")
    return frozenset(row["name"] for row in rows)
