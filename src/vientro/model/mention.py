"""Things recognised in a text. Offsets are code points of the text they were found in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "at_least", "up_to", "range"]

ActorKind = Literal["state", "organisation", "members", "group", "organ", "person", "party", "firm", "outlet", "armed", "other"]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. `edtf` is a date or an interval in Extended Date/Time Format (ISO 8601-2:2019, levels 0 and 1)."""

    start: int
    stop: int
    text: str
    edtf: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or measure. `of` is the whole of a share; `unit` is as written; `vague` marks "dozens" and the like."""

    start: int
    stop: int
    text: str
    value: float
    bound: Bound = "exact"
    max: float | None = None
    unit: str | None = None
    of: float | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money. `currency` is ISO 4217; `per` a period ("year"); `conversion` marks a bracketed conversion of the sum before it."""

    start: int
    stop: int
    text: str
    value: float
    currency: str
    bound: Bound = "exact"
    max: float | None = None
    per: str | None = None
    vague: bool = False
    conversion: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act. `code` is the code of codes.txt that the actor counts as, None where there is none.

    `name` is the canonical name in NFC (a person's name without title, a state's usual name); `kind` says by what
    name it was called here: an organ or a person of a state carries the state's code.
    """

    start: int
    stop: int
    text: str
    name: str
    kind: ActorKind
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Equipment:
    """Something that can be given or sold. `cls` is an item class of GUIDE.md; `model` a designation where one is named."""

    start: int
    stop: int
    text: str
    cls: str
    model: str | None = None
    family: str | None = None


@dataclass(frozen=True, slots=True)
class Dating:
    """When an article was published: an EDTF interval, the best single day, and the reasons in words."""

    interval: str
    best: str
    reasons: tuple[str, ...]
