"""Where a topic page leads: the addresses of its stories under their headlines, and the page that goes on with the list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from vientro.article.markup import clean, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 1000
_HEADLINES = (
    "h1 a[href], h2 a[href], h3 a[href], h4 a[href], h5 a[href], a[class*=title][href], [class*=title] > a[href], "
    "[class*=headline] > a[href], article a[href]"
)
# The address of a story holds its number, or its headline as words with hyphens.
_STORY = re.compile(r"\d{5}|(?:[^/-]+-){4}[^/]*$")
_ASIDE = "nav, footer, [class*=breadcrumb], [class*=comment]"
_SHORTEST = 20
_NEXT = "link[rel=next][href], a[rel=next][href], a[class*=next][href], [class*=next] > a[href], a[aria-label*=Next][href]"
_NEXT_WORDS = frozenset(("›", "»", ">", "❯", "tiếp", "tiếp theo", "trang sau", "sau", "next", "next page", "older", "older posts"))
_NUMBER = re.compile(r"(?:[/-](?:trang|page|p)[-/]?|[?&](?:page|trang|p)=)(\d{1,4})(?=[./?&]|$)", re.IGNORECASE)
_TWO_LEVELS = frozenset(("com", "net", "org", "gov", "edu", "info", "co", "ac"))


def stories(markup: str, address: str) -> list[tuple[str, str]]:
    """Address and headline of each story of the same site that a page leads to, in its order, each address once."""
    tree = LexborHTMLParser(markup)
    for aside in reversed(tree.css(_ASIDE)):
        aside.decompose()
    home = _site(address)
    headed = {link.mem_id for link in tree.css(_HEADLINES)}
    found: dict[str, str] = {}
    for link in tree.css("a[href]")[: 10 * MOST]:
        target = _whole(link.attributes.get("href"), address)
        if not target or target in found or _site(target) != home or not (link.mem_id in headed or _STORY.search(urlsplit(target).path)):
            continue
        headline = clean(link.attributes.get("title")) or text_of(link)
        if len(headline) >= _SHORTEST and len(urlsplit(target).path) > 1 and len(found) < MOST:
            found[target] = headline
    return list(found.items())


def next_page(markup: str, address: str) -> str | None:
    """The page that goes on with the list of this one, by what it is called or by its number; None on the last page."""
    tree = LexborHTMLParser(markup)
    links = [(target, link) for link in tree.css("a[href]") if (target := _whole(link.attributes.get("href"), address))]
    named = [target for link in tree.css(_NEXT) if (target := _whole(link.attributes.get("href"), address))]
    named += [target for target, link in links if len(link.attributes.get("href") or "") < 300 and text_of(link).lower() in _NEXT_WORDS]
    here = _trunk(address)
    return next((target for target in named if target != address and _trunk(target) == here), None) or _numbered(
        address, (target for target, _ in links)
    )


def _numbered(address: str, targets: Iterable[str]) -> str | None:
    """The link to this same list under the next number."""
    here, wanted = _trunk(address), _number(address) + 1
    return next((target for target in targets if _number(target) == wanted and _trunk(target) == here), None)


def _number(address: str) -> int:
    found = _NUMBER.search(address)
    return int(found[1]) if found else 1


def _trunk(address: str) -> str:
    """The address of a list without the number of its page, and without its ending, which only some pages of a list have."""
    parts = urlsplit(address)
    path = _NUMBER.sub("", parts.path)
    path = re.sub(r"\.(?:html?|vnp|chn|epi)$", "", path).rstrip("/")
    return f"{parts.netloc}{path}"


def _whole(href: str | None, address: str) -> str | None:
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    try:
        target = urljoin(address, href.strip()).partition("#")[0]
        return target if urlsplit(target).scheme in ("http", "https") else None
    except ValueError:
        return None


def _site(address: str) -> str:
    """The name that a site's hosts share: "e.vnexpress.net" and "vnexpress.net" are one site."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    labels = host.split(".")
    if host.replace(".", "").isdigit():
        return host
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _TWO_LEVELS and len(labels[-1]) == 2 else labels[-2:])
