from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.article.compose import compose, day

TITLE = "Na Uy tặng Ukraine hai tàu quét mìn"
LEDE = "Chính phủ Na Uy ngày 3/5 cho biết sẽ tặng Ukraine hai tàu quét mìn đã qua sử dụng."
BODY = "Hai tàu sẽ được sửa chữa trước khi bàn giao.\nTàu Na Uy tại cảng Bergen. Ảnh: NTB\nOslo chưa nói rõ thời hạn."


def kinds(article):
    return [(zone.kind, zone.span.of(article.text)) for zone in article.zones]


def test_parts_are_joined_by_newlines_with_a_zone_each():
    article = compose("x", BODY, title=TITLE, lede=LEDE)
    assert article.text == f"{TITLE}\n{LEDE}\n{BODY}"
    assert [kind for kind, _ in kinds(article)] == ["title", "lede", "body", "caption", "body"]
    assert kinds(article)[3] == ("caption", "Tàu Na Uy tại cảng Bergen. Ảnh: NTB")


@pytest.mark.parametrize("lede", [None, LEDE])
def test_a_text_that_begins_with_its_title_stays_as_it_is(lede):
    whole = f"{TITLE}\n{LEDE}\n{BODY}"
    article = compose("x", whole, title=TITLE, lede=lede)
    assert article.text == whole
    assert kinds(article)[:2] == [("title", TITLE), ("lede", LEDE)]


def test_the_title_is_known_in_another_form_of_unicode_and_with_other_spaces():
    whole = unicodedata.normalize("NFD", f"{TITLE} \n{LEDE}")
    article = compose("x", whole, title=TITLE.replace(" ", "  "))
    assert article.text == whole
    assert [kind for kind, _ in kinds(article)] == ["title", "lede"]


def test_a_title_of_two_lines_is_one_zone():
    title = "Na Uy tặng Ukraine \nhai tàu quét mìn"
    article = compose("x", f"{title}\n{LEDE}", title=title)
    assert kinds(article) == [("title", title), ("lede", LEDE)]
    assert article.title == TITLE


def test_a_title_that_is_only_the_first_word_is_put_before_the_text():
    article = compose("x", LEDE, title="Chính phủ")
    assert article.text == f"Chính phủ\n{LEDE}"


def test_without_a_title_the_first_line_may_be_a_caption():
    article = compose("x", f"Tàu quét mìn của Na Uy hồi tháng 4. Ảnh: AFP\n{LEDE}")
    assert [kind for kind, _ in kinds(article)] == ["caption", "lede"]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_sentences_that_tell_a_story_each_stand_alone(between):
    article = compose("x", between.join(["Đức hôm qua giao 4 tổ hợp IRIS-T cho Ukraine.", "Nhật Bản hứa 500 triệu USD cho Philippines."]))
    assert [kind for kind, _ in kinds(article)] == ["entry", "entry"]


def test_sentences_of_one_story_without_a_headline_are_its_body():
    article = compose("x", "Pháp đã giao 6 khẩu Caesar cho Ukraine.\nBộ Quốc phòng Pháp cho biết 12 khẩu nữa sẽ được giao cho Ukraine.")
    assert [kind for kind, _ in kinds(article)] == ["body", "body"]


def test_a_first_line_without_a_full_stop_is_followed_by_a_text():
    article = compose("x", "Đức giao 4 tổ hợp IRIS-T cho Ukraine\nNhật Bản hứa 500 triệu USD cho Philippines.")
    assert [kind for kind, _ in kinds(article)] == ["lede", "body"]


def test_the_copy_in_another_outlet_is_another_article():
    ids = {compose("x", BODY, title=TITLE, outlet=outlet).id for outlet in ("Báo A", "Báo B", None)}
    assert len(ids) == 3
    assert compose("x", BODY, title=TITLE, published="2024-05-03").id == compose("y", BODY, title=TITLE).id


@given(st.text(max_size=80), st.none() | st.text(max_size=20), st.none() | st.text(max_size=20))
def test_zones_never_overlap_and_stay_inside_the_text(text, title, lede):
    article = compose("x", text, title=title, lede=lede)
    assert text.replace("\0", "\ufffd").strip() in article.text
    ends = [0] + [place for zone in article.zones for place in (zone.span.start, zone.span.stop)] + [len(article.text)]
    assert ends == sorted(ends)


@given(st.text(max_size=60), st.text(max_size=20))
def test_composing_again_changes_nothing(text, title):
    once = compose("x", text, title=title)
    assert compose("x", once.text, title=title) == once


@pytest.mark.parametrize(
    ("given_as", "is_"),
    [
        ("2025-10-23", "2025-10-23"),
        ("2025-10-23T07:14:14+07:00", "2025-10-23T07:14:14+07:00"),
        ("2025-10-23 07:14 +07:00", "2025-10-23T07:14:00+07:00"),
        ("Thu, 23 Oct 2025 07:14:14 +0700", "2025-10-23T07:14:14+07:00"),
        ("23/10/2025", None),
        ("2025-02-30", None),
        ("1761178454", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("Fri, 31 Dec 9999 23:59:59 -1400", None),
    ],
)
def test_a_day_of_publication_is_iso_8601(given_as, is_):
    assert day(given_as) == is_


def test_what_no_database_keeps_is_marked_where_it_stood():
    article = compose("a\0", f"{BODY}\0", title=f"\0{TITLE}", lede="Mở\0đầu", outlet="Báo\0", url="https://a.example/\0", lang="v\0")
    assert article.text == f"\ufffd{TITLE}\nMở\ufffdđầu\n{BODY}\ufffd"
    assert "\0" not in repr(article)
    assert kinds(article)[:2] == [("title", f"\ufffd{TITLE}"), ("lede", "Mở\ufffdđầu")]
    assert "\0" not in compose("x", stories=["Tin\0một"]).text
