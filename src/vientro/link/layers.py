"""Clusters that are kept while their graph grows: only what hangs together with a change is worked out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.link.clusters import average_linkage, component

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Cluster = tuple[str, ...]


class Layer:
    """A clustering of nodes by average linkage, kept up to date.

    `scores` gives a node's scored neighbours, `absent` the score of a pair without one (None: unknown). No merge reaches beyond a
    connected part of the graph of the scores of at least `least`, so that parts are clustered one by one; the result is
    that of clustering everything at once.
    """

    def __init__(self, scores: Callable[[str], Mapping[str, float]], least: float, absent: Callable[[str, str], float | None]) -> None:
        self._scores, self._least, self._absent = scores, least, absent
        self._part: dict[str, frozenset[str]] = {}
        self.of: dict[str, Cluster] = {}

    def refresh(self, changed: set[str], gone: set[str]) -> tuple[set[Cluster], set[Cluster]]:
        """Take in that nodes are new or have other scores, or are gone; the clusters that are new, and those that are no more."""
        known: dict[str, Mapping[str, float]] = {}

        def near(node: str) -> list[str]:
            if node not in known:
                known[node] = self._scores(node)
            return [other for other, score in known[node].items() if score >= self._least]

        touched = set(changed)
        for node in changed | gone:
            touched |= self._part.get(node, frozenset())
        waiting = component(touched - gone, near)
        before = {self.of[node] for node in waiting | gone if node in self.of}
        for node in gone:
            self.of.pop(node, None)
            self._part.pop(node, None)
        after: set[Cluster] = set()
        while waiting:
            part = frozenset(component([min(waiting)], near))
            waiting -= part
            for members in average_linkage(part, known, self._least, self._absent) if len(part) > 1 else [list(part)]:
                after.add(tuple(members))
                self.of.update(dict.fromkeys(members, tuple(members)))
            self._part.update(dict.fromkeys(part, part))
        return after - before, before - after
