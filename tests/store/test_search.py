"""Words are found the same way on both kinds of database."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.article.compose import compose
from vientro.model.errors import InputError
from vientro.reading.text import without_marks
from vientro.store.search import hits, words_of
from vientro.store.store import Store

TEXTS = {
    "a": "Đức cam kết viện trợ cho Ukraine xe tăng Leopard 2A6 và hòa bình.",
    "b": "Duc cam ket vien tro: tăng xe cho đường bộ, không phải loại kia.",
    "c": "Nhật Bản gửi gạo, viện trợ nhân đạo; chuyện họ nói là chuyện thường.",
    "d": "Hội nghị hoà bình (NFD) và 1.000 máy phát điện ngày 5/3, m² và C++.",
}


@pytest.fixture
def store(path):
    with Store(path) as store:
        made = [compose(key, text, published=f"2024-05-0{day}", lang="vi") for day, (key, text) in enumerate(TEXTS.items(), 1)]
        store.add([(article, []) for article in made], "stub 1")
        yield store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("viện trợ", "ca"),
        ("vien tro", "cba"),
        ("VIỆN TRỢ", "ca"),
        ("Đức", "a"),
        ("duc", "ba"),
        ("đuc", ""),
        ("xe tang", "ab"),
        ('"xe tăng"', "a"),
        ('"xe tang"', "a"),
        ('"viện trợ" ukraine', "a"),
        ("hòa bình", "da"),
        ("hoà bình", "da"),
        (unicodedata.normalize("NFD", "hòa bình"), "da"),
        ("1.000", "d"),
        ("2a6", "a"),
        ("chuyện", "c"),
        ("chuyển", ""),
        ("c++", "d"),
        ("ukraine moldova", ""),
        ("' OR 1=1 --", ""),
        ('a"b', ""),
    ],
)
def test_what_is_asked_for_is_found_and_in_this_order(store, asked, found):
    assert "".join(article.key for article in store.search(asked)) == found


@pytest.mark.parametrize("asked", ["", '""', "!?", "  "])
def test_no_word_is_told(store, asked):
    with pytest.raises(InputError, match="no word"):
        store.search(asked)


def test_so_many_and_no_more(store):
    assert [article.key for article in store.search("vien tro", limit=1)] == ["c"]


def test_hits_are_places_in_the_text_as_stored():
    stored = unicodedata.normalize("NFD", TEXTS["a"])
    assert [unicodedata.normalize("NFC", span.of(stored)) for span in hits("hoa VIỆN", stored)] == ["viện", "hòa"]


@given(st.text())
def test_a_text_is_found_by_any_of_its_words(text):
    words = words_of(text)
    assert all(hits(word, text) for word in words[:3])
    assert [without_marks(without_marks(word)) for word in words] == [without_marks(word) for word in words]
