"""Entries found as whole words, in any case or as written."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from vientro.reading.lexicon import Entry, Hit, Lexicon, leftmost_longest, lower

WORDS = Lexicon(
    [Entry("viện trợ", "aid"), Entry("gói viện trợ", "package"), Entry("Anh", "GB", cased=True), Entry("Việt", "VN", cased=True)]
)


def found(text: str) -> list[str]:
    return [hit.value for hit in WORDS.find(text)]


def test_whole_words_only():
    assert found("viện trợ") == found("(viện trợ)") == found("viện trợ,") == ["aid"]
    assert found("viện trợx") == found("1viện trợ") == found("viện trợ2") == []


def test_case():
    assert found("VIỆN TRỢ") == found("Viện trợ") == ["aid"]
    assert found("Anh") == ["GB"]
    assert found("anh") == found("aNh") == []
    # A word all in capitals may be a name in a headline, but three letters may be anything.
    assert found("VIỆT") == ["VN"]
    assert found("ANH") == []


def test_overlaps_are_all_found_and_the_longest_kept():
    hits = WORDS.find("gói viện trợ")
    assert [hit.value for hit in hits] == ["package", "aid"]
    assert [hit.value for hit in leftmost_longest(hits)] == ["package"]


def test_two_meanings_of_one_pattern_are_both_found():
    both = Lexicon([Entry("bác", "refuse"), Entry("bác", "uncle")])
    assert {hit.value for hit in both.find("bác tin")} == {"refuse", "uncle"}


@given(st.text() | st.text(alphabet="İẞßAaĐđ viện trợ"))
def test_lower_case_moves_nothing(text):
    assert len(lower(text)) == len(text)
    assert lower(lower(text)) == lower(text)


@given(st.lists(st.sampled_from(["viện trợ", "gói ", " ", "x", "Anh", "İ", "."])).map("".join))
def test_hits_are_in_order_and_stand_where_they_say(text):
    hits = WORDS.find(text)
    assert hits == sorted(hits, key=lambda hit: (hit.start, -hit.stop))
    assert all(text[hit.start : hit.stop] in {"aid": "viện trợ", "package": "gói viện trợ", "GB": "Anh"}[hit.value] for hit in hits)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6))))
def test_the_kept_hits_are_disjoint(places):
    hits = [Hit(start, start + size, None) for start, size in places]
    kept = leftmost_longest(hits)
    assert all(a.stop <= b.start for a, b in itertools.pairwise(kept))
    assert bool(kept) == bool(hits)
