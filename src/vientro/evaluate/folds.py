"""Weights that never saw a document: five sets, each trained without a fifth of the coded documents (training/train.py)."""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from vientro.reading import decide
from vientro.reading.decide import Model  # noqa: TC001  the codec reads the annotations of Fold

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class Fold(msgspec.Struct, frozen=True):
    """The weights of one fold and the keys of the documents left out of its training."""

    unseen: frozenset[str]
    model: Model


@cache
def all_folds() -> tuple[Fold, ...]:
    names = sorted(entry.name for entry in _folder().iterdir() if entry.name.endswith(".json.xz"))
    return tuple(msgspec.json.decode(lzma.decompress((_folder() / name).read_bytes()), type=Fold) for name in names)


def model_for(key: str) -> Model:
    """The weights of the fold that left the document out; for a document that no training saw, the shipped ones."""
    return next((fold.model for fold in all_folds() if key in fold.unseen), decide.shipped())


def _folder() -> Traversable:
    return files("vientro.evaluate") / "folds"
