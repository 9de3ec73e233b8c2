"""Text of articles made harmless for a terminal, a page or a sheet."""

from __future__ import annotations

import re

# Control characters (a terminal obeys them), and the marks that turn the direction of writing around.
_OTHERS = r"\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_CONTROL = re.compile(rf"[\x00-\x0d{_OTHERS}")
_IN_A_CELL = re.compile(rf"[\x00-\x08\x0b\x0c{_OTHERS}")


def printable(text: str) -> str:
    """The text on one line, spaces for whatever a terminal would obey; as long as before."""
    return _CONTROL.sub(" ", text)


def in_a_cell(text: str) -> str:
    """As `printable`, but with its tabs and line breaks, which a table can hold."""
    return _IN_A_CELL.sub(" ", text)
