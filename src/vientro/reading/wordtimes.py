"""What the words of a text say of when it was written: names and phrases are of their months ("vùng lũ Huế", "Takaichi")."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from vientro.lang.data import table
from vientro.reading.evidence import FIRST, LAST, SIZE, Evidence, index
from vientro.reading.lexicon import Entry, Hit, Lexicon

if TYPE_CHECKING:
    from vientro.reading.timeparts import Page

# The columns of the table that count months or years: first month and last month, counted from the first of the grid.
_YEARS = {"2016": ("2016-05", "2016-12"), "2017": ("2017-01", "2017-12"), "2018": ("2018-01", "2018-12"), "2019": ("2019-01", "2019-08")}
_LATE_2021 = {"2021": ("2021-08", "2022-01")}
RECENT = ("2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
KNOTS = (*_YEARS, *_LATE_2021, *RECENT)
COLUMNS = (*KNOTS, "mean")
# Words of one text repeat one story: of more than so many the weight grows with the square root only.
_FREE = 15
# How much of a month's own weight the next month that was not counted keeps.
_FADE = 0.7
# Words alone make no month unlikelier than this log-weight against the likeliest: offices and facts count for more.
_MOST = 3.0
_TENTHS = 10.0
_NAMED = 4


@cache
def _lexicon() -> tuple[Lexicon[int], tuple[tuple[str, tuple[float, ...]], ...]]:
    rows = table("vi", "word_months")
    weights = tuple((row["word"], tuple(int(row[column] or 0) / _TENTHS for column in COLUMNS)) for row in rows)
    entries = [Entry(row["word"], number, cased=row["word"] != row["word"].lower()) for number, row in enumerate(rows)]
    return Lexicon(entries), weights


def spoken(page: Page, weight: float = 1.0) -> Evidence | None:
    """How likely each month is by the words of a folded text, None where it has none of the table. `weight` is how much they count."""
    lexicon, weights = _lexicon()
    found = dict.fromkeys(_outermost(lexicon.find(page.text)))
    if not found:
        return None
    share = weight * min(1.0, (_FREE / len(found)) ** 0.5)
    sums = [share * sum(column) for column in zip(*(weights[number][1] for number in found), strict=True)]
    by_month = over_months(dict(zip(COLUMNS, sums, strict=True)))
    least = max(by_month) - _MOST
    by_month = [max(value, least) for value in by_month]
    likeliest = KNOTS[max(range(len(KNOTS)), key=sums.__getitem__)]
    place = COLUMNS.index(likeliest)
    telling = sorted(found, key=lambda number: -weights[number][1][place])[:_NAMED]
    named = ", ".join(f'"{weights[number][0]}"' for number in telling if weights[number][1][place] > 0)
    pieces: list[tuple[int, int, float]] = []
    for value, same in groupby(zip(by_month, months(), strict=True), key=itemgetter(0)):
        spans = [span for _, span in same]
        pieces.append((spans[0][0], spans[-1][1], value))
    return Evidence(tuple(pieces), f"words of {likeliest}: {named}" if named else "words of no time of their own")


def _outermost(hits: list[Hit[int]]) -> list[int]:
    """The values of hits, in order of place, that lie in no other hit: "Thái Lan" counts once, not for "Thái" and "Lan" as well."""
    reach, out = 0, []
    for hit in hits:
        if hit.stop > reach:
            out.append(hit.value)
            reach = hit.stop
    return out


def month_index(month: str) -> int:
    """The place of a month ("2025-08") on the grid of months."""
    return (int(month[:4]) - FIRST.year) * 12 + int(month[5:7]) - 1


_SIZE = month_index(LAST.isoformat()) + 1


@cache
def months() -> tuple[tuple[int, int], ...]:
    """First and last day of each month of the grid."""
    starts = [index(date(FIRST.year + number // 12, number % 12 + 1, 1)) for number in range(_SIZE)]
    return tuple((begin, after - 1) for begin, after in pairwise([*starts, SIZE]))


def over_months(sums: dict[str, float]) -> list[float]:
    """The log-weight of each month of the grid from those of the counted times. What lies between two of them is drawn straight.

    Before the first stands half the weight of the first years; of the months after the last and just before the recent ones,
    the nearest month's own weight fades to the mean of all recent months.
    """
    mean = sums["mean"]
    known: dict[int, float] = {}
    for name, (since, until) in {**_YEARS, **_LATE_2021}.items():
        known.update(dict.fromkeys(range(month_index(since), month_index(until) + 1), sums[name]))
    known.update({month_index(month): sums[month] for month in RECENT})
    places = sorted(known)
    out = [0.5 * sum(sums[year] for year in _YEARS) / len(_YEARS)] * _SIZE
    first_recent = month_index(RECENT[0])
    for left, right in pairwise(places):
        out[left] = known[left]
        for place in range(left + 1, right):
            near = (right - place) / (right - left)
            then = mean + _FADE ** (right - place) * (known[right] - mean) if right == first_recent else known[right]
            out[place] = near * known[left] + (1 - near) * then
    for place in range(places[-1], _SIZE):
        out[place] = mean + _FADE ** (place - places[-1]) * (known[places[-1]] - mean)
    return out
