"""How the ledger is kept, as data: sources, rejects, releases, and for reviewers what was ruled, and ruling itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from vientro.model.errors import InputError
from vientro.publish import changes, rulings
from vientro.review.answers import Reviewer
from vientro.serve.api import examples
from vientro.serve.api.answers import paged, reply
from vientro.serve.api.operations import API, Param
from vientro.serve.api.sums import body_of
from vientro.serve.site import site_of
from vientro.store.desk import Desk as Sources
from vientro.tasks import desk, past
from vientro.tasks.health import health as health_of

if TYPE_CHECKING:
    from vientro.model.decision import Decision
    from vientro.store.accounts import User
    from vientro.store.store import Store
    from vientro.tasks.desk import Desk

_TEXT = {"type": "string", "minLength": 1}
_KINDS = ("accept", "reject", "correct", "add", "merge", "split", "link", "unlink", "undo")
_FIELDS = {"kind": str, "id": str, "other": str, "level": str, "slot": str, "value": object, "why": str}


@API.get("/sources", "How the watched sources do.", "SourceState", examples.SOURCE, paged=True)
def sources(request: Request) -> Response:
    with site_of(request).shelf.store() as store:
        found = health_of(Sources(store), datetime.now(UTC))
    state = repr(found)
    return paged(request, state, found, lambda one: (one.name,), asdict)


@API.get("/rejects", "What could not be used, and why. A public server tells none.", "Reject", examples.REJECT, paged=True)
def rejects(request: Request) -> Response:
    view = site_of(request).shelf.view()
    found = sorted(view.book.rejects, key=lambda one: (one.stage, one.id, one.reason))
    return paged(request, view.mark, found, lambda one: (one.stage, one.id, one.reason), asdict, more={"mark": view.mark})


@API.get("/releases", "What was published under a name.", "Release", examples.RELEASE, paged=True)
def releases(request: Request) -> Response:
    with site_of(request).shelf.store() as store:
        found = store.releases()

    def record(one: Any) -> dict[str, Any]:
        return {"number": one.number, "name": one.name, "at": one.at, "digest": one.digest}

    return paged(request, repr([(one.number, one.digest) for one in found]), found, lambda one: (float(one.number),), record)


@API.get("/releases/{id}", "What a release corrected of the one before.", "Corrections", examples.CORRECTIONS)
def release(request: Request, id: str) -> Response:  # noqa: A002  the name in the address
    with site_of(request).shelf.store() as store:
        found = {one.name: one for one in store.releases()}
        if id not in found:
            raise HTTPException(404, f"{id}: there is no such release")
        made = past.corrections(store, id)
    one = found[id]
    told = changes.records(made.changes, made.steps, made.articles)
    record = {"number": one.number, "name": one.name, "at": one.at, "digest": one.digest, "items": told}
    return reply(request, None, lambda: record)


@API.get("/health", "That the ledger can be read, and up to which day.", "Health", examples.HEALTH)
def health(request: Request) -> Response:
    view = site_of(request).shelf.view()
    record = {
        "status": "ok",
        "mark": view.mark,
        "newest": view.book.newest,
        "articles": view.book.read,
        "claims": len(view.book.claims),
        "steps": len(view.steps),
        "deals": len(view.deals),
    }
    return reply(request, view.mark, lambda: record)


@API.get(
    "/decisions", "What people ruled, in the order in which it was written down.", "Decision", examples.DECISION,
    Param("claim", "Only on this claim."), paged=True, role="reviewer",
)  # fmt: skip
def decisions(request: Request) -> Response:
    with site_of(request).shelf.store() as store:
        found = sorted(store.decisions(), key=lambda one: (one.at, one.id))
    claim = request.query_params.get("claim")
    if claim is not None:
        found = [one for one in found if claim in one.claims or claim in one.others]
    state = f"{len(found)} {found[-1].id if found else ''}"
    return paged(request, state, found, lambda one: (one.at, one.id), rulings.record)


@API.post(
    "/decisions", "Rule on a claim, an act or a deal (docs/decisions.md); what follows from it is worked out later.", "Decision",
    examples.DECISION,
    {
        "type": "object", "required": ["kind", "id"], "additionalProperties": False,
        "properties": {
            "kind": {"type": "string", "enum": list(_KINDS)},
            "id": {**_TEXT, "description": "A claim, an act or a deal; of `add` an article, of `undo` a decision."},
            "other": {**_TEXT, "description": "The other side of merge, split, link and unlink."},
            "level": {"type": "string", "enum": ["step", "deal"], "description": "Whether merge and split are about acts or deals."},
            "slot": {**_TEXT, "description": "Of `correct`: what to put right."},
            "value": {"description": "Of `correct`: its content in the interchange form; of `add`: the whole claim."},
            "why": {"type": "string", "maxLength": 2000},
        },
    },
    {"kind": "correct", "id": "c-0123456789abcdef", "slot": "due", "value": "2025-12", "why": "the ministry says December"},
    role="reviewer", status=201,
)  # fmt: skip
async def decide(request: Request) -> Response:
    asked = await body_of(request, _FIELDS)
    return await run_in_threadpool(_decide, request, asked)


def _decide(request: Request, asked: dict[str, Any]) -> Response:
    site, user = site_of(request), request.state.user
    if asked.get("kind") not in _KINDS or not asked.get("id"):
        raise InputError("kind, id", "one is missing, or there is no such kind", f"Kinds: {', '.join(_KINDS)}")
    if len(asked.get("why", "")) > 2000:
        raise InputError("why", "it has more than 2000 characters", "Say it in less")
    with site.shelf.whole() as store:
        made = _ruling(asked, site.queue.desk(), store, user)
    site.shelf.ruled(made)
    answer = reply(request, None, lambda: rulings.record(made))
    answer.status_code = 201
    return answer


def _known(kind: str, id_: str, at: Desk, store: Store) -> bool:
    """Whether there is what a ruling is about."""
    if kind == "undo":
        return any(one.id == id_ for one in at.decisions)
    if kind == "add":
        return id_ in at.found.articles or bool(store.named([id_]))
    try:
        return bool(at.claims_of(id_, store))
    except InputError:
        return False


def _ruling(asked: dict[str, Any], at: Desk, store: Store, user: User) -> Decision:
    kind, id_, why, who = asked["kind"], asked["id"], asked.get("why", ""), Reviewer(user.name, user.shown_as)
    if not _known(kind, id_, at, store):
        raise HTTPException(404, f"{id_[:80]}: the ledger knows no such id")
    if kind in ("accept", "reject"):
        return desk.verdict(at, store, kind, who, id_, why)
    if kind == "correct":
        return desk.correct(at, store, who, id_, asked.get("slot", ""), asked.get("value"), why)
    if kind == "add":
        if not isinstance(asked.get("value"), dict):
            raise InputError("value", "it is no claim", "Send it in the interchange form (docs/decisions.md)")
        return desk.add(at, store, who, id_, asked["value"], why)
    if kind == "undo":
        return desk.undo(at, who, id_, why)
    level = asked.get("level", "step")
    if level not in ("step", "deal"):
        raise InputError(f"level={level[:80]}", "there is none of this name", "Give step or deal")
    return desk.pair(at, store, kind, who, (id_, asked.get("other", "")), level=level, why=why)
