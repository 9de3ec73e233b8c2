"""What people ruled, as pages show it: who, when, what and why, and whether it can be taken back by whoever looks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vientro.ledger.decisions import standing
from vientro.model.decision import Decision, Kind
from vientro.publish import rulings
from vientro.publish.asking import brief
from vientro.publish.words import Lang
from vientro.serve.say import say
from vientro.serve.shelf import View
from vientro.store.accounts import User

_AGAINST: tuple[Kind, ...] = ("reject", "correct", "merge", "split", "link", "unlink")


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision as a row. `stands` is whether nobody took it back, `may` whether whoever looks may."""

    decision: Decision
    who: str
    said: str
    stands: bool
    may: bool


def against(view: View) -> list[Decision]:
    """What stands ruled against the reader, the latest first."""
    return [one for one in standing(view.book.decisions) if one.kind in _AGAINST][::-1]


def history(decisions: Sequence[Decision], lang: Lang, user: User | None, claims: Collection[str] | None = None) -> list[Ruled]:
    """The decisions on these claims (on any, where none are given) and what took them back, the latest first."""
    stand = {one.id for one in standing(decisions)}
    wanted = None if claims is None else set(claims)
    about: set[str] = set()
    for one in decisions:
        on = one.kind == "undo" and one.value in about
        if wanted is None or on or not wanted.isdisjoint((*one.claims, *one.others)):
            about.add(one.id)
    undone = {str(one.value) for one in decisions if one.kind == "undo" and one.id in stand | about}
    rows = []
    for one in reversed([one for one in decisions if one.id in about]):
        stands = one.id in stand if one.kind != "undo" else one.id not in undone
        may = stands and user is not None and user.may("reviewer") and (one.by == user.name or user.may("editor"))
        rows.append(Ruled(one, rulings.who(one), told(one, lang), stands, may))
    return rows


def told(one: Decision, lang: Lang) -> str:
    """What somebody did, in words, without what it was done to."""
    said = say(f"did.{one.kind}", lang)
    if one.kind == "correct":
        return f"{said}: {say(f'slot.{one.slot}', lang)} = {brief(one.value, lang) if one.value not in (None, []) else '–'}"
    return f"{said} ({say('did.deals', lang)})" if one.slot == "deal" else said
