"""The tables beside this file: what the ledger knows, as rows an analyst can read."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files

from vientro.lang.data import Row, parse


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of `ledger/<name>.tsv`."""
    return parse((files("vientro.ledger") / f"{name}.tsv").read_text("utf-8"), f"ledger/{name}.tsv")


def adversaries(code: str) -> frozenset[str]:
    """Whose word on this actor's aid is an adversary's; nobody's where the table does not name the actor."""
    return _enmity().get(code, frozenset())


@cache
def _enmity() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("adversaries"):
        for other in row["adversaries"].split():
            found[row["code"]].add(other)
            found[other].add(row["code"])
    return {code: frozenset(others) for code, others in found.items()}


@cache
def voices() -> dict[str, str]:
    """By name of an outlet in lower case: the code of the state it speaks for."""
    return {name.lower(): row["code"] for row in rows("voices") for name in row["name"].split("|")}
