"""One connection to a database, SQLite in WAL mode or PostgreSQL, with transactions that begin alike and complaints in plain words."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import finalize

from sqlalchemy import URL, NullPool, create_engine, event, exc, make_url
from sqlalchemy.dialects import postgresql, sqlite

from vientro.model.errors import InputError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table
    from sqlalchemy.engine.interfaces import DBAPIConnection

_WAIT = 30  # seconds for another writer to end
_MOMENT = 10.0  # seconds
_KEPT = 10  # connections to a server that are kept open for the next question
_ADDRESSES = ("postgresql://", "postgres://", "postgresql+psycopg://")
# Whoever adds facts waits for whoever adds facts, and a projection for a projection: an answer need not wait for a rebuild.
FACTS, PROJECTION = 1, 2
_LOCKS = 0x76E7  # the family of the locks above among those of a server


def is_address(place: str | Path) -> bool:
    """Whether a ledger is named by the address of a PostgreSQL database, and not by a path."""
    return str(place).startswith(_ADDRESSES)


class Doors:
    """The way to one database for whoever comes back to it again and again, from any thread: SQL is made ready once. Connections to
    PostgreSQL are used again; those to a file are not, so that another file may be put in its place between two questions."""

    def __init__(self, place: str | Path) -> None:
        """Raises InputError for an address that is none; connects to nothing yet."""
        self.place = place
        self.engine, self.name = _engine(place, keep=True)
        self._looked = float("-inf")
        finalize(self, self.engine.dispose)  # whoever forgets to close them leaves no connection behind

    def known(self) -> bool:
        """Whether somebody looked a moment ago at what is behind them. A file may be another one each time."""
        return self.engine.dialect.name != "sqlite" and time.monotonic() - self._looked < _MOMENT

    def looked(self) -> None:
        """Somebody has looked, and it is a ledger of this program."""
        self._looked = time.monotonic()

    def close(self) -> None:
        self.engine.dispose()


class Database:
    """An open connection. `name` is what the user calls the database, without its password."""

    def __init__(self, place: str | Path, doors: Doors | None = None) -> None:
        """Connect, through doors that somebody keeps or through one of its own; raises StoreError in plain words, InputError for an
        address that is none."""
        self._own = doors is None
        self._engine, self.name = (doors.engine, doors.name) if doors else _engine(place)
        self.is_sqlite = self._engine.dialect.name == "sqlite"
        with self.plainly():
            self.connection = self._engine.connect()

    def close(self) -> None:
        self.connection.close()
        if self._own:
            self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Whatever is read inside is of one moment, whoever writes meanwhile; inside of a transaction, of that."""
        if self.connection.in_transaction():
            yield self.connection
        else:
            with self._transaction("BEGIN" if self.is_sqlite else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"):
                yield self.connection

    @contextmanager
    def writing(self, lock: int = FACTS) -> Iterator[Connection]:
        """All that is written inside is in the database at the end, or none of it. One writer at a time has a lock."""
        begin = "BEGIN IMMEDIATE" if self.is_sqlite else f"SELECT pg_advisory_xact_lock({_LOCKS}, {lock})"
        with self._transaction(begin):
            yield self.connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self.plainly(), self.connection.begin():
            self.connection.exec_driver_sql(begin)
            yield

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Outside of any transaction, for what a database does only there."""
        with self.plainly():
            if self.is_sqlite:
                yield self.connection
                self.connection.rollback()
            else:
                with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    yield connection

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """What the database complains of, in words of the user's world."""
        try:
            yield
        except exc.DatabaseError as error:
            said = str(error.orig).strip()
            plain = next((words for part, words in _COMPLAINTS.items() if part in said), None)
            raise StoreError(f"{self.name}: {plain or said}") from error


def upsert(connection: Connection, table: Table) -> Any:
    """An INSERT that can be told what to do where the row is there already: SQLAlchemy has one for each kind of database."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


_COMPLAINTS = {
    "not a database": "this file is no database. Give another path with --db",
    "malformed": "the database is damaged. Restore a copy, or move the file away and run again",
    "locked": "another program is writing to this ledger. Wait for it to end, and run again: what was read is kept",
    "lock timeout": "another program is writing to this ledger. Wait for it to end, and run again: what was read is kept",
    "readonly": "the file can't be written to. Give another path with --db",
    "unable to open": "the file can't be opened. Give another path with --db",
    "disk is full": "the disk is full. Make room and run again: what was read is kept",
    "No space left": "the disk is full. Make room and run again: what was read is kept",
    "password authentication failed": "the server does not take this name and password. Look at the address, or at ~/.pgpass",
    "no password supplied": "the server asks for a password. Put it into ~/.pgpass, or into PGPASSWORD",
    "does not exist": "there is no such database or user on the server. Make it with createdb or createuser, or look at the address",
    "permission denied": "this user may not write to the database. Ask whoever keeps the server for the right to make tables there",
    "connection failed": "no server answers at this address. Start it, or look at the address",
    "failed to resolve host": "there is no server of this name. Look at the address",
}


def _engine(place: str | Path, *, keep: bool = False) -> tuple[Engine, str]:
    return _postgresql(str(place), keep=keep) if is_address(place) else _sqlite(str(place))


def _sqlite(path: str) -> tuple[Engine, str]:
    engine = create_engine(URL.create("sqlite", database=path), poolclass=NullPool, connect_args={"timeout": _WAIT})
    event.listen(engine, "connect", _settings)
    return engine, path


def _settings(connection: DBAPIConnection, _record: object) -> None:
    # Python's module would begin transactions by itself, and leave tables and reading out of them; `Database._transaction` begins them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA recursive_triggers = ON")  # without it, INSERT OR REPLACE would get past the guards of the facts
    cursor.close()


def _postgresql(address: str, *, keep: bool) -> tuple[Engine, str]:
    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except (exc.ArgumentError, ValueError):
        raise InputError("--db", "this is no address of a database", "Give a path, or postgresql://user@host/name") from None
    name = url.set(drivername="postgresql").render_as_string(hide_password=True)
    options = f"-c lock_timeout={_WAIT}s -c timezone=UTC"
    connecting = {"options": options, "connect_timeout": _WAIT}
    # One that broke since it was used last, because the server was started anew, is made again.
    pool: dict[str, Any] = {"pool_size": _KEPT, "max_overflow": -1, "pool_pre_ping": True} if keep else {"poolclass": NullPool}
    try:
        engine = create_engine(url, connect_args=connecting, **pool)
    except ModuleNotFoundError:
        raise StoreError(f"{name}: PostgreSQL needs one more package. Install it: pip install 'vientro[postgres]'") from None
    return engine, name
