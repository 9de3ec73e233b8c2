"""The learnt weights as data: linear models and boosted trees, read from the language pack and evaluated without any learning library."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from importlib.resources import files
from operator import and_, getitem
from struct import unpack
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


class Crossed:
    """Features in groups of fronts and names: each name of a group stands behind each of its fronts, alone where that is empty.

    They are strings like others, but few are written out: weights are looked up by front and name.
    """

    __slots__ = ("groups",)

    def __init__(self, *groups: tuple[tuple[str, ...], Collection[str]]) -> None:
        self.groups = groups

    def __iter__(self) -> Iterator[str]:
        return (front + name for fronts, names in self.groups for front in fronts for name in names)


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A multinomial (or, with one class, binary) logistic model over named features.

    Compared by identity: the sums that it is asked for are made ready once for each.
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[tuple[int, float], ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The logit of each class. A feature named twice counts once."""
        behind = _behind(self)
        total = _middle(len(self.bias))
        for fronts, names in features.groups if isinstance(features, Crossed) else ((("",), features),):
            several = set(names)
            for front in fronts:
                total += sum(filter(None, map(behind[front].get, several)))
        lanes = unpack(f"<{len(self.bias)}I", total.to_bytes(4 * len(self.bias), "little"))
        return [bias + (lane - _MIDDLE) / _UNIT for bias, lane in zip(self.bias, lanes, strict=True)]

    def chances(self, features: Iterable[str]) -> list[float]:
        """The probability of each class; for one class, the sigmoid."""
        scores = self.scores(features)
        return [sigmoid(scores[0])] if len(scores) == 1 else softmax(scores)

    def best(self, features: Iterable[str]) -> str:
        scores = self.scores(features)
        return self.classes[scores.index(max(scores))]


# The weights of a feature for all classes are one whole number, so that they are added at once: 32 bits for each class, in units of
# a ten-thousandth. Weights have three decimals; a sum of them is far from the ends of its bits.
_UNIT = 10_000
_MIDDLE = 1 << 31


@lru_cache(maxsize=64)
def _behind(model: Linear) -> _Behind:
    pairs = {pair for of in model.weights.values() for pair in of}
    parts = {pair: round(pair[1] * _UNIT) << 32 * pair[0] for pair in pairs}
    return _Behind({name: sum(map(parts.__getitem__, model.weights[name])) for name in sorted(model.weights)})


class _Behind(dict[str, dict[str, int]]):
    """By what stands in front, the packed weights of the features behind it, made when they are first asked for."""

    def __init__(self, packed: dict[str, int]) -> None:
        super().__init__({"": packed})
        self.names = list(packed)

    def __missing__(self, front: str) -> dict[str, int]:
        names, packed = self.names, self[""]
        begin, end = bisect_left(names, front), bisect_left(names, front + chr(sys.maxunicode))
        self[front] = {name[len(front) :]: packed[name] for name in names[begin:end]}
        return self[front]


@cache
def _middle(classes: int) -> int:
    return sum(_MIDDLE << 32 * i for i in range(classes))


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
        limits, open_to, values = _sifted(self)
        left = reduce(and_, map(getitem, open_to, map(bisect_left, limits, row)))
        leaves = unpack(f"<{len(values)}H", left.to_bytes(2 * len(values), "little"))
        return sigmoid(sum(map(getitem, values, leaves), self.bias))


@lru_cache(maxsize=64)  # the shipped forests and those of the folds
def _sifted(forest: Boosted) -> tuple[list[list[float]], list[list[int]], list[dict[int, float]]]:
    """Every leaf as a bit, sixteen for each tree, and of each number of a row its limits and the leaves that are open between them.

    The leaves open to all numbers of a row are the one leaf of each tree it falls into (after Lucchese et al. 2015, "QuickScorer");
    last come the values of those leaves, by bit.
    """
    limits = [sorted({t.threshold[n] for t in forest.trees for n, f in enumerate(t.feature) if f == at}) for at in range(len(forest.names))]
    shut = [[0] * (len(of) + 1) for of in limits]
    values: list[dict[int, float]] = []

    def walk(tree: Tree, node: int, leaves: dict[int, float]) -> int:
        """Number the leaves below a node, and shut them where it leads past them; their bits."""
        feature = tree.feature[node]
        if feature < 0:
            leaves[1 << len(leaves)] = tree.value[node]
            return 1 << len(leaves) - 1 + 16 * len(values)
        low, high = walk(tree, tree.low[node], leaves), walk(tree, tree.high[node], leaves)
        at = bisect_left(limits[feature], tree.threshold[node])
        shut[feature] = [bits | (high if i <= at else low) for i, bits in enumerate(shut[feature])]
        return low | high

    every = 0
    for tree in forest.trees:
        leaves: dict[int, float] = {}
        every |= walk(tree, 0, leaves)
        assert len(leaves) <= 16
        values.append(leaves)
    return limits, [[every & ~bits for bits in row] for row in shut], values


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    parts = [math.exp(s - top) for s in scores]
    total = sum(parts)
    return [p / total for p in parts]


class _Pairs(dict[str, tuple[int, float]]):
    """Cells "class:weight" as read, each once: most of them are written many times."""

    def __missing__(self, cell: str) -> tuple[int, float]:
        number, _, weight = cell.partition(":")
        pair = self[cell] = int(number), float(weight)
        return pair


@cache
def linear(lang: str, name: str) -> Linear:
    """The linear model `lang/<lang>/weights/<name>.tsv`: "#"-lines, classes, biases, then a feature and its weights by class a line."""
    lines = (files("vientro.lang") / lang / "weights" / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    pairs = _Pairs()
    weights = {row[0]: tuple([pairs[cell] for cell in row[1:]]) for row in rows[2:]}
    return Linear(tuple(rows[0][1:]), tuple(map(float, rows[1][1:])), weights)


@cache
def boosted(lang: str, name: str) -> Boosted:
    """The trees `lang/<lang>/weights/<name>.json`."""
    return msgspec.json.decode((files("vientro.lang") / lang / "weights" / f"{name}.json").read_bytes(), type=Boosted)
