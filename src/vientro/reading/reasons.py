"""What weights say and why: models that note what they are asked, and the part each feature has in an answer."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from vientro.reading.weights import Boosted, Crossed, Linear

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.reading.decide import Model

# Inner rows of a tree hold the value before the learning rate of training/train.py, leaves the value after it.
STEP = 0.08


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature and what it adds to the log-odds."""

    feature: str
    weight: float


class AskedLinear(Linear):
    """A linear model that notes the features of every question, in order."""

    of: Linear
    asked: list[tuple[str, ...]]

    def __init__(self, model: Linear) -> None:
        super().__init__(model.classes, model.bias, model.weights)
        object.__setattr__(self, "of", model)
        object.__setattr__(self, "asked", [])

    def scores(self, features: Iterable[str]) -> list[float]:
        again = features if isinstance(features, Crossed) else tuple(features)
        self.asked.append(tuple(again))
        return self.of.scores(again)


class AskedBoosted(Boosted):
    """Boosted trees that note the numbers of every question, in order."""

    of: Boosted
    asked: list[tuple[float, ...]]

    def __init__(self, model: Boosted) -> None:
        super().__init__(model.names, model.bias, model.trees)
        object.__setattr__(self, "of", model)
        object.__setattr__(self, "asked", [])

    def chance(self, row: Sequence[float]) -> float:
        self.asked.append(tuple(row))
        return self.of.chance(row)


def watched(model: Model) -> Model:
    """The same weights, every part of them noting what it is asked."""

    def part(of: Any) -> Any:
        if isinstance(of, tuple):
            return tuple(part(one) for one in of)
        return AskedLinear(of) if isinstance(of, Linear) else AskedBoosted(of) if isinstance(of, Boosted) else of

    return replace(model, **{f.name: part(getattr(model, f.name)) for f in fields(model)})


def drain(part: Linear | Boosted) -> list[tuple[Any, ...]]:
    """What a part of a watched model was asked since the last time, in order."""
    assert isinstance(part, AskedLinear | AskedBoosted)
    asked: list[tuple[Any, ...]] = list(part.asked)
    part.asked.clear()
    return asked


def linear_reasons(model: Linear, features: Iterable[str], of: int, against: int | None = None) -> list[Reason]:
    """What each feature adds to the log-odds of class `of`, or of it against another class; the strongest first."""
    found = []
    for feature in set(features):
        weights = dict(model.weights.get(feature, ()))
        weight = weights.get(of, 0.0) - (0.0 if against is None else weights.get(against, 0.0))
        if weight:
            found.append(Reason(feature, round(weight, 3)))
    return sorted(found, key=lambda r: (-abs(r.weight), r.feature))


def tree_reasons(model: Boosted, row: Sequence[float]) -> list[tuple[int, float]]:
    """What each number of a row adds to the log-odds, the strongest first; with the bias they add up to the answer.

    Each step down a tree is put down to the number that is asked there (Saabas 2014, "Interpreting random forests").
    """
    total: dict[int, float] = {}
    for tree in model.trees:
        node, before = 0, 0.0
        while (feature := tree.feature[node]) >= 0:
            node = tree.low[node] if row[feature] <= tree.threshold[node] else tree.high[node]
            after = tree.value[node] * (STEP if tree.feature[node] >= 0 else 1.0)
            total[feature] = total.get(feature, 0.0) + after - before
            before = after
    return sorted(total.items(), key=lambda item: (-abs(item[1]), item[0]))


def split(reasons: Sequence[Reason], most: int) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """The strongest reasons for and against, at most so many of each."""
    return tuple(r for r in reasons if r.weight > 0)[:most], tuple(r for r in reasons if r.weight < 0)[:most]
