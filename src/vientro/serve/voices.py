"""Who said what: the statements of office holders, states and bodies, each once, in order of time (rules Q6, Q7).

A person has a page only where the table of offices knows the person; what anybody else says stands under the state or body spoken for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from vientro.lang.data import table
from vientro.ledger.sources import told_by
from vientro.link.names import speaker
from vientro.publish.lines import Witness, in_full
from vientro.publish.words import name
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.model.claim import Claim
    from vientro.model.ledger import Step
    from vientro.publish.words import Lang
    from vientro.serve.shelf import View

HALTS = ("suspend", "refuse", "block", "decline", "oppose")  # what stands beside the money
_MONEY = ("commit", "approve", "procure", "deliver")


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody was, for whom (a code) and when (ISO 8601; no `until` while it lasts). `words` are Vietnamese."""

    words: str
    code: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One saying about one step: its claims, and the first day (ISO 8601) that it was printed, "" where unknown."""

    step: str
    day: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Acts:
    """What a state or body gave, and what it stopped, refused or opposed; ids of steps, the newest first."""

    money: tuple[str, ...]
    halts: tuple[str, ...]


@cache
def holders() -> Mapping[str, tuple[Office, ...]]:
    """By name of a person, the offices held, in order of time."""
    found: dict[str, list[Office]] = defaultdict(list)
    for row in table("vi", "offices"):
        if row["name"] and row["code"]:
            found[row["name"]].append(Office(row["office"].split("|")[0], row["code"], row["from"], row["to"]))
    return {who: tuple(sorted(held, key=lambda office: office.since)) for who, held in found.items()}


def heard(view: View) -> Mapping[str, Sequence[Claim]]:
    """By name of an office holder, and by code of a state or body, the claims that it is said to have made."""
    return view.keep("heard", lambda: _heard(view))


def _heard(view: View) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in view.book.claims.values():
        day = (view.book.articles[claim.article_id].published or "")[:10]
        said = ([claim.speaker.value] if claim.speaker else []) + [source.name for source in claim.chain]
        persons = {person for one in said if (person := _person(one, day))}
        for key in (*persons, *told_by(claim)):
            found[key].append(claim)
    return dict(found)


@cache
def _by_words() -> dict[tuple[str, ...], str]:
    return {tuple(words(fold(who).text)): who for who in holders()}


@lru_cache(maxsize=20_000)
def _person(said: str, day: str) -> str | None:
    """The office holder that a speaker's name or office stands for."""
    return _by_words().get(speaker(said, day or None))


def statements(view: View, key: str) -> Sequence[Statement]:
    """What one voice said, in order of time, what has no day at the end. Copies of one saying are one statement."""
    return view.keep(("said", key), lambda: _statements(view, key))


def _statements(view: View, key: str) -> list[Statement]:
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in heard(view).get(key, ()):
        if link := view.book.links.get(claim.id):
            grouped[link.step, link.origin].append(claim)
    found = []
    for (step, _), claims in grouped.items():
        if step in view.steps:
            days = [day[:10] for claim in claims if (day := view.book.articles[claim.article_id].published)]
            found.append(Statement(step, min(days, default=""), tuple(claims)))
    return sorted(found, key=lambda one: (not one.day, one.day, one.step))


def words_of(view: View, said: Statement) -> tuple[Witness, ...]:
    """The words of a saying, the fullest first."""
    return in_full(Witness(claim, view.book.articles[claim.article_id]) for claim in said.claims)


def acts(view: View, code: str) -> Acts:
    """What a state or body gave and what it held back."""
    held = view.keep("acts", lambda: _acts(view))
    return held.get(code, Acts((), ()))


def _acts(view: View) -> dict[str, Acts]:
    money: dict[str, list[str]] = defaultdict(list)
    halts: dict[str, list[str]] = defaultdict(list)
    for step in view.newest_first:
        if step.counts or step.type in HALTS:
            for actor in step.actors:
                if step.type in HALTS:
                    halts[actor].append(step.id)
                elif _gives(step):
                    money[actor].append(step.id)
    return {code: Acts(tuple(money.get(code, ())), tuple(halts.get(code, ()))) for code in {*money, *halts}}


def _gives(step: Step) -> bool:
    return step.type in _MONEY and step.mode != "sale" and bool(step.sums)


def called(key: str, lang: Lang) -> str:
    """A person's name as it is, a state or body by its name in the language."""
    return key if key in holders() else name(key, lang)
