"""Counts and measures: a number with the unit or the noun that it counts, its bound, and the whole where it is a share."""

from __future__ import annotations

import re
from dataclasses import replace

from vientro.lang.data import table
from vientro.model.mention import Quantity
from vientro.reading import amounts, numbers
from vientro.reading.lexicon import lower
from vientro.reading.numbers import Number
from vientro.reading.phrases import Phrase, Phrases
from vientro.reading.text import fold

_UNITS = Phrases(
    Phrase(pattern, row["kind"], frozenset(filter(None, row["not_before"].split("|"))))
    for row in table("vi", "units")
    for pattern in row["pattern"].split("|")
)
_KINDS = {pattern: row["kind"] for row in table("vi", "units") for pattern in row["pattern"].split("|")}
_WORD = re.compile(r"[^\W\d_][\w-]*")
_GLUED = re.compile(r"(?:mm|cm|km|kg|m|g|MW|GW|kW|kWh|MWh|ha|km2|m2|m3|%)(?!\w)", re.IGNORECASE)
_FIRST = re.compile(
    r"(?<!\w)(?P<unit>[cC]hiếc|[tT]ổ hợp|[hH]ệ thống|[tT]àu|[kK]hẩu đội|[qQ]uả|[bB]ệ phóng|[lL]ô)"
    r"(?: (?!(?:của|cho|và|là|được|đã|sẽ|lần|hàng) )\w[\w-]*){0,5}? đầu tiên(?! (?:trong|thuộc)(?!\w))"
)
_PLURAL = re.compile(r"(?:những|các|mọi|\d|số|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|vài) $", re.IGNORECASE)
_VAGUE_UNIT = re.compile(r"[hH]àng (tấn|thùng|lít)(?!\w)")
_FRACTION = re.compile(r"\d{1,5}/\d{1,5}")
_SPAN_OF_TIME = {"từ", "đến", "tới", "trước", "sau", "vào", "sang", "qua", "và", "-", "là"}
# "14 (chiếc) trong (tổng) số 30", "14 tiêm kích trong lô 30", "10 of the 30": at most six words between the part and the whole.
_WHOLE = r"(?:trong|thuộc)(?:(?: (?:tổng cộng|tổng|toàn bộ))?(?: (?:số|lô|đơn hàng|hợp đồng))(?: (?:gồm|là))?| tổng cộng)"
_PART_OF = re.compile(rf"(?:(?: [^\s.,;:()]+){{0,6}}? {_WHOLE}| trong| (?:out )?of(?: the)?) ")
_OF_ALL = re.compile(r"(?:trong|thuộc) (?:tổng )?số $", re.IGNORECASE)
_REST = re.compile(r"[^.;:()\n]{0,60}(?:, | có | thì | mới )(?:(?:chỉ|mới|đã|có) ){0,2}")
_FIRST_OF = re.compile(rf"(?P<head>[^.,;:()\n]*?)(?P<which>đầu tiên|thứ nhất|thứ hai|thứ ba|cuối cùng|mới nhất) {_WHOLE} $")
_BATCH = re.compile(r"(?<!\w)(?:lô|loạt|đợt|phần|nhóm|số|những|các|một số|một vài|vài)(?!\w)[^.,;:()\n]*$", re.IGNORECASE)


def find_quantities(text: str) -> list[Quantity]:
    """Counts and measures in a text of any Unicode form; offsets are of `text` as given."""
    folded = fold(text)
    return [
        replace(found, start=folded.raw(found.start), stop=folded.raw(found.stop), text=folded.slice(found.start, found.stop))
        for found in find(folded.text)
    ]


def countable(unit: str | None) -> bool:
    """Whether a quantity of this unit says how many there are, and not how long, heavy or old something is."""
    return unit is None or _KINDS.get(unit.lower(), "count") in {"count", "batch", "noun", "thing"}


