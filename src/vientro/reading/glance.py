"""A first look at a text in bulk: whether it can tell of an act of support at all. It errs on the side of yes."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from vientro.lang.data import table
from vientro.reading.actors import entries
from vientro.reading.lexicon import lower
from vientro.reading.text import fold

_HOME = "VN"


def may_tell(text: str) -> bool:
    """Whether a text has a cue and somebody abroad as whole words: without either the reader finds nothing in it (scene.stage)."""
    folded = fold(text).text
    small = lower(folded)
    return _stands(_cues(), folded, small) and _stands(_abroad(), folded, small)


def _stands(found_by: tuple[AhoCorasick, list[str]], text: str, small: str) -> bool:
    automaton, written = found_by
    around = small + " "
    return any(
        not (around[start - 1 : start].isalnum() or around[stop].isalnum())
        and (not written[index] or text[start:stop] == written[index] or text[start:stop].isupper())
        for index, start, stop in automaton.find_matches_as_indexes(small, overlapping=True)
    )


@cache
def _cues() -> tuple[AhoCorasick, list[str]]:
    patterns = sorted({lower(pattern) for row in table("vi", "cues") for pattern in row["pattern"].split("|")})
    return AhoCorasick(patterns, matchkind=MatchKind.Standard), [""] * len(patterns)


@cache
def _abroad() -> tuple[AhoCorasick, list[str]]:
    """Names of whoever is not at home; of those that count only with capitals, how they are written."""
    named = [entry for entry in entries() if entry.value.code not in (None, _HOME) or entry.value.stints]
    loose = sorted({lower(entry.pattern) for entry in named if not entry.cased})
    cased = sorted({entry.pattern for entry in named if entry.cased} - set(loose))
    return AhoCorasick([*loose, *map(lower, cased)], matchkind=MatchKind.Standard), [""] * len(loose) + cased
