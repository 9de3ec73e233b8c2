"""One page from the web: asked for under limits of time, size, redirects and kind, and what went wrong under a name that is counted."""

from __future__ import annotations

import ssl
import zlib
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import httpcore2

from vientro.collect.address import BadAddressError, checked
from vientro.collect.network import Deadline, Network, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

AGENT = "vientro"
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_MOST_MEMBERS = 100  # of one gzip file (RFC 1952, 2.2): each costs a copy of what follows it
_LONGEST_WAIT = 7 * 86_400  # seconds; a server that says to come back in a year is asked again after a week
_KINDS = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf", "application/pdf",
          "application/vnd.openxmlformats-officedocument.wordprocessingml", "application/gzip", "application/x-gzip", "application/warc",
          "application/json", "application/octet-stream", "binary/octet-stream")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as fetched, unpacked from how they travelled. `url` is what was asked, `address` where the redirects led;
    `fetched` is ISO 8601 in UTC; names of headers are in small letters. Status 304 has no body: the page has not changed."""

    url: str
    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no page. `kind` is one of few names that faults are counted under; `retry` is in how many seconds the server
    wants to be asked again, where it says so."""

    url: str
    kind: str
    detail: str = ""
    status: int | None = None
    retry: float | None = None

    @property
    def passing(self) -> bool:
        """Whether the same request may well succeed later."""
        return self.kind in _PASSING

    @property
    def words(self) -> str:
        return f"{self.kind}: {self.detail}" if self.detail else self.kind


