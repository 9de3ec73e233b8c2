"""Topic and tag pages in HTML: repeated blocks of a headline that is a link and the lede beside it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vientro.article.markup import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

FEWEST = 6
MOST = 1000  # headlines looked at; the longest real page seen has a quarter of that
_HEADLINES = "h1 a[href], h2 a[href], h3 a[href], h4 a[href], a[class*=title][href], [class*=title] > a[href]"
_LEDES = "p, [class*=sapo], [class*=desc], [class*=summary], [class*=lead]"
_ASIDE = "nav, footer, header"
_SHORTEST = 20
_LEVELS = 5
_TRIES = 4  # places where one headline may stand; a page that repeats it without end is not searched without end


def entries(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Headline and lede ("" where it stands alone) of each story that the page leads to, in the page's order, each once.

    Linear in the length of the page, whatever it holds.
    """
    titled = _around(tree.css("h1"))
    # The inner ones first: what stands in a part that is gone may not be touched any more.
    for aside in reversed(tree.css(_ASIDE)):
        if aside.mem_id not in titled:
            aside.decompose()
    links = [(link, headline) for link in tree.css(_HEADLINES)[:MOST] if len(headline := text_of(link)) >= _SHORTEST]
    shared = _shared(links)
    tried = Counter[str]()
    found: dict[str, tuple[str, str]] = {}
    for link, headline in links:
        address = link.attributes.get("href") or ""
        if tried[headline] < _TRIES and not found.get(address, ("", ""))[1]:
            tried[headline] += 1
            found[address] = (headline, _lede(link, headline, shared))
    return list(found.values())


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
        for node in block.css(_LEDES):
            text = text_of(node)
            if len(text) >= 40 and headline not in text:
                return text
    return ""
