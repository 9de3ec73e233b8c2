"""Small readings of a parsed page that more than one part of this package needs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACE = re.compile(r"\s+")
_UNKEPT = re.compile(r"[\0\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^>]*")
_LONG_TAG = 5000
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
# What has no end, or ends by itself where the next begins.
_SHALLOW = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd",
     "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "html", "head", "body"),
)  # fmt: skip


def clean(text: str | None) -> str:
    """Text of a page on one line, without code points that no encoding, or no database, can write."""
    return _UNKEPT.sub("\ufffd", _SPACE.sub(" ", text or "")).strip()


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


@dataclass(frozen=True, slots=True)
class Size:
    """How much markup a page holds: elements, how deep they may stand in one another at the most, and attributes of one of them."""

    elements: int
    depth: int
    attributes: int


def measured(markup: str) -> Size:
    """The size of a page's markup; linear in its length, without parsing it."""
    opened: Counter[str] = Counter()
    elements = now = deepest = crowded = 0
    for found in _TAG.finditer(markup):
        elements += 1
        if found.end() - found.start() > _LONG_TAG:
            crowded = max(crowded, len(_BETWEEN.findall(_QUOTED.sub("", found[0]))))
        tag = found[2].lower()
        if tag in _SHALLOW:
            continue
        if not found[1]:
            opened[tag] += 1
            now += 1
            deepest = max(deepest, now)
        elif opened[tag]:
            opened[tag] -= 1
            now -= 1
    return Size(elements, deepest, crowded)
