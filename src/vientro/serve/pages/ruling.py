"""What people rule on the pages of deals and articles: forms that lead back to where they were sent from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro.article.excerpts import BLANK
from vientro.model.article import Article
from vientro.model.claim import Modality, Type
from vientro.model.decision import Decision, Kind
from vientro.model.edtf import interval
from vientro.model.errors import InputError
from vientro.model.interchange import find_evidence
from vientro.publish import phrases
from vientro.publish.words import Lang
from vientro.review.answers import Reviewer
from vientro.review.values import value_of
from vientro.serve.access import allowed
from vientro.serve.history import history
from vientro.serve.pages.review import taken_back
from vientro.serve.shelf import View
from vientro.serve.site import Site, lang_of, site_of
from vientro.store.accounts import User
from vientro.tasks import desk
from vientro.tasks.desk import Desk

router = APIRouter()
Ruler = Annotated[User, Depends(allowed("reviewer"))]
_VERDICTS: dict[str, Kind] = {"accept": "accept", "reject": "reject"}
_PAIRS: dict[str, Kind] = {"merge": "merge", "split": "split", "link": "link", "unlink": "unlink"}
_ID = re.compile(r"\b[csd]-[0-9a-f]{16}\b")
_BACK = re.compile(r"/(deal|article)/[a-z]-[0-9a-f]+|/decisions")
_SHOWN = 300
_SHORT = 2000


@router.post("/decide")
def decide(
    request: Request,
    user: Ruler,
    *,
    kind: Annotated[str, Form()],
    id_: Annotated[str, Form(alias="id")],
    other: Annotated[str, Form()] = "",
    level: Annotated[str, Form()] = "step",
    slot: Annotated[str, Form()] = "",
    value: Annotated[str, Form(max_length=_SHORT)] = "",
    why: Annotated[str, Form(max_length=_SHORT)] = "",
    seen: Annotated[int, Form()] = 0,
    back: Annotated[str, Form()] = "/decisions",
) -> Response:
    """One decision. `other` is an id, or the address of its page; `seen` how many decisions there were when the page was shown."""
    site, who, why = site_of(request), Reviewer(user.name, user.shown_as), why.strip()
    if kind == "undo":
        made = taken_back(site, user, id_, why)
    else:
        at = site.queue.desk()
        at = desk.knowing(at, at.decisions[: max(0, seen)])
        made = _made(site, at, who, kind, id_, other, level, slot, value, why)
    site.shelf.ruled(made)
    return _back(back, made)


@router.post("/article/{id_}/claims")
def add(
    request: Request,
    user: Ruler,
    id_: str,
    *,
    type_: Annotated[str, Form(alias="type")],
    modality: Annotated[str, Form()] = "actual",
    actors: Annotated[str, Form(max_length=_SHORT)] = "",
    recipients: Annotated[str, Form(max_length=_SHORT)] = "",
    amounts: Annotated[str, Form(max_length=_SHORT)] = "",
    date: Annotated[str, Form(max_length=100)] = "",
    words: Annotated[str, Form()] = "",
    start: Annotated[str, Form()] = "",
    stop: Annotated[str, Form()] = "",
    why: Annotated[str, Form(max_length=_SHORT)] = "",
) -> Response:
    """A claim that no reader found, on words of the article: those from `start` to `stop`, else where `words` stand."""
    site = site_of(request)
    if type_ not in get_args(Type) or modality not in get_args(Modality):
        raise HTTPException(422)
    at = site.queue.desk()
    with site.shelf.whole() as store:
        article = at.found.articles.get(id_) or store.named([id_]).get(id_)
        if article is None:
            raise HTTPException(404)
        row = {
            "type": type_,
            "modality": modality,
            "actors": value_of("actors", actors),
            "recipients": value_of("recipients", recipients),
            "addressees": [],
            "support": None,
            "mode": None,
            "items": [],
            "amounts": value_of("amounts", amounts),
            "date": _date(date),
            "due": None,
            "horizon": None,
            "speaker": None,
            **_evidence(article, words, start, stop),
        }
        made = desk.add(at, store, Reviewer(user.name, user.shown_as), id_, row, why.strip())
        if made.claims[0] in at.found.claims:
            raise InputError(made.claims[0], "this claim stands already", "Correct it, or select other words")
    site.shelf.ruled(made)
    return _back(f"/article/{id_}", made)


@router.get("/decisions")
def decisions(request: Request, user: Ruler, by: str = "") -> Response:
    """What was ruled last, with what can be taken back; `by` asks for one person's, under the name that is shown."""
    site = site_of(request)
    found = site.queue.decisions()
    rows = [row for row in history(found, lang_of(request), user) if not by or row.who == by][:_SHOWN]
    about = _about(site.shelf.view(), [row.decision for row in rows], lang_of(request))
    return site.page(request, "decisions.html", rows=rows, about=about, seen=len(found), by=by)


