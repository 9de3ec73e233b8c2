"""A PostgreSQL server of the tests' own, and the places of ledgers in it.

The server runs on a Unix socket in a temporary folder, in memory where there is room, while the tests run.
VIENTRO_TEST_POSTGRES=postgresql://user@host/postgres names another one, whose user may make databases. A database is emptied and used
again: to make one takes longer than most tests do. Where there is no PostgreSQL its tests are skipped, but not in CI.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url, text

Place = Callable[..., str | Path]
_USER = "postgres"
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses=''"
_MISSING = "PostgreSQL is not installed: `sh test.sh` installs it, or name a server in VIENTRO_TEST_POSTGRES"
_MEMORY, _ROOM = Path("/dev/shm"), 2_000_000_000
_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server, as one of its databases."""
    if address := os.environ.get("VIENTRO_TEST_POSTGRES"):
        yield address
        return
    programs = _programs()
    if programs is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(_MISSING)
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    home = Path(tempfile.mkdtemp(prefix="vientro-pg-", dir=_MEMORY if roomy else None))
    as_user: dict[str, Any] = {}
    if os.getuid() == 0:  # which PostgreSQL refuses to run as
        shutil.chown(home, _USER)
        as_user = {"user": _USER, "group": _USER, "extra_groups": []}

    def run(program: str, *arguments: str) -> None:
        command, told = [programs / program, *arguments], home / "log"
        with told.open("ab") as log:  # no pipe: the server would hold it open
            done = subprocess.run(command, check=False, cwd=home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **as_user)
        assert done.returncode == 0, told.read_text("utf-8", "replace")

    data = str(home / "data")
    try:
        run("initdb", "-D", data, "-U", _USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "start", "-w", "-D", data, "-l", str(home / "server.log"), "-o", f"-k {home} {_FAST}")
        try:
            yield f"postgresql://{_USER}@/postgres?host={home}"
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).resolve().parent if elsewhere else None


@pytest.fixture(scope="session")
def databases(server: str) -> Iterator[tuple[Engine, list[str]]]:
    """What speaks to the server, and the names of its empty databases that nobody uses."""
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    free: list[str] = []
    yield engine, free
    with engine.connect() as connection:
        for database in free:
            connection.execute(text(f"DROP DATABASE {database} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Places for ledgers, by name, on either kind of database: the same name is the same place."""
    if request.param == "sqlite":
        yield lambda name="x": tmp_path / f"{name}.db"
        return
    engine, free = request.getfixturevalue("databases")
    made: dict[str, str] = {}

    def named(name: str = "x") -> str:
        if name not in made:
            made[name] = free.pop() if free else _new(engine)
        return engine.url.set(drivername="postgresql", database=made[name]).render_as_string(hide_password=False)

    yield named
    for database in made.values():
        _empty(engine, database)
        free.append(database)


def _new(engine: Engine) -> str:
    name = f"vientro_{os.getpid()}_{next(_numbers)}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return name


def _empty(engine: Engine, database: str) -> None:
    """Take away whatever a test left in a database, and the connections that it left open."""
    inside = create_engine(engine.url.set(database=database), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with inside.connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(others))
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


@pytest.fixture
def path(place: Place) -> str | Path:
    """The place of one ledger."""
    return place()
