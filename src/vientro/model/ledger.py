"""What claims become: origins, steps and deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vientro.model.claim import Modality, Mode, Scope, Support, Type

State = Literal[
    "requested", "weighed", "pledged", "approved", "ordered", "partly delivered", "delivered",
    "suspended", "resumed", "refused", "declined", "blocked", "cancelled", "opposed", "sanctioned", "eased", "talks",
]  # fmt: skip
Cause = Literal["conversion", "rounding", "bound", "part and whole", "tranche", "other day", "disputed"]


@dataclass(frozen=True, slots=True)
class Link:
    """Where a claim belongs. `claim` is the claim's anchor; the ids are permanent (docs/adr/0001).

    `why` says what spoke for the step and the deal, the strongest first, and which other step the claim fits as well.
    """

    claim: str
    origin: str
    step: str
    deal: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A number as far as it is known: None is no bound ("at least 4" has no `high`), or no figure to prefer ("up to 10" has no `best`)."""

    low: float | None
    best: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money as told by some claims of a step; `origins` counts what stands behind it."""

    currency: str
    value: Interval
    claims: tuple[str, ...]
    origins: int
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """Items of one class (and model) of a step. `count` is None where no number is told; `of` is the whole that it is a share of."""

    cls: str
    model: str | None
    text: str
    count: Interval | None = None
    unit: str | None = None
    of: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act in the world: all claims that report it, the earliest told first, and what they say together.

    `origins` counts the sayings and independent reports behind it. Where figures differ, `sums` has the preferred one first and
    `causes` says why they do. `counts` is False for what is only alleged, denied, weighed or a habit, and for a running
    total. `flags` holds the ids of the counting rules that touched it (CODEBOOK.md), such as "Q5".
    """

    id: str
    deal: str
    claims: tuple[str, ...]
    origins: int
    date: str | None
    flags: tuple[str, ...] = ()
    type: Type = "commit"
    modality: Modality = "actual"
    scope: Scope = "act"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    support: Support | None = None
    mode: Mode | None = None
    items: tuple[Stock, ...] = ()
    sums: tuple[Sum, ...] = ()
    causes: tuple[Cause, ...] = ()
    due: str | None = None
    horizon: str | None = None
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    counts: bool = True
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """One line of support over time, its steps in order of time, and the state it has reached; `since` is the day of that state (EDTF).

    `recipients` are those it is for; in sanctions, those it is against.
    """

    id: str
    steps: tuple[str, ...]
    state: State
    since: str | None = None
    givers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All steps and deals, by id. A deal none of whose steps counts or moves it is not in `deals`."""

    steps: tuple[Step, ...] = ()
    deals: tuple[Deal, ...] = ()
