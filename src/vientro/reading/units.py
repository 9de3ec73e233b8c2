"""What stands behind a number: classifiers, units of measure, nouns, or words of grammar that say that nothing is counted."""

from __future__ import annotations

from vientro.lang.data import table
from vientro.reading.phrases import from_rows

COUNTED = frozenset({"count", "system", "batch", "measure"})  # kinds that are units
THINGS = frozenset({"count", "system", "thing"})  # kinds before which "một" is a number
NOUNS = frozenset({"count", "system", "thing", "noun"})  # kinds that make a number of any word before them

_UNITS = from_rows(table("vi", "units"), "pattern", "kind", "not_before")
_KINDS = {pattern: row["kind"] for row in table("vi", "units") for pattern in row["pattern"].split("|")}


def after(text: str, place: int) -> tuple[int, str] | None:
    """The end and the kind (units.tsv) of the longest entry that begins at a place of a folded text."""
    return _UNITS.after(text, place)


def countable(unit: str | None) -> bool:
    """Whether a quantity of this unit says how many there are, and not how long, heavy or old something is."""
    return unit is None or _KINDS.get(unit.lower(), "count") not in {"measure", "time", "none"}
