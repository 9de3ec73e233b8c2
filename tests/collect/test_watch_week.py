"""A week of an outlet that does all that outlets do to a collector: nothing is lost, nothing comes twice, each fault is counted by name."""

from __future__ import annotations

import gzip
import unicodedata

import pytest
from outlet import FEED, HERE, Outlet, page, tools
from played import Answer

from vientro.collect.sources import Source
from vientro.store import pages
from vientro.store.store import Store
from vientro.tasks.watching import round_

HTML = {"Content-Type": "text/html; charset=utf-8"}
SOURCE = Source("Báo Mẫu", FEED, "feed", 1800)


@pytest.fixture
def at_work(web, clock, stages, tmp_path):
    with Store(tmp_path / "x.db") as store:
        made = tools(web, clock, store, stages, tmp_path / "x.db.archive")
        yield made
        made.fetcher.close()


def titles(store: Store) -> list[str]:
    return sorted(article.title for article in store.articles())


def counted(at_work, kind: str) -> dict[str, int]:
    return {what: count for (_, of, what), count in at_work.desk.counts().items() if of == kind}


def test_a_week_of_an_outlet(web, clock, at_work, monkeypatch):
    outlet = Outlet(web, clock)
    lines: list[str] = []
    number = 0

    def hours(count: int, news: int = 1) -> None:
        nonlocal number
        for _ in range(count):
            clock.forward(hours=4)
            for _ in range(news):
                number += 1
                outlet.publish(number)
            round_([SOURCE], at_work, punctual=True, tell=lines.append)

    # Monday: the feed grows; a story stands in it twice, one has no address, one a date that can't be.
    outlet.extra = (
        f"<item><link>{HERE}/tin-1.html</link></item><item><title>Không địa chỉ</title></item>"
        f"<item><title>Tin số 900</title><link>{HERE}/tin-900.html</link><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate></item>"
    )
    web.pages[f"{HERE}/tin-900.html"] = Answer(page(900))
    hours(3)
    outlet.extra = ""
    hours(3)
    assert len(titles(at_work.store)) == 7

    # Tuesday: the server is down, then says too many, then speaks no XML; the stories of those hours come later, all of them.
    good = web.pages[FEED]
    for bad in (
        Answer(status=500),
        Answer(status=429, headers={"Retry-After": "7200"}),
        Answer(b"<rss><channel><item><title>hong"[:20]),
        Answer(stall=True),
        Answer(b"<html>Bao tri</html>", headers=HTML),
    ):
        web.pages[FEED] = bad
        hours(1)
    web.pages[FEED] = good
    hours(7, news=0)
    assert len(titles(at_work.store)) == 12

    # Wednesday: pages fail in every way, and come at last.
    hostile = {
        "server error": Answer(status=503, headers={"Retry-After": "60"}),
        "truncated": Answer(page(14)[:300], short=500, headers=HTML),
        "timeout": Answer(stall=True),
        "unpacks to too much": Answer(gzip.compress(b" " * 5_000_000), headers={**HTML, "Content-Encoding": "gzip"}),
        "redirect loop": Answer(status=302, headers={"Location": "/tin-16.html?utm_source=rss"}),
        "private address": Answer(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}),
        "not found": Answer(status=404),
        "kind of content": Answer(b"GIF89a", headers={"Content-Type": "image/gif"}),
    }
    web.names["169.254.169.254"] = ["169.254.169.254"]
    first, good = number + 1, {}
    for bad in hostile.values():
        number += 1
        url = outlet.publish(number)
        good[url], web.pages[url] = web.pages[url], bad
    clock.forward(hours=4)
    for _ in range(2):  # the host that says to wait has its other pages left alone as well
        round_([SOURCE], at_work, punctual=True, tell=lines.append)
        clock.forward(minutes=5)
    web.pages |= good
    hours(6, news=0)
    faults = counted(at_work, "fault")
    assert set(hostile) <= set(faults)
    assert {"too many requests", "item twice", "item without an address", "date that can't be"} <= set(faults)
    assert len(titles(at_work.store)) == 12 + 3  # those that pass by themselves; the others are refused, and say why
    refused = [
        turn for turn in at_work.desk.known([f"{HERE}/tin-{n}.html" for n in range(first, number + 1)]).values() if turn.state == "refused"
    ]
    assert len(refused) == 5
    assert all(turn.reason for turn in refused)

    # Thursday: encodings, rightly and wrongly named.
    number += 1
    url = outlet.publish(number)
    web.pages[url] = Answer(_windows(page(number).decode()), headers={"Content-Type": "text/html; charset=utf-8"})
    hours(1)
    web.pages[f"{HERE}/tin-{number}.html"] = Answer(page(number), headers={"Content-Type": "text/html; charset=iso-8859-1"})
    hours(3)
    before = len(titles(at_work.store))

    # Friday: an edit changes a sum, another story is withdrawn; both versions stay.
    edited, gone = f"{HERE}/tin-{number}.html", f"{HERE}/tin-{number - 1}.html"
    web.pages[edited], web.pages[gone] = Answer(page(number, sum_=777)), Answer(status=410)
    hours(6, news=0)
    assert len(titles(at_work.store)) == before + 1
    superseded, withdrawn = pages.replaced(at_work.store), pages.withdrawn(at_work.store)
    assert (len(superseded), len(withdrawn)) == (1, 1)
    versions = pages.history(at_work.store, next(iter(superseded)))
    assert [version.why for version in versions] == ["new", "changed"]
    (last,) = [version for version in pages.history(at_work.store, next(iter(withdrawn))) if version.article is None]
    assert last.why == "withdrawn: gone: HTTP 410"

    # The weekend: no news, which is no fault.
    hours(12, news=0)
    state = at_work.desk.source("Báo Mẫu")
    assert (state.failures, state.fault) == (0, "")
    assert state.news < state.succeeded

    # Nothing twice: every story is one article but for the edited one; every request kept its distance.
    found = titles(at_work.store)
    assert len(found) - len(set(found)) == 1
    assert len(web.log) < 500
    assert all(line.startswith("Báo Mẫu: ") and "\n" not in line for line in lines)
    for article in at_work.store.articles():
        for version in pages.history(at_work.store, article.id):
            assert version.page is None or at_work.archive.get(version.page)


def _windows(text: str) -> bytes:
    """Vietnamese in Windows-1258: the letter, then its tone."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        out.append(base + "".join(tones))
    return "".join(out).encode("cp1258")
