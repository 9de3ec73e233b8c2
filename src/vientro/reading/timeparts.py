"""What all time terms are made of: the page they stand on, the record of a term, and readers of the words around a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vientro.reading import timewords as words
from vientro.reading.lexicon import lower

if TYPE_CHECKING:
    from datetime import date

    from vientro.reading.periods import Ymd


Grain = Literal["day", "month", "year", "weekday", "same", "after", "other"]


@dataclass(frozen=True, slots=True)
class Page:
    """A folded text, the same in lower case, and the day of publication."""

    text: str
    low: str
    today: date | None

    @classmethod
    def of(cls, folded: str, today: date | None = None) -> Page:
        """The page of a folded text."""
        return cls(folded, lower(folded), today)


@dataclass(slots=True)
class Term:
    """A period named at one place. `lo` and `hi` may lack the year, which context gives (timeyears.py).

    `lean` says what its own words say of its side: -2 past, 2 future, 0 nothing. `tied` marks "the same year" (as one told before);
    `closed` one whose two ends are told, so that "từ" before it opens nothing. `shift` is a count of a unit from the time told
    before ("hai ngày sau đó", "cùng năm").
    """

    start: int
    stop: int
    lo: Ymd
    hi: Ymd
    grain: Grain
    lean: int = 0
    tied: bool = False
    weekday: int | None = None
    closed: bool = False
    shift: tuple[float, str] | None = None


_WORD_AFTER = re.compile(r" ?\(?([^\W\d_]+|%)")
DAY_WORDS = frozenset(["ngày", "hôm", "mồng", "mùng", "rạng"])
_PART_LAST = frozenset(["đầu", "giữa", "tuần", "cuối", "sau", "tiên", "cùng", "của", "trong", "nửa", "những", "các"])


def word_before(low: str, pos: int) -> str:
    """The word that ends one space before `pos`, "" where there is none or it is long."""
    if pos < 2 or low[pos - 1] != " ":
        return ""
    piece = low[max(0, pos - 14) : pos - 1]
    cut = max(piece.rfind(" "), piece.rfind("\n")) + 1
    return piece[cut:].lstrip("(\"'[") if cut or pos <= 14 else ""


def word_after(low: str, pos: int) -> str:
    found = _WORD_AFTER.match(low, pos)
    return found[1] if found else ""


def day_words(low: str, pos: int) -> int:
    """Where the words that introduce a day begin ("rạng sáng ngày" before `pos`)."""
    start = pos
    while (word := word_before(low, start)) in words.HOURS or word in DAY_WORDS:
        start -= len(word) + 1
    return start


def part_before(page: Page, pos: int) -> tuple[int, str | None]:
    """The part of a period that the words before `pos` name, and where they begin: "early" for "đầu", "+6" for "6 tháng đầu"."""
    if word_before(page.low, pos) not in _PART_LAST:
        return pos, None
    base = max(0, pos - 34)
    found = words.PART_BACK.search(page.low[base:pos])
    if not found:
        return pos, None
    if found["part"] and word_before(page.low, base + found.start()) in words.NOT_PART:
        return pos, None
    if found["part"]:
        begin, name = base + found.start(), words.PARTS[found["part"]]
        if found["part"] == "ngày cuối" and word_before(page.low, begin) in words.VAGUE:  # "vài ngày cuối tháng 8"
            return begin + len("ngày "), "late"
        return begin, name
    count = round(words.count_of(found["count"]) * {"quý": 3, "tuần": 7}.get(found["unit"], 1))
    return base + found.start(), f"{'+' if found['end'] == 'đầu' else '-'}{max(1, count)}"


def leans(page: Page, pos: int, word: str) -> bool:
    """Whether a relative word at `pos` is one, not a preposition or verb ("tháng 3 tới Kiev", "trước khi")."""
    stop = pos + len(word)
    after = word_after(page.low, stop)
    if after in words.NOT_AFTER_REL and page.low[stop : stop + 1] == " ":
        return False
    if word in ("tới", "sau", "trước", "qua") and page.low[stop : stop + 1] == " ":
        nxt = page.text[stop + 1 : stop + 2]
        if nxt.isdigit():
            return False
        if word == "tới":
            return not (nxt.isupper() or after in words.NOT_AFTER_TO)
    return True


def year_tail(page: Page, term: Term) -> Term:
    """Takes in what follows a day or a month and says its year."""
    found = words.YEAR_TAIL.match(page.low, term.stop)
    if not found:
        return term
    if found["year"]:
        if term.lo[0] is not None or (
            found[0][0] in " ," and found[0][:2].strip(" ,").isdigit() and word_after(page.low, found.end()) in words.UNITS
        ):
            return term
        year = int(found["year"])
        term.lo, term.hi = (year, *term.lo[1:]), (year + (term.hi[1:2] < term.lo[1:2]), *term.hi[1:])
    elif found["rel"]:
        if page.today is None:
            return term
        year = page.today.year + (0 if found["rel"] in ("nay", "này") else words.RELATIVE[found["rel"]])
        term.lo, term.hi = (year, *term.lo[1:]), (year + (term.hi[1:2] < term.lo[1:2]), *term.hi[1:])
    elif found["same"]:
        term.tied = True
    else:
        lean = found["lean"]
        if not leans(page, found.start("lean"), lean):
            return term
        term.lean = 0 if lean == "này" else 2 if lean.endswith(("tới", "tới đây")) else -2
    term.stop = found.end()
    return term


def side_of(page: Page, pos: int) -> int:
    """What the word nearest before a bare expression says of its side: -1 past, 1 future, 0 nothing."""
    base = max(0, pos - 60)
    piece = page.low[base:pos]
    cut = max(piece.rfind(mark) for mark in (". ", "\n", ";", '"'))
    last = None
    for last in words.LEAN.finditer(piece, cut + 1):  # noqa: B007 the last one is meant
        pass
    return 0 if last is None else 1 if last["future"] else -1


def other_word(page: Page, stop: int, unit: str) -> bool:
    """Whether "đầu năm", "giữa tháng" and the like stand before what makes them something else ("giữa năm nước")."""
    after = word_after(page.low, stop) if page.low[stop : stop + 1] == " " else ""
    if unit == "năm":
        return (
            after in words.UNITS - {"trên", "so", "số", "tổng", "phần"}
            or after in ("học", "bên", "cường", "quốc", "trước", "sau", "góc")
            or page.low[stop + 1 : stop + 2].isdigit()
        )
    if unit in ("thập", "thế"):
        return after in ("những", "của", "thứ", "các") or page.low[stop + 1 : stop + 2].isdigit() or after in words.ROMAN
    if unit == "tuần":
        return after in ("tra", "duyên", "dương", "thám", "lễ", "hành", "báo", "san", "hoàn", "thai", "tháng", "trăng")
    return page.low[stop + 1 : stop + 2].isdigit() or after in ("năm", "ngày")
