"""Tables of others, read cell by cell as text: CSV and XLSX. Formulas are never worked out, and nothing in a cell is obeyed."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from vientro.model.errors import InputError
from vientro.publish.escape import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

Row = tuple[int, "Mapping[str, str]"]

_LARGEST = 200_000_000  # bytes of a table, or of what is packed in one
_HEAD = 100  # rows within which the header has to be
_LONGEST = 32_767  # characters of a cell, as a spreadsheet has it


def read(path: Path, needs: Sequence[str]) -> Iterator[Row]:
    """The rows below the header, each with its number in the file (from 1) and its cells by column; rows without anything are left out.

    The header is the first row that has all the columns of `needs`. A column without a name has that of the one before it and a "?".
    Raises InputError where the file is no table, or has no such header.
    """
    header: list[str] | None = None
    for number, cells in enumerate(_cells(path), 1):
        if header is None:
            found = [" ".join(cell.split()) for cell in cells]
            if set(needs) <= set(found):
                header = _named(found)
            elif number > _HEAD:
                break
        elif any(cell.strip() for cell in cells):
            told = dict(zip(header, (plain(cell[:_LONGEST]) for cell in cells), strict=False))
            yield number, dict.fromkeys(header, "") | told
    if header is None:
        raise InputError(str(path), f"has no row with the columns {', '.join(needs)}", "Give the map of this table with --map")


def _named(header: list[str]) -> list[str]:
    """Names for all columns, each once."""
    named: list[str] = []
    for name in header:
        wanted = name or (f"{named[-1].removesuffix('?')}?" if named else "?")
        named.append(wanted if wanted not in named else f"{wanted} #{named.count(wanted) + 1}")
    return named


def _cells(path: Path) -> Iterable[Sequence[str]]:
    if path.stat().st_size > _LARGEST:
        raise InputError(str(path), "is larger than 200 MB", "Part it into several tables")
    return _of_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _of_csv(path)


def _of_csv(path: Path) -> Iterator[Sequence[str]]:
    content = path.read_bytes()
    if b"\x00" in content:
        raise InputError(str(path), "is no CSV: it has bytes that no text has", "Save it as CSV in UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what spreadsheets of Western Europe write, SIPRI's among them
    head = text[:20_000]
    separator = max(",;\t", key=lambda mark: (head.count(mark), mark == ","))
    csv.field_size_limit(_LARGEST)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise InputError(str(path), f"is no CSV ({error})", "Save it as CSV in UTF-8") from error


def _of_xlsx(path: Path) -> Iterator[Sequence[str]]:
    """The first sheet with something in it. Of a formula the value that was saved with it is taken."""
    try:
        import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  an extra
    except ImportError as error:
        raise InputError(str(path), "tables of this kind need a part that is not installed", "pip install 'vientro[export]'") from error
    try:
        with ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST:
                raise InputError(str(path), "holds more than 200 MB when unpacked", "Part it into several tables")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(str(path), f"is no XLSX ({error})", "Save it as XLSX or as CSV in UTF-8") from error
    try:
        for sheet in book.worksheets:
            rows = ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
            first = next(rows, None)
            if first is not None:
                yield first
                yield from rows
                return
    finally:
        book.close()


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
