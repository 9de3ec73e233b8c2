"""Data files of the language packs: tab-separated tables with a header line, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vientro.model.errors import DataError

Row = dict[str, str]


@cache
def table(lang: str, name: str) -> tuple[Row, ...]:
    """The rows of `lang/<lang>/<name>.tsv`. Lines that begin with "#" are comments. Raises DataError where a row has too many cells."""
    return parse((files("vientro.lang") / lang / f"{name}.tsv").read_text("utf-8"), f"{lang}/{name}.tsv")


def parse(content: str, name: str) -> tuple[Row, ...]:
    header: list[str] | None = None
    rows: list[Row] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise DataError(name, number, f"{len(cells)} cells, but the header names {len(header)}")
        rows.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return tuple(rows)
