"""Names of claims: made of place and type, kept by a newer reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vientro.model.article import Span
from vientro.model.claim import Claim
from vientro.model.ids import anchor, article_id, digest, inherit


def claim(start: int, stop: int, kind: str = "commit", **slots: object) -> Claim:
    span = Span(start, stop)
    return replace(Claim(anchor("a-1", span, kind), "a-1", kind, "actual", span, "x" * (stop - start)), **slots)


CLAIMS = st.builds(
    lambda start, size, kind: claim(start, start + size, kind),
    st.integers(0, 40),
    st.integers(1, 20),
    st.sampled_from(["commit", "deliver"]),
)


def test_parts_do_not_run_together():
    assert digest("ab", "c") != digest("a", "bc") != digest("a", "b", "c")
    assert article_id("A", None, None, "x") != article_id("B", None, None, "x")
    assert article_id(None, None, None, "\ud800")


def test_a_name_hangs_on_place_and_type_and_not_on_the_slots():
    assert anchor("a-1", Span(0, 5), "commit") == anchor("a-1", Span(0, 5), "commit")
    others = [anchor("a-2", Span(0, 5), "commit"), anchor("a-1", Span(0, 6), "commit"), anchor("a-1", Span(0, 5), "deliver")]
    assert anchor("a-1", Span(0, 5), "commit") not in others


def test_a_newer_readers_claim_keeps_the_name():
    old, new = claim(10, 40), claim(15, 52, modality="planned", confidence=0.7)
    (kept,) = inherit([old], [new])
    assert kept == replace(new, id=old.id)


def test_another_type_or_another_place_is_another_claim():
    old = claim(10, 40)
    for new in (claim(15, 52, "deliver"), claim(32, 80), claim(40, 80), claim(100, 120)):
        assert inherit([old], [new]) == [new]


def test_a_name_is_given_once_and_to_the_largest_overlap():
    old = claim(0, 30)
    near, far = claim(0, 28), claim(15, 45)
    for fresh in ([near, far], [far, near]):
        named = inherit([old], fresh)
        assert {c.span: c.id for c in named} == {near.span: old.id, far.span: far.id}


@given(st.lists(CLAIMS, max_size=8, unique_by=lambda c: c.id), st.lists(CLAIMS, max_size=8, unique_by=lambda c: c.id))
def test_nothing_but_names_changes(known, fresh):
    named = inherit(known, fresh)
    assert [replace(c, id="") for c in named] == [replace(c, id="") for c in fresh]
    given_out = Counter(c.id for c in named if c.id in {k.id for k in known})
    assert all(count == 1 for count in given_out.values())
    assert inherit(known, known) == known


def test_of_equal_overlaps_the_claim_that_has_the_name_keeps_it():
    old = claim(0, 1)
    wider, same = claim(0, 2), claim(0, 1)
    assert [one.id for one in inherit([old], [wider, same])] == [wider.id, old.id]
