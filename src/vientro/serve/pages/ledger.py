"""The ledger as a list of acts: filters that combine, tabs, and an address for every view."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro.ledger.counting.profiles import shipped
from vientro.model.claim import Modality, Mode, Support, Type
from vientro.model.ledger import State
from vientro.publish import words
from vientro.publish.asked import near, unheard
from vientro.serve import owners
from vientro.serve.citing import citation
from vientro.serve.filters import CURRENCIES, PAGE, PROFILES, SORTS, asked_for, filters_of, page_in
from vientro.serve.order import TABS
from vientro.serve.say import say
from vientro.serve.site import lang_of, site_of
from vientro.serve.totals import elsewhere, summed

if TYPE_CHECKING:
    from vientro.publish.words import Lang
    from vientro.serve.filters import Filters
    from vientro.serve.shelf import View

router = APIRouter()
_MOST_HELPED = 3  # parties that nobody knows, for which one looks for likely names
CHOICES = {"type": Type, "state": State, "purpose": Support, "mode": Mode, "modality": Modality}


@router.get("/ledger")
def ledger(request: Request) -> Response:
    site, lang = site_of(request), lang_of(request)
    filters = filters_of(request.query_params)
    view = site.shelf.view(filters.as_of, filters.known, filters.seal)
    found = asked_for(view, filters)
    steps = found[filters.tab]
    page, pages = page_in(request.query_params, len(steps), PAGE)
    total = summed(view, steps, filters)
    return site.page(
        request,
        "ledger.html",
        filters=filters,
        tabs=[(tab, len(found[tab])) for tab in TABS],
        sorts=SORTS,
        lines=[(view.line(step), view.deals.get(step.deal)) for step in steps[(page - 1) * PAGE : page * PAGE]],
        count=len(steps),
        page=page,
        pages=pages,
        options=options_of(view, lang),
        given=[name for name, value in request.query_params.multi_items() if value],
        totals=total,
        totals_elsewhere=elsewhere(view, steps, filters),
        profiles=[(name, said(name, lang)) for name in PROFILES],
        currencies=CURRENCIES,
        citation=citation(request, view, steps, filters, total),
        unheard=[(one, near(one, lang) if place < _MOST_HELPED else []) for place, one in enumerate(_unheard(view, filters, lang))],
        newest=view.book.newest,
        past=view.past,
        mark=view.mark,
    )


def _unheard(view: View, filters: Filters, lang: Lang) -> list[str]:
    """Parties asked for that nobody knows."""
    asked = (*filters.choice.donors, *filters.choice.recipients, *filters.payers)
    options = options_of(view, lang)
    return unheard(asked, [code for name in ("donor", "recipient", "payer") for code, _ in options[name]]) if asked else []


def options_of(view: View, lang: Lang) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to: the parties, things and outlets of this ledger, and the values of a claim."""
    return view.keep(("options", lang), lambda: _options(view, lang))


def _options(view: View, lang: Lang) -> dict[str, list[tuple[str, str]]]:
    steps = view.book.ledger.steps
    parties = {
        "donor": {party for step in steps for party in step.actors},
        "recipient": {party for step in steps for party in (*step.recipients, *step.addressees)},
        "payer": {party for entry in view.entries.values() for party in entry.payers},
    }
    classes = {stock.cls for step in steps for stock in step.items}
    made = {name: sorted(((code, words.name(code, lang)) for code in codes), key=lambda pair: pair[1]) for name, codes in parties.items()}
    made["class"] = sorted(((cls, words.word(f"class.{cls}", lang)) for cls in classes), key=lambda pair: pair[1])
    made["outlet"] = [(outlet, outlet) for outlet in sorted({outlet for step in steps for outlet in step.outlets})]
    made["owner"] = [(kind, say(f"owner.{kind}", lang)) for kind in owners.KINDS]
    for name, literal in CHOICES.items():
        made[name] = [(value, _value(name, value, lang)) for value in get_args(literal)]
    return made


def said(profile: str, lang: Lang) -> str:
    """What a profile counts, in a line."""
    found = shipped(profile)
    return found.vi if lang == "vi" else found.en


def _value(name: str, value: str, lang: Lang) -> str:
    return words.word(f"{'support' if name == 'purpose' else name}.{value}", lang)
