"""What a person types for a slot, as its content in the interchange form."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from vientro.model.errors import InputError
from vientro.reading.amounts import find_amounts

if TYPE_CHECKING:
    from vientro.model.decision import Plain

_LISTS = ("actors", "recipients", "addressees", "payers", "givers", "funded_by")
_SUM = re.compile(
    r"(?P<bound>[<>~≤≥]?)\s*(?P<value>\d+(?:\.\d+)?(?:[eE]\d+)?)\s*(?:-\s*(?P<max>\d+(?:\.\d+)?(?:[eE]\d+)?)\s*)?(?P<currency>[A-Z]{3})"
)
_BOUNDS = {"": "exact", "<": "up_to", "≤": "up_to", ">": "at_least", "≥": "at_least", "~": "about"}
_YES = {"yes": True, "no": False, "true": True, "false": False}


def value_of(slot: str, typed: str) -> Plain:
    """The content: JSON as it is, "-" for nothing, "DE NO" for parties, "25000000 EUR", "<5e9 USD", "20-30 EUR" or Vietnamese words
    for sums, anything else as text. Raises InputError for a sum that is none."""
    text = typed.strip()
    if text in ("-", ""):
        return [] if slot in (*_LISTS, "amounts", "items", "shares", "schedule") else None
    if text[0] in "[{":
        try:
            found: Plain = json.loads(text)
        except ValueError as error:
            raise InputError(slot, f"{text[:60]!r} is no JSON ({error})", "docs/decisions.md says what each slot holds") from error
        return found
    if slot in _LISTS:
        return list(dict.fromkeys(re.split(r"[\s,;]+", text)))
    if slot == "amounts":
        return [_sum(part) for part in re.split(r"\s*[;,]\s*(?=[<>~≤≥]?\d)", text)]
    if slot in ("permission", "repeat"):
        return _YES.get(text.lower(), text)
    return text


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
