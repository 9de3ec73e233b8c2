"""What a ledger has read, article by article without their words, and a word for the state it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from vientro.store import facts, schema

if TYPE_CHECKING:
    from vientro.store.store import Store

_HEAD = 40
_FACTS = (schema.readings, schema.redactions, schema.decisions, schema.versions, schema.releases)


def read(store: Store) -> list[tuple[str, str | None, str | None]]:
    """Of every article its id, its outlet and the time of its publication (ISO 8601), in order of id."""
    wanted = (
        select(schema.articles.c.id, schema.articles.c.outlet, schema.readings.c.published)
        .join(schema.latest, schema.latest.c.article == schema.articles.c.id)
        .join(schema.readings, schema.readings.c.number == schema.latest.c.reading)
        .order_by(schema.articles.c.id)
    )
    with store.database.reading() as connection:
        return [(row.id, row.outlet, row.published) for row in connection.execute(wanted)]


def state(store: Store, *, editing: bool = True) -> str:
    """Another word after every change of what was read, ruled, taken down or released, and of what was made of it.

    Without `editing`, what editors of topic pages ruled makes no difference.
    """
    columns = schema.projection.c
    made_of = select(func.substr(columns.record, 1, _HEAD)).where(columns.name == "entries")  # "DECISIONS.VERSIONS [...": store.replace
    with store.database.reading() as connection:
        words = [str(connection.execute(select(func.max(table.c.number))).scalar_one() or 0) for table in _FACTS]
        if not editing:
            words[_FACTS.index(schema.decisions)] = facts.ruled(connection)
        return ".".join([*words, str(connection.execute(made_of).scalar() or "").partition(" ")[0]])
