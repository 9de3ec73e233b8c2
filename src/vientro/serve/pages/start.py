"""The first page: a sentence to check, or a draft to find the line for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from vientro import pipeline
from vientro.publish import card, phrases
from vientro.publish.lines import reasons
from vientro.serve.pages.line import day_of, is_draft, line
from vientro.serve.site import lang_of, site_of

router = APIRouter()


@router.get("/")
def start(request: Request) -> Response:
    site = site_of(request)
    view = site.shelf.view()
    counts = [
        ("articles", view.book.read),
        ("claims", len(view.book.claims)),
        ("steps", len(view.steps)),
        ("deals", len(view.deals)),
        ("rejects", len(view.book.rejects)),
    ]
    newest = [view.line(step) for step in view.newest_first if step.counts][:6]
    return site.page(
        request,
        "start.html",
        counts=counts,
        data_end=phrases.newest(view.book, lang_of(request)),
        lines=newest,
        deals=view.deals,
        rejects=[phrases.left_out(reason, ids, lang_of(request)) for reason, ids in reasons(view.book)],
    )


@router.post("/check")
def check(
    request: Request,
    sentence: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """The card of a sentence; what is more than one gets its line for the topic pages."""
    if is_draft(sentence, file):
        return line(request, sentence, on, file)
    site = site_of(request)
    with site.shelf.store() as store:
        answer = pipeline.check(sentence, store, site.stages, day_of(on))
    return site.page(
        request, "check.html", sentence=sentence, rows=card.rows(answer, lang_of(request)), markdown=card.markdown(answer, lang_of(request))
    )
