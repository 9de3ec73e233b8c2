"""What an answer from the web is: a list of stories (feed, sitemap, topic page), a story, or a document; and where a list goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from vientro.article import extract
from vientro.article.decode import NotTextError, html_of
from vientro.article.links import next_page, stories
from vientro.article.topic import FEWEST
from vientro.collect.address import known_as
from vientro.collect.feeds import FeedError, Item, Listing, feed
from vientro.collect.sitemaps import sitemap
from vientro.collect.wellformed import is_packed
from vientro.model.article import Article

if TYPE_CHECKING:
    from vientro.collect.fetch import Page

Kind = Literal["feed", "sitemap", "topic", "story", ".pdf", ".docx", "warc"]
KINDS: tuple[Kind, ...] = ("feed", "sitemap", "topic")  # those that tell of stories
_HEAD = 3000


def kind_of(page: Page) -> Kind:
    """What a page is, by its first bytes and, in HTML, by whether it reads as one story or leads to many."""
    return by_its_head(page) or ("topic" if _is_topic(page) else "story")


def by_its_head(page: Page) -> Kind | None:
    """What a page is by its first bytes; None for HTML and what is taken for it."""
    head = page.body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF"):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return ".docx"
    if head.startswith(b"WARC/") or page.address.lower().endswith((".warc", ".warc.gz")):
        return "warc"
    if is_packed(head) or b"<urlset" in head or b"<sitemapindex" in head:
        return "sitemap"
    lower = head.lower()
    if b"<rss" in lower or b"<rdf:rdf" in lower or (b"<feed" in lower and b"<html" not in lower):
        return "feed"
    return None


def _is_topic(page: Page) -> bool:
    found = extract(page.body, page.address)
    if isinstance(found, Article):
        return any(zone.kind == "entry" for zone in found.zones)
    return len(listing("topic", page).items) >= FEWEST


def listing(kind: Kind, page: Page, since: str | None = None) -> Listing:
    """The stories of a list; `more` are the lists to go on with. Raises FeedError where the page is none of its kind."""
    if kind == "feed":
        return feed(page.body, page.address)
    if kind == "sitemap":
        return sitemap(page.body, page.address, since)
    try:
        markup = html_of(page.body)
    except NotTextError as error:
        raise FeedError(str(error)) from error
    found: dict[str, Item] = {}
    for address, headline in stories(markup, page.address):
        found.setdefault(known_as(address), Item(address, headline))
    further = next_page(markup, page.address)
    return Listing(tuple(found.values()), (), (further,) if further else ())
