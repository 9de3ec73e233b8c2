"""Numbers as Vietnamese writes them: figures, words and both ("2 nghìn tỷ", "một triệu rưỡi", "hàng chục", "10 đến 15 triệu")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from vientro.lang.data import table
from vientro.reading.phrases import from_rows

if TYPE_CHECKING:
    from vientro.model.mention import Bound

_DIGITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5,
}  # fmt: skip
_OWN_SCALES = {"chục": 10.0, "tá": 12.0, "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_SCALES = _OWN_SCALES | {
    "lakh": 1e5, "crore": 1e7, "thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
_LARGEST = 1e16
_VAGUE = {"hàng", "vài", "dăm", "mấy", "nhiều", "cả"}
_FEW = {"vài": 2.0, "mấy": 2.0, "dăm": 5.0, "nửa": 0.5}
_ZERO = {"linh", "lẻ"}
_HALF = {"rưỡi", "rưởi"}
_POINT = "phẩy"
# Words that are a number, or none (None), where no other number word stands behind them.
_SINGLE: dict[str, float | None] = {"một": 1.0, "hai": 2.0, "ba": 3.0, "năm": 5.0, "nhiều": None, "hàng": None, "cả": None}
# What may begin a number, and what may go on with it.
_FIRST = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "nửa", *_VAGUE, *_OWN_SCALES]
_NEXT = [*_DIGITS, "không trăm", _POINT, f"{_POINT} không", "mười", "mươi", *_SCALES, *_ZERO, *_HALF]

_FIGURE = r"\d+(?:[.,]\d+)*"


def _forms(words: list[str]) -> list[str]:
    forms = {form for word in words for form in (word, word.capitalize(), word.upper())}
    return sorted(forms, key=lambda form: (-len(form), form))


def _either(words: list[str]) -> str:
    return "(?:" + "|".join(_forms(words)) + ")"


_STARTS = AhoCorasick(_forms(_FIRST), matchkind=MatchKind.LeftmostLongest)
_FIGURES = re.compile(_FIGURE)
_RUN = re.compile(rf"(?:{_FIGURE}(?: 000)*|\b{_either(_FIRST)}\b)(?: ?{_either(_NEXT)}\b(?: \d{{1,3}}(?= {_either(list(_SCALES))}\b))?)*")
_PART = re.compile(rf"{_FIGURE}(?: 000)*|[^\W\d_]+")
_JOIN = re.compile(r" ?- ?| (?:(?:đến|tới)(?: (?:hơn|gần|khoảng|trên))?|hoặc|hay|to|and) ")
_FROM = re.compile(r"(?:từ|giữa|between|from) $", re.IGNORECASE)
_VN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_EN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?$")


@dataclass(slots=True)
class Number:
    """A number at a half-open span. `value` to `max` where it is a range; `scale` is its last "triệu", "tỷ" and so on.

    `figures` tells digits from words; `lone` marks a bare "triệu", "tỷ", which is a number only before a currency or after a bound.
    Not frozen, which would make it twice as slow to build.
    """

    start: int
    stop: int
    value: float
    scale: float = 1.0
    max: float | None = None
    vague: bool = False
    figures: bool = False
    lone: bool = False


def find(text: str) -> list[Number]:
    """Numbers of a folded text in order of place, ranges joined; neither bounds nor what is counted is looked at."""
    numbers: list[Number] = []
    stop = 0
    for start in _starts(text):
        run = _RUN.match(text, start) if start >= stop else None
        if run:
            stop = run.end()
            numbers.extend(_parse(text, start, stop))
    return _joined(text, numbers)


def _starts(text: str) -> list[int]:
    """Where figures and number words begin."""
    starts = [figures.start() for figures in _FIGURES.finditer(text)]
    for _, start, stop in _STARTS.find_matches_as_indexes(text):
        if not (text[stop : stop + 1].isalnum() or (start and text[start - 1].isalnum())):
            starts.append(start)
    starts.sort()
    return starts


def _parse(text: str, start: int, stop: int) -> list[Number]:
    """The numbers of a run of number words: "hai năm" is two of them, the second a word for year."""
    if text[start].isdigit() and _glued(text, start):
        return []
    run = text[start:stop]
    if run.isdigit() or run.lower() in _SINGLE:  # the most common ones, without ado
        value = figure(run) if run[0].isdigit() else _SINGLE[run.lower()]
        dated = text[stop : stop + 1] in {"/", ":"} and text[stop + 1 : stop + 2].isdigit()
        return [] if value is None or dated else [Number(start, stop, value, figures=run[0].isdigit())]
    parts = [(m.start(), m.end(), m[0].lower()) for m in _PART.finditer(text, start, stop)]
    words = [word for _, _, word in parts]
    found: list[Number] = []
    at = 0
    while at < len(parts):
        used, sum_ = _one(words, at)
        if sum_:
            half = at + 1 < len(words) and words[at + 1] in _HALF  # "nghìn rưỡi" is 1,500
            lone = words[at] in _SCALES and not half
            vague = words[at] in _VAGUE or lone
            begin, end = parts[at][0], parts[used - 1][1]
            found.append(Number(begin, end, sum_.value, sum_.last, vague=vague, figures=words[at][0].isdigit(), lone=lone))
        at = used
    if found and text[found[-1].stop : found[-1].stop + 1] in {"/", ":"} and text[found[-1].stop + 1 : found[-1].stop + 2].isdigit():
        found.pop()
    return found


def _glued(text: str, start: int) -> bool:
    """Whether figures belong to something longer: a designation (F-16, S -400), a date (20/8), a time, a web address."""
    if not start:
        return False
    before = text[start - 1]
    if before.isalnum() or before in "/:_#+":
        return True
    if before not in "-.,":
        return False
    place = start - 2
    if before == "-" and place >= 1 and text[place] == " ":
        place -= 1  # "S -400", with a stray space
        return text[place].isalpha()
    return place >= 0 and text[place].isalnum() and not (before == "-" and text[place].isdigit())


@dataclass(slots=True)
class _Sum:
    """What the words of a number add up to so far."""

    total: float = 0.0  # closed by a scale of a thousand or more
    group: float = 0.0  # tens and hundreds below the next such scale
    pending: float | None = None  # a digit or a figure whose scale is still to come
    last: float = 1.0  # the last scale
    top: float = 1.0  # the last scale of a thousand or more
    place: int = 0  # of the next decimal, 0 before any "phẩy"

    @property
    def value(self) -> float:
        return self.total + self.group + (self.pending or 0)

    def scale(self, by: float) -> None:
        if by <= 100:
            self.group += (1 if self.pending is None else self.pending) * by
        else:
            inner = self.group + (self.pending or 0)
            self.total = self.total + inner * by if self.total and by <= self.top else (self.total + inner or 1) * by
            self.group, self.top = 0, by
        self.pending, self.last, self.place = None, by, 0


def _one(words: list[str], at: int) -> tuple[int, _Sum | None]:
    """Reads one number from `at`; gives the place behind it, and what it adds up to if it is a number."""
    first = at
    sum_ = _Sum()
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word[0].isdigit():
        sum_.pending = figure(word, scaled=following in _SCALES)
        if sum_.pending is None:
            return len(words), None
        at += 1
    elif word in _VAGUE or word == "nửa":
        if following not in _SCALES and word not in {"vài", "dăm"}:
            return at + 1, None
        sum_.pending = _FEW.get(word, 1.0)
        at += 1
        if following not in _SCALES:
            return at, sum_
    while at < len(words) and _add(sum_, words, at, first):
        at += 1
    if at - first > 1 and words[at - 1] in _DIGITS and _SCALES.get(words[at - 2], 0) >= 1e3 and not words[first][0].isdigit():
        sum_.pending = (sum_.pending or 0) * sum_.last / 10  # "một tỷ hai" is 1.2 billion
    return max(at, first + 1), sum_ if at > first and sum_.value < _LARGEST else None


def _add(sum_: _Sum, words: list[str], at: int, first: int) -> bool:
    """Adds the word at `at`; False where it can't belong to the number that began at `first`."""
    word = words[at]
    if at > first and words[at - 1] in _HALF:
        return False
    if word == _POINT:
        if sum_.place or sum_.total or at == first or at + 1 == len(words) or words[at + 1] not in {*_DIGITS, "không"}:
            return False
        sum_.pending, sum_.group, sum_.place = sum_.value, 0.0, 1
    elif sum_.place and (word in _DIGITS or word == "không"):
        sum_.pending = round((sum_.pending or 0) + _DIGITS.get(word, 0) / 10**sum_.place, sum_.place)
        sum_.place += 1
    elif word == "không":
        sum_.pending = 0.0
    elif word in _DIGITS or word[0].isdigit():
        if sum_.pending is not None or (word == "năm" and not _is_five(words, at, first)):
            return False
        sum_.pending = float(_DIGITS[word]) if word in _DIGITS else figure(word, scaled=True)
    elif word == "mười":
        if sum_.pending is not None:
            return False
        sum_.group += 10
    elif word == "mươi":
        sum_.scale(10)
    elif word in _ZERO:
        return sum_.pending is None and at + 1 < len(words) and words[at + 1] in _DIGITS
    elif word in _HALF:
        if sum_.last < 100:
            return False
        sum_.total += sum_.last / 2
    elif word in _SCALES and sum_.value < _LARGEST:
        sum_.scale(_SCALES[word])
    else:
        return False
    return True


