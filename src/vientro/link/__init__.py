"""Claims to origins, steps and deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.link.copies import near_copies
from vientro.link.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.link.index import Bonds, WeightsFor
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.ledger import Link

__all__ = ["Index", "link", "near_copies"]


def link(articles: Sequence[Article], claims: Sequence[Claim], weights: WeightsFor | None = None, bonds: Bonds | None = None) -> list[Link]:
    """One link for each claim, by id of the claim: a function of the two sets, whatever their order.

    Every claim's article is among the articles. Ids follow from what a cluster holds; the
    store leads from the ids of earlier runs to those of today (docs/adr/0001).
    `weights` gives those to score a pair with, to measure by weights that never saw it; the shipped ones if left out.
    `bonds` are what people ruled, which holds against any score.
    """
    index = Index(weights, bonds)
    told = {claim.article_id for claim in claims}
    index.add([article for article in articles if article.id in told], claims)
    return index.links()
