"""CSV in UTF-8 (RFC 4180); what a spreadsheet would take for a formula has a mark before it, which an import takes away."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from vientro.publish.escape import harmless
from vientro.publish.safe import in_a_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.publish.tables.column import Table, Value


def content(tables: Sequence[Table]) -> bytes:
    table = tables[0]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(row[column]) for column in table.columns] for row in table.rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return harmless(in_a_cell(value)) if isinstance(value, str) else str(value)
