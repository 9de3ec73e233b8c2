"""An article of which only its headline and short quotations are left, and its claims at their new places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from vientro.model.article import Article, Span, Zone
from vientro.model.claim import Item, Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.claim import Claim, Role, Source
    from vientro.publish.coming import Coming

# Characters quoted of one article, wherever and however often it is shown, and at one go: a paragraph, of stories that have ten or more.
# A quotation serves to show what was said, and must not stand in for the article.
PER_ARTICLE = 600
PER_QUOTATION = 300
_LEAST = 60  # of a longer sentence less than this says nothing
_LEFT_OUT = "…"

T = TypeVar("T", Item, Money)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is kept from `start` to `stop` of the text; it stands at `at` in the new one."""

    start: int
    stop: int
    at: int = 0

    def has(self, span: Span) -> bool:
        return self.start <= span.start < self.stop

    def holds(self, span: Span | None) -> bool:
        return span is not None and self.start <= span.start and span.stop <= self.stop

    def moved(self, span: Span) -> Span:
        return Span(span.start - self.start + self.at, min(span.stop, self.stop) - self.start + self.at)


def abridged(article: Article, claims: Sequence[Claim], coming: Coming, quoted: Sequence[Claim]) -> tuple[Article, list[Claim]]:
    """The article and its claims, with the words that claims `quoted` rest on; of more than may be quoted those of the first. Claims that
    rest on others are without words."""
    text = coming.in_words(article.text, article.published).replace("\n", " ")
    pieces = _pieces(article, quoted)
    head = pieces[0] if article.title and pieces and pieces[0].start == 0 else None
    parts, zones, at = list[str](), list[Zone](), 0
    kept = []
    for piece in pieces:
        words = text[piece.start : piece.stop]
        kept.append(replace(piece, at=at))
        zones.append(Zone("title" if piece is head else "body", Span(at, at + len(words))))
        parts.append(words)
        at += len(words) + 1
    rest = Span(at, at + len(_LEFT_OUT))
    short = [_moved(claim, next((piece for piece in kept if piece.has(claim.span)), None), rest) for claim in claims]
    if any(claim.span == rest for claim in short):
        zones.append(Zone("body", rest))
        parts.append(_LEFT_OUT)
    left = "\n".join(parts)
    made = replace(
        article,
        key=article.key.rpartition("/")[2],
        title=coming.in_words(article.title, article.published) if article.title else None,
        text=left,
        zones=tuple(zones),
        author=None,
        tags=(),
    )
    dates = ("date", "due", "horizon")
    return made, [
        replace(claim, evidence=claim.span.of(left), **{name: coming.by_month(getattr(claim, name)) for name in dates}) for claim in short
    ]


def _pieces(article: Article, claims: Sequence[Claim]) -> list[_Piece]:
    """The headline, then the words that claims rest on, as far as they may be quoted, in the order of the text."""
    found = [_Piece(zone.span.start, zone.span.stop) for zone in article.zones if zone.kind == "title"][:1]
    left = PER_ARTICLE
    for claim in claims:
        if any(piece.has(claim.span) for piece in found):
            continue
        stop = min(claim.span.stop, claim.span.start + min(PER_QUOTATION, left))
        if stop < claim.span.stop:
            stop = max(article.text.rfind(" ", claim.span.start, stop), claim.span.start)
        if stop - claim.span.start >= min(_LEAST, claim.span.stop - claim.span.start):
            found.append(_Piece(claim.span.start, stop))
            left -= stop - claim.span.start
    return sorted(found, key=lambda piece: piece.start)


def _moved(claim: Claim, piece: _Piece | None, rest: Span) -> Claim:
    """The claim where its words stand now; what is said elsewhere has no place any more."""
    span = piece.moved(claim.span) if piece else rest

    def role(one: Role) -> Role:
        return replace(one, span=piece.moved(one.span) if piece and one.span and piece.holds(one.span) else None)

    def source(one: Source) -> Source:
        return replace(one, span=piece.moved(one.span) if piece and one.span and piece.holds(one.span) else None)

    def thing(one: T) -> T:
        return replace(one, span=piece.moved(one.span) if piece and piece.holds(one.span) else span)

    return replace(
        claim,
        span=span,
        actors=tuple(map(role, claim.actors)),
        recipients=tuple(map(role, claim.recipients)),
        addressees=tuple(map(role, claim.addressees)),
        items=tuple(map(thing, claim.items)),
        amounts=tuple(map(thing, claim.amounts)),
        speaker=role(claim.speaker) if claim.speaker else None,
        chain=tuple(map(source, claim.chain)),
    )
