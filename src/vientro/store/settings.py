"""What a ledger is told once and keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from vientro.store import schema
from vientro.store.engine import upsert

if TYPE_CHECKING:
    from vientro.store.store import Store

_EXCERPTS = "excerpts only"


def excerpts_only(store: Store) -> bool:
    """Whether of articles and pages only excerpts and hashes are kept, for whoever may not keep them whole."""
    with store.database.reading() as connection:
        return connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == _EXCERPTS)).scalar_one_or_none() == "yes"


def keep_excerpts_only(store: Store) -> None:
    """From now on, and for good: what is not kept can't be had back."""
    with store.database.writing() as connection:
        adding = upsert(connection, schema.meta).values(name=_EXCERPTS, value="yes")
        connection.execute(adding.on_conflict_do_update(index_elements=["name"], set_={"value": "yes"}))
