"""Tables to files, one format a module; `write` knows which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.model.errors import InputError
from vientro.publish import atomic
from vientro.publish.tables import as_csv, as_parquet, as_sqlite, as_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from vientro.publish.tables.column import Table

_FORMATS: dict[str, Callable[[Sequence[Table]], bytes]] = {
    ".csv": as_csv.content,
    ".xlsx": as_xlsx.content,
    ".parquet": as_parquet.content,
    ".sqlite": as_sqlite.content,
}


def formats() -> tuple[str, ...]:
    """The endings of files that a table can be written to."""
    return tuple(_FORMATS)


def write(path: Path, tables: Sequence[Table], *, bom: bool = False) -> None:
    """Put the tables at `path` in the format that its ending names: the whole of it, or nothing. CSV and Parquet hold the first table.

    `bom` puts the mark before a CSV by which some spreadsheets know UTF-8. Raises InputError for another ending.
    """
    make = _FORMATS.get(path.suffix.lower())
    if make is None:
        raise InputError(str(path), "no format has this ending", f"Endings: {', '.join((*_FORMATS, '.jsonl'))}")
    mark = b"\xef\xbb\xbf" if bom and path.suffix.lower() == ".csv" else b""
    atomic.write(path, mark + make(tables))
