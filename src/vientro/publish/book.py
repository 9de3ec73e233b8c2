"""All of a ledger that is shown, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.model.article import Article, Reject
    from vientro.model.claim import Claim
    from vientro.model.ledger import Ledger, Link


@dataclass(frozen=True, slots=True)
class Book:
    """Articles that have a claim, claims and links by id of the article or claim, what follows from them, and what was left out.

    `read` counts all articles, with a claim or without; `newest` is the last day on which one of them was published.
    """

    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    links: Mapping[str, Link]
    ledger: Ledger
    read: int
    newest: str | None
    rejects: tuple[Reject, ...]
