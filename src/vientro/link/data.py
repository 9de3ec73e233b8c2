"""The tables beside this file: what linking knows, as rows an analyst can read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vientro.lang.data import Row, parse


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of `link/<name>.tsv`."""
    return parse((files("vientro.link") / f"{name}.tsv").read_text("utf-8"), f"link/{name}.tsv")


@cache
def types() -> dict[str, Row]:
    """By type: its family, the slots of giver and target, and whether the act is a saying."""
    return {row["type"]: row for row in rows("types")}


@cache
def circle(code: str) -> frozenset[str]:
    """The codes that a code may stand for or stand inside of, without itself."""
    found: set[str] = set()
    for row in rows("groups"):
        members = row["members"].split()
        if row["group"] == code:
            found.update(members)
        if code in members:
            found.add(row["group"])
    return frozenset(found - {code})


@cache
def rates() -> dict[str, tuple[float, float]]:
    """By currency: the least and the most that a unit was worth in US dollars."""
    return {row["currency"]: (float(row["low"]), float(row["high"])) for row in rows("rates")}
