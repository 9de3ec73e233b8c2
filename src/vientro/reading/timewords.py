"""Words of time expressions, as sets and patterns made from lang/vi/time_words.tsv and holidays.tsv.

Kinds of time_words.tsv: number, month, weekday; part (of a month or year), not_part (before a part: another word, "bắt đầu");
day (relative), hour (part of a day), hourday (the day that a part of a day is said to be of); rel (this, last, next);
ago, since, then (after a count), vague (before a unit: no count); not_after_rel, not_after_to (after a relative word: it was a preposition
or verb); season_before (a bare season is meant as a time); future, past (lean; 1: a plan); unit, measure, share (after a number: no date);
not_before, day_before, year_before, years_before (before a bare number: no date, a day, a year, years).
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from vientro.lang.data import table
from vientro.reading.phrases import one_of

_WORDS: dict[str, dict[str, str]] = defaultdict(dict)
for _row in table("vi", "time_words"):
    _WORDS[_row["kind"]][_row["word"]] = _row["value"]

NUMBERS = {word: float(value) for word, value in _WORDS["number"].items()}
MONTHS = {word: int(value) for word, value in _WORDS["month"].items()}
WEEKDAYS = {word: int(value) for word, value in _WORDS["weekday"].items()}
PARTS = _WORDS["part"]
DAYS = {word: int(value) for word, value in _WORDS["day"].items()}
HOURS = frozenset(_WORDS["hour"])
HOUR_DAYS = {word: int(value) for word, value in _WORDS["hourday"].items()}
RELATIVE = {word: int(value) for word, value in _WORDS["rel"].items()}
SINCE = {word: int(value) for word, value in _WORDS["since"].items()}
NOT_PART = frozenset(_WORDS["not_part"])
SEASON_BEFORE = frozenset(_WORDS["season_before"])
VAGUE = frozenset(_WORDS["vague"])
NOT_AFTER_REL = frozenset(_WORDS["not_after_rel"])
NOT_AFTER_TO = frozenset(_WORDS["not_after_to"])
UNITS = frozenset(_WORDS["unit"])
MEASURES = frozenset(_WORDS["measure"])
SHARES = frozenset(_WORDS["share"])
NOT_BEFORE = frozenset(_WORDS["not_before"])
DAY_BEFORE = frozenset(_WORDS["day_before"])
YEAR_BEFORE = frozenset(_WORDS["year_before"])
YEARS_BEFORE = frozenset(_WORDS["years_before"])
HOLIDAYS = {row["word"]: row["date"] for row in table("vi", "holidays")}
NEW_YEARS = {int(row["day"][:4]): (date.fromisoformat(row["day"]), int(row["eve"])) for row in table("vi", "lunar_new_year")}
STEMS = ("canh", "tân", "nhâm", "quý", "giáp", "ất", "bính", "đinh", "mậu", "kỷ")
BRANCHES = ("thân", "dậu", "tuất", "hợi", "tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi")


PLANS = frozenset(word for word, value in _WORDS["future"].items() if value)
LEAN = re.compile(rf"\b(?:(?P<future>{one_of(_WORDS['future'])})|{one_of(_WORDS['past'])})\b")

TO_NOW = re.compile(r",? (?:cho )?(?:đến|tới) (?:nay|giờ|bây giờ|hiện tại|hiện nay|thời điểm này|thời điểm hiện tại|lúc này|hôm nay)\b")

NUMBER = one_of(NUMBERS)
MONTH = rf"(?:\d{{1,2}}(?!\d)|{one_of(MONTHS)}\b)"
REL = one_of(RELATIVE)

# What may follow a day or a month and gives or leans its year.
YEAR_TAIL = re.compile(
    r"(?: ?[/\-.] ?|,? (?:của )?năm |, ?| )(?P<year>(?:1[0-9]|20|21)\d\d)(?![\w%]|[.,/\-]\d)"
    r"|,? (?:của )?năm (?P<rel>nay|này|ngoái|trước|qua|tới|sau|kế tiếp|tiếp theo)\b(?! khi| đó)"
    r"|,? (?:của |trong )?(?P<same>cùng năm|năm đó|năm ấy)\b"
    r"| (?P<lean>vừa qua|vừa rồi|mới đây|sắp tới|tới đây|tới|này)\b"
)
PART_BACK = re.compile(
    rf"(?<!\w)(?:(?P<part>{one_of(PARTS)})|(?P<count>\d{{1,2}}|{NUMBER}) (?P<unit>tháng|quý|tuần|ngày) (?P<end>đầu|cuối)(?: tiên| cùng)?)"
    r"(?: của| trong)?(?: các| những)? $"
)
COUNT_BACK = re.compile(
    rf"(?<![\w.,/\-])(?P<low>(?:\d{{1,3}}|{NUMBER})(?:,? | ?- ?| đến | hoặc | tới ))?(?P<count>\d{{1,4}}(?:[.,]\d)?|{NUMBER}) $"
)
COUNT = re.compile(
    r"(?P<count>\d{1,4}(?:[.,]\d)?)(?: ?(?:-|đến|tới|hoặc) ?(?P<high>\d{1,3}(?:,\d)?))? "
    r"(?P<unit>giờ|tiếng|ngày|hôm|đêm|tuần|tháng|quý|năm|thập kỷ|thập kỉ|thập niên)\b"
)
AFTER_COUNT = re.compile(
    rf"(?P<half> rưỡi)?(?: liên tiếp| liên tục| ròng)?,? (?:(?P<since>{one_of(_WORDS['since'])})|"
    r"(?P<told>(?:sau|trước) đó|sau(?=[,.;]))|(?P<ago>(?:về )?trước)|(?P<then>nữa))\b"
)
BEFORE_COUNT = re.compile(
    r"(?<!\w)(?:(?P<ago>cách đây|cách nay)|(?P<within>(?:trong|nội trong) vòng|nội trong)|(?P<since>trong|suốt)|(?P<more>thêm))"
    r"(?: khoảng| gần| hơn| đúng| tròn| chừng| ít nhất| chưa đầy)? $"
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
         "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21, "xxii": 22}  # fmt: skip


def count_of(text: str) -> float:
    """The value of a count in digits ("1,5") or words."""
    return NUMBERS[text] if text in NUMBERS else float(text.replace(",", "."))
