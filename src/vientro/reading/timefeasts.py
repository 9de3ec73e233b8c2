"""Named days: feasts of the solar and the lunar year, and days known by what happened on them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vientro.reading import periods
from vientro.reading import timewords as words
from vientro.reading.timeparts import Page, Term, day_words, side_of, word_before, year_tail

if TYPE_CHECKING:
    from vientro.reading.periods import Ymd


_LUNAR_YEAR = re.compile(rf" (?P<stem>{'|'.join(words.STEMS)}) (?P<branch>{'|'.join(words.BRANCHES)}|tị)\b")


def holiday_at(page: Page, trigger: re.Match[str]) -> Term | None:
    """A feast, in the year told or the one that fits best. "Mùng 2 Tết" counts from the lunar new year, "28 Tết" before it."""
    name = trigger["holiday"]
    said = words.HOLIDAYS[name]
    start, stop = trigger.start(), trigger.end()
    lunar, lunar_feast = None, said.startswith(("tet", "eve"))
    if lunar_feast:
        start = day_words(page.low, start)
        lunar = _LUNAR_YEAR.match(page.low, stop)
        stop = lunar.end() if lunar else stop
    if name in ("noel", "giáng sinh") and word_before(page.low, start) in ("già", "cây", "quà", "ca", "nhạc", "thiệp", "mùa", "không"):
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        day = periods.of(date.fromisoformat(said))
        tail = year_tail(page, Term(start, stop, (None, day[1], day[2]), (None, day[1], day[2]), "day"))
        return tail if tail.lo[0] else Term(start, stop, day, day, "day")
    term = year_tail(page, Term(start, stop, (None, None, None), (None, None, None), "day"))
    if name == "tết" and not lunar and not term.lo[0]:  # any feast, or the season
        return None
    if lunar_feast and term.lo[0] and page.today and page.today.month > 8 and page.low.endswith(("nay", "này"), start, term.stop):
        term.lo = (term.lo[0] + 1, None, None)  # "Tết năm nay" said in autumn is the coming one
    years = [term.lo[0]] if term.lo[0] else [page.today.year + n for n in (-1, 0, 1)] if page.today else []
    if lunar and len(years) > 1:
        stem, branch = words.STEMS.index(lunar["stem"]), words.BRANCHES.index(lunar["branch"].replace("tị", "tỵ"))
        years = [y for y in range(years[1] - 25, years[1] + 25) if y % 10 == stem and y % 12 == branch]
    dates = [feast for year in years if (feast := _holiday_in(said, year))]
    if not dates:
        if page.today is None and re.fullmatch(r"\d\d-\d\d", said):
            point: Ymd = (None, int(said[:2]), int(said[3:]))
            return Term(start, stop, point, point, "day")
        return None
    today = page.today
    if term.lo[0] or today is None:
        best = dates[0]
    else:
        side = term.lean or (1 if start < 2 and len(page.low) - stop < 3 else side_of(page, start))
        ahead, behind = [d for d in dates if d >= today], [d for d in dates if d < today]
        close = min(dates, key=lambda d: abs((d - today).days))
        best = min(ahead) if side > 0 and ahead else max(behind) if term.lean < 0 and behind else close
    return Term(start, term.stop, periods.of(best), periods.of(best), "day")


def _holiday_in(said: str, year: int) -> date | None:
    if said == "easter":
        return _easter(year) if 1583 <= year <= 9000 else None
    if said.startswith(("tet", "eve")):
        if year not in words.NEW_YEARS:
            return None
        first, eve = words.NEW_YEARS[year]
        return first + timedelta(int(said[3:]) if said.startswith("tet") else min(int(said[4:]) - eve, 0) - 1)
    parts = [int(part) for part in said.split("-")]
    if len(parts) == 2:
        return date(year, *parts)
    month, nth, weekday = parts
    begin = date(year, month, 1)
    return begin + timedelta((weekday - 1 - begin.weekday()) % 7 + 7 * (nth - 1))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the computus printed in Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)
