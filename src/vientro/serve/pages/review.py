"""What a person is asked next: one question a page, the words of the article beside what was read of them, one key an answer."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from vientro.ledger import facts
from vientro.ledger.decisions import SLOTS
from vientro.model.decision import Decision
from vientro.model.errors import InputError
from vientro.publish.life import reason
from vientro.publish.lines import Witness
from vientro.publish.words import Lang
from vientro.review import answers, values
from vientro.review.agreement import agreement as compared
from vientro.review.answers import Reviewer
from vientro.serve.access import allowed
from vientro.serve.reviewing import ALL_COPIES, TOPICS, Look, Shown, copies, decided
from vientro.serve.rows import rows_of
from vientro.serve.say import keys, say
from vientro.serve.site import Site, lang_of, site_of
from vientro.store.accounts import User
from vientro.tasks import desk

router = APIRouter()
Ruler = Annotated[User, Depends(allowed("reviewer"))]
_RULED = re.compile(r"(.+?): (accept|reject|correct|add|merge|split|link|unlink)( \(.*\))?", re.DOTALL)
_QUOTED = 4  # claims of each side whose words are shown
# The rule of the codebook that a question, or an act of a type, is most often ruled by.
_RULES = {"repeat": "D5", "fits two": "D5", "conflict": "Q3"}
_OF_TYPE = {
    "commit": "C8",
    "approve": "C4",
    "procure": "C4",
    "suspend": "C9",
    "resume": "C9",
    "refuse": "C9",
    "block": "C9",
    "decline": "C9",
}


@router.get("/review")
def review(
    request: Request, user: Ruler, *, topic: Annotated[list[str] | None, Query()] = None, second: bool = False, q: str = "", was: str = ""
) -> Response:
    """The next question for whoever asks; `q` is the key of the one to go back to, `was` the decision just made, which can be undone."""
    site, topics = site_of(request), _topics(topic)
    at = site.queue.look()
    shown = site.queue.next(user.name, topics, second=second, key=q, at=at)
    return _page(request, site, shown, topics, at, second=second, was=was)


@router.post("/review")
def answer(
    request: Request,
    user: Ruler,
    *,
    q: Annotated[str, Form()],
    choice: Annotated[str, Form()],
    seen: Annotated[int, Form()] = 0,
    topic: Annotated[list[str] | None, Form()] = None,
    second: Annotated[bool, Form()] = False,
    slot: Annotated[str, Form()] = "",
    value: Annotated[str, Form()] = "",
    why: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """An answer is written down before the next question is shown."""
    site, topics, queue = site_of(request), _topics(topic), site_of(request).queue
    seen, looked = max(0, seen), queue.look()
    at, question, who = looked.desk, queue.question(q), Reviewer(user.name, user.shown_as)
    if question is None:
        return _on(topics, second=second, was="gone")
    if any(one.by == user.name and set(question.claims) & set(one.claims) for one in at.decisions[seen:]):
        return _on(topics, second=second, was="twice")
    if choice == "skip":
        queue.skip(user.name, q)
        return _on(topics, second=second)
    before = () if second else at.decisions[:seen]
    try:
        made = (
            _fixed(site, at, who, question.claims[0], slot, value, why, before)
            if choice == "f"
            else decided(at, question, choice, who, before, why.strip())
        )
    except InputError as error:
        shown = Shown(q, question, seen)
        return _page(request, site, shown, topics, looked, second=second, problem=str(error), code=422, typed=(slot, value, why))
    if made is None and choice not in answers.keys(question):
        raise HTTPException(422, choice)
    if made is None:  # all of them say what was chosen already
        queue.skip(user.name, q)
        return _on(topics, second=second)
    site.shelf.ruled(made, wait=False)
    return _on(topics, second=second, was=made.id, key=q)


@router.post("/review/undo")
def undo(
    request: Request,
    user: Ruler,
    *,
    decision: Annotated[str, Form()],
    q: Annotated[str, Form()] = "",
    topic: Annotated[list[str] | None, Form()] = None,
    second: Annotated[bool, Form()] = False,
) -> Response:
    """Take back a decision of one's own, and look at its question again."""
    site = site_of(request)
    site.shelf.ruled(taken_back(site, user, decision), wait=False)
    return _on(_topics(topic), second=second, again=q)


