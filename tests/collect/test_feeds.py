from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.collect.feeds import FeedError, believable, feed
from vientro.collect.sitemaps import sitemap
from vientro.collect.wellformed import XmlError, ungzipped

PAGES = Path(__file__).parents[3] / "shared" / "pages"
HERE = "https://bao.example/rss/the-gioi.rss"


def rss(*items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>Thế giới</title>{"".join(items)}</channel></rss>'


def item(number: int = 1, date: str = "Mon, 02 Nov 2026 06:00:00 +0700", title: str = "Tin về viện trợ") -> str:
    return f"<item><title>{title}</title><link> /tin-{number}.html </link><pubDate>{date}</pubDate></item>"


def test_a_feed_tells_address_title_and_time():
    found = feed(rss(item(1), item(2)).encode(), HERE)
    assert [one.url for one in found.items] == ["https://bao.example/tin-1.html", "https://bao.example/tin-2.html"]
    assert (found.items[0].title, found.items[0].published) == ("Tin về viện trợ", "2026-11-01T23:00:00+00:00")
    assert found.faults == ()


def test_an_atom_feed_is_read():
    found = feed(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Tin</title><link rel="alternate" href="https://bao.example/1"/>'
        b"<published>2026-11-02T06:00:00Z</published><updated>2026-11-03T06:00:00Z</updated></entry></feed>",
        HERE,
    )
    assert (found.items[0].published, found.items[0].updated) == ("2026-11-02T06:00:00+00:00", "2026-11-03T06:00:00+00:00")


def test_what_is_wrong_with_an_item_is_told_and_costs_no_other():
    found = feed(rss(item(1), item(1), item(2, date="hôm qua"), "<item><title>Không có địa chỉ</title></item>", item(3)).encode(), HERE)
    assert [one.url[-6:-5] for one in found.items] == ["1", "2", "3"]
    assert sorted(found.faults) == ["date that is none", "item twice", "item without an address"]
    assert found.items[1].published is None


def test_broken_xml_gives_what_can_be_saved():
    found = feed(rss(item(1), item(2), item(3)).encode()[:-60] + b"<b>&nbsp; 3 < 5", HERE)
    assert len(found.items) >= 2
    assert found.faults[0] == "broken XML"


@pytest.mark.parametrize("declared", ["windows-1258", "utf-8", "iso-8859-1"])
def test_windows_1258_is_read_under_any_label(declared):
    title = "Đức viện trợ cho Ukraine hàng trăm xe và hứa gửi thêm nhiều khí tài trong những tháng tới"
    data = rss(item(1, title=title), head=f'<?xml version="1.0" encoding="{declared}"?>').encode("utf-8")
    assert feed(data, HERE).items[0].title == title


def test_an_older_encoding_is_read_as_it_says():
    title = "Tin quân sư\u0323 Nhâ\u0323t Ba\u0309n"
    data = rss(item(1, title=title), head='<?xml version="1.0" encoding="windows-1258"?>').replace("Thế giới", "Tin").encode("cp1258")
    assert feed(data, HERE).items[0].title == title


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>', "entities"),
        (b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss>&f;</rss>', "entities"),
        ('<!DOCTYPE x [<!ENTITY a "a">]><rss/>'.encode("utf-16"), "entities"),
        (b"<rss>" + b"<a>" * 1000, "nested"),
        (b"", "no feed"),
        (b"<html><body>Trang chu</body></html>", "no feed"),
        (b"\x00\x01\x02", "no feed"),
    ],
)
def test_what_is_no_feed_or_is_made_to_harm_is_refused(data, words):
    with pytest.raises(FeedError, match=words):
        feed(data, HERE)


def test_a_doctype_without_entities_loads_nothing():
    head = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
    assert len(feed(rss(item(), head=head).encode(), HERE).items) == 1


