"""What `add` makes of an address: topic pages and sitemaps are walked back to a day, and everything comes once."""

from __future__ import annotations

import pytest
from outlet import HERE, page, tools
from played import Answer

from vientro.collect.sources import Source
from vientro.store.redaction import redact
from vientro.store.store import Store
from vientro.tasks import collecting
from vientro.tasks.watching import add, round_


@pytest.fixture
def at_work(web, clock, stages, tmp_path):
    with Store(tmp_path / "x.db") as store:
        made = tools(web, clock, store, stages, tmp_path / "archive")
        yield made
        made.fetcher.close()


def topic(number: int, last: bool = False) -> Answer:
    """A page of a list of eight stories a page, the later pages older."""
    links = "".join(
        f'<div class="item"><h3><a href="/tin-dai-{100000 + 8 * number + k}.html">Tin số {8 * number + k} của mục thế giới</a></h3></div>'
        for k in range(8)
    )
    more = "" if last else f'<a class="next" href="/the-gioi/trang-{number + 2}.htm">›</a>'
    return Answer(f"<html><head><title>Thế giới</title></head><body><h1>Thế giới</h1>{links}{more}</body></html>".encode())


@pytest.fixture
def section(web):
    for number in range(4):
        web.pages[f"{HERE}/the-gioi{'' if not number else f'/trang-{number + 1}'}.htm"] = topic(number, last=number == 3)
    for story in range(32):
        web.pages[f"{HERE}/tin-dai-{100000 + story}.html"] = Answer(page(story, day=f"2026-10-{28 - story // 2:02}"))


def test_a_topic_page_gives_its_stories_and_is_walked_back_to_a_day(section, at_work):
    assert add(f"{HERE}/the-gioi.htm", at_work, since=None, tell=lambda _: None).articles == 8
    tally = add(f"{HERE}/the-gioi.htm", at_work, since="2026-10-22", tell=lambda _: None)
    assert (tally.news, tally.articles) == (16, 16)  # up to the first page whose stories are all older
    assert len(list(at_work.store.articles())) == 24


def test_a_sitemap_is_walked_with_the_days_that_it_tells(web, section, at_work):
    rows = "".join(f"<url><loc>/tin-dai-{100000 + k}.html</loc><lastmod>2026-10-{28 - k // 2:02}</lastmod></url>" for k in range(32))
    web.pages[f"{HERE}/a.xml"] = Answer(f"<urlset>{rows}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    old = "<sitemap><loc>/cu.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
    index = f"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap>{old}</sitemapindex>"
    web.pages[f"{HERE}/map.xml"] = Answer(index.encode(), headers={"Content-Type": "application/xml"})
    tally = add(f"{HERE}/map.xml", at_work, since="2026-10-27", tell=lambda _: None)
    assert (tally.news, tally.articles, tally.lost) == (4, 4, {})
    assert web.asked[f"{HERE}/cu.xml"] == 0


def test_pages_that_ask_not_to_be_mined_are_left_out_and_counted(web, at_work):
    web.pages[f"{HERE}/tin-1.html"] = Answer(page(1, head='<meta name="tdm-reservation" content="1">'))
    tally = add(f"{HERE}/tin-1.html", at_work, since=None, tell=lambda _: None)
    assert tally.lost == {"opted out: its meta field tdm-reservation": 1}
    assert at_work.store.count() == 0
    assert not at_work.archive.folder.exists()


def test_what_was_stopped_goes_on(web, section, at_work, monkeypatch):
    taken = []

    def stop(_turn):
        taken.append(1)
        if len(taken) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(f"{HERE}/the-gioi.htm", at_work, since=None, tell=stop)
    assert at_work.store.count() == 3
    assert add(f"{HERE}/the-gioi.htm", at_work, since=None, tell=lambda _: None).articles == 5
    assert max(count for url, count in web.asked.items() if "tin-dai" in url) == 1


def test_a_text_that_was_taken_down_does_not_come_back(web, at_work):
    web.pages[f"{HERE}/tin-1.html"] = Answer(page(1))
    add(f"{HERE}/tin-1.html", at_work, since=None, tell=lambda _: None)
    (article,) = at_work.store.articles()
    for hash_ in redact(at_work.store, article.id, "theo yêu cầu của tòa soạn")[1]:
        at_work.archive.drop(hash_)
    web.pages[f"{HERE}/tin-1.html"] = Answer(page(1) + b"<!-- -->")
    tally = add(f"{HERE}/tin-1.html", at_work, since=None, tell=lambda _: None)
    assert tally.lost == {"its text was taken down from this ledger": 1}
    assert not list(at_work.archive.folder.rglob("*.gz"))


def test_a_text_that_was_taken_down_does_not_come_back_by_a_changed_word(web, at_work):
    web.pages[f"{HERE}/tin-1.html"] = Answer(page(1))
    add(f"{HERE}/tin-1.html", at_work, since=None, tell=lambda _: None)
    (article,) = at_work.store.articles()
    for hash_ in redact(at_work.store, article.id, "theo yêu cầu của tòa soạn")[1]:
        at_work.archive.drop(hash_)
    web.pages[f"{HERE}/tin-1.html"] = Answer(page(1, sum_=999))
    tally = add(f"{HERE}/tin-1.html", at_work, since=None, tell=lambda _: None)
    assert tally.lost == {"its text was taken down from this ledger": 1}
    assert [one.text for one in at_work.store.articles()] == [""]
    assert not list(at_work.archive.folder.rglob("*.gz"))


def test_a_page_that_brings_out_a_bug_costs_that_page_alone(web, section, at_work, monkeypatch):
    whole = collecting.extract

    def fragile(data, url):
        if url.endswith("100003.html"):
            raise ZeroDivisionError
        return whole(data, url)

    monkeypatch.setattr(collecting, "extract", fragile)
    tally = add(f"{HERE}/the-gioi.htm", at_work, since=None, tell=lambda _: None)
    assert (tally.articles, [reason for reason in tally.lost if "ZeroDivisionError" in reason]) == (7, list(tally.lost))


def test_a_watched_index_of_sitemaps_gives_the_stories_of_the_last_days(web, clock, section, at_work):
    rows = "".join(
        f"<url><loc>/tin-dai-{100000 + k}.html</loc><lastmod>2026-{month}</lastmod></url>" for k, month in enumerate(["11-01", "09-01"])
    )
    web.pages[f"{HERE}/a.xml"] = Answer(f"<urlset>{rows}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    index = "<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2026-11-02</lastmod></sitemap></sitemapindex>"
    web.pages[f"{HERE}/map.xml"] = Answer(index.encode(), headers={"Content-Type": "application/xml"})
    assert round_([Source("Sơ đồ", f"{HERE}/map.xml")], at_work, punctual=True, tell=lambda _: None) == 1
