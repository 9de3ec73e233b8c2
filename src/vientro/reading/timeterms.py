"""Every period a text names, in order: one search for the words that can begin one, and a rule for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from vientro.reading import timewords as words
from vientro.reading.phrases import one_of
from vientro.reading.timecalendar import (
    century_at,
    days_at,
    decade_at,
    month_at,
    months_of_year,
    near_fiscal,
    quarter_at,
    season_at,
    year_at,
    year_words,
)
from vientro.reading.timefeasts import holiday_at
from vientro.reading.timenumbers import numeric
from vientro.reading.timeparts import day_words, word_before
from vientro.reading.timerelative import counted, day_at, relative, told_after, weekday_at, with_weekday

if TYPE_CHECKING:
    from collections.abc import Callable

    from vientro.reading.timeparts import Page, Term


_LUNAR = re.compile(r",? \(?âm lịch")
_DIGITS = re.compile(r"\d+")
_AFTER_FIGURES = frozenset("%°$€£+=")
_MARKS = frozenset(",.;)\n")
_HOUR = r"(?:sáng sớm|sáng|trưa|chiều tối|chiều|tối muộn|tối|đêm khuya|đêm|khuya)"
# What a trigger may begin with, in one automaton, so that other words are passed over at once.
_UNITS = ("ngày", "tháng", "năm", "tuần", "quý", "thế kỷ", "thế kỉ", "thập", "giờ", "thứ", "chủ nhật", "chúa nhật", "mùa", "hè", "hôm sau",
          "tài khóa")  # fmt: skip
_NAMED = [name for name in words.HOLIDAYS if not name[0].isdigit()]
_STARTS = AhoCorasick(sorted({*words.DAYS, *_NAMED, *words.HOURS, *_UNITS, "xuân", "thu", "đông"}))
_FIGURE = re.compile(r"\d(?<!\w.)")
_TRIGGER = re.compile(
    rf"\b(?:(?P<figure>\d(?!\d? tết\b))|(?P<next>(?:ngày )?hôm sau\b)|(?P<day>{one_of(words.DAYS)})\b|"
    rf"(?P<holiday>{one_of(words.HOLIDAYS)})(?![\w/])|"
    rf"(?P<unit>ngày|tháng|năm|tuần|quý|thế k[ỷỉ]|thập k[ỷỉ]|thập niên|giờ|tài khóa)\b|(?P<weekday>thứ|chủ nhật|chúa nhật)\b|"
    rf"(?P<hour>{_HOUR} (?:{'|'.join(words.HOUR_DAYS)}))\b|(?P<season>(?:mùa|hè)\b|(?:xuân|thu|đông)(?= \d{{4}}\b)))"
)


def terms(page: Page) -> list[Term]:
    """Every period named in the text, without overlap. Linear: each place is read a bounded number of times."""
    found: list[Term] = []
    pos, low = 0, page.low
    for start in _starts(low):
        trigger = _TRIGGER.match(low, start) if start >= pos else None
        if trigger is None:
            continue
        kind = trigger.lastgroup
        if kind == "figure":
            term, pos = _figure(page, start, found)
        else:
            term = _RULES[kind or ""](page, trigger)
            pos = trigger.end()
        if term is not None and _LUNAR.match(low, term.stop):
            pos = max(pos, term.stop)
        elif term is not None:
            if found and term.start < found[-1].stop:
                term.start = found[-1].stop
            found.append(term)
            pos = max(pos, term.stop)
    return found


def _starts(low: str) -> list[int]:
    """Where a trigger may stand."""
    starts = [figure.start() for figure in _FIGURE.finditer(low)]
    starts += [start for _, start, _ in _STARTS.find_matches_as_indexes(low, overlapping=True)]
    starts.sort()
    return starts


def _figure(page: Page, pos: int, found: list[Term]) -> tuple[Term | None, int]:
    low = page.low
    run = _DIGITS.match(low, pos)
    assert run
    after = low[run.end() : run.end() + 1]
    if (pos and low[pos - 1] in "/.,:+$€£#@&=*") or after.isalpha() or after in _AFTER_FIGURES:  # part of a word, a sum, a decimal
        return None, run.end()
    count = words.COUNT.match(low, pos)
    day = count and count["unit"] == "tháng" and word_before(low, pos) in ("ngày", "hôm")
    if count and not day and not (pos and (low[pos - 1].isalnum() or low[pos - 1] in "-/.,:")):
        many, unit = words.count_of(count["high"] or count["count"]), count["unit"].split()[0]
        term = months_of_year(page, pos, count) or counted(page, pos, many, unit, count.end())
        if term:
            return term, term.stop
    before = low[found[-1].stop : pos] if found and pos - found[-1].stop <= 12 else "."
    cued = (
        before in (", ", " và ", " và ngày ", " hoặc ", "; ", " đến ", " tới ", " - ", " đến hết ")
        and found[-1].grain == "day"
        and low[found[-1].stop - 1].isdigit()
    )
    term, stop = numeric(page, pos, cued=cued)
    if term and term.grain == "year":
        term = year_words(page, term)
    elif term and term.grain == "day":
        term = with_weekday(page, term)
    return term, max(stop, pos + 1)


def _unit(page: Page, trigger: re.Match[str]) -> Term | None:
    low, start = page.low, trigger.start()
    unit = trigger["unit"]
    head = unit.split()[0]
    if head in ("năm", "tháng") and low[trigger.end() : trigger.end() + 1] in _MARKS and word_before(low, start) == "cùng":
        return told_after(start - 5, trigger.end(), 0, head)
    special: Callable[[Page, int], Term | None] | None = _UNIT_RULES.get(unit) or _UNIT_RULES.get(head)
    term = special(page, start) if special else None
    if term or head == "tài":
        return term
    base = max(0, start - 24)
    count = words.COUNT_BACK.search(low[base:start])
    if count:
        begin = base + count.start()
        return None if count["count"][0].isdigit() else counted(page, begin, words.count_of(count["count"]), head, trigger.end())
    if head in ("tuần", "tháng", "năm", "quý", "thập", "thế"):
        return relative(page, start, trigger.end(), head)
    return None


def _next(page: Page, trigger: re.Match[str]) -> Term | None:
    return told_after(day_words(page.low, trigger.start()), trigger.end(), 1, "ngày")


_UNIT_RULES: dict[str, Callable[[Page, int], Term | None]] = {
    "ngày": days_at, "tháng": month_at, "năm": year_at, "quý": quarter_at, "thế": century_at, "thập": decade_at, "tài khóa": near_fiscal,
}  # fmt: skip
_RULES: dict[str, Callable[[Page, re.Match[str]], Term | None]] = {
    "unit": _unit, "weekday": weekday_at, "day": day_at, "hour": day_at, "next": _next, "season": season_at, "holiday": holiday_at,
}  # fmt: skip
