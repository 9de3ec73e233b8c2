"""The life of one deal, and which promises of all are past their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from vientro import pipeline
from vientro.ledger.follow import overdue as late
from vientro.ledger.lookup import around
from vientro.ledger.totals import over, stands_over
from vientro.model.errors import InputError
from vientro.model.ledger import Ledger
from vientro.publish.book import Book
from vientro.publish.late import Agenda, Item
from vientro.publish.life import Life
from vientro.publish.lines import blocks, in_order
from vientro.publish.lines import told as first_told
from vientro.store.rulings import on, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.ledger import Step
    from vientro.store.store import Store


def life(asked: str, store: Store) -> Life:
    """The life of the deal with an id: its own, one merged into it, or that of an act or a claim of it.

    Only what the deal's own lines and the sums over them need is read. Raises InputError for an id that the ledger does not know.
    """
    with store.snapshot():
        resolved = store.resolve(asked)
        id_ = store.deal_named(resolved) if resolved else None
        if id_ is None:
            gone = resolved is None and "all reports that it held are gone from the ledger"
            raise InputError(asked, gone or "the ledger knows no such id", "`vientro ledger --json` tells the ids of deals and acts")
        deal, own, links = store.whole_deal(id_)
        steps = sorted([*own, *_inside(store, own)], key=lambda step: step.id)
        claims, articles = told(store, [claim for step in steps for claim in step.claims])
        linked = {link.claim: link for link in links if link.claim in claims}
        of_deal = Ledger(tuple(steps), (deal,) if deal else ())
        shown = frozenset(step.id for step in own)
        held = on(store, [id_ for step in own for id_ in step.claims])
        return Life(id_, asked, deal, Book(articles, claims, linked, of_deal, *store.extent(), (), shown, ruled=held))


def _inside(store: Store, own: Sequence[Step]) -> list[Step]:
    """The steps of other deals that lie inside the sums over others among these (ledger/totals.py)."""
    wholes = [step for step in own if stands_over(step)]
    if not wholes:
        return []
    filed = store.under({key for whole in wholes for key in around(whole)})
    found = over([one.step for one in filed], {one.step.id: (one.told or "", "") for one in filed})
    lying = {id_ for whole in wholes if whole.id in found for id_ in found[whole.id].inside} - {step.id for step in own}
    return [one.step for one in filed if one.step.id in lying]


def overdue(store: Store, day: str | None = None) -> Agenda:
    """What was due before a day (ISO 8601; that of the newest article if none is given) and has no report that it came."""
    with store.snapshot():
        whole = pipeline.book(store)
        day = day or whole.newest
        if not day:
            return Agenda(None, whole.newest, ())
        then = pipeline.as_of(whole, day)
        days, steps = first_told(then), in_order(then)
        lines = {line.step.id: line for block in blocks(then) for line in block.lines}
        given = [step for step in then.ledger.steps if step.type in ("deliver", "train") and step.counts]
        found = []
        for deal in then.ledger.deals:
            others = [step for step in given if step.deal != deal.id]
            for one in late(deal.id, steps[deal.id], days, date.fromisoformat(day), others):
                after = (date.fromisoformat(one.last_day) + timedelta(days=1)).isoformat()
                read_of = {witness.article.outlet for step in steps[deal.id] for witness in lines[step.id].witnesses}
                quiet = tuple(sorted({outlet for outlet in read_of if outlet} - store.outlets(after, day)))
                found.append(Item(one, lines[one.step], tuple(lines[id_] for id_ in one.maybe), store.coverage(after, day), quiet))
        found.sort(key=lambda item: (item.overdue.last_day, item.overdue.step), reverse=True)
        return Agenda(day, whole.newest, tuple(found))
