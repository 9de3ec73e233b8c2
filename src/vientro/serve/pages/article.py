"""One article: its text with the claims marked."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from vientro.publish.marked import marked
from vientro.serve.site import site_of

router = APIRouter()


@router.get("/article/{id_}")
def article(request: Request, id_: str) -> Response:
    site = site_of(request)
    view = site.shelf.view()
    found = view.book.articles.get(id_)
    if found is None:
        raise HTTPException(404)
    claims = sorted(
        (claim for claim in view.book.claims.values() if claim.article_id == id_), key=lambda claim: (claim.span.start, claim.id)
    )
    return site.page(
        request,
        "article.html",
        article=found,
        pieces=marked(found, claims),
        shown=set(),
        told=[(claim, view.line(view.steps[view.book.links[claim.id].step])) for claim in claims],
    )
