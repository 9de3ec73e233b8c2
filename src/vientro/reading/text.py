"""A text as the reader sees it: composed, with one placement of tone marks, and the way back to the text as stored."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from vientro.model.mention import Actor, Amount, Equipment, Quantity, Time

if TYPE_CHECKING:
    from collections.abc import Iterator

Mention = TypeVar("Mention", Actor, Amount, Equipment, Quantity, Time)

# Old and new placement of the tone mark ("hoà", "hòa") are one spelling; the new one is used inside.
_TONES = {
    old: new
    for old, new in (
        ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
        ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
        ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
    )
}  # fmt: skip
_TONES |= {old.upper(): new.upper() for old, new in _TONES.items()} | {old.capitalize(): new.capitalize() for old, new in _TONES.items()}
# "quý" and "khoái" keep their marks: after "q" the "u" is no vowel, and before a final letter the main vowel carries the tone.
_TONE = re.compile(r"[oOuU][" + "".join(sorted({old[1] for old in _TONES})) + r"](?<![qQ]..)(?!\w)")
_ALIKE = {
    **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("’‘", "'"),
    **dict.fromkeys("–—‑−", "-"),
}

# Each run of stops is tried once, from its start, so that a megabyte of them takes no longer than a megabyte of words.
# It begins with the one class of characters that can end a sentence, for which the engine looks fast.
_BREAK = re.compile(r"""[\n.!?…](?:(?<=\n)\n*+|(?<!\n)(?<![.!?…]{2})[.!?…]*+["')\]]*+(?:(?=\s+["'(\[]*([^\W_]))|(?=\n|$)))""")
_ABBREVIATION = re.compile(r"(?:(?<![\w-])(?:[A-ZĐ]|TS|ThS|PGS|GS|Tp|TP|St|Mr|Mrs|Dr|Jr|tr|vs|No)\.)$")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is for matching, in NFC; `raw(i)` gives the place in the text as stored, which differs where that is decomposed."""

    stored: str
    text: str
    starts: tuple[int, ...] | None

    def raw(self, index: int) -> int:
        """The code point of the stored text at which the folded text's `index` begins."""
        return index if self.starts is None else self.starts[index]

    def folded(self, index: int) -> int:
        """The place in the folded text that holds the stored text's `index`."""
        return index if self.starts is None else min(bisect_right(self.starts, index) - 1, len(self.text))

    def slice(self, start: int, stop: int) -> str:
        """The stored text behind a run of the folded text."""
        return self.stored[self.raw(start) : self.raw(stop)]

    def to_stored(self, found: list[Mention]) -> list[Mention]:
        """What was found in the folded text, with places and words of the stored one."""
        if self.stored == self.text:
            return found
        return [replace(one, start=self.raw(one.start), stop=self.raw(one.stop), text=self.slice(one.start, one.stop)) for one in found]


def fold(stored: str) -> Folded:
    """Compose, unify placement of tone marks, quotation marks, dashes and spaces. Linear in the length of `stored`."""
    if unicodedata.is_normalized("NFC", stored):
        return Folded(stored, _unify(stored), None)
    parts: list[str] = []
    starts: list[int] = []
    for start, stop in _clusters(stored):
        part = unicodedata.normalize("NFC", stored[start:stop])
        parts.append(part)
        starts.extend([start] * len(part))
    starts.append(len(stored))
    return Folded(stored, _unify("".join(parts)), tuple(starts))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Runs that normalise on their own: a character that never composes with what stands before it, and all up to the next."""
    cuts = [i for i, ch in enumerate(text) if i == 0 or ch < "\u0300" or not _joins(ch)]
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _joins(ch: str) -> bool:
    """Whether a character can compose with or be reordered before the one it follows: marks, and Hangul vowels and finals."""
    return unicodedata.category(ch)[0] == "M" or "\u1160" <= ch <= "\u11ff"


def _unify(text: str) -> str:
    for other, plain in _ALIKE.items():
        text = text.replace(other, plain)
    return _TONE.sub(lambda m: _TONES.get(m[0], m[0]), text)


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of a folded text, without surrounding space. A line break ends a sentence."""
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        if found[1] and found[1].islower():
            continue
        if not found[0].startswith("\n") and _ABBREVIATION.search(text, max(start, found.start() - 6), found.start() + 1):
            continue
        _add(spans, text, start, found.end())
        start = found.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, stop: int) -> None:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        spans.append((start, stop))


def occurrences(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, whole or as a part of others, in order and without overlap."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def without_marks(text: str) -> str:
    """The text in letters without tones and other marks, composed or not: "Đức viện trợ" -> "Duc vien tro"."""
    return text.translate(_BASES)


class _Bases(dict[int, str]):
    """By letter, the letter without marks."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(part for part in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(part))
        return self[code]


_BASES = _Bases({ord("đ"): "d", ord("Đ"): "D"})


def words(text: str) -> list[str]:
    """The words of a text in lower case, without marks."""
    return re.findall(r"\w+", text.lower())
