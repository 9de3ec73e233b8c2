"""Random bytes, steered by coverage, against whatever reads strangers' data: feeds, sitemaps, pages, WARC files, robots rules, packings.

    pip install atheris
    python bench/fuzz.py [SECONDS]         default 600; one after the other, each gets its share

Nothing may be raised but what a reader says it raises, and no input of some kilobytes may take more than a second. A find is printed with
its bytes, and ends the run.
"""
# ruff: noqa: T201  it prints what it found

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["vientro", "feedparser", "fastfeedparser", "protego"]):
    from vientro.article import extract
    from vientro.article.decode import NotTextError, html_of
    from vientro.article.links import next_page, stories
    from vientro.collect import warc
    from vientro.collect.feeds import FeedError, feed
    from vientro.collect.fetch import Page, unpacked
    from vientro.collect.manners import opted_out, parsed, reservations
    from vientro.collect.sitemaps import sitemap

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "https://bao.example/the-gioi.htm"
SLOWEST = 1.0


def feeds(data: bytes) -> None:
    for read in (feed, sitemap):
        try:
            read(data, HERE)
        except FeedError:
            continue


def pages(data: bytes) -> None:
    extract(data, HERE)
    try:
        markup = html_of(data)
    except NotTextError:
        return
    stories(markup, HERE)
    next_page(markup, HERE)


def crawls(data: bytes) -> None:
    for _ in warc.pages("a.warc", io.BytesIO(data)):
        pass


def rules(data: bytes) -> None:
    parsed(data).can_fetch(HERE, "vientro")
    reservations(data)
    opted_out(Page(HERE, HERE, 200, (("x-robots-tag", data.decode("latin-1")),), data, ""))


def packings(data: bytes) -> None:
    for packing in ("", "gzip", "deflate"):
        unpacked([data[:10], data[10:]], packing, 100_000)


_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: 64\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>a</p>\r\n\r\n"
)

TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "feeds": (
        feeds,
        [
            b"<rss><channel><item><title>a</title><link>/1</link><pubDate>Mon, 02 Nov 2026 06:00:00 +0700</pubDate></item></channel></rss>",
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/1"/><updated>2026-11-02</updated></entry></feed>',
            b"<urlset><url><loc>/1</loc><lastmod>2026-11-02</lastmod></url></urlset>",
        ],
    ),
    "pages": (pages, [b"<html><h1>a</h1><p class=sapo>b</p><article><p>c</p><a class=next href='?page=2'>d</a></article></html>"]),
    "crawls": (crawls, [_RECORD]),
    "rules": (rules, [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3\nSitemap: /x.xml", b'[{"location": "/*", "tdm-reservation": 1}]']),
    "packings": (packings, [b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03K\x04\x00C\xbe\xb7\xe8\x01\x00\x00\x00"]),
}


def run(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    target, seeds = TARGETS[name]

    def once(data: bytes) -> None:
        start = time.process_time()
        target(data)
        if (took := time.process_time() - start) > SLOWEST:
            raise TimeoutError(f"{len(data)} bytes took {took:.1f} seconds")

    folder = f"/tmp/vientro-fuzz-{os.getpid()}"  # noqa: S108  seeds for this run alone
    os.makedirs(folder)  # noqa: PTH103
    for number, seed in enumerate(seeds):
        with open(f"{folder}/{number}", "wb") as out:  # noqa: PTH123
            out.write(seed)
    atheris.Setup([sys.argv[0], folder, f"-max_total_time={seconds}", "-max_len=4096", "-timeout=20", "-print_final_stats=1"], once)
    atheris.Fuzz()


def main() -> None:
    if len(sys.argv) > 2:
        run(sys.argv[1], int(sys.argv[2]))
        return
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    for name in TARGETS:
        print(f"== {name}", flush=True)
        done = subprocess.run([sys.executable, __file__, name, str(seconds // len(TARGETS))], check=False)  # noqa: S603
        if done.returncode:
            sys.exit(f"{name}: a find")
    print("nothing found")


if __name__ == "__main__":
    main()
