"""Small readings of a parsed page that more than one part of this package needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def clean(text: str | None) -> str:
    """Text of a page on one line, without code points that no encoding can write."""
    return _SURROGATE.sub("\ufffd", _SPACE.sub(" ", text or "")).strip()


def text_of(node: LexborNode) -> str:
    return clean(node.text(separator=" ") if node.css_first("br") else node.text())


def first(tree: LexborHTMLParser, *selectors: str) -> str:
    """The content (or address) of the first element found, by order of the selectors; "" where none says anything."""
    for selector in selectors:
        for node in tree.css(selector):
            found = clean(node.attributes.get("content") or node.attributes.get("href") or node.attributes.get("datetime") or text_of(node))
            if found:
                return found
    return ""
