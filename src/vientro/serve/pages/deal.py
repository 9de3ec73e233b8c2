"""One deal: its life line, who says so, why its reports belong together, and how to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro import pipeline
from vientro.ledger import facts
from vientro.ledger.decisions import SLOTS
from vientro.model.errors import InputError
from vientro.publish import phrases
from vientro.serve.citing import of_deal
from vientro.serve.filters import day_in
from vientro.serve.history import history
from vientro.serve.site import lang_of, site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.ledger.follow import Follow
    from vientro.model.ledger import Deal
    from vientro.publish.lines import Line
    from vientro.serve.shelf import View

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Then:
    """A deal on a past day, with its lines in order of time."""

    id: str
    deal: Deal | None
    lines: Sequence[Line]
    became: Follow | None


@router.get("/deal/{asked}")
def deal(request: Request, asked: str) -> Response:
    """A deal by its id, or by that of one of its acts or reports; an id that was merged away leads on."""
    site, lang = site_of(request), lang_of(request)
    day, was = day_in(request.query_params, "as-of"), request.query_params.get("was")
    view = site.shelf.view(day)
    with site.shelf.store() as store:
        try:
            life = then(view, store.resolve(asked) or asked) if day else pipeline.life(asked, store)
        except InputError as error:
            if was:  # what was ruled took the last report of it away
                return RedirectResponse(f"/decisions#{quote(was)}", 303)
            raise HTTPException(404, str(error)) from error
    if life.id != asked and not asked.startswith(("s-", "c-")):
        return RedirectResponse(f"/deal/{life.id}{f'?as-of={day}' if day else ''}", 308)
    lines = life.lines
    told = [id_ for line in lines for id_ in line.step.claims]
    decisions = view.book.decisions if site.settings.public or day else site.queue.decisions()
    told += [id_ for one in decisions if one.id == was for id_ in one.claims]  # an act that was just rejected stands here no more
    return site.page(
        request,
        "deal.html",
        life=life,
        lines=lines,
        became=phrases.progress(life.became, lang) if life.became else [],
        citation=of_deal(request, view, life.id, [line.step for line in lines], day),
        as_of=day,
        ruled=history(decisions, lang, None if day else request.state.user, told),
        seen=len(decisions),
        slots=(*SLOTS, *facts.SLOTS),
    )


def then(view: View, asked: str) -> Then:
    """A deal as a view of a past day has it, by its id or that of one of its acts; raises InputError where it was not told of yet."""
    id_ = view.steps[asked].deal if asked in view.steps else asked
    steps = view.of_deal.get(id_, [])
    if not steps:
        raise InputError(asked, "nothing was told of it by that day", "Leave the day out to see it as it stands now")
    return Then(id_, view.deals.get(id_), [view.line(step) for step in steps], view.follows.get(id_))
