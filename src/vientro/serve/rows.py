"""The slots of a claim as rows of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.model.interchange import encode
from vientro.publish import dates, phrases
from vientro.publish.asking import brief
from vientro.serve.say import say

if TYPE_CHECKING:
    from vientro.model.claim import Claim
    from vientro.publish.words import Lang

_PARTIES = ("actors", "recipients", "addressees")
_SHOWN = ("actors", "recipients", "addressees", "amounts", "items", "date", "due", "modality", "scope", "support", "mode", "speaker")


def rows_of(claim: Claim, lang: Lang) -> list[tuple[str, str, str]]:
    """Of each slot that the claim tells: its name, its content in words, and its content as one types it."""
    row = encode(claim)
    found: list[tuple[str, str, str]] = [("type", say(f"type.{claim.type}", lang), claim.type)]
    for slot in _SHOWN:
        content = row[slot]
        if content in (None, [], "") or (slot, content) in (("scope", "act"), ("modality", "actual")):
            continue
        found.append((slot, _said(slot, content, lang), typed(slot, content)))
    return found


def typed(slot: str, content: object) -> str:
    """The content of a slot as review/values.py reads it."""
    if slot in _PARTIES and isinstance(content, list):
        return "; ".join(content)
    if slot == "amounts" and isinstance(content, list):
        return "; ".join(_sum(one) for one in content)
    return content if isinstance(content, str) else ""


def _said(slot: str, content: object, lang: Lang) -> str:
    if slot in _PARTIES and isinstance(content, list):
        return phrases.names(content, lang)
    if slot in ("date", "due"):
        return dates.said(str(content), lang)
    if slot in ("modality", "support", "mode"):
        return say(f"{slot}.{content}", lang)
    return brief(content, lang)


def _sum(one: dict[str, object]) -> str:
    sign = {"up_to": "<", "at_least": ">", "about": "~"}.get(str(one["bound"]), "")
    most = f"-{one['max']:.15g}" if one.get("max") else ""
    return f"{sign}{one['value']:.15g}{most} {one['currency']}"
