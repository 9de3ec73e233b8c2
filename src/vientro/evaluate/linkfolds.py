"""Weights of linking that never saw the deals of a pair of claims (tools/train_links.py)."""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from vientro.link.weights import Level, Weights, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping


class LinkFolds(msgspec.Struct, frozen=True):
    """The fold of each coded claim ("doc#index"), folds being whole deals, and for each two folds the weights fitted without both."""

    fold: dict[str, int]
    weights: dict[str, dict[Level, Weights]]


@cache
def folds() -> LinkFolds:
    return msgspec.json.decode(lzma.decompress((files("vientro.evaluate") / "linkfolds.json.xz").read_bytes()), type=LinkFolds)


def weights_for(one: str, other: str) -> Mapping[Level, Weights]:
    """The weights for two coded claims ("doc#index"); the shipped ones where no training saw one of them."""
    known = folds()
    pair = sorted((known.fold.get(one, -1), known.fold.get(other, -1)))
    return known.weights.get(f"{pair[0]}-{pair[1]}") or shipped()


def weights_without(one: int | None, other: int | None) -> Mapping[Level, Weights]:
    """The weights fitted without these folds; a claim that no training saw has none."""
    seen = sorted(fold for fold in (one, other) if fold is not None)
    return folds().weights[f"{seen[0]}-{seen[-1]}"] if seen else shipped()
