"""A short quotation around the evidence of a claim, cut into pieces that a page can mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from vientro.model.article import Article, Span
    from vientro.model.claim import Claim

AROUND = 140  # characters of the article before and after the evidence: enough to read it in its sentence, and no more than a quotation
LONGEST = 700

Mark = Literal["", "evidence", "value"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the article's text: outside the evidence, in it, or in it and the words of a slot's value."""

    text: str
    mark: Mark


def quote(article: Article, claim: Claim) -> tuple[Piece, ...]:
    """The evidence with a little of its own paragraph around it; "…" where something is left out."""
    text, span = article.text, claim.span
    stop = min(span.stop, span.start + LONGEST)
    paragraph = next((zone.span for zone in article.zones if zone.span.start <= span.start < zone.span.stop), None)
    low = max(paragraph.start if paragraph else 0, _word_start(text, span.start - AROUND, span.start))
    high = min(max(paragraph.stop, stop) if paragraph else len(text), _word_stop(text, stop + AROUND, stop))
    pieces = [Piece(("… " if low and text[low - 1] != "\n" else "") + text[low : span.start], "")]
    pieces += _marked(text, span.start, stop, _values(claim))
    cut = stop < span.stop or (high < len(text) and text[high] != "\n")
    pieces.append(Piece(text[stop:high] + (" …" if cut else ""), ""))
    return tuple(piece for piece in pieces if piece.text)


def _marked(text: str, start: int, stop: int, values: list[Span]) -> list[Piece]:
    pieces, at = [], start
    for span in values:
        if span.start >= at and span.stop <= stop:
            pieces += [Piece(text[at : span.start], "evidence"), Piece(span.of(text), "value")]
            at = span.stop
    return [*pieces, Piece(text[at:stop], "evidence")]


def _values(claim: Claim) -> list[Span]:
    """Where the values of the slots stand, in order, the longer first."""
    roles = (*claim.actors, *claim.recipients, *claim.addressees, *((claim.speaker,) if claim.speaker else ()))
    spans = {role.span for role in roles if role.span} | {item.span for item in claim.items} | {money.span for money in claim.amounts}
    inside = [span for span in spans if claim.span != span]
    return sorted(inside, key=lambda span: (span.start, -span.stop))


def _word_start(text: str, at: int, most: int) -> int:
    """The beginning of the first whole word from `at` on, not after `most`."""
    if at <= 0:
        return 0
    space = text.find(" ", at - 1, most)
    return space + 1 if space >= 0 else most


def _word_stop(text: str, at: int, least: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", least, at + 1)
    return space if space >= 0 else least
