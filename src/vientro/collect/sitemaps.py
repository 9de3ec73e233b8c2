"""Sitemaps (sitemaps.org, and the news sitemaps of Google) to items and to further sitemaps."""

from __future__ import annotations

from vientro.collect.address import BadAddressError, checked
from vientro.collect.feeds import FeedError, Listing, listed
from vientro.collect.wellformed import XmlError, is_packed, prepared, ungzipped, walked

_MOST = 60_000  # addresses of one file; the protocol allows 50,000
_ENTRIES = {"loc": 0, "title": 1, "publication_date": 2, "lastmod": 3}


def sitemap(data: bytes, url: str, since: str | None = None) -> Listing:
    """The stories of a sitemap, or the sitemaps of an index; raises FeedError where the bytes are neither.

    `since` (a day in ISO 8601) leaves out what was last changed before it; what tells no day is kept.
    """
    try:
        xml = prepared(ungzipped(data) if is_packed(data) else data)
    except XmlError as error:
        raise FeedError(str(error)) from error
    rows: list[list[str]] = []
    further: list[list[str]] = []
    kind, now = "", ["", "", "", ""]

    def tell(path: tuple[str, ...], text: str) -> None:
        nonlocal kind, now
        kind = kind or path[0]
        name = path[-1]
        if name in ("url", "sitemap") and len(path) == 2:
            if len(rows) + len(further) < _MOST:
                (rows if name == "url" else further).append(now)
            now = ["", "", "", ""]
        elif name in _ENTRIES and not now[_ENTRIES[name]] and path[-2:-1] != ("image",):
            now[_ENTRIES[name]] = text

    broken = walked(xml.data, tell)
    if kind not in ("urlset", "sitemapindex"):
        raise FeedError(f"no sitemap{': ' + broken if broken else ''}")
    fresh = [row for row in rows if _not_before(row[2] or row[3], since)]
    found = listed([(row[0], row[1], row[2], row[3]) for row in fresh], url, ("broken XML",) if broken else ())
    more = [address for row in further if _not_before(row[3], since) and (address := _whole(row[0], url))]
    return Listing(found.items, found.faults, tuple(more))


def _not_before(day: str, since: str | None) -> bool:
    return not (day and since) or day[:10] >= since


def _whole(address: str, url: str) -> str:
    try:
        return checked(address, url)
    except BadAddressError:
        return ""
