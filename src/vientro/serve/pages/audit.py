"""Who did what and when: what people ruled, and what happened to accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from vientro.serve.access import allowed
from vientro.serve.history import told
from vientro.serve.site import lang_of, site_of
from vientro.store import accounts
from vientro.store.accounts import User

if TYPE_CHECKING:
    from vientro.model.decision import Decision
    from vientro.publish.words import Lang

router = APIRouter()
_LAST = 500  # rows of each kind


@router.get("/audit")
def audit(request: Request, _admin: Annotated[User, Depends(allowed("admin"))], by: str = "") -> Response:
    """The latest first; `by` asks for one person's alone."""
    site, lang = site_of(request), lang_of(request)
    with site.shelf.store() as store:
        events = accounts.events(store, _LAST)
        decisions = store.decisions()
        users = accounts.users(store)
    rows = [(one.at, one.by or one.about, one.what, one.about, one.address) for one in events]
    ruled = [one for one in decisions if not by or one.by == by][-_LAST:]
    rows += [(one.at, one.by, "decision", _said(one, lang), "") for one in ruled]
    shown = sorted((row for row in rows if not by or row[1] == by), key=lambda row: row[0][:19], reverse=True)[:_LAST]
    return site.page(request, "audit.html", rows=shown, users=users, by=by)


def _said(one: Decision, lang: Lang) -> str:
    topic = one.value.get("slug") if isinstance(one.value, dict) else one.value
    about = " ".join((*one.claims, *one.others)) or str(topic or "")
    return f"{told(one, lang)}: {about}{f' – {one.why}' if one.why else ''}"
