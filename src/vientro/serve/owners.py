"""Of what kind the owner of an outlet is, as the table of shipped lists and that of outlets that speak for a state say."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from vientro.lang.data import parse
from vientro.ledger.data import voices

UNKNOWN = "unknown"
KINDS = ("state", "party", "public", "military", "private", "organisation", UNKNOWN)


def owner(outlet: str) -> str:
    """The kind of the owner of an outlet; UNKNOWN where no table names it."""
    name = outlet.lower()
    return _owners().get(name) or ("state" if name in voices() else UNKNOWN)


@cache
def _owners() -> dict[str, str]:
    table = parse((files("vientro") / "collect" / "outlets.tsv").read_text("utf-8"), "collect/outlets.tsv")
    return {row["outlet"].lower(): row["owner"] for row in table}
