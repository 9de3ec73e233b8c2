"""What a ledger has read, article by article without their words, and a word for the state it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from vientro.store import facts, schema

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select

    from vientro.store.store import Store

_FACTS = (schema.readings, schema.redactions, schema.versions, schema.releases)


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


def acts(store: Store, gone: Collection[str] = ()) -> int:
    """How many acts are told of by articles other than those that are `gone`."""
    told = select(schema.links.c.step, schema.claims.c.article).join(schema.claims, schema.claims.c.id == schema.links.c.claim).distinct()
    with store.database.reading() as connection:
        return len({row.step for row in connection.execute(told) if row.article not in gone})


def state(store: Store, *, editing: bool = True) -> str:
    """Another word after every change of what was read, ruled, taken down or released, and of what was made of it.

    Without `editing`, what editors of topic pages ruled makes no difference.
    """
    with store.database.reading() as connection:
        return ".".join(str(word or 0) for word in connection.execute(_STATE if editing else _STATE_OF_THE_LEDGER).one())


def _state_of(last_decision: Select[Any]) -> Select[Any]:
    """In one question: it is asked with every page."""
    numbers = [select(func.max(table.c.number)) for table in _FACTS]
    made_of = select(schema.projection.c.record).where(schema.projection.c.name == facts.RULINGS)
    noted = [select(schema.meta.c.value).where(schema.meta.c.name == name) for name in (facts.MADE_OF, facts.LEAST)]
    return select(*(one.scalar_subquery() for one in (*numbers, last_decision, made_of, *noted)))


_STATE, _STATE_OF_THE_LEDGER = _state_of(select(func.max(schema.decisions.c.number))), _state_of(facts.last_ruling())
