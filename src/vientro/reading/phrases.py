"""Phrases of a table looked up at a place of a text: right after it, or right before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from vientro.reading.lexicon import lower

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vientro.lang.data import Row

T = TypeVar("T")

_HEAD = re.compile(r"[^\W\d_]+|[^\w\s]")
_WORD = re.compile(r"\w+")
_OPENING = "([{\"'*"


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """A phrase in NFC, what it stands for, and the words that, standing next to it, make something else of it."""

    words: str
    value: T
    unless: frozenset[str] = frozenset()


class Phrases(Generic[T]):
    """Case is ignored, except that a phrase of a single letter is looked up as written."""

    def __init__(self, phrases: Iterable[Phrase[T]]) -> None:
        self._by_head: dict[str, list[Phrase[T]]] = {}
        self._whole: dict[str, list[Phrase[T]]] = {}
        for phrase in phrases:
            head = _HEAD.match(phrase.words)
            key = lower(phrase.words)
            if head:
                self._by_head.setdefault(lower(head[0]), []).append(phrase)
            self._whole.setdefault(key, []).append(phrase)
        self._tails = {key.rsplit(" ", 1)[-1] for key in self._whole}
        for several in self._by_head.values():
            several.sort(key=lambda phrase: -len(phrase.words))
        self._longest = max((phrase.words.count(" ") + 1 for several in self._whole.values() for phrase in several), default=0)

    def after(self, text: str, place: int) -> tuple[int, T] | None:
        """The end and the value of the longest phrase that begins at `place` and ends with a word."""
        head = _HEAD.match(text, place)
        several = self._by_head.get(lower(head[0])) if head else None
        if not several:
            return None
        for phrase in several:
            stop = place + len(phrase.words)
            written = text[place:stop]
            if not _same(written, phrase.words) or (written[-1].isalnum() and text[stop : stop + 1].isalnum()):
                continue
            if phrase.unless and (word := _WORD.match(text, stop + 1)) and text[stop] in " -" and word[0] in phrase.unless:
                continue
            return stop, phrase.value
        return None

    def before(self, text: str, place: int) -> tuple[int, T] | None:
        """The start and the value of the longest phrase of one line, of at most 40 code points, that ends at `place`, spaces skipped."""
        stop = place
        while stop and text[stop - 1] == " ":
            stop -= 1
        floor = max(0, stop - 40)
        tail = text[text.rfind(" ", floor, stop) + 1 or floor : stop]
        if tail.isalpha() and tail.lower() not in self._tails:  # most words, at a quick look
            return None
        cuts: list[int] = []
        space = stop
        while space >= 0 and len(cuts) < self._longest:
            space = text.rfind(" ", floor, space)
            cut = space + 1 if space >= 0 else floor
            if (line := text.rfind("\n", cut, stop) + 1) > 0:
                cut, space = line, -1
            while cut < stop and text[cut] in _OPENING:
                cut += 1
            if not cuts and lower(text[cut:stop]) not in self._tails:
                return None
            cuts.append(cut)
        for cut in reversed(cuts):
            for phrase in self._whole.get(lower(text[cut:stop]), ()):
                if not _same(text[cut:stop], phrase.words) or (phrase.unless and _word_before(text, cut) in phrase.unless):
                    continue
                return cut, phrase.value
        return None


def from_rows(rows: Iterable[Row], words: str, value: str, unless: str) -> Phrases[str]:
    """The phrases of rows of a table, by its columns of spellings, of what they stand for, and of words next to them."""
    return Phrases(
        Phrase(spelling, row[value], frozenset(filter(None, row[unless].split("|")))) for row in rows for spelling in row[words].split("|")
    )


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def _same(written: str, words: str) -> bool:
    return written == words or (len(words) > 1 and lower(written) == lower(words))


def _word_before(text: str, place: int) -> str:
    window = text[max(0, place - 20) : place].split()
    return lower(window[-1]) if window else ""
