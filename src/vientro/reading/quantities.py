"""Counts and measures: a number with the unit or the noun that it counts, its bound, and the whole where it is a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vientro.model.mention import Quantity
from vientro.reading import amounts, numbers, shares, units
from vientro.reading.lexicon import lower
from vientro.reading.text import fold

if TYPE_CHECKING:
    from vientro.reading.numbers import Number

_WORD = re.compile(r"[^\W\d_][\w-]*")
_GLUED = re.compile(r"(?:mm|cm|km|kg|m|g|MW|GW|kW|kWh|MWh|ha|km2|m2|m3|%)(?!\w)", re.IGNORECASE)
_WEIGHTS = frozenset({"tấn", "kg", "lít", "thùng", "gallon"})
_PRICE = re.compile(r"(?:đồng|USD|euro|đô|đô la|yên|tệ|won|bảng|rúp|cent|xu|đ|[$€£%\d)/]) $")
_NOTHING_BEHIND = frozenset(["", *'.,;)!?\n"'])
# "số binh sĩ được huấn luyện là 300": what is counted stands before the number.
_COUNT_OF = re.compile(
    r"(?<!\w)(?<!chỉ )(?<!tỷ )(?<!tỉ )(?<!điểm )(?<!doanh )số (?!tiền|vốn|dư|điện|liệu|thuế|nợ|hiệu|nhà|thứ|phận|thu|chi|phiếu bầu|đo)"
    r"(?:[^.,;:()\n\d]{2,60}? )??(?P<verb>(?:là|lên|tới|đến|còn|đạt|thành|mức) )?$",
    re.IGNORECASE,
)
_VAGUE_UNIT = re.compile(r"àng (?<=[hH]àng )(tấn|thùng|lít)(?!\w)")  # letters first, so that the engine looks fast


def find_quantities(text: str) -> list[Quantity]:
    """Counts and measures in a text of any Unicode form; offsets are of `text` as given."""
    folded = fold(text)
    return folded.to_stored(find(folded.text))


def find(text: str, given: list[Number] | None = None) -> list[Quantity]:
    """Counts and measures in a folded text, in order of place. `given` are its numbers where they were found before.

    A unit that can begin the name of a thing ("4 hệ thống phòng không") is given, but is not in the span.
    """
    found: list[Quantity] = []
    behind = -2
    for number in numbers.find(text) if given is None else given:
        quantity = _quantity(text, number, behind)
        behind = number.stop
        if quantity:
            found.append(quantity)
    found = [quantity for quantity in shares.joined(text, shares.parted(text, found)) if not _article(text, quantity)]
    others = [*shares.fractions(text), *shares.firsts(text), *_vague_units(text)]
    return sorted([*found, *others], key=lambda quantity: quantity.start) if others else found


def _quantity(text: str, number: Number, behind: int) -> Quantity | None:
    """The count or measure that begins with `number`; `behind` is where the number before it ends."""
    if amounts.is_money(text, number):
        return None
    led = begin, kind = numbers.before(text, number.start)
    bare = text[number.stop : number.stop + 1] in _NOTHING_BEHIND and _counts_alone(text, number, begin)
    if number.lone and kind in {None, "none", "label"} and not (bare and number.value > number.scale):
        return None
    if not number.figures and _is_name_or_year(text, number, behind):
        return None
    stop = number.stop
    spaced = text[stop : stop + 1] == " "
    counted = units.after(text, stop + 1) if spaced else units.after(text, stop) if _GLUED.match(text, stop) else None
    sort = counted[1] if counted else _sort(text, number, begin) if spaced else "none"
    if sort == "none" and (bare or shares.may_be_part(text, stop) or shares.may_be_whole(text, begin)):
        sort = "noun"
    if sort in {"none", "time"} or (kind == "none" and (sort != "measure" or _is_year(text, number))):
        return None
    if bare and _is_year(text, number):
        return None
    if kind == "label" and not (counted and counted[1] != "none") and not number.vague and (number.value < 100 or _is_year(text, number)):
        return None  # "điều 5 hiệp ước", but "điều 5 tàu"
    if number.figures:
        if (sort in {"noun", "thing", "batch"} and _is_year(text, number)) or (sort != "measure" and number.value % 1):
            return None
    elif lower(text[number.start : stop]) == "một" and (text.startswith(" nửa", stop) or not _is_one(text, number, kind, sort, counted)):
        return None
    unit = text[stop + spaced : counted[0]] if counted and sort in units.COUNTED else None
    end = counted[0] if counted and unit else stop
    start, end, bound = numbers.bounded(text, number, number.start, end, led)
    if sort == "system" and counted and end == counted[0]:
        end = stop
    if number.value < 10 and text[start : number.start].lower() == "trên ":
        start, bound = number.start, "exact"  # "on three ships"
    if number.vague and bound in {"exact", "about"}:
        bound = "at_least"
    return Quantity(start, end, text[start:end], number.value, bound, number.max, unit, None, number.vague)


def _counts_alone(text: str, number: Number, begin: int) -> bool:
    """Whether a number with nothing behind it counts what was said before ("số xe tăng lên tới 300"), or is all that the text says."""
    floor = max(0, begin - 80)
    said = _COUNT_OF.search(text, floor, begin) if text.find("ố ", floor, begin) >= 0 else None
    if said and (said["verb"] or (begin < number.start and len(said[0]) > len("số "))):  # not "trúng số hơn 16 tỷ"
        return True
    return number.stop + 3 >= len(text) and not text[number.stop :].strip(" .") and lower(text[:begin].strip()) in {"", "từ", "giữa"}


def _is_one(text: str, number: Number, kind: str | None, sort: str, counted: tuple[int, str] | None) -> bool:
    """Whether "một" is a number: it is the article before all but things, their units, and weights that are no part of a price."""
    if sort in units.THINGS or shares.may_be_part(text, number.stop):
        return True
    if not counted or text[number.stop + 1 : counted[0]] not in _WEIGHTS:
        return False
    return kind in {"about", "at_least", "up_to"} or not _PRICE.search(text, max(0, number.start - 12), number.start)


def _sort(text: str, number: Number, begin: int) -> str:
    """ "noun" where the next word, which the table does not know, can be what is counted, else "none"."""
    word = _WORD.match(text, number.stop + 1)
    if not word:
        return "none"
    if number.figures and _capital_before(text, begin):  # "Leopard 2 hiện đại"
        return "none"
    if len(word[0]) <= 2 and word[0][0].isupper() and (len(word[0]) == 1 or word[0][1].isdigit()):  # "30 N 6", "9 M9"
        return "none"
    return "noun"


def _capital_before(text: str, place: int) -> bool:
    window = text[max(0, place - 25) : place]
    word = window.rsplit(" ", 2)[-2:-1] if window.endswith(" ") else []
    return bool(word) and word[0] != word[0].lower() and word[0][-1:].isalnum()


def _is_year(text: str, number: Number) -> bool:
    return 1900 < number.value < 2100 and number.value != 2000 and text[number.start : number.start + 4].isdigit()


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
    counted = units.after(text, number.stop + 1)
    return not counted or counted[1] not in units.NOUNS


def _article(text: str, quantity: Quantity) -> bool:
    """Whether nothing came of "một trong": "một trong những"."""
    return quantity.of is None and lower(quantity.text) == "một" and text.startswith(" trong ", quantity.stop)


def _vague_units(text: str) -> list[Quantity]:
    """Measures without a number ("hàng tấn")."""
    return [
        Quantity(m.start() - 1, m.end(), text[m.start() - 1 : m.end()], 1.0, "at_least", None, m[1], None, vague=True)
        for m in _VAGUE_UNIT.finditer(text)
    ]
