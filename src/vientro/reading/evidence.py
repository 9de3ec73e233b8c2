"""What a text says of the day it was written: office holders, dated facts of the world, dates told in it.

Each piece of evidence is a set of log-weights over days: how much less likely a day becomes by it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING, Literal

from vientro.lang.data import Row, table
from vientro.reading import periods
from vientro.reading import timewords as words
from vientro.reading.lexicon import Entry, Hit, Lexicon, leftmost_longest
from vientro.reading.phrases import one_of
from vientro.reading.text import fold
from vientro.reading.timeparts import Page, Term
from vientro.reading.times import find
from vientro.reading.timeyears import lean

if TYPE_CHECKING:
    from vientro.model.mention import Time

# The tables of facts and offices know the world from the first of these days to the end of the year they were last mended in.
FIRST = date(2005, 1, 1)
LAST = date(max(int(row["from"][:4]) for name in ("offices", "events") for row in table("vi", name)), 12, 31)
SIZE = (LAST - FIRST).days + 1

# Log-weights of what goes against the evidence: an office not yet held, one held no more (news looks back), a fact not yet or no
# more in the news, a told date that would still lie ahead, a year long gone.
NOT_YET, NO_MORE, STALE = -8.0, -6.5, -0.55
AHEAD = {"day": -5.0, "month": -4.0, "year": -2.5}
PERSON_NOT_YET, PERSON_NO_MORE, COMBINED_NOT_YET, FACT_NO_MORE, WRONG_WEEKDAY, ELECT_DAYS = -2.2, -1.6, -4.5, -5.0, -4.0, 80
# How long after a run of days told without its year ("6-7/4") a text was written: log of the chance per day.
_RUN_LAGS = ((0, -1.9), (1, -2.4), (3, -3.0), (7, -4.0), (14, -4.5), (60, -5.0), (306, -8.0), (357, -5.5), (363, -3.6), (365, -2.9))
# The same for a single day told without its year. Measured on dated news, the tails drawn by hand.
_LAGS = (
    (0, -0.8),
    (1, -0.9),
    (2, -3.0),
    (3, -3.5),
    (7, -5.0),
    (14, -6.0),
    (30, -6.8),
    (60, -7.6),
    (200, -8.6),
    (358, -9.2),
    (364, -6.0),
    (365, -4.0),
)
_HISTORIC = re.compile(r"(?<!trong )khi đó|lúc đó|bấy giờ|khi ấy|thời đó|dưới thời|thời (?:tổng|thủ|ngoại)|\b(?:cựu|cố(?! vấn)|nguyên)\b")
_ELECT = re.compile(r"đắc cử|sắp nhậm chức|chuẩn bị nhậm chức|ứng viên|ứng cử viên")
_SINCE = re.compile(
    rf"(?P<count>\d{{1,4}}|{words.NUMBER}) (?P<unit>ngày|tuần|tháng|năm) (?:sau khi|kể từ khi|từ khi|sau|sau ngày)(?: \w+){{0,2}} $"
)
_WEEKDAY = re.compile(rf"(?:(?P<sunday>chủ nhật)|thứ (?P<n>{one_of(words.WEEKDAYS)}))\b")
_TODAY = re.compile(r"(?:ngày )?hôm (?P<day>qua|nay)|(?:rạng sáng|sáng|trưa|chiều|tối|đêm)(?: sớm| muộn)? (?P<part>qua|nay)")
_NEAR, _PLACES = 180, 12
# How much likelier the first days of a fact are; older facts have come up again and again since.
FRESH, _FRESH_DAYS, _FRESH_SINCE = 1.0, 40, "2014"
_UNIT_DAYS = {"ngày": 1.0, "tuần": 7.0, "tháng": 30.4, "năm": 365.25}
# The days of a leap year, to which each day of the grid belongs by month and day.
_CALENDAR = [date(2024, 1, 1) + timedelta(number) for number in range(366)]
# The chance of a day of writing by how many days of a year it follows a told day, or the end of a told run of days.
_CHANCES = [[exp(next(weight for most, weight in lags if lag <= most)) for lag in range(366)] for lags in (_LAGS, _RUN_LAGS)]
# A year on its own or after a month, no part of a number, a share or a sum.
_BARE_YEAR = re.compile(r"(?<![\d.,-])(20[0-4]\d)(?![.,]\d|\d|%| (?:USD|euro|tấn|người|km|tỷ|triệu|quân|binh|chiếc)\b)")
# Log-weight of a year of writing by how many years it follows the latest year named. Measured on dated headlines on world affairs.
_YEAR_LAGS = ((-6, -5.0), (-2, -3.5), (-1, -1.2), (0, 0.0), (1, -1.6), (2, -3.2), (6, -3.6), (99, -4.8))
_PARTIAL = re.compile(r"XXXX-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`pieces` are (first day, last day, log-weight), days counted from FIRST; days outside all pieces weigh 0.

    `yearly` holds a log-weight for each day of a leap year, or nothing.
    """

    pieces: tuple[tuple[int, int, float], ...]
    reason: str
    yearly: tuple[float, ...] = ()


