"""Clusters follow from the graph alone."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from vientro.link.clusters import average_linkage, component
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


def never(_a: str, _b: str) -> float:
    return -2.0


@given(graphs, st.randoms(use_true_random=False))
def test_order_of_nodes_changes_nothing(pairs: dict[tuple[str, str], float], rng: random.Random) -> None:
    mixed = names[:]
    rng.shuffle(mixed)
    assert average_linkage(mixed, both_ways(pairs, mixed), 0.0, never) == average_linkage(names, both_ways(pairs, names), 0.0, never)


@given(graphs)
def test_every_node_is_in_one_cluster_and_no_cluster_is_looser_than_asked(pairs: dict[tuple[str, str], float]) -> None:
    graph = both_ways(pairs, names)
    clusters = average_linkage(names, graph, 0.5, never)
    assert sorted(node for cluster in clusters for node in cluster) == names
    for cluster in clusters:
        if len(cluster) == 2:
            assert graph[cluster[0]].get(cluster[1], -2.0) >= 0.5


def test_one_strong_pair_does_not_chain_two_stories() -> None:
    pairs = {("a1", "a2"): 2.0, ("b1", "b2"): 2.0, ("a2", "b1"): 1.5}
    nodes = ["a1", "a2", "b1", "b2"]
    assert average_linkage(nodes, both_ways(pairs, nodes), 0.0, never) == [["a1", "a2"], ["b1", "b2"]]


def test_a_pair_of_which_nothing_is_known_is_left_out_of_the_mean() -> None:
    pairs = {("a", "b"): 2.0, ("b", "c"): 1.0}
    graph = both_ways(pairs, ["a", "b", "c"])
    assert average_linkage(["a", "b", "c"], graph, 0.5, lambda _a, _b: None) == [["a", "b", "c"]]
    assert average_linkage(["a", "b", "c"], graph, 0.5, never) == [["a", "b"], ["c"]]


def test_a_component_is_what_can_be_reached() -> None:
    graph = {"a": ["b"], "b": ["a", "c"], "c": ["b"], "d": []}
    assert component(["a"], graph.__getitem__) == {"a", "b", "c"}


@given(graphs, st.lists(st.sampled_from(names), min_size=1, max_size=9, unique=True), st.integers(1, 4))
def test_a_layer_kept_up_to_date_is_as_one_made_at_once(pairs: dict[tuple[str, str], float], order: list[str], batch: int) -> None:
    here: dict[str, dict[str, float]] = {}
    layer = Layer(lambda node: here[node], 0.0, never)
    for start in range(0, len(order), batch):
        fresh = order[start : start + batch]
        known = order[: start + batch]
        here.update(both_ways({pair: score for pair, score in pairs.items() if set(pair) <= set(known)}, known))
        layer.refresh(set(fresh), set())
    at_once = average_linkage(order, both_ways({pair: s for pair, s in pairs.items() if set(pair) <= set(order)}, order), 0.0, never)
    assert sorted(set(layer.of.values())) == sorted(map(tuple, at_once))


def test_what_a_layer_loses_leaves_the_rest_as_if_it_had_never_been() -> None:
    graph = both_ways({("a", "b"): 1.0, ("b", "c"): 1.0, ("a", "c"): 1.0}, ["a", "b", "c"])
    layer = Layer(lambda node: graph[node], 0.0, never)
    layer.refresh({"a", "b", "c"}, set())
    for other in graph.pop("b"):
        del graph[other]["b"]
    graph["a"].pop("c"), graph["c"].pop("a")
    new, old = layer.refresh(set(), {"b"})
    assert (new, old) == ({("a",), ("c",)}, {("a", "b", "c")})
