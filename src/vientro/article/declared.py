"""What a page says of itself: JSON-LD first, then its meta fields, then the markup that Vietnamese outlets share."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.article.compose import day
from vientro.article.markup import clean, first, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

_STORY = frozenset(("Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting"))
_LEDES = "[class*=sapo], [data-role=sapo], h1 ~ p.description, article p.description, .sidebar-1 p.description, .chapeau, h2.lead, p.lead"
_TIMES = (
    "meta[property='article:published_time']",
    "meta[itemprop=datePublished]",
    "meta[name=pubdate]",
    "time[itemprop=datePublished]",
    "article time[datetime]",
)
_LONGEST_LEDE = 900


@dataclass(frozen=True, slots=True)
class Declared:
    """`story` says that the page calls itself one story; `date` is as the page has it, `published` is that in ISO 8601 or None."""

    story: bool
    title: str
    lede: str
    outlet: str
    url: str
    date: str
    published: str | None


def declared(tree: LexborHTMLParser) -> Declared:
    data = next((item for item in _linked_data(tree) if _types(item) & _STORY), {})
    date = _text(data.get("datePublished")) or first(tree, *_TIMES)
    return Declared(
        story=bool(data) or bool(date and first(tree, "meta[property='og:type']") == "article"),
        title=_title(tree, _text(data.get("headline"))),
        lede=_lede(tree) or _text(data.get("description")) or first(tree, "meta[property='og:description']", "meta[name=description]"),
        outlet=_outlet(data) or first(tree, "meta[property='og:site_name']"),
        url=first(tree, "link[rel=canonical]", "meta[property='og:url']"),
        date=date,
        published=_published(date),
    )


def _published(date: str) -> str | None:
    """A page's day of publication; some leave a space before the offset."""
    head, _, offset = date.rpartition(" ")
    return day(date) or (day(head + offset) if offset[:1] in "+-" else None) if date else None


def _title(tree: LexborHTMLParser, headline: str) -> str:
    """The heading, unless the page has several and declares another; what is declared often ends with the outlet's name."""
    stated = headline or first(tree, "meta[property='og:title']", "title")
    headings = [text for node in tree.css("h1") if (text := text_of(node))]
    return next((text for text in headings if text in stated or stated in text), stated or next(iter(headings), ""))


def _lede(tree: LexborHTMLParser) -> str:
    return next((text for node in tree.css(_LEDES) if 40 <= len(text := text_of(node)) <= _LONGEST_LEDE), "")


def _outlet(data: dict[str, Any]) -> str:
    publisher = data.get("publisher")
    name = _text(publisher.get("name")) if isinstance(publisher, dict) else ""
    return "" if "://" in name else name


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("script[type='application/ld+json']"):
        try:
            data = msgspec.json.decode(" ".join(node.text().split()))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        yield from (item for item in graph if isinstance(item, dict)) if isinstance(graph, list) else ()


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    return {kind} if isinstance(kind, str) else {part for part in kind if isinstance(part, str)} if isinstance(kind, list) else set()


def _text(value: object) -> str:
    """A string of JSON-LD; some systems escape it as HTML, some of them twice."""
    return clean(html.unescape(html.unescape(value))) if isinstance(value, str) else ""
