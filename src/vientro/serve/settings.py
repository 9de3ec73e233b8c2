"""What a server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`ledger` is a file or postgresql://...; `public` shows only what may be shown to everybody; `team` asks people to sign in.

    `secret` signs cookies; `names` and `house` are a user's file of names (docs/names.md) and of house style.
    """

    ledger: str
    public: bool = False
    team: bool = False
    secret: str = ""
    names: Path | None = None
    house: Path | None = None