def _about(view: View, made: Sequence[Decision], lang: Lang) -> dict[str, tuple[str, str]]:
    """By decision the address and the name of what it is about, where that still stands."""
    found = {}
    for one in made:
        step = next((link.step for id_ in one.claims if (link := view.book.links.get(id_)) and link.step in view.steps), None)
        if one.kind == "topic" and isinstance(one.value, dict):
            found[one.id] = f"/topic/{one.value['slug']}", str(one.value["name"])
        elif step:
            found[one.id] = f"/deal/{step}", phrases.deed(view.steps[step], lang)
    return found


def _made(site: Site, at: Desk, who: Reviewer, kind: str, id_: str, other: str, level: str, slot: str, value: str, why: str) -> Decision:
    """Raises InputError for what can't be ruled, HTTPException for a kind that there is none of."""
    with site.shelf.store() as store:
        if kind == "correct":
            return desk.correct(at, store, who, id_, slot, value_of(slot, value), why)
        if kind in _VERDICTS:
            return desk.verdict(at, store, _VERDICTS[kind], who, id_, why)
        if kind in _PAIRS:
            found = _ID.search(other)
            if not found:
                raise InputError(other.strip() or "the other", "this names no act and no deal", "Paste its id, or the address of its page")
            ids = (found[0], id_) if kind == "split" and id_.startswith("c-") else (id_, found[0])
            return desk.pair(at, store, _PAIRS[kind], who, ids, level="deal" if level == "deal" else "step", why=why)
    raise HTTPException(422, kind)


def _back(address: str, made: Decision) -> Response:
    """To the page that the form was on, which shows what was made."""
    path = address if _BACK.fullmatch(address) else "/decisions"
    return RedirectResponse(f"{path}?{urlencode({'was': made.id})}", 303)


def _date(typed: str) -> str | None:
    """Raises InputError for what is no date of EDTF."""
    day = str(value_of("date", typed) or "")
    try:
        if day and interval(day) is None:
            raise ValueError(day)
    except ValueError:
        raise InputError(day, "this is no date", "Give one like 2025-03-09, 2025-03 or 2025-03-01/2025-03-09") from None
    return day or None


def _evidence(article: Article, words: str, start: str, stop: str) -> dict[str, Any]:
    """Where the claim stands; raises InputError where the words are not in the article, or not one place of it."""
    if start.isdecimal() and stop.isdecimal() and int(start) < int(stop) <= len(article.text):
        text = article.text[int(start) : int(stop)]
        place = int(start) + len(text) - len(text.lstrip())
        found = text.strip()
    else:
        found = words.strip()
        span = find_evidence(article.text, found) if found else None
        if span is None:
            raise InputError("the words", "they do not stand in the article", "Select them in the text, or paste them as they stand there")
        place, found = span.start, span.of(article.text)
        if article.text.find(found, place + 1) >= 0:
            raise InputError("the words", "they stand in the article more than once", "Give more of the words around them")
    if not found or (BLANK in found and _cut(article)):
        raise InputError("the words", "they are not kept whole", "Select words inside of one excerpt")
    return {"evidence": found, "span": [place, place + len(found)]}


def _cut(article: Article) -> bool:
    return BLANK * 3 in article.text
