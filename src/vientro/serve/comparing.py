"""Imported databases held against the rest of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.compare import compare
from vientro.ledger.imported import IMPORT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.compare import Comparison, Pair
    from vientro.serve.shelf import View

PARTS = ("apart", "both", "ours", "theirs")  # sums differ, acts of both, of the press alone, of the database alone


def databases(view: View) -> list[str]:
    """The databases of which the ledger has rows."""
    return view.keep("databases", lambda: _databases(view))


def _databases(view: View) -> list[str]:
    readers = {claim.reader for claim in view.book.claims.values()}
    return sorted(reader.removeprefix(f"{IMPORT} ") for reader in readers if reader.startswith(f"{IMPORT} "))


def comparison(view: View, database: str) -> Comparison:
    """A database of these and the rest of the ledger."""
    return view.keep(("comparison", database), lambda: compare(view.book.ledger, view.book.claims, database))


def parts(found: Comparison) -> Mapping[str, Sequence[tuple[str, Pair | None]]]:
    """By part, the ids of steps, those of both with their sums."""
    return {
        "apart": [(pair.step, pair) for pair in found.matched if pair.agree is False],
        "both": [(pair.step, pair) for pair in found.matched if pair.agree is not False],
        "ours": [(id_, None) for id_ in found.only_ours],
        "theirs": [(id_, None) for id_ in found.only_theirs],
    }