def _is_five(words: list[str], at: int, first: int) -> bool:
    """Whether "năm" is five and not a year: at the head of a number, after "linh", or before a scale."""
    if at == first or words[at - 1] in _ZERO:
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    below = following == "triệu" and words[at - 1] in {"tỷ", "tỉ"}
    return below or (following in {"mươi", "trăm", "nghìn", "ngàn"} and not words[at - 1][0].isdigit())


def figure(written: str, *, scaled: bool = False) -> float | None:
    """The value of a figure, None where it is none. A comma before three digits is decimal if a scale follows ("1,125 tỷ")."""
    plain = written.replace(" ", "")
    if len(plain) > 24:
        return None
    if " " in written and not (plain.isdigit() and len(written.split(maxsplit=1)[0]) <= 3):
        return None
    leading = plain.startswith("0") and len(plain) > 1
    if leading and plain[1] not in ".,":
        return None
    if _VN.match(plain) and not leading:
        return float(plain.replace(".", "").replace(",", "."))
    if _EN.match(plain) and not leading and not (scaled and plain.count(",") == 1 and "." not in plain):
        return float(plain.replace(",", ""))
    if _PLAIN.match(plain):
        return float(plain.replace(",", "."))
    return None


def _joined(text: str, numbers: list[Number]) -> list[Number]:
    """Ranges: two numbers with "-", "đến" or "hoặc" between them, the first smaller; it shares the second one's scale if it has none."""
    out: list[Number] = []
    for number in numbers:
        low = out[-1] if out else None
        if low and number.vague and text[low.start : number.start].lower() == "một ":
            out[-1] = replace(number, start=low.start)  # "một vài"
            continue
        if low and _neighbours(text, low, number):
            out[-1] = replace(low, stop=number.stop, value=low.value * number.scale, scale=number.scale, max=number.value)
            continue
        if low and _few(text, low, number):
            out[-1] = replace(low, stop=number.stop, value=number.value)  # "dăm ba"
            continue
        joint = _JOIN.match(text, low.stop) if low and number.start - low.stop <= 12 else None
        if low is None or low.max is not None or not joint or joint.end() != number.start:
            out.append(number)
            continue
        glued = "-" in joint[0]
        if joint[0].strip() == "and" and not _FROM.search(text, max(0, low.start - 9), low.start):
            out.append(number)
            continue
        start = low.value
        if low.scale == 1 and number.scale >= 1e3 and low.value < number.value / number.scale:
            start *= number.scale
        if start < number.value:
            out[-1] = replace(low, stop=number.stop, value=start, scale=number.scale, max=number.value, vague=low.vague or number.vague)
        elif glued and " " not in joint[0]:
            out.pop()  # a date ("20-8") or a score
        else:
            out.append(number)
    return out


