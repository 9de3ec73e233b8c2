"""Charts under a chosen profile, each with its data as a table: pledged against delivered by donor, over time and by class."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import PlainTextResponse, Response

from vientro.model.errors import InputError
from vientro.publish.charts import Look
from vientro.serve.drawing import NAMES, NONE, PERIODS, Asked, Name, asked_of, by_of, drawing, picture, shown, spoken
from vientro.serve.filters import CURRENCIES, PROFILES
from vientro.serve.pages.ledger import options_of, said
from vientro.serve.site import lang_of, site_of

if TYPE_CHECKING:
    from vientro.serve.shelf import View

router = APIRouter()


@router.get("/charts")
def charts(request: Request) -> Response:
    site, lang = site_of(request), lang_of(request)
    asked = asked_of(request.query_params)
    view = site.shelf.view(asked.as_of)
    found = [drawing(view, name, asked, lang) for name in NAMES]
    return site.page(
        request,
        "charts.html",
        asked=asked,
        drawings=[(one, spoken(one, asked, lang), _query(request, view)) for one in found],
        drawn=find_spec("altair") is not None and find_spec("vl_convert") is not None,
        profiles=[(name, said(name, lang)) for name in PROFILES],
        methods=[(name, said(name, lang)) for name in asked.profiles],
        options=options_of(view, lang),
        currencies=CURRENCIES,
        periods=PERIODS,
        against=request.query_params.get("against") or "delivered",
        none=NONE,
        newest=asked.as_of or view.book.newest,
        shown=shown,
        csv=lambda name, profile: _csv(asked, name, profile),
    )


@router.get("/charts/{name}.svg")
def chart(request: Request, name: str, scheme: str = "light", size: str = "wide") -> Response:
    """One chart; `scheme` is light or dark, `size` wide or narrow."""
    if name not in NAMES:
        raise HTTPException(404)
    site, asked = site_of(request), asked_of(request.query_params)
    view = site.shelf.view(asked.as_of)
    look = Look(scheme == "dark", size == "narrow", lang_of(request))
    try:
        made = view.keep(("svg", name, asked, look), lambda: _drawn(view, name, asked, look))
    except InputError as error:
        return PlainTextResponse(str(error), 503)
    return Response(made, media_type="image/svg+xml", headers={"Cache-Control": "private, max-age=600"})


def _drawn(view: View, name: Name, asked: Asked, look: Look) -> bytes:
    return picture(drawing(view, name, asked, look.lang), asked, look)


def _csv(asked: Asked, name: Name, profile: str) -> str:
    """The address of a chart's data."""
    told = (
        ("profile", profile),
        ("by", by_of(name, asked)),
        ("currency", asked.currency),
        ("donor", asked.donor),
        ("recipient", asked.recipient),
    )
    kept = [*told, ("as-of", asked.as_of), ("format", "csv")]
    return "/api/v1/count?" + urlencode([(key, value) for key, value in kept if value])


def _query(request: Request, view: View) -> str:
    """The parameters of a picture: those of the page, and the state of the ledger, so that a kept picture is never an old one."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if value and key not in ("lang", "mark")]
    return urlencode([*kept, ("lang", lang_of(request)), ("mark", view.mark)])
