"""A web of made hosts on loopback, and a clock that is moved by hand: the names are public to the program, the server is here."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from vientro.collect.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLIC = "93.184.215.14"


@dataclass
class Clock:
    time: datetime = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)
    slept: float = 0.0

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.time += timedelta(seconds=seconds)

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Answer:
    """`short` sends fewer bytes than were said; `stall` says nothing at all until the test ends."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    short: int = 0
    stall: bool = False


class Web:
    """Answers by host and path; what is not known is 404. `asked` counts requests, `log` keeps them with their headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[dict[str, str]], Answer]] = {}
        self.log: list[tuple[str, dict[str, str]]] = []
        self.names: dict[str, list[str]] = {}
        self._over = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: else each answer waits for the delayed acknowledgement of its head
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                url = f"http://{headers['host']}{self.path}"
                web.log.append((url, headers))
                answer = web.pages.get(url) or web.pages.get(url.partition("?")[0]) or Answer(b"not here", 404)
                web.send(self, answer(headers) if callable(answer) else answer)

            def log_message(self, *_: object) -> None: ...

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: object) -> None: ...  # the program hangs up on what it does not want

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def asked(self) -> Counter[str]:
        return Counter(url for url, _ in self.log)

    def network(self, *, private: bool = False) -> Network:
        return Network(private, resolve=lambda host, _: self.names.get(host, [PUBLIC]), dial=lambda *_: self._server.server_address[:2])

    def send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        if answer.stall:
            handler.close_connection = True
            self._over.wait(20)
            return
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.status != 304:
            handler.send_header("Content-Length", str(len(answer.body) + answer.short))
        handler.end_headers()
        if answer.status != 304:
            handler.wfile.write(answer.body)
        if answer.short:
            handler.close_connection = True

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
