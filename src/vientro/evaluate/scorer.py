"""The scorer of the evaluation data, as a module: how it pairs claims and compares their slots."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, Protocol, cast

from vientro.model.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
ROLES = ("actors", "recipients", "addressees")
DATES = ("date", "due", "horizon")
SLOTS = (*ROLES, "items", "quantities", "amounts", *DATES, "speaker")
CLAIMS = ("pair", "shared", "strict", "values")  # what judging claims needs of a scorer
MENTIONS = ("CODES", "pair", "shared", "values", "same_name", "same_number", "same_time")


class Scorer(Protocol):
    """What is used of score.py of the data."""

    CODES: set[str]

    def pair(self, text: str, pred: list[Row], gold: list[Row]) -> list[tuple[int, int]]: ...
    def strict(self, p: Row, g: Row) -> bool: ...
    def shared(self, slot: str, pred: list[Any], gold: list[Any]) -> int: ...
    def values(self, claim: Row, slot: str) -> list[Any]: ...
    def same_name(self, a: str, b: str) -> bool: ...
    def same_number(self, a: Row, b: Row) -> bool: ...
    def same_time(self, a: str, b: str) -> bool: ...


def scorer(data: Path, needed: tuple[str, ...]) -> Scorer:
    """The scorer of the data. Raises InputError where it lacks what is needed of it."""
    spec = importlib.util.spec_from_file_location("vientro_score", data / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lacking = [name for name in needed if not hasattr(module, name)]
    if lacking:
        raise InputError(str(data / "score.py"), f"has no {', '.join(lacking)}", "Is it the scorer of this data?")
    return cast("Scorer", module)


def same(score: Scorer, slot: str, told: Row, coded: Row) -> bool:
    """Whether a slot of two claims holds the same values; plain attributes are compared as they stand."""
    if slot in SLOTS:
        ours, theirs = score.values(told, slot), score.values(coded, slot)
        return len(ours) == len(theirs) == score.shared(slot, ours, theirs)
    default = "act" if slot == "scope" else None
    return bool((told.get(slot) or default) == (coded.get(slot) or default))
