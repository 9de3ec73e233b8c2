from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.article.changes import changes, words
from vientro.article.compose import compose

LINES = [
    "Bộ trưởng nói nước ông sẽ gửi hai mươi xe cứu hỏa trong tháng này.",
    "Lô xe đầu tiên đã lên tàu ở cảng phía bắc.",
    "Phía nhận hàng chưa xác nhận ngày đến.",
]


def version(*lines: str):
    return compose("k", "\n".join(lines), title="Hai mươi xe cứu hỏa", published="2026-05-01")


def test_the_same_text_has_no_changes():
    assert changes(version(*LINES), version(LINES[0].replace(" ", "  "), *LINES[1:])) == ()


def test_a_figure_that_was_changed_in_silence_is_shown_in_its_words():
    [change] = changes(version(*LINES), version(LINES[0].replace("hai mươi", "mười hai"), *LINES[1:]))
    assert change.before == LINES[0]
    assert {piece.text.strip() for piece in change.pieces if piece.kind != "same"} == {"mười", "mươi"}
    assert "".join(piece.text for piece in change.pieces if piece.kind != "gone") == change.after


def test_paragraphs_that_came_and_went():
    found = changes(version(*LINES), version("Một đoạn mới được chèn lên đầu bài viết.", LINES[0], LINES[2]))
    assert [(change.before, change.after) for change in found] == [("", "Một đoạn mới được chèn lên đầu bài viết."), (LINES[1], "")]


def test_a_changed_title_is_told_as_the_title():
    old, new = compose("k", LINES[0], title="Sẽ gửi xe cứu hỏa"), compose("k", LINES[0], title="Đã gửi xe cứu hỏa")
    [change] = changes(old, new)
    assert (change.zone, change.before, change.after) == ("title", "Sẽ gửi xe cứu hỏa", "Đã gửi xe cứu hỏa")


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_tell_both_versions(before, after):
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join("ab" * 4000), " ".join("ba" * 4000)),
        ("\n".join("xy" * 3000), "\n".join("yx" * 3000)),
        ("\n".join(f"{n} cũ {n * 7}" for n in range(1500)), "\n".join(f"{n} mới {n * 11}" for n in range(1500))),
    ],
    ids=["words over and over", "lines over and over", "many lines"],
)
def test_a_text_made_to_keep_a_page_waiting_is_told_as_replaced(old, new):
    found = changes(version(old), version(new))
    assert found
    for change in found:
        assert "".join(piece.text for piece in change.pieces if piece.kind != "gone") == change.after
        assert "".join(piece.text for piece in change.pieces if piece.kind != "new") == change.before != change.after
