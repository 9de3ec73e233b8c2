"""Dates written in figures: 6/4, 20-8, 12.8, 22-12-2025, 6-7/4, 19 - 21/9, 2/2022, 2024-2027. Day before month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vientro.reading import periods
from vientro.reading import timewords as words
from vientro.reading.periods import is_day
from vientro.reading.timeparts import DAY_WORDS, Page, Term, day_words, word_after, word_before, year_tail

if TYPE_CHECKING:
    from vientro.reading.periods import Pair, Ymd
    from vientro.reading.timeparts import Grain


_CHUNK = re.compile(r"\d+(?:[./\-]\d+)*")
_MORE = re.compile(r" - (?:ngày |tháng )?(?=\d)")
_LIST = re.compile(
    r"(?:, ?\d{1,2}){0,6}(?P<and>,? và (?:ngày )?|, ?| & )(?=\d)|(?:, ?\d{1,2}){0,6} ?- ?(?:ngày )?(?=\d)|"
    r"(?:,? (?:cho )?đến (?:hết )?|,? tới (?:hết )?|(?:,| và)? (?=rạng sáng ))"
    r"(?:(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya) )?(?:ngày |hôm )?(?=\d)"
)
_DAY_MONTH = re.compile(rf",? (?:của )?tháng (?P<month>{words.MONTH})(?! ngày\b(?! \d))")
_AND_YEAR = re.compile(r" và (\d{4})(?![\w%]|[.,/]\d)")
_RUN = re.compile(r"(?: đến | tới | - )(?:ngày )?\d{1,2}/\d{1,2}(?![\d%]|/\d)")
_DOT_END = re.compile(r"(?: đến | tới | ?- ?)(?:ngày )?(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?![\d%]|[.,]\d)")
_FULL_END = re.compile(r"(?: đến | tới | ?- ?)(?:ngày )?\d{1,2}\.\d{1,2}\.\d{4}\b")
_NEAR_MONTH = re.compile(r" tháng (?P<rel>này|trước|rồi|sau|tới)\b(?! khi| đó)")
_ONE_DAY = re.compile(r"(?:ngày|hôm|mồng|mùng|rạng|sáng|trưa|chiều|tối|đêm|khuya)\b")


@dataclass(frozen=True, slots=True)
class _Figures:
    """A run of figures: where it stands, where the words that introduce it begin, the word before it, whether those
    expect a date, and whether it is read as the end of a list or range already (those do not nest)."""

    start: int
    pos: int
    stop: int
    prev: str
    strong: bool
    inner: bool


def numeric(page: Page, pos: int, *, cued: bool = False, inner: bool = False) -> tuple[Term | None, int]:
    """The date in figures at `pos`, and where to read on. `cued` says that what stands before makes a date expected."""
    low = page.low
    found = _CHUNK.match(low, pos)
    assert found
    chunk, stop = found[0], found.end()
    if len(chunk) > 24 or _glued(low, pos, stop):
        return None, stop
    prev = word_before(low, pos)
    start = day_words(low, pos) if prev in words.HOURS or prev in DAY_WORDS else pos
    strong = cued or start < pos
    at = _Figures(start, pos, stop, prev, strong, inner)
    if chunk.isdigit():
        return _single(page, at)
    pair = _whole(chunk, strong=strong) if prev != "nhằm" and word_before(low, start) != "nhằm" else None
    if pair is None:
        return (_years(page, at) if "-" in chunk or "/" in chunk else None), stop
    if pair[0][0] is None and pair[0][1] is None and (more := _DAY_MONTH.match(low, stop)):  # 6-7 tháng 4
        pair = (None, _month(more["month"]), pair[0][2]), (None, _month(more["month"]), pair[1][2])
        stop = more.end()
    elif "-" in chunk and "/" not in chunk and pair[0][0] is None and (more := _DAY_MONTH.match(low, stop)):
        a, b = (int(n) for n in chunk.split("-")[:2])
        month = _month(more["month"])
        if a < b and is_day(None, month, b):
            pair, stop = ((None, month, a), (None, month, b)), more.end()
    elif not _plausible(page, at, pair):
        return None, stop
    grain: Grain = "day" if pair[1][2] else "month"
    term = Term(start, stop, *pair, grain, closed=pair[0] != pair[1])
    more = _MORE.match(low, stop)
    other = _CHUNK.match(low, more.end()) if more else None
    if other and len(other[0]) <= 12 and not _glued(low, more.end() if more else 0, other.end()):
        second = _whole(other[0], strong=True)
        if second and second[0] == second[1] and second[0][1] and bool(second[0][2]) == (grain == "day") and pair[0] == pair[1]:
            term.hi, term.stop, term.closed = second[0], other.end(), True
            if term.lo[0] is None:
                term.lo = (term.hi[0], *term.lo[1:])
    return year_tail(page, term), term.stop


def _glued(low: str, start: int, stop: int) -> bool:
    """Whether figures are part of a word, a decimal, a number of a document or a measure."""
    if start and low[start - 1] in "-/.,:+$€£#@&=*" and not (low[start - 1] == "-" and (start == 1 or low[start - 2] in " \n(")):
        return True
    after = low[stop : stop + 2]
    return bool(after) and (after[0].isalpha() or after[0] in "%°$€£+=" or (after[0] in ".,:/-" and after[1:].isalnum()))


def _year(text: str) -> int | None:
    if len(text) == 4 and 1000 <= int(text) <= 2199:
        return int(text)
    if len(text) == 2:
        return int(text) + (1900 if int(text) >= 70 else 2000)
    return None


def _month(text: str) -> int:
    month = words.MONTHS.get(text) or int(text)
    return month if 1 <= month <= 12 else 0


def _whole(chunk: str, *, strong: bool) -> Pair | None:
    """The days or months of a run of figures, None where it is no date by its form."""
    if "-" in chunk and ("/" in chunk or "." in chunk):
        if chunk.count("-") == 1:
            left, right = chunk.split("-")
            return _range(left, right, strong=strong)
        return None
    point = _piece(chunk)
    if point:
        return point, point
    if "-" in chunk and chunk.count("-") == 1:
        a, b = chunk.split("-")
        if strong and len(a) <= 2 and len(b) <= 2 and 1 <= int(a) < int(b) <= 31:
            return (None, None, int(a)), (None, None, int(b))
    return None


def _range(left: str, right: str, *, strong: bool) -> Pair | None:
    second = _piece(right)
    if second is None:
        month_year = right.split("/")
        if left.isdigit() and len(month_year) == 2 and len(month_year[1]) == 4:  # 22-12/2025
            second = _piece(f"{left}/{right}")
            return (second, second) if second else None
        return None
    if left.isdigit() and len(left) <= 2:
        number = int(left)
        year, month, day = second
        if day is None and month is not None:  # 3-5/2022, or 3-12/2022 as a day
            if not strong and 1 <= number < month:
                return (year, number, None), second
            return ((year, month, number), (year, month, number)) if is_day(year, month, number) else None
        if month and day and is_day(year, month, number):
            if number < day:
                return (year, month, number), second
            if number > day and month > 1 and is_day(year, month - 1, number):  # 30-2/9
                return (year, month - 1, number), second
        return None
    first = _piece(left)
    if first is None or bool(first[2]) != bool(second[2]) or first[1] is None:
        return None
    return (second[0] if first[0] is None else first[0], first[1], first[2]), second


def _piece(text: str) -> Ymd | None:
    """d/m, d/m/y, y-m-d or m/y with one kind of separator."""
    parts = re.split(r"[./\-]", text)
    if len({ch for ch in text if not ch.isdigit()}) != 1 or max(map(len, parts)) > 4:
        return None
    n = [int(part) for part in parts]
    if len(parts) == 2:
        if len(parts[1]) == 4:
            return (n[1], n[0], None) if 1 <= n[0] <= 12 and len(parts[0]) <= 2 and 1800 <= n[1] <= 2199 else None
        return (None, n[1], n[0]) if len(parts[0]) <= 2 and len(parts[1]) <= 2 and is_day(None, n[1], n[0]) else None
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        return (n[0], n[1], n[2]) if 1000 <= n[0] <= 2199 and len(parts[2]) <= 2 and is_day(n[0], n[1], n[2]) else None
    year = _year(parts[2])
    return (year, n[1], n[0]) if year and len(parts[0]) <= 2 and len(parts[1]) <= 2 and is_day(year, n[1], n[0]) else None


def _plausible(page: Page, at: _Figures, pair: Pair) -> bool:
    """Whether figures of the form of a date are one here, not a score, a share, a ratio, a decimal or a number of a law."""
    low, pos, stop, prev, chunk = page.low, at.pos, at.stop, at.prev, page.low[at.pos : at.stop]
    after = word_after(low, stop)
    (year, month, day), slash = pair[1], "/" in chunk
    if at.strong:
        return "." not in chunk or year is not None or after not in words.MEASURES or low.startswith((" (", "("), stop)
    if year is not None and month and day:
        return prev not in ("số", "bản", "mã") and ("." not in chunk or len(chunk.rpartition(".")[2]) == 4)
    bracket = low[pos - 1 : pos] == "(" and low[stop : stop + 1] in (")", ",")
    if year is not None:  # 2/2022
        return slash and prev not in words.NOT_BEFORE and after not in words.MEASURES
    if month is None or day is None:
        return False
    weak = prev in words.DAY_BEFORE
    sharp = day >= 13 or day > month  # neither a range of numbers nor a share
    if slash:
        if chunk == "24/7" or prev in words.NOT_BEFORE or (after in words.UNITS and not (weak and sharp)):
            return False
        if "-" in chunk:
            return True
        return sharp or bracket or (weak and after not in words.SHARES) or _stands_out(low, pos, stop)
    if "-" in chunk:
        if low.startswith(":", stop) and prev[:1].isalpha() and prev not in words.NOT_BEFORE and (day >= 13 or weak):
            return True
        return (weak and (sharp or prev in ("lễ", "khánh", "dịp")) and after not in words.UNITS) or (bracket and sharp)
    parts = chunk.split(".")
    if "." in chunk and len(parts) == 2 and _FULL_END.match(low, stop):
        return True
    if "." in chunk and len(parts) == 2:
        if prev in ("từ", "ngày") and (end := _DOT_END.match(low, stop)) and word_after(low, end.end()) not in words.MEASURES:
            return (day >= 13 or int(end["day"]) >= 13) and is_day(None, int(end["month"]), int(end["day"]))
        if bracket:
            return sharp and not after
        return (
            weak
            and after not in words.UNITS
            and (prev in ("lễ", "khánh", "dịp", "nay", "qua", "mai") or (day >= 13 and low[stop : stop + 1] in ",.;)\n"))
        )
    return False


def _stands_out(low: str, pos: int, stop: int) -> bool:
    """A bare 3/5 that stands before a colon, begins a run of days, or is all there is."""
    return low.startswith(":", stop) or _RUN.match(low, stop) is not None or (pos < 2 and len(low) - stop < 3)


def _single(page: Page, at: _Figures) -> tuple[Term | None, int]:
    """A number alone: a bare year, or a day whose month follows or is told elsewhere."""
    start, stop, prev, strong = at.start, at.stop, at.prev, at.strong
    low, chunk = page.low, page.low[at.pos : at.stop]
    if len(chunk) == 4:
        return _one_year(page, at), stop
    if len(chunk) > 2:
        return None, stop
    day = int(chunk)
    after = _DAY_MONTH.match(low, stop)
    if after and after["month"] in ("giêng", "chạp"):  # days of those months are of the lunar calendar
        return None, after.end()
    if after and (month := _month(after["month"])) and is_day(None, month, day):
        term = year_tail(page, Term(start, after.end(), (None, month, day), (None, month, day), "day"))
        if strong or term.lo[0] is not None or low[term.stop : term.stop + 1] in ("", "\n", ".", ",", ")", ";", ":"):
            return term, term.stop
        return None, after.end()
    if not at.inner and (more := _MORE.match(low, stop)):  # 19 - 21/9
        second, end = numeric(page, more.end(), cued=strong or prev in words.DAY_BEFORE, inner=True)
        if second and second.grain == "day" and second.lo == second.hi and second.lo[1] and 1 <= day <= 31:
            year, month_, other = second.lo
            if day < (other or 0):
                return Term(start, second.stop, (year, month_, day), second.hi, "day", second.lean, second.tied, closed=True), end
        if second and second.grain == "month" and not strong and 1 <= day < (second.lo[1] or 0):
            return Term(start, second.stop, (second.lo[0], day, None), second.hi, "month", closed=True), end
    named = strong and _ONE_DAY.match(low, start)
    if not 1 <= day <= 31 or not (named or prev == "từ" or (strong and not at.inner)):
        return None, stop
    if not at.inner and (more := _LIST.match(low, stop)) and (listed := _listed(page, at, day, more)):
        return listed, listed.stop
    head = word_before(low, start)
    if not named or head in words.VAGUE or head in words.NUMBERS or head in ("sang", "thứ") or head.isdigit():
        return None, stop
    if page.today and (near := _NEAR_MONTH.match(low, stop)):  # ngày 20 tháng này
        pair = periods.near(page.today, "tháng", words.RELATIVE[near["rel"]], None)
        if pair and pair[0][1] and is_day(pair[0][0], pair[0][1], day):
            point = (*pair[0][:2], day)
            return Term(start, near.end(), point, point, "day"), near.end()
    if word_after(low, stop) in words.UNITS or prev not in ("ngày", "hôm"):
        return None, stop
    return Term(start, stop, (None, None, day), (None, None, day), "day"), stop


def _listed(page: Page, at: _Figures, day: int, more: re.Match[str]) -> Term | None:
    """3 và 4-5, 6 đến 8/4, 5, 6 và 7/3: the days that share the month told last."""
    second, _ = numeric(page, more.end(), cued=True, inner=True)
    if second is None or second.grain != "day" or second.lo[1] is None:
        return None
    start, stop = at.start, at.stop
    year, month, other = second.lo[0], second.lo[1], second.lo[2] or 0
    if day > other:  # đêm 30 rạng sáng 1/5
        if more["and"]:
            return None
        year, month = (year, month - 1) if month > 1 else (None if year is None else year - 1, 12)
    if not is_day(year, month, day):
        return None
    lo = (year, month, day)
    listed = re.findall(r"\d+", page.low[stop : more.end()])
    chain = [day, *map(int, listed), other]
    if more["and"] and any(b != a + 1 for a, b in pairwise(chain)):
        return Term(start, stop, lo, lo, "day", second.lean)
    return Term(start, second.stop, lo, second.hi, "day", second.lean, second.tied, closed=True)


def _one_year(page: Page, at: _Figures) -> Term | None:
    """A bare year after a preposition or "đầu", "cuối", or the first of a pair of years."""
    pos, stop, prev = at.pos, at.stop, at.prev
    year = int(page.low[pos:stop])
    if not 1900 <= year <= 2100:
        return None
    if (more := _MORE.match(page.low, stop)) and (other := _CHUNK.match(page.low, more.end())) and len(other[0]) == 4:
        return _pair_of_years(page, at, other.end(), (year, int(other[0])))
    after = word_after(page.low, stop)
    both = _AND_YEAR.match(page.low, stop)
    if both and int(both[1]) == year + 1 and word_after(page.low, both.end()) not in words.UNITS:
        return Term(pos, both.end(), (year, None, None), (year + 1, None, None), "year", closed=True)
    if prev not in words.YEAR_BEFORE or after in words.UNITS or after in words.MEASURES:
        return None
    return Term(pos, stop, (year, None, None), (year, None, None), "year")


def _years(page: Page, at: _Figures) -> Term | None:
    a, _, b = page.low[at.pos : at.stop].replace("/", "-").partition("-")
    if len(a) != 4 or len(b) not in (2, 4) or not (a + b).isdigit():
        return None
    return _pair_of_years(page, at, at.stop, (int(a), int(b) if len(b) == 4 else int(a) // 100 * 100 + int(b)))


def _pair_of_years(page: Page, at: _Figures, stop: int, years: tuple[int, int]) -> Term | None:
    (a, b), pos = years, at.pos
    bracket = page.low[pos - 1 : pos] == "(" and page.low[stop : stop + 1] == ")"
    season = b == a + 1 or (stop - pos >= 9 and b - a <= 30)  # 2023/24, and 1990-1991 whatever stands before
    plain = season and 1900 <= a < b <= 2060 and at.prev not in words.NOT_BEFORE and word_after(page.low, stop) not in words.MEASURES
    if not (1800 <= a < b <= 2150 and b - a <= 120) or not (bracket or plain or at.prev in words.YEARS_BEFORE):
        return None
    if word_after(page.low, stop) in words.UNITS and not bracket:
        return None
    return Term(pos, stop, (a, None, None), (b, None, None), "year", closed=True)
