"""Which year, month or week a date that does not say is of: by the day of publication, the words around it, and the dates beside it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vientro.reading import periods
from vientro.reading import timewords as words

if TYPE_CHECKING:
    from vientro.reading.periods import Pair, Ymd
    from vientro.reading.timeparts import Grain, Page, Term

_STOP = re.compile(r'[.;!?](?=\s)|\n|"')
_JOIN = re.compile(r"(?:,|;| -)? ?(?:và|hoặc|đến|tới|hay|rồi|cho đến|-)?(?: (?:hết|ngày|hôm|từ))* ?")
_UNTIL = re.compile(r"\b(?:trước|đến|tới|hết) $")
_CLAUSE = re.compile(r",? ?(?:vào|trong|từ|hôm|ngày|hồi)* ?")
# How much farther a past date may lie than a coming one and still be meant; other years than that of publication count as farther.
_WEIGHT = {-2: 0.02, -1: 0.3, 0: 0.6, 1: 2.5, 2: 50.0}
# A plan ("sẽ", "dự kiến") leans to the future like other words where the day has just gone by, since news may be read late.
_PLAN, _JUST, _JUST_OF_MONTH = 3, 14, 3
_LED = re.compile(r"(?: (?:được|chính thức|sẽ|sớm|cùng|tiếp tục|phải))* ")  # between "sẽ" and a verb that is of the past without it
# What has a day of its own, though a plan is told before it: "sẽ gửi pháo, theo thông cáo ngày 6/4".
_OWN_DAY = re.compile(
    r"\b(?:theo|dựa trên|(?:cuộc|buổi) (?:họp báo|phỏng vấn|điện đàm)|bài phát biểu|thông cáo|thông điệp|bức thư|sắc lệnh)\b"
    r"|\b(?:nghị quyết|thỏa thuận)\b"
    r"|\b(?:phán quyết|biên giới|gói viện trợ|tấn công|tập kích|đảo chính|tối hậu thư) (?:ngày )?$"
)
_OTHER_YEAR = 3.0
_NEAR = 15  # days from publication within which a weekday that is not of that date is a slip, not a sign of another year
_GRAINS: dict[str, Grain] = {"ngày": "day", "tháng": "month", "năm": "year"}


def settle(page: Page, found: list[Term]) -> list[Term]:
    """The terms with years filled in, in place; those that stay unknown keep None, "cùng ngày" without a day before it goes."""
    kept: list[Term] = []
    lone = _is_lone(page, found)
    last_day: Ymd | None = None
    last_year: int | None = None
    for index, term in enumerate(found):
        if term.grain == "same":
            if last_day is None:
                continue
            term.lo = term.hi = last_day
        elif term.grain == "after":
            pair = _from_last(term, kept)
            if pair is None:
                continue
            term.lo, term.hi = pair
            term.grain = _GRAINS.get(term.shift[1] if term.shift else "", "other")
        elif term.grain == "weekday":
            if page.today is None:
                continue
            if not _with_next_weekday(page, term, found[index + 1 : index + 2]):
                _settle_weekday(page, term, lone=lone)
        elif term.lo[0] is None:
            if term.tied and last_year and term.lo[1]:
                term.lo, term.hi = periods.in_year((term.lo, term.hi), last_year)
            else:
                _settle_year(page, found, index, kept, lone=lone)
        if term.lo[1] is None and term.lo[2] is not None:
            if last_day is None or not periods.is_day(last_day[0], last_day[1] or 1, term.hi[2] or 1):
                continue
            term.lo, term.hi = (*last_day[:2], term.lo[2]), (*last_day[:2], term.hi[2])
        if term.grain in ("day", "same") and term.hi[1] and term.hi[2]:
            last_day = term.hi
        last_year = term.lo[0] or last_year
        kept.append(term)
    return kept


def _from_last(term: Term, kept: list[Term]) -> Pair | None:
    """A count of a unit from the point told last that says as much as that unit: "hai tháng sau đó" needs a month."""
    assert term.shift
    count, unit = term.shift
    depth = {"năm": 1, "tháng": 2}.get(unit, 3)
    anchor = kept[-1].hi if kept and kept[-1].lo == kept[-1].hi else None
    if anchor is None or anchor[0] is None or None in anchor[:depth]:
        return None
    try:
        there = periods.shift(periods.first(anchor), count, unit)
    except OverflowError:
        return None
    if unit == "tuần":
        return periods.week(there)
    point: Ymd = (there.year, there.month if depth > 1 else None, there.day if depth > 2 else None)
    return point, point


def _is_lone(page: Page, found: list[Term]) -> bool:
    """Whether nothing but time expressions is said: then the next occurrence is meant, as in a form or an appointment."""
    if not found or len(found) > 2 or found[-1].start - found[0].stop > 14:
        return False
    return not page.low[: found[0].start].strip() and not page.low[found[-1].stop :].strip(" .")


def _with_next_weekday(page: Page, term: Term, following: list[Term]) -> bool:
    """ "thứ Hai và thứ Ba tuần tới": the week of the second is that of the first."""
    for after in following:
        told = after.weekday is not None and after.grain == "day" and after.lo == after.hi and after.lo[0] is not None
        if not told or term.lean or after.start - term.stop > 20 or not _JOIN.fullmatch(page.low[term.stop : after.start]):
            continue
        day = periods.first(after.lo)
        if day.toordinal() > 7:
            term.lo = term.hi = periods.of(day - timedelta(((after.weekday or 0) - (term.weekday or 0)) % 7))
            term.grain = "day"
            return True
    return False


def _settle_weekday(page: Page, term: Term, *, lone: bool) -> None:
    today = page.today
    assert today
    assert term.weekday is not None
    ahead = (term.weekday - today.weekday()) % 7
    side = term.lean or (2 if lone else lean(page, term))
    if term.lean == 2 or (side > 0 and term.lean >= 0):
        days = ahead or 7
    elif term.lean == -2 and ahead == 0 and not page.low.startswith("hôm", term.start):
        days = -7
    else:
        days = ahead - 7 if ahead else 0
    try:
        day = periods.of(today + timedelta(days))
    except OverflowError:
        day = periods.of(today)
    term.lo = term.hi = day
    term.grain = "day"


def _settle_year(page: Page, found: list[Term], index: int, kept: list[Term], *, lone: bool) -> None:
    term = found[index]
    year = _told_year(page, found, index, kept)
    if year is not None and term.lo[1] is not None:
        term.lo, term.hi = periods.in_year((term.lo, term.hi), year)
        return
    today = page.today
    if today is None:
        return
    side = term.lean or (2 if lone else lean(page, term))
    pair = _nearest_day(term, today, side) if term.lo[1] is None else _nearest_year((term.lo, term.hi), today, side, term.weekday)
    if pair:
        term.lo, term.hi = pair


def _told_year(page: Page, found: list[Term], index: int, kept: list[Term]) -> int | None:
    """The year that the text gives: that of the date this one is joined to, or of "Năm 2014, ngày 18/3"."""
    term = found[index]
    if index + 1 < len(found):
        after = found[index + 1]
        gap = page.low[term.stop : after.start] if after.start - term.stop <= 20 else "x"
        if (
            after.lo[0] is not None
            and after.grain in ("day", "month", "other")
            and _JOIN.fullmatch(gap)
            and after.lo[1]
            and page.low[after.start : after.stop][-4:].isdigit()
        ):
            if term.lo[1] is None:
                term.lo, term.hi = (None, after.lo[1], term.lo[2]), (None, after.lo[1], term.hi[2])
            return after.lo[0] - ((after.lo[1], after.lo[2] or 0) < (term.lo[1] or 0, term.lo[2] or 0))
    before = kept[-1] if kept and kept[-1].grain == "year" and kept[-1].lo == kept[-1].hi and term.start - kept[-1].stop <= 14 else None
    gap = page.low[before.stop : term.start] if before else ""
    return before.lo[0] if before and gap[:1] in (",", " ") and _CLAUSE.fullmatch(gap) else None


def lean(page: Page, term: Term) -> int:
    """-1 or 1 by the nearest word of the sentence that leans to past or future, 0 where there is none; 3 where a plan is of that day."""
    low = page.low
    if low[max(0, term.start - 5) : term.start] == " hồi " or words.TO_NOW.match(low, term.stop):
        return -2
    base = max(0, term.start - 90)
    before, after = low[base : term.start], low[term.stop : term.stop + 60]
    for cut in _STOP.finditer(before):
        before = " " * cut.end() + before[cut.end() :]
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    best, distance, plan = 0, 1000, -1
    for found in words.LEAN.finditer(before):
        best, distance = (1 if found["future"] else -1), len(before) - found.end()
        if found[0] in words.PLANS or (plan >= 0 and _LED.fullmatch(before, plan, found.start())):
            best, plan = _PLAN, found.end()
        else:
            plan = -1
    if best == _PLAN and _OWN_DAY.search(before, plan):
        best = 0
    if _UNTIL.search(low, max(0, term.start - 12), term.start):
        return max(1, best)
    ahead = words.LEAN.search(after)
    if ahead and ahead.start() < distance and ahead[0] not in ("hôm", "hồi"):
        best = max(best, 1) if ahead["future"] else -1
    if low.startswith("hôm", term.start):  # of the past, but for "sẽ ... hôm 18/11"
        return -1 if best > 0 else -2
    return best


def _gone(days: int, side: int, just: int) -> float:
    return _WEIGHT[side] if side != _PLAN else _WEIGHT[1] if days <= just else 4 * _WEIGHT[2]


def _nearest_year(pair: Pair, today: date, side: int, weekday: int | None) -> Pair | None:
    options = []
    for year in range(max(1, today.year - 1), min(9998, today.year + 1) + 1):
        option = periods.in_year(pair, year)
        begin, end = periods.first(option[0]), periods.last(option[1])
        distance: float
        if begin <= today <= end:
            distance = 1.0 if side == 2 else 0.0
        elif end < today:
            distance = (today - end).days * _gone((today - end).days, side, _JUST)
        else:
            distance = (begin - today).days * (1 if (begin - today).days > 3 or side < 0 else 0.02)
        if year != today.year:
            distance *= _OTHER_YEAR
        if weekday is not None and begin.weekday() != weekday and abs((begin - today).days) > _NEAR:
            distance += 10_000
        if side == -2 and begin > today and (begin - today).days > 3:
            distance += 1_000
        options.append((distance, option))
    return min(options, key=lambda o: o[0])[1] if options else None


def _nearest_day(term: Term, today: date, side: int) -> Pair | None:
    """A bare day of a month: this month's, the last one's or the next one's."""
    assert term.lo[2]
    assert term.hi[2]
    options = []
    for offset in (-1, 0, 1):
        index = today.year * 12 + today.month - 1 + offset
        year, month = index // 12, index % 12 + 1
        if not 1 <= year <= 9998 or not periods.is_day(year, month, term.hi[2]):
            continue
        days = (date(year, month, term.lo[2]) - today).days
        distance = -days * _gone(-days, side, _JUST_OF_MONTH) if days <= 0 else days
        options.append((distance, ((year, month, term.lo[2]), (year, month, term.hi[2]))))
    return min(options, key=lambda o: o[0])[1] if options else None
