"""Topic and tag pages in HTML: repeated blocks of a headline that is a link and the lede beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.article.markup import clean, text_of
from vientro.article.rules import for_topics, host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

FEWEST = 6
MOST = 1000  # headlines looked at; the longest real page seen has a quarter of that
_HEADLINES = "h1 a[href], h2 a[href], h3 a[href], h4 a[href], a[class*=title][href], [class*=title] > a[href]"
_LEDES = "p, [class*=sapo], [class*=desc], [class*=summary], [class*=lead]"
_ASIDE = "nav, footer, header"
_SHORTEST = 20
_SHORTEST_NAMED = 4  # where the address says that it is a story
_LEVELS = 5
_NEAR = 50  # elements of a block looked through for its lede
_TRIES = 4  # places where one headline may stand; a page that repeats it without end is not searched without end
# The addresses of articles end in a number; those of topics, authors and the outlet's own pages hardly ever do.
_ADDRESS = re.compile(r"(?:[-/_.]|post|ar)\d{5,20}(?:\.[a-z]{2,5})?/?$")
_COUNT = re.compile(r"\s\(?\d{1,5}\)?$")


@dataclass(frozen=True, slots=True)
class Story:
    """What a topic page says of one story; the lede is "" where it stands alone, the address as the page writes it."""

    address: str
    headline: str
    lede: str


def entries(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Headline and lede ("" where it stands alone) of each story that the page leads to, in the page's order, each once."""
    return [(story.headline, story.lede) for story in stories(tree)]


def stories(tree: LexborHTMLParser, url: str | None = None) -> list[Story]:
    """The stories that a topic page leads to, in its order, each once. The tree loses its navigation.

    Linear in the length of the page, whatever it holds.
    """
    titled = _around(tree.css("h1"))
    # The inner ones first: what stands in a part that is gone may not be touched any more.
    for aside in reversed(tree.css(_ASIDE)):
        if aside.mem_id not in titled:
            aside.decompose()
    links = _links(tree, host_of(url))
    shared = _shared(links)
    tried = Counter[str]()
    found: dict[str, Story] = {}
    for link, headline in links:
        address = _address(link)
        known = found.get(address)
        if tried[headline] < _TRIES and not (known and known.lede):
            tried[headline] += 1
            found[address] = Story(address, known.headline if known else headline, _lede(link, headline, shared))
    return list(found.values())


def _links(tree: LexborHTMLParser, host: str) -> list[tuple[LexborNode, str]]:
    """The links that are headlines of stories: by the rule of the outlet, else by their markup and their addresses."""
    rule = for_topics(tree, host)
    pattern = re.compile(rule.address) if rule and rule.address else _ADDRESS
    for selector in rule.stories if rule else ():
        links = [link for link in _headlines(tree, selector, _SHORTEST_NAMED) if pattern.search(_address(link[0]))]
        if len({_address(link) for link, _ in links}) >= FEWEST:
            return links
    links = _headlines(tree, _HEADLINES, _SHORTEST)
    named = [link for link in links if _ADDRESS.search(_address(link[0]))]
    return named if len({_address(link) for link, _ in named}) >= FEWEST else links


def _headlines(tree: LexborHTMLParser, selector: str, shortest: int) -> list[tuple[LexborNode, str]]:
    nodes = tree.css(selector)[: 4 * MOST]
    return [(link, headline) for link in nodes if link.tag == "a" and len(headline := _headline(link)) >= shortest][:MOST]


def _headline(link: LexborNode) -> str:
    """A headline without the number of comments that stands in it."""
    text = text_of(link)
    if _COUNT.search(text) and any(clean(part.text()).strip("()").isdecimal() for part in link.css("span, em, i, small")):
        text = _COUNT.sub("", text)
    return text


def _address(link: LexborNode) -> str:
    return re.split(r"[?#]", (link.attributes.get("href") or "").strip(), maxsplit=1)[0]


def _above(node: LexborNode) -> Iterator[LexborNode]:
    block = node.parent
    while block is not None:
        yield block
        block = block.parent


def _around(nodes: Iterable[LexborNode]) -> set[int]:
    """The elements that any of the nodes stands in."""
    around: set[int] = set()
    for node in nodes:
        for block in _above(node):
            if block.mem_id in around:
                break
            around.add(block.mem_id)
    return around


def _shared(links: Iterable[tuple[LexborNode, str]]) -> set[int]:
    """The elements that hold headlines of more than one story. Each is come by twice at the most: what holds it is shared as well."""
    only: dict[int, str] = {}
    shared: set[int] = set()
    for link, headline in links:
        for block in _above(link):
            known = only.setdefault(block.mem_id, headline)
            if block.mem_id in shared:
                break
            if known != headline:
                shared.add(block.mem_id)
    return shared


def _lede(link: LexborNode, headline: str, shared: set[int]) -> str:
    """The lede in the smallest block around the headline that has one, as long as the block holds no other story."""
    for _, block in zip(range(_LEVELS), _above(link), strict=False):
        if block.tag in ("body", "main") or block.mem_id in shared:
            break
        for node in block.css(_LEDES)[:_NEAR]:
            text = text_of(node)
            if len(text) >= 40 and headline not in text:
                return text
    return ""
