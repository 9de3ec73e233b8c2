"""Corrections: what a release changed of the one before, and what people ruled of lines that were shown (rule Q4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro import past
from vientro.ledger.decisions import standing
from vientro.model.interchange import encode
from vientro.publish import changes, rulings
from vientro.serve.filters import page_in
from vientro.serve.site import site_of

if TYPE_CHECKING:
    from vientro.model.decision import Decision, Kind
    from vientro.serve.shelf import View
    from vientro.store.store import Store

router = APIRouter()
_PAGE = 50
_MOST = 300  # changes of one release
_KINDS: tuple[Kind, ...] = ("reject", "correct", "merge", "split", "link", "unlink")


@router.get("/corrections")
def corrections(request: Request) -> Response:
    site = site_of(request)
    view = site.shelf.view()
    found = view.keep("corrections", lambda: _rulings(view))
    page, pages = page_in(request.query_params, len(found), _PAGE)
    with site.shelf.store() as store:
        releases = view.keep("releases", lambda: _releases(store))
    return site.page(
        request,
        "corrections.html",
        releases=releases,
        rulings=[_told(view, one) for one in found[(page - 1) * _PAGE : page * _PAGE]],
        page=page,
        pages=pages,
    )


def _rulings(view: View) -> list[Decision]:
    """What stands ruled against the reader, the latest first."""
    return [one for one in standing(view.book.decisions) if one.kind in _KINDS][::-1]


def _told(view: View, one: Decision) -> dict[str, str]:
    """A ruling as old, new, why and who, and the step that it is about, where that still stands."""
    old = ""
    if one.kind == "correct" and one.slot and one.saw:
        old = changes.plain(encode(one.saw[0]).get(one.slot)) or ""
    step = next((link.step for id_ in one.claims if (link := view.book.links.get(id_)) and link.step in view.steps), "")
    return {
        "at": one.at,
        "kind": one.kind,
        "slot": one.slot or "",
        "old": old,
        "new": changes.plain(one.value) or "" if one.kind == "correct" else "",
        "why": one.why,
        "who": rulings.who(one),
        "step": step,
    }


def _releases(store: Store) -> list[tuple[str, str, str, list[dict[str, str | None]]]]:
    """Name, moment and digest of each release with what it corrected, the newest first."""
    made = []
    for release in reversed(store.releases()):
        found = past.corrections(store, release.name)
        made.append((release.name, release.at, release.digest, changes.rows(found.changes[:_MOST], found.steps, found.articles)))
    return made