def _neighbours(text: str, low: Number, high: Number) -> bool:
    """Whether two words make a guess: "hai ba chiếc", "năm, sáu tàu", "hai ba chục khẩu"."""
    if low.figures or high.figures or low.max is not None or low.value >= 10 or high.scale < low.scale:
        return False
    return low.value + 1 == high.value / high.scale < 10 and text[low.stop : high.start] in {" ", ", "}


def _few(text: str, low: Number, high: Number) -> bool:
    return high.start == low.stop + 1 and high.value == 3 and text[low.start : low.stop].lower() == "dăm"


_BOUNDS = from_rows([row for row in table("vi", "bounds") if row["kind"] != "year"], "pattern", "kind", "not_after")
_YEAR = frozenset(pattern for row in table("vi", "bounds") if row["kind"] == "year" for pattern in row["pattern"].split("|"))
_NO_BOUNDS = {"none", "label"}
_UP = re.compile(r" trở lên(?!\w)")
_DOWN = re.compile(r" (?:trở xuống|đổ lại)(?!\w)")


def before(text: str, start: int) -> tuple[int, str | None]:
    """What the words before a number at `start` make of it: where they begin and a bound, "none" or "label" for no count, None."""
    found = _BOUNDS.before(text, start)
    if not found:
        return start, None
    begin, kind = found
    if kind == "free":
        return start, None
    outer = _BOUNDS.before(text, begin)
    if outer and kind not in _NO_BOUNDS and outer[1] not in {*_NO_BOUNDS, "free"}:
        begin = outer[0]
    return begin, kind


def year_before(text: str, start: int) -> bool:
    """Whether the word before a "năm" at `start` says that it means a year."""
    window = text[max(0, start - 20) : start].split()
    return bool(window) and window[-1].lower() in _YEAR


def bounded(text: str, number: Number, start: int, stop: int, led: tuple[int, str | None] | None = None) -> tuple[int, int, Bound]:
    """The span and the bound of what counts with `number` between `start` and `stop`, the words of the bound included.

    `led` is what `before` says of `start`, where that is known.
    """
    begin, kind = led or before(text, start)
    if number.max is not None:
        opening = _FROM.search(text, max(0, begin - 9), begin)
        return (opening.start() if opening else begin if kind and kind not in _NO_BOUNDS else start), stop, "range"
    if kind == "about":
        return begin, stop, "about"
    if kind == "at_least":
        return begin, stop, "at_least"
    if kind == "up_to":
        return begin, stop, "up_to"
    if more := _UP.match(text, stop):
        return start, more.end(), "at_least"
    if less := _DOWN.match(text, stop):
        return start, less.end(), "up_to"
    return start, stop, "at_least" if number.vague else "exact"
