"""Sums of intervals, and the records of a count (rules A2, A3, A4, A5, A7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.ledger.counting.exchange import Rate
    from vientro.model.counting import Entry
    from vientro.model.ledger import Interval


@dataclass(frozen=True, slots=True)
class Line:
    """What one step puts into one cell. `value` is in the currency of the count, None where no figure is known (A2).

    `told` is the sum as it was told, `rate` what it was exchanged at (A6), `derived` how it was worked out from prices (A1). `part` is how
    much of the step this is. `rules` are those that touched it; `was` is the value before the donor restated it (A8); `day` is the
    day of the act (EDTF), and `rate_day` says on which day the rate rests: that of the act, of its telling, or the end of the data (T1).
    """

    step: str
    deal: str
    value: Interval | None
    currency: str | None = None
    told: Interval | None = None
    per: str | None = None
    rate: Rate | None = None
    rate_day: str | None = None
    derived: str | None = None
    estimate: bool = False
    part: float = 1.0
    mode: str = "not said"
    basis: str = "stated"
    terms: str | None = None
    was: Interval | None = None
    day: str | None = None
    grade: str = "named"
    origins: int = 1
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A total: bounds that hold if the steps are right. `high` is None where one of them is open ("at least").

    `best` adds the preferred figures, and of a step without one its floor; `bounded` counts those. `steps` are all, `unknown` those
    without a figure, which add nothing and are not zero: where no step has one, all three are None (A2). `estimates` are those whose
    value or rate is an estimate (A1, A6).
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
    return Figure(fsum(lows), fsum(bests), None if is_open else fsum(highs), steps, unknown, bounded, estimates)


def added(a: Figure, b: Figure) -> Figure:
    """Two totals of different steps as one."""
    counts = (a.steps + b.steps, a.unknown + b.unknown, a.bounded + b.bounded, a.estimates + b.estimates)
    known = [one for one in (a, b) if one.best is not None]
    if not known:
        return Figure(None, None, None, *counts)
    highs = [one.high for one in known]
    high = None if None in highs else fsum(one for one in highs if one is not None)
    return Figure(fsum(one.low or 0.0 for one in known), fsum(one.best or 0.0 for one in known), high, *counts)


def cell(key: tuple[str, ...], lines: Sequence[Line], beside: Sequence[Line], *, ceilings: bool, things: Sequence[Things] = ()) -> Cell:
    """A cell of its lines; those of one step in several pieces count its utterances once."""
    grouped: dict[tuple[str, str], list[Line]] = defaultdict(list)
    rules: set[str] = set()
    origins: dict[str, int] = {}
    for line in lines:
        grouped[line.mode, line.basis].append(line)
        rules.update(line.rules)
        origins[line.step] = line.origins
    if len({basis for _, basis in grouped}) > 1:
        rules.add("A3")
    if len({mode for mode, _ in grouped}) > 1:
        rules.add("A4")
    parts = tuple(Part(mode, basis, _sum(held, ceilings=ceilings)) for (mode, basis), held in sorted(grouped.items()))
    whole = parts[0].figure if len(parts) == 1 else _sum(lines, ceilings=ceilings)
    return Cell(
        key,
        whole,
        parts,
        _sum(beside, ceilings=ceilings) if beside else None,
        sum(origins.values()),
        tuple(sorted(rules, key=order)),
        tuple(things),
        tuple(lines),
    )


def order(rule: str) -> tuple[str, int]:
    """Rules in the order of the codebook: by letter, then by number."""
    return rule[0], int(rule[1:])


def _sum(lines: Sequence[Line], *, ceilings: bool) -> Figure:
    return figure((line.value for line in lines), ceilings=ceilings, estimates=sum(line.estimate for line in lines))


def things_of(entries: Iterable[Entry]) -> tuple[Things, ...]:
    """The things that steps name, by class and unit."""
    held: dict[tuple[str, str], list[Interval | None]] = defaultdict(list)
    for entry in entries:
        for stock in entry.items:
            held[stock.cls, stock.unit or ""].append(stock.count)
    return tuple(Things(cls, unit or None, figure(counts)) for (cls, unit), counts in sorted(held.items()))
