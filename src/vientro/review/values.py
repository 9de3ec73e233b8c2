"""What a person types for a slot, as its content in the interchange form."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vientro.lang.data import parse
from vientro.model.errors import InputError
from vientro.reading.actors import find_actors
from vientro.reading.amounts import find_amounts
from vientro.reading.equipment import find_equipment
from vientro.reading.quantities import find_quantities

if TYPE_CHECKING:
    from vientro.model.decision import Plain

_LISTS = ("actors", "recipients", "addressees", "payers", "givers", "funded_by")
_SUM = re.compile(
    r"(?P<bound>[<>~≤≥]?)\s*(?P<value>\d+(?:\.\d+)?(?:[eE]\d+)?)\s*(?:-\s*(?P<max>\d+(?:\.\d+)?(?:[eE]\d+)?)\s*)?(?P<currency>[A-Z]{3})"
)
_DAYS = ("date", "due", "horizon")
_DAY = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", re.ASCII)  # as it is written in Vietnam
_CODE = re.compile(r"[A-Z][A-Z-]+")
_BOUNDS = {"": "exact", "<": "up_to", "≤": "up_to", ">": "at_least", "≥": "at_least", "~": "about"}
_NOTHING = ("", "-", "null", "none")
_YES = {"yes": True, "no": False, "true": True, "false": False}


def value_of(slot: str, typed: str) -> Plain:
    """The content: JSON as it is, "-" (or null, or none) for nothing, "DE NO" or "Na Uy; Đức" for parties, "25000000 EUR", "<5e9 USD",
    "20-30 EUR" or Vietnamese words for sums, "8 radar; 50 tấn gạo" for things, 9/3/2025 or EDTF for days, anything else as text. Raises
    InputError for a party, a sum or a thing that is none."""
    text = typed.strip()
    if text.lower() in _NOTHING:
        return [] if slot in (*_LISTS, "amounts", "items", "shares", "schedule") else None
    if text[0] in "[{":
        try:
            found: Plain = json.loads(text)
        except ValueError as error:
            raise InputError(slot, f"{text[:60]!r} is no JSON ({error})", "docs/decisions.md says what each slot holds") from error
        return found
    if slot in _LISTS:
        return list(dict.fromkeys(code for part in re.split(r"\s*[,;\n]\s*", text) if part for code in _parties(part)))
    if slot in _DAYS and (day := _DAY.fullmatch(text)):
        return f"{day[3]}-{int(day[2]):02}" + (f"-{int(day[1]):02}" if day[1] else "")
    if slot == "amounts":
        return [_sum(part) for part in re.split(r"\s*[;,]\s*(?=[<>~≤≥]?\d)", text)]
    if slot == "items":
        return [_thing(part) for part in re.split(r"\s*;\s*", text) if part]
    if slot in ("permission", "repeat"):
        return _YES.get(text.lower(), text)
    return text


def _parties(text: str) -> list[str]:
    """Codes for what is called by a name, in either language, and for codes in a row; other words as they are."""
    if text.lower() in _NOTHING:
        raise InputError("parties", f"{text!r} names nobody", "Leave it out, or type - alone for nobody")
    if code := _called().get(text.casefold()):
        return [code]
    words = text.split()
    if all(_CODE.fullmatch(word) for word in words):
        return words
    found = find_actors(text)
    whole = len(found) == 1 and found[0].stop - found[0].start == len(text)
    return [found[0].code or text] if whole else [text]


@cache
def _called() -> dict[str, str]:
    rows = parse((files("vientro.lang") / "names.tsv").read_text("utf-8"), "names.tsv")
    return {said.casefold(): row["code"] for row in rows for said in (row["code"], row["vi"], row["en"]) if said}


def _thing(text: str) -> Plain:
    """A thing with its number, as an article would tell them."""
    found = find_equipment(text)
    if len(found) != 1:
        raise InputError(
            "items", f"{text[:60]!r} is no thing that is known", "Give things like 8 radar; 50 tấn gạo; or JSON (docs/decisions.md)"
        )
    (thing,) = found
    told: dict[str, Plain] = {"class": thing.cls, "text": thing.text}
    if thing.model:
        told["model"] = thing.model
    many = next((one for one in find_quantities(text) if one.stop <= thing.start), None)
    if many:
        count = {"value": many.value, "bound": many.bound, "max": many.max, "of": many.of, "unit": many.unit, "vague": many.vague or None}
        told["quantity"] = {name: value for name, value in count.items() if value is not None}
    return told


def _sum(text: str) -> Plain:
    if found := _SUM.fullmatch(text):
        bound = "range" if found["max"] else _BOUNDS[found["bound"]]
        told: dict[str, object] = {"value": float(found["value"]), "currency": found["currency"], "bound": bound}
        return told | ({"max": float(found["max"])} if found["max"] else {})
    for amount in find_amounts(text):
        if amount.stop - amount.start == len(text):
            told = {"value": amount.value, "currency": amount.currency, "bound": amount.bound}
            return told | ({"max": amount.max} if amount.max is not None else {}) | ({"per": amount.per} if amount.per else {})
    raise InputError("amounts", f"{text[:60]!r} is no sum", "Give sums like 25000000 EUR, <5e9 USD, 20e6-30e6 EUR, or 25 triệu euro")
