"""Claims and articles as data. What everybody sees of an article is never its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import msgspec
from fastapi import HTTPException, Request
from starlette.responses import Response

from vientro.model.claim import Type
from vientro.model.errors import InputError
from vientro.publish.edits import record
from vientro.serve.api.answers import paged, reply
from vientro.serve.api.examples import ARTICLE, CLAIM, VERSIONS
from vientro.serve.api.operations import API, Param
from vientro.serve.edits import past_and_edit
from vientro.serve.site import site_of
from vientro.store import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.serve.api.cursors import Key
    from vientro.serve.shelf import View

_LEFT_OUT = ("text", "zones", "key")  # of an article where its text may not be given


@API.get(
    "/claims", "What single articles say, before it is put together.", "ClaimTold", CLAIM,
    Param("article", "Claims of this article."), Param("type", "The kind of act.", {"type": "string", "enum": list(get_args(Type))}),
    paged=True,
)  # fmt: skip
def claims(request: Request) -> Response:
    view, asked = site_of(request).shelf.view(), request.query_params
    kind = asked.get("type")
    if kind is not None and kind not in get_args(Type):
        raise InputError(f"type={kind[:80]}", "there is none of this name", f"Give one of: {', '.join(get_args(Type))}")

    def key(claim: Claim) -> Key:
        return -_day(view.book.articles[claim.article_id]), claim.article_id, float(claim.span.start), claim.id

    found = view.keep("claims", lambda: sorted(view.book.claims.values(), key=key))
    if "article" in asked:
        found = sorted(_of_article(view).get(asked["article"], ()), key=key)
    if kind:
        found = [claim for claim in found if claim.type == kind]
    return paged(request, view.mark, found, key, lambda claim: _claim(claim, view), more={"mark": view.mark})


@API.get("/claims/{id}", "One claim.", "ClaimTold", CLAIM)
def claim(request: Request, id: str) -> Response:  # noqa: A002  the name in the address
    view = site_of(request).shelf.view()
    found = view.book.claims.get(id)
    if found is None:
        raise HTTPException(404, f"{id}: the ledger knows no such claim")
    return reply(request, view.mark, lambda: _claim(found, view))


@API.get(
    "/articles", "Articles that tell of an act, without their texts.", "ArticleTold", ARTICLE,
    Param("outlet", "Of this outlet."), paged=True,
)  # fmt: skip
def articles(request: Request) -> Response:
    view, outlet = site_of(request).shelf.view(), request.query_params.get("outlet")

    def key(article: Article) -> Key:
        return -_day(article), article.id

    found = view.keep("articles", lambda: sorted(view.book.articles.values(), key=key))
    if outlet is not None:
        found = [article for article in found if article.outlet == outlet]
    return paged(request, view.mark, found, key, lambda article: _article(article, view), more={"mark": view.mark})


@API.get(
    "/articles/{id}", "One article with its claims; with its text only where the ledger is one's own and keeps it.", "ArticleTold",
    ARTICLE,
)  # fmt: skip
def article(request: Request, id: str) -> Response:  # noqa: A002
    site = site_of(request)
    view = site.shelf.view()
    found = view.book.articles.get(id)
    if found is None:
        raise HTTPException(404, f"{id}: the ledger knows no article of this id that tells of an act")
    with site.shelf.store() as store:
        whole = not (site.settings.public or settings.excerpts_only(store))
    told = sorted(_of_article(view).get(id, ()), key=lambda one: (one.span.start, one.id))
    return reply(
        request,
        view.mark,
        lambda: {
            **(msgspec.to_builtins(found) if whole else {}),
            **_article(found, view),
            "claims": [_claim(one, view) for one in told],
        },
    )


@API.get(
    "/articles/{id}/versions", "The versions of a story, and what was taken out, put in and changed between two of them.",
    "Versions", VERSIONS, Param("from", "The version to start from, by its id."), Param("to", "The version to end with."),
)  # fmt: skip
def versions(request: Request, id: str) -> Response:  # noqa: A002
    """The first and the last version where none are named."""
    site = site_of(request)
    view, asked = site.shelf.view(), request.query_params
    if site.settings.public:
        raise HTTPException(404, "This server shows no texts of articles, and no differences of texts")
    with site.shelf.store() as store:
        if id not in view.book.articles and id not in store.named([id]):
            raise HTTPException(404, f"{id}: the ledger knows no article of this id")
        past, edit = past_and_edit(view, store, id, asked)
    named = asked.get("from"), asked.get("to")
    if any(named) and (edit is None or named != (edit.before, edit.after)):
        raise InputError(
            f"from={str(named[0])[:80]}, to={str(named[1])[:80]}", "these are not two versions of the story", "Give two ids of `versions`"
        )
    return reply(request, f"{view.mark} {past.looked}", lambda: {"article": id, **record(past, edit)})


def _day(article: Article) -> float:
    digits = (article.published or "")[:10].replace("-", "")
    return float(digits) if digits.isdecimal() else 0.0


def _of_article(view: View) -> Mapping[str, list[Claim]]:
    def make() -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in view.book.claims.values():
            found.setdefault(claim.article_id, []).append(claim)
        return found

    return view.keep("claims of articles", make)


def _claim(claim: Claim, view: View) -> dict[str, Any]:
    """A claim, where it belongs, and who printed it when."""
    link, article = view.book.links[claim.id], view.book.articles[claim.article_id]
    return {
        **msgspec.to_builtins(claim),
        "step": link.step,
        "deal": link.deal,
        "origin": link.origin,
        "why": list(link.why),
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
    }


def _article(article: Article, view: View) -> dict[str, Any]:
    told: dict[str, Any] = {name: value for name, value in msgspec.to_builtins(article).items() if name not in _LEFT_OUT}
    return {**told, "claims": [one.id for one in _of_article(view).get(article.id, ())]}
