"""Which steps of a ledger are asked for: by giver, recipient, type, state, class of things and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vientro.ledger.slots import same_party
from vientro.link.data import types
from vientro.model.edtf import interval
from vientro.model.ledger import State  # noqa: TC001  a choice goes through a codec, which reads the annotations at run time

if TYPE_CHECKING:
    from vientro.model.ledger import Step


@dataclass(frozen=True, slots=True)
class Choice:
    """What a step must be, each field by itself: one of the values, anything where there is none.

    Donors and recipients are codes or words: in sanctions who imposes them, and against whom. `states` are those of its deal. `since` and
    `until` are days (ISO 8601), both included; a step that may lie within them fits, one without any day does not (T3).
    """

    donors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    classes: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


def fits(step: Step, state: State | None, told: str, choice: Choice) -> bool:
    """Whether a step is asked for; `state` is that of its deal, `told` the day (ISO 8601) on which it was first told, "" where unknown."""
    row = types()[step.type]
    everyone = (*step.actors, *step.recipients, *step.addressees)  # of talks, in which nobody gives
    slots = {"actors": step.actors, "recipients": step.recipients, "addressees": step.addressees, "": everyone}
    return (
        _among(choice.donors, slots[row["giver"]])
        and _among(choice.recipients, slots[row["target"]])
        and (not choice.types or step.type in choice.types)
        and (not choice.states or state in choice.states)
        and (not choice.classes or any(stock.cls in choice.classes for stock in step.items))
        and _within(step.date or told, choice)
    )


def _among(wanted: tuple[str, ...], parties: tuple[str, ...]) -> bool:
    return not wanted or any(same_party(one, parties) for one in wanted)


def _within(edtf: str, choice: Choice) -> bool:
    if not (choice.since or choice.until):
        return True
    days = interval(edtf) if edtf else None
    first, last = date.fromisoformat(choice.since or "0001-01-01"), date.fromisoformat(choice.until or "9999-12-31")
    return days is not None and first <= last and days[0] <= last and first <= days[1]
