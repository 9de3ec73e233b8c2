"""Profiles: named ways to count, each a readable file in profiles/ (docs/counting.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping  # noqa: TC003  the codec reads the annotations at run time
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from vientro.model.counting import Frame, Kind, Level, Strength  # noqa: TC001  as above
from vientro.model.errors import InputError

Evidence = Literal["strict", "broad"]
Attribution = Literal["payer", "channel", "giver"]
_HOME = files("vientro.ledger.counting") / "profiles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How to count. `en` and `vi` say it in a line; `rules` are those of the codebook that it follows.

    `levels` are summed, one of each chain: the first that has a figure (D3). `out` has the rule by which another level stays out, and
    `beside` the levels that are shown beside the sum. `floor` is the least strength (C12); `modes` are those counted, "not said" among
    them (A4, P3); `donor` is whose support it is (P1, D6); `kinds` of donors (C6) and `frames` (C7) are those counted. `groups`: a group's
    total stands above the sum, or is counted where it stands alone (D14). `old_money` counts what is known to be no new money (D13),
    `refunds` subtracts them (D8), `larger_parts` takes parts that exceed their total (D2), `prices` values things (A1), `ceilings`
    prefers a ceiling where no figure is preferred (A5), `spread` spreads pledges over their years (T2), `members` counts member
    states for the EU (D7).
    """

    name: str
    en: str
    vi: str
    rules: tuple[str, ...]
    levels: tuple[Level, ...]
    floor: Strength
    modes: tuple[str, ...]
    evidence: Evidence
    out: Mapping[Level, str] = field(default_factory=dict)
    beside: tuple[Level, ...] = ()
    donor: Attribution = "payer"
    kinds: tuple[Kind, ...] = ("government", "organisation", "group", "unknown")
    frames: tuple[Frame, ...] = ("recipient",)
    groups: Literal["above", "alone"] = "above"
    old_money: bool = False
    refunds: bool = False
    larger_parts: bool = False
    prices: bool = False
    ceilings: bool = False
    spread: bool = False
    members: bool = False


@cache
def names() -> tuple[str, ...]:
    """The names of the shipped profiles, the headline first."""
    found = sorted(file.name.removesuffix(".toml") for file in _HOME.iterdir() if file.name.endswith(".toml"))
    return ("headline", *(name for name in found if name != "headline"))


@cache
def shipped(name: str) -> Profile:
    """A shipped profile; raises InputError for a name that is none."""
    if name not in names():
        raise InputError(
            f"profile {name!r}", "there is no such profile", f"Profiles: {', '.join(names())}; or give a file of your own, FILE.toml"
        )
    return parse((_HOME / f"{name}.toml").read_text("utf-8"), name)


def parse(content: str, name: str) -> Profile:
    """A profile from its file; raises InputError where it is none."""
    try:
        told = tomllib.loads(content)
        if unknown := sorted(set(told) - set(Profile.__slots__)):
            raise InputError(
                f"profile {name}", f"it has {', '.join(unknown)}, which says nothing", "docs/counting.md says what a profile holds"
            )
        return msgspec.convert({**told, "name": name}, Profile, strict=True)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"profile {name}", str(error), "docs/counting.md says what a profile holds") from error
