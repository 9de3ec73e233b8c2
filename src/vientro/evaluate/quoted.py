"""Figures of others on the same task, quoted and not measured here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose figures, on what: F1 of claims, strict claims and slots."""

    who: str
    claim: float
    strict: float
    slot: float


SOURCE = "quoted, not measured: two coders, a keyword script (README of the data)"
PEERS = (
    Quoted("coders, ledes", 0.92, 0.84, 0.88),
    Quoted("coders, articles", 0.88, 0.83, 0.83),
    Quoted("script, ledes", 0.46, 0.12, 0.28),
    Quoted("script, articles", 0.42, 0.09, 0.19),
)
