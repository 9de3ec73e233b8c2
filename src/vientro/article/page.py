"""A page to an article: trafilatura finds the body; title, lede, day and outlet come from what the page declares of itself.

trafilatura 2.3 finds every paragraph, but drops the lede of about half of the Vietnamese pages tried, and most captions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import trafilatura
from selectolax.lexbor import LexborHTMLParser
from trafilatura.settings import Document

from vientro.article import topic
from vientro.article.compose import compose
from vientro.article.declared import declared
from vientro.article.markup import clean, text_of
from vientro.model.article import Article, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPTIONS = "figcaption, .PhotoCMS_Caption, .photoCMS_Caption, td.pCaption, .image-caption, p.Image, p.caption"
_LONGEST_CAPTION = 600
_OWN = "vientro"


def article(name: str, markup: str) -> Iterator[Article | Reject]:
    """The article of a page, or the stories of a topic page as the entries of one article; a Reject where the page holds no text."""
    tree = LexborHTMLParser(markup)
    generator = tree.css_first("meta[name=generator]")
    if generator and (generator.attributes.get("content") or "").startswith(_OWN):
        yield Reject("article", name, "a report of vientro itself")
        return
    about = declared(tree)
    if about.date and not about.published:
        yield Reject("article", name, "the page's day of publication is no date; the article is taken as undated")
    outlet, url = about.outlet or None, about.url or None
    stories = [] if about.story else topic.entries(tree)
    if len(stories) >= topic.FEWEST:
        yield compose(
            name, title=about.title, stories=[f"{headline}\n{lede}".rstrip() for headline, lede in stories], outlet=outlet, url=url
        )
        return
    paragraphs = [text for text in _body(markup) if text != about.title]
    if not paragraphs:
        yield Reject("article", name, "a page without text")
        return
    captions = list(dict.fromkeys(text for node in tree.css(_CAPTIONS) if 0 < len(text := text_of(node)) <= _LONGEST_CAPTION))
    told = set(paragraphs)
    lost = [text for text in captions if text not in told]
    yield compose(
        name,
        "\n".join(paragraphs + lost),
        title=about.title,
        lede=about.lede if about.lede not in told else None,
        published=about.published,
        captions=frozenset(captions),
        outlet=outlet,
        url=url,
    )


def _body(markup: str) -> list[str]:
    try:
        found = trafilatura.bare_extraction(markup, with_metadata=False, include_comments=False, include_tables=False, fast=True)
    except Exception:  # noqa: BLE001  whatever a strange page does to the extractor, the other pages are read
        return []
    text = found.text if isinstance(found, Document) else ""
    return [line for part in (text or "").split("\n") if (line := clean(part))]
