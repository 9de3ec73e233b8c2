"""Tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; "" where it has no rows."""
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *lines]) if lines else ""


def code(words: object) -> str:
    """Words as code; a bar in it parts no cells."""
    return f"``{words}``" if "`" in str(words) else f"`{words}`"


def plain(words: str) -> str:
    """Words of a docstring or a help text as one line, safe in a table."""
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")
