"""A database of one file, a table for each table: for questions in SQL. It is an export, and not the ledger's own database."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.publish.tables.column import Table

_TYPES = {"text": "TEXT", "number": "REAL", "whole": "INTEGER", "truth": "INTEGER"}


def content(tables: Sequence[Table]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.sqlite"
        connection = sqlite3.connect(path)
        try:
            for table in tables:
                _add(connection, table)
            connection.commit()
        finally:
            connection.close()
        return path.read_bytes()


def _add(connection: sqlite3.Connection, table: Table) -> None:
    columns = ", ".join(f"{_name(column)} {_TYPES[table.kind(column)]}" for column in table.columns)
    connection.execute(f"CREATE TABLE {_name(table.name)} ({columns})")
    marks = ", ".join("?" * len(table.columns))
    values = ([_plain(row[column]) for column in table.columns] for row in table.rows)
    connection.executemany(f"INSERT INTO {_name(table.name)} VALUES ({marks})", values)  # noqa: S608  names are quoted, values bound


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
