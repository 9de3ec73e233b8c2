"""What became of a story, as its page tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.model.interchange import encode
from vientro.publish import figures, phrases
from vientro.serve import values
from vientro.serve.say import say
from vientro.tasks.versions import edit_of, past_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.edits import Shift
    from vientro.model.claim import Claim
    from vientro.publish.edits import Edit, Past
    from vientro.publish.story import Shown
    from vientro.publish.words import Lang
    from vientro.serve.shelf import View
    from vientro.store.store import Store

_WHY = {"new": "first", "changed": "changed", "withdrawn no more": "back"}


@dataclass(frozen=True, slots=True)
class Row:
    """One moment of an address: `number` counts its versions from 1 (0 where it shows none), `before` is the version to compare with."""

    at: str
    article: str | None
    number: int
    why: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a claim: lost, new or changed; `slots` are name, content before and content after."""

    what: str
    said: str
    slots: tuple[tuple[str, str, str], ...]


def past_and_edit(view: View, store: Store, article: str, asked: Mapping[str, str]) -> tuple[Past, Edit | None]:
    """What became of a story, and the two versions `from` and `to` of the address beside each other: the first and the last where none are
    named, or where those named are no versions of the story. They are compared once for each state of the ledger, of which it is no part
    when the story was last asked for."""
    past = past_of(store, article)
    named = asked.get("from", ""), asked.get("to", "")
    pair = named if past.has(*named) and named[0] != named[1] else past.pair
    if pair is None:
        return past, None
    return past, view.keep(("edit", *pair), lambda: edit_of(store, *pair))


def rows(past: Past) -> list[list[Row]]:
    """By address what it showed, in order."""
    return [list(_rows(shown)) for shown in past.addresses]


def _rows(shown: Sequence[Shown]) -> list[Row]:
    found: list[Row] = []
    numbers: dict[str, int] = {}
    last = None
    for one in shown:
        if one.article:
            numbers.setdefault(one.article, len(numbers) + 1)
        why = _WHY.get(one.why, "changed") if one.article else "withdrawn"
        found.append(
            Row(one.at, one.article, numbers.get(one.article or "", 0), why, last if one.article != last and one.article else None)
        )
        last = one.article or last
    return found


def told(shift: Shift, lang: Lang) -> Told:
    """A claim that an edit touched, in words."""
    claim = shift.after or shift.before
    assert claim is not None
    what = "changed" if shift.before and shift.after else "lost" if shift.before else "new"
    return Told(what, _said(shift.before or claim, lang), tuple(_slot(shift, slot, lang) for slot in shift.slots))


def _slot(shift: Shift, slot: str, lang: Lang) -> tuple[str, str, str]:
    before, after = (_content(claim, slot, lang) if claim else "" for claim in (shift.before, shift.after))
    return values.called(slot, lang), before, after


def _content(claim: Claim, slot: str, lang: Lang) -> str:
    """ "" for nothing."""
    if slot == "amounts":
        return "; ".join(figures.money(one, lang) for one in claim.amounts)
    if slot == "items":
        return "; ".join(figures.item(one, lang) for one in claim.items)
    found = encode(claim)[slot]
    return values.told(slot, found, lang) if found else ""


def _said(claim: Claim, lang: Lang) -> str:
    parties = [phrases.names([role.value for role in roles], lang) for roles in (claim.actors, claim.recipients) if roles]
    told = [_content(claim, slot, lang) for slot in ("items", "amounts", "date")]
    return " · ".join(part for part in (" → ".join(parties), say(f"type.{claim.type}", lang), *told) if part)
