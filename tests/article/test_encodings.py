"""Pages in the encodings that they name, do not name, or name wrongly."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from vientro.article import extract
from vientro.article.decode import html_of
from vientro.model.article import Article, Reject

LINES = [
    "Bộ trưởng Quốc phòng nước chủ nhà nói đường ống dẫn nước cho trại tị nạn đã được nối lại từ sáng sớm thứ Bảy.",
    "Một phần ba số tiền do các tổ chức tình nguyện ở miền núi phía bắc quyên góp, phần còn lại lấy từ ngân sách.",
    "Những người ở trại cho biết họ được phát thêm chăn, bếp dầu và bột giặt để dùng cho tới hết mùa đông năm nay.",
]
TITLE = "Nước sạch trở lại trại tị nạn trước mùa đông"


def markup(charset: str | None) -> str:
    named = f'<meta charset="{charset}">' if charset else ""
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    return f'<html><head>{named}<title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class="fck_detail">{lines}</div></body></html>'


def windows(text: str) -> bytes:
    """Text as editors wrote it in Windows-1258: letters composed, tones apart."""
    out = []
    for ch in text:
        apart = unicodedata.normalize("NFD", ch)
        tones = [mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323"]
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones)) + "".join(tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        markup("utf-8").encode(),
        markup(None).encode(),
        markup("windows-1258").encode(),
        markup("iso-8859-1").encode(),
        codecs.BOM_UTF8 + markup("windows-1252").encode(),
        markup("utf-16").encode("utf-16"),
        windows(markup("windows-1258")),
        windows(markup(None)),
        windows(markup("utf-8")),
        markup("utf-8").encode().decode("latin-1").encode(),
        unicodedata.normalize("NFD", markup("utf-8")).encode(),
    ],
    ids=["utf8", "unnamed", "named-1258", "named-latin1", "bom", "utf16", "1258", "1258-unnamed", "1258-named-utf8", "twice", "apart"],
)
def test_the_text_is_read_in_any_of_them(data):
    article = extract(data)
    assert isinstance(article, Article)
    assert unicodedata.normalize("NFC", article.title or "") == TITLE
    assert [unicodedata.normalize("NFC", text) for text in article.paragraphs] == LINES


def test_a_page_cut_in_the_middle_of_a_letter_is_read_up_to_there():
    data = markup("utf-8").encode()
    cut = data[: data.index("chăn".encode()) + 3]
    article = extract(cut)
    assert isinstance(article, Article)
    assert article.paragraphs[:2] == tuple(LINES[:2])


def test_letters_that_look_like_two_encodings_are_left_alone_in_a_text_that_is_not():
    text = markup("utf-8").replace("ngân sách", "ngân sách (mã Ã¡ và á»)")
    assert html_of(text.encode()) == text


def test_bytes_of_no_encoding_are_refused():
    assert isinstance(extract(b"<p>" + bytes(range(128, 256)) * 20), Reject)
