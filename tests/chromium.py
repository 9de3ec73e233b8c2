"""A real browser for the tests of the pages, and a real `vientro serve` for it on this machine.

Debian's chromium, or the one that VIENTRO_TEST_CHROMIUM=/path/to/chrome names. Where there is none its tests are skipped, but not in CI.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

if TYPE_CHECKING:
    from pathlib import Path

Open = Callable[..., Page]
NOWHERE = "/nowhere"  # a page that is asked for and not there is no fault of a page
ARGUMENTS = (
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_MISSING = "chromium is not installed: `sh test.sh` installs it, or name a browser in VIENTRO_TEST_CHROMIUM"
_STARTS = 60  # seconds that a server may take to answer
WAITS = 30_000  # milliseconds that a page may take on a machine with much to do


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    program = os.environ.get("VIENTRO_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(_MISSING)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Open]:
    """Opens pages in contexts of their own; when the test is over no page may have had anything to complain of."""
    contexts, said = [], list[str]()

    def note(message: ConsoleMessage) -> None:
        refused = "status of 422" in message.text  # a browser notes it; the page says why
        if message.type in ("error", "warning") and not refused and not message.location["url"].endswith(NOWHERE):
            said.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_(**options: Any) -> Page:
        contexts.append(chromium.new_context(**{"locale": "vi-VN", "viewport": {"width": 1280, "height": 900}, **options}))
        page = contexts[-1].new_page()
        page.set_default_timeout(WAITS)
        page.on("console", note)
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not said, "\n".join(said)


def serving(ledger: Path, *options: str) -> Iterator[str]:
    """The address of `vientro serve` on a ledger, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from vientro.cli.main import app; app()", "serve", "--db", str(ledger), "--port", str(port), *options]
    log = ledger.with_suffix(".log")
    with log.open("wb") as told, subprocess.Popen(command, stdout=told, stderr=told) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(_STARTS * 10):
        assert process.poll() is None, log.read_text("utf-8", "replace")
        try:
            urllib.request.urlopen(f"{address}/static/style.css", timeout=_STARTS).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace"))
