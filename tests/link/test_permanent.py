"""Ids last over runs, lead on where clusters merge, and are never given twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vientro.link import permanent
from vientro.model.ledger import Link

claims = [f"c-{i}" for i in range(6)]
runs = st.lists(st.integers(0, 3), min_size=6, max_size=6)


def links(clusters: dict[str, str], prefix: str = "") -> list[Link]:
    return [Link(claim, "o-1", f"s-{prefix}{cluster}", f"d-{prefix}{cluster}") for claim, cluster in clusters.items()]


def test_a_cluster_that_grew_keeps_its_id() -> None:
    made = permanent(links({"c-1": "a", "c-2": "a"}), links({"c-1": "x", "c-2": "x", "c-3": "x"}))
    assert {link.step for link in made.links} == {"s-a"}
    assert made.merged == {}


def test_the_larger_part_keeps_the_id_when_two_merge_and_the_other_leads_there() -> None:
    made = permanent(links({"c-1": "a", "c-2": "a", "c-3": "b"}), links({"c-1": "x", "c-2": "x", "c-3": "x"}))
    assert {link.step for link in made.links} == {"s-a"}
    assert made.merged == {"s-b": "s-a", "d-b": "d-a"}


def test_the_larger_part_keeps_the_id_when_one_splits() -> None:
    made = permanent(links({"c-1": "a", "c-2": "a", "c-3": "a"}), links({"c-1": "x", "c-2": "x", "c-3": "y"}))
    assert [link.step for link in made.links] == ["s-a", "s-a", "s-y"]


def test_what_is_gone_leaves_a_tombstone() -> None:
    assert permanent(links({"c-1": "a"}), []).merged == {"s-a": None, "d-a": None}


def test_a_retired_id_is_never_given_again() -> None:
    made = permanent([], links({"c-1": "a"}), retired=["s-a", "d-a"])
    assert made.links[0].step not in ("s-a", "s-")
    assert made.links[0].step.startswith("s-")


@given(runs, runs)
def test_clusters_stay_what_they_are_under_lasting_ids(before: list[int], after: list[int]) -> None:
    old = links(dict(zip(claims, map(str, before), strict=True)))
    new = links(dict(zip(claims, map(str, after), strict=True)), "n")
    made = permanent(old, new)
    for level in ("step", "deal"):
        together = {(a.claim, b.claim) for a in new for b in new if getattr(a, level) == getattr(b, level)}
        assert together == {(a.claim, b.claim) for a in made.links for b in made.links if getattr(a, level) == getattr(b, level)}
    living = {id_ for link in made.links for id_ in (link.step, link.deal)}
    known = {id_ for link in old for id_ in (link.step, link.deal)}
    assert made.merged.keys() == known - living
    assert set(made.merged.values()) <= living


@given(runs)
def test_the_same_links_again_change_nothing(run: list[int]) -> None:
    old = links(dict(zip(claims, map(str, run), strict=True)))
    assert list(permanent(old, old).links) == old
