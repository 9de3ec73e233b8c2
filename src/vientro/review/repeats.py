"""Which earlier step a possible duplicate (rule D5) may be, so that a person can look at the two side by side."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vientro.model.edtf import apart, interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.model.ledger import Step

_WINDOW = 90  # days, as rule D5 has it


def repeats(steps: Sequence[Step], told: Mapping[str, str]) -> list[tuple[Step, Step]]:
    """Each step that may be a duplicate with the earlier one that it is nearest to; `told` has the day of the first telling (ISO 8601)."""
    held: dict[tuple[str, str, str], list[Step]] = defaultdict(list)
    for step in steps:
        for giver in step.actors:
            for party in step.recipients or ("",):
                held[step.type, giver, party].append(step)
    found = []
    for step in steps:
        if "D5" not in step.flags:
            continue
        beside = {
            other.id: other
            for giver in step.actors
            for party in step.recipients or ("",)
            for other in held[step.type, giver, party]
            if other.id != step.id and other.counts and _same_figures(step, other)
        }
        day = _days(step, told)
        near = [(distance, other.id) for other in beside.values() if (distance := _distance(day, _days(other, told))) <= _WINDOW]
        if near:
            found.append((step, beside[min(near)[1]]))
    return found


def _days(step: Step, told: Mapping[str, str]) -> str:
    return step.date or told[step.id]


def _distance(one: str, other: str) -> int:
    days = interval(one) if one else None, interval(other) if other else None
    return apart(days[0], days[1]) if days[0] and days[1] else 0


def _same_figures(a: Step, b: Step) -> bool:
    if a.sums and b.sums:
        first, second = a.sums[0], b.sums[0]
        return first.currency == second.currency and _reach(first.value.best) == _reach(second.value.best)
    return bool({(one.cls, one.model) for one in a.items} & {(one.cls, one.model) for one in b.items})


def _reach(value: float | None) -> str:
    return f"{value:.2g}" if value else ""
