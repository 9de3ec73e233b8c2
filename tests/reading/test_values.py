"""Who may fill a role: codes, names and phrases."""

from __future__ import annotations

from itertools import pairwise

import pytest

from vientro.reading.scene import Scene, stage
from vientro.reading.text import fold
from vientro.reading.values import candidates, phrases


def scene(text: str) -> Scene:
    folded = fold(text).text
    return stage(folded, [(0, len(folded), "lede")], None)


def names(text: str, at: int = 0) -> list[str]:
    found = scene(text)
    return [value.name for value in candidates(found, found.sentences[at])]


def test_coordinated_actors_are_all_candidates():
    assert names("Anh, Pháp và Đức cam kết viện trợ cho Ukraine.") == ["GB", "FR", "DE", "UA"]


def test_an_actor_named_twice_is_one_candidate_with_both_places():
    found = scene("Mỹ viện trợ Ukraine, Washington cho biết.")
    us = next(value for value in candidates(found, found.sentences[0]) if value.name == "US")
    assert us.coded
    assert len(us.elements) == 2


def test_actors_of_earlier_sentences_are_within_reach():
    found = scene("Đức họp với EU. Nước này viện trợ cho Ukraine.")
    assert len(found.sentences) == 2
    assert {"DE", "EU", "UA"} <= {value.name for value in candidates(found, found.sentences[1])}
    assert "UA" in {value.name for value in candidates(found, found.sentences[0])}, "in a short text what comes later is in reach too"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Mỹ trừng phạt hai hãng dầu Nga.", "hai hãng dầu Nga"),
        ("Hai hãng dầu Nga bị Mỹ trừng phạt.", "Hai hãng dầu Nga"),
        ("EU trừng phạt 12 cá nhân vì hỗ trợ quân đội Nga.", "12 cá nhân"),
        ("Anh trừng phạt 40 tàu chở dầu, theo BBC.", "40 tàu chở dầu"),
        ("Mỹ trừng phạt các tàu chở dầu của Iran vì buôn lậu.", "các tàu chở dầu của Iran"),
        ("EU cấm vận ba thẩm phán Nga và bị chỉ trích.", "ba thẩm phán Nga"),
        ("Mỹ trừng phạt ba công ty trong khi EU phản đối.", "ba công ty"),
    ],
)
def test_a_phrase_has_its_numeral_and_stops_before_the_next_verb(text, phrase):
    found = scene(text)
    (sentence,) = found.sentences
    assert phrase in [value.name for value in candidates(found, sentence)]


def test_phrases_do_not_overlap():
    found = scene("Mỹ trừng phạt các tàu chở dầu của các doanh nhân Nga, 5 thẩm phán và nhiều tàu của Iran.")
    (sentence,) = found.sentences
    spans = [(start, stop) for _, start, stop in phrases(found.text, sentence)]
    assert len(spans) >= 2
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
