"""What people check, as data: open questions, how far reviewers agree, databases of others, corrections, and reports of errors."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

import msgspec
from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from vientro.model.errors import InputError
from vientro.model.interchange import encode
from vientro.publish import rulings
from vientro.review.agreement import agreement as compared
from vientro.serve.access import address_of
from vientro.serve.api import examples
from vientro.serve.api.answers import paged, reply
from vientro.serve.api.operations import API, Param
from vientro.serve.api.sums import body_of
from vientro.serve.comparing import PARTS, comparison, databases, parts
from vientro.serve.history import against
from vientro.serve.reviewing import TOPICS, key_of
from vientro.serve.site import site_of
from vientro.store import reports as told

if TYPE_CHECKING:
    from vientro.model.decision import Decision
    from vientro.review.agreement import Agreement
    from vientro.review.questions import Question
    from vientro.serve.api.cursors import Key
    from vientro.serve.limits import Limits
    from vientro.serve.shelf import View

_WORDS = {"type": "string", "minLength": 1, "maxLength": told.LONGEST}
_ADDRESS = {"type": "string", "maxLength": 500}


@API.get(
    "/questions", "What a person is to be asked next, the weightiest first. POST /decisions answers.", "Question", examples.QUESTION,
    Param("topic", "Only questions of this kind.", {"type": "string", "enum": list(TOPICS)}, many=True), paged=True, role="reviewer",
)  # fmt: skip
def questions(request: Request) -> Response:
    site = site_of(request)
    found = sorted(site.queue.open(request.query_params.getlist("topic")), key=_weight)
    state = f"{site.shelf.view().mark} {len(site.queue.decisions())}"
    return paged(request, state, found, _weight, lambda one: {"key": key_of(one), **asdict(one)})


def _weight(one: Question) -> Key:
    return -one.weight, key_of(one)


@API.get(
    "/agreement", "How far two people agree who ruled on the same claims without knowing of each other's answers.", "Agreement",
    examples.AGREEMENT, paged=True, role="reviewer",
)  # fmt: skip
def agreement(request: Request) -> Response:
    with site_of(request).shelf.store() as store:
        decisions = store.decisions()
    shown = {one.by: one.shown_as or one.by for one in decisions}

    def record(one: Agreement) -> dict[str, Any]:
        return asdict(one) | {"first": shown[one.first], "second": shown[one.second], "share": one.share}

    state = f"{len(decisions)} {decisions[-1].id if decisions else ''}"
    found = sorted(compared(decisions), key=_between)
    return paged(request, state, found, _between, record)


def _between(one: Agreement) -> Key:
    return one.first, one.second, one.slot


@API.get(
    "/compare", "An imported database and the rest of the ledger: acts of both, and of one alone.", "Compared", examples.COMPARED,
    Param("database", "Which one; the first where none is named."),
    Param("part", "Acts whose sums differ, of both, of the press alone, of the database alone.",
          {"type": "string", "enum": list(PARTS), "default": PARTS[0]}),
    paged=True, beside={"database": "kiel", "databases": ["kiel"], "parts": {"apart": 1, "both": 0, "ours": 0, "theirs": 0}},
)  # fmt: skip
def compare(request: Request) -> Response:
    view, asked = site_of(request).shelf.view(), request.query_params
    names = databases(view)
    wanted = (asked.get("database") or "").casefold()
    given = next((name for name in names if wanted in ("", name.casefold())), None)
    if wanted and not given:
        raise HTTPException(404, f"{wanted[:80]}: no rows of a database of this name; there are {', '.join(names) or 'none'}")
    found = parts(comparison(view, given)) if given else dict.fromkeys(PARTS, ())
    listed = sorted(found[asked.get("part") or PARTS[0]])
    more = {"database": given, "databases": names, "parts": {part: len(held) for part, held in found.items()}}
    return paged(
        request, view.mark, listed, lambda one: (one[0],), lambda one: {"step": one[0], "pair": msgspec.to_builtins(one[1])}, more=more
    )


@API.get("/corrections", "What people ruled against the reader: old, new, why and who, the latest first.", "Correction",
         examples.CORRECTION, paged=True)  # fmt: skip
def corrections(request: Request) -> Response:
    view = site_of(request).shelf.view()
    found = view.keep("corrections", lambda: against(view))
    place = {one.id: number for number, one in enumerate(found)}
    return paged(request, view.mark, found, lambda one: (float(place[one.id]), one.id), lambda one: _correction(view, one))


def _correction(view: View, one: Decision) -> dict[str, Any]:
    step = next((link.step for id_ in one.claims if (link := view.book.links.get(id_)) and link.step in view.steps), None)
    old = encode(one.saw[0]).get(one.slot) if one.saw and one.slot else None
    return {
        "id": one.id, "at": one.at, "kind": one.kind, "step": step, "claims": list(one.claims), "others": list(one.others),
        "slot": one.slot, "old": old, "new": one.value, "why": one.why, "by": rulings.who(one),
    }  # fmt: skip


@API.get("/reports", "What readers reported as wrong, the newest first.", "Report", examples.REPORT, paged=True, role="editor")
def reports(request: Request) -> Response:
    with site_of(request).shelf.whole() as store:
        found = told.reports(store)
    place = {one.id: number for number, one in enumerate(found)}
    state = repr([(one.id, len(one.answers)) for one in found])
    return paged(request, state, found, lambda one: (float(place[one.id]), one.id), asdict)


@API.get("/reports/{id}", "A report, by the id that was given when it was sent, and what was answered.", "Report", examples.REPORT)
def report(request: Request, id: str) -> Response:  # noqa: A002  the name in the address
    with site_of(request).shelf.whole() as store:
        found = told.find(store, id) if id.startswith("e-") else None
    if found is None:
        raise HTTPException(404, "there is no such report")
    return reply(request, None, lambda: asdict(found))


@API.post(
    "/reports", "Report an error. Nothing is asked of who sends it.", "Report", examples.REPORT,
    {
        "type": "object", "required": ["words"], "additionalProperties": False,
        "properties": {"words": _WORDS, "about": {**_ADDRESS, "description": "A page of this ledger."}, "source": _ADDRESS},
    },
    {"words": "It was 8 radars, not 18.", "about": "/deal/d-7f0c2d5a9b1e4c33", "source": "https://example.org/radars"}, status=201,
)  # fmt: skip
async def send(request: Request) -> Response:
    asked = await body_of(request, {"words": str, "about": str, "source": str})
    return await run_in_threadpool(_send, request, asked)


def _send(request: Request, asked: dict[str, str]) -> Response:
    if seconds := cast("Limits", request.app.state.limits).wait(f"report {address_of(request)}", told.A_MINUTE):
        raise HTTPException(429, f"{seconds} s", {"Retry-After": str(seconds)})
    if not asked.get("words", "").strip():
        raise InputError("words", "nothing is said", "Say what is wrong, and what would be right")
    with site_of(request).shelf.whole() as store:
        made = told.find(store, told.report(store, told.ours(asked.get("about", "")), asked["words"], asked.get("source", "")))
    answer = reply(request, None, lambda: asdict(made) if made else None)
    answer.status_code = 201
    return answer
