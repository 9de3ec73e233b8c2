"""Who said what: an office holder's statements in order, and beside them what the state spoken for gave and held back."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro.ledger.counting.count import Question
from vientro.ledger.counting.profiles import shipped
from vientro.publish.words import code_of
from vientro.serve.agenda import due
from vientro.serve.filters import CURRENCIES, day_in, one_of, page_in
from vientro.serve.site import lang_of, site_of
from vientro.serve.totals import counted
from vientro.serve.voices import acts, called, heard, holders, statements, words_of

router = APIRouter()
_PAGE = 40
_BESIDE = 12  # acts beside the statements
_SUMS = ("pledged", "delivered")


@router.get("/people")
def people(request: Request) -> Response:
    """Everybody who is heard in the ledger: office holders by name, then states and bodies."""
    site, lang = site_of(request), lang_of(request)
    view = site.shelf.view(day_in(request.query_params, "as-of"))
    said, known = heard(view), holders()
    asked = (request.query_params.get("q") or "").strip()[:100]
    if asked and (found := code_of(asked) or next((who for who in known if who.lower() == asked.lower()), None)) and found in said:
        return RedirectResponse(f"/people/{quote(found)}", 303)
    persons = sorted((who for who in said if who in known), key=lambda who: (-len(said[who]), who))
    bodies = sorted((code for code in said if code not in known), key=lambda code: (-len(said[code]), code))
    return site.page(
        request,
        "people.html",
        persons=[(who, known[who][-1], len(said[who])) for who in persons if asked.lower() in who.lower()],
        bodies=[(code, called(code, lang), len(said[code])) for code in bodies if asked.lower() in called(code, lang).lower()],
        called=called,
        asked=asked,
    )


@router.get("/people/{key}")
def person(request: Request, key: str) -> Response:
    """One voice; an office holder by name, a state or body by its code."""
    site, lang = site_of(request), lang_of(request)
    day = day_in(request.query_params, "as-of")
    view = site.shelf.view(day)
    offices = holders().get(key, ())
    if not offices and key not in heard(view) and not acts(view, key).halts:
        raise HTTPException(404)
    codes = tuple(dict.fromkeys(office.code for office in offices)) or (key,)
    found = statements(view, key)
    page, pages = page_in(request.query_params, len(found), _PAGE)
    currency = one_of(request.query_params, "currency", CURRENCIES)
    questions = [(name, Question(shipped(name), (), currency, codes[0], lines=False, data_end=view.book.newest)) for name in _SUMS]
    halts = [id_ for code in codes for id_ in acts(view, code).halts]
    money = [id_ for code in codes for id_ in acts(view, code).money]
    until = day or view.book.newest
    late = [one for one in (due(view, until) if until else ()) if not set(codes).isdisjoint(view.steps[one.step].actors)]
    return site.page(
        request,
        "person.html",
        key=key,
        title=called(key, lang),
        offices=offices,
        codes=[(code, called(code, lang)) for code in codes],
        said=[(one, view.line(view.steps[one.step]), words_of(view, one)) for one in found[(page - 1) * _PAGE : page * _PAGE]],
        count=len(found),
        page=page,
        pages=pages,
        sums=[(name, counted(view, question).total.figure) for name, question in questions],
        currency=currency,
        halts=[view.line(view.steps[id_]) for id_ in halts[:_BESIDE]],
        held=len(halts),
        money=[view.line(view.steps[id_]) for id_ in money[:_BESIDE]],
        given=len(money),
        late=[view.line(view.steps[one.step]) for one in late[:_BESIDE]],
        overdue=len(late),
        deals=view.deals,
        newest=view.book.newest,
    )
