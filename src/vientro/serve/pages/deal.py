"""One deal: its life line, who says so, why its reports belong together, and how to cite it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro import pipeline
from vientro.ledger import facts
from vientro.ledger.decisions import SLOTS
from vientro.model.errors import InputError
from vientro.publish import phrases
from vientro.serve.history import history
from vientro.serve.site import lang_of, site_of

router = APIRouter()


@router.get("/deal/{asked}")
def deal(request: Request, asked: str) -> Response:
    """A deal by its id, or by that of one of its acts or reports; an id that was merged away leads on."""
    site, lang = site_of(request), lang_of(request)
    view = site.shelf.view()
    with site.shelf.store() as store:
        try:
            life = pipeline.life(asked, store)
        except InputError as error:
            if was := request.query_params.get("was"):  # what was ruled took the last report of it away
                return RedirectResponse(f"/decisions#{quote(was)}", 303)
            raise HTTPException(404, str(error)) from error
    if life.id != asked and not asked.startswith(("s-", "c-")):
        return RedirectResponse(f"/deal/{life.id}", 308)
    told = [id_ for line in life.lines for id_ in line.step.claims]
    decisions = view.book.decisions if site.settings.public else site.queue.decisions()
    claims = sum(len(line.witnesses) for line in life.lines)
    return site.page(
        request,
        "deal.html",
        life=life,
        lines=life.lines,
        became=phrases.progress(life.became, lang) if life.became else [],
        claims=claims,
        mark=view.mark,
        newest=view.book.newest,
        ruled=history(decisions, lang, request.state.user, told),
        seen=len(decisions),
        slots=(*SLOTS, *facts.SLOTS),
    )
