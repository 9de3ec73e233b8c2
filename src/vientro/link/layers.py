"""Clusters that are kept while their graph grows: only what a change can reach is worked out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.link.clusters import average_linkage
from vientro.link.memory import Recalled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vientro.link.clusters import Absent

Cluster = tuple[str, ...]


class Layer:
    """A clustering of nodes by average linkage, kept up to date: at any time that of clustering everything at once.

    `scores` gives a node's scored neighbours, `absent` says what is taken of pairs without a score; `kept` gives the cluster that
    an earlier run put a node in, empty if none did.
    """

    def __init__(
        self, scores: Callable[[str], Mapping[str, float]], least: float, absent: Absent, kept: Callable[[str], Cluster] = lambda _: ()
    ) -> None:
        self._scores, self._least, self._absent = scores, least, absent
        self.of = Recalled[Cluster](lambda node: dict.fromkeys(cluster := kept(node), cluster))

    def refresh(self, changed: set[str], gone: set[str]) -> tuple[set[Cluster], set[Cluster]]:
        """Take in that nodes are new or have other scores, or are gone; the clusters that are new, and those that are no more.

        Average linkage merges what lies nearest to each other, so that a cluster comes about as if it stood alone, until something
        outside is nearer. So the clusters with a change are made anew together with those around them that they might merge with. Where
        one of these is drawn in, it has changed too, and what is around it is looked at in turn; else nothing beyond can be touched.
        """
        known: dict[str, Mapping[str, float]] = {}
        before = {self.of[node] for node in changed | gone if node in self.of}
        region = (changed | {node for cluster in before for node in cluster}) - gone
        for node in gone:
            self.of.drop(node)
        while True:
            around = self._around(region, known)
            made = average_linkage(region.union(*around), known, self._least, self._absent)
            mixed = {node for members in made if not region.isdisjoint(members) for node in members} - region
            if not mixed:
                break
            drawn = {self.of[node] for node in mixed}
            before |= drawn
            region = region.union(*drawn)
        after = {tuple(members) for members in made if not region.isdisjoint(members)}
        self.of.update((node, members) for members in after for node in members)
        return after - before, before - after

    def _around(self, region: Iterable[str], known: dict[str, Mapping[str, float]]) -> set[Cluster]:
        """The clusters outside a region with a pair that is near enough to merge; what all of them are scored against becomes `known`."""
        inside = set(region)
        for node in inside - known.keys():
            known[node] = self._scores(node)
        found = {self.of[other] for node in inside for other, score in known[node].items() if score >= self._least and other not in inside}
        for node in (node for cluster in found for node in cluster if node not in known):
            known[node] = self._scores(node)
        return found
