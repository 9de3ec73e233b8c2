"""One automaton over all lexicons: every entry that stands in a text as whole words, overlaps included."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
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


@dataclass(slots=True)
class Hit(Generic[T_co]):
    """An entry's value at a half-open span of the folded text. Not frozen, which would make it twice as slow to build."""

    start: int
    stop: int
    value: T_co


_start: itemgetter[int] = itemgetter(0)


class Lexicon(Generic[T_co]):
    """All entries in one Aho-Corasick automaton (Aho and Corasick 1975); `find` is linear in text and hits."""

    def __init__(self, entries: Sequence[Entry[T_co]]) -> None:
        grouped: dict[str, list[Entry[T_co]]] = {}
        for entry in entries:
            grouped.setdefault(lower(entry.pattern), []).append(entry)
        self._entries = [group[::-1] for group in grouped.values()]  # the last first: see the end of `places`
        self._alone = [None if len(group) > 1 or group[0].cased else group[0].value for group in self._entries]
        self._classes = list(dict.fromkeys(type(entry.value) for entry in entries))
        self._class = [self._classes.index(type(group[0].value)) for group in self._entries]
        self._automaton = AhoCorasick(list(grouped), matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Hit[T_co]]:
        """Hits in order of place, the longer first where two begin together."""
        rows = [row for several in self.places(text).values() for row in several]
        rows.sort(key=lambda row: (row[0], -row[1]))
        return [Hit(start, stop, value) for start, stop, value in rows]

    def places(self, text: str) -> dict[type, list[tuple[int, int, T_co]]]:
        """The same as bare rows of start, stop and value, those of each class of values apart, for whoever wants few of them as hits."""
        rows: dict[type, list[tuple[int, int, T_co]]] = {kind: [] for kind in self._classes}
        add = [several.append for several in rows.values()]
        alone, kind_of = self._alone, self._class
        around = text + " "  # what stands after the last character, and at -1, before the first
        for index, start, stop in self._automaton.find_matches_as_indexes(lower(text), overlapping=True):
            if around[start - 1].isalnum() or around[stop].isalnum():
                continue
            value = alone[index]
            if value is not None:
                add[kind_of[index]]((start, stop, value))
                continue
            written = text[start:stop]
            for entry in self._entries[index]:
                if not entry.cased or written == entry.pattern or (len(written) > 3 and written == written.upper()):
                    rows[type(entry.value)].append((start, stop, entry.value))
        # The automaton tells matches in order of their ends: backwards, and sorted by start alone, the longer stands first.
        for several in rows.values():
            several.reverse()
            several.sort(key=_start)
        return rows


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
