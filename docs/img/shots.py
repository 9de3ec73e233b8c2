"""Pictures of every page of `vientro serve`, as wide as a phone and as a desk, light or dark: to be looked at after a change of looks.

    vientro run examples --db shots.db
    docs/img/shots.py shots.db FOLDER [--lang en] [--scheme dark] [--only ledger]

A copy of the ledger is furnished as for the tests (tests/every_page.py). Needs chromium and the packages of development.
The pictures in README.md are the desk's in English, and the phone's in Vietnamese, with --height 900, and their colours numbered (256).
"""
# ruff: noqa: T201  it prints what it made

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import every_page
from chromium import ARGUMENTS, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

WIDTHS = (1280, 390)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="vi", choices=("vi", "en"))
    parser.add_argument("--scheme", default="light", choices=("light", "dark"))
    parser.add_argument("--only", default="")
    parser.add_argument("--height", type=int, default=0, help="pixels of the page; all of it if none is given")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        ledger = Path(shutil.copy(given.ledger, Path(home) / "ledger.db"))
        every_page.furnish(ledger)
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        for site in serving(ledger, "--team"):
            page = browser.new_page(locale=given.lang, color_scheme=given.scheme, viewport={"width": WIDTHS[0], "height": 900})
            shoot = partial(_shoot, page, given)
            shoot("sign-in", partial(page.goto, f"{site}/sign-in"))
            every_page.sign_in(page, site)
            for name, address in every_page.addresses(page, site).items():
                shoot(name, partial(page.goto, address))
            for name, send in every_page.SENT.items():
                shoot(name, partial(send, page, site))
        browser.close()


def _shoot(page: Page, given: argparse.Namespace, name: str, go: Callable[[], object]) -> None:
    for width in WIDTHS if given.only in name else ():
        page.set_viewport_size({"width": width, "height": given.height or 900})
        go()
        file = given.folder / f"{name}-{width}.png"
        page.screenshot(path=file, full_page=not given.height)
        print(file)


if __name__ == "__main__":
    main()
