"""The body of a page that no publisher rule fits: trafilatura says which paragraphs are the story, the markup says what they are."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from vientro.article.blocks import Block, blocks
from vientro.article.markup import clean, text_of
from vientro.article.rules import generic_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from vientro.article.rules import Rule

_SHARE = 0.9  # of what trafilatura found has to stand in the element that is taken for the body
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_WHOLE = 80
_MOST = 30_000
_ENOUGH = 300
_KEPT = 0.75  # of what trafilatura found has to be found again in it


@cache
def _extractor() -> Callable[..., Any]:
    """trafilatura takes a third of a second to load, and pages of known outlets do without it."""
    import trafilatura  # noqa: PLC0415

    return trafilatura.bare_extraction


def lines(markup: str) -> list[str]:
    """The paragraphs that trafilatura finds."""
    extract = _extractor()  # not in the try: that it can't be loaded is no fault of a page
    try:
        found = extract(markup, with_metadata=False, include_comments=False, include_tables=False, fast=True)
    except Exception:  # noqa: BLE001  whatever a strange page does to the extractor, the other pages are read
        return []
    text = getattr(found, "text", None) or ""
    return [line for part in text.split("\n") if (line := clean(part))]


def body(tree: LexborHTMLParser, markup: str, elements: int) -> tuple[list[Block], list[str]]:
    """The blocks of the story, and the captions that stand between its heading and its body.

    trafilatura takes more than twice the time for twice the elements, so that pages with more of them than pages have do without it.
    """
    wanted, rule = lines(markup) if elements <= _MOST else [], generic_rule()
    node = _around(tree, wanted)
    if node is None:
        return _by_markup(tree, rule) if not wanted else [Block("text", line) for line in wanted], []
    above = _captions_above(tree, node, rule.caption)
    found = _told(blocks(node, rule.drop, rule.caption), {_key(line) for line in wanted})
    if sum(len(block.text) for block in found if block.kind != "caption") >= _KEPT * sum(map(len, wanted)):
        return found, above
    return [Block("text", line) for line in wanted], above


def _told(found: list[Block], told: set[str]) -> list[Block]:
    """The blocks that trafilatura found as well, captions, and whole paragraphs between them that it lost."""
    places = [k for k, block in enumerate(found) if _key(block.text) in told]
    if not places:
        return []
    first, last = places[0], places[-1]
    return [
        block
        for k, block in enumerate(found)
        if block.kind == "caption" or _key(block.text) in told or (first < k < last and _whole(block))
    ]


def _whole(block: Block) -> bool:
    return block.kind == "row" or (len(block.text) >= _WHOLE and not block.set_off)


def _by_markup(tree: LexborHTMLParser, rule: Rule) -> list[Block]:
    """Where trafilatura finds nothing, a story told in captions or a body by its name."""
    for selector in rule.body:
        nodes = tree.css(selector)
        found = blocks(nodes[0], rule.drop, rule.caption) if len(nodes) == 1 else []
        if any(block.kind == "caption" for block in found) or sum(len(block.text) for block in found) >= _ENOUGH:
            return found
    return []


def _captions_above(tree: LexborHTMLParser, node: LexborNode, captions: tuple[str, ...]) -> list[str]:
    heading = tree.css_first("h1")
    above = {heading.mem_id} if heading is not None else set[int]()
    up = heading
    while up is not None and up.tag != "body":
        above.add(up.mem_id)
        up = up.parent
    inside = {one.mem_id for one in node.css("*")[:_MOST]}
    around: LexborNode | None = node
    while around is not None and around.mem_id not in above:
        around = around.parent
    found = []
    for one in around.css(", ".join(captions)) if around is not None else []:
        if one.mem_id in inside:
            break
        found.append(text_of(one))
    return [text for text in found if text]


def _around(tree: LexborHTMLParser, wanted: list[str]) -> LexborNode | None:
    """The smallest element that holds nearly all of these paragraphs."""
    told = {_key(line): len(line) for line in wanted}
    weights: dict[int, int] = {}
    nodes: dict[int, LexborNode] = {}
    order: dict[int, int] = {}
    for leaf in tree.css("p, li, blockquote, h2, h3, h4, td, figcaption"):
        weight = told.pop(_key(text_of(leaf)), 0)
        above = leaf.parent if weight else None
        while above is not None and above.tag != "html":
            order.setdefault(above.mem_id, len(order))
            weights[above.mem_id] = weights.get(above.mem_id, 0) + weight
            nodes[above.mem_id] = above
            above = above.parent
    enough = _SHARE * sum(weights[node.mem_id] for node in [tree.body] if node is not None and node.mem_id in weights)
    holding = [key for key in order if weights[key] >= enough > 0]
    # Of two that hold the same, the inner one was come by first.
    return nodes[min(holding, key=lambda key: (weights[key], order[key]))] if holding else None


def _key(text: str) -> str:
    """A paragraph as two extractors write it alike: without spaces, marks that can't be seen, and the dash of a list."""
    return _UNSEEN.sub("", text).lstrip("-–•·*")
