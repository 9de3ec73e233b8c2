"""XLSX: a sheet for each table. Text is never a formula, neither here nor in what is saved from here."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from vientro.model.errors import InputError
from vientro.publish.escape import harmless
from vientro.publish.safe import in_a_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.publish.tables.column import Table, Value

_LONGEST = 32_767
_FORBIDDEN = re.compile(r"[\ufffe\uffff]")  # what XML can't hold beside what no cell shows


def content(tables: Sequence[Table]) -> bytes:
    try:
        import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  an extra
    except ImportError as error:
        raise InputError(".xlsx", "this format needs a part that is not installed", "pip install 'vientro[export]'") from error
    book = openpyxl.Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.append(list(table.columns))
        for row in table.rows:
            sheet.append([_cell(row[column]) for column in table.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Value) -> Value:
    return harmless(_FORBIDDEN.sub("\ufffd", in_a_cell(value)))[:_LONGEST] if isinstance(value, str) else value
