"""The table of weights: how strongly each feature of a pair speaks for one step and for one deal."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  the codec of held-out weights reads the annotations at run time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from vientro.link.data import rows

if TYPE_CHECKING:
    from vientro.link.features import Features

Level = Literal["step", "deal"]
LEVELS: tuple[Level, ...] = ("step", "deal")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a logistic regression: `score` is the log-odds that a pair belongs together."""

    start: float
    of: Mapping[str, float]

    def score(self, features: Features) -> float:
        return self.start + sum(self.of.get(name, 0.0) * value for name, value in features.items())

    def reasons(self, features: Features, most: int = 3) -> list[str]:
        """The features that speak for the pair, the strongest first."""
        parts = sorted((-self.of.get(name, 0.0) * value, name) for name, value in features.items())
        return [name for part, name in parts[:most] if part < 0]


@cache
def shipped() -> dict[Level, Weights]:
    """The weights of weights.tsv."""
    table = rows("weights")
    return {
        level: Weights(
            next(float(row[level]) for row in table if row["feature"] == "start"),
            {row["feature"]: float(row[level]) for row in table if row["feature"] != "start"},
        )
        for level in LEVELS
    }
