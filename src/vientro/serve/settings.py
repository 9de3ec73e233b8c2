"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`ledger` is a file or postgresql://...; `public` shows only what may be shown to everybody; `team` asks people to sign in.

    `secret` signs cookies, one kept in the ledger if none is given; `reviewer` is who rules where nobody signs in, `shown_as` the pseudonym
    to show instead; `hosts` are the names that the server goes by, any if none is given. `names` and `house` are a user's file of names
    (docs/names.md) and of house style.
    """

    ledger: str
    public: bool = False
    team: bool = False
    secret: str = ""
    reviewer: str = ""
    shown_as: str | None = None
    hosts: tuple[str, ...] = ()
    names: Path | None = None
    house: Path | None = None
