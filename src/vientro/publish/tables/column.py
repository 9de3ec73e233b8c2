"""A table to be written: its name, its columns and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value = str | float | int | bool | None
Kind = Literal["text", "number", "whole", "truth"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows have a value, or None, for each column."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Value]]

    def kind(self, column: str) -> Kind:
        """What a column holds, as its values have it; text where they differ, or where there are none."""
        found = {type(row[column]) for row in self.rows if row[column] is not None}
        if found == {bool}:
            return "truth"
        if found == {int}:
            return "whole"
        return "number" if found and found <= {int, float} else "text"
