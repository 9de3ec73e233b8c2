"""Small readings of a parsed page that more than one part of this package needs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^>]*")
# What has no end, or ends by itself where the next begins.
_SHALLOW = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
     "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "html", "head", "body"),
)  # fmt: skip


def clean(text: str | None) -> str:
    """Text of a page on one line, without code points that no encoding can write."""
    return _SURROGATE.sub("\ufffd", _SPACE.sub(" ", text or "")).strip()


def text_of(node: LexborNode) -> str:
    return clean(node.text(separator=" ") if node.css_first("br") else node.text())


def first(tree: LexborHTMLParser, *selectors: str) -> str:
    """The content (or address) of the first element found, by order of the selectors; "" where none says anything."""
    return next((text for selector in selectors for text in every(tree, selector)), "")


def every(tree: LexborHTMLParser, selector: str) -> list[str]:
    """What the elements found say, each by its content, address or time, or else its text."""
    texts = []
    for node in tree.css(selector)[:100]:
        attributes = node.attributes
        text = clean(attributes.get("content") or attributes.get("href") or attributes.get("datetime") or text_of(node))
        if text:
            texts.append(text)
    return texts


def depth(markup: str) -> int:
    """How deep the elements of a page may stand in one another, at the most; linear in its length, without parsing it."""
    opened: Counter[str] = Counter()
    now = deepest = 0
    for end, name in _TAG.findall(markup):
        tag = name.lower()
        if tag in _SHALLOW:
            continue
        if not end:
            opened[tag] += 1
            now += 1
            deepest = max(deepest, now)
        elif opened[tag]:
            opened[tag] -= 1
            now -= 1
    return deepest
