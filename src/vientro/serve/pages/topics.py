"""Topics: their pages, feeds, HTML to paste, and what editors do to their lines."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from html import escape
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from markupsafe import Markup
from starlette.responses import JSONResponse, RedirectResponse, Response

from vientro.ledger.choice import Choice
from vientro.model.errors import InputError
from vientro.publish import feeds
from vientro.publish.house import of_file
from vientro.publish.timeline import part
from vientro.publish.topic import Topic, slug_of, topics_of
from vientro.publish.topicpage import asks, days, shown
from vientro.publish.words import code_of
from vientro.review.answers import Reviewer
from vientro.serve.access import allowed
from vientro.serve.filters import CURRENCIES, PROFILES, Filters, page_in
from vientro.serve.pages.ledger import options_of, said
from vientro.serve.site import lang_of, site_of
from vientro.serve.totals import totals
from vientro.store.accounts import User
from vientro.tasks import topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.article import Article
    from vientro.model.decision import Decision
    from vientro.model.ledger import Step
    from vientro.publish.house import House
    from vientro.publish.timeline import Timeline
    from vientro.serve.shelf import View
    from vientro.serve.site import Site

router = APIRouter()
Editor = Annotated[User, Depends(allowed("editor"))]
PAGE = 50
_IN_A_FEED = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A topic with all of its page."""

    topic: Topic
    view: View
    steps: Sequence[Step]
    page: Timeline
    related: Sequence[Article]


@router.get("/topics")
def all_topics(request: Request) -> Response:
    site, lang = site_of(request), lang_of(request)
    view = site.shelf.view()
    stand = _stand(site)
    found = [(topic, _page(view, topic, stand).count, asks(topic, lang)) for topic in topics_of(stand).values()]
    return site.page(
        request,
        "topics.html",
        topics=found,
        may=_may_edit(request),
        profiles=[(name, said(name, lang)) for name in PROFILES],
        currencies=CURRENCIES,
        options=options_of(view, lang),
    )


@router.post("/topics")
def put(
    request: Request,
    user: Editor,
    name: Annotated[str, Form()] = "",
    about: Annotated[str, Form()] = "",
    words: Annotated[str, Form()] = "",
    donor: Annotated[str, Form()] = "",
    recipient: Annotated[str, Form()] = "",
    purpose: Annotated[str, Form()] = "",
    cls: Annotated[str, Form(alias="class")] = "",
    profile: Annotated[str, Form()] = "headline",
    currency: Annotated[str, Form()] = "USD",
) -> Response:
    """Make a topic, or another form of the one with the same name."""
    options = options_of(site_of(request).shelf.view(), "vi")
    for key, value in (("purpose", purpose), ("class", cls)):
        if value and value not in {code for code, _ in options[key]}:
            raise InputError(f"{key}={value}", "there is none of this name", "Choose one of the list")
    choice = Choice(
        donors=tuple(code_of(one) or one for one in (donor,) if one),
        recipients=tuple(code_of(one) or one for one in (recipient,) if one),
        classes=tuple(one for one in (cls,) if one),
    )
    supports = tuple(one for one in (purpose,) if one)
    made = Topic(
        slug_of(name), name.strip(), about=about.strip(), choice=choice, supports=supports, words=words, profile=profile, currency=currency
    )
    with site_of(request).shelf.whole() as store:
        topics.put(store, _reviewer(user), made)
    return RedirectResponse(f"/topic/{made.slug}", 303)


@router.get("/topic/{slug}")
def topic(request: Request, slug: str) -> Response:
    site, lang = site_of(request), lang_of(request)
    held = _held(site, slug)
    view, house, count = held.view, house_of(site), held.page.count
    page, pages = page_in(request.query_params, count, PAGE)
    on_page = part(held.page, (page - 1) * PAGE, page * PAGE)
    filters = Filters(choice=held.topic.choice, profile=held.topic.profile, currency=held.topic.currency)
    hidden = {row.line.step.id for row in held.page.hidden}
    key = ("topic totals", held.topic, frozenset(hidden))
    return site.page(
        request,
        "topic.html",
        topic=held.topic,
        asked=asks(held.topic, lang),
        days=days(on_page, lang, house),
        count=count,
        page=page,
        pages=pages,
        totals=view.keep(key, lambda: totals(view, [step for step in held.steps if step.id not in hidden], filters)),
        filters=filters,
        related=held.related,
        background=[shown(row, lang, house) for row in held.page.background[:PAGE]] if page == 1 else [],
        hidden=[shown(row, lang, house) for row in held.page.hidden] if _may_edit(request) else [],
        edits={row.line.step.id: row.edits for row in (*on_page.rows, *held.page.hidden)},
        states={row.line.step.id: deal.state for row in on_page.rows if (deal := view.deals.get(row.line.step.deal))},
        may=_may_edit(request),
        newest=view.book.newest,
        mark=view.mark,
    )