def find(text: str, given: list[Number] | None = None) -> list[Quantity]:
    """Counts and measures in a folded text, in order of place. `given` are its numbers where they were found before."""
    several = numbers.find(text) if given is None else given
    found: list[Quantity] = []
    behind = -2
    for number in several:
        quantity = _quantity(text, number, behind)
        behind = number.stop
        if quantity is None:
            continue
        whole = _whole(text, found[-1], quantity) if found else None
        if whole:
            found[-1] = whole
        elif found and _named_whole(text, found[-1], quantity):
            found.append(replace(quantity, of=found[-1].value))
        else:
            found.append(_first_of(text, quantity) or quantity)
    found = [quantity for quantity in found if not _article(text, quantity)]
    others = [*_fractions(text), *_vague_units(text), *_firsts(text, found)]
    return sorted([*found, *others], key=lambda quantity: quantity.start) if others else found


def _quantity(text: str, number: Number, behind: int) -> Quantity | None:
    """The count or measure that begins with `number`; `behind` is where the number before it ends."""
    if amounts.is_money(text, number):
        return None
    begin, kind = numbers.before(text, number.start)
    if number.lone and kind in {None, "none"}:
        return None
    if not number.figures and _is_name_or_year(text, number, behind):
        return None
    stop, unit = number.stop, None
    spaced = text[stop : stop + 1] == " "
    counted = _UNITS.after(text, stop + 1 if spaced else stop)
    if counted and not spaced and not _GLUED.match(text, stop):
        counted = None
    sort = counted[1] if counted else _sort(text, number, begin) if spaced else "none"
    if counted and sort in {"count", "batch", "measure"}:
        unit = text[stop + spaced : counted[0]]
        stop = counted[0]
    if sort == "none" and ((spaced and _PART_OF.match(text, stop)) or _OF_ALL.search(text, max(0, begin - 30), begin)):
        sort = "noun"
    if sort in {"none", "time"} or (kind == "none" and sort != "measure"):
        return None
    if number.figures:
        if (sort in {"noun", "thing", "batch"} and _is_year(text, number)) or (sort != "measure" and number.value % 1):
            return None
    elif lower(text[number.start : number.stop]) == "một" and sort not in {"count", "thing"} and not _PART_OF.match(text, stop):
        return None  # "một" is the article before all but things and their units
    start, stop, bound = numbers.bounded(text, number, number.start, stop)
    if number.value < 10 and text[start : number.start].lower() == "trên ":
        start, bound = number.start, "exact"  # "on three ships"
    if number.vague and bound in {"exact", "about"}:
        bound = "at_least"
    return Quantity(start, stop, text[start:stop], number.value, bound, number.max, unit, None, number.vague)


def _sort(text: str, number: Number, begin: int) -> str:
    """ "noun" where the next word, which the table does not know, can be what is counted, else "none"."""
    word = _WORD.match(text, number.stop + 1)
    if not word:
        return "none"
    if number.figures and _capital_before(text, begin):  # "Leopard 2 hiện đại"
        return "none"
    if len(word[0]) == 1 and word[0].isupper():  # "30 N 6"
        return "none"
    return "noun"


def _capital_before(text: str, place: int) -> bool:
    window = text[max(0, place - 25) : place]
    word = window.rsplit(" ", 2)[-2:-1] if window.endswith(" ") else []
    return bool(word) and word[0] != word[0].lower() and word[0][-1:].isalnum()


def _is_year(text: str, number: Number) -> bool:
    return 1900 < number.value < 2100 and number.value != 2000 and text[number.start : number.start + 4].isdigit()


def _article(text: str, quantity: Quantity) -> bool:
    """Whether nothing came of "một trong": "một trong những"."""
    return quantity.of is None and lower(quantity.text) == "một" and text.startswith(" trong ", quantity.stop)


def _is_name_or_year(text: str, number: Number, behind: int) -> bool:
    """Whether number words are a name ("Ba Lan", "Năm Căn") or a year ("trong năm hệ thống này")."""
    written = text[number.start : number.stop]
    following = text[number.stop + 1 : number.stop + 3]
    if written[0].isupper() and following[:1].isupper() and following[1:2].islower():
        return True
    if written.lower() != "năm":
        return False
    if behind == number.start - 1 or numbers.year_before(text, number.start):
        return True
    counted = _UNITS.after(text, number.stop + 1)
    return not counted or counted[1] not in {"count", "noun", "thing"}