# Whether a text speaks of somebody's office as of one held before, at the time it tells of, or soon.
When = Literal["", "former ", "then ", "future "]


@dataclass(frozen=True, slots=True)
class _Term:
    """An office held from one day of the grid to another."""

    name: str
    office: str
    begin: int
    end: int


def index(day: date) -> int:
    return max(0, min(SIZE - 1, (day - FIRST).days))


def day_of(number: int) -> date:
    return FIRST + timedelta(number)


def gather(page: Page) -> list[Evidence]:
    """All evidence of a folded text, each person, fact or date once."""
    return [*_offices(page), *_facts(page), *_told(page), *_year(page)]


def outside(begin: int, end: int, before: float, after: float, reason: str) -> Evidence:
    """Evidence that weighs down what lies before and after a run of days."""
    pieces = ((0, min(begin, SIZE) - 1, before), (max(end, -1) + 1, SIZE - 1, after))
    return Evidence(tuple(p for p in pieces if p[0] <= p[1] and p[2]), reason)


def _bounds(row: Row) -> tuple[int, int]:
    return index(date.fromisoformat(row["from"])), index(date.fromisoformat(row["to"])) if row["to"] else SIZE - 1


@cache
def _people() -> tuple[Lexicon[tuple[str, bool]], dict[str, tuple[_Term, ...]]]:
    entries: list[Entry[tuple[str, bool]]] = []
    terms: dict[str, list[_Term]] = {}
    for row in table("vi", "offices"):
        for column, alone in (("person", True), ("surname", False)):
            entries += [Entry(pattern, (row["name"], alone), cased=True) for pattern in row[column].split("|") if pattern]
        terms.setdefault(row["name"], []).extend(_Term(row["name"], office, *_bounds(row)) for office in row["office"].split("|"))
    return Lexicon(list(dict.fromkeys(entries))), {name: tuple(held) for name, held in terms.items()}


def _offices(page: Page) -> list[Evidence]:
    lexicon, terms = _people()
    seen: dict[tuple[str, str], Evidence] = {}
    for hit in leftmost_longest(lexicon.find(page.text)):
        name, alone = hit.value
        office, before = _office(page, hit, terms[name])
        if not office and not alone:
            continue
        held = [term for term in terms[name] if term.office == office] or list(terms[name])
        when = _when(before, page.low[hit.stop : hit.stop + 20])
        if (name, office + when) not in seen:
            seen[name, office + when] = _holder(name, office, held, when)
    named = {name for name, office in seen if office}
    return [proof for (name, office), proof in seen.items() if office or name not in named]


