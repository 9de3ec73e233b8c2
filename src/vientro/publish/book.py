"""All of a ledger that is shown, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vientro.ledger.decisions import Ruled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.model.article import Article, Reject
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Ledger, Link


@dataclass(frozen=True, slots=True)
class Book:
    """Articles that have a claim, claims and links by id of the article or claim, what follows from them, and what was left out.

    `read` counts all articles, with a claim or without; `newest` is the last day on which one of them was published.
    Claims are as they stand after what people ruled; `ruled` has that, and the claims as the reader made them; `decisions` are all of them,
    what was taken back included.
    `least` is the confidence that a claim needed to be in it, None where nobody said.
    `shown` are the ids of the steps that were asked for, None for all: what they are part of is worked out from the whole.
    """

    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]
    links: Mapping[str, Link]
    ledger: Ledger
    read: int
    newest: str | None
    rejects: tuple[Reject, ...]
    shown: frozenset[str] | None = None
    decisions: tuple[Decision, ...] = ()
    ruled: Ruled = field(default_factory=Ruled)
    least: float | None = None
