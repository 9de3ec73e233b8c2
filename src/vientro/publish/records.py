"""The lines and the summary of a ledger as plain records, for programs: codes, EDTF dates and sums as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vientro.ledger.rules import new_money
from vientro.publish import rulings
from vientro.publish.lines import blocks, follows, reasons, types

if TYPE_CHECKING:
    from vientro.ledger.follow import Follow
    from vientro.model.ledger import Deal, State
    from vientro.publish.book import Book
    from vientro.publish.lines import Line, Witness


def ledger(book: Book) -> dict[str, Any]:
    """`{"lines": [...], "deals": [...], "summary": {...}}`: a line for each step, in the order of the table; what became of each deal."""
    found = [(block.deal.state if block.deal else None, line) for block in blocks(book) for line in block.lines]
    return {"lines": [line_record(line, state) for state, line in found], "deals": deals(book), "summary": summary(book)}


def deals(book: Book) -> list[dict[str, Any]]:
    """By id: the state of each deal and what became of it up to the newest article; `follow` is None where no article has a day."""
    became = follows(book)
    shown = [deal for deal in sorted(book.ledger.deals, key=_id) if book.shown is None or not book.shown.isdisjoint(deal.steps)]
    return [deal_record(deal, became.get(deal.id)) for deal in shown]


def deal_record(deal: Deal, became: Follow | None) -> dict[str, Any]:
    """The state of a deal and what became of it."""
    return {**msgspec.to_builtins(deal), "follow": msgspec.to_builtins(became)}


def _id(deal: Deal) -> str:
    return deal.id


def summary(book: Book) -> dict[str, Any]:
    """How much was read, found and left out."""
    return {
        "articles": book.read,
        "newest": book.newest,
        "claims": len(book.claims),
        "types": dict(types(book)),
        "steps": len(book.ledger.steps),
        **({} if book.shown is None else {"shown": len(book.shown)}),
        "deals": len(book.ledger.deals),
        "rejects": len(book.rejects),
        "reasons": {reason: len(ids) for reason, ids in reasons(book)},
    }


def line_record(line: Line, state: State | None) -> dict[str, Any]:
    """A step as shown; `state` is that of its deal."""
    step = msgspec.to_builtins(line.step)
    del step["claims"]
    return {
        "section": line.section,
        **step,
        "published": line.published,
        "deal_state": state,
        "by": list(line.voices),
        "new_money": new_money([witness.claim for witness in line.witnesses]),
        "over": msgspec.to_builtins(line.over),
        "disputed": line.disputed,
        "ruled": [rulings.record(one) for one in line.ruled],
        "conflicts": [msgspec.to_builtins(conflict) for conflict in line.conflicts],
        "claims": [_witness(witness) for witness in line.witnesses],
    }


def _witness(witness: Witness) -> dict[str, Any]:
    claim, article = witness.claim, witness.article
    return {
        "id": claim.id,
        "doc": article.key,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published,
        "title": article.title,
        "speaker": claim.speaker.value if claim.speaker else None,
        "date": claim.date,
        "evidence": claim.evidence,
        "span": [claim.span.start, claim.span.stop],
        "confidence": claim.confidence,
    }
