"""What changed between two versions of an article: a silent edit, shown paragraph by paragraph and word by word. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vientro.model.article import Article, ZoneKind

_WORD = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")
_ALIKE = 0.4  # share of words that two paragraphs have in common if one became the other
_MOST = 20_000  # pairs of one word in two paragraphs: news have hundreds, words said over and over without end
_EFFORT = 1_000_000  # such pairs, and words looked at, of all paragraphs of two versions


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that went, came or was reworded; `zone` is where it stands in the version that has it, the newer one for both.

    `before` and `after` are "" where there is none; `pieces` tell a reworded paragraph from left to right.
    """

    zone: ZoneKind
    before: str
    after: str
    pieces: tuple[Piece, ...]


class _Effort:
    """What comparing may still cost: what is left over is told as gone and come, so that no text can keep a page waiting."""

    def __init__(self) -> None:
        self.left = _EFFORT

    def allows(self, cost: int) -> bool:
        self.left -= cost
        return self.left >= 0


def changes(old: Article, new: Article) -> tuple[Change, ...]:
    """The paragraphs in which two versions differ, in the order of the newer. Empty if title and text are the same but for spaces."""
    before, after = _paragraphs(old), _paragraphs(new)
    a, b = [_plain(text) for _, text in before], [_plain(text) for _, text in after]
    effort = _Effort()
    if _pairs(a, b) > max(_MOST, 4 * len(a)):
        return tuple(_within(before, after, effort)) if a != b else ()
    found: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            found.extend(_within(before[i:j], after[k:m], effort))
    return tuple(found)


def _paragraphs(article: Article) -> list[tuple[ZoneKind, str]]:
    zones = [(zone.kind, zone.span.of(article.text)) for zone in article.zones]
    return zones or [("body", line) for line in article.text.split("\n") if line.strip()]


def _within(before: Sequence[tuple[ZoneKind, str]], after: Sequence[tuple[ZoneKind, str]], effort: _Effort) -> Iterator[Change]:
    """Paragraphs in place of others: each new one is set against the first old one left that it is like."""
    start = 0
    bags = [set(_plain(text).split()) for _, text in before]
    for zone, text in after:
        bag = set(_plain(text).split())
        like = next((k for k in range(start, len(before)) if effort.allows(1 + len(bag)) and _alike(bags[k], bag)), None)
        if like is None:
            yield Change(zone, "", text, (Piece("new", text),))
            continue
        for gone_zone, gone in before[start:like]:
            yield Change(gone_zone, gone, "", (Piece("gone", gone),))
        start = like + 1
        if _plain(before[like][1]) != _plain(text):
            yield Change(zone, before[like][1], text, words(before[like][1], text, effort))
    for zone, gone in before[start:]:
        yield Change(zone, gone, "", (Piece("gone", gone),))


def words(before: str, after: str, effort: _Effort | None = None) -> tuple[Piece, ...]:
    """One paragraph become another, by words: what stayed, what went, what came."""
    a, b = _WORD.findall(before), _WORD.findall(after)
    cost = _pairs(a, b)
    if cost > _MOST or not (effort or _Effort()).allows(cost):
        return tuple(piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        gone, new = "".join(a[i:j]), "".join(b[k:m])
        if tag == "equal":
            pieces.append(Piece("same", new))
            continue
        space = _space(gone) if _space(gone) == _space(new) else ""
        told: tuple[Piece, ...] = (Piece("gone", gone), Piece("new", new))
        if space:  # which both have after them, and which neither went nor came
            told = (Piece("gone", gone[: -len(space)]), Piece("new", new[: -len(space)]), Piece("same", space))
        pieces += [piece for piece in told if piece.text]
    return tuple(pieces)


def _space(text: str) -> str:
    return text[len(text.rstrip()) :]


def _pairs(a: Sequence[str], b: Sequence[str]) -> int:
    """How often a word of one stands in the other, counted for each time that it stands there: what comparing them costs."""
    once, again = Counter(a), Counter(b)
    return sum(count * again[word] for word, count in once.items())


def _alike(a: set[str], b: set[str]) -> bool:
    """Counted in shared words, which is cheap and enough to tell an edit from another paragraph."""
    return len(a & b) >= _ALIKE * max(len(a), len(b), 1)


def _plain(text: str) -> str:
    return " ".join(text.split())