def _office(page: Page, hit: Hit[tuple[str, bool]], held: tuple[_Term, ...]) -> tuple[str, str]:
    """The office word nearest before a person ("" if none), and the words from a little before it up to the person."""
    base = max(0, hit.start - 64)
    piece = page.low[base : hit.start]
    cut = max(piece.rfind(mark) for mark in '.,;:\n"(')
    piece = piece[cut + 1 :]
    best = max(
        ((place + len(term.office), len(term.office), term.office) for term in held if (place := piece.rfind(term.office)) >= 0),
        default=None,
    )
    if best is None or len(piece[best[0] :].split()) > 6:
        return "", piece[-24:]
    return best[2], piece[max(0, best[0] - best[1] - 20) :]


def _when(before: str, after: str) -> When:
    if past := _HISTORIC.search(before + after):
        return "former " if past[0] in ("cựu", "cố", "nguyên") else "then "
    return "future " if _ELECT.search(before) else ""


def _holder(name: str, office: str, held: list[_Term], when: When) -> Evidence:
    begin, end = min(term.begin for term in held), max(term.end for term in held)
    if not office:
        return outside(begin - 400, end + 365, PERSON_NOT_YET, PERSON_NO_MORE, f"{name} in the news")
    if when == "future " and "đắc cử" not in office:
        runs = sorted({(max(0, term.begin - ELECT_DAYS), term.begin + 5) for term in held})
        return _within(runs, f"{name} not yet {office}")
    if when in ("former ", "then ") and "cựu" not in office:
        since = begin if when == "then " else min(term.end for term in held)
        return outside(since, SIZE - 1, NOT_YET, 0.0, f"{name} as {when}{office}, after {day_of(since)}")
    runs = sorted({(term.begin, min(SIZE - 1, term.end + 10)) for term in held})
    proof = _within(runs, f"{name} as {office}")
    spans = ", ".join(f"{day_of(a)} to {day_of(b) if b < SIZE - 1 else 'now'}" for a, b in sorted({(t.begin, t.end) for t in held}))
    return Evidence(proof.pieces, f"{name} as {office} ({spans})")


def _within(runs: list[tuple[int, int]], reason: str) -> Evidence:
    pieces, last = [], -1
    for begin, end in runs:
        if begin > last + 1:
            pieces.append((last + 1, begin - 1, NOT_YET if last < 0 else NO_MORE))
        last = max(last, end)
    if last < SIZE - 1:
        pieces.append((last + 1, SIZE - 1, NO_MORE))
    return Evidence(tuple(pieces), reason)


@cache
def _events() -> tuple[Lexicon[str], dict[str, tuple[tuple[frozenset[str], Row], ...]]]:
    """All words of the facts, and by the first word of each pattern what else has to stand in the text for it."""
    parts: dict[str, None] = {}
    rows: dict[str, list[tuple[frozenset[str], Row]]] = {}
    for row in table("vi", "events"):
        for pattern in row["pattern"].split("|"):
            need = pattern.split(" + ")
            parts |= dict.fromkeys(need)
            rows.setdefault(need[0], []).append((frozenset(need), row))
    return Lexicon([Entry(part, part) for part in parts]), {part: tuple(known) for part, known in rows.items()}


def _facts(page: Page) -> list[Evidence]:
    lexicon, rows = _events()
    present: dict[str, list[Hit[str]]] = {}
    for hit in lexicon.find(page.text):
        present.setdefault(hit.value, []).append(hit)
    found: dict[str, Evidence] = {}
    for part, hits in present.items():
        for need, row in rows.get(part, ()):
            if not need <= present.keys() or not _together(present, need, hits):
                continue
            hit = hits[0]
            name = page.text[hit.start : hit.stop] if len(need) == 1 else " + ".join(sorted(need))
            until = f" to about {row['to']}" if row["to"] else ""
            weight = NOT_YET if len(need) == 1 else COMBINED_NOT_YET
            said = f'"{name}" is in the news from {row["from"]}{until}'
            found.setdefault(row["pattern"], _fresh(outside(*_bounds(row), weight, FACT_NO_MORE, said), row))
            since = _SINCE.search(page.low[max(0, hit.start - 44) : hit.start]) if row["day"] else None
            if since:
                days = words.count_of(since["count"]) * _UNIT_DAYS[since["unit"]]
                there, slack = index(date.fromisoformat(row["day"])) + round(days), max(2, round(days * 0.12))
                found[row["pattern"] + " since"] = outside(there - slack, there + slack, NOT_YET, NOT_YET, f'"{since[0].strip()} {name}"')
    return list(found.values())


