"""Report an error, and the trail of what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro.serve.access import address_of, allowed
from vientro.serve.site import site_of
from vientro.store import reports

if TYPE_CHECKING:
    from vientro.serve.limits import Limits
    from vientro.store.accounts import User

router = APIRouter()
Words = Annotated[str, Form()]


@router.get("/report")
def form(request: Request, about: str = "") -> Response:
    """The form; editors see what was sent in."""
    site = site_of(request)
    user = cast("User | None", getattr(request.state, "user", None))
    sent: list[reports.Report] = []
    if user and user.may("editor"):
        with site.shelf.whole() as store:
            sent = reports.reports(store)
    return site.page(request, "report.html", about=reports.ours(about), sent=sent, longest=reports.LONGEST)


@router.post("/report")
def send(
    request: Request, words: Annotated[str, Form()], about: Annotated[str, Form()] = "", source: Annotated[str, Form()] = ""
) -> Response:
    """Keep a report, and lead to its trail. Nothing is asked of who sends it."""
    limits = cast("Limits", request.app.state.limits)
    if seconds := limits.wait(f"report {address_of(request)}", reports.A_MINUTE):
        raise HTTPException(429, f"{seconds} s", {"Retry-After": str(seconds)})
    with site_of(request).shelf.whole() as store:
        id_ = reports.report(store, reports.ours(about), words, source)
    return RedirectResponse(f"/report/{id_}", 303)


@router.get("/report/{id_}")
def trail(request: Request, id_: str) -> Response:
    """A report, and what was answered."""
    site = site_of(request)
    with site.shelf.whole() as store:
        found = reports.find(store, id_) if id_.startswith("e-") else None
    if found is None:
        raise HTTPException(404)
    return site.page(request, "trail.html", report=found, outcomes=reports.OUTCOMES, longest=reports.LONGEST)


@router.post("/report/{id_}")
def answer(request: Request, id_: str, words: Words, outcome: Words) -> Response:
    """What an editor answers."""
    user = allowed("editor")(request)
    with site_of(request).shelf.whole() as store:
        reports.answer(store, id_, user.shown_as or user.name, outcome, words)
    return RedirectResponse(f"/report/{id_}", 303)
