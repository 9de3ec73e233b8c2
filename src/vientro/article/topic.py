"""Topic and tag pages in HTML: repeated blocks of a headline that is a link and the lede beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.article.markup import text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

FEWEST = 6
_HEADLINES = "h1 a[href], h2 a[href], h3 a[href], h4 a[href], a[class*=title][href], [class*=title] > a[href]"
_LEDES = "p, [class*=sapo], [class*=desc], [class*=summary], [class*=lead]"
_ASIDE = "nav, footer, header"


def entries(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    """Headline and lede ("" where it stands alone) of each story that the page leads to, in the page's order, each once."""
    for aside in tree.css(_ASIDE):
        if not aside.css_first("h1"):
            aside.decompose()
    found: dict[str, tuple[str, str]] = {}
    for link in tree.css(_HEADLINES):
        headline, address = text_of(link), link.attributes.get("href") or ""
        if len(headline) >= 20 and not found.get(address, ("", ""))[1]:
            found[address] = (headline, _lede(link, headline))
    return list(found.values())


def _lede(link: LexborNode, headline: str) -> str:
    """The lede in the smallest block around the headline that has one, as long as the block holds no other story."""
    block = link.parent
    for _ in range(5):
        if block is None or block.tag in ("body", "main"):
            break
        others = {text for node in block.css(_HEADLINES) if len(text := text_of(node)) >= 20}
        if others - {headline}:
            break
        for node in block.css(_LEDES):
            text = text_of(node)
            if len(text) >= 40 and headline not in text:
                return text
        block = block.parent
    return ""
