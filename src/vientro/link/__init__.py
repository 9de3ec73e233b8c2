"""Claims to origins, steps and deals."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vientro.link.copies import near_copies
from vientro.link.index import Index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.link.index import Bonds, WeightsFor
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.ledger import Link

__all__ = ["Index", "Linker", "link", "near_copies"]


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


class Linker:
    """`link` for a process that links again and again: what it was given the last time is not compared anew.

    The links are those of `link`, whatever was asked before. Where an article is gone, or people ruled anew, all is linked anew.
    """

    def __init__(self) -> None:
        self._index = Index()
        self._bonds: Bonds = {}
        self._held: dict[str, tuple[Article, frozenset[Claim]]] = {}

    def __call__(self, articles: Sequence[Article], claims: Sequence[Claim], *, bonds: Bonds | None = None) -> list[Link]:
        made: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            made[claim.article_id].append(claim)
        now = {article.id: (article, frozenset(made[article.id])) for article in articles if article.id in made}
        changed = [id_ for id_, told in now.items() if self._held.get(id_) != told]
        gone = any(id_ not in now or now[id_][0] != article for id_, (article, _) in self._held.items())
        if gone or (bonds or {}) != self._bonds:
            self._bonds = bonds or {}
            self._index, changed = Index(bonds=self._bonds), list(now)
        self._held = {}  # should linking fail, nothing is taken for linked
        self._index.add([now[id_][0] for id_ in changed], [claim for id_ in changed for claim in made[id_]])
        self._held = now
        return self._index.links()
