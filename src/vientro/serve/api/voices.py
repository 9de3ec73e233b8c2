"""Topics, and who said what, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import HTTPException, Request
from starlette.responses import Response

from vientro.publish import topicpage
from vientro.publish.topic import topics_of
from vientro.serve.api import examples
from vientro.serve.api.answers import paged, reply
from vientro.serve.api.operations import API
from vientro.serve.site import site_of
from vientro.serve.voices import acts, called, heard, holders, statements, words_of
from vientro.tasks import topics as kept

if TYPE_CHECKING:
    from vientro.serve.shelf import View
    from vientro.serve.voices import Statement


@API.get("/topics", "Topics: saved questions, each with a page.", "Topic", examples.TOPIC, paged=True)
def topics(request: Request) -> Response:
    shelf = site_of(request).shelf
    with shelf.store() as store:
        found = topics_of(kept.rulings(store))
    listed = sorted(found.values(), key=lambda topic: topic.slug)
    return paged(request, msgspec.json.encode(listed).decode(), listed, lambda topic: (topic.slug,), msgspec.to_builtins)


@API.get("/topics/{id}", "A topic's page: its lines as its editors want them, the newest first.", "TopicPage", examples.TOPIC_PAGE)
def topic(request: Request, id: str) -> Response:  # noqa: A002  the name in the address
    shelf = site_of(request).shelf
    view = shelf.view()
    with shelf.store() as store:
        stand = kept.rulings(store)
    found = topics_of(stand).get(id)
    if found is None:
        raise HTTPException(404, f"{id}: there is no such topic")

    def record() -> dict[str, Any]:
        page = kept.page_of(found, kept.steps_of(view.book, found, view.told), stand, view.line)
        days = topicpage.days(page, found.lang)
        lines = [msgspec.to_builtins(line) | {"under": day} for day, lines in days for line in lines]
        return {"topic": msgspec.to_builtins(found), "lines": lines, "newest": view.book.newest, "mark": view.mark}

    key = ("topic told", found, len(stand), stand[-1].id)
    return reply(request, None, lambda: view.keep(key, record))


@API.get("/people", "Who is heard in the ledger: office holders by name, states and bodies by code.", "Voice", examples.VOICE, paged=True)
def people(request: Request) -> Response:
    view = site_of(request).shelf.view()
    said = heard(view)
    found = view.keep("voices", lambda: sorted(said, key=lambda who: (-float(len(said[who])), who)))
    return paged(
        request, view.mark, found, lambda who: (-float(len(said[who])), who), lambda who: _voice(view, who), more={"mark": view.mark}
    )  # fmt: skip


@API.get("/people/{id}", "What one voice said, in order, beside what it gave and held back.", "Person", examples.PERSON)
def person(request: Request, id: str) -> Response:  # noqa: A002
    view = site_of(request).shelf.view()
    if id not in heard(view) and id not in holders() and not acts(view, id).halts:
        raise HTTPException(404, f"{id}: nobody of this name is heard in the ledger")
    beside = acts(view, id)
    return reply(
        request,
        view.mark,
        lambda: {
            **_voice(view, id),
            "offices": [msgspec.to_builtins(office) for office in holders().get(id, ())],
            "statements": [_statement(view, one) for one in statements(view, id)],
            "gave": list(beside.money),
            "held_back": list(beside.halts),
        },
    )


def _voice(view: View, who: str) -> dict[str, Any]:
    return {"id": who, "name": called(who, "en"), "office_holder": who in holders(), "claims": len(heard(view).get(who, ()))}


def _statement(view: View, one: Statement) -> dict[str, Any]:
    """A saying by its claims, which `/claims` tells whole."""
    return {
        "step": one.step,
        "day": one.day or None,
        "claims": [{"id": told.claim.id, "evidence": told.claim.evidence, "url": told.article.url} for told in words_of(view, one)],
    }
