"""Whether confidence means what it says: right claims by confidence, and what is left when only the sure ones are shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.evaluate.hits import Told

BINS = 10
LEAST = (0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence lies between `low` and `high`: how many, their mean confidence, the share strictly right."""

    low: float
    high: float
    n: int
    mean: float
    right: float


@dataclass(frozen=True, slots=True)
class Shown:
    """Claims with at least this confidence: how many, their part of all, and of them the shares with type and place right, with giver
    and recipient right too, and strictly right. Shares of no claims are None."""

    least: float
    n: int
    part: float | None
    claim: float | None
    sides: float | None
    strict: float | None


def tenths(told: Sequence[Told]) -> list[Bin]:
    """Ten bins of the same width; empty ones are left out."""
    rows = [[t for t in told if min(int(t.confidence * BINS), BINS - 1) == i] for i in range(BINS)]
    return [_bin(i / BINS, (i + 1) / BINS, row) for i, row in enumerate(rows) if row]


def evenly(told: Sequence[Told]) -> list[Bin]:
    """At most ten bins with the same number of claims, give or take one."""
    order = sorted(told, key=lambda t: t.confidence)
    cuts = [len(order) * i // BINS for i in range(BINS + 1)]
    rows = [order[a:b] for a, b in pairwise(cuts) if a < b]
    return [_bin(row[0].confidence, row[-1].confidence, row) for row in rows]


def _bin(low: float, high: float, row: Sequence[Told]) -> Bin:
    return Bin(low, high, len(row), sum(t.confidence for t in row) / len(row), sum(t.right for t in row) / len(row))


def expected_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance of confidence from the share that is right, weighed by claims (Naeini et al. 2015); None without claims."""
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.mean - b.right) for b in bins) / total if total else None


def shown(told: Sequence[Told], least: Sequence[float] = LEAST) -> list[Shown]:
    """What is left above each confidence, and how right it is."""
    out = []
    for bound in least:
        left = [t for t in told if t.confidence >= bound]
        n = len(left)
        out.append(
            Shown(
                bound,
                n,
                n / len(told) if told else None,
                *((sum(x) / n if n else None) for x in ([t.paired for t in left], [t.sides for t in left], [t.right for t in left])),
            )
        )
    return out
