"""An article of which only excerpts are kept: title, lede and the sentences that claims rest on stay at their places, the rest is blank."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vientro.model.article import Article, Span

_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…\n]?")
_REST = re.compile(r"\S")
BLANK = "·"


def excerpt(article: Article, told: Iterable[Span]) -> Article:
    """The article with every letter outside its title, its lede and the sentences of `told` put out; all places stay what they were.

    The id stays that of the whole text, so that the same page is the same article for whoever keeps it whole.
    """
    kept = [zone.span for zone in article.zones if zone.kind in ("title", "lede")]
    sentences = [found.span() for found in _SENTENCE.finditer(article.text) if found.end() > found.start()]
    for span in told:
        kept += [type(span)(start, stop) for start, stop in sentences if start < span.stop and span.start < stop]
    parts, at = [], 0
    for span in sorted(kept, key=lambda span: (span.start, span.stop)):
        parts += [_REST.sub(BLANK, article.text[at : span.start]), article.text[max(at, span.start) : span.stop]]
        at = max(at, span.stop)
    return replace(article, text="".join([*parts, _REST.sub(BLANK, article.text[at:])]))
