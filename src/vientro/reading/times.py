"""Time expressions of Vietnamese news as EDTF (docs/mentions.md shows what expressions mean).

Terms are found by their words (timeterms.py) and figures (timenumbers.py), get their year from context (timeyears.py), and
are then joined to intervals here: "từ X đến Y", "kể từ X", "X đến nay".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from vientro.article.compose import day_given
from vientro.model.mention import Time
from vientro.reading import periods
from vientro.reading import timewords as words
from vientro.reading.text import fold
from vientro.reading.timeparts import Page, Term
from vientro.reading.timeterms import terms
from vientro.reading.timeyears import settle

_HOUR = r"\d{1,2}(?:h\d{0,2}|g\d{0,2}| giờ(?: \d{1,2}(?: phút)?)?|:\d\d)"
_FROM = re.compile(rf"(?<!\w)(?:(?:kể |tính |bắt đầu |suốt )?từ|sau|hậu)(?: khoảng| thời điểm)?(?: {_HOUR})? $")
_NOW_TO = re.compile(r"(?<!\w)(?:từ )?(?:nay|giờ|bây giờ) (?:cho )?(?:đến|tới)(?: hết)? $")
_TO = re.compile(rf",? (?:cho )?(?:đến|tới)(?: tận| hết)? (?:{_HOUR} )?|(?: ?- ?)")
_NIGHT = re.compile(r"(?:đêm|tối|khuya)")
# Days of publication outside these years are no days of news; arithmetic on them would leave the calendar.
_YEARS = range(1500, 9000)
_AFTER_COUNT = re.compile(r"(?:giờ|ngày|tuần|tháng|năm|quý|lâu) sau $")


def find_times(text: str, published: str | date | None = None) -> list[Time]:
    """Time expressions of any Unicode text, in order, without overlap; offsets and texts are those of `text` as given.

    `published` is an ISO 8601 day or timestamp; relative words are resolved against the day in its own zone. Without it
    dates that do not say their year are written "XXXX-04-07", and purely relative words are left out.
    Raises InputError if `published` is no day.
    """
    folded = fold(text)
    day = day_given(published)
    return folded.to_stored(find(folded.text, date.fromisoformat(day[:10]) if day else None))


def find(text: str, published: date | None) -> list[Time]:
    """Time expressions of a folded text (reading.text.fold), in order, without overlap."""
    page = Page.of(text, published if published and published.year in _YEARS else None)
    found = terms(page)
    return _join(page, settle(page, found)) if found else []


def _join(page: Page, found: list[Term]) -> list[Time]:
    """Terms to expressions: ranges, open intervals, and the rest as they are."""
    times: list[Time] = []
    index = 0
    while index < len(found):
        term = found[index]
        after = found[index + 1] if index + 1 < len(found) else None
        floor = times[-1].stop if times else 0
        start = _opened(page, term, floor)
        index += 1
        if after and (joined := _range(page, term, after, since=start is not None)):
            lo, hi = joined
            times.append(_time(page, term.start if start is None else start, after.stop, lo, hi))
            index += 1
        elif (now := words.TO_NOW.match(page.low, term.stop)) and page.today and _before(term, page.today):
            times.append(_time(page, term.start if start is None else start, now.end(), term.lo, periods.of(page.today)))
        elif page.today and (until := _NOW_TO.search(page.low, max(floor, term.start - 24), term.start)) and _after(term, page.today):
            times.append(_time(page, until.start(), term.stop, periods.of(page.today), term.hi))
        elif start is not None:
            times.append(_time(page, start, term.stop, term.lo, term.hi if term.closed else None))
        else:
            times.append(_time(page, term.start, term.stop, term.lo, term.hi))
    return times


def _time(page: Page, start: int, stop: int, lo: periods.Ymd, hi: periods.Ymd | None) -> Time:
    return Time(start, stop, page.text[start:stop], periods.edtf(lo, hi))


def _opened(page: Page, term: Term, floor: int) -> int | None:
    """Where "kể từ" or "sau" before a term begins, None where it is no open interval."""
    base = max(floor, term.start - 40)
    found = _FROM.search(page.low[base : term.start])
    if not found:
        return None
    if found[0].startswith(("sau", "hậu")) and (
        term.closed
        or page.low.endswith(" nữa", term.start, term.stop)
        or _AFTER_COUNT.search(page.low[max(0, term.start - 12) : term.start])
    ):
        return None
    return base + found.start()


def _range(page: Page, term: Term, after: Term, *, since: bool) -> tuple[periods.Ymd, periods.Ymd] | None:
    gap = page.low[term.stop : after.start]
    if gap in (" ", ", ") and _one_night(page, term, after):
        return term.lo, after.hi
    if len(gap) > 28 or not _TO.fullmatch(gap) or not (since or term.grain == after.grain):
        return None
    lo, hi = term.lo, after.hi
    if lo[0] is None or hi[0] is None:
        return (lo, hi) if lo[0] is None and hi[0] is None else None
    if term.weekday is not None and after.weekday is not None and abs((periods.first(hi) - periods.first(lo)).days) >= 7:
        lo = periods.of(periods.first(hi) - timedelta((after.weekday - term.weekday) % 7))
    if lo[1] and periods.first(lo) > periods.last(hi) and not page.low[term.start : term.stop][-4:].isdigit():
        lo = periods.in_year((lo, lo), hi[0])[0]  # an unsaid year is that of the end: "từ tháng 1 đến hết tháng 9"
    if periods.first(lo) > periods.last(hi):
        if hi[0] == lo[0] and after.lo == after.hi:  # từ tháng 11 đến tháng 2
            hi = (hi[0] + 1, *hi[1:])
        if periods.first(lo) > periods.last(hi) or (hi[2] and not periods.is_day(hi[0], hi[1] or 1, hi[2])):
            return None
    return lo, hi


def _one_night(page: Page, term: Term, after: Term) -> bool:
    """Whether two days are the two sides of one night: "đêm 14/3, rạng sáng 15/3"."""
    if not (_NIGHT.match(page.low, term.start) and page.low.startswith("rạng sáng", after.start)):
        return False
    if not (term.grain == after.grain == "day" and term.lo[0] and after.lo[0]):
        return False
    return (periods.first(after.lo) - periods.first(term.hi)).days == 1


def _before(term: Term, day: date) -> bool:
    return term.lo[0] is not None and periods.first(term.lo) <= day


def _after(term: Term, day: date) -> bool:
    return term.hi[0] is not None and periods.last(term.hi) >= day
