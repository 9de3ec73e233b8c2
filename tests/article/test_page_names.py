from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.article.address import page_named

STORY = "https://bao.example/the-gioi/mot-tin-123.html"


@pytest.mark.parametrize(
    "spelled",
    [
        "http://bao.example/the-gioi/mot-tin-123.html",
        "HTTPS://WWW.Bao.Example:443/the-gioi//mot-tin-123.html/",
        "https://m.bao.example/the-gioi/m%6Ft-tin-123.html?fbclid=x&UTM_medium=y#doan-2",
        " https://bao.example./the-gioi/mot-tin-123.html?",
    ],
)
def test_spellings_of_an_address_name_one_page(spelled):
    assert page_named(spelled) == page_named(STORY)


@pytest.mark.parametrize(
    "other",
    [
        "https://bao.example/the-gioi/mot-tin-124.html",
        "https://bao.example/the-gioi/mot-tin-123.html?trang=2",
        "https://khac.example/the-gioi/mot-tin-123.html",
        "https://bao.example:8080/the-gioi/mot-tin-123.html",
        "mot-tin-123.html",
    ],
)
def test_another_page_has_another_name(other):
    assert page_named(other) != page_named(STORY)


def test_what_is_asked_for_has_no_order():
    assert page_named("https://a.example/?id=5&trang=2") == page_named("https://a.example?trang=2&id=5") != ""


@pytest.mark.parametrize("site", ["https://bao.example", "https://bao.example/#x", "http://www.bao.example/?utm_source=fb"])
def test_a_whole_site_is_no_page(site):
    assert page_named(site) == ""


@given(st.text() | st.from_regex(r"https?://[a-z\[\]:@./?&=%0-9]{0,40}", fullmatch=True))
def test_any_word_has_a_name(word):
    assert isinstance(page_named(word), str)
