"""What is recognised in a text, cut into sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vientro.reading.scene import Scene, stage, stretches
from vientro.reading.text import fold

PIECES = [
    "Mỹ",
    "Đức",
    "Ukraine",
    "viện trợ",
    "trừng phạt",
    "cam kết",
    "5 triệu USD",
    "xe tăng",
    "hôm 5/3",
    ";",
    ".",
    "\n",
    '"',
    "và",
    "hai hãng dầu Nga",
]


def scene(text: str) -> Scene:
    folded = fold(text).text
    return stage(folded, [(0, len(folded), "lede")], None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Trời hôm nay đẹp ở Đức và Pháp.",  # no cue
        "Tỉnh viện trợ lương thực cho người dân vùng lũ.",  # nobody abroad
        "Việt Nam viện trợ lương thực cho người dân vùng lũ.",
    ],
)
def test_a_text_without_a_cue_or_without_anybody_abroad_is_empty(text):
    assert not scene(text).sentences
    assert not scene(text).actors


def test_elements_in_order():
    (sentence,) = scene("Đức cam kết viện trợ cho Ukraine 5 triệu euro.").sentences
    assert [e.tag for e in sentence.elements] == ["ACT", "cue:pledge", "cue:aid", "sig:for", "ACT", "MON"]
    assert sentence.zone == "lede"


def test_the_stories_of_a_digest_are_parted():
    text = "Mỹ viện trợ Ukraine; Nga phản đối ;Pháp bán tên lửa"
    found = scene(text)
    assert [text[s.start : s.stop].strip() for s in found.sentences] == ["Mỹ viện trợ Ukraine", "Nga phản đối", "Pháp bán tên lửa"]
    assert [s.index for s in found.sentences] == [0, 1, 2]


def test_zones_and_what_stands_between_them():
    text = "Mỹ viện trợ Ukraine\nĐức viện trợ Ukraine\nPháp viện trợ Ukraine"
    found = stage(text, [(0, 19, "title"), (20, 40, "lede")], None)
    assert [s.zone for s in found.sentences] == ["title", "lede", "body"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(max_examples=60, deadline=None)
def test_elements_are_disjoint_and_inside_their_sentence(pieces):
    found = scene(" ".join(pieces))
    assert all(a.stop <= b.start for a, b in pairwise(found.sentences))
    for sentence in found.sentences:
        assert all(sentence.start <= e.start < e.stop for e in sentence.elements)
        assert all(a.stop <= b.start for a, b in pairwise(sentence.elements))
        assert not any(e.tag == ";" for e in sentence.elements)


def test_an_article_is_one_stretch():
    found = scene("Mỹ viện trợ Ukraine. " * 20)
    assert stretches(found) == [found]
    (empty,) = stretches(scene(""))
    assert not empty.sentences


@pytest.mark.parametrize("text", ["Mỹ viện trợ Ukraine 5 triệu USD " * 3000, "Mỹ viện trợ Ukraine.\n" * 3000])
def test_a_text_without_end_is_read_in_stretches_that_lose_nothing(text):
    found = scene(text)
    parts = stretches(found)
    assert len(parts) > 5
    assert max(len(s.elements) for s in found.sentences) <= 100
    assert all([s.index for s in part.sentences] == list(range(len(part.sentences))) for part in parts)
    assert sum(len(part.sentences) for part in parts) == len(found.sentences)
    assert [a for part in parts for a in part.actors] == list(found.actors)
    assert [a for part in parts for a in part.amounts] == list(found.amounts)
    assert max(sum(len(s.elements) for s in part.sentences) for part in parts) <= 1000
