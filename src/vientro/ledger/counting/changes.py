"""What makes the total of one day differ from that of another (rules T6, A8, Q4): step by step, the old value, the new one, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vientro.ledger.counting.cells import figure

if TYPE_CHECKING:
    from vientro.ledger.counting.cells import Figure
    from vientro.ledger.counting.count import Count
    from vientro.ledger.counting.lines import Line

ABSENT = "not in the ledger"


@dataclass(frozen=True, slots=True)
class Change:
    """A step that weighs otherwise than before: what it added then and now (None where it was in no cell).

    `before` and `after` are the rule that keeps it out, "counted", or that the ledger does not have it.
    """

    step: str
    kind: Literal["new", "gone", "changed"]
    old: Figure | None
    new: Figure | None
    before: str
    after: str


def changes(then: Count, now: Count) -> tuple[Change, ...]:
    """The difference of two counts that were asked alike, the largest first: what is the same on both days is not in it."""
    old, new = _by_step(then), _by_step(now)
    why_old, why_new = _why(then), _why(now)
    found = []
    for step in sorted(old.keys() | new.keys()):
        a, b = old.get(step), new.get(step)
        if a != b:
            kind: Literal["new", "gone", "changed"] = "new" if a is None else "gone" if b is None else "changed"
            found.append(Change(step, kind, a, b, why_old.get(step, ABSENT), why_new.get(step, ABSENT)))
    return tuple(
        sorted(found, key=lambda one: -max((side.best or side.high or side.low or 0.0 for side in (one.old, one.new) if side), default=0.0))
    )


def _by_step(told: Count) -> dict[str, Figure]:
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in told.total.lines:
        lines[line.step].append(line)
    return {step: figure(line.value for line in held) for step, held in lines.items()}


def _why(told: Count) -> dict[str, str]:
    out = {step: rule for rule, steps in told.left_out.items() for step in steps}
    return out | dict.fromkeys(told.counted, "counted")