_PASSING = frozenset(
    ("no such host", "no connection", "timeout", "truncated", "broken answer", "too many requests", "server error", "robots unknown")
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a body before and after unpacking, seconds for the whole and for getting connected, redirects in a row."""

    size: int = 10_000_000
    seconds: float = 30.0
    connect: float = 10.0
    redirects: int = 5


def _permitted(_url: str) -> None:
    return None


@dataclass(slots=True)
class Fetcher:
    """Asks for pages, one at a time. `permit` is asked before each request, redirects included, and says why one is not to be made."""

    now: Callable[[], datetime]
    network: Network = field(default_factory=Network)
    limits: Limits = field(default_factory=Limits)
    agent: str = AGENT
    permit: Callable[[str], Fault | None] = _permitted
    _deadline: Deadline = field(default_factory=Deadline)
    _pool: httpcore2.ConnectionPool | None = None

    def get(self, url: str, *, etag: str = "", modified: str = "", permitted: bool = False) -> Page | Fault:
        """The page at an address, or why there is none; `permitted` leaves out asking (robots.txt itself)."""
        conditions = [("If-None-Match", etag)] * bool(etag) + [("If-Modified-Since", modified)] * bool(modified)
        self._deadline.start(self.limits.seconds)
        try:
            address = checked(url)
        except BadAddressError as error:
            return Fault(url, "bad address", str(error))
        seen = {address}
        for _ in range(self.limits.redirects + 1):
            if not permitted and (refusal := self.permit(address)):
                return refusal
            answer = self._ask(url, address, conditions)
            if not isinstance(answer, str):
                return answer
            try:
                address = checked(answer, address)
            except BadAddressError as error:
                return Fault(url, "bad redirect", str(error))
            if address in seen:
                return Fault(url, "redirect loop")
            seen.add(address)
        return Fault(url, "too many redirects")

    def close(self) -> None:
        if self._pool:
            self._pool.close()
            self._pool = None

    def _ask(self, url: str, address: str, conditions: list[tuple[str, str]]) -> Page | Fault | str:
        """The answer to one request; the place that a redirect leads to as a string."""
        self._pool = self._pool or self.network.pool(self._deadline)
        # A packing that was not asked for is refused: what can't be unpacked piece by piece under a limit is not taken.
        headers = [("User-Agent", self.agent), ("Accept-Encoding", "gzip"), ("Accept", "*/*"), *conditions]
        self._deadline.start(self.limits.seconds)
        wait = {"connect": self.limits.connect, "read": self.limits.seconds, "write": self.limits.seconds, "pool": self.limits.connect}
        try:
            with self._pool.stream("GET", address, headers=headers, extensions={"timeout": wait}) as response:
                return self._read(url, address, response)
        except RefusedError as error:
            return Fault(url, "private address", str(error))
        except httpcore2.TimeoutException as error:
            return Fault(url, "timeout", str(error))
        except httpcore2.RemoteProtocolError as error:
            return Fault(url, "truncated" if "incomplete" in str(error) or "without sending" in str(error) else "broken answer", str(error))
        except (httpcore2.NetworkError, ssl.SSLError, OSError) as error:
            unknown = "host is unknown" in str(error)
            return Fault(url, "no such host" if unknown else "no connection", str(error))
        except (httpcore2.ProtocolError, httpcore2.UnsupportedProtocol, UnicodeError, ValueError) as error:
            return Fault(url, "broken answer", str(error))

    def _read(self, url: str, address: str, response: httpcore2.Response) -> Page | Fault | str:
        status = response.status
        headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in response.headers)
        told = dict(reversed(headers))
        if status in _REDIRECTS and told.get("location"):
            return _location(told["location"])
        page = Page(url, address, status, headers, b"", self.now().isoformat(timespec="seconds"))
        if status == 304:
            return page
        if status != 200:
            return failed(url, status, told.get("retry-after", ""), self.now())
        kind = told.get("content-type", "").strip().lower()
        if kind and not kind.startswith(_KINDS):
            return Fault(url, "kind of content", kind[:80])
        if told.get("content-length", "").isdecimal() and int(told["content-length"][:20]) > self.limits.size:
            return Fault(url, "too large", f"{told['content-length'][:20]} bytes")
        body = unpacked(response.iter_stream(), told.get("content-encoding", ""), self.limits.size)
        if isinstance(body, str):
            return Fault(url, body)
        return Page(url, address, status, headers, body, page.fetched)


def _location(told: str) -> str:
    """Where a redirect leads: headers are Latin-1 by the letter, and UTF-8 in fact."""
    try:
        return told.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return told


def failed(url: str, status: int, retry_after: str, now: datetime) -> Fault:
    """The fault of an answer that is no page."""
    detail = f"HTTP {status}"
    if status in (404, 410):
        return Fault(url, "gone" if status == 410 else "not found", detail, status)
    if status in (429, 503):
        return Fault(url, "too many requests" if status == 429 else "server error", detail, status, _retry(retry_after, now))
    if status >= 500:
        return Fault(url, "server error", detail, status)
    return Fault(url, "refused by the server", detail, status)


def _retry(told: str, now: datetime) -> float | None:
    """Seconds until a server wants to be asked again: a number, or a day and time."""
    told = told.strip()
    if told.isdecimal():
        return float(min(int(told[:10]), _LONGEST_WAIT))
    try:
        return min(max((parsedate_to_datetime(told) - now).total_seconds(), 0.0), _LONGEST_WAIT)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def unpacked(chunks: Iterable[bytes], packing: str, most: int) -> bytes | str:
    """The body, unpacked under its limit; the name of a fault where it can't be had."""
    packing = packing.strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        return "unknown packing"
    parts, size, came = [], 0, 0
    pieces = _plain(chunks) if packing in ("", "identity") else inflated(chunks)
    try:
        for took, part in pieces:
            came, size = came + took, size + len(part)
            if size > most or came > most:
                return "too large" if came > most else "unpacks to too much"
            parts.append(part)
    except zlib.error:
        return "broken packing"
    except EOFError:
        return "truncated"
    return b"".join(parts)


def _plain(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    for chunk in chunks:
        yield len(chunk), chunk


def inflated(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """How much was taken in and what it unpacks to, never more than a chunk at once; raises EOFError where the end is missing, zlib.error
    where it is broken. A gzip file may have several members, one after the other; what follows it and is none is padding."""
    inflater, members, left = None, 1, b""
    for chunk in chunks:
        if inflater is None:
            inflater = zlib.decompressobj(wbits=47 if chunk[:1] in (b"\x1f", b"\x78") else -15)
        took, data, left = len(chunk), left + chunk, b""
        while True:
            if inflater.eof:
                if len(data) < len(_GZIP):
                    left = data  # too little to tell whether another member begins
                    break
                if not data.startswith(_GZIP):
                    return
                members += 1
                if members > _MOST_MEMBERS:
                    raise zlib.error("too many members")
                inflater = zlib.decompressobj(wbits=31)
            part = b"."
            while part and not inflater.eof:
                part = inflater.decompress(data, _CHUNK)
                yield took, part
                took, data = 0, inflater.unconsumed_tail
            if not inflater.eof:
                break
            data = inflater.unused_data
    if inflater and not inflater.eof:
        raise EOFError
