"""Which page an address names, however it is spelled."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_LEADING = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=.+\.)")
_PORTS = {"http": 80, "https": 443}
# What only tells how a reader came to the page.
_TRACKS = re.compile(
    r"(?:utm|mtm|pk|hsa)_.+|(?:fb|g|dc|ms|tw|yc)clid|[gw]braid|gclsrc|igshid|zarsrc|_gl|_ga|mc_[ce]id|ref(?:_src|_url)?|cmpid|spm|amp"
)


def page_named(address: str) -> str:
    """The page without its scheme, "www.", fragment, last slash and what only tracks readers: one word for all its spellings.

    "" for the address of a whole site; what is no address of the web comes back as it is.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return address
    if parts.scheme not in _PORTS or not host:
        return address
    path = re.sub("/{2,}", "/", unquote(parts.path)).rstrip("/")
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKS.fullmatch(pair[0].lower()))
    if not path and not asked:
        return ""
    place = f"{host}:{port}" if port and port != _PORTS[parts.scheme] else host
    return f"{_LEADING.sub('', place, count=1)}{path}?{urlencode(asked)}"
