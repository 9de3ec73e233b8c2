"""Corrections: what a release changed of the one before, and what people ruled of lines that were shown (rule Q4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro.model.interchange import encode
from vientro.publish import card, changes, phrases, rulings
from vientro.serve import values
from vientro.serve.filters import page_in
from vientro.serve.history import against
from vientro.serve.say import say
from vientro.serve.site import lang_of, site_of
from vientro.tasks import past

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.ledger.history import Change
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Step
    from vientro.publish.words import Lang
    from vientro.serve.shelf import View
    from vientro.store.store import Store

router = APIRouter()
_PAGE = 50
_MOST = 300  # changes of one release


@dataclass(frozen=True, slots=True)
class Row:
    """A correction in words (Q4). `at` is ISO 8601, "" where the release has the moment; `act` is what it is about, `step` its id, both may
    be ""; `article` is where the words of an act stand that is no step any more."""

    at: str
    act: str
    what: str
    step: str
    old: str
    new: str
    why: str
    who: str
    article: str = ""


@router.get("/corrections")
def corrections(request: Request) -> Response:
    site, lang = site_of(request), lang_of(request)
    view = site.shelf.view()
    found = view.keep("corrections", lambda: against(view))
    page, pages = page_in(request.query_params, len(found), _PAGE)
    with site.shelf.store() as store:
        releases = view.keep(("releases", lang), lambda: _releases(store, lang))
    return site.page(
        request,
        "corrections.html",
        releases=releases,
        rulings=[_told(view, one, lang) for one in found[(page - 1) * _PAGE : page * _PAGE]],
        page=page,
        pages=pages,
    )


def _told(view: View, one: Decision, lang: Lang) -> Row:
    """A ruling as old, new, why and who, and the step that it is about, where that still stands."""
    step = next((link.step for id_ in one.claims if (link := view.book.links.get(id_)) and link.step in view.steps), "")
    what, act = say(f"ruling.{one.kind}", lang), phrases.deed(view.steps[step], lang) if step else ""
    if one.kind == "reject" and not step and (claim := _rejected(view, one)):
        return Row(one.at, card.read_as(claim, lang), what, "", "–", "–", one.why, rulings.who(one), f"{claim.article_id}#{claim.id}")
    if one.kind != "correct" or not one.slot:
        return Row(one.at, act, what, step, "–", "–", one.why, rulings.who(one))
    old = encode(one.saw[0]).get(one.slot) if one.saw else None
    what = f"{what} · {values.called(one.slot, lang)}"
    return Row(one.at, act, what, step, values.told(one.slot, old, lang), values.told(one.slot, one.value, lang), one.why, rulings.who(one))


def _rejected(view: View, one: Decision) -> Claim | None:
    """What somebody rejected, as a reader made it."""
    return next((view.book.ruled.machine[id_] for id_ in one.claims if id_ in view.book.ruled.machine), None)


def _releases(store: Store, lang: Lang) -> list[tuple[str, str, str, list[Row]]]:
    """Name, moment and digest of each release with what it corrected, the newest first."""
    made = []
    for release in reversed(store.releases()):
        found = past.corrections(store, release.name)
        rows = [_changed(one, found.steps, found.articles, lang) for one in found.changes[:_MOST]]
        made.append((release.name, release.at, release.digest, rows))
    return made


def _changed(one: Change, steps: Mapping[str, Step], articles: Mapping[str, Article], lang: Lang) -> Row:
    what, field = say(f"change.{one.what}", lang), one.field or ("state" if one.what == "state" else "")
    step = steps.get(one.step or "")
    whole = phrases.deed(step, lang) if step and one.what in ("new", "gone") else None
    old = whole if whole and one.what == "gone" else "–" if whole else values.told(field, one.old, lang)
    new = whole if whole and one.what == "new" else "–" if whole else values.told(field, one.new, lang)
    who = "; ".join(dict.fromkeys(rulings.who(ruled) for ruled in one.decisions))
    told = f"{what} · {values.called(field, lang)}" if field else what
    return Row("", phrases.deed(step, lang) if step and not whole else "", told, one.step or "", old, new, changes.why(one, articles), who)