@router.get("/topic/{slug}/feed.xml")
def rss(request: Request, slug: str) -> Response:
    held, lines = _feed(request, slug)
    made = feeds.rss(held.topic, lines, _base(request), held.view.book.newest)
    return Response(made, media_type="application/rss+xml")


@router.get("/topic/{slug}/feed.json")
def json_feed(request: Request, slug: str) -> Response:
    held, lines = _feed(request, slug)
    return JSONResponse(feeds.json_feed(held.topic, lines, _base(request)), media_type="application/feed+json")


@router.get("/topic/{slug}/paste")
def paste(request: Request, slug: str) -> Response:
    """The page as HTML for a page of the outlet's own."""
    site = site_of(request)
    held = _held(site, slug)
    told = days(held.page, held.topic.lang, house_of(site), _IN_A_FEED)
    html = Markup(escape(feeds.paste(held.topic, told, _base(request))))  # noqa: S704  as text, its lines kept as they are
    return site.page(request, "paste.html", topic=held.topic, html=html, days=told)


@router.post("/topic/{slug}/line/{step}")
def edit(
    request: Request,
    slug: str,
    step: str,
    user: Editor,
    what: Annotated[Literal["pin", "hide", "reword", "undo"], Form()],
    words: Annotated[str, Form()] = "",
    decision: Annotated[str, Form()] = "",
) -> Response:
    """Pin, hide or reword a line, or take that back."""
    site = site_of(request)
    found = site.shelf.view().steps.get(step)
    if found is None:
        raise HTTPException(404)
    with site.shelf.whole() as store:
        topics.named(topics.rulings(store), slug)
        if what == "undo":
            topics.undo(store, _reviewer(user), decision, slug)
        else:
            topics.edit(store, _reviewer(user), slug, what, found, words)
    return RedirectResponse(f"/topic/{slug}#{step}", 303)


def house_of(site: Site) -> House:
    """The house style that the server was started with."""
    return of_file(site.settings.house)


def _held(site: Site, slug: str) -> Held:
    view, stand = site.shelf.view(), _stand(site)
    try:
        found = topics.named(stand, slug)
    except InputError as error:
        raise HTTPException(404, str(error)) from error
    return Held(found, view, _steps(view, found), _page(view, found, stand), _related(site, view, found))


def _stand(site: Site) -> list[Decision]:
    with site.shelf.store() as store:
        return topics.rulings(store)


def _steps(view: View, topic: Topic) -> list[Step]:
    return view.keep(("topic steps", topic), lambda: topics.steps_of(view.book, topic, view.told))


def _page(view: View, topic: Topic, stand: Sequence[Decision]) -> Timeline:
    key = ("topic page", topic, len(stand), stand[-1].id if stand else "")
    return view.keep(key, lambda: topics.page_of(topic, _steps(view, topic), stand, view.line))


def _related(site: Site, view: View, topic: Topic) -> list[Article]:
    def found() -> list[Article]:
        with site.shelf.store() as store:
            return topics.related(store, topic, view.book.articles.keys())

    return view.keep(("topic related", topic), found)


def _feed(request: Request, slug: str) -> tuple[Held, list[Any]]:
    """The lines of a feed: by their last news, so that a reader of feeds sees what moved."""
    site = site_of(request)
    held = _held(site, slug)
    house = house_of(site)
    rows = nlargest(_IN_A_FEED, part(held.page, 0, _IN_A_FEED + len(held.page.pinned)).rows, key=lambda row: row.day)
    return held, [shown(row, held.topic.lang, house) for row in rows]


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _may_edit(request: Request) -> bool:
    user: User | None = getattr(request.state, "user", None)
    return user is not None and user.may("editor")


def _reviewer(user: User) -> Reviewer:
    return Reviewer(user.name, user.shown_as)
