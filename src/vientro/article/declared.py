"""What a page says of itself: JSON-LD first, then its meta fields, then the markup that Vietnamese outlets share."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.article.markup import clean, every, first, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

_STORY = frozenset(
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle LiveBlogPosting".split()  # noqa: SIM905
)
_TIMES = (
    "meta[property='article:published_time']",
    "meta[name='article:published_time']",
    "meta[name=pubdate]",
    "meta[itemprop=datePublished]",
    "meta[name='dc.date'], meta[name='DC.date.issued'], meta[name='dcterms.created']",
)
_LESS_TIMES = ("time[itemprop=datePublished]", "[itemprop=datePublished]", "article time[datetime]", "time[pubdate]")
_CHANGES = (
    "meta[property='article:modified_time']",
    "meta[name='article:modified_time']",
    "meta[name=lastmod]",
    "meta[itemprop=dateModified]",
)
_TAGS = ("meta[property='article:tag']", "meta[name=news_keywords]", "meta[name=keywords]")
_AUTHORS = ("meta[property='article:author']", "meta[name='dable:author']", "meta[name=author]")
_MOST_TAGS = 50
_FEWEST_WORDS = 5
_FIELD = re.compile(r'"(headline|description|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.){1,1000})"')


@dataclass(frozen=True, slots=True)
class Declared:
    """`story` says that the page calls itself one story; times are as the page has them, the best first.

    `types` are those of JSON-LD, with "og:" and the Open Graph type; `closed` says that the page calls itself not free to read.
    """

    story: bool
    types: frozenset[str]
    title: str
    description: str
    outlet: str
    url: str
    times: tuple[str, ...]
    changes: tuple[str, ...]
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    closed: bool


def declared(tree: LexborHTMLParser) -> Declared:
    items = list(_linked_data(tree))
    data = next((item for item in items if _types(item) & _STORY), {})
    kind = first(tree, "meta[property='og:type']")
    metas = [text for selector in _TIMES for text in every(tree, selector)[:3]]
    times = list(filter(None, (*metas, _text(data.get("datePublished")), *(first(tree, selector) for selector in _LESS_TIMES))))
    description = _text(data.get("description")) or first(tree, "meta[property='og:description']", "meta[name=description]")
    return Declared(
        story=bool(data) or bool(times and kind == "article"),
        types=frozenset(name for item in items for name in _types(item)) | {f"og:{kind.lower()}"},
        title=_title(tree, _text(data.get("headline"))),
        description=description,
        outlet=_outlet(data) or first(tree, "meta[property='og:site_name']"),
        url=first(tree, "link[rel=canonical]", "meta[property='og:url']"),
        times=tuple(times),
        changes=tuple(filter(None, (_text(data.get("dateModified")), *(first(tree, selector) for selector in _CHANGES)))),
        authors=tuple(_authors(data)) or tuple(first(tree, selector) for selector in _AUTHORS),
        tags=_tags(tree, data),
        closed=any(str(item.get("isAccessibleForFree", "")).lower() == "false" for item in items),
    )


def _title(tree: LexborHTMLParser, headline: str) -> str:
    """The heading that is declared as well, else the only one that is a headline, else what is declared.

    What is declared often ends with the outlet's name, or is another wording made for search engines; a heading may be the outlet's logo.
    """
    stated = headline or first(tree, "meta[property='og:title']", "title")
    headings = [text for node in tree.css("h1")[:20] if (text := text_of(node))]
    same = next((text for text in headings if text in stated or stated in text), "")
    headlines = [text for text in headings if len(text.split()) >= _FEWEST_WORDS]
    return same or (headlines[0] if len(headlines) == 1 else stated or next(iter(headings), ""))


def _outlet(data: dict[str, Any]) -> str:
    publisher = data.get("publisher")
    name = _text(publisher.get("name")) if isinstance(publisher, dict) else ""
    return "" if "://" in name else name


def _authors(data: dict[str, Any]) -> Iterator[str]:
    """The persons that JSON-LD names as authors; an outlet is none."""
    author = data.get("author")
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, str):
            yield _text(one)
        elif isinstance(one, dict) and "Organization" not in _types(one):
            yield _text(one.get("name"))


def _tags(tree: LexborHTMLParser, data: dict[str, Any]) -> tuple[str, ...]:
    """Key words, from the first field that has any."""
    given = data.get("keywords")
    fields = [given] if isinstance(given, str) else [word for word in given if isinstance(word, str)] if isinstance(given, list) else []
    for words in (every(tree, _TAGS[0]), fields, every(tree, _TAGS[1]), every(tree, _TAGS[2])):
        found = [tag for field in words for part in re.split(r"[,;]", field) if (tag := _text(part))]
        if found:
            return tuple(dict.fromkeys(found))[:_MOST_TAGS]
    return ()


def _linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("script[type='application/ld+json']")[:50]:
        source = " ".join((node.text() or "").split())
        try:
            data = msgspec.json.decode(source)
        except (msgspec.DecodeError, UnicodeDecodeError, UnicodeEncodeError, RecursionError):
            # Broken JSON: its simple fields can be read all the same.
            fields: dict[str, Any] = {name: value.replace('\\"', '"').replace("\\/", "/") for name, value in _FIELD.findall(source)[::-1]}
            if "datePublished" in fields and "headline" in fields:
                yield {"@type": "NewsArticle", **fields}
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        yield from (item for item in graph if isinstance(item, dict)) if isinstance(graph, list) else ()


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    return {kind} if isinstance(kind, str) else {part for part in kind if isinstance(part, str)} if isinstance(kind, list) else set()


def _text(value: object) -> str:
    """A string of JSON-LD; some systems escape it as HTML, some of them twice."""
    return clean(html.unescape(html.unescape(value))) if isinstance(value, str) else ""
