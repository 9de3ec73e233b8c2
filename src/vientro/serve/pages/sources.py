"""How the sources do: which answer, which bring news, what is left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro.model.article import Article
from vientro.publish import phrases
from vientro.publish.lines import reasons
from vientro.serve import owners
from vientro.serve.site import lang_of, site_of
from vientro.store.desk import Desk
from vientro.tasks.health import health

router = APIRouter()


@router.get("/sources")
def sources(request: Request) -> Response:
    """The watched sources, the outlets of the ledger, and what could not be read. A public server does not tell of its fetching."""
    site, lang = site_of(request), lang_of(request)
    view = site.shelf.view()
    found = []
    if not site.settings.public:
        with site.shelf.store() as store:
            found = health(Desk(store), datetime.now(UTC))
    return site.page(
        request,
        "sources.html",
        sources=found,
        outlets=view.keep("outlets", lambda: _outlets(view.book.articles.values())),
        rejects=[phrases.left_out(reason, ids, lang) for reason, ids in reasons(view.book)],
        newest=view.book.newest,
        read=view.book.read,
    )


def _outlets(articles: Iterable[Article]) -> list[tuple[str, str, int, str]]:
    """Outlet, kind of owner, articles with a claim and the day (ISO 8601) of the last; those with the most articles first."""
    told: dict[str, list[str]] = {}
    for article in articles:
        told.setdefault(article.outlet or "", []).append((article.published or "")[:10])
    rows = [(outlet, owners.owner(outlet), len(days), max(days)) for outlet, days in told.items()]
    return sorted(rows, key=lambda row: (not row[0], -row[2], row[0]))
