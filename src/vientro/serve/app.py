"""The application: which module answers which address."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from vientro.model.errors import InputError, VientroError
from vientro.serve import access, headers
from vientro.serve.pages import account, article, assets, audit, deal, ledger, start
from vientro.serve.site import Site, site_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from vientro.serve.settings import Settings

_PAGES = (start, ledger, deal, article, assets, account, audit)


def create_app(settings: Settings) -> FastAPI:
    """The server for one ledger. Raises StoreError where there is none."""
    app = FastAPI(
        title="vientro", version=version("vientro"), docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(access.guard)]
    )
    app.state.site = Site(settings)
    app.state.site.shelf.store().close()
    app.state.access = access.Access(app.state.site)
    app.middleware("http")(access.know)
    app.middleware("http")(headers.add)
    for module in _PAGES:
        app.include_router(module.router)
    app.add_exception_handler(HTTPException, _no_such_page)
    app.add_exception_handler(VientroError, _in_words)
    return app


def _no_such_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = error.detail if isinstance(error, HTTPException) else ""
    return _error(request, status, said)


def _in_words(request: Request, error: Exception) -> Response:
    return _error(request, 422 if isinstance(error, InputError) else 503, str(error))


def _error(request: Request, status: int, said: str) -> Response:
    if request.headers.get("accept", "").startswith("text/plain"):
        return PlainTextResponse(said, status)
    return site_of(request).page(request, "error.html", status, status=status, said=said)
