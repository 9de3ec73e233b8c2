"""One automaton over all lexicons: every entry that stands in a text as whole words, overlaps included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T_co]):
    """A pattern in NFC and what it stands for. `cased` entries match as written or in capitals; others in any case."""

    pattern: str
    value: T_co
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Hit(Generic[T_co]):
    """An entry's value at a half-open span of the folded text."""

    start: int
    stop: int
    value: T_co


class Lexicon(Generic[T_co]):
    """All entries in one Aho-Corasick automaton (Aho and Corasick 1975); `find` is linear in text and hits."""

    def __init__(self, entries: Sequence[Entry[T_co]]) -> None:
        grouped: dict[str, list[Entry[T_co]]] = {}
        for entry in entries:
            grouped.setdefault(lower(entry.pattern), []).append(entry)
        self._entries = list(grouped.values())
        self._automaton = AhoCorasick(list(grouped), matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Hit[T_co]]:
        """Hits in order of place, the longer first where two begin together."""
        hits = []
        size = len(text)
        for index, start, stop in self._automaton.find_matches_as_indexes(lower(text), overlapping=True):
            if (start and text[start - 1].isalnum()) or (stop < size and text[stop].isalnum()):
                continue
            written = text[start:stop]
            for entry in self._entries[index]:
                if not entry.cased or written == entry.pattern or (len(written) > 3 and written == written.upper()):
                    hits.append(Hit(start, stop, entry.value))
        hits.sort(key=lambda hit: (hit.start, -hit.stop))
        return hits


def lower(text: str) -> str:
    """Lower case of the same length: letters whose lower case is longer stay as they are."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(ch.lower() if len(ch.lower()) == 1 else ch for ch in text)


def leftmost_longest(hits: list[Hit[T_co]]) -> list[Hit[T_co]]:
    """Of overlapping hits the one that begins first, and of those the longest."""
    kept: list[Hit[T_co]] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.stop)):
        if not kept or hit.start >= kept[-1].stop:
            kept.append(hit)
    return kept
