"""What goes wrong, in the form of whoever asked: a page, plain text, or for programs a problem of RFC 9457."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from starlette.responses import PlainTextResponse, Response

from vientro.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request

KIND = "application/problem+json"


def refusal(request: Request, status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that has none."""
    if request.url.path.startswith("/api/"):
        return problem(status, said, headers)
    if request.headers.get("accept", "").startswith("text/plain") or status == HTTPStatus.UNAUTHORIZED:
        return PlainTextResponse(said, status, dict(headers or {}))
    page = site_of(request).page(request, "error.html", status, status=status, said=said)
    page.headers.update(headers or {})
    return page


def problem(status: int, said: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """`title` names the status, `detail` says what to mend."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, **({"detail": said} if said else {})}
    return Response(msgspec.json.encode(told), status, dict(headers or {}), KIND)
