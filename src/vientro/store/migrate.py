"""Tables: made in a new database, and brought up to date in an old one, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from vientro.store import guards, schema, search

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = "schema"  # the name of the version among the facts of `meta`
_BATCH = 500


def revision(version: int) -> str:
    """The name of a version among the migrations."""
    return f"{version:04}"


def create(connection: Connection, *, guarded: bool = True) -> None:
    """Make the tables of today."""
    schema.metadata.create_all(connection)
    search.create(connection)
    if guarded:
        guards.install(connection)
    connection.execute(insert(schema.alembic_version), [{"version_num": revision(schema.VERSION)}])
    connection.execute(insert(schema.meta), [{"name": SCHEMA, "value": str(schema.VERSION)}])


def upgrade(connection: Connection) -> None:
    """Bring the tables of an earlier version up to date, with all that is in them."""
    move(connection, schema.VERSION)
    connection.execute(update(schema.meta).where(schema.meta.c.name == SCHEMA).values(value=str(schema.VERSION)))
    guards.install(connection)
    index(connection)


def move(connection: Connection, version: int) -> None:
    """Run the migrations up to a version, from nothing where there are no tables."""
    from alembic import command  # noqa: PLC0415  it takes half a second to load, and is needed once in the life of a ledger
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision(version))


def index(connection: Connection) -> None:
    """Make the index of words anew."""
    search.create(connection)
    columns, last = schema.articles.c, 0
    while rows := connection.execute(
        select(columns.number, columns.title, columns.text).where(columns.number > last).order_by(columns.number).limit(_BATCH)
    ).all():
        search.add(connection, [(row.number, row.title, row.text) for row in rows if row.text])
        last = rows[-1].number
