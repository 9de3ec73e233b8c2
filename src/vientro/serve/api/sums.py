"""What is worked out on request: sentences and drafts held against the ledger, counts, what is overdue, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import Response

from vientro import pipeline
from vientro.ledger.counting.count import Question
from vientro.ledger.counting.dimensions import NAMES
from vientro.ledger.counting.profiles import shipped
from vientro.model.errors import InputError
from vientro.publish import card, changes, countrecords, draft, late
from vientro.publish.tables import as_csv
from vientro.publish.tables.column import Table
from vientro.publish.topic import topics_of
from vientro.publish.words import code_of
from vientro.serve.agenda import due, items
from vientro.serve.api import examples
from vientro.serve.api.acts import AS_OF, CURRENCY, KNOWN, PROFILE, SEAL
from vientro.serve.api.answers import paged, reply
from vientro.serve.api.operations import API, DAY, Param
from vientro.serve.filters import CURRENCIES, PROFILES, day_in, moment_in, one_of, seal_in
from vientro.serve.site import lang_of, site_of
from vientro.serve.totals import counted
from vientro.tasks import drafts, past, topics

if TYPE_CHECKING:
    from vientro.ledger.follow import Overdue
    from vientro.publish.late import Item
    from vientro.serve.api.cursors import Key

_MOST_BODY = 500_000  # bytes
_DAY_OR_NONE = {**DAY, "type": ["string", "null"]}
_LONG = {"type": "string", "minLength": 1}
_ONE = {"type": "string", "maxLength": 200}
_LANG = Param("lang", "The language of what is in words.", {"type": "string", "enum": ["vi", "en"]})


@API.post(
    "/check", "What the ledger has on a sentence: who says so, what is told otherwise, what lies near.", "Check", examples.CHECK,
    {
        "type": "object", "required": ["sentence"], "additionalProperties": False,
        "properties": {"sentence": {**_LONG, "pattern": "\\S", "maxLength": pipeline.LONGEST_SENTENCE}, "on": _DAY_OR_NONE},
    },
    {"sentence": "Na Uy cam kết 8 radar cho Moldova", "on": "2025-04-08"},
)  # fmt: skip
async def check(request: Request) -> Response:
    asked = await body_of(request, {"sentence": str, "on": (str, type(None))})
    return await run_in_threadpool(_check, request, asked)


def _check(request: Request, asked: dict[str, Any]) -> Response:
    site, day = site_of(request), _day("on", asked.get("on"))
    with site.shelf.store() as store:
        answer = pipeline.check(_text("sentence", asked), store, site.stages, day)
    return reply(request, None, lambda: card.record(answer))


@API.post(
    "/line", "What a draft tells, act by act: its line for a topic page, whether that is news, which promise it fulfils.", "Draft",
    examples.DRAFT,
    {
        "type": "object", "required": ["draft"], "additionalProperties": False,
        "properties": {"draft": {**_LONG, "pattern": "\\S", "maxLength": drafts.LONGEST}, "on": _DAY_OR_NONE},
    },
    {"draft": "Na Uy cam kết 8 radar cho Moldova\n\nChính phủ Na Uy ngày 8/4 hứa chuyển 8 radar.", "on": "2025-04-08"},
)  # fmt: skip
async def line(request: Request) -> Response:
    asked = await body_of(request, {"draft": str, "on": (str, type(None))})
    return await run_in_threadpool(_line, request, asked)


def _line(request: Request, asked: dict[str, Any]) -> Response:
    site, day = site_of(request), _day("on", asked.get("on"))
    article = drafts.of_text(_text("draft", asked), day)
    with site.shelf.store() as store:
        stand = topics.rulings(store)
        held = drafts.hold(article, store, site.stages, list(topics_of(stand).values()), stand)
    return reply(request, None, lambda: draft.record(held, lang_of(request)))


@API.get(
    "/count", "What was promised, approved, delivered, by a stated rule: lowest, best and highest figure of each cell.", "Counted",
    examples.COUNT,
    PROFILE,
    Param("by", "What to divide by; two make a cross table.", {"type": "string", "enum": list(NAMES)}, many=True),
    CURRENCY,
    Param("donor", "Only this one.", _ONE), Param("recipient", "Only for this one.", _ONE),
    Param("lines", "With the acts behind each cell.", {"type": "string", "enum": ["yes", "no"], "default": "no"}), AS_OF, KNOWN, SEAL,
    table=True,
)  # fmt: skip
def count(request: Request) -> Response:
    asked = request.query_params
    view = site_of(request).shelf.view(day_in(asked, "as-of"), moment_in(asked, "known"), seal_in(asked))
    by = tuple(dict.fromkeys(asked.getlist("by"))) or ("donor",)
    for one in by:
        if one not in NAMES:
            raise InputError(f"by={one[:80]}", "there is none of this name", f"Give one of: {', '.join(NAMES)}")
    lines = one_of(asked, "lines", ("no", "yes")) == "yes"
    question = Question(
        shipped(one_of(asked, "profile", PROFILES)),
        by,
        one_of(asked, "currency", CURRENCIES),
        _party(asked.get("donor")),
        _party(asked.get("recipient")),
        lines=lines,
        data_end=view.book.newest,
    )
    with site_of(request).shelf.store() as store:
        down = store.sources_down()
    return reply(
        request,
        f"{view.mark} {down}",
        lambda: countrecords.record(counted(view, question), lines=lines, down=down),
        lambda: countrecords.table(counted(view, question)).encode(),
    )


@API.get(
    "/overdue", "Promises whose due day has passed without a report that they were kept; silence is no report found.", "Overdue",
    examples.OVERDUE, AS_OF, paged=True,
)  # fmt: skip
def overdue(request: Request) -> Response:
    site, asked = site_of(request), day_in(request.query_params, "as-of")
    view = site.shelf.view(asked)
    day = asked or view.book.newest or ""
    found = sorted(due(view, day) if day else (), key=_due_key)

    def record(one: Overdue) -> dict[str, Any]:
        with site.shelf.store() as store:
            told: list[Item] = items(view, store, [one], day)
        made: dict[str, Any] = late.record(late.Agenda(day, view.book.newest, tuple(told)))["overdue"][0]
        return made

    return paged(request, view.mark, found, _due_key, record, more={"as_of": day or None, "newest": view.book.newest})


def _due_key(one: Overdue) -> Key:
    return -float(one.last_day.replace("-", "")), one.step, one.due


@API.get(
    "/diff", "What changed in the ledger from one day to a later one, and because of which article or decision.", "Change", examples.CHANGE,
    Param("from", "One day.", DAY, needed=True), Param("to", "The other day.", DAY, needed=True),
    Param("donor", "Only acts of this giver.", _ONE),
    Param("clock", "told: articles count from their publication; known: from when the ledger had them.",
          {"type": "string", "enum": ["told", "known"], "default": "told"}),
    table=True,
)  # fmt: skip
def diff(request: Request) -> Response:
    site, asked = site_of(request), request.query_params
    first, last = day_in(asked, "from"), day_in(asked, "to")
    if not first or not last:
        raise InputError("from, to", "one is missing", "Give both days: from=2025-01-31&to=2025-02-28")
    first, last = min(first, last), max(first, last)
    clock = one_of(asked, "clock", ("told", "known"))
    if clock == "known" and site.settings.public:
        raise InputError("clock=known", "a public server does not tell when the ledger had an article", "Leave it out")
    view = site.shelf.view()

    def made() -> past.Difference:
        with site.shelf.turn(), site.shelf.store() as store:
            return past.between(
                store, site.stages, first, last, clock="known" if clock == "known" else "told", donor=_party(asked.get("donor"))
            )

    def found() -> past.Difference:
        return view.keep(("diff", first, last, clock, asked.get("donor")), made)

    return reply(
        request,
        view.mark,
        lambda: {"from": first, "to": last, "items": changes.records(*_told(found()))},
        lambda: as_csv.content([Table("changes", changes.COLUMNS, changes.rows(*_told(found())))]),
    )


def _told(found: past.Difference) -> tuple[Any, Any, Any]:
    return found.changes, found.steps, found.articles


async def body_of(request: Request, known: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that was sent, its fields of the kinds that are `known`; raises InputError."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise InputError("the body", "it is not told to be JSON", "Send it with Content-Type: application/json")
    sent = b""
    async for part in request.stream():
        sent += part
        if len(sent) > _MOST_BODY:
            raise InputError("the body", f"it has more than {_MOST_BODY} bytes", "Send less")
    try:
        told = msgspec.json.decode(sent)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError("the body", f"is no JSON ({error})", "Send an object") from error
    if not isinstance(told, dict):
        raise InputError("the body", "is no object", f"Send one with {', '.join(known)}")
    for name, value in told.items():
        if name not in known:
            raise InputError(f"{name[:80]!r}", "there is no such field", f"Fields: {', '.join(known)}")
        if not isinstance(value, known[name]):
            raise InputError(name, "it is of the wrong kind", "openapi.json tells the kinds")
    return told


def _text(name: str, asked: dict[str, Any]) -> str:
    if not isinstance(asked.get(name), str):
        raise InputError(name, "it is missing", f'Send {{"{name}": "..."}}')
    return str(asked[name])


def _day(name: str, given: str | None) -> str | None:
    if given == "":
        raise InputError(name, "this is no day of ISO 8601", "Give a day like 2025-01-09, or leave it out")
    return day_in(QueryParams({name: given}), name) if given else None


def _party(given: str | None) -> str | None:
    given = (given or "").strip()
    return (code_of(given) or given) or None
