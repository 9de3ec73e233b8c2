"""What counting knows of a step beyond its slots, and a step as the counting rules see it (docs/counting.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from vientro.model.claim import Mode
from vientro.model.ledger import Interval, Stock

Level = Literal["pledge", "approval", "order", "delivery"]
Strength = Literal["floated", "intended", "promised", "itemised", "appropriated"]
STRENGTHS: tuple[Strength, ...] = ("floated", "intended", "promised", "itemised", "appropriated")
Form = Literal["in kind", "cash", "service"]
Basis = Literal["stated", "book", "replacement", "list price", "face value"]
Frame = Literal["recipient", "refugees", "own", "neighbour"]
Kind = Literal["government", "organisation", "group", "other", "unknown"]
Grade = Literal["document", "party", "recipient", "named", "anonymous", "adversary"]
GRADES: tuple[Grade, ...] = ("document", "party", "recipient", "named", "anonymous", "adversary")
NewMoney = Literal["yes", "no", "unclear"]
_ROUNDING = 0.005  # thirds are told as 0.33 or 0.334
Told = Literal["reader", "decision", "import", "derived"]


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody ruled or imported about a step: every field but `step` and `told` may be unset.

    `funded_by` names the steps that paid this one in (D6), `backfill_for` the step whose giver this one makes good (P2), `refund_of` the
    step whose giver this one pays back (D8), `revises` the step whose value this one restates (A8), `parent` the package it is in (D1).
    `repeat` decides a possible duplicate (D5). `shares` are (code, part of 1) of joint donors (D9); `schedule` is (year, part of 1) (T2).
    `told` is where the row comes from.
    """

    step: str
    told: Told = "decision"
    payers: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    via: str | None = None
    organ: str | None = None
    strength: Strength | None = None
    form: Form | None = None
    basis: Basis | None = None
    new_money: NewMoney | None = None
    frame: Frame | None = None
    permission: bool | None = None
    repeat: bool | None = None
    parent: str | None = None
    funded_by: tuple[str, ...] = ()
    backfill_for: str | None = None
    refund_of: str | None = None
    revises: str | None = None
    shares: tuple[tuple[str, float], ...] = ()
    schedule: tuple[tuple[int, float], ...] = ()
    terms: str | None = None

    def __post_init__(self) -> None:
        """Raises ValueError where parts of a sum come to more than the sum; each year of a schedule may have all of what is yearly."""
        for name, parts in (("shares", [part for _, part in self.shares]), ("schedule", [part for _, part in self.schedule])):
            yearly = name == "schedule" and all(part == 1 for part in parts)
            if any(not 0 < part <= 1 for part in parts) or (sum(parts) > 1 + _ROUNDING and not yearly):
                raise ValueError(f"{name} are parts of 1, above 0 and no more than 1 together")


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A step as it is counted: what follows from it and its claims whatever the profile.

    `barred` is the rule that keeps it out of every total. `value` is the preferred sum in `currency`, None where none is told; `was` the
    value before a donor restated it (A8); `per` a period that it recurs in. `day` is the day of the act (EDTF), `told` the day it was
    first told (ISO 8601): neither stands in for the other (T1). `origins` counts utterances (Q7). `inside` is True where the ledger has
    parts of a group's total. `derived` names the fields that nobody told and a table gave. `silent` is True of promises in a
    deal of which no delivery is told (Q8). The store keeps entries as rows, in which the fields that few steps have are the last.
    """

    step: str
    deal: str
    level: Level | None = None
    strength: Strength = "floated"
    payers: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    kind: Kind = "unknown"
    classes: tuple[str, ...] = ()
    form: Form | None = None
    purpose: str | None = None
    currency: str | None = None
    value: Interval | None = None
    day: str | None = None
    told: str | None = None
    grade: Grade = "named"
    flags: tuple[str, ...] = ()
    barred: str | None = None
    frame: Frame = "recipient"
    via: str | None = None
    organ: str | None = None
    items: tuple[Stock, ...] = ()
    mode: Mode | None = None
    basis: Basis = "stated"
    was: Interval | None = None
    per: str | None = None
    until: str | None = None
    new_money: NewMoney | None = None
    parent: str | None = None
    funded_by: tuple[str, ...] = ()
    refund_of: str | None = None
    shares: tuple[tuple[str, float], ...] = ()
    schedule: tuple[tuple[int, float], ...] = ()
    terms: str | None = None
    voices: tuple[str, ...] = ()
    origins: int = 1
    repeat: bool = False
    unconfirmed: bool = False
    withdrawn: bool = False
    umbrella: bool = False
    inside: bool = False
    silent: bool = False
    derived: tuple[str, ...] = ()
