"""Cells that a spreadsheet would take for a formula, made harmless and back again."""

from __future__ import annotations

# Spreadsheets of East Asia obey the wide forms as well.
_OBEYED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_MARK = "'"


def harmless(text: str) -> str:
    """The text with a mark before it where a spreadsheet would work it out, or would take its first letter for such a mark."""
    return _MARK + text if text.startswith(_OBEYED) else text


def plain(cell: str) -> str:
    """What `harmless` was given. Of a table of others a mark goes only where it hides something."""
    return cell[1:] if cell.startswith(_MARK) and cell[1:].startswith(_OBEYED) else cell
