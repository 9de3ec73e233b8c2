"""Who can act: states, organisations, their organs and leaders, groups, movements, firms, parties, outlets, persons."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from vientro.reading import homographs
from vientro.reading.actor_phrases import Phrases
from vientro.reading.lexicon import Hit, Lexicon
from vientro.reading.terms import Term, entries
from vientro.reading.text import fold

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from vientro.model.mention import Actor

__all__ = ["entries", "find_actors", "resolve"]


def find_actors(text: str, day: datetime.date | None = None) -> list[Actor]:
    """Actors of a text in order, disjoint, with offsets into it. `day` is that of publication: it tells who held an office."""
    folded = fold(text)
    found = []
    for actor in resolve(folded.text, _lexicon().find(folded.text), day):
        start, stop = folded.raw(actor.start), folded.raw(actor.stop)
        found.append(replace(actor, start=start, stop=stop, text=text[start:stop]))
    return found


def resolve(text: str, hits: Sequence[Hit[Term] | Hit[object]], day: datetime.date | None = None) -> list[Actor]:
    """Actors of a folded text, in order and disjoint. `hits` are the automaton's, in its order; those of other lexicons are passed over."""
    phrases = Phrases(text, homographs.clear(text, _disjoint(hits)), day)
    return phrases.read()


@cache
def _lexicon() -> Lexicon[Term]:
    return Lexicon(entries())


def _disjoint(hits: Sequence[Hit[Term] | Hit[object]]) -> list[Hit[Term]]:
    """Leftmost-longest; of two terms at one span the one that can act."""
    kept: list[Hit[Term]] = []
    for hit in hits:
        term = hit.value
        if not isinstance(term, Term):
            continue
        if kept and hit.start < kept[-1].stop:
            if kept[-1].value.role in ("lookalike", "modifier") and (hit.start, hit.stop) == (kept[-1].start, kept[-1].stop):
                kept[-1] = cast("Hit[Term]", hit)
            continue
        kept.append(cast("Hit[Term]", hit))
    return kept
