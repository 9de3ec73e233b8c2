"""A count for programs: one JSON object, or rows of CSV. Every uncertainty is in a field with a name (A7), and every figure comes with the
day its data end (T5)."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.publish.escape import harmless
from vientro.publish.safe import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.ledger.counting.cells import Cell, Figure
    from vientro.ledger.counting.changes import Change
    from vientro.ledger.counting.count import Count
    from vientro.ledger.counting.lines import Line

_FIGURE = ("low", "best", "high", "steps", "unknown", "bounded", "estimates")


def record(told: Count, *, lines: bool = True, down: Sequence[str] | None = None) -> dict[str, Any]:
    """The count; `lines` with the steps behind each cell. `down` are the watched sources that could not be reached for a time (Q8), None
    where none was ever watched."""
    question = told.question
    return {
        "profile": msgspec.to_builtins(question.profile),
        "by": list(question.by),
        "currency": question.currency,
        "donor": question.donor,
        "recipient": question.recipient,
        "official_only": question.official,
        "measure": told.measure,
        "data_end": question.data_end,
        "sources_down": None if down is None else list(down),
        "total": _cell(told.total, (), lines=lines and not told.cells),
        "cells": [_cell(cell, question.by, lines=lines) for cell in told.cells] if question.by else [],
        "above": [_line(line) for line in told.above],
        "left_out": {rule: list(steps) for rule, steps in told.left_out.items()},
        "not_asked_for": len(told.other),
        "no_report_of_delivery": list(told.silent),
        "rates": list(told.tables),
    }


def changes(found: tuple[Change, ...], then: str, now: str) -> dict[str, Any]:
    """Rule T6: what makes two totals differ."""
    return {"from": then, "to": now, "changes": [msgspec.to_builtins(one) for one in found]}


def table(told: Count) -> str:
    """The cells as CSV, the total last."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    by = told.question.by
    writer.writerow([*by, *_FIGURE, "uncertain", "beside", "currency", "origins", "rules", "profile", "measure", "data_end"])
    for cell in (*(told.cells if by else ()), told.total):
        key = cell.key if cell.key or not by else ("TOTAL", *[""] * (len(by) - 1))
        figure = [getattr(cell.figure, field) for field in _FIGURE]
        beside = cell.beside.best if cell.beside else None
        rest = [
            told.question.currency,
            cell.origins,
            " ".join(cell.rules),
            told.question.profile.name,
            told.measure,
            told.question.data_end,
        ]
        writer.writerow([*(harmless(printable(value)) for value in key), *figure, "yes" if cell.figure.uncertain else "no", beside, *rest])
    return out.getvalue()


def _cell(cell: Cell, by: tuple[str, ...], *, lines: bool) -> dict[str, Any]:
    made = {
        "key": dict(zip(by, cell.key, strict=True)),
        **_figure(cell.figure),
        "origins": cell.origins,
        "rules": list(cell.rules),
        "beside": _figure(cell.beside) if cell.beside else None,
        "parts": [{"mode": part.mode, "basis": part.basis, **_figure(part.figure)} for part in cell.parts],
        "things": [{"class": one.cls, "unit": one.unit, **_figure(one.figure)} for one in cell.things],
    }
    return made | ({"lines": [_line(line) for line in cell.lines]} if lines else {})


def _figure(figure: Figure) -> dict[str, Any]:
    return {field: getattr(figure, field) for field in _FIGURE} | {"uncertain": figure.uncertain}


def _line(line: Line) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(line)
    return made
