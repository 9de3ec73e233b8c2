"""Who can act: states, organisations, their organs and leaders, groups, movements, firms, parties, outlets, persons."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vientro.reading import homographs
from vientro.reading.actor_phrases import NounPhrases
from vientro.reading.lexicon import Hit, Lexicon
from vientro.reading.terms import Term, entries
from vientro.reading.text import fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from vientro.model.mention import Actor

__all__ = ["entries", "find_actors", "resolve"]


def find_actors(text: str, day: datetime.date | None = None) -> list[Actor]:
    """Actors of a text in order, disjoint, with offsets into it. `day` is that of publication: it tells who held an office."""
    folded = fold(text)
    return folded.to_stored(resolve(folded.text, _lexicon().places(folded.text), day))


def resolve(text: str, places: Mapping[type, Sequence[tuple[int, int, object]]], day: datetime.date | None = None) -> list[Actor]:
    """Actors of a folded text, in order and disjoint. `places` are the automaton's, of which those of terms are looked at."""
    phrases = NounPhrases(text, homographs.clear(text, _disjoint(places.get(Term, ()))), day)
    return phrases.read()


@cache
def _lexicon() -> Lexicon[Term]:
    return Lexicon(entries())


def _disjoint(places: Sequence[tuple[int, int, object]]) -> list[Hit[Term]]:
    """Leftmost-longest; of two terms at one span the one that can act."""
    kept: list[Hit[Term]] = []
    end = 0
    for start, stop, term in places:
        if not isinstance(term, Term):
            continue
        if start >= end:
            kept.append(Hit(start, stop, term))
            end = stop
        elif stop == end and start == kept[-1].start and kept[-1].value.role in ("lookalike", "modifier"):
            kept[-1].value = term
    return kept
