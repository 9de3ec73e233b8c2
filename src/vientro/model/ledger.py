"""What claims become: origins, steps, deals, and what people rule about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal[
    "requested", "weighed", "pledged", "approved", "ordered", "partly delivered", "delivered",
    "suspended", "resumed", "refused", "declined", "blocked", "cancelled", "opposed", "sanctioned", "eased", "talks",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Where a claim belongs. `claim` is the claim's anchor; the ids are permanent (docs/adr/0001)."""

    claim: str
    origin: str
    step: str
    deal: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One act in the world: all claims that report it, and how many origins stand behind them.

    `flags` holds the ids of the counting rules that touched it (CODEBOOK.md), such as "Q5".
    """

    id: str
    deal: str
    claims: tuple[str, ...]
    origins: int
    date: str | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """One line of support over time, and the state it has reached."""

    id: str
    steps: tuple[str, ...]
    state: State
    merged_into: str | None = None
