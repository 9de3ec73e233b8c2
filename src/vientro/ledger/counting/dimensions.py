"""By what a count is divided: the value of a step in each dimension. What a step has several of stays together (D9), so that the
cells of a dimension add up to the total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.counting.periods import month, year
from vientro.ledger.counting.selection import NOT_SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vientro.ledger.counting.profiles import Attribution
    from vientro.model.counting import Entry

    Key = Callable[[Entry], str]

UNKNOWN = "unknown"
NAMES = (
    "donor", "payer", "giver", "channel", "recipient", "kind", "class", "purpose", "form", "mode", "basis", "strength", "organ", "level",
    "currency", "month", "year", "told-month", "told-year", "speaker-state", "grade", "new-money", "deal",
)  # fmt: skip
PERIODS = frozenset(("month", "year"))
OF_THINGS = frozenset(("class", "purpose", "form"))  # in which the parts of a package differ


def key(name: str, donor: Attribution) -> Key:
    """The function that gives a step's value in a dimension; `donor` says who the donor is."""
    plain: dict[str, Key] = {
        "donor": {"payer": _payer, "channel": _channel, "giver": _giver}[donor],
        "payer": _payer,
        "giver": _giver,
        "channel": lambda entry: entry.via or "direct",
        "recipient": lambda entry: together(entry.recipients),
        "kind": lambda entry: entry.kind,
        "class": lambda entry: together(entry.classes) if entry.classes else NOT_SAID,
        "purpose": lambda entry: entry.purpose or NOT_SAID,
        "form": lambda entry: entry.form or NOT_SAID,
        "mode": lambda entry: entry.mode or NOT_SAID,
        "basis": lambda entry: entry.basis,
        "strength": lambda entry: entry.strength,
        "organ": lambda entry: entry.organ or NOT_SAID,
        "level": lambda entry: entry.level or NOT_SAID,
        "currency": lambda entry: entry.currency or NOT_SAID,
        "month": lambda entry: month(entry.day),
        "year": lambda entry: year(entry.day),
        "told-month": lambda entry: month(entry.told),  # T1: beside the day of the act, and under its own name
        "told-year": lambda entry: year(entry.told),
        "speaker-state": lambda entry: together(entry.voices) if entry.voices else NOT_SAID,
        "grade": lambda entry: entry.grade,
        "new-money": lambda entry: entry.new_money or NOT_SAID,
        "deal": lambda entry: entry.deal,
    }
    return plain[name]


def donors(entry: Entry, attribution: Attribution) -> tuple[str, ...]:
    """Whose support it is: who bears the cost (P1), the channel (D6), or who hands over."""
    if attribution == "channel" and entry.via:
        return (entry.via,)
    return entry.payers if attribution == "payer" else entry.givers


def _payer(entry: Entry) -> str:
    return together(entry.payers)


def _giver(entry: Entry) -> str:
    return together(entry.givers)


def _channel(entry: Entry) -> str:
    return entry.via or together(entry.givers)


def together(values: Sequence[str]) -> str:
    """Several values as one: "DE + NL"; an unknown party is a value too (P5)."""
    return values[0] if len(values) == 1 else " + ".join(sorted(values)) or UNKNOWN
