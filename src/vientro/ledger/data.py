"""The tables beside this file: what the ledger knows, as rows an analyst can read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vientro.lang.data import Row, parse


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of `ledger/<name>.tsv`."""
    return parse((files("vientro.ledger") / f"{name}.tsv").read_text("utf-8"), f"ledger/{name}.tsv")


@cache
def adversaries(code: str) -> frozenset[str]:
    """Whose word on this actor's aid is an adversary's."""
    found: set[str] = set()
    for row in rows("adversaries"):
        others = row["adversaries"].split()
        if row["code"] == code:
            found.update(others)
        if code in others:
            found.add(row["code"])
    return frozenset(found)


@cache
def voices() -> dict[str, str]:
    """By name of an outlet in lower case: the code of the state it speaks for."""
    return {name.lower(): row["code"] for row in rows("voices") for name in row["name"].split("|")}