@router.post("/review/again")
def put_off(request: Request, user: Ruler) -> Response:
    """What was skipped is asked again."""
    site_of(request).queue.unskip(user.name)
    return RedirectResponse("/review", 303)


@router.get("/review/agreement")
def agreement(request: Request, _user: Ruler) -> Response:
    """How far two people agree who ruled without knowing of each other."""
    site = site_of(request)
    with site.shelf.store() as store:
        decisions = store.decisions()
    shown = {one.by: one.shown_as or one.by for one in decisions}
    return site.page(request, "agreement.html", rows=compared(decisions), shown=shown)


def taken_back(site: Site, user: User, decision: str, why: str = "") -> Decision:
    """What undoes a decision; that of somebody else only for an editor. Raises InputError for one that is not there, HTTPException."""
    at = site.queue.look().desk
    by = next((one.by for one in at.decisions if one.id == decision), user.name)
    if by != user.name and not user.may("editor"):
        raise HTTPException(403)
    return desk.undo(at, Reviewer(user.name, user.shown_as), decision, why)


def _fixed(site: Site, at: desk.Desk, who: Reviewer, claim: str, slot: str, value: str, why: str, before: tuple[Decision, ...]) -> Decision:
    content = values.value_of(slot, value)
    with site.shelf.store() as store:
        return desk.correct(desk.knowing(at, before), store, who, claim, slot, content, why.strip())


def _page(
    request: Request,
    site: Site,
    shown: Shown | None,
    topics: tuple[str, ...],
    looked: Look,
    *,
    second: bool,
    was: str = "",
    problem: str = "",
    code: int = 200,
    typed: tuple[str, str, str] = ("", "", ""),
) -> Response:
    at, lang = looked.desk, lang_of(request)
    steps, claims = looked.view.steps, at.found.claims
    sides, rules = [], list[str]()
    if shown:
        question = shown.question
        for step_id, ids in ((question.step, question.claims), (question.other_step, question.others)):
            told = [claims.get(id_) or at.known[id_] for id_ in ids if id_ in claims or id_ in at.known]
            witnesses = [Witness(claim, at.found.articles[claim.article_id]) for claim in told if claim.article_id in at.found.articles]
            if witnesses:
                sides.append((steps.get(step_id or ""), [(one, rows_of(one.claim, lang)) for one in witnesses[:_QUOTED]], len(witnesses)))
        types = {claims[id_].type for id_ in question.claims[:1] if id_ in claims}
        found = [flag for step, _, _ in sides if step for flag in step.flags]
        rules = list(dict.fromkeys([*_RULES.get(question.topic, "").split(), *found, *(_OF_TYPE[one] for one in types if one in _OF_TYPE)]))
    return site.page(
        request,
        "review.html",
        code,
        shown=shown,
        why=[_because(one, lang) for one in shown.question.why] if shown else [],
        sides=sides,
        keys=answers.keys(shown.question) if shown else {},
        copies=len(copies(at, shown.question)) if shown and not second else 0,
        all_copies=ALL_COPIES,
        rules=rules,
        slots=(*SLOTS, *facts.SLOTS),
        topics=TOPICS,
        chosen=topics,
        second=second,
        was=was,
        before=request.query_params.get("before", ""),
        open=site.queue.count(topics, looked) if not second else None,
        problem=problem,
        typed=typed,
        links=at.links,
    )


def _because(why: str, lang: Lang) -> str:
    """A reason of a question in the language of the page: one of the reader, of linking, or what people ruled."""
    if why.startswith("confidence "):
        return say("review.confidence", lang, f"{float(why.split()[1]):.0%}")
    if f"because.{why}" in keys():
        return say(f"because.{why}", lang)
    if ruled := _RULED.fullmatch(why):
        return f"{ruled[1]}: {say(f'did.{ruled[2]}', lang)}{ruled[3] or ''}"
    return reason(why, lang)


def _topics(given: list[str] | None) -> tuple[str, ...]:
    return tuple(one for one in TOPICS if one in (given or ()))


def _on(topics: tuple[str, ...], *, second: bool, was: str = "", key: str = "", again: str = "") -> Response:
    """To the next question."""
    asked = [*(("topic", one) for one in topics), ("second", "true" if second else ""), ("was", was), ("before", key), ("q", again)]
    query = urlencode([(name, value) for name, value in asked if value])
    return RedirectResponse(f"/review{'?' if query else ''}{query}", 303)
