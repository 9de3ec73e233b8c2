from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vientro.article.links import next_page, stories

PAGES = Path(__file__).parents[3] / "shared" / "pages"
HERE = "https://bao.example/the-gioi.htm"


def saved() -> list[dict[str, str]]:
    path = PAGES / "index.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return [row for row in rows if row["kind"] == "topic"]


def plain(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.")


@pytest.mark.skipif(not saved(), reason="the saved pages are not here")
@pytest.mark.parametrize("row", saved(), ids=lambda row: row["file"])
def test_saved_topic_pages_lead_to_their_stories(row):
    file = PAGES / row["file"]
    expected = json.loads(file.with_suffix(".json").read_text("utf-8"))
    found = [plain(address) for address, _ in stories(file.read_text("utf-8", "replace"), row["url"])]
    assert len(found) >= 0.9 * expected["entries"]
    assert {plain(expected[which]["url"]) for which in ("first", "last")} <= set(found)


@pytest.mark.skipif(not saved(), reason="the saved pages are not here")
def test_saved_topic_pages_go_on_where_they_say():
    found = {row["file"]: next_page((PAGES / row["file"]).read_text("utf-8", "replace"), row["url"]) for row in saved()}
    assert found["vnexpress/topic-kinh-doanh-2026-03.html"] == "https://vnexpress.net/kinh-doanh-p2"
    assert found["dantri/topic-kinh-doanh-2026-03.html"] == "https://dantri.com.vn/kinh-doanh/trang-2.htm"
    assert found["vietnamnet/topic-kinh-doanh-2026-03.html"] == "https://vietnamnet.vn/kinh-doanh-page1"
    assert found["tuoitre/topic-kinh-doanh-2026-03.html"] is None


@pytest.mark.parametrize(
    ("address", "markup", "goes_on"),
    [
        (HERE, '<a href="/the-gioi/trang-2.htm">2</a>', "https://bao.example/the-gioi/trang-2.htm"),
        ("https://bao.example/the-gioi/trang-2.htm", '<a href="/the-gioi/trang-3.htm">3</a>', "https://bao.example/the-gioi/trang-3.htm"),
        ("https://bao.example/tag?q=1", '<a href="?page=2">Trang sau</a>', "https://bao.example/tag?page=2"),
        (HERE, '<a class="next" href="/kinh-te-p2">Kinh tế</a>', None),
        (HERE, '<a rel="next" href="javascript:;">sau</a>', None),
        (HERE, f'<a rel="next" href="{HERE}">sau</a>', None),
        ("https://bao.example/the-gioi-p9", '<a href="/the-gioi-p8">8</a>', None),
    ],
)
def test_the_next_page_of_a_list(address, markup, goes_on):
    assert next_page(markup, address) == goes_on


def test_stories_are_those_of_the_site_with_a_headline():
    markup = """<nav><h3><a href="/muc">Một mục trong danh mục của trang báo</a></h3></nav>
    <h3><a href="/tin-1.htm#binh-luan">Na Uy gửi thêm radar cho Moldova</a></h3>
    <h3><a href="/tin-1.htm">Na Uy gửi thêm radar cho Moldova</a></h3>
    <h2><a href="//video.bao.example/tin-2.htm">Pháp bàn giao xe bọc thép</a></h2>
    <h2><a href="https://khac.example/tin">Một tin của trang khác hẳn</a></h2><h2><a href="/tin-3.htm">Ngắn</a></h2>"""
    assert stories(markup, HERE) == [
        ("https://bao.example/tin-1.htm", "Na Uy gửi thêm radar cho Moldova"),
        ("https://video.bao.example/tin-2.htm", "Pháp bàn giao xe bọc thép"),
    ]


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_markup_leads_to_addresses_of_the_web_or_nowhere(text):
    for markup in (text, f'<h2><a href="{text}">Một tin dài hơn hai mươi chữ cái</a></h2>'):
        assert all(address.startswith(("http://", "https://")) for address, _ in stories(markup, HERE))
        assert next_page(markup, HERE) is None or next_page(markup, HERE).startswith("http")
