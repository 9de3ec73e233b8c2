"""Addresses of the web: which are asked at all, and under which name a page is known."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urljoin, urlsplit

import courlan
import httpx2

_SCHEMES = ("http", "https")
_LONGEST = 2048
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NAT64 = IPv6Network("64:ff9b::/96")


class BadAddressError(ValueError):
    """The address is none that is asked; `str(error)` says why in plain words."""


def checked(address: str, base: str = "") -> str:
    """The address as it is sent, made whole by `base` and without its fragment; raises BadAddressError.

    Only http and https are asked, and never with a name and password in the address.
    """
    try:
        whole = urljoin(base, _UNSAFE.sub("", address)) if base else _UNSAFE.sub("", address)
        if len(whole) > _LONGEST:
            raise BadAddressError("an address that is too long")
        parts = urlsplit(whole)
        if parts.scheme.lower() not in _SCHEMES:
            raise BadAddressError(f"only http and https are read, not {parts.scheme or 'an address without a scheme'}"[:80])
        if "@" in parts.netloc:
            raise BadAddressError("an address with a name or password in it")
        _ = parts.port  # raises where it is none
        url = httpx2.URL(whole).copy_with(fragment=None)
    except BadAddressError:
        raise
    except (ValueError, httpx2.InvalidURL, UnicodeError) as error:
        raise BadAddressError("no address that can be understood") from error
    if not url.host:
        raise BadAddressError("an address without a host")
    return str(url)


def known_as(address: str) -> str:
    """The name of a page: its address without what only tracks readers, so that one page is not fetched under two addresses."""
    try:
        name = courlan.normalize_url(address)
    except ValueError:
        return address
    return name if isinstance(name, str) and name else address


def host_of(address: str) -> str:
    """The host in small letters, without its port; "" where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def site_of(address: str) -> str:
    """Scheme, host and port: what has one robots.txt."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local, shared (CGNAT), multicast or reserved.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) is judged by itself.
    """
    ip = ip_address(number.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = _inner(ip)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inner(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo
    return ip.ipv4_mapped or ip.sixtofour or (teredo[1] if teredo else None)