def _fresh(proof: Evidence, row: Row) -> Evidence:
    """A fact is told most when it is new. One from a first of January is known to the year only."""
    begin, _ = _bounds(row)
    news = () if row["from"].endswith("-01-01") or row["from"] < _FRESH_SINCE else ((begin, min(SIZE - 1, begin + _FRESH_DAYS), FRESH),)
    return Evidence(proof.pieces + news, proof.reason)


def _together(present: dict[str, list[Hit[str]]], need: frozenset[str], hits: list[Hit[str]]) -> bool:
    """Whether all words of a pattern stand in one sentence or two, by one of the first places of one of them."""
    return len(need) == 1 or any(
        all(any(abs(other.start - hit.start) <= _NEAR for other in present[part][:_PLACES]) for part in need) for hit in hits[:_PLACES]
    )


def _told(page: Page) -> list[Evidence]:
    """Dates in the text: full ones as the earliest day of writing, those without a year by how soon news follows the last of them."""
    partial: list[tuple[int, int, bool]] = []
    latest: tuple[int, int, float, Time] | None = None
    found: list[Evidence] = []
    for time in find(page.text, None):
        side = _side(page, time)
        low = page.low[time.start : time.stop]
        if time.edtf.startswith("XXXX"):
            days = _PARTIAL.findall(time.edtf)
            if days and side <= 0:
                point = int(days[-1][0]), int(days[-1][1])
                partial.append((*point, len(days) > 1))
                if weekday := _WEEKDAY.search(low):
                    found.append(_weekday(point, 6 if weekday["sunday"] else words.WEEKDAYS[weekday["n"]], time.text))
                if near := _TODAY.match(low):
                    found.append(_exactly(point, 1 if "qua" in (near["day"], near["part"]) else 0, time.text))
            elif len(time.edtf) == 7 and "vừa qua" in low:
                found.append(_after_month(int(time.edtf[5:7]), time.text))
            continue
        span = _span(time.edtf)
        if span is None or not FIRST <= span[0] <= LAST or side > 0:
            continue
        begin = index(span[0])
        if latest is None or begin > latest[0]:
            latest = begin, index(span[1]), 1.0 if side < 0 else 0.6, time
    if latest:
        found.append(_after(latest))
    if partial:
        found.append(_follows(partial))
    return found


def _span(edtf: str) -> tuple[date, date] | None:
    """First and last day that an EDTF value without unknown digits begins with; None for spans of more than a year."""
    first, _, second = edtf.partition("/")
    if second not in ("", "..") and (len(first) == 4 or second[:4] != first[:4]):
        return None
    point: tuple[int | None, ...] = (*map(int, first.split("-")), None, None)
    ymd = (point[0], point[1], point[2])
    return periods.first(ymd), periods.last(ymd)


def _side(page: Page, time: Time) -> int:
    """-1 or 1 where the words around an expression lean to past or future."""
    return lean(page, Term(time.start, time.stop, (None, None, None), (None, None, None), "day"))


