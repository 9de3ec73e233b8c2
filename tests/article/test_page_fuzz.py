"""No page at all may raise, and what is read of it holds together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vientro.article import extract
from vientro.model.article import Article, Reject

PAGES = [path.read_bytes() for path in sorted((Path(__file__).parent / "pages").glob("*.html"))]
ODD = [
    b"<",
    b">",
    b"</div>",
    b"<table><tr>",
    b"<!--",
    b"\0",
    b"\xff\xfe",
    b"<script>",
    b'"',
    b"&#xD800;",
    "\u202e".encode(),
    b"<p><p>",
    b"<svg><p>",
]


def check(data: bytes) -> None:
    found = extract(data, "https://bao.example.vn/tin-1.html")
    if isinstance(found, Reject):
        assert found.reason
        return
    spans = [zone.span for zone in found.zones]
    assert all(a.stop < b.start for a, b in pairwise(spans))
    assert all(span.of(found.text).strip() for span in spans)
    found.text.encode()
    assert isinstance(found, Article)


@given(st.binary(max_size=400))
def test_no_bytes_raise(data):
    check(data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(PAGES), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(ODD)), max_size=8))
def test_a_page_torn_and_mended_anywhere_is_read_or_refused(data, cuts):
    for share, gone, odd in cuts:
        at = int(share * len(data))
        data = data[:at] + odd + data[at + gone :]
    check(data)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(PAGES), st.floats(0, 1))
def test_a_page_cut_short_is_read_or_refused(data, share):
    check(data[: int(share * len(data))])


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<div class=cms-body>",
        "<figcaption>Ảnh: x</figcaption>",
        "<p class=description>x",
        "<h1>x</h1>",
        "<a href=/a-12345.html>",
    ],
)
def test_markup_without_end_is_no_trouble(unit):
    check(("<h1>Tiêu đề</h1>" + unit * 3000).encode())
    check(("<h1>Tiêu đề</h1>" + unit * 100_000).encode())


def test_what_a_page_hides_in_its_text_stays_data():
    text = "Bộ trưởng nói \u202eoảđ\u202c sẽ gửi thêm xe cứu hỏa trong tháng tới, và cảng đã sẵn sàng nhận hàng từ tuần trước rồi."
    body = f'<p>{text}</p><script>alert(1)</script><p onclick="x()">{text}</p>'
    found = extract(f'<meta charset=utf-8><h1>Xe cứu hỏa</h1><div class="cms-body">{body}</div>'.encode())
    assert isinstance(found, Article)
    assert found.paragraphs == (text, text)
    assert "alert" not in found.text
