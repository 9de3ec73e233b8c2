"""The parts of an article page beside its body: title, lede, byline, times and address, by the rule and by what the page declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vientro.article import byline, times
from vientro.article.blocks import Block, blocks
from vientro.article.compose import is_caption
from vientro.article.markup import clean, text_of
from vientro.article.rules import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

    from vientro.article.declared import Declared
    from vientro.article.rules import Rule

_SHORTEST_LEDE, _LONGEST_LEDE = 20, 1500
_SHORTEST_OPENING = 60
_LEADS = "h2, h3, h4, strong, b, p[class], div[class*=lead], div[class*=desc], div[class*=summary], div[class*=intro], div[class*=chap]"
_LONGEST_NAME = 100
_LONGEST_TIME, _NEAR = 80, 40
_MOST_NAMES = 4
_CUT = re.compile(r"\s*(?:\.{3}|…|\[…\]|\[\.\.\.\])$")
_PATH = re.compile(r"https?://[^/?#]+/*[^/?#]", re.IGNORECASE)


def said(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    """The text of the first element that has any, by order of the selectors."""
    return next((text for selector in selectors for node in tree.css(selector)[:5] if (text := text_of(node))), "")


def captioned(block: Block) -> bool:
    """Whether a block is a caption, by its markup or by the credit that it ends with."""
    return block.kind == "caption" or (block.kind == "text" and is_caption(block.text))


def lede(tree: LexborHTMLParser, about: Declared, rule: Rule, title: str, found: list[Block], *, known: bool) -> tuple[str, list[Block]]:
    """The lede ("" for none), and the blocks without it.

    It stands where the rule says; else it is the first paragraph, if the page describes itself with it or sets it off; else that
    description. Where the rule is not that of a known system, a lede has to agree with the description if there is one.
    """
    described = bare(_CUT.sub("", about.description))
    shown = next((text for text in _shown_ledes(tree, rule, title) if known or _agree(bare(text), described)), "")
    if not shown and not known and described:
        shown = _as_described(tree, described)
    if shown:
        return shown, [block for block in found if bare(block.text) != bare(shown)]
    opening = next((block for block in found if not captioned(block)), None)
    if opening is not None and len(opening.text) <= _LONGEST_LEDE:
        repeated = described and described[:80] in bare(opening.text)[:160]
        if repeated or (opening.set_off and len(opening.text) >= _SHORTEST_OPENING and len(found) > 2):
            return opening.text, [block for block in found if block is not opening]
    description = about.description
    return (description if description != title and len(description) >= _SHORTEST_LEDE else ""), found


def _shown_ledes(tree: LexborHTMLParser, rule: Rule, title: str) -> Iterator[str]:
    for selector in rule.lede:
        for node in tree.css(selector)[:5]:
            text = " ".join(block.text for block in blocks(node, rule.drop) if block.kind != "caption")
            if _SHORTEST_LEDE <= len(text) <= _LONGEST_LEDE and text != title:
                yield text


def _agree(one: str, other: str) -> bool:
    """Whether two ledes without spaces are one, but for what stands before or behind it."""
    return not other or one[-60:] in other or other[:60] in one


def _as_described(tree: LexborHTMLParser, described: str) -> str:
    """The element above the body that says what the page describes itself with, often behind the outlet's short name."""
    for node in tree.css(_LEADS)[:200]:
        text = text_of(node)
        if described[:60] in bare(text)[:120] and len(bare(text)) <= len(described) + 60 and len(described) >= _SHORTEST_OPENING:
            return text
    return ""


def author(tree: LexborHTMLParser, about: Declared, rule: Rule, signed: str | None, outlet: str | None) -> str | None:
    """The byline: where the rule says, else the last line of the body (`signed`), else what the page declares; the source in brackets."""
    shown = (byline.tidy(_names(tree, selector)) for selector in rule.author)
    name = next((text for text in shown if text and len(text) <= _LONGEST_NAME), None)
    return byline.joined(name or signed or _declared_author(about, outlet), said(tree, rule.source))


def _names(tree: LexborHTMLParser, selector: str) -> str:
    texts = [text for node in tree.css(selector)[:6] if (text := clean(node.text(separator=" "))) and len(text) <= _LONGEST_NAME]
    names = list(dict.fromkeys(texts))
    return ", ".join(names) if len(names) <= _MOST_NAMES else names[0]


def _declared_author(about: Declared, outlet: str | None) -> str | None:
    """The author that a page declares, unless it is the outlet, an address, or the company that made the site."""
    sites = [name.lower() for name in (outlet, about.outlet) if name]
    for name in about.authors:
        low = name.lower()
        written = name and len(name) <= _LONGEST_NAME and "." not in low.split()[-1] and "/" not in low
        if written and not any(site in low or low in site for site in sites):
            return byline.tidy(name)
    return None


def times_shown(tree: LexborHTMLParser, rule: Rule) -> list[str]:
    """The times that the page shows to a person, where the rule says."""
    found = []
    for selector in rule.time:
        for node in tree.css(selector)[:3]:
            attributes = node.attributes
            found += [attributes.get("datetime") or attributes.get("content") or "", clean(node.text(separator=" "))]
    return [text for text in found if text] or _times_below(tree)


def _times_below(tree: LexborHTMLParser) -> list[str]:
    """Short lines with a time right below the heading, where no rule says; what stands above it is the day of the reader's visit."""
    nodes = tree.css("h1, span, div, p, li, em, i, td")
    start = next((k for k, node in enumerate(nodes) if node.tag == "h1"), len(nodes))
    texts = (clean(node.text(separator=" ")[: 4 * _LONGEST_TIME]) for node in nodes[start + 1 : start + 1 + _NEAR])
    return [text for text in texts if len(text) <= _LONGEST_TIME and "T" in (times.moment(text, local=True) or "")]


def captions_above(tree: LexborHTMLParser, rule: Rule) -> list[str]:
    """Captions that stand above the body."""
    return [text for selector in rule.above for node in tree.css(selector)[:10] if (text := text_of(node))]


def address(canonical: str, url: str | None) -> str | None:
    """The canonical address if it is one of the same host and more than its front page, else where the page was fetched."""
    if canonical.startswith("//"):
        canonical = "https:" + canonical
    elif canonical.startswith("/") and host_of(url):
        canonical = "/".join((url or "").split("/")[:3]) + canonical
    own, given = host_of(canonical), host_of(url)
    if not own:
        return url
    same = not given or own == given or own.endswith("." + given) or given.endswith("." + own)
    return canonical if same and (not url or _PATH.match(canonical)) else url


def bare(text: str) -> str:
    """A text without its spaces, to compare two writings of one."""
    return "".join(text.split())
