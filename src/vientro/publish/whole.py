"""The facts of a ledger with the texts they stand in, for another ledger of one's own: articles, claims in full, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vientro.ledger.decisions import HAND
from vientro.model.article import Article
from vientro.model.claim import Claim
from vientro.model.decision import Decision
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vientro.publish.book import Book

Fact = Article | Claim | Decision
_KINDS: dict[str, type[Fact]] = {"article": Article, "claim": Claim, "decision": Decision}


def lines(book: Book) -> Iterator[str]:
    """One record a line, of each kind in order of id: what other ledgers need to come to the same deals. Names of reviewers are in it."""
    claims = {id_: claim for id_, claim in book.claims.items() if not by_hand(claim)} | dict(book.ruled.machine)
    needed = {claim.article_id for claim in claims.values()} | {id_ for one in book.decisions for id_ in one.articles}
    for id_ in sorted(needed & set(book.ruled.articles)):
        yield _line("article", book.ruled.articles[id_])
    for id_ in sorted(claims):
        yield _line("claim", claims[id_])
    for decision in sorted(book.decisions, key=lambda one: (one.at, one.id)):
        yield _line("decision", decision)


def by_hand(claim: Claim) -> bool:
    """Whether a claim follows from a decision, and no reader made it."""
    return claim.reader == HAND or bool(claim.database)


def read(content: Iterable[str], name: str) -> Iterator[Fact]:
    """The facts in such lines; raises InputError, naming the line, for anything else."""
    for number, line in enumerate(content, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            row: Any = msgspec.json.decode(line)
            yield msgspec.convert(row["fact"], _KINDS[row["kind"]])
        except (msgspec.DecodeError, msgspec.ValidationError, KeyError, AttributeError, TypeError) as error:
            mend = "`vientro export FILE.jsonl --texts` writes what can be imported again"
            raise InputError(where, f"is no article with its text, no claim and no decision ({error})", mend) from error


def _line(kind: str, fact: Fact) -> str:
    return msgspec.json.encode({"kind": kind, "fact": fact}, order="sorted").decode()
