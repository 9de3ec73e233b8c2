"""The body of a page that no publisher rule fits: trafilatura says which paragraphs are the story, the markup says what they are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from vientro.article.blocks import Block, blocks
from vientro.article.markup import clean, text_of
from vientro.article.rules import generic_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SHARE = 0.9  # of what trafilatura found has to stand in the element that is taken for the body
_KEPT = 0.75  # of what trafilatura found has to be found again in it


@cache
def _extractor() -> Callable[..., Any]:
    """trafilatura takes a third of a second to load, and pages of known outlets do without it."""
    import trafilatura  # noqa: PLC0415

    return trafilatura.bare_extraction


def lines(markup: str) -> list[str]:
    """The paragraphs that trafilatura finds."""
    try:
        found = _extractor()(markup, with_metadata=False, include_comments=False, include_tables=False, fast=True)
    except Exception:  # noqa: BLE001  whatever a strange page does to the extractor, the other pages are read
        return []
    text = getattr(found, "text", None) or ""
    return [line for part in text.split("\n") if (line := clean(part).removeprefix("- "))]


def body(tree: LexborHTMLParser, markup: str) -> list[Block]:
    """The blocks of the story; none where trafilatura finds no text."""
    wanted = lines(markup)
    if not wanted:
        return []
    node, rule = _around(tree, wanted), generic_rule()
    if node is not None:
        told = {_bare(line) for line in wanted}
        found = [block for block in blocks(node, rule.drop, rule.caption) if block.kind == "caption" or _bare(block.text) in told]
        kept = sum(len(block.text) for block in found if block.kind != "caption" or _bare(block.text) in told)
        if kept >= _KEPT * sum(map(len, wanted)):
            return found
    return [Block("text", line) for line in wanted]


def _around(tree: LexborHTMLParser, wanted: list[str]) -> LexborNode | None:
    """The smallest element that holds nearly all of these paragraphs."""
    told = {_bare(line): len(line) for line in wanted}
    weights: dict[int, int] = {}
    nodes: dict[int, LexborNode] = {}
    order: dict[int, int] = {}
    for leaf in tree.css("p, li, blockquote, h2, h3, h4, td, figcaption"):
        weight = told.pop(_bare(text_of(leaf)), 0)
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


def _bare(text: str) -> str:
    return "".join(text.split())
