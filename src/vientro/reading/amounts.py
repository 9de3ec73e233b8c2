"""Sums of money: a number with a currency before or after it, its bound, its period, and whether it converts the sum before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vientro.lang.data import table
from vientro.model.mention import Amount
from vientro.reading import numbers
from vientro.reading.phrases import from_rows
from vientro.reading.text import fold

if TYPE_CHECKING:
    from vientro.reading.numbers import Number
    from vientro.reading.phrases import Phrases

_PERIODS = {
    "năm": "year", "tháng": "month", "tuần": "week", "ngày": "day", "quý": "quarter", "giờ": "hour", "đêm": "day",
    "year": "year", "month": "month", "week": "week", "day": "day",
}  # fmt: skip
_PERIOD = "|".join(_PERIODS)
_PER_AFTER = re.compile(rf"(?: (?:mỗi|một|hàng|hằng|a|per|each) | ?/ ?)({_PERIOD})(?!\w)")
_PER_BEFORE = re.compile(rf"(?<!\w)(?:mỗi|hàng|hằng) ({_PERIOD})(?!\w),?[^,.;:()\n]*$", re.IGNORECASE)
# "tiền lương mỗi năm": the words of what is paid between the sum and its period.
_PER_LATER = re.compile(rf"(?: (?!mỗi )[^\W\d]+){{1,5}} (?:mỗi|hằng) ({_PERIOD})(?!\w)")
_PER_UNIT = re.compile(
    r" ?/ ?[^\W\d]| mỗi (?!khi(?!\w)|lần(?!\w)|đợt(?!\w))[^\W\d]"
    r"| (?:một|per) (?:chiếc|quả|hệ thống|tổ hợp|khẩu|viên|người|thùng|tấn|lít|kg|bộ|xe|tàu|đơn vị|máy bay|tên lửa|hộ|gia đình"
    r"|ounce|lượng|chỉ|m2|mét vuông|liều|giờ bay|cổ phiếu|suất|con|căn|cái|cuốn|gram|gallon|MWh|kWh|barrel|unit)(?!\w)"
)
# What stands between a sum and its conversion: "500 triệu euro (khoảng 589 triệu USD)", "..., tương đương 12 tỷ đồng".
_CONVERTS = re.compile(
    r" ?(?:[(\[,]|- )? ?(?:(?:tương đương|tương ứng|quy đổi|quy ra|tức|hay|=|~|≈|với|là|khoảng)[ :]{0,2}){0,3}", re.IGNORECASE
)
_LIST = re.compile(r"(?:, | và |, và |, thậm chí | hoặc | hay | cùng |/)(?:(?:khoảng|gần|hơn) )?")
# "từ 3 tỷ lên 5 tỷ euro": a change, whose two sums share a currency.
_CHANGE = re.compile(r" (?:tăng |giảm )?(?:lên|xuống|thành|so với|rồi)(?: (?:còn|tới|đến|thành|mức))?(?: (?:khoảng|gần|hơn|trên|dưới))? ?")
_RANGE = re.compile(r" ?- ?| (?:đến|tới|to) ")
_LETTER = re.compile(r" ?(mn|bn|tn|tr|[mMbBkK])(?!\w)")
_LETTERS = {"m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "tr": 1e6, "k": 1e3}


def _phrases(place: str) -> Phrases[str]:
    return from_rows([row for row in table("vi", "currencies") if row["place"] == place], "names", "code", "not_before")


def _shared_names() -> dict[str, list[tuple[str, str]]]:
    """Names of currencies of several states: for each its codes with the words that speak of their states."""
    names: dict[str, list[tuple[str, str]]] = {}
    for row in table("vi", "currency_places"):
        for name in row["name"].split("|"):
            names.setdefault(name, []).extend((place, row["code"]) for place in row["places"].split("|"))
    return names


_AFTER = _phrases("after")
_BEFORE = _phrases("before")
_SUM = _phrases("sum")
_SHARED_NAMES = _shared_names()
_UNKNOWN = "-"
_DONG = {"đ", "Đ"}  # how what _SUM holds begins
_CLAUSE = re.compile(r"[,;:()\n]|\. ")


def find_amounts(text: str) -> list[Amount]:
    """Sums of money in a text of any Unicode form; offsets are of `text` as given."""
    folded = fold(text)
    return folded.to_stored(find(folded.text))


def find(text: str, given: list[Number] | None = None) -> list[Amount]:
    """Sums of money in a folded text, in order of place. `given` are its numbers where they were found before."""
    amounts: list[Amount] = []
    waiting: list[Number] = []  # numbers that may share the currency of a later one: "5 triệu, một triệu và 500.000 USD"
    for number in numbers.find(text) if given is None else given:
        amount = _amount(text, number)
        if amount is None:
            waiting = [*waiting[-7:], number] if waiting and _listed(text, waiting[-1].stop, number.start) else [number]
            continue
        if waiting:
            amounts.extend(_shared(text, waiting, number, amount))
            waiting = []
        if amounts:
            merged = _merged(text, amounts[-1], amount)
            if merged:
                amounts[-1] = merged
                continue
            amount = replace(amount, conversion=_converts(text, amounts[-1], amount))
        amounts.append(amount)
    return amounts


def is_money(text: str, number: Number) -> bool:
    """Whether a number of a folded text has a currency before or after it."""
    return bool(_currency(text, number, number.stop) or _sign(text, number))


def _sign(text: str, number: Number) -> tuple[int, str] | None:
    """Where a currency before a number begins, and its code."""
    sign = _BEFORE.before(text, number.start) if number.figures else None
    return sign if sign and _clear(text, sign[0]) else None


def _amount(text: str, number: Number) -> Amount | None:
    start, stop = number.start, number.stop
    scale = 1.0
    sign = _sign(text, number)
    letter = _LETTER.match(text, stop) if number.figures and number.scale == 1 else None
    if letter:
        behind = _currency(text, number, letter.end())
        if sign or behind:
            stop, scale = letter.end(), _LETTERS[letter[1].lower()]
    behind = _currency(text, number, stop)
    if sign:
        start, code = sign
        if behind and behind[1] == code:
            stop = behind[0]
    elif behind:
        code = _of_place(text, start, text[stop : behind[0]].strip(), behind[1])
        stop = behind[0]
    else:
        return None
    if code == _UNKNOWN:
        return None
    before = numbers.before(text, start)
    if before[1] == "none" and not number.lone and number.scale == 1 and number.value <= 2100:
        return None
    begin, stop, bound = numbers.bounded(text, number, start, stop, before)
    if number.vague and bound in {"exact", "about"}:
        bound = "at_least"
    per = None
    if period := _PER_AFTER.match(text, stop):
        stop, per = period.end(), _PERIODS[period[1]]
    elif _PER_UNIT.match(text, stop):
        per = "unit"
    elif period := _PER_LATER.match(text, stop):
        per = _PERIODS[period[1]]
    elif period := _PER_BEFORE.search(text, max(0, begin - 60), begin):
        per = _PERIODS[period[1].lower()]
    most = None if number.max is None else number.max * scale
    return Amount(begin, stop, text[begin:stop], number.value * scale, code, bound, most, per, number.vague)


def _clear(text: str, start: int) -> bool:
    """Whether a currency before a number is no part of a word, nor the end of another sum ("5 tỷ USD 2 năm")."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "$"):
        return False
    if not text[start].isalpha():
        return True
    earlier = text[max(0, start - 2) : start].rstrip()
    return not earlier or not (
        earlier[-1].isdigit() or text[max(0, start - 8) : start].split()[-1:] in (["triệu"], ["tỷ"], ["tỉ"], ["nghìn"])
    )


