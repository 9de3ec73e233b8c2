"""How often somebody may try to sign in: after a few failures under a name or from an address, each one makes the next wait longer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# By kind: tries without a delay, and the longest delay in seconds. A name is kept from nobody for long: others could shut its owner out.
_FREE = {"name": 8, "address": 5}
_LONGEST = {"name": 60.0, "address": 900.0}
_FORGOTTEN = 3600.0  # seconds after which a failure does not count any more
_MOST = 10_000  # names and addresses that are kept in mind


@dataclass(slots=True)
class _Tries:
    count: int = 0
    last: float = 0.0


class Brake:
    """In the memory of one server, for any number of threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: dict[tuple[str, str], _Tries] = {}

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait before the next try; 0 where it may be made now, and then it counts as failed until `passed`."""
        with self._lock:
            now = self._clock()
            keys = (("name", name), ("address", address))
            wait = max(self._wait(key, now) for key in keys)
            if wait <= 0:
                for key in keys:
                    tries = self._tries.pop(key, None) or _Tries()
                    self._tries[key] = _Tries(tries.count + 1, now)  # the latest stand at the end
                while len(self._tries) > _MOST:
                    del self._tries[next(iter(self._tries))]
            return max(wait, 0.0)

    def passed(self, name: str, address: str) -> None:
        """The last try was right: the name is free again; of the address, which may be that of many, only this one is forgotten."""
        with self._lock:
            self._tries.pop(("name", name), None)
            if tries := self._tries.get(("address", address)):
                tries.count -= 1

    def _wait(self, key: tuple[str, str], now: float) -> float:
        tries = self._tries.get(key)
        if tries is None or now - tries.last > _FORGOTTEN:
            self._tries.pop(key, None)
            return 0.0
        beyond = tries.count - _FREE[key[0]]
        return tries.last + min(_LONGEST[key[0]], 2.0 ** min(beyond, 20)) - now if beyond >= 0 else 0.0
