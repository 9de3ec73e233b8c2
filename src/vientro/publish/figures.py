"""Numbers, sums and counts in words, with their bounds."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vientro.publish import english
from vientro.publish.words import word

if TYPE_CHECKING:
    from vientro.model.claim import Count, Item, Money
    from vientro.model.ledger import Interval, Stock, Sum
    from vientro.model.mention import Bound
    from vientro.publish.words import Lang

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_VAGUE_CLASSES = ("other", "equipment")


def number(value: float, lang: Lang, scale: float = 1.0) -> str:
    """Digits in the manner of the language, with at most three decimals: "1.250,5" or "1,250.5"."""
    digits = f"{round(value / scale, 3):,.3f}".rstrip("0").rstrip(".")
    return digits.translate(str.maketrans(",.", ".,")) if lang == "vi" else digits


def money(amount: Money, lang: Lang) -> str:
    """A sum of a claim: "khoảng 2,5 tỷ USD", "up to 600 million EUR"."""
    scale, unit = _scale(amount.max or amount.value, lang)
    most = number(amount.max, lang, scale) if amount.max is not None else None
    return _of_currency(_bounded(number(amount.value, lang, scale), most, amount.bound, lang), unit, amount.currency, amount.per, lang)


def total(told: Sum, lang: Lang) -> str:
    """A sum of a step, in the same words."""
    value = told.value
    scale, unit = _scale(max(figure for figure in (value.low, value.best, value.high, 0.0) if figure is not None), lang)
    return _of_currency(interval(value, lang, scale), unit, told.currency, told.per, lang)


def interval(value: Interval, lang: Lang, scale: float = 1.0) -> str:
    """A number as far as it is known: "4", "≥ 4", "tối đa 10", "khoảng 5", "4–10"."""
    low, best, high = (None if figure is None else number(figure, lang, scale) for figure in (value.low, value.best, value.high))
    if low is not None and low == high:
        return low
    if low is not None and high is None and best in (None, low):
        return _bounded(low, None, "at_least", lang)
    if high is not None and low in (None, "0") and best in (None, high):
        return _bounded(high, None, "up_to", lang)
    if best is not None:
        return _bounded(best, None, "about", lang)
    return f"{low}–{high}"


def count(quantity: Count, lang: Lang) -> str:
    """How many in a claim: "≥ 1 trong 4", "about 150,000 tons"."""
    value, most = number(quantity.value, lang), number(quantity.max, lang) if quantity.max is not None else None
    if quantity.of is not None:
        value = word("share", lang, value, number(quantity.of, lang))
    said, unit = _bounded(value, most, quantity.bound, lang), quantity.unit
    if unit and lang == "en":
        unit = english.unit(unit, many=value != "1")
    return f"{said} {unit}" if unit else said


def item(thing: Item, lang: Lang) -> str:
    """What a claim names: "≥ 1 trong 4 × hệ thống phòng không IRIS-T SLM"."""
    quantity = thing.quantity
    if quantity and lang == "en":
        return _in_english(count(replace(quantity, unit=None), lang), quantity.unit, thing)
    return _counted(count(quantity, lang), quantity.unit, called(thing, lang)) if quantity else called(thing, lang)


def stock(things: Stock, lang: Lang) -> str:
    """What a step is about, in the same words."""
    many = interval(things.count, lang) if things.count else ""
    if many and things.of is not None:
        many = word("share", lang, many, number(things.of, lang))
    if many and lang == "en":
        return _in_english(many, things.unit, things)
    return _counted(f"{many} {things.unit}" if many and things.unit else many, things.unit, called(things, lang))


def called(thing: Item | Stock, lang: Lang, *, many: bool = True) -> str:
    """In Vietnamese the words of the text; in English model and class, and of a class that says little what the words mean."""
    if lang == "vi":
        return thing.text
    known = english.thing(thing.text, many=many) if thing.cls in _VAGUE_CLASSES and not thing.model else None
    if known is None and thing.cls in _VAGUE_CLASSES and not thing.model:
        return f"“{thing.text}”"
    kind = known or english.kind(thing.cls, word(f"class.{thing.cls}", lang), many=many)
    return f"{thing.model} {kind}" if thing.model else kind


def _in_english(many: str, unit: str | None, thing: Item | Stock) -> str:
    """ "3 radars", "50 tons of medical supplies", "2 of 8 drones"."""
    one = many == "1"
    counted = english.unit(unit, many=not one) if unit else ""
    return f"{many} {counted} of {called(thing, 'en')}" if counted else f"{many} {called(thing, 'en', many=not one)}"


def _counted(many: str, unit: str | None, what: str) -> str:
    """A number before what it counts; the unit is said once where the words begin with it ("4 hệ thống" + "hệ thống Patriot")."""
    if many and unit and re.match(rf"{re.escape(unit)}\b", what, re.IGNORECASE):
        return f"{many.removesuffix(unit)}{what}"
    return f"{many}{' ' if unit else ' × '}{what}" if many else what


def _scale(largest: float, lang: Lang) -> tuple[float, str]:
    return next(((size, word(f"number.{name}", lang)) for size, name in _SCALES if largest >= size), (1.0, ""))


def _of_currency(value: str, unit: str, currency: str, per: str | None, lang: Lang) -> str:
    said = " ".join(part for part in (value, unit, currency) if part)
    return f"{said} {word('per', lang, word(f'period.{per}', lang))}" if per else said


def _bounded(value: str, most: str | None, bound: Bound, lang: Lang) -> str:
    if bound == "range" and most is not None:
        return f"{value}–{most}"
    return value if bound in ("exact", "range") else word(f"bound.{bound}", lang, value)