def test_dates_that_can_not_be_are_not_believed():
    now = datetime(2026, 11, 2, tzinfo=UTC)
    told = {
        "2026-11-01T00:00:00+00:00": True,
        "2026-11-02": True,
        "1970-01-01T00:00:00+00:00": False,
        "2031-01-01": False,
        None: False,
        "x": False,
    }
    assert {one: believable(one, now) for one in told} == told


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://bao.example/moi.html</loc><news:news><news:publication><news:name>Báo Mẫu</news:name></news:publication>
<news:publication_date>2026-11-02T06:00:00+07:00</news:publication_date><news:title>Tin mới</news:title></news:news>
<image:image><image:loc>https://bao.example/anh.jpg</image:loc></image:image></url>
<url><loc>https://bao.example/cu.html</loc><lastmod>2026-01-05</lastmod></url>
<url><loc>https://bao.example/khong-ngay.html</loc></url></urlset>"""


def test_a_sitemap_tells_stories_and_leaves_out_the_old():
    found = sitemap(SITEMAP.encode(), HERE)
    assert [one.url.rpartition("/")[2] for one in found.items] == ["moi.html", "cu.html", "khong-ngay.html"]
    assert (found.items[0].title, found.items[0].published) == ("Tin mới", "2026-11-02T06:00:00+07:00")
    assert found.items[1].updated == "2026-01-05"
    fresh = sitemap(gzip.compress(SITEMAP.encode()), HERE, since="2026-11-01")
    assert [one.url.rpartition("/")[2] for one in fresh.items] == ["moi.html", "khong-ngay.html"]


def test_an_index_leads_to_the_sitemaps_that_are_new_enough():
    index = (
        "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-11-02</lastmod></sitemap>"
        "<sitemap><loc>/b.xml.gz</loc><lastmod>2025-01-01</lastmod></sitemap><sitemap><loc>ftp://x/c.xml</loc></sitemap></sitemapindex>"
    )
    assert sitemap(index.encode(), HERE, since="2026-10-01").more == ("https://bao.example/a.xml",)


def test_a_sitemap_that_breaks_off_gives_what_came_before():
    found = sitemap(SITEMAP.encode()[:-120], HERE)
    assert len(found.items) == 1
    assert found.faults == ("broken XML",)


def test_a_packed_sitemap_of_several_members_is_read_to_its_end():
    assert ungzipped(gzip.compress(b"<urlset>") + gzip.compress(b"</urlset>")) == b"<urlset></urlset>"


def test_a_packed_bomb_is_refused():
    with pytest.raises(XmlError, match="too much"):
        ungzipped(gzip.compress(b"\0" * 1_000_000), most=1000)
    with pytest.raises(FeedError, match="gzip"):
        sitemap(b"\x1f\x8bnonsense", HERE)


def index() -> list[dict[str, str]]:
    path = PAGES / "index.jsonl"
    return (
        [row for line in path.read_text("utf-8").splitlines() if (row := json.loads(line))["kind"].startswith("feed")]
        if path.exists()
        else []
    )


@pytest.mark.skipif(not index(), reason="the saved feeds are not here")
@pytest.mark.parametrize("row", index(), ids=lambda row: row["file"])
def test_saved_feeds_are_read_whole(row):
    data = (PAGES / row["file"]).read_bytes()
    found = feed(data, row["url"] or HERE)
    assert len(found.items) == data.count(b"<guid>") or b"<guid>" not in data
    assert len(found.items) + len(found.faults) == data.count(b"<item>")  # one of VnExpress is empty
    assert set(found.faults) <= {"item without an address"}
    assert all(one.title and one.published and one.url.startswith("http") and " " not in one.url for one in found.items)


BITS = (
    "<rss>", "<channel>", "<item>", "</item>", "<link>http://a.example/1</link>", "<title>", "&amp;", "&nbsp;", "<![CDATA[", "]]>",
    "<feed>", "<entry>", "<urlset>", "<url>", "<loc>/a</loc>", "</url>", "<sitemapindex>", "<!--", "<a b=", "<?xml", "<pubDate>x", "ạ",
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(BITS), max_size=30).map(lambda bits: "".join(bits).encode("utf-8"))))
def test_any_bytes_are_a_list_or_are_refused(data):
    for read in (feed, sitemap):
        try:
            found = read(data, HERE)
        except FeedError:
            continue
        assert all(one.url.startswith(("http://", "https://")) for one in found.items)
