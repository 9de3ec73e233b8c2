"""What readers report as wrong, and what editors answered: a trail that is only ever added to.

It stands in the table `rows`, whose guards keep it as it is: `source` says whether a row is a report or an answer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import msgspec
from sqlalchemy import insert, select

from vientro.model.errors import InputError
from vientro.store import schema
from vientro.store.facts import now, number_after
from vientro.store.rows import to_json

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from vientro.store.store import Store

Outcome = Literal["corrected", "kept", "asked"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LONGEST = 3_000  # characters of a report or an answer
A_MINUTE = 6  # reports of one address
_REPORT, _ANSWER = "report", "answer"
_row = schema.rows.c


@dataclass(frozen=True, slots=True)
class Answer:
    """What an editor answered: `outcome` says whether something was corrected, was right as it stood, or more has to be known. `at` is ISO
    8601 in UTC, `by` the name or pseudonym that is shown."""

    at: str
    by: str
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reported as wrong: `about` is a page of ours, `source` an address that says better; nothing is known of who it was."""

    id: str
    at: str
    about: str
    words: str
    source: str = ""
    answers: tuple[Answer, ...] = ()


def report(store: Store, about: str, words: str, source: str = "") -> str:
    """Write a report down; its id, which nobody can guess. Raises InputError for one without words, or with too many."""
    id_ = f"e-{secrets.token_urlsafe(9)}"
    _add(store, id_, _REPORT, {"about": about[:500], "words": _checked(words), "source": source.strip()[:1_000]})
    return id_


def answer(store: Store, report_: str, by: str, outcome: str, words: str) -> None:
    """Answer a report. Raises InputError for an id or an outcome that there is none of."""
    if outcome not in OUTCOMES:
        raise InputError(outcome, "there is no such outcome", f"Outcomes: {', '.join(OUTCOMES)}")
    if find(store, report_) is None:
        raise InputError(report_, "there is no such report", "Its page has the address that was given when it was sent")
    told = {"report": report_, "by": by, "outcome": outcome, "words": _checked(words)}
    _add(store, f"{report_}.{secrets.token_urlsafe(6)}", _ANSWER, told)


def ours(about: str) -> str:
    """The address of a page of ours; nothing else is led to."""
    return about[:500] if about.startswith("/") and not about.startswith("//") and "\\" not in about else ""


def find(store: Store, id_: str) -> Report | None:
    """A report with its answers."""
    return next(iter(_found(store, _row.id.startswith(id_, autoescape=True), id_)), None)


def reports(store: Store) -> list[Report]:
    """All reports with their answers, the newest first."""
    return _found(store, _row.source.in_((_REPORT, _ANSWER)))[::-1]


def _found(store: Store, which: ColumnElement[bool], id_: str | None = None) -> list[Report]:
    wanted = select(_row.id, _row.at, _row.source, _row.record).where(which).order_by(_row.number)
    with store.database.reading() as connection:
        rows = connection.execute(wanted).all()
    answers: dict[str, list[Answer]] = {}
    for row in rows:
        if row.source == _ANSWER:
            told = msgspec.json.decode(row.record)
            answers.setdefault(told["report"], []).append(Answer(row.at, told["by"], cast("Outcome", told["outcome"]), told["words"]))
    return [_report(row, answers.get(row.id, [])) for row in rows if row.source == _REPORT and id_ in (None, row.id)]


def _report(row: Any, answers: list[Answer]) -> Report:
    told = msgspec.json.decode(row.record)
    return Report(row.id, row.at, told["about"], told["words"], told["source"], tuple(answers))


def _checked(words: str) -> str:
    told = words.strip()
    if not told or len(told) > LONGEST:
        raise InputError("the words", f"they have {len(told)} characters", f"Write 1 to {LONGEST} characters")
    return told


def _add(store: Store, id_: str, source: str, record: dict[str, str]) -> None:
    with store.database.writing() as connection:
        row = {"number": number_after(connection, schema.rows), "id": id_, "source": source, "at": now(), "record": to_json(record)}
        connection.execute(insert(schema.rows), [row])
