"""Acts and deals as data: what the ledger's page and a deal's page show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from fastapi import HTTPException, Request
from starlette.responses import Response

from vientro.ledger.choice import fits
from vientro.model.claim import Modality, Mode, Support, Type
from vientro.model.errors import InputError
from vientro.model.ledger import State
from vientro.publish import columns, life
from vientro.publish.dates import last_day
from vientro.publish.records import deal_record, line_record
from vientro.publish.tables.column import Table
from vientro.serve import owners
from vientro.serve.api import examples
from vientro.serve.api.answers import paged, reply
from vientro.serve.api.operations import API, DAY, Param
from vientro.serve.citing import citation
from vientro.serve.filters import CURRENCIES, PROFILES, SORTS, asked_for, day_in, filters_of, having, moment_in, seal_in
from vientro.serve.lives import then
from vientro.serve.order import TABS, size
from vientro.serve.site import site_of
from vientro.serve.totals import in_total, summed
from vientro.tasks import lives

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vientro.ledger.counting.cells import Figure
    from vientro.model.ledger import Deal, Step
    from vientro.publish.columns import Value
    from vientro.serve.api.cursors import Key
    from vientro.serve.filters import Filters
    from vientro.serve.shelf import View
    from vientro.serve.totals import Totals

    Summing = Callable[[View, Step, Filters], tuple[Figure | None, str | None]]


def _one_of(*values: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


_PARTY = {"type": "string", "maxLength": 200}
AS_OF = Param("as-of", "The ledger as the articles up to a day tell it, with what was ruled by then.", DAY)
KNOWN = Param(
    "known",
    "The ledger as it was at a moment, whatever has come or been ruled since; on a public server at the end of its day (UTC).",
    {"type": "string", "format": "date-time"},
)
SEAL = Param("seal", "Of a citation of a public server: which moment of that day it is of.", {"type": "string", "maxLength": 64})
PROFILE = Param(
    "profile", "How to count (docs/counting.md); sales by transfers where none is named.",
    {"type": "string", "enum": list(PROFILES), "default": PROFILES[0]},
)  # fmt: skip
CURRENCY = Param("currency", "In which currency.", {"type": "string", "enum": list(CURRENCIES), "default": CURRENCIES[0]})
_CHOICE = (
    Param("donor", "Who gives, sells or sanctions: a code, or a name in either language.", _PARTY, many=True),
    Param("recipient", "Whom it is for; of sanctions, against whom.", _PARTY, many=True),
    Param("type", "The kind of act.", _one_of(*get_args(Type)), many=True),
    Param("state", "The state of its deal.", _one_of(*get_args(State)), many=True),
    Param("class", "The class of a thing, as in the coding guide.", _PARTY, many=True),
    Param("purpose", "What the support is for.", _one_of(*get_args(Support)), many=True),
    Param("mode", "Gift, loan, sale, ...", _one_of(*get_args(Mode)), many=True),
    Param("modality", "How real it is said to be.", _one_of(*get_args(Modality)), many=True),
    Param("outlet", "Who printed it.", _PARTY, many=True),
    Param("owner", "The kind of owner of an outlet that printed it.", _one_of(*owners.KINDS), many=True),
    Param("payer", "Who bears the cost (rule P1).", _PARTY, many=True),
    Param("since", "Acts of this day or later.", DAY),
    Param("until", "Acts of this day or before.", DAY),
    Param("q", "Words of the evidence or a headline; without marks, they are found with any.", {"type": "string", "maxLength": 200}),
    Param("sort", "The order.", {**_one_of(*SORTS), "default": "newest"}),
    AS_OF,
    KNOWN,
    SEAL,
)
_IN_TOTAL = ("profile", "summed", "summed_low", "summed_best", "summed_high", "summed_currency", "left_out_by")
_TAB = Param("tab", "Which part of the ledger.", {**_one_of(*TABS), "default": "support"})


@API.get(
    "/ledger", "One part of the ledger, as its page shows it: its acts, what they come to, and how to cite that.", "Line", examples.LINE,
    _TAB, *_CHOICE, PROFILE, CURRENCY, paged=True, beside=examples.PART,
)  # fmt: skip
def ledger(request: Request) -> Response:
    view, filters = _asked(request)
    found = asked_for(view, filters)
    counts = {tab: len(steps) for tab, steps in found.items()}
    acts = found[filters.tab]
    total = summed(view, acts, filters)
    more = {
        "tab": filters.tab,
        "tabs": counts,
        "totals": _total(filters, total) if total else None,
        "citation": msgspec.to_builtins(citation(request, view, acts, filters, total)),
    }
    return _acts(request, view, acts, filters, more, in_total if total else None)


def _total(filters: Filters, total: Totals) -> dict[str, Any]:
    return {
        "profile": filters.profile,
        "currency": filters.currency,
        "figure": msgspec.to_builtins(total.figure),
        "left_out": dict(total.left_out),
        "rates": list(total.tables),
    }


@API.get("/steps", "All acts, whatever part of the ledger they stand in.", "Line", examples.LINE, *_CHOICE, paged=True)
def steps(request: Request) -> Response:
    view, filters = _asked(request)
    found = [step for steps in asked_for(view, filters).values() for step in steps]
    return _acts(request, view, found, filters, {})


@API.get("/steps/{id}", "One act.", "Line", examples.LINE)
def step(request: Request, id: str) -> Response:  # noqa: A002  the name in the address
    view = site_of(request).shelf.view()
    found = view.steps.get(id)
    if found is None:
        with site_of(request).shelf.store() as store:
            found = view.steps.get(store.resolve(id) or "")
    if found is None:
        raise HTTPException(404, f"{id}: the ledger knows no such act")
    return reply(request, view.mark, lambda: line_record(view.line(found), _state(view, found)))


@API.get(
    "/deals", "Deals, and what became of each.", "Deal", examples.DEAL,
    *(one for one in _CHOICE if one.name in ("donor", "recipient", "state")), paged=True,
)  # fmt: skip
def deals(request: Request) -> Response:
    view, filters = _asked(request)
    found = view.keep("deals", lambda: sorted(view.deals.values(), key=lambda deal: _deal_key(view, deal)))
    if filters.choice.donors or filters.choice.recipients or filters.choice.states:
        among = having(view, filters)
        found = [
            deal for deal in found if any(id_ in among and fits(view.steps[id_], deal.state, "", filters.choice) for id_ in deal.steps)
        ]
    return paged(
        request, view.mark, found, lambda deal: _deal_key(view, deal), lambda deal: deal_record(deal, view.follows.get(deal.id)),
        more=_of(view),
    )  # fmt: skip


@API.get(
    "/deals/{id}", "The life of a deal: its acts in order, their claims, and why each stands there.", "Life", examples.LIFE, AS_OF, KNOWN,
    SEAL,
)  # fmt: skip
def deal(request: Request, id: str) -> Response:  # noqa: A002
    """By the id of the deal, of one merged into it, or of an act or a claim of it."""
    shelf, asked = site_of(request).shelf, request.query_params
    day, moment = day_in(asked, "as-of"), moment_in(asked, "known")
    view = shelf.view(day, moment, seal_in(asked))
    try:
        with shelf.store() as store:
            found = then(view, id, store.resolve(id) or id) if day or moment else lives.life(id, store)
    except InputError as error:
        raise HTTPException(404, str(error)) from error
    return reply(request, view.mark, lambda: life.record(found))


def _asked(request: Request) -> tuple[View, Filters]:
    filters = filters_of(request.query_params)
    return site_of(request).shelf.view(filters.as_of, filters.known, filters.seal), filters


def _of(view: View) -> dict[str, Any]:
    return {"mark": view.mark, "newest": view.book.newest}


def _acts(
    request: Request, view: View, found: list[Step], filters: Filters, more: dict[str, Any], summing: Summing | None = None
) -> Response:
    key = _keys(view)[filters.sort]
    name = "acts", request.url.path, replace(filters, page=1, profile="", currency="")
    return paged(
        request,
        view.mark,
        view.keep(name, lambda: sorted(found, key=key)),
        key,
        lambda step: line_record(view.line(step), _state(view, step)),
        order=filters.sort,
        more={**more, **_of(view)},
        table=lambda steps: _table(view, steps, filters, summing),
    )


def _keys(view: View) -> dict[str, Callable[[Step], Key]]:
    """What acts are sorted by; one that has no day stands at the end either way."""
    return {
        "newest": lambda step: (-_number(view.day(step)), step.id),
        "oldest": lambda step: (_number(view.day(step)) or 1e9, step.id),
        "largest": lambda step: (-float(size(step)), step.id),
        "doubtful": lambda step: (max(view.book.claims[id_].confidence for id_ in step.claims), step.id),
    }


def _number(day: str) -> float:
    digits = day.replace("-", "")
    return float(digits) if digits.isdecimal() else 0.0


def _deal_key(view: View, deal: Deal) -> Key:
    days = [_number(view.day(view.steps[id_])) for id_ in deal.steps if id_ in view.steps]
    return -max([_number(last_day(deal.since)), *days]), deal.id


def _state(view: View, step: Step) -> State | None:
    deal = view.deals.get(step.deal)
    return deal.state if deal else None


def _table(view: View, steps: Sequence[Step], filters: Filters, summing: Summing | None) -> Table:
    """The columns of the exports (docs/exports.md), and where the view has a total what each act is in it."""
    book = replace(view.book, ledger=replace(view.book.ledger, steps=tuple(steps)))
    rows = list(columns.rows(book, counted=view.entries))
    if summing is None:
        return Table("ledger", columns.COLUMNS, rows)
    summed = [row | _in_total(*summing(view, step, filters), filters) for row, step in zip(rows, steps, strict=True)]
    return Table("ledger", (*columns.COLUMNS, *_IN_TOTAL), summed)


def _in_total(figure: Figure | None, rule: str | None, filters: Filters) -> dict[str, Value]:
    bounds = (figure.low, figure.best, figure.high) if figure else (None, None, None)
    told = (filters.profile, figure is not None, *bounds, filters.currency, rule)
    return dict(zip(_IN_TOTAL, told, strict=True))
