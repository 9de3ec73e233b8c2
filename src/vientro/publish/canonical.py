"""The canonical export: all facts of a ledger and what follows from them, as sorted JSON Lines.

Two ledgers of the same articles and decisions give the same bytes, whatever order they came in. Texts of articles stay at home:
what leaves are their names, and the evidence. Claims are as the reader made them; what people ruled on them is in the decisions, under
their pseudonyms where they have one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from vientro.model.interchange import encode
from vientro.publish import rulings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vientro.model.article import Article
    from vientro.publish.book import Book


T = TypeVar("T")


def lines(book: Book) -> Iterator[str]:
    """One record a line: articles that tell something, claims, decisions, links, steps, deals, each in order of id; keys in order."""
    for article in _ordered(book.articles):
        yield _line("article", _article(article))
    for claim in _ordered({id_: book.ruled.machine.get(id_, claim) for id_, claim in book.claims.items()}):
        yield _line("claim", {"id": claim.id, "article": claim.article_id, **encode(claim)})
    for decision in sorted(book.decisions, key=lambda one: one.id):
        yield _line("decision", {"id": decision.id, "ruling": rulings.record(decision)})
    for link in _ordered(book.links):
        yield _line("link", msgspec.to_builtins(link))
    for step in sorted(book.ledger.steps, key=lambda step: step.id):
        yield _line("step", msgspec.to_builtins(step))
    for deal in sorted(book.ledger.deals, key=lambda deal: deal.id):
        yield _line("deal", msgspec.to_builtins(deal))


def _ordered(records: Mapping[str, T]) -> list[T]:
    return [records[id_] for id_ in sorted(records)]


def _article(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in ("id", "key", "outlet", "url", "published", "lang", "title")}


def _line(kind: str, record: dict[str, Any]) -> str:
    return msgspec.json.encode({"kind": kind} | record, order="sorted").decode()
