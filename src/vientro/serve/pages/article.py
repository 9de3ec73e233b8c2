"""One article: its text with the claims marked, what people ruled on them, words to be selected for a claim that is missing, and what its
address showed before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from vientro.article.excerpts import BLANK
from vientro.ledger.decisions import SLOTS
from vientro.model.claim import Claim, Modality, Type
from vientro.publish.edits import Past
from vientro.publish.marked import Part, marked
from vientro.serve import edits
from vientro.serve.history import Ruled, history
from vientro.serve.rows import rows_of
from vientro.serve.shelf import View
from vientro.serve.site import lang_of, site_of
from vientro.store import pages, settings

router = APIRouter()
_CUT = re.compile(rf"{BLANK}(?:[{BLANK}\s]*{BLANK})?")


@router.get("/article/{id_}")
def article(request: Request, id_: str) -> Response:
    site, lang = site_of(request), lang_of(request)
    view = site.shelf.view()
    with site.shelf.store() as store:
        found = view.book.articles.get(id_) or store.named([id_]).get(id_)
        if found is None:
            raise HTTPException(404)
        cut = site.settings.public or settings.excerpts_only(store)
        # A server for everybody shows no texts, and so no differences of texts either.
        past, edit = (Past(), None) if site.settings.public else edits.past_and_edit(view, store, id_, request.query_params)
        blank = not site.settings.public and pages.is_redacted(store, id_)
    all_ = view.of_article.get(id_, [])
    claims = [claim for claim in all_ if claim.id in view.book.claims and view.book.links[claim.id].step in view.steps]
    decisions = view.book.decisions if site.settings.public else site.queue.decisions()
    rows = history(decisions, lang, request.state.user, [claim.id for claim in all_])
    return site.page(
        request,
        "article.html",
        article=found,
        pieces=[list(_pieces(parts)) if cut else parts for parts in marked(found, claims)],
        cut=cut,
        shown=set(),
        told=[(claim, view.line(view.steps[view.book.links[claim.id].step]), rows_of(claim, lang), _on(claim, rows)) for claim in claims],
        beside=_beside(view, all_),
        past_rows=rows,
        story=past,
        edit=edit,
        blank=blank,
        versions=edits.rows(past),
        shifts=[edits.told(one, lang) for one in edit.shifts] if edit else [],
        seen=len(decisions),
        slots=SLOTS,
        types=get_args(Type),
        modalities=get_args(Modality),
    )


def _on(claim: Claim, rows: list[Ruled]) -> list[Ruled]:
    """What stands ruled on a claim."""
    return [row for row in rows if row.stands and row.decision.kind != "undo" and claim.id in (*row.decision.claims, *row.decision.others)]


def _beside(view: View, claims: list[Claim]) -> list[tuple[Claim, str]]:
    """What the reader found and the ledger does not show: too unsure, or rejected."""
    ruled = view.book.ruled.rulings
    return [
        (claim, "rejected" if claim.id in ruled and ruled[claim.id].rejected else "unsure")
        for claim in claims
        if claim.id not in view.book.claims or view.book.links[claim.id].step not in view.steps
    ]


def _pieces(parts: list[Part]) -> Iterator[Part]:
    """The parts, cut where an article of which only excerpts are kept has nothing."""
    for part in parts:
        at = 0
        for blank in _CUT.finditer(part.text):
            if blank.start() > at:
                yield replace(part, start=part.start + at, text=part.text[at : blank.start()])
            yield Part(part.start + blank.start(), blank[0], ())
            at = blank.end()
        if at < len(part.text) or not part.text:
            yield replace(part, start=part.start + at, text=part.text[at:])
