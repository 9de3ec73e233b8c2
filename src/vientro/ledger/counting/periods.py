"""Months and years of a count (rules T1, T3, T4): as fine as a day is known, and no finer."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from vientro.ledger.counting.cells import Cell, added, order
from vientro.model.edtf import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDATED = "undated"
_DAY = len("2024-05-01")


def month(day: str | None) -> str:
    """Rule T3: the month of a day known to the month; what is known to the year stands under the year, what has no date is undated."""
    return day[:7] if day and len(day) == len("2024-05-01") and day[4] == day[7] == "-" else _period(day, months=True)


def year(day: str | None) -> str:
    """Rule T3: the year of a day known to the year; what spans several stands under them."""
    return day[:4] if day and len(day) == len("2024-05-01") and day[4] == day[7] == "-" else _period(day, months=False)


@cache
def _period(day: str | None, *, months: bool) -> str:
    days = interval(day) if day else None
    if day is None or days is None:
        return UNDATED
    (start, stop) = days
    if start.year != stop.year:
        return day
    return f"{start:%Y-%m}" if months and start.month == stop.month else f"{start:%Y}"


def running(cells: Sequence[Cell], by: Sequence[str]) -> tuple[Cell, ...]:
    """Rule T4: cells as running totals over the month or year among their dimensions. What has no date of that precision stays apart."""
    place = next((number for number, name in enumerate(by) if name in ("month", "year")), None)
    if place is None:
        return tuple(cells)
    wide = len("2024-05") if by[place] == "month" else len("2024")
    so_far: dict[tuple[str, ...], Cell] = {}
    found = []
    for one in sorted(cells, key=lambda cell: cell.key[place]):
        rest = (*one.key[:place], *one.key[place + 1 :])
        if len(one.key[place]) != wide or not one.key[place][:4].isdigit():
            found.append(one)
            continue
        before = so_far.get(rest)
        so_far[rest] = _onto(before, one) if before else one
        found.append(so_far[rest])
    return tuple(sorted(found, key=lambda cell: cell.key))


def _onto(before: Cell, one: Cell) -> Cell:
    beside = added(before.beside, one.beside) if before.beside and one.beside else before.beside or one.beside
    return replace(
        one,
        figure=added(before.figure, one.figure),
        parts=(),
        beside=beside,
        origins=before.origins + one.origins,
        rules=tuple(sorted({*before.rules, *one.rules, "T4"}, key=order)),
        things=(),
        lines=(*before.lines, *one.lines),
    )
