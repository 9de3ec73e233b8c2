"""Clusters follow from the graph alone."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from vientro.link.clusters import Absent, average_linkage
from vientro.link.layers import Layer

if TYPE_CHECKING:
    import random

names = [f"n{i}" for i in range(9)]
graphs = st.dictionaries(st.sampled_from(list(combinations(names, 2))), st.integers(-8, 8).map(lambda n: n / 4), max_size=20)


def both_ways(pairs: dict[tuple[str, str], float], nodes: list[str]) -> dict[str, dict[str, float]]:
    graph: dict[str, dict[str, float]] = {node: {} for node in nodes}
    for (a, b), score in pairs.items():
        graph[a][b] = graph[b][a] = score
    return graph


NEVER = Absent(-2.0)


@given(graphs, st.randoms(use_true_random=False))
def test_order_of_nodes_changes_nothing(pairs: dict[tuple[str, str], float], rng: random.Random) -> None:
    mixed = names[:]
    rng.shuffle(mixed)
    assert average_linkage(mixed, both_ways(pairs, mixed), 0.0, NEVER) == average_linkage(names, both_ways(pairs, names), 0.0, NEVER)


@given(graphs)
def test_every_node_is_in_one_cluster_and_no_cluster_is_looser_than_asked(pairs: dict[tuple[str, str], float]) -> None:
    graph = both_ways(pairs, names)
    clusters = average_linkage(names, graph, 0.5, NEVER)
    assert sorted(node for cluster in clusters for node in cluster) == names
    for cluster in clusters:
        if len(cluster) == 2:
            assert graph[cluster[0]].get(cluster[1], -2.0) >= 0.5


def test_one_strong_pair_does_not_chain_two_stories() -> None:
    pairs = {("a1", "a2"): 2.0, ("b1", "b2"): 2.0, ("a2", "b1"): 1.5}
    nodes = ["a1", "a2", "b1", "b2"]
    assert average_linkage(nodes, both_ways(pairs, nodes), 0.0, NEVER) == [["a1", "a2"], ["b1", "b2"]]


def test_a_pair_of_which_nothing_is_known_is_left_out_of_the_mean() -> None:
    pairs = {("a", "b"): 2.0, ("b", "c"): 1.0}
    graph = both_ways(pairs, ["a", "b", "c"])
    assert average_linkage(["a", "b", "c"], graph, 0.5, Absent(-2.0, {"a": 1, "b": 5, "c": 9}.get, 3)) == [["a", "b", "c"]]
    assert average_linkage(["a", "b", "c"], graph, 0.5, NEVER) == [["a", "b"], ["c"]]


@given(graphs, st.lists(st.one_of(st.none(), st.integers(0, 6)), min_size=9, max_size=9))
def test_clusters_are_those_of_the_means_over_all_pairs(pairs: dict[tuple[str, str], float], days: list[int | None]) -> None:
    graph, day = both_ways(pairs, names), dict(zip(names, days, strict=True))

    def mean(a: list[str], b: list[str]) -> float | None:
        found = []
        for x in a:
            for y in b:
                near = day[x] is None or day[y] is None or abs(day[x] - day[y]) <= 3
                found += [graph[x].get(y, -2.0)] if y in graph[x] or near else []
        return sum(found) / len(found) if found else None

    clusters = [[name] for name in names]
    while best := min(((-m, a, b) for a, b in combinations(clusters, 2) if (m := mean(a, b)) is not None and m >= 0.25), default=None):
        clusters = sorted([*(one for one in clusters if one not in best[1:]), sorted(best[1] + best[2])])
    assert average_linkage(names, graph, 0.25, Absent(-2.0, day.get, 3)) == clusters


@given(graphs, st.lists(st.sampled_from(names), min_size=1, max_size=9, unique=True), st.integers(1, 4), st.sets(st.sampled_from(names)))
def test_a_layer_kept_up_to_date_is_as_one_made_at_once(
    pairs: dict[tuple[str, str], float], order: list[str], batch: int, lost: set[str]
) -> None:
    here: dict[str, dict[str, float]] = {}
    layer = Layer(lambda node: here[node], 0.0, NEVER)

    def hold(known: list[str]) -> None:
        here.clear()
        here.update(both_ways({pair: score for pair, score in pairs.items() if set(pair) <= set(known)}, known))

    for start in range(0, len(order), batch):
        hold(order[: start + batch])
        layer.refresh(set(order[start : start + batch]), set())
    assert sorted(set(layer.of.values())) == sorted(map(tuple, average_linkage(order, here, 0.0, NEVER)))
    left = [name for name in order if name not in lost]
    hold(left)
    layer.refresh(set(), lost & set(order))
    assert sorted(set(layer.of.values())) == sorted(map(tuple, average_linkage(left, here, 0.0, NEVER)))


def test_what_a_layer_loses_leaves_the_rest_as_if_it_had_never_been() -> None:
    graph = both_ways({("a", "b"): 1.0, ("b", "c"): 1.0, ("a", "c"): 1.0}, ["a", "b", "c"])
    layer = Layer(lambda node: graph[node], 0.0, NEVER)
    layer.refresh({"a", "b", "c"}, set())
    for other in graph.pop("b"):
        del graph[other]["b"]
    graph["a"].pop("c"), graph["c"].pop("a")
    new, old = layer.refresh(set(), {"b"})
    assert (new, old) == ({("a",), ("c",)}, {("a", "b", "c")})
