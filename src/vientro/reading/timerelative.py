"""Periods told from today: counts of units, this and last and next, weekdays, "hôm qua" and the like."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vientro.reading import periods
from vientro.reading import timewords as words
from vientro.reading.phrases import one_of
from vientro.reading.timenumbers import numeric
from vientro.reading.timeparts import Page, Term, day_words, leans, other_word, part_before, side_of, word_after, word_before

if TYPE_CHECKING:
    from vientro.reading.periods import Pair, Ymd


_WEEKDAY = re.compile(rf"(?:(?P<sunday>ch[ủú]a? nhật)|thứ (?P<n>{one_of(words.WEEKDAYS)}))\b")
_OF_WEEK = re.compile(rf",? (?:của |trong )?(?P<week>tuần )?(?P<rel>{words.REL})\b(?! khi| đó| đời)")
_AT_ONCE = re.compile(r"[,.;)\n]|$| (?:đối với|để|nhằm|nếu)\b")
_REL = re.compile(rf" (?P<rel>{words.REL})\b")
_NOT_NEXT = re.compile(r" (?:thứ|mới|\d)")  # after "sang năm": "sang năm thứ tư"
_LONG_AGO = re.compile(r" kia\b")
_BACK = re.compile(r"\b(?:lần|đầu tiên|đã|từng|vừa|nhất)\b")
_DATED = re.compile(r",? ?\(?(?:tức )?(?:(?:thứ \w+|chủ nhật),? )?(?:ngày )?(?:mồng |mùng )?(?=\d{1,2}[/.\-\s)])")


def _shifted(page: Page, count: float, unit: str) -> date | None:
    try:
        return periods.shift(page.today, count, unit) if page.today else None
    except OverflowError:
        return None


def counted(page: Page, start: int, count: float, unit: str, stop: int) -> Term | None:
    """ "10 năm tới", "hai tuần trước", "3 tháng nữa", "cách đây 5 năm", "trong vòng 3 tháng": a count of a unit tied to today."""
    low, today = page.low, page.today
    base = max(0, start - 24)
    before = words.BEFORE_COUNT.search(low[base:start])
    after = words.AFTER_COUNT.match(low, stop)
    unit = "giờ" if unit == "tiếng" else unit
    if after and after["told"]:
        if before and not before["ago"]:  # "trong 12 tháng trước đó" is a span
            return None
        return told_after(start, after.end(), count if after["told"].startswith("sau") else -count, unit)
    if after and after.lastgroup != "half" and not _really(page, after, before):
        after = None
    if today is None or count == 0 or (before and before["more"]) or (unit == "giờ" and count % 12):
        return None
    if after and after["half"]:
        count += 0.5
    if before and before["ago"]:
        return _ago(page, base + before.start(), after.end() if after and after["ago"] else stop, -count, unit)
    if after and after["ago"]:
        return None if unit == "giờ" else _ago(page, start, after.end(), -count, unit)
    if after and after["then"]:
        return None if unit == "giờ" else _ago(page, start, after.end(), count, unit)
    if after and after["since"]:
        sign, end = words.SINCE[after["since"]], after.end()
    elif before and before["within"] and not _told_of_past(low, base, start, stop):
        sign, end, start = 1, stop, base + before.start()
    else:
        return None
    there = _shifted(page, sign * count, unit)
    if there is None:
        return None
    lo, hi = sorted((today, there))
    return Term(start, end, periods.of(lo), periods.of(hi), "other", closed=True)


def told_after(start: int, stop: int, count: float, unit: str) -> Term | None:
    """ "hai ngày sau đó", "hôm sau", "cùng năm": what lies a count of a unit from the time told before (timeyears.py)."""
    unit = {"hôm": "ngày", "đêm": "ngày"}.get(unit, unit)
    if unit not in ("ngày", "tuần", "tháng", "năm") or count % 1:
        return None
    return Term(start, stop, (None, None, None), (None, None, None), "after", shift=(count, unit))


def _told_of_past(low: str, base: int, start: int, stop: int) -> bool:
    """ "lần thứ hai trong vòng 3 tháng" looks back, and so does "đã ... trong vòng 3 tháng"."""
    return bool(_BACK.search(low[max(0, base - 40) : start])) or low.startswith(
        (" sau khi", " kể từ", " sau", " trước", " từ", " kể", " làm việc", " đồng hồ"), stop
    )


def _really(page: Page, after: re.Match[str], before: re.Match[str] | None) -> bool:
    """Whether a relative word after a count is one: not "hai ngày trước cuộc họp", "chuyến thăm 3 ngày tới Pháp"."""
    word = after["since"] or after["ago"] or after["then"]
    stop, low = after.end(), page.low
    nxt = word_after(low, stop) if low[stop : stop + 1] == " " else ""
    if nxt in words.NOT_AFTER_REL:
        return False
    capital = page.text[stop + 1 : stop + 2].isupper() if low[stop : stop + 1] == " " else False
    if word == "tới":
        return not nxt or bool(before and before["since"]) or not (capital or nxt in words.NOT_AFTER_TO)
    return not (word == "trước" and capital)


def _ago(page: Page, start: int, stop: int, count: float, unit: str) -> Term | None:
    """A point some units away: a day for days, a week for weeks, a month for months, a year for longer units."""
    there = _shifted(page, count, unit)
    if there is None:
        return None
    if unit in ("ngày", "hôm", "giờ", "đêm") or count % 1:
        return Term(start, stop, periods.of(there), periods.of(there), "day")
    if unit == "tuần":
        return Term(start, stop, *periods.week(there), "other")
    point: Ymd = (there.year, there.month, None) if unit in ("tháng", "quý") else (there.year, None, None)
    return Term(start, stop, point, point, "month" if point[1] else "year")


def relative(page: Page, start: int, stop: int, unit: str) -> Term | None:
    """ "tuần trước", "đầu tháng này", "cuối năm": a unit next to or around today."""
    low, today = page.low, page.today
    begin, part = part_before(page, start)
    found = _REL.match(low, stop)
    prev = word_before(low, begin)
    if unit == "năm" and today and part is None and (beyond := _beyond(low, start, stop, prev)):
        point: Ymd = (today.year + beyond[0], None, None)
        return Term(beyond[1], beyond[2], point, point, "year")
    if found and ((found["rel"] == "nay" and unit not in ("năm", "quý")) or not leans(page, found.start("rel"), found["rel"])):
        found = None
    if prev[:1].isdigit() or (prev in words.VAGUE and not (prev == "các" and part)):
        return None
    at_once = found is None and part is None and low.startswith("ngay trong ", max(0, begin - 11))
    if at_once and today and _AT_ONCE.match(low, stop):
        pair = periods.near(today, unit, 0, None)
        return Term(begin, stop, *pair, "other") if pair else None
    if found is None and (part is None or other_word(page, stop, unit)):
        return None
    if today is None:
        return None
    end = found.end() if found else stop
    if found:
        offset = words.RELATIVE[found["rel"]]
    elif unit == "năm" and low.startswith(" mới", stop):
        offset = 1 if today.month >= 10 else 0
    else:
        offset = _bare_lean(page, begin, unit, part)
    if part is None and found and found["rel"] in ("qua", "vừa qua") and unit in ("tuần", "tháng", "năm", "thập"):
        there = _shifted(page, -1, unit)
        return Term(begin, end, periods.of(there), periods.of(today), "other", closed=True) if there else None
    pair = periods.near(today, unit, offset, part)
    if pair is None:
        return None
    return Term(begin, end, *pair, "other" if unit in ("tuần",) or part else "month" if unit == "tháng" else "year")


def _beyond(low: str, start: int, stop: int, prev: str) -> tuple[int, int, int] | None:
    """ "sang năm" and "năm kia": how many years on, and where it stands."""
    if prev == "sang" and not _NOT_NEXT.match(low, stop):
        return 1, start - 5, stop
    return (-2, start, stop + 4) if _LONG_AGO.match(low, stop) else None


def _bare_lean(page: Page, begin: int, unit: str, part: str | None) -> int:
    """Which month, year or week "cuối năm" is of: 0 this one, -1 the last, 1 the next."""
    today = page.today
    assert today
    side = side_of(page, begin)
    if unit == "tuần":
        if part == "late":
            return -1 if side < 0 and today.weekday() < 5 else 0
        return 1 if side > 0 and part == "early" and today.weekday() > 2 else 0
    now, size = (today.month, 12) if unit == "năm" else (today.day, 31)
    if part == "late" and side < 0 and now < size * 0.6:
        return -1
    if part == "mid" and side < 0 and now < size * 0.33:
        return -1
    if part == "early" and side > 0 and now > size * 0.4:
        return 1
    return 0


def weekday_at(page: Page, trigger: re.Match[str]) -> Term | None:
    """A weekday, with its week or date. Bare ordinals ("lần thứ hai") are none: a cue, a capital or a date has to say so."""
    low, start = page.low, trigger.start()
    found = _WEEKDAY.match(low, start)
    if not found:
        return None
    number = 6 if found["sunday"] else words.WEEKDAYS[found["n"]]
    stop = found.end()
    begin = day_words(low, start)
    dated = _dated(page, stop, near=None)
    if dated and dated.lo[1]:
        return replace(dated, start=begin, weekday=number if dated.lo == dated.hi else None)
    week = _OF_WEEK.match(low, stop)
    if week and not (week["week"] or leans(page, week.start("rel"), week["rel"])):
        week = None
    lone = begin < 4 and len(low) - (week.end() if week else stop) < 4
    capital = bool(found["sunday"]) or (page.text[found.start("n")].isupper() and not page.text[found.start("n")].isdigit())
    cue = low[begin:start].split(" ")[0]
    said = cue not in ("", "ngày") or word_before(low, begin) in ("vào", "từ", "đến", "hồi")
    plain = (
        week
        and week["rel"] in ("tới", "sắp tới", "vừa qua", "vừa rồi")
        and low[week.end() : week.end() + 1] in ("", ",", ".", ";", ")", "\n")
    )
    if not (capital or said or lone or plain or (week and week["week"])):
        return None
    if capital and start == begin and not found["sunday"] and page.text[start].isupper() and low[stop : stop + 1] == "," and not week:
        return None  # "Thứ Hai," that counts points
    if page.today is None or low[max(0, begin - 9) : begin] in (" rơi vào ", "rơi vào "):
        return None
    if week and (week["week"] or week["rel"] == "này"):
        pair = periods.near(page.today, "tuần", words.RELATIVE[week["rel"]], None)
        if pair is None:
            return None
        day = periods.first(pair[0]) + timedelta(number)
        term = Term(begin, week.end(), periods.of(day), periods.of(day), "day", weekday=number)
        dated = _dated(page, term.stop, near=day, apart=8)  # Tuesday "of last week" may be the last Tuesday
        return replace(dated, start=begin) if dated else term
    lean = 0
    if week:
        lean, stop = {0: 0, -1: -2, 1: 2}[words.RELATIVE[week["rel"]]], week.end()
    elif cue == "hôm":
        lean = -2
    return Term(begin, stop, (None, None, None), (None, None, None), "weekday", lean, weekday=number)


def with_weekday(page: Page, term: Term) -> Term:
    """ "5/3 (thứ tư)" tells one day, and the weekday may tell its year."""
    if page.low.startswith((" (thứ ", " (chủ nhật", ", thứ "), term.stop):
        found = _WEEKDAY.match(page.low, term.stop + 2)
        if found and (term.weekday is None) and term.lo == term.hi:
            close = page.low[found.end() : found.end() + 1] == ")"
            return replace(term, weekday=6 if found["sunday"] else words.WEEKDAYS[found["n"]], stop=found.end() + close)
    return term


def _dated(page: Page, stop: int, near: date | None, apart: int = 1) -> Term | None:
    """The date in figures that explains a relative word or weekday: "hôm qua (11/10)". None where it lies more than `apart` days from
    `near`: the two disagree, and each is told for itself."""
    more = _DATED.match(page.low, stop)
    if not more or (page.low[stop : stop + 2] == " -"):
        return None
    opened = "(" in more[0]
    term, _ = numeric(page, more.end(), cued=True)
    if term is None or term.grain not in ("day", "month"):
        return None
    if not opened and term.lo[1] is None:
        return None
    if term.lo[1] is None and near:  # hôm qua (11)
        return None
    if near and term.lo[0] is None:
        term.lo, term.hi = _nearest((term.lo, term.hi), near)
    if near and ((periods.first(term.lo) - near).days > apart or (near - periods.last(term.hi)).days > apart):
        return None
    if opened and page.low[term.stop : term.stop + 1] == ")":
        term.stop += 1
    return term


def _nearest(pair: Pair, near: date) -> Pair:
    years = [year for year in (near.year - 1, near.year, near.year + 1) if 1 <= year < 9999]
    pairs = [periods.in_year(pair, year) for year in years]
    return min(pairs, key=lambda p: abs((periods.first(p[0]) - near).days))


def day_at(page: Page, trigger: re.Match[str]) -> Term | None:
    """ "hôm qua", "ngày mai", "tối qua", each perhaps with its date behind it."""
    word = trigger["day"] or trigger["hour"]
    offset = words.DAYS.get(word)
    if offset is None:
        offset = words.HOUR_DAYS[word.rsplit(" ", 1)[1]]
    stop = trigger.end()
    if word.endswith("qua") and word_after(page.low, stop) in ("đời", "lại", "khỏi", "mặt", "bên", "ải"):
        return None
    begin = day_words(page.low, trigger.start())
    there = _shifted(page, offset, "ngày")
    dated = _dated(page, stop, near=there)
    if dated and (there or dated.lo[1]):
        return replace(dated, start=begin)
    return Term(begin, stop, periods.of(there), periods.of(there), "day") if there else None
