"""Entries and counts for tests of counting, in a line each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.ledger.counting.count import Count, Question, count
from vientro.ledger.counting.entries import marked
from vientro.ledger.counting.exchange import Exchange
from vientro.ledger.counting.profiles import shipped
from vientro.model.counting import Entry
from vientro.model.ledger import Interval, Stock

if TYPE_CHECKING:
    from vientro.ledger.counting.prices import Prices

RATES = Exchange()  # rates are looked up once for all tests
RATES.rate("USD", "EUR", "2024-05-10")  # and the table is read here, not within the time of a test


def exactly(value: float) -> Interval:
    return Interval(value, value, value)


def entry(step: str = "s-1", value: float | Interval | None = 10e6, **slots: Any) -> Entry:
    """A pledge of Norway to Moldova, in euros; levels other than pledges are as firm as can be."""
    told = None if value is None else value if isinstance(value, Interval) else exactly(value)
    level = slots.get("level", "pledge")
    plain = Entry(
        step, f"d-{step}", level=level, strength="promised" if level == "pledge" else "appropriated", payers=("NO",), givers=("NO",),
        recipients=("MD",), kind="government", currency="EUR" if told else None, value=told, day="2024-05-10", told="2024-05-11",
        grade="party",
    )  # fmt: skip
    made = msgspec.structs.replace(plain, **slots)
    return msgspec.structs.replace(made, givers=made.payers) if "payers" in slots and "givers" not in slots else made


def stock(cls: str, number: float | None = None, model: str | None = None) -> Stock:
    return Stock(cls, model, cls, None if number is None else exactly(number))


def counted(
    *entries: Entry, profile: str = "pledged", by: tuple[str, ...] = (), prices: Prices | None = None, whose: str = "", **asked: Any
) -> Count:
    """A count under a shipped profile; what is no field of a question changes the profile, and `whose` says who its donor is."""
    fields = {name: asked.pop(name) for name in list(asked) if name in Question.__slots__}
    asked |= {"donor": whose} if whose else {}
    return count(map(marked, entries), Question(replace(shipped(profile), **asked), by, **fields), RATES, prices)


def total(told: Count) -> tuple[float | None, float | None, float | None]:
    """The total in millions."""
    figure = told.total.figure
    low, best, high = (None if one is None else round(one / 1e6, 6) for one in (figure.low, figure.best, figure.high))
    return low, best, high


def best(told: Count) -> dict[str, float | None]:
    """By cell, its best figure in millions."""
    return {", ".join(cell.key): None if cell.figure.best is None else round(cell.figure.best / 1e6, 6) for cell in told.cells}
