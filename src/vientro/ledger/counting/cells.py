"""Sums of intervals, and the records of a count (rules A2, A3, A4, A5, A7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import fsum
from typing import TYPE_CHECKING

from vientro.ledger.counting.lines import Line, line
from vientro.ledger.counting.selection import NOT_SAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.ledger.counting.lines import Worth
    from vientro.model.counting import Entry
    from vientro.model.ledger import Interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A total: bounds that hold if the steps are right. `high` is None where one of them is open ("at least").

    `best` adds the preferred figures, and of a step without one its floor; `bounded` counts those, and where no step has a preferred
    figure `best` is None (A5). `steps` are all, `unknown` those without a figure, which add nothing and are not zero: where no step has
    one, all three are None (A2). `estimates` are those whose value or rate is an estimate (A1, A6).
    """

    low: float | None = 0.0
    best: float | None = 0.0
    high: float | None = 0.0
    steps: int = 0
    unknown: int = 0
    bounded: int = 0
    estimates: int = 0

    @property
    def uncertain(self) -> bool:
        """Whether the figure needs a mark wherever it stands (A7)."""
        return bool(self.unknown or self.bounded or self.estimates or self.high is None or self.low != self.high)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a cell is of one mode and one basis: grants, loans and sales stay apart (A4), and so do bases (A3)."""

    mode: str
    basis: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Things:
    """How many of one class (and unit) a cell holds; `unknown` counts those told without a number (A2)."""

    cls: str
    unit: str | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a count. `origins` counts the utterances and independent reports behind it (Q7); `beside` is what is not in the sum."""

    key: tuple[str, ...]
    figure: Figure
    parts: tuple[Part, ...] = ()
    beside: Figure | None = None
    origins: int = 0
    rules: tuple[str, ...] = ()
    things: tuple[Things, ...] = ()
    lines: tuple[Line, ...] = ()


def figure(values: Iterable[Interval | None], *, ceilings: bool = False, estimates: int = 0) -> Figure:
    """The sum of intervals, the same in any order; `ceilings` prefers a ceiling where no figure is preferred (A5)."""
    lows: list[float] = []
    bests: list[float] = []
    highs: list[float] = []
    steps = unknown = bounded = 0
    is_open = False
    for value in values:
        steps += 1
        if value is None:
            unknown += 1
            continue
        low, best, high = value.low, value.best, value.high
        if best is None:
            bounded += 1
            best = high if ceilings and high is not None else low or 0.0
        lows.append(min(low if low is not None else min(0.0, best), best))
        bests.append(best)
        if high is None:
            is_open = True
        else:
            highs.append(max(high, best))
    if steps and steps == unknown:
        return Figure(None, None, None, steps, unknown)
    preferred = ceilings or bounded < steps - unknown or not steps
    return Figure(fsum(lows), fsum(bests) if preferred else None, None if is_open else fsum(highs), steps, unknown, bounded, estimates)


def added(*figures: Figure) -> Figure:
    """Totals of different steps as one."""
    counts = (sum(getattr(one, field) for one in figures) for field in ("steps", "unknown", "bounded", "estimates"))
    known = [one for one in figures if one.low is not None]
    if figures and not known:
        return Figure(None, None, None, *counts)
    highs = [one.high for one in known]
    bests = [one.low or 0.0 if one.best is None else one.best for one in known]
    preferred = not any(one.steps for one in known) or any(one.best is not None for one in known if one.steps)
    high = None if None in highs else fsum(one for one in highs if one is not None)
    return Figure(fsum(one.low or 0.0 for one in known), fsum(bests) if preferred else None, high, *counts)


def cell(key: tuple[str, ...], held: Sequence[Worth], beside: Sequence[Worth], *, ceilings: bool, lines: bool, things: bool) -> Cell:
    """A cell of what is in it; a step that is in it with several pieces counts once, and so do its utterances."""
    grouped: dict[tuple[str, str], list[Worth]] = defaultdict(list)
    told: set[tuple[str, ...]] = set()
    origins: dict[str, int] = {}
    for made in held:
        entry = made.piece.entry
        grouped[entry.mode or NOT_SAID, made.basis].append(made)
        told.add(entry.flags)
        if made.rules:
            told.add(made.rules)
        if made.piece.rules:
            told.add(made.piece.rules)
        origins[entry.step] = entry.origins
    parts = tuple(Part(mode, basis, _sum(worths, ceilings=ceilings)) for (mode, basis), worths in sorted(grouped.items()))
    return Cell(
        key,
        parts[0].figure if len(parts) == 1 else _sum(held, ceilings=ceilings),
        parts,
        _sum(beside, ceilings=ceilings) if beside else None,
        sum(origins.values()),
        _rules(told, parts),
        things_of(made.piece.entry for made in held) if things else (),
        tuple(line(made) for made in sorted(held, key=_by_step)) if lines else (),
    )


def whole(cells: Sequence[Cell]) -> Cell:
    """The total of cells that have no step in common."""
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one in cells:
        for part in one.parts:
            grouped[part.mode, part.basis].append(part.figure)
    parts = tuple(Part(mode, basis, added(*figures)) for (mode, basis), figures in sorted(grouped.items()))
    beside = [one.beside for one in cells if one.beside]
    return Cell(
        (),
        added(*(one.figure for one in cells)),
        parts,
        added(*beside) if beside else None,
        sum(one.origins for one in cells),
        _rules({one.rules for one in cells}, parts),
        lines=tuple(sorted((told for one in cells for told in one.lines), key=lambda told: told.step)),
    )


def _rules(told: Iterable[tuple[str, ...]], parts: Sequence[Part]) -> tuple[str, ...]:
    """The rules that touched a cell; A3 and A4 where it is of several bases or modes."""
    rules = {rule for touched in told for rule in touched}
    valued = [part for part in parts if part.figure.low is not None]
    rules |= {"A3"} if len({part.basis for part in valued}) > 1 else set()
    rules |= {"A4"} if len({part.mode for part in valued}) > 1 else set()
    return tuple(sorted(rules, key=order))


def _by_step(made: Worth) -> tuple[str, str]:
    return made.piece.entry.step, made.piece.entry.day or ""


def order(rule: str) -> tuple[str, int]:
    """Rules in the order of the codebook: by letter, then by number."""
    return rule[0], int(rule[1:])


def _sum(held: Sequence[Worth], *, ceilings: bool) -> Figure:
    made = figure([one.value for one in held], ceilings=ceilings, estimates=sum([one.estimate for one in held]))
    if not any(one.piece.rules for one in held):
        return made
    return replace(  # a step may be in it with several pieces
        made,
        steps=len({one.piece.entry.step for one in held}),
        unknown=len({one.piece.entry.step for one in held if one.value is None}),
        bounded=len({one.piece.entry.step for one in held if one.value and one.value.best is None}),
        estimates=len({one.piece.entry.step for one in held if one.estimate}),
    )


def things_of(entries: Iterable[Entry]) -> tuple[Things, ...]:
    """The things that steps name, by class and unit."""
    held: dict[tuple[str, str], list[Interval | None]] = defaultdict(list)
    for entry in entries:
        for stock in entry.items:
            held[stock.cls, stock.unit or ""].append(stock.count)
    return tuple(Things(cls, unit or None, figure(counts)) for (cls, unit), counts in sorted(held.items()))
