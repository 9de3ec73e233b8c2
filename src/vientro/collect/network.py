"""Connections that can't be led into the user's own network, nor kept open without end.

A name is resolved once and the connection is made to the very address that was judged, so that a name that is answered
differently a moment later (DNS rebinding) leads nowhere else. Proxies of the environment are not used: they resolve names themselves.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpcore2
import httpx2

from vientro.collect.address import is_public

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable


class RefusedError(Exception):
    """The name leads to an address that is not of the public internet."""


@dataclass(slots=True)
class Deadline:
    """The moment (of time.monotonic) at which the request under way has to be done."""

    at: float = 0.0

    def start(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def cap(self, timeout: float | None) -> float:
        """Seconds left, at most `timeout`; raises httpcore2.ReadTimeout where there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the whole took too long")
        return left if timeout is None else min(left, timeout)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system tells them; raises OSError where it has none."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def dialled(number: str, port: int) -> tuple[str, int]:
    """Where a connection to an address is made: there. A test puts its own server here."""
    return number, port


@dataclass(frozen=True, slots=True)
class Network:
    """How names become connections. `private` lets the user's own network be reached too."""

    private: bool = False
    resolve: Callable[[str, int], list[str]] = resolved
    dial: Callable[[str, int], tuple[str, int]] = dialled

    def pool(self, deadline: Deadline) -> httpcore2.ConnectionPool:
        return httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=20,
            max_keepalive_connections=10,
            keepalive_expiry=30,
            network_backend=_Backend(self, deadline),
        )


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, network: Network, deadline: Deadline) -> None:
        self._network, self._deadline = network, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  the interface has it
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore2.NetworkStream:
        try:
            numbers = self._network.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError("the name of the host is unknown") from error
        # One private address among public ones is refused with them: whoever answers so is not to be trusted with the choice.
        if not numbers or not (self._network.private or all(map(is_public, numbers))):
            raise RefusedError(f"{host} is an address of a private network")
        stream = httpcore2.SyncBackend().connect_tcp(*self._network.dial(numbers[0], port), timeout=self._deadline.cap(timeout))
        return _Stream(stream, self._deadline)


class _Stream(httpcore2.NetworkStream):
    """A stream whose every wait ends with the deadline: a server that sends a byte now and then holds nobody."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
