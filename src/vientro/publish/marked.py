"""The whole text of an article, cut where claims begin and end, so that a page can mark each with what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the text at `start`, and the ids of the claims whose evidence it is part of."""

    start: int
    text: str
    claims: tuple[str, ...]


def marked(article: Article, claims: Sequence[Claim]) -> list[list[Part]]:
    """By paragraph, the parts of the text in order; their texts joined by newlines are the article's text."""
    paragraphs, at = [], 0
    for line in article.text.split("\n"):
        paragraphs.append(_parts(at, line, claims))
        at += len(line) + 1
    return paragraphs


def _parts(start: int, line: str, claims: Sequence[Claim]) -> list[Part]:
    stop = start + len(line)
    inside = [claim for claim in claims if claim.span.start < stop and claim.span.stop > start]
    edges = {start, stop} | {edge for claim in inside for edge in (claim.span.start, claim.span.stop) if start < edge < stop}
    cuts = sorted(edges)
    return [
        Part(a, line[a - start : b - start], tuple(claim.id for claim in inside if claim.span.start < b and claim.span.stop > a))
        for a, b in pairwise(cuts)
    ]
