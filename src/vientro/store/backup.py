"""Backup and restore: one compressed file of JSON Lines, the same from SQLite and from PostgreSQL, so that a ledger moves between them.

The first line says what the file is, the last one how many rows of each table it has and the SHA-256 of all lines before it. Facts and
the projection are in it; the index of words is made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import MetaData, inspect, select, text

from vientro.model.errors import InputError, StoreError
from vientro.store import facts, guards, migrate, redaction, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sqlalchemy import Connection

    from vientro.store.store import Store

FORMAT = 1
_LEFT_OUT = {schema.alembic_version.name, schema.sessions.name, *(table.name for table in schema.KEPT)}
_BATCH = 500
_Row = dict[str, Any]


class Manifest(msgspec.Struct, frozen=True):
    """The first line."""

    vientro: str
    format: int
    schema: int
    made: str


class End(msgspec.Struct, frozen=True):
    """The last line: `rows` by table, and the SHA-256 of the lines before it."""

    rows: dict[str, int]
    sha256: str


def backup(store: Store, path: Path, tell: Callable[[int, int], None] = lambda *_: None) -> dict[str, int]:
    """Write the ledger, as of one moment, into a file that is whole or not there; rows by table come back. Raises InputError where it
    is there already. `tell` hears how many rows are written, of how many."""
    if path.exists():
        raise InputError(str(path), "there is a file already", "Give another name: a backup is never written over")
    tables = [table for table in schema.metadata.sorted_tables if table.name not in _LEFT_OUT]
    counts, digest = {f"{table.name}": 0 for table in tables}, hashlib.sha256()
    with _atomically(path) as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", compresslevel=6) as out, store.snapshot():

        def write(line: bytes) -> None:
            digest.update(line + b"\n")
            out.write(line + b"\n")

        with store.database.reading() as connection:
            write(msgspec.json.encode(Manifest("backup", FORMAT, schema.VERSION, facts.now())))
            total = sum(connection.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one() for table in tables)  # noqa: S608
            for table in tables:
                in_order = select(table).order_by(*(list(table.primary_key.columns) or list(table.columns)))
                columns = [f"{column.name}" for column in table.columns]  # the names as they are, without SQLAlchemy's own type
                with connection.execute(in_order.execution_options(yield_per=_BATCH)) as found:
                    for row in found:
                        write(msgspec.json.encode([f"{table.name}", dict(zip(columns, row, strict=True))]))
                        counts[table.name] += 1
                tell(sum(counts.values()), total)
        out.write(msgspec.json.encode(End(counts, digest.hexdigest())) + b"\n")
    return counts


@contextmanager
def _atomically(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when it is whole and on the disk."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def restore(store: Store, path: Path, *, over: bool = False, tell: Callable[[int, int], None] = lambda *_: None) -> dict[str, int]:
    """Put what is in a backup into the ledger, all of it or nothing; rows by table come back.

    The ledger must be empty, or `over` be set: then the backup takes the place of all that is in it, but what was taken down in the
    ledger since is taken down in the backup too. Raises InputError for a file that is no whole backup.
    """
    manifest, end = inspected(path)
    if manifest.schema > schema.VERSION:
        raise InputError(str(path), f"a later vientro made this backup (its schema is {manifest.schema})", "Use that version")
    total, done = sum(end.rows.values()), 0
    with store.database.writing() as connection:
        if not over and _is_used(connection):
            raise StoreError(f"{store.name}: this ledger is not empty. Restore into a new one, or give --over to have it replaced")
        down = redaction.known(connection)
        _clear(connection)
        tables = _tables(connection, manifest.schema)
        batch: list[_Row] = []
        before = ""
        for name, row in _rows(path):
            if batch and (name != before or len(batch) >= _BATCH):
                connection.execute(tables.tables[before].insert(), batch)
                done += len(batch)
                tell(done, total)
                batch = []
            if name not in tables.tables:
                raise InputError(str(path), f"it has rows of a table {name!r}, which no ledger has", "Take another backup")
            before = name
            batch.append(row)
        if batch:
            connection.execute(tables.tables[before].insert(), batch)
        if manifest.schema < schema.VERSION:
            migrate.upgrade(connection)
        else:
            guards.install(connection)
            migrate.index(connection)
        redaction.again(connection, down)
    return end.rows


def inspected(path: Path) -> tuple[Manifest, End]:
    """What a backup says of itself; raises InputError where it is none, or not as it was written."""
    digest, last, first = hashlib.sha256(), b"", b""
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                if last:
                    digest.update(last)
                first, last = first or line, line
        manifest, end = msgspec.json.decode(first, type=Manifest), msgspec.json.decode(last, type=End)
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file", "Give a file that `vientro backup` made") from None
    except (OSError, EOFError, zlib.error, msgspec.DecodeError):
        raise InputError(str(path), "this is no backup, or only a part of one", "Give a file that `vientro backup` made") from None
    if manifest.vientro != "backup" or manifest.format > FORMAT:
        raise InputError(str(path), "this is no backup that this vientro understands", "Use the version that made it")
    if end.sha256 != digest.hexdigest():
        raise InputError(str(path), "it is not as it was written: its SHA-256 does not fit", "Take another copy of it")
    return manifest, end


def _rows(path: Path) -> Iterator[tuple[str, _Row]]:
    """The rows between the first line and the last, each with its table."""
    with gzip.open(path, "rb") as lines:
        next(lines)
        for line in lines:
            decoded = msgspec.json.decode(line)
            if isinstance(decoded, list):
                yield decoded[0], decoded[1]


def _is_used(connection: Connection) -> bool:
    return any(connection.execute(select(table).limit(1)).first() for table in schema.FACTS)


def _clear(connection: Connection) -> None:
    """Take down all tables of the ledger, guards and all."""
    there = set(inspect(connection).get_table_names())
    for name in ["search", *(table.name for table in schema.metadata.sorted_tables)]:
        if name in there:
            connection.execute(text(f'DROP TABLE "{name}"'))


def _tables(connection: Connection, version: int) -> MetaData:
    """Empty tables of a version, without guards."""
    if version == schema.VERSION:
        migrate.create(connection, guarded=False)
        connection.execute(schema.meta.delete())  # the backup brings its own
        return schema.metadata
    migrate.move(connection, version)
    connection.execute(text("DELETE FROM meta"))
    then = MetaData()
    then.reflect(connection)
    return then
