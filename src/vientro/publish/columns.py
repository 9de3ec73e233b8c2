"""The ledger as one flat table: a row for each act, uncertainty in columns with names (docs/exports.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.counting.entries import entries
from vientro.ledger.counting.exchange import Exchange, convert
from vientro.ledger.facts import facts
from vientro.publish.lines import Witness, line_of
from vientro.publish.quote import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vientro.model.counting import Entry
    from vientro.model.ledger import Interval, Step
    from vientro.publish.book import Book
    from vientro.publish.lines import Line

Value = str | float | int | bool | None

SOURCES = 5  # columns for sources; `n_articles` says how many there are
COLUMNS: tuple[str, ...] = (
    "deal_id", "step_id", "merged_into", "status", "deal_status", "type", "modality", "strength", "payer", "giver", "recipient",
    "addressee", "via", "organ", "form", "purpose", "mode", "items", "item_count_low", "item_count_high", "value_low", "value_best",
    "value_high", "value_bound", "currency_original", "value_per", "value_eur_low", "value_eur", "value_eur_high", "rate", "rate_day",
    "rate_table", "rate_estimated", "basis", "derivation", "disputed", "causes", "scope", "said_on", "due_by", "happened_on", "until",
    "speaker_chain", "n_utterances", "n_articles", "unconfirmed", "possible_duplicate", "rules", "human_ruled", "ruled_by", "confidence",
    *(f"source_{number}" for number in range(1, SOURCES + 1)), "archive", "evidence", "published", "retrieved", "parent", "counts",
)  # fmt: skip


def rows(
    book: Book,
    retrieved: Mapping[str, str] | None = None,
    retired: Mapping[str, str | None] | None = None,
    counted: Mapping[str, Entry] | None = None,
) -> Iterator[dict[str, Value]]:
    """A row for each step, in order of id, then one for each id that leads on to another step.

    `retrieved` has the moment at which the ledger first had an article, by id; `retired` where ids that are gone lead to; `counted` has the
    steps as they are counted, by id, where they are known already.
    """
    made = () if counted else entries(book.ledger, book.claims, book.articles, facts(book.ruled, book.links.values()))
    of_step = counted or {entry.step: entry for entry in made}
    deals = {deal.id: deal.state for deal in book.ledger.deals}
    exchange = Exchange()
    for step in book.ledger.steps:
        witnesses = [Witness(book.claims[id_], book.articles[book.claims[id_].article_id]) for id_ in step.claims]
        line = line_of(step, witnesses, {id_: book.links[id_].origin for id_ in step.claims if id_ in book.links})
        yield _row(line, of_step[step.id], deals.get(step.deal), book, exchange, retrieved or {})
    living = {step.id for step in book.ledger.steps}
    for id_, into in sorted((retired or {}).items()):
        if into in living:
            yield dict.fromkeys(COLUMNS) | {"step_id": id_, "merged_into": into}


def _row(line: Line, entry: Entry, state: str | None, book: Book, exchange: Exchange, retrieved: Mapping[str, str]) -> dict[str, Value]:
    step, first = line.step, line.witnesses[0]
    ruled = [one for id_ in step.claims if id_ in book.ruled.rulings for one in book.ruled.rulings[id_].decisions]
    days = sorted(filter(None, (witness.article.published for witness in line.witnesses)))
    seen = sorted(filter(None, (retrieved.get(witness.article.id) for witness in line.witnesses)))
    told: dict[str, Value] = {
        "deal_id": step.deal,
        "step_id": step.id,
        "merged_into": None,
        "status": step.state,
        "deal_status": state,
        "type": step.type,
        "modality": step.modality,
        "strength": entry.strength if entry.level else None,
        "payer": _joined(entry.payers),
        "giver": _joined(entry.givers),
        "recipient": _joined(step.recipients),
        "addressee": _joined(step.addressees),
        "via": entry.via,
        "organ": entry.organ,
        "form": entry.form,
        "purpose": entry.purpose,
        "mode": step.mode,
        "basis": entry.basis if entry.value else None,
        "derivation": _joined(entry.derived),
        "disputed": "disputed" in step.causes,
        "causes": _joined(step.causes),
        "scope": step.scope,
        "said_on": entry.told,
        "due_by": step.due,
        "happened_on": step.date,
        "until": step.horizon,
        "speaker_chain": _joined(line.voices),
        "n_utterances": step.origins,
        "n_articles": len({witness.article.id for witness in line.witnesses}),
        "unconfirmed": entry.unconfirmed,
        "possible_duplicate": entry.repeat,
        "rules": _joined(step.flags),
        "human_ruled": bool(ruled),
        "ruled_by": _joined(tuple(dict.fromkeys(one.shown_as or one.by for one in ruled))),
        "confidence": round(max(witness.claim.confidence for witness in line.witnesses), 4),
        "archive": _joined(tuple(dict.fromkeys(witness.article.id for witness in line.witnesses))),
        "evidence": first.claim.evidence[:LONGEST],
        "published": days[0] if days else None,
        "retrieved": seen[0] if seen else None,
        "parent": entry.parent,
        "counts": step.counts,
    }
    told |= _things(step) | _value(entry, book, exchange) | _sources(line.witnesses)
    return {column: told.get(column) for column in COLUMNS}


def _things(step: Step) -> dict[str, Value]:
    """The items in words, and the number of the first."""
    said = [f"{stock.text} [{stock.cls}{f', {stock.model}' if stock.model else ''}]" for stock in step.items]
    count = next((stock.count for stock in step.items if stock.count), None)
    return {
        "items": "; ".join(said) or None,
        "item_count_low": count.low if count else None,
        "item_count_high": count.high if count else None,
    }


def _value(entry: Entry, book: Book, exchange: Exchange) -> dict[str, Value]:
    """The preferred sum as it was told, and in euro with the rate that was used (A6); no figure where there is none (A2, A5)."""
    value, currency = entry.value, entry.currency
    if value is None or currency is None:
        return {}
    told: dict[str, Value] = {
        "value_low": value.low,
        "value_best": value.best,
        "value_high": value.high,
        "value_bound": _bound(value),
        "currency_original": currency,
        "value_per": entry.per,
    }
    day = entry.day or entry.told or book.newest
    rate = exchange.rate(currency, "EUR", day) if day else None
    if rate is None:
        return told
    euro = convert(value, rate)
    return told | {
        "value_eur_low": euro.low,
        "value_eur": euro.best,
        "value_eur_high": euro.high,
        "rate": rate.value,
        "rate_day": rate.day,
        "rate_table": rate.table,
        "rate_estimated": rate.estimate,
    }


def _bound(value: Interval) -> str:
    """How a sum is known: exact, about, range, floor ("at least"), ceiling ("up to")."""
    if value.best is None:
        return "floor" if value.high is None else "ceiling" if value.low is None or value.low == 0 else "range"
    return "exact" if value.low == value.best == value.high else "about"


def _sources(witnesses: Sequence[Witness]) -> dict[str, Value]:
    told = dict.fromkeys(witness.article.url or f"{witness.article.outlet or '?'}: {witness.article.key}" for witness in witnesses)
    return {f"source_{number}": source for number, source in zip(range(1, SOURCES + 1), told, strict=False)}


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None
