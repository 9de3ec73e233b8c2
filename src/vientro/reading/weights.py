"""The learnt weights as data: linear models and boosted trees, read from the language pack and evaluated without any learning library."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Linear:
    """A multinomial (or, with one class, binary) logistic model over named features."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[tuple[int, float], ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The logit of each class. A feature named twice counts once."""
        out = list(self.bias)
        for found in filter(None, map(self.weights.get, set(features))):
            for index, weight in found:
                out[index] += weight
        return out

    def chances(self, features: Iterable[str]) -> list[float]:
        """The probability of each class; for one class, the sigmoid."""
        scores = self.scores(features)
        return [sigmoid(scores[0])] if len(scores) == 1 else softmax(scores)

    def best(self, features: Iterable[str]) -> str:
        scores = self.scores(features)
        return self.classes[scores.index(max(scores))]


@dataclass(frozen=True, slots=True)
class Tree:
    """One regression tree as parallel rows: the row's feature (negative in a leaf), threshold, next row if at most or above it, value."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    low: tuple[int, ...]
    high: tuple[int, ...]
    value: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Boosted:
    """Gradient-boosted trees for a binary decision (Friedman 2001). `names` are the numbered features, for those who read the file.

    Compared by identity: what its trees are walked by is made once for each.
    """

    names: tuple[str, ...]
    bias: float
    trees: tuple[Tree, ...]

    def chance(self, row: Sequence[float]) -> float:
        total = self.bias
        for root in _roots(self):
            node = root
            while type(node) is tuple:
                feature, threshold, low, high = node
                node = low if row[feature] <= threshold else high
            total += node
        return sigmoid(total)


@lru_cache(maxsize=64)  # the shipped forests and those of the folds; watched copies come and go
def _roots(forest: Boosted) -> tuple[Any, ...]:
    """Each tree as nested rows (feature, threshold, what follows up to it, what follows above it), a leaf as its value."""

    def nested(tree: Tree, node: int) -> Any:
        if tree.feature[node] < 0:
            return tree.value[node]
        return tree.feature[node], tree.threshold[node], nested(tree, tree.low[node]), nested(tree, tree.high[node])

    return tuple(nested(tree, 0) for tree in forest.trees)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    parts = [math.exp(s - top) for s in scores]
    total = sum(parts)
    return [p / total for p in parts]


@cache
def linear(lang: str, name: str) -> Linear:
    """The linear model `lang/<lang>/weights/<name>.tsv`: "#"-lines, classes, biases, then a feature and its weights by class a line."""
    lines = (files("vientro.lang") / lang / "weights" / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    weights = {row[0]: tuple((int(i), float(w)) for i, w in (cell.split(":") for cell in row[1:])) for row in rows[2:]}
    return Linear(tuple(rows[0][1:]), tuple(map(float, rows[1][1:])), weights)


@cache
def boosted(lang: str, name: str) -> Boosted:
    """The trees `lang/<lang>/weights/<name>.json`."""
    return msgspec.json.decode((files("vientro.lang") / lang / "weights" / f"{name}.json").read_bytes(), type=Boosted)
