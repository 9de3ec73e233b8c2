"""Shares: a part and its whole ("14 trong số 30", "lô đầu tiên trong tổng số 4", "2/4 hệ thống"), and the first one of many."""

from __future__ import annotations

import re
from dataclasses import replace

from vientro.model.mention import Bound, Quantity
from vientro.reading import numbers, units
from vientro.reading.numbers import Number
from vientro.reading.text import occurrences

_OVER = re.compile(r"/(?<=\d/)\d{1,5}(?= )")
_PART = re.compile(r"(?<![^\W_])(?<![/.,:-])\d{1,5}\Z")
_SPAN_OF_TIME = {"từ", "đến", "tới", "trước", "sau", "vào", "sang", "qua", "và", "-", "là"}
# "14 (chiếc) trong (tổng) số 30", "14 tiêm kích trong lô 30", "10 of the 30": at most six words between the part and the whole.
_WHOLE = (
    r"(?:(?:trong|thuộc|trên)(?: (?:tổng cộng|tổng|toàn bộ))?(?: (?:số|lô|đơn hàng|hợp đồng))(?: (?:gồm|là))?|(?:trong|trên) tổng cộng)"
)
_PART_OF = re.compile(rf"(?:(?: [^\s.,;:()]+){{0,6}}? {_WHOLE}| trong| trên| (?:out )?of(?: the)?) ")
_PLAIN_PART_OF = re.compile(rf" (?:{_WHOLE}|trong|trên) ")
_NUMERATORS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_DENOMINATORS = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_FRACTION = re.compile(
    rf"(?<!\w)(?:(?P<over>{'|'.join(_NUMERATORS)}|[1-9]) phần (?P<under>{'|'.join(_DENOMINATORS)}|[2-9]|10)|"
    r"(?:một )?nửa|(?P<figures>\d/\d\d?))"
    rf" (?:{_WHOLE}|trong|của) \Z",
    re.IGNORECASE,
)
_TO_WHOLE = (" trong ", " của ", " số ", " cộng ", " lô ", " gồm ", " là ", " hợp đồng ", " đơn hàng ")
_OF_ALL = re.compile(r"(?:trong|thuộc) (?:tổng )?số $", re.IGNORECASE)
_REST = re.compile(r"[^.;:()\n]{0,60}(?:, | có | thì | mới )(?:(?:chỉ|mới|đã|có) ){0,2}")
_FIRST_OF = re.compile(rf"(?P<head>[^.,;:()\n]*?)(?P<which>đầu tiên|thứ [^\s.,;:()]+|cuối cùng|mới nhất) {_WHOLE} $")
_BATCH = re.compile(r"(?<!\w)(?:lô|loạt|đợt|phần|nhóm|số|những|các|một số|một vài|vài)(?!\w)[^.,;:()\n]*$", re.IGNORECASE)
_FIRST = re.compile(
    r"(?<!\w)(?P<unit>[cC]hiếc|[tT]ổ hợp|[hH]ệ thống|[tT]àu|[kK]hẩu đội|[qQ]uả|[bB]ệ phóng|[lL]ô)"
    r"(?: (?!(?:của|cho|và|là|được|đã|sẽ|lần|hàng|hai|ba|bốn|năm|sáu|mười) )[^\W\d][\w-]*){0,5}? đầu tiên(?! (?:trong|thuộc)(?!\w))"
)
_PLURAL = re.compile(r"(?:những|các|mọi|\d|số|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|vài) $", re.IGNORECASE)


def may_be_part(text: str, stop: int) -> bool:
    """Whether words of a share follow a number that ends at `stop`."""
    part = _PART_OF.match(text, stop)
    return part is not None and (part[0] != " trên " or text[part.end() : part.end() + 1].isdigit())


def may_be_whole(text: str, start: int) -> bool:
    """Whether a number at `start` is said to be a whole."""
    return bool(_OF_ALL.search(text, max(0, start - 20), start))


def parted(text: str, found: list[Quantity]) -> list[Quantity]:
    """Quantities with "hai phần ba trong số 30 xe", "một nửa trong số 60" counted out: 20 of 30, 30 of 60. Without a whole in figures or
    words a fraction is none."""
    made: list[Quantity] = []
    for whole in found:
        if whole.max is not None or whole.vague or whole.unit == "%" or not text.endswith(_TO_WHOLE, 0, whole.start):
            continue
        part = _FRACTION.search(text, max(0, whole.start - 60), whole.start)
        if part is None:
            continue
        over, under = part["figures"].split("/") if part["figures"] else (part["over"] or "1", part["under"] or "2")
        share = (_NUMERATORS.get(over.lower()) or int(over)) / (_DENOMINATORS.get(under.lower()) or int(under) or 1)
        if share >= 1 or (part["figures"] and _dates(text, part.start())):
            continue
        value = whole.value * share
        start, stop, bound = numbers.bounded(text, Number(part.start(), part.end(), value), part.start(), whole.stop)
        if bound == "exact" and (value % 1 or whole.bound == "about"):
            bound = "about"
        made.append(Quantity(start, stop, text[start:stop], float(round(value)), bound, None, whole.unit, whole.value))
    if not made:
        return found
    taken = [(one.start, one.stop) for one in made]
    kept: list[Quantity] = []
    place = 0
    for one in found:
        while place < len(taken) - 1 and taken[place][1] <= one.start:
            place += 1
        if one.stop <= taken[place][0] or one.start >= taken[place][1]:
            kept.append(one)
    return sorted([*kept, *made], key=lambda one: one.start)


def joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Parts with their wholes made one quantity. The span covers both where nothing but the unit stands between them."""
    out: list[Quantity] = []
    for quantity in found:
        last = out[-1] if out else None
        if last and _is_whole(text, last, quantity):
            plain = _PLAIN_PART_OF.match(text, _behind_unit(text, last), quantity.stop)
            stop = quantity.stop if plain else last.stop
            value = last.value * _scale_of(quantity) if plain and _is_short_of(last, quantity) else last.value
            out[-1] = replace(
                last, stop=stop, text=text[last.start : stop], value=value, of=quantity.value, unit=last.unit or quantity.unit
            )
        elif last and _was_named(text, last, quantity):
            out.append(replace(quantity, of=last.value))
        else:
            out.append(_first_of(text, quantity) or quantity)
    return out


def _scale_of(whole: Quantity) -> float:
    return 1e9 if "tỷ" in whole.text or "tỉ" in whole.text else 1e6 if "triệu" in whole.text else 1.0


def _is_short_of(part: Quantity, whole: Quantity) -> bool:
    """Whether a part leaves its scale to the whole: "18 trong số 25 triệu"."""
    return part.unit is None and part.text.isdigit() and part.value < 1e3 and part.value * _scale_of(whole) <= whole.value


def _behind_unit(text: str, quantity: Quantity) -> int:
    unit = f" {quantity.unit}"
    return quantity.stop + len(unit) if text.startswith(unit, quantity.stop) else quantity.stop


def _is_whole(text: str, part: Quantity, whole: Quantity) -> bool:
    if part.of is not None or part.max is not None or part.value > whole.value or whole.start - part.stop > 80:
        return False
    over = whole.text.startswith("trên ") and units.countable(part.unit)  # "5 trên 18"
    start = whole.start + 5 if over else whole.start
    return bool(_PART_OF.fullmatch(text, part.stop, start) or _PART_OF.fullmatch(text, _behind_unit(text, part), start))


def _was_named(text: str, whole: Quantity, part: Quantity) -> bool:
    """Whether the whole was named first: "trong số 30 xe, 14 chiếc"."""
    if whole.of is not None or whole.max is not None or part.value >= whole.value or part.start - whole.stop > 70:
        return False
    return may_be_whole(text, whole.start) and bool(_REST.fullmatch(text, whole.stop, part.start))


def _first_of(text: str, whole: Quantity) -> Quantity | None:
    """One of several out of "lô đầu tiên trong tổng số 4 hệ thống"; a batch may be more than one."""
    near = text[max(0, whole.start - 25) : whole.start]
    found = _FIRST_OF.search(text, max(0, whole.start - 90), whole.start) if "trong" in near or "thuộc" in near else None
    if not found:
        return None
    batch = _BATCH.search(found["head"])
    start = found.start("head") + batch.start() if batch and len(batch[0]) < 8 else found.start("which")
    bound: Bound = "at_least" if batch else "exact"
    return replace(whole, start=start, text=text[start : whole.stop], value=1.0, bound=bound, max=None, of=whole.value)


def _dates(text: str, start: int) -> bool:
    """Whether what stands before figures like 2/4 makes them a day."""
    before = text[max(0, start - 12) : start].split()
    return numbers.before(text, start)[1] == "none" or (bool(before) and before[-1].lower() in _SPAN_OF_TIME)


def fractions(text: str) -> list[Quantity]:
    """Shares in figures ("2/4 hệ thống"), which what stands behind them tells from dates."""
    out = []
    for over in _OVER.finditer(text):
        found = _PART.search(text, max(0, over.start() - 6), over.start())
        counted = units.after(text, over.end() + 1) if found else None
        if not found or not counted or counted[1] not in units.NOUNS or not 0 < int(found[0]) <= int(over[0][1:]):
            continue
        start, stop, part, whole = found.start(), over.end(), float(found[0]), float(over[0][1:])
        if _dates(text, start):
            continue
        unit = text[stop + 1 : counted[0]] if counted[1] in units.COUNTED else None
        stop = counted[0] if counted[1] == "count" else stop
        begin, stop, bound = numbers.bounded(text, Number(start, stop, part, figures=True), start, stop)
        out.append(Quantity(begin, stop, text[begin:stop], part, bound, None, unit, whole))
    return out


def firsts(text: str) -> list[Quantity]:
    """The one of "tổ hợp tên lửa đầu tiên", where no number says how many the first are. The span is that of "đầu tiên"."""
    out = []
    for place in occurrences(text, " đầu tiên"):
        stop = place + len(" đầu tiên")
        first = _FIRST.search(text, max(0, place - 60), stop + 8)
        if first and first.end() == stop and not _PLURAL.search(text, max(0, first.start() - 12), first.start()):
            out.append(Quantity(place + 1, stop, text[place + 1 : stop], 1.0, "exact", None, first["unit"]))
    return out
