"""A user's own names: a table laid over the lexicons of actors, each line checked, so that what is wrong is told with its line."""

from __future__ import annotations

import datetime
import unicodedata
from typing import TYPE_CHECKING, get_args

from vientro.model.errors import InputError
from vientro.model.mention import ActorKind
from vientro.reading.terms import codes

if TYPE_CHECKING:
    from pathlib import Path

    from vientro.lang.data import Row

COLUMNS = ("pattern", "name", "kind", "code", "guard", "from", "to", "source")
KINDS = (*get_args(ActorKind), "capital", "short")
GUARDS = ("", "name", "western", "text")
_MOST = 10_000_000  # characters; the lexicons that are shipped hold a twentieth of it
_HEADER = "Begin the table with a line of column names, parted by tabs: " + " ".join(COLUMNS[:4])


def text_of(path: Path) -> str:
    """The text of a file of names, composed. Raises InputError where it can't be read."""
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror or error}", "Give a file of names") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not text in UTF-8", "Save it as UTF-8 text with tabs between the columns") from error
    if len(content) > _MOST:
        raise InputError(str(path), f"is longer than {_MOST // 1_000_000} million characters", "Give fewer names")
    return unicodedata.normalize("NFC", content)


def rows(content: str, file: str) -> tuple[Row, ...]:
    """The rows of a table of names, for `terms.entries`. Raises InputError that tells the first wrong line and how to mend it."""
    header: list[str] = []
    found: list[Row] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        where = f"{file}, line {number}"
        if not header:
            header = _header(cells, where)
            continue
        if len(cells) > len(header):
            raise InputError(where, f"has {len(cells)} cells, but the header names {len(header)}", "Take out a tab, or name the column")
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, cells, strict=False))
        _check(row, where)
        found.append(row | {"name": row["name"] or (row["pattern"].split("|")[0] if row["kind"] == "person" else "")})
    if not header:
        raise InputError(file, "holds no names", _HEADER)
    return tuple(found)


def _header(cells: list[str], where: str) -> list[str]:
    unknown = [cell for cell in cells if cell not in COLUMNS]
    if unknown:
        raise InputError(where, f"{unknown[0]!r} is no column of a table of names", f"{_HEADER}; further columns: {', '.join(COLUMNS[4:])}")
    missing = [name for name in ("pattern", "kind") if name not in cells]
    if missing:
        raise InputError(where, f"there is no column {missing[0]!r}", _HEADER)
    return cells


def _check(row: Row, where: str) -> None:
    patterns = row["pattern"].split("|")
    if any(len(pattern.strip()) < 2 for pattern in patterns):
        raise InputError(where, "a name is blank or a single letter", "Write each spelling in full, with | between two")
    if row["kind"] not in KINDS:
        raise InputError(where, f"{row['kind'] or 'blank'!r} is no kind of actor", f"Kinds: {', '.join(KINDS)}")
    if row["code"] and row["code"] not in codes():
        raise InputError(
            where, f"there is no code {row['code']!r}", "Use one like UA, EU or NATO-STATES (docs/names.md), or leave it blank"
        )
    if row["guard"] not in GUARDS:
        raise InputError(where, f"there is no guard {row['guard']!r}", f"Leave it blank, or use {', '.join(GUARDS[1:])}")
    days = [_day(row[column], where) for column in ("from", "to")]
    if any(days) and row["kind"] != "person":
        raise InputError(where, "only a person has a time in office", 'Leave "from" and "to" blank')
    if days[0] and days[1] and days[0] > days[1]:
        raise InputError(where, f"the time in office ends ({row['to']}) before it begins ({row['from']})", "Mend one of them")


def _day(cell: str, where: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise InputError(where, f"{cell!r} is no day", "Write it as 2024-10-14, or leave it blank") from error
