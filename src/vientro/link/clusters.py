"""Clusters of a graph of scored pairs, as a pure function of it: the order in which things came plays no part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Absent:
    """What is taken of a pair without a score: `score`; nothing where the days of both (ordinals) lie more than `window` apart.

    A node without a day is near to all.
    """

    score: float
    day: Callable[[str], int | None] = lambda _node: None
    window: int = 0


class Pairs(NamedTuple):
    """The pairs between two clusters: the sum and number of those with a score, how many of these lie far apart in time, how many pairs
    do not lie far apart."""

    total: float
    scored: int
    scored_far: int
    near: int


def average_linkage(nodes: Collection[str], scores: Mapping[str, Mapping[str, float]], least: float, absent: Absent) -> list[list[str]]:
    """Merge the two clusters with the highest mean score, as long as that is at least `least`; ties go to the first names.

    Every pair counts in the mean, so that one strong pair can't chain two stories together; a pair without a score as `absent` says,
    whose score is below `least`. So clusters without a scored pair never merge, and only pairs of clusters that have one are kept:
    the cost is that of the scores. Clusters and their members come in order of name.
    """
    members: dict[str, list[str]] = {node: [node] for node in sorted(nodes)}
    days = {node: [] if (day := absent.day(node)) is None else [day] for node in members}
    between: dict[str, dict[str, Pairs]] = {node: {} for node in members}
    for a in members:
        for b, score in scores.get(a, {}).items():
            if a < b and b in members:
                near = _near(days[a], days[b], 1, absent.window)
                between[a][b] = between[b][a] = Pairs(score, 1, 1 - near, near)
    heap = [
        (-mean, a, b) for a, others in between.items() for b, pairs in others.items() if a < b and (mean := _mean(pairs, absent)) >= least
    ]
    heapify(heap)
    while heap:
        score, a, b = heappop(heap)
        if b not in between.get(a, ()) or -_mean(between[a][b], absent) != score:
            continue  # one of the two is merged by now, or their mean has changed
        of_a, of_b = between[a], between.pop(b)
        del of_a[b], of_b[a]
        for other in of_a.keys() | of_b.keys():
            both = _sum(
                *(
                    of[other]
                    if other in of
                    else Pairs(0.0, 0, 0, _near(days[one], days[other], len(members[one]) * len(members[other]), absent.window))
                    for one, of in ((a, of_a), (b, of_b))
                )
            )
            between[other].pop(b, None)
            of_a[other] = between[other][a] = both
            mean = _mean(both, absent)
            if mean >= least:
                heappush(heap, (-mean, min(a, other), max(a, other)))
        members[a] = sorted(members[a] + members.pop(b))
        days[a] = sorted(days[a] + days.pop(b))
    return [members[name] for name in sorted(members)]


def _near(a: Sequence[int], b: Sequence[int], pairs: int, window: int) -> int:
    """How many pairs of the members of two clusters, of all `pairs`, do not lie far apart; the days of both are sorted."""
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return pairs - sum(bisect_left(many, day - window) + len(many) - bisect_right(many, day + window) for day in few)


def _sum(a: Pairs, b: Pairs) -> Pairs:
    return Pairs(a.total + b.total, a.scored + b.scored, a.scored_far + b.scored_far, a.near + b.near)


def _mean(pairs: Pairs, absent: Absent) -> float:
    without = pairs.near - (pairs.scored - pairs.scored_far)
    return (pairs.total + absent.score * without) / (pairs.scored + without)