def _currency(text: str, number: Number, stop: int) -> tuple[int, str] | None:
    """Where the currency behind `number`, which stands at `stop`, ends, and its code."""
    place = stop + 1 if text[stop : stop + 1] == " " else stop
    found = _AFTER.after(text, place)
    if found is None and (number.scale >= 1e3 or number.value >= 1e4) and text[place : place + 1] in _DONG:
        return _SUM.after(text, place)
    return found


def _of_place(text: str, start: int, name: str, code: str) -> str:
    """The code of a currency `name` by the state of which the words before a sum at `start` speak, else `code`.

    The first state of its clause is meant, or of its sentence, else the last one before that.
    """
    places = _SHARED_NAMES.get(name.lower())
    if not places:
        return code
    window = text[max(0, start - 300) : start]
    sentence = window[max(window.rfind(". ") + 1, window.rfind("\n") + 1) :]
    cuts = [cut.end() for cut in _CLAUSE.finditer(sentence)]
    for part in (sentence[cuts[-1] if cuts else 0 :], sentence):
        first = min(((at, found) for place, found in places if (at := part.find(place)) >= 0), default=None)
        if first:
            return first[1]
    last = max(((at, found) for place, found in places if (at := window.rfind(place)) >= 0), default=None)
    return last[1] if last else code


def _listed(text: str, start: int, stop: int) -> bool:
    """Whether what stands between two numbers makes one enumeration of them, or one change."""
    return stop - start <= 32 and bool(_LIST.fullmatch(text, start, stop) or _CHANGE.fullmatch(text, start, stop))


def _shared(text: str, waiting: list[Number], last: Number, amount: Amount) -> list[Amount]:
    """Sums before `amount`, the sum of the number `last`, in one enumeration with it, written without their currency."""
    if not (_listed(text, waiting[-1].stop, amount.start) or _CHANGE.fullmatch(text, waiting[-1].stop, last.start)):
        return []
    out = []
    for number in waiting:
        if number.lone or (number.scale < 1e3 and number.value < 1000):
            continue
        start, stop, bound = numbers.bounded(text, number, number.start, number.stop)
        if not 1900 <= number.value <= 2100:
            out.append(Amount(start, stop, text[start:stop], number.value, amount.currency, bound, number.max, amount.per, number.vague))
    return out


def _merged(text: str, low: Amount, high: Amount) -> Amount | None:
    """One range out of "2 tỷ USD đến 3 tỷ USD"."""
    if low.currency != high.currency or low.max is not None or high.max is not None or low.value >= high.value:
        return None
    if not _RANGE.fullmatch(text, low.stop, high.start):
        return None
    start = low.start - 3 if text[max(0, low.start - 3) : low.start].lower() == "từ " else low.start
    return replace(low, start=start, stop=high.stop, text=text[start : high.stop], bound="range", max=high.value, per=low.per or high.per)


def _converts(text: str, earlier: Amount, amount: Amount) -> bool:
    between = text[earlier.stop : amount.start]
    return earlier.currency != amount.currency and 0 < len(between.strip()) <= 30 and bool(_CONVERTS.fullmatch(between))
