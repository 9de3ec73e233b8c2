"""One deal: its life line, who says so, why its reports belong together, and how to cite it."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro.ledger import facts
from vientro.ledger.decisions import SLOTS
from vientro.model.errors import InputError
from vientro.publish import phrases
from vientro.serve.citing import of_deal
from vientro.serve.filters import day_in, moment_in, seal_in
from vientro.serve.history import history
from vientro.serve.lives import then
from vientro.serve.site import lang_of, site_of
from vientro.serve.withheld import of_deal as of_deal_withheld
from vientro.tasks import lives

router = APIRouter()


@router.get("/deal/{asked}")
def deal(request: Request, asked: str) -> Response:
    """A deal by its id, or by that of one of its acts or reports; an id that was merged away leads on."""
    site, lang = site_of(request), lang_of(request)
    day, was = day_in(request.query_params, "as-of"), request.query_params.get("was")
    moment = moment_in(request.query_params, "known")
    view = site.shelf.view(day, moment, seal_in(request.query_params))
    past = bool(day or moment)
    with site.shelf.store() as store:
        try:
            life = then(view, asked, store.resolve(asked) or asked) if past else lives.life(asked, store)
        except InputError as error:
            if was:  # what was ruled took the last report of it away
                return RedirectResponse(f"/decisions#{quote(was)}", 303)
            raise HTTPException(404, str(error)) from error
    if life.id != asked and not asked.startswith(("s-", "c-")):
        return RedirectResponse(f"/deal/{life.id}" + (f"?{request.url.query}" if past else ""), 308)
    lines = life.lines
    told = [id_ for line in lines for id_ in line.step.claims]
    decisions = view.book.decisions if site.settings.public or past else site.queue.decisions()
    told += [id_ for one in decisions if one.id == was for id_ in one.claims]  # an act that was just rejected stands here no more
    return site.page(
        request,
        "deal.html",
        life=life,
        lines=lines,
        withheld=0 if past else of_deal_withheld(site, life),
        became=phrases.progress(life.became, lang) if life.became else [],
        citation=of_deal(request, view, life.id, [line.step for line in lines], day),
        as_of=past and (day or (moment or "")[:10]),
        ruled=history(decisions, lang, None if past else request.state.user, told),
        seen=len(decisions),
        slots=(*SLOTS, *facts.SLOTS),
    )
