"""The last run of `vientro eval`, kept beside the work: its figures, and how many claims of each document were right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from vientro.evaluate.hits import wrong
from vientro.model.errors import InputError
from vientro.publish import atomic

if TYPE_CHECKING:
    from pathlib import Path

Counts = tuple[int, int, int, int]


class Measured(msgspec.Struct, frozen=True):
    """A set as it was measured: the hash of its data, its figures, and of each document the claims told, coded, paired, right."""

    sha256: str
    figures: dict[str, float]
    docs: dict[str, Counts]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in a set: figures before and after, and the documents with fewer or more wrong claims, with how many.

    `other_data` says that the set itself is another one; then documents are not compared.
    """

    figures: dict[str, tuple[float, float]]
    better: tuple[tuple[str, int, int], ...]
    worse: tuple[tuple[str, int, int], ...]
    other_data: bool


def load(path: Path) -> dict[str, Measured]:
    """The sets of the last run, none where there was none. Raises InputError where the file is no such thing."""
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Measured])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), "is not what a run of eval left", "Remove it, or give another file by --last") from error


def save(path: Path, sets: dict[str, Measured]) -> None:
    """Keep these sets in place of those of the same names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(path, msgspec.json.encode(load(path) | sets) + b"\n")


def change(before: Measured, after: Measured) -> Change:
    figures = {name: (before.figures[name], value) for name, value in after.figures.items() if name in before.figures}
    if before.sha256 != after.sha256:
        return Change(figures, (), (), other_data=True)
    rows = [(doc, wrong(before.docs[doc]), wrong(counts)) for doc, counts in after.docs.items() if doc in before.docs]
    moved = sorted((row for row in rows if row[1] != row[2]), key=lambda row: (-abs(row[1] - row[2]), row[0]))
    return Change(figures, tuple(r for r in moved if r[2] < r[1]), tuple(r for r in moved if r[2] > r[1]), other_data=False)
