"""Clusters of a graph of scored pairs, as a pure function of it: the order in which things came plays no part."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping


def component(start: Iterable[str], near: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be reached from `start` over neighbours."""
    reached = set(start)
    waiting = list(reached)
    while waiting:
        fresh = [node for node in near(waiting.pop()) if node not in reached]
        reached.update(fresh)
        waiting.extend(fresh)
    return reached


def average_linkage(
    nodes: Collection[str],
    scores: Mapping[str, Mapping[str, float]],
    least: float,
    absent: Callable[[str, str], float | None],
) -> list[list[str]]:
    """Merge the two clusters with the highest mean score, as long as that is at least `least`; ties go to the first names.

    Every pair counts in the mean, so that one strong pair can't chain two stories together. A pair without a score has the
    one `absent` gives it, None to leave it out of the mean. Clusters and their members come in order of name.
    """
    members: dict[str, list[str]] = {node: [node] for node in sorted(nodes)}
    sums: dict[str, dict[str, tuple[float, int]]] = {node: {} for node in members}
    names = list(members)
    for index, a in enumerate(names):
        known = scores.get(a, {})
        for b in names[index + 1 :]:
            score = known[b] if b in known else absent(a, b)
            if score is not None:
                sums[a][b] = sums[b][a] = (score, 1)
    heap = [(-total, a, b) for a, others in sums.items() for b, (total, _) in others.items() if a < b and total >= least]
    heapify(heap)
    while heap:
        score, a, b = heappop(heap)
        if b not in sums.get(a, ()) or -_mean(sums[a][b]) != score:
            continue  # one of the two is merged by now, or their mean has changed
        members[a] = sorted(members[a] + members.pop(b))
        for other, (total, count) in sums.pop(b).items():
            del sums[other][b]
            if other == a:
                continue
            before, pairs = sums[a].get(other, (0.0, 0))
            sums[a][other] = sums[other][a] = both = (before + total, pairs + count)
            if _mean(both) >= least:
                heappush(heap, (-_mean(both), min(a, other), max(a, other)))
    return [members[name] for name in sorted(members)]


def _mean(sum_and_count: tuple[float, int]) -> float:
    return sum_and_count[0] / sum_and_count[1]
