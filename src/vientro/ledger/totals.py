"""Sums that stand over others: a running total (D4), the sum of a conference or of a group of givers (D14). They are never added to
what lies inside; what the ledger has of that checks them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from vientro.ledger.rules import is_umbrella
from vientro.model.edtf import interval
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.follow import Told
    from vientro.model.ledger import Step, Sum

_WINDOW = 45  # days between the sum of a group and a member's own pledge inside it
_PROMISES = ("commit", "approve", "procure")
_DEEDS = (*_PROMISES, "deliver")


@dataclass(frozen=True, slots=True)
class Over:
    """A sum over others: the steps that may lie inside (one of each deal: D3), what they come to together, and what is left of the sum.

    `exceeds` is True where they come to more than the sum allows: then something is counted twice, or another sum is meant.
    """

    rule: Literal["D4", "D14"]
    currency: str
    inside: tuple[str, ...]
    known: Interval
    unspecified: Interval
    exceeds: bool


def over(steps: Sequence[Step], told: Mapping[str, Told]) -> dict[str, Over]:
    """By step whose sum stands over others: what may lie inside it, of all steps of a ledger.

    Inside a running total of a giver lie its acts for the same party up to the day of the telling, inside a group's sum the acts of
    named givers for the same party within weeks of it; the currency is the same. What may be a repeat (D5), is unconfirmed (Q5) or is
    itself such a sum lies inside nothing.
    """
    wholes = [step for step in steps if step.sums and step.type in _DEEDS and (step.scope == "total" or _is_group(step))]
    by_line: dict[tuple[str, str, str], list[tuple[date, Step]]] = defaultdict(list)
    by_target: dict[tuple[str, str], list[tuple[date, Step]]] = defaultdict(list)
    for step in steps:
        day = _day(step, told)
        if not (day and step.counts and step.sums and step.type in _DEEDS) or _is_group(step) or {"D5", "Q5"} & set(step.flags):
            continue
        for party in step.recipients:
            by_target[party, step.sums[0].currency].append((day, step))
            for giver in step.actors:
                by_line[giver, party, step.sums[0].currency].append((day, step))
    for held in (*by_line.values(), *by_target.values()):
        held.sort(key=_in_time)
    found = {}
    for whole in wholes:
        inside = _inside(whole, told, by_line, by_target)
        if inside:
            found[whole.id] = _over(whole, inside)
    return found


def _inside(
    whole: Step,
    told: Mapping[str, Told],
    by_line: Mapping[tuple[str, str, str], list[tuple[date, Step]]],
    by_target: Mapping[tuple[str, str], list[tuple[date, Step]]],
) -> list[Step]:
    currency = whole.sums[0].currency
    found: dict[str, Step] = {}
    for party in whole.recipients:
        if whole.scope == "total":
            days = interval(whole.date) if whole.date else None
            first = days[0] if days else date.min
            last = _told_day(whole, told) or (days[1] if days else date.max)
            held = sorted((row for giver in whole.actors for row in by_line.get((giver, party, currency), ())), key=_in_time)
        else:
            day = _day(whole, told)
            if day is None:
                continue
            ordinal = day.toordinal()
            first, last = date.fromordinal(ordinal - _WINDOW), date.fromordinal(ordinal + _WINDOW)
            held = [row for row in by_target.get((party, currency), ()) if row[1].type in _PROMISES]
        days_held = [day for day, _ in held]
        found |= {step.id: step for _, step in held[bisect_left(days_held, first) : bisect_right(days_held, last)] if step.id != whole.id}
    return list(found.values())


def _over(whole: Step, steps: Sequence[Step]) -> Over:
    """One step of each deal: the largest, so that a promise and its delivery are not both summed."""
    largest: dict[str, Step] = {}
    for step in steps:
        if step.deal not in largest or _size(step.sums[0]) > _size(largest[step.deal].sums[0]):
            largest[step.deal] = step
    inside = sorted(largest.values(), key=lambda step: step.id)
    values = [step.sums[0].value for step in inside]
    known = Interval(
        sum(value.low or 0.0 for value in values),
        None if any(value.best is None for value in values) else sum(value.best or 0.0 for value in values),
        None if any(value.high is None for value in values) else sum(value.high or 0.0 for value in values),
    )
    stated = whole.sums[0].value
    rest = Interval(_less(stated.low, known.high), _less(stated.best, known.best), _less(stated.high, known.low))
    exceeds = stated.high is not None and known.low is not None and known.low > stated.high
    rule: Literal["D4", "D14"] = "D4" if whole.scope == "total" else "D14"
    return Over(rule, whole.sums[0].currency, tuple(step.id for step in inside), known, rest, exceeds)


def _in_time(row: tuple[date, Step]) -> tuple[date, str]:
    return row[0], row[1].id


def _less(stated: float | None, known: float | None) -> float | None:
    return None if stated is None or known is None else max(0.0, stated - known)


def _size(told: Sum) -> float:
    return told.value.high or told.value.best or told.value.low or 0.0


def _is_group(step: Step) -> bool:
    return step.scope == "act" and is_umbrella(step.actors)


def _day(step: Step, told: Mapping[str, Told]) -> date | None:
    days = interval(step.date) if step.date else None
    return days[0] if days and days[0] != date.min else _told_day(step, told)


def _told_day(step: Step, told: Mapping[str, Told]) -> date | None:
    return date.fromisoformat(told[step.id][0]) if told[step.id][0] else None