def _after(latest: tuple[int, int, float, Time]) -> Evidence:
    """Not written before the latest full date that it tells of as past, and less likely the longer after."""
    begin, end, sure, time = latest
    grain = "year" if len(time.edtf.split("/")[0]) == 4 else "month" if end - begin > 20 else "day"
    pieces = [(0, begin - 1, AHEAD[grain] * sure)]
    stale = STALE / 2 if time.edtf.endswith("..") else STALE
    for year, weight in enumerate((0.0, stale, 2 * stale, 3 * stale, 4 * stale, 5 * stale)):
        start = begin if not year else end + 1 + 365 * (year - 1)
        stop = end + 365 * year if year < 5 else SIZE - 1
        pieces.append((start, min(stop, SIZE - 1), weight))
    return Evidence(tuple(p for p in pieces if p[0] <= p[1] and p[2]), f'"{time.text}" is told as past')


def _follows(partial: list[tuple[int, int, bool]]) -> Evidence:
    """Written soon after one of the days told without a year; around it where they are a run of days, which news often tells ahead."""
    marks = Counter((_CALENDAR.index(date(2024, month, day)), run) for month, day, run in partial)
    # The day told first is the likeliest to be the news; the others share the rest by how often they are told.
    first = next(iter(marks))
    chances = [0.0] * 366
    for mark, count in marks.items():
        share = 0.5 * count / len(partial) + 0.5 * (mark == first)
        for number in range(366):
            chances[number] += share * _CHANCES[mark[1]][(number - mark[0]) % 366]
    yearly = tuple(log(chance) for chance in chances)
    told = ", ".join(f"{day}/{month}" for month, day, _ in list(dict.fromkeys(partial))[:6])
    return Evidence((), f"days told without a year: {told}", yearly)


def _weekday(point: tuple[int, int], weekday: int, said: str) -> Evidence:
    """Years in which the day fell on another weekday are out."""
    pieces = []
    for year in range(FIRST.year, LAST.year + 1):
        if not periods.is_day(year, *point) or date(year, *point).weekday() != weekday:
            middle = (date(year, point[0], min(point[1], 28)) - FIRST).days
            pieces.append((max(0, middle - 182), min(SIZE - 1, middle + 182), WRONG_WEEKDAY))
    return Evidence(tuple(pieces), f'"{said}" by its weekday')


def _exactly(point: tuple[int, int], after: int, said: str) -> Evidence:
    """Written on a day or the day after it: "hôm qua (11/10)"."""
    there = (_CALENDAR.index(date(2024, *point)) + after) % 366
    yearly = tuple({0: 0.0, 1: -2.0, 365: -2.0}.get((number - there) % 366, -5.0) for number in range(366))
    return Evidence((), f'"{said}" gives the day of writing', yearly)


def _after_month(month: int, said: str) -> Evidence:
    """ "tháng 6 vừa qua" is told from late June on, seldom after the year's turn."""
    begin = _CALENDAR.index(date(2024, month, 20))
    yearly = tuple(0.0 if lag < 110 else -1.2 if lag < 220 else -3.0 for lag in ((number - begin) % 366 for number in range(366)))
    return Evidence((), f'"{said}" is just past', yearly)


def _year(page: Page) -> list[Evidence]:
    """The latest year that a text names is mostly that of its writing, else the one before or after ("SEA Games 2025", "đến năm 2027").

    A text that names many tells of the past or of plans, so that the latest says less.
    """
    years = {int(year) for year in _BARE_YEAR.findall(page.text)}
    if not years:
        return []
    latest = max(years)
    pieces = []
    for year in range(FIRST.year, LAST.year + 1):
        weight = next(weight for most, weight in _YEAR_LAGS if year - latest <= most)
        pieces.append((index(date(year, 1, 1)), index(date(year, 12, 31)), weight / len(years) ** 0.5))
    return [Evidence(tuple(piece for piece in pieces if piece[2]), f"{latest} is the latest year named")]


def last_day_told(text: str) -> int | None:
    """The place in a leap year of the last day that a text tells without its year, as past."""
    page = Page.of(fold(text).text)
    told = [days[-1] for time in find(page.text, None) if (days := _PARTIAL.findall(time.edtf)) and _side(page, time) <= 0]
    return _CALENDAR.index(date(2024, int(told[-1][0]), int(told[-1][1]))) if told else None