def _whole(text: str, part: Quantity, whole: Quantity) -> Quantity | None:
    """One share out of "14 chiếc trong số 30"."""
    if part.of is not None or part.max is not None or part.value > whole.value or whole.start - part.stop > 80:
        return None
    if not _PART_OF.fullmatch(text, part.stop, whole.start):
        return None
    return replace(part, stop=whole.stop, text=text[part.start : whole.stop], of=whole.value, unit=part.unit or whole.unit)


def _named_whole(text: str, whole: Quantity, part: Quantity) -> bool:
    """Whether the whole was named first: "trong số 30 xe, 14 chiếc"."""
    if whole.of is not None or whole.max is not None or part.value >= whole.value or part.start - whole.stop > 70:
        return False
    return bool(_OF_ALL.search(text, max(0, whole.start - 20), whole.start) and _REST.fullmatch(text, whole.stop, part.start))


def _first_of(text: str, whole: Quantity) -> Quantity | None:
    """One of several out of "lô đầu tiên trong tổng số 4 hệ thống"; a batch may be more than one."""
    window = max(0, whole.start - 90)
    if "trong" not in text[max(0, whole.start - 25) : whole.start] and "thuộc" not in text[max(0, whole.start - 25) : whole.start]:
        return None
    found = _FIRST_OF.search(text, window, whole.start)
    if not found:
        return None
    batch = _BATCH.search(found["head"])
    start = found.start("head") + batch.start() if batch else found.start("which")
    return replace(
        whole, start=start, text=text[start : whole.stop], value=1.0, bound="at_least" if batch else "exact", max=None, of=whole.value
    )


def _fractions(text: str) -> list[Quantity]:
    """Shares in figures ("2/4 hệ thống"), which a unit behind them tells from dates."""
    out = []
    for found in _FRACTION.finditer(text):
        start, stop = found.span()
        if text[stop : stop + 1] != " " or (start and (text[start - 1].isalnum() or text[start - 1] in "/.,-:")):
            continue
        part, _, whole = found[0].partition("/")
        counted = _UNITS.after(text, stop + 1)
        if not counted or counted[1] not in {"count", "noun", "thing"} or not 0 < int(part) <= int(whole):
            continue
        before = text[max(0, start - 12) : start].split()
        if numbers.before(text, start)[1] == "none" or (before and before[-1].lower() in _SPAN_OF_TIME):
            continue
        unit = text[stop + 1 : counted[0]] if counted[1] == "count" else None
        stop = counted[0] if unit else stop
        begin, stop, bound = numbers.bounded(text, Number(start, stop, float(part), figures=True), start, stop)
        out.append(Quantity(begin, stop, text[begin:stop], float(part), bound, None, unit, float(whole)))
    return out


def _firsts(text: str, found: list[Quantity]) -> list[Quantity]:
    """The one of "tổ hợp tên lửa đầu tiên", where no number says how many the first are."""
    out = []
    taken = {place for quantity in found for place in (quantity.start, quantity.stop)}
    for place in _places(text, " đầu tiên"):
        first = _FIRST.search(text, max(0, place - 60), place + len(" đầu tiên trong "))
        if not first or first.end() != place + len(" đầu tiên"):
            continue
        start, stop = first.span("unit")
        counted = _UNITS.after(text, start)
        plural = _PLURAL.search(text, max(0, start - 12), start)
        if counted and counted[0] == stop and not plural and start not in taken and stop not in taken:
            out.append(Quantity(start, first.end(), first[0], 1.0, "exact", None, first["unit"]))
    return out


def _places(text: str, words: str) -> list[int]:
    places = []
    place = text.find(words)
    while place >= 0:
        places.append(place)
        place = text.find(words, place + 1)
    return places


def _vague_units(text: str) -> list[Quantity]:
    """Measures without a number ("hàng tấn")."""
    return [Quantity(m.start(), m.end(), m[0], 1.0, "at_least", None, m[1], None, vague=True) for m in _VAGUE_UNIT.finditer(text)]
