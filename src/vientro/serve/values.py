"""The content of a slot in words, whether a claim has it (interchange form) or a step (plain values)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vientro.model.ledger import Interval, Stock, Sum
from vientro.publish import dates, figures, phrases
from vientro.publish.asking import brief
from vientro.publish.changes import plain
from vientro.publish.words import has
from vientro.serve.say import keys, say

if TYPE_CHECKING:
    from vientro.publish.words import Lang

_PARTIES = ("actors", "recipients", "addressees", "payers", "givers")
_DATES = ("date", "due", "horizon")
_NOTHING = "–"


def called(slot: str, lang: Lang) -> str:
    """The name of a slot of a claim or a field of a step."""
    key = f"slot.{slot}"
    return say(key, lang) if key in keys() or has(key) else slot


def told(slot: str, value: Any, lang: Lang) -> str:
    """Its content; "–" for nothing."""
    if value in (None, [], (), ""):
        return _NOTHING
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return phrases.names(list(value), lang) if slot in _PARTIES else ", ".join(value)
    if slot == "sums":
        return "; ".join(figures.total(Sum(one["currency"], _interval(one["value"]), (), 0, one["per"]), lang) for one in value)
    if slot == "items" and isinstance(value, list) and all("cls" in one for one in value):
        return "; ".join(figures.stock(msgspec.convert(one, Stock), lang) for one in value)
    if slot in ("items", "amounts"):
        return brief(value, lang)
    if isinstance(value, str):
        return dates.said(value, lang) if slot in _DATES else _word(slot, value, lang)
    return plain(value) or _NOTHING


def _interval(value: Any) -> Interval:
    return msgspec.convert(value, Interval)


def _word(slot: str, value: str, lang: Lang) -> str:
    key = f"{slot}.{value}"
    return say(key, lang) if key in keys() or has(key) else value
