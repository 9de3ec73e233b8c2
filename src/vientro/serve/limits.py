"""How often somebody may ask: each address, token or signed-in person has a bucket that fills up again at a steady rate."""

from __future__ import annotations

import hashlib
import time
from threading import Lock
from typing import TYPE_CHECKING, cast

from fastapi import HTTPException, Request

from vientro.serve.access import SAFE, address_of
from vientro.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable

# Requests a minute, and as many at one go: enough for a person, and for a program that takes a whole ledger page by page.
OF_ADDRESS, OF_KNOWN = 120, 600
_WEIGHT = 5  # of what is sent: a sentence that is read costs as much as some pages
_READ = ("/check", "/line")
_LINKING = ("/api/v1/diff",)  # may link the ledgers of two days anew
_PAST = frozenset(("as-of", "known"))
_MOST = 10_000  # addresses and tokens that are kept in mind


class Limits:
    """In the memory of one server, for any number of threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, who: str, a_minute: int, weight: int = 1) -> int:
        """Seconds until somebody may ask again; 0 where this may be asked, and then it is counted."""
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(who, (float(a_minute), now))
            left = min(float(a_minute), left + (now - at) * a_minute / 60)
            enough = left >= weight
            self._left[who] = (left - weight if enough else left, now)
            while len(self._left) > _MOST:
                del self._left[next(iter(self._left))]
            return 0 if enough else max(1, -int((left - weight) * 60 // a_minute))


async def count(request: Request) -> None:
    """Count a request of a program, or what is sent, on a server for others; raises HTTPException. A dependency of all pages."""
    settings, program = site_of(request).settings, request.url.path.startswith("/api/")
    # A sentence costs the same whether it is sent or stands in the address; for the past all is linked anew.
    reads = request.url.path in (*_READ, *_LINKING) or not _PAST.isdisjoint(request.query_params)
    if not (settings.public or settings.team) or not (program or reads or request.method not in SAFE):
        return
    limits = cast("Limits", request.app.state.limits)
    who, rate = _asking(request)
    # Reviewers answer a question a second, many of them behind one address: their answers weigh no more than pages.
    light = not reads and (request.method in SAFE or (rate == OF_KNOWN and not request.url.path.endswith(_READ)))
    if seconds := limits.wait(who, rate, 1 if light else _WEIGHT):
        raise HTTPException(429, f"Too many requests. Ask again in {seconds} s.", {"Retry-After": str(seconds)})


def _asking(request: Request) -> tuple[str, int]:
    """Who asks, and how often that one may."""
    if getattr(request.state, "by_token", False):
        token = hashlib.sha256(request.headers.get("authorization", "").encode()).hexdigest()
        return f"token {token}", OF_KNOWN
    user = getattr(request.state, "user", None)
    return (f"user {user.name}", OF_KNOWN) if user else (f"address {address_of(request)}", OF_ADDRESS)
