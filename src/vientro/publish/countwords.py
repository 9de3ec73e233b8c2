"""The words and figures of a count: how its cells are called, and how a figure with its bounds is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.counting.dimensions import UNKNOWN
from vientro.ledger.counting.periods import UNDATED
from vientro.publish import dates, figures
from vientro.publish.safe import printable
from vientro.publish.words import has, name, word

if TYPE_CHECKING:
    from vientro.ledger.counting.cells import Cell, Figure
    from vientro.ledger.counting.count import Count
    from vientro.ledger.counting.lines import Line
    from vientro.publish.words import Lang

_MILLION = 1e6
_PARTIES = ("donor", "payer", "giver", "channel", "recipient", "speaker-state")
_WORDS = {
    "class": ("class",),
    "purpose": ("support",),
    "mode": ("count.mode", "mode"),
    "kind": ("count.kind",),
    "level": ("count.level",),
    "form": ("count.form",),
    "basis": ("count.basis",),
    "grade": ("count.grade",),
}


def label(told: Count, cell: Cell, lang: Lang) -> list[str]:
    """The names of a cell, one for each dimension."""
    return [called(value, by, lang) for value, by in zip(cell.key, told.question.by, strict=True)]


def called(value: str, by: str, lang: Lang) -> str:
    """How a value of a dimension is called."""
    if value in (UNKNOWN, UNDATED, "not said", "unspecified", "direct"):
        return word({UNKNOWN: "nobody", UNDATED: "undated"}.get(value, f"count.{value}"), lang)
    if by.removeprefix("told-") in ("month", "year"):
        return dates.said(value, lang)
    parts = value.split(" + ")
    if by in _PARTIES:
        return printable(" + ".join(name(part, lang) for part in parts))
    families = _WORDS.get(by, ())
    keys = [next((f"{family}.{part}" for family in families if has(f"{family}.{part}")), "") for part in parts]
    return " + ".join(word(key, lang) if key else printable(part) for key, part in zip(keys, parts, strict=True))


def bounds(figure: Figure, lang: Lang) -> str:
    """A figure with its bounds in one cell: "5", "5 (3–9)", "≥ 3", "≤ 9", "?" where no step has a figure; "+2?" for two that have none."""
    if figure.low is None:
        return "?"
    return f"{_within(figure.low, figure.best, figure.high, lang)}{f' +{figure.unknown}?' if figure.unknown else ''}"


def _within(low: float, best: float | None, high: float | None, lang: Lang) -> str:
    least, most = amount(low, lang), amount(high, lang)
    if best is None:
        return f"≥ {least}" if high is None else f"≤ {most}" if not low else f"{least}–{most}"
    said = amount(best, lang)
    if high is None:
        return f"≥ {least}" if best == low else f"{said} (≥ {least})"
    return said if least == most else f"{said} ({least}–{most})"


def bounds_of(line: Line, lang: Lang) -> str:
    """What a line adds: as a figure of one step."""
    value = line.value
    return "?" if value is None else _within(value.low or 0.0, value.best, value.high, lang)


def amount(value: float | None, lang: Lang, empty: str = "?") -> str:
    """Millions with one decimal; two digits of what is smaller."""
    if value is None:
        return empty
    scaled = value / _MILLION
    return figures.number(round(scaled, 1) if abs(scaled) >= 1 else float(f"{scaled:.2g}"), lang)
