"""The folded copy and the way back from it, and the cutting into sentences."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.model.mention import Time
from vientro.reading.text import fold, occurrences, sentences, words

LETTERS = "Mỹ Đức hoà hòa thuỷ quý “”«»’–\u00a0\u0301\u0323\u0302각한가ﬁΩ\u1161\u11a8\n.!?;"
TEXTS = st.text() | st.text(alphabet=LETTERS + unicodedata.normalize("NFD", LETTERS))


@given(TEXTS)
def test_composed_and_decomposed_text_fold_alike(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(text).text == fold(composed).text == fold(decomposed).text


@given(TEXTS)
def test_places_go_to_the_stored_text_and_back(text):
    folded = fold(text)
    places = [folded.raw(i) for i in range(len(folded.text) + 1)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(text))
    back = [folded.folded(i) for i in range(len(text) + 1)]
    assert back == sorted(back)
    assert all(folded.raw(folded.folded(place)) == place for place in places)
    assert all(folded.raw(folded.folded(i)) <= i for i in range(len(text) + 1))


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_slice_is_the_stored_text_behind_it(text, one, other):
    folded = fold(text)
    start, stop = sorted((min(one, len(folded.text)), min(other, len(folded.text))))
    start, stop = folded.folded(folded.raw(start)), folded.folded(folded.raw(stop))
    piece = folded.slice(start, stop)
    assert piece in text
    assert piece == folded.stored[folded.raw(start) : folded.raw(stop)]


def test_a_slice_of_decomposed_text_is_decomposed():
    stored = unicodedata.normalize("NFD", "Đại sứ quán Việt Nam tại Hà Nội")
    folded = fold(stored)
    at = folded.text.index("Việt Nam")
    assert folded.slice(at, at + 8) == unicodedata.normalize("NFD", "Việt Nam")


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("hoà bình, uỷ ban, THUỶ", "hòa bình, ủy ban, THỦY"),
        ("quý khách, khoái, quỹ", "quý khách, khoái, quỹ"),
        ("“vũ khí”\u00a0– ‘đạn’", "\"vũ khí\" - 'đạn'"),
    ],
)
def test_spellings_are_unified_without_moving_anything(stored, text):
    assert fold(stored).text == text
    assert len(fold(stored).text) == len(stored)


@given(st.text() | st.text(alphabet="aĐ. !?…\n\"')]TS"))
def test_sentences_are_disjoint_in_order_and_hold_all_but_space(text):
    spans = sentences(text)
    assert all(start < stop for start, stop in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    edges = [0, *(place for span in spans for place in span), len(text)]
    assert all(not text[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2))
    assert all(text[start:stop] == text[start:stop].strip() for start, stop in spans)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mỹ gửi đạn. Nga phản đối! Pháp im lặng…", 3),
        ("TS. Nam và PGS. Hoa gặp nhau. Họ bàn việc.", 2),
        ("Gói này trị giá 1.5 tỷ USD. Nó còn chờ duyệt.", 2),
        ('Ông nói: "Chúng tôi sẽ giúp." Báo chí đưa tin.', 2),
        ("Không có dấu chấm\nDòng thứ hai", 2),
        ("Ông hỏi: sao?, rồi đi.", 1),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_where_sentences_end(text, count):
    assert len(sentences(text)) == count


@pytest.mark.parametrize("name", ["Đức", "Ấn Độ", "Ủy ban châu Âu", "Đài Loan"])
def test_a_sentence_may_begin_with_any_capital(name):
    assert len(sentences(f"Mỹ gửi đạn. {name} gửi xe.")) == 2


@pytest.mark.parametrize("text", ["." * 1_000_000 + "a", '."' * 500_000 + "a", ".\")'" * 250_000 + "a", "." + " " * 1_000_000 + '"' * 1000])
def test_a_megabyte_of_stops_is_soon_cut(text):
    assert sentences(text)[-1][1] == len(text)


def test_words_of_a_text_are_in_lower_case_without_marks():
    assert words("Mỹ – Đức: 2 xe") == ["mỹ", "đức", "2", "xe"]


def test_what_was_found_goes_back_to_the_stored_text():
    stored = unicodedata.normalize("NFD", "Hoà đàm ngày 3–4/5")
    folded = fold(stored)
    start = folded.text.index("ngày")
    (time,) = folded.to_stored([Time(start, len(folded.text), folded.text[start:], "2024-05-03/2024-05-04")])
    assert time.text == stored[time.start : time.stop] == unicodedata.normalize("NFD", "ngày 3–4/5")
    assert time.edtf == "2024-05-03/2024-05-04"


@given(st.text(alphabet="ab", max_size=30), st.text(alphabet="ab", min_size=1, max_size=2))
def test_occurrences_are_all_there_are_without_overlap(text, words):
    places = list(occurrences(text, words))
    assert text.count(words) == len(places)
    assert all(text.startswith(words, place) for place in places)
    assert all(b - a >= len(words) for a, b in pairwise(places))
