from __future__ import annotations

import pytest

from vientro.article.blocks import Block
from vientro.article.byline import agency_of, credit_of, joined, take, tidy

TEXT = Block("text", "Bộ trưởng nói lô hàng sẽ tới cảng trong tuần.")


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        (Block("text", "Hà Thu (tổng hợp)", set_off=True), "Hà Thu (tổng hợp)"),
        (Block("text", "Theo Reuters, AFP"), "Theo Reuters, AFP"),
        (Block("heading", "NGỌC VÂN", set_off=True), "NGỌC VÂN"),
        (Block("text", "(TTXVN/Vietnam+)", set_off=True), "TTXVN/Vietnam+"),
        (Block("text", "Tác giả: Lê Minh", set_off=True), "Lê Minh"),
        (Block("text", "Lô hàng đã tới cảng.", set_off=True), None),
        (Block("text", "Theo ông, hàng sẽ tới cảng trong tuần này hoặc tuần sau, tùy thời tiết.", set_off=False), None),
        (Block("text", "Ông nói thêm rất ít"), None),
    ],
)
def test_a_byline_is_the_last_line_if_it_is_set_off_or_names_a_source(line, byline):
    rest, found = take([TEXT, TEXT, line])
    assert found == byline
    assert rest == ([TEXT, TEXT] if byline else [TEXT, TEXT, line])


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        ("By  Dat Nguyen October 2, 2026 | 03:04 pm GMT+7", "Dat Nguyen"),
        ("Khánh An khanhan@bao.example", "Khánh An"),
        ("Khánh An Theo dõi tác giả", "Khánh An"),
        ("Khánh An ( TTXVN )", "Khánh An (TTXVN)"),
        ("- HẢI YẾN -", "HẢI YẾN"),
        ("PV: Mai Ca", "Mai Ca"),
        ("  ", None),
    ],
)
def test_a_byline_is_the_name_alone(text, byline):
    assert tidy(text) == byline


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Tâm Hằng (TTXVN)", "TTXVN"),
        ("Hà Thu (Theo Reuters)", "Reuters"),
        ("Theo AFP, Guardian", "AFP, Guardian"),
        ("TTXVN/Vietnam+", "TTXVN/Vietnam+"),
        ("Hà Thu (tổng hợp)", None),
        ("Hà Thu", None),
        (None, None),
    ],
)
def test_the_agency_is_whom_a_byline_names(author, agency):
    assert agency_of(author) == agency


def test_a_source_goes_behind_the_author_once():
    assert joined("Dương An", "Theo Nhịp sống") == "Dương An (Nhịp sống)"
    assert joined("Dương An (Nhịp sống)", "Nhịp sống") == "Dương An (Nhịp sống)"
    assert joined(None, "(Nhịp sống)") == "Nhịp sống"
    assert joined("Dương An", "") == "Dương An"


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Tàu hàng ở cảng. Ảnh: Reuters", "Reuters"),
        ("Tàu hàng ở cảng. (Ảnh: AFP/TTXVN)", "AFP/TTXVN"),
        ("Tàu hàng ở cảng - Ảnh: H.Y.T.", "H.Y.T"),
        ("Tàu hàng ở cảng. Ảnh tư liệu: TTXVN", "TTXVN"),
        ("A ship in port. Photo by Jane Roe", "Jane Roe"),
        ("Tàu hàng ở cảng.", None),
    ],
)
def test_the_credit_of_a_caption(caption, credit):
    assert credit_of(caption) == credit
