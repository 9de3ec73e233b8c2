"""What a site allows and how fast: robots.txt (RFC 9309), Crawl-delay, reservations of text and data mining, the pause between requests.

Sources: RFC 9309; TDMRep, W3C Community Group Final Report 2024-02 (/.well-known/tdmrep.json, header and meta `tdm-reservation`);
the robots directives `noai` and `noml` of header and meta, which are a custom and no standard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import msgspec
from protego import Protego

from vientro.collect.address import host_of, site_of
from vientro.collect.fetch import AGENT, Fault, Fetcher, Page

_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
_AGAIN = timedelta(minutes=30)  # until rules that could not be had are asked for again
_LONGEST = 500 * 1024  # RFC 9309, 2.5: what is to be read of a robots.txt at least
_MOST_RESERVED = 1000
LONGEST_PAUSE = 60.0  # seconds slept before a request; who has to wait longer comes back later
_META = re.compile(rb"<meta\b[^>]{0,400}>", re.IGNORECASE)
_NAME = re.compile(rb"name\s*=\s*[\"']?(robots|vientro|tdm-reservation)\b", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*[\"']?([^\"'>]{0,200})", re.IGNORECASE)
_HEAD = 50_000
_NO_MINING = frozenset(("noai", "noml"))


class Clock(Protocol):
    """Time, which a test plays itself."""

    def now(self) -> datetime: ...

    def sleep(self, seconds: float, /) -> None: ...


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a site says; `robots` is None where it could not be had, and nothing is asked of the site then."""

    until: datetime
    robots: Protego | None
    kind: str = ""
    why: str = ""
    reserved: tuple[str, ...] = ()


class _Reservation(msgspec.Struct, rename="kebab"):
    location: str = "/"
    tdm_reservation: int = 0


_reservations = msgspec.json.Decoder(list[_Reservation])


@dataclass(slots=True)
class Manners:
    """The manners of one program towards all sites. `delay` is the least pause between two requests to a host, in seconds."""

    fetcher: Fetcher
    clock: Clock
    delay: float = 2.0
    _rules: dict[str, _Rules] = field(default_factory=dict)
    _next: dict[str, datetime] = field(default_factory=dict)

    def permit(self, url: str) -> Fault | None:
        """Waits for the host's next turn; the fault where the site does not allow the request, or not now."""
        rules = self._of(url)
        if isinstance(rules, Fault):
            return rules
        if rules.robots is None:
            return Fault(url, rules.kind, rules.why)
        if not rules.robots.can_fetch(url, AGENT):
            return Fault(url, "robots", "robots.txt does not allow it")
        path = urlsplit(url).path or "/"
        if any(_lies_in(path, pattern) for pattern in rules.reserved):
            return Fault(url, "opted out", "tdmrep.json reserves text and data mining")
        return self._turn(url, max(self.delay, rules.robots.crawl_delay(AGENT) or 0.0))

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the site's robots.txt names."""
        rules = self._of(url)
        return list(rules.robots.sitemaps)[:100] if isinstance(rules, _Rules) and rules.robots else []

    def ready(self, url: str) -> datetime:
        """When the host may be asked next."""
        return self._next.get(host_of(url), self.clock.now())

    def pause(self, url: str, seconds: float) -> None:
        """Leave the host alone for so long: it said so."""
        host = host_of(url)
        self._next[host] = max(self.ready(url), self.clock.now() + timedelta(seconds=seconds))

    def _turn(self, url: str, delay: float) -> Fault | None:
        now, host = self.clock.now(), host_of(url)
        wait = (self._next.get(host, now) - now).total_seconds()
        if wait > LONGEST_PAUSE:
            return Fault(url, "not its turn", f"the host is left alone for {wait:.0f} seconds more", retry=wait)
        if wait > 0:
            self.clock.sleep(wait)
        self._next[host] = self.clock.now() + timedelta(seconds=delay)
        return None

    def _of(self, url: str) -> _Rules | Fault:
        site, now = site_of(url), self.clock.now()
        known = self._rules.get(site)
        if known and known.until > now:
            return known
        if late := self._turn(url, self.delay):
            return late
        found = self.fetcher.get(f"{site}/robots.txt", permitted=True)
        rules = _told(found, now)
        if rules.robots is not None:
            if late := self._turn(url, self.delay):
                return late
            told = self.fetcher.get(f"{site}/.well-known/tdmrep.json", permitted=True)
            rules = replace(rules, reserved=reservations(told.body) if isinstance(told, Page) else ())
        self._rules[site] = rules
        return rules


def _told(found: Page | Fault, now: datetime) -> _Rules:
    if isinstance(found, Page):
        return _Rules(now + _KEPT, parsed(found.body))
    if found.status and 400 <= found.status < 500 and found.status != 429:  # RFC 9309, 2.3.1.3: unavailable means allowed
        return _Rules(now + _KEPT, parsed(b""))
    if found.kind == "private address":
        return _Rules(now + _KEPT, None, found.kind, found.detail)
    return _Rules(now + _AGAIN, None, "robots unknown", found.words)


def parsed(body: bytes) -> Protego:
    text = body[:_LONGEST].decode("utf-8", "replace")
    try:
        return Protego.parse(text)
    except (ValueError, IndexError, RecursionError):
        return Protego.parse("User-agent: *\nDisallow: /\n")  # rules that can't be read are taken for a no


def reservations(body: bytes) -> tuple[str, ...]:
    """The paths whose text and data mining is reserved by a tdmrep.json; none where the file is none."""
    try:
        found = _reservations.decode(body[:_LONGEST])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ()
    return tuple(urlsplit(one.location).path or "/" for one in found[:_MOST_RESERVED] if one.tdm_reservation == 1)


def _lies_in(path: str, pattern: str) -> bool:
    """Whether a path begins as a pattern of tdmrep.json says, where `*` is anything and `$` the end; linear in both."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in others:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not pattern.endswith("$") or (path.endswith(others[-1]) if others else at == len(path))


def opted_out(page: Page) -> str:
    """How a page itself says that it is not to be mined; "" where it does not."""
    for name, value in page.headers:
        if name == "tdm-reservation" and value.strip() == "1":
            return "the header tdm-reservation"
        if name == "x-robots-tag" and _NO_MINING & _directives(value):
            return "the header X-Robots-Tag"
    for meta in _META.finditer(page.body[:_HEAD]):
        named, content = _NAME.search(meta[0]), _CONTENT.search(meta[0])
        if named and content:
            about, said = named[1].decode("ascii").lower(), content[1].decode("latin-1")
            if said.strip() == "1" if about == "tdm-reservation" else _NO_MINING & _directives(said):
                return f"its meta field {about}"
    return ""


def _directives(value: str) -> set[str]:
    """Directives, without the name of a robot before them; those for another robot are none of ours."""
    robot, colon, rest = value.partition(":")
    if colon and "," not in robot and robot.strip().lower() not in ("*", AGENT):
        return set()
    return {part.strip().lower() for part in (rest if colon and "," not in robot else value).split(",")}
