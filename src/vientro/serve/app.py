"""The application: which module answers which address."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException

from vientro.model.errors import InputError, VientroError
from vientro.serve import access, headers, limits, warming
from vientro.serve.api import describe
from vientro.serve.pages import (
    about,
    account,
    article,
    assets,
    audit,
    charts,
    compare,
    corrections,
    deal,
    ledger,
    line,
    overdue,
    people,
    report,
    review,
    ruling,
    sources,
    start,
    topics,
)
from vientro.serve.problems import refusal
from vientro.serve.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.responses import Response

    from vientro.serve.settings import Settings

_PAGES = (
    start,
    ledger,
    topics,
    line,
    deal,
    article,
    charts,
    people,
    overdue,
    compare,
    sources,
    about,
    report,
    corrections,
    assets,
    account,
    audit,
    review,
    ruling,
)


def create_app(settings: Settings) -> FastAPI:
    """The server for one ledger. Raises StoreError where there is none."""
    app = FastAPI(
        title="vientro",
        version=version("vientro"),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_life,
        dependencies=[Depends(limits.count), Depends(access.guard)],
    )
    app.state.site = Site(settings)
    app.state.site.shelf.store().close()
    app.state.site.shelf.prepare = partial(warming.prepare, app.state.site)
    app.state.access = access.Access(app.state.site)
    app.state.limits = limits.Limits()
    app.middleware("http")(access.know)
    app.middleware("http")(headers.add)
    for module in _PAGES:
        app.include_router(module.router)
    app.include_router(describe.router)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(VientroError, _in_words)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.site.shelf.close()


def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = str(error.detail) if isinstance(error, HTTPException) else ""
    more = dict(getattr(error, "headers", None) or {})
    if status == HTTPStatus.METHOD_NOT_ALLOWED and (known := describe.methods(request.url.path)):
        more["Allow"] = ", ".join(known)  # the router names the methods of one route only
    return refusal(request, status, said, more)


def _in_words(request: Request, error: Exception) -> Response:
    return refusal(request, 422 if isinstance(error, InputError) else 503, str(error))
