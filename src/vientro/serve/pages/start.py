"""The first page: a sentence to check, or a draft to find the line for."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from vientro import pipeline
from vientro.model.errors import InputError
from vientro.publish import card, phrases
from vientro.publish.lines import reasons
from vientro.serve.checking import LONGEST_SHARED, address, shown
from vientro.serve.pages.line import day_of, is_draft, line
from vientro.serve.site import lang_of, site_of
from vientro.serve.withheld import in_all

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
    newest = [view.line(step) for step in islice((step for step in view.newest_first if step.counts), 6)]
    return site.page(
        request,
        "start.html",
        counts=counts,
        withheld=in_all(site, view),
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
    return _card(request, sentence, on)


@router.get("/check")
def checked(request: Request, sentence: str = "", on: str = "") -> Response:
    """The same card at an address that others can be given; without a sentence the page that asks for one."""
    if not sentence.strip():
        return RedirectResponse("/", 303)
    if len(sentence) > LONGEST_SHARED:
        raise InputError("the sentence", f"it has more than {LONGEST_SHARED} characters", "Paste it on the first page")
    return _card(request, sentence, on)


def _card(request: Request, sentence: str, on: str) -> Response:
    site, lang = site_of(request), lang_of(request)
    request.state.address = address(sentence, on, lang)
    with site.shelf.store() as store:
        answer = replace(pipeline.check(sentence, store, site.stages, day_of(on)), published=site.settings.public)
    return site.page(
        request,
        "check.html",
        sentence=sentence.strip(),
        on=on,
        found=shown(answer, site.shelf.view().follows, lang),
        unread=answer.unread,
        read=card.read(answer.coverage, lang),
        down=card.down(answer.coverage.sources_down, lang),
        address=request.state.address,
        markdown=card.markdown(answer, lang),
    )
