"""What a ledger knew at a moment: until when it has been told, and how much it had by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from vientro.store import schema
from vientro.store.facts import moment

if TYPE_CHECKING:
    from vientro.store.store import Store

_TOLD = (schema.readings, schema.versions, schema.decisions, schema.redactions)
_SECOND = len("2025-01-09T12:00:00")


def last(store: Store, until: str | None = None) -> str | None:
    """The second (ISO 8601, UTC) in which the ledger was last told anything: an article, an edit of a page, a decision; up to a moment."""
    wanted = [select(func.max(table.c.at)).where(*((table.c.at <= moment(until),) if until else ())) for table in _TOLD]
    with store.database.reading() as connection:
        found = [connection.execute(one).scalar_one() for one in wanted]
    latest = max((str(at)[:_SECOND] for at in found if at), default=None)
    # "Z" comes after all that may follow in the name of a moment of this second.
    return f"{latest}Z" if latest else None


def moments(store: Store, day: str) -> list[str]:
    """The seconds (ISO 8601, UTC) of a day in which the ledger was told anything, in order."""
    seconds = [func.substr(table.c.at, 1, _SECOND) for table in _TOLD]
    wanted = [select(second).where(table.c.at.between(day, moment(day))).distinct() for table, second in zip(_TOLD, seconds, strict=True)]
    with store.database.reading() as connection:
        return sorted({f"{second}Z" for one in wanted for second in connection.execute(one).scalars()})


def count(store: Store, until: str) -> int:
    """How many articles the ledger had at a moment (ISO 8601, UTC)."""
    wanted = select(func.count()).select_from(schema.articles).where(schema.articles.c.seen <= moment(until))
    with store.database.reading() as connection:
        return connection.execute(wanted).scalar_one()


def newest(store: Store, until: str) -> str | None:
    """The day (ISO 8601) of the newest article that it had by then."""
    articles, readings, latest = schema.articles.c, schema.readings.c, schema.latest.c
    wanted = (
        select(func.max(func.substr(readings.published, 1, 10)))
        .join(schema.latest, latest.reading == readings.number)
        .join(schema.articles, articles.id == latest.article)
        .where(articles.seen <= moment(until))
    )
    with store.database.reading() as connection:
        found: str | None = connection.execute(wanted).scalar_one()
    return found
