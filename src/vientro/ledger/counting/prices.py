"""Values worked out from a user's table of prices, for things whose value nobody states (rules A1, A2, A3)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, cast, get_args

from vientro.model.counting import Basis
from vientro.model.errors import InputError
from vientro.model.ledger import Interval
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.model.counting import Entry
    from vientro.model.ledger import Stock

COLUMNS = ("item", "unit price", "basis", "condition", "year", "source")
_MEND = f"The columns are {', '.join(COLUMNS)}, and currency where it is not EUR (docs/counting.md)"
_BASES: tuple[Basis, ...] = ("book", "replacement", "list price")


@dataclass(frozen=True, slots=True)
class Price:
    """What one of an item (a model, or an item class) costs in a year, on which basis, in which condition, and who says so."""

    item: str
    value: float
    currency: str
    basis: Basis
    condition: str
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out; `how` says from what. `whole` is False where some of the things have no number or no price (A2)."""

    value: Interval
    currency: str
    basis: Basis
    how: str
    whole: bool


Prices = dict[str, list[Price]]


def parse(content: str, name: str) -> Prices:
    """Prices by item, from CSV. Raises InputError for a wrong table or line."""
    table = csv.DictReader(StringIO(content.removeprefix("\ufeff")))
    table.fieldnames = [cell.strip().lower().replace("_", " ") for cell in table.fieldnames or []]
    if missing := [column for column in COLUMNS if column not in table.fieldnames]:
        raise InputError(name, f"there is no column {missing[0]!r}", _MEND)
    found: Prices = {}
    for row in table:
        price = _price({key: (value or "").strip() for key, value in row.items() if key}, f"{name}, line {table.line_num}")
        found.setdefault(_plain(price.item), []).append(price)
    return found


def _price(row: Mapping[str, str], where: str) -> Price:
    if row["basis"] not in get_args(Basis):
        raise InputError(where, f"{row['basis']!r} is no basis", f"Bases: {', '.join(get_args(Basis))}")
    try:
        value, year = float(row["unit price"]), int(row["year"])
    except ValueError:
        raise InputError(where, "price and year must be numbers", "Write 8000000 and 2024") from None
    if not row["item"] or not 0 <= value < float("inf"):
        raise InputError(where, "an item and a price that is not negative are needed", _MEND)
    basis = cast("Basis", row["basis"])
    return Price(row["item"], value, row.get("currency") or "EUR", basis, row["condition"], year, row["source"])


def derive(entry: Entry, prices: Prices) -> Derived | None:
    """The value of a step's things. Only prices of one currency and basis are added; what has another is taken as unpriced (A3)."""
    told = [(stock, _of(stock, entry, prices)) for stock in entry.items]
    priced = [(stock, price) for stock, price in told if price and stock.count]
    if not priced:
        return None
    first = priced[0][1]
    same = [(stock, price) for stock, price in priced if (price.currency, price.basis) == (first.currency, first.basis)]
    whole = len(same) == len(entry.items)
    counts = [(stock.count, price.value) for stock, price in same if stock.count]
    bests = [None if count.best is None else count.best * value for count, value in counts]
    highs = [None if count.high is None else count.high * value for count, value in counts]
    value = Interval(
        sum((count.low or 0.0) * value for count, value in counts),
        None if None in bests else sum(cast("list[float]", bests)),
        None if None in highs or not whole else sum(cast("list[float]", highs)),
    )
    return Derived(value, first.currency, first.basis, "; ".join(_how(stock, price) for stock, price in same), whole)


def _of(stock: Stock, entry: Entry, prices: Prices) -> Price | None:
    """The price of a model, else of its class: of the year nearest to the act, book value before replacement before list price."""
    listed = prices.get(_plain(stock.model or "")) or prices.get(_plain(stock.cls)) or []
    year = int((entry.day or entry.told or "0")[:4]) if (entry.day or entry.told or "0")[:4].isdigit() else 0
    usable = [price for price in listed if price.basis in _BASES]
    return min(usable, key=lambda price: (_BASES.index(price.basis), abs(price.year - year), price.value), default=None)


def _how(stock: Stock, price: Price) -> str:
    """ "31 x M1 at 8000000 EUR replacement, new, 2024, source"."""
    count = stock.count
    known = () if count is None else tuple(dict.fromkeys(f"{figure:g}" for figure in (count.low, count.high) if figure is not None))
    terms = ", ".join(filter(None, (price.condition, str(price.year), price.source)))
    return f"{' to '.join(known)} x {price.item} at {price.value:,.0f} {price.currency} {price.basis}, {terms}"


def _plain(name: str) -> str:
    return " ".join(words(fold(name).text)).lower()
