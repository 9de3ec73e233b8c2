"""What changed between two versions of an article: a silent edit, shown paragraph by paragraph and word by word. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vientro.model.article import Article, ZoneKind

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.4  # share of words that two paragraphs have in common if one became the other
_MOST_WORDS = 2000  # of a paragraph compared word by word; longer ones are told as replaced


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


def changes(old: Article, new: Article) -> tuple[Change, ...]:
    """The paragraphs in which two versions differ, in the order of the newer. Empty if title and text are the same but for spaces."""
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = SequenceMatcher(None, [_plain(text) for _, text in before], [_plain(text) for _, text in after], autojunk=False)
    found: list[Change] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            found.extend(_within(before[i:j], after[k:m]))
    return tuple(found)


def _paragraphs(article: Article) -> list[tuple[ZoneKind, str]]:
    zones = [(zone.kind, zone.span.of(article.text)) for zone in article.zones]
    return zones or [("body", line) for line in article.text.split("\n") if line.strip()]


def _within(before: Sequence[tuple[ZoneKind, str]], after: Sequence[tuple[ZoneKind, str]]) -> Iterator[Change]:
    """Paragraphs in place of others: each new one is set against the first old one left that it is like."""
    start = 0
    for zone, text in after:
        like = next((k for k in range(start, len(before)) if _alike(before[k][1], text)), None)
        if like is None:
            yield Change(zone, "", text, (Piece("new", text),))
            continue
        for gone_zone, gone in before[start:like]:
            yield Change(gone_zone, gone, "", (Piece("gone", gone),))
        start = like + 1
        yield Change(zone, before[like][1], text, words(before[like][1], text))
    for zone, gone in before[start:]:
        yield Change(zone, gone, "", (Piece("gone", gone),))


def words(before: str, after: str) -> tuple[Piece, ...]:
    """One paragraph become another, by words: what stayed, what went, what came."""
    a, b = _WORD.findall(before), _WORD.findall(after)
    if max(len(a), len(b)) > _MOST_WORDS:
        return (Piece("gone", before), Piece("new", after))
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(b[k:m])))
            continue
        pieces += [Piece("gone", "".join(a[i:j]))] if j > i else []
        pieces += [Piece("new", "".join(b[k:m]))] if m > k else []
    return tuple(pieces)


def _alike(before: str, after: str) -> bool:
    """Counted in shared words, which is cheap and enough to tell an edit from another paragraph."""
    a, b = set(_plain(before).split()), set(_plain(after).split())
    return len(a & b) >= _ALIKE * max(len(a), len(b), 1)


def _plain(text: str) -> str:
    return " ".join(text.split())
