"""Sums that stand over others: a running total (D4), the sum of a conference or of a group of givers (D14). They are never added to
what lies inside; what the ledger has of that checks them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from vientro.ledger.rules import is_umbrella
from vientro.link.data import rates
from vientro.model.edtf import interval
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.follow import Told
    from vientro.model.ledger import Step

_WINDOW = 45  # days between the sum of a group and a member's own pledge inside it
_PROMISES = ("commit", "approve", "procure")
_DEEDS = (*_PROMISES, "deliver")


@dataclass(frozen=True, slots=True)
class Over:
    """A sum over others: the steps that may lie inside (one of each deal: D3), what they come to together, and what is left of the sum.

    `exceeds` is True where they come to more than the sum allows: then something is counted twice, or another sum is meant. `converted` are
    the steps told in other currencies: what they come to is an estimate, between the lowest and the highest rate (link/rates.tsv), and the
    whole has no best figure then.
    """

    rule: Literal["D4", "D14"]
    currency: str
    inside: tuple[str, ...]
    known: Interval
    unspecified: Interval
    exceeds: bool
    converted: tuple[str, ...] = ()


def stands_over(step: Step) -> bool:
    """Whether the sum of a step is one that stands over others."""
    return bool(step.sums) and step.type in _DEEDS and (step.scope == "total" or _is_group(step))


def over(steps: Sequence[Step], told: Mapping[str, Told]) -> dict[str, Over]:
    """By step whose sum stands over others: what may lie inside it, of all steps of a ledger.

    Inside a running total of a giver lie its acts for the same party up to the day of the telling, inside a group's sum the acts of
    named givers for the same party within weeks of it; the currency is the same, or both have a rate. What may be a repeat (D5), is
    unconfirmed (Q5) or is itself such a sum lies inside nothing.
    """
    wholes = [step for step in steps if stands_over(step)]
    by_line: dict[tuple[str, str], list[tuple[date, Step]]] = defaultdict(list)
    by_target: dict[str, list[tuple[date, Step]]] = defaultdict(list)
    for step in steps:
        day = _day(step, told)
        if not (day and step.counts and step.sums and step.type in _DEEDS) or _is_group(step) or {"D5", "Q5"} & set(step.flags):
            continue
        for party in step.recipients:
            by_target[party].append((day, step))
            for giver in step.actors:
                by_line[giver, party].append((day, step))
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
    by_line: Mapping[tuple[str, str], list[tuple[date, Step]]],
    by_target: Mapping[str, list[tuple[date, Step]]],
) -> list[Step]:
    currency = whole.sums[0].currency
    found: dict[str, Step] = {}
    for party in whole.recipients:
        if whole.scope == "total":
            days = interval(whole.date) if whole.date else None
            first = days[0] if days else date.min
            last = _told_day(whole, told) or (days[1] if days else date.max)
            held = sorted((row for giver in whole.actors for row in by_line.get((giver, party), ())), key=_in_time)
        else:
            day = _day(whole, told)
            if day is None:
                continue
            ordinal = day.toordinal()
            first, last = date.fromordinal(ordinal - _WINDOW), date.fromordinal(ordinal + _WINDOW)
            held = [row for row in by_target.get(party, ()) if row[1].type in _PROMISES]
        days_held = [day for day, _ in held]
        within = held[bisect_left(days_held, first) : bisect_right(days_held, last)]
        found |= {step.id: step for _, step in within if step.id != whole.id and _value(step, currency)}
    return list(found.values())


def _over(whole: Step, steps: Sequence[Step]) -> Over:
    """One step of each deal: the largest, so that a promise and its delivery are not both summed."""
    currency = whole.sums[0].currency
    value = {step.id: told for step in steps if (told := _value(step, currency))}
    largest: dict[str, Step] = {}
    for step in sorted(steps, key=lambda step: step.id):
        if step.deal not in largest or _size(value[step.id]) > _size(value[largest[step.deal].id]):
            largest[step.deal] = step
    inside = sorted(largest.values(), key=lambda step: step.id)
    values = [value[step.id] for step in inside]
    known = Interval(
        sum(value.low or 0.0 for value in values),
        None if any(value.best is None for value in values) else sum(value.best or 0.0 for value in values),
        None if any(value.high is None for value in values) else sum(value.high or 0.0 for value in values),
    )
    stated = whole.sums[0].value
    rest = Interval(_less(stated.low, known.high), _less(stated.best, known.best), _less(stated.high, known.low))
    exceeds = stated.high is not None and known.low is not None and known.low > stated.high
    rule: Literal["D4", "D14"] = "D4" if whole.scope == "total" else "D14"
    converted = tuple(step.id for step in inside if all(one.currency != currency for one in step.sums))
    return Over(rule, currency, tuple(step.id for step in inside), known, rest, exceeds, converted)


def _value(step: Step, currency: str) -> Interval | None:
    """What a step comes to in a currency: as told in it, else between the lowest and the highest rate; None where one has no rate."""
    told = next((one for one in step.sums if one.currency == currency), step.sums[0])
    if told.currency == currency:
        return told.value
    if not {told.currency, currency} <= rates().keys():
        return None
    (low, high), (least, most) = rates()[told.currency], rates()[currency]
    lowest, highest = (told.value.low or 0.0) * low / most, None if told.value.high is None else told.value.high * high / least
    return Interval(lowest, None, highest)


def _in_time(row: tuple[date, Step]) -> tuple[date, str]:
    return row[0], row[1].id


def _less(stated: float | None, known: float | None) -> float | None:
    return None if stated is None or known is None else max(0.0, stated - known)


def _size(value: Interval) -> float:
    return value.high or value.best or value.low or 0.0


def _is_group(step: Step) -> bool:
    return step.scope == "act" and is_umbrella(step.actors)


def _day(step: Step, told: Mapping[str, Told]) -> date | None:
    days = interval(step.date) if step.date else None
    return days[0] if days and days[0] != date.min else _told_day(step, told)


def _told_day(step: Step, told: Mapping[str, Told]) -> date | None:
    return date.fromisoformat(told[step.id][0]) if told[step.id][0] else None
