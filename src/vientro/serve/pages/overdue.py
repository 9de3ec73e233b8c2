"""Promises whose due day has passed without a report that they were kept. Silence is "no report found" in what was read (Q8)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro.publish import card, late, words
from vientro.publish.words import code_of
from vientro.serve.agenda import due, items
from vientro.serve.filters import day_in, page_in
from vientro.serve.pages.ledger import options_of
from vientro.serve.site import lang_of, site_of

router = APIRouter()
_PAGE = 30


@router.get("/overdue")
def overdue(request: Request) -> Response:
    """What is overdue as of a day, that of the newest article if none is asked for."""
    site, lang = site_of(request), lang_of(request)
    asked = day_in(request.query_params, "as-of")
    view = site.shelf.view(asked)
    day = asked or view.book.newest
    parties = {name: _party(request, name) for name in ("donor", "recipient")}
    found = [
        one
        for one in (due(view, day) if day else ())
        if (not parties["donor"] or parties["donor"] in view.steps[one.step].actors)
        and (not parties["recipient"] or parties["recipient"] in view.steps[one.step].recipients)
    ]
    page, pages = page_in(request.query_params, len(found), _PAGE)
    with site.shelf.store() as store:
        shown = items(view, store, found[(page - 1) * _PAGE : page * _PAGE], day or "")
    return site.page(
        request,
        "overdue.html",
        day=day,
        asked=asked,
        items=[(item, _silence(item.overdue.silent), view.deals.get(item.overdue.deal)) for item in shown],
        count=len(found),
        page=page,
        pages=pages,
        parties=parties,
        options=options_of(view, lang),
        newest=view.book.newest,
        read=card.read,
        down=card.down(late.sources_down(shown), lang),
        word=words.word,
    )


def _party(request: Request, name: str) -> str:
    given = (request.query_params.get(name) or "").strip()
    return code_of(given) or given


def _silence(silent: bool | None) -> str:  # noqa: FBT001  as the record has it
    """The words for what is known of news since the due day."""
    return {True: "overdue.silent", False: "overdue.news", None: "overdue.undated"}[silent]
