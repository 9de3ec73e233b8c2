"""Pictures of every page of `vientro serve`, as wide as a phone and as a desk, light or dark: to be looked at after a change of looks.

    vientro run examples --db shots.db
    docs/img/shots.py shots.db FOLDER [--lang en] [--scheme dark] [--only ledger]

Needs chromium and the packages of development. The pictures in README.md are the desk's, cut at their first 900 pixels.
"""
# ruff: noqa: T201  it prints what it made

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from chromium import ARGUMENTS, serving

PAGES = (
    "/",
    "/ledger",
    "/ledger?donor=NO&recipient=MD",
    "/ledger?tab=sanctions",
    "/topics",
    "/review",
    "/review/agreement",
    "/people",
    "/charts",
    "/overdue",
    "/compare",
    "/sources",
    "/about",
    "/corrections",
    "/decisions",
    "/report",
    "/audit",
    "/api/v1/docs",
)
FURTHER = (
    ("deal", "/ledger?donor=NO&recipient=MD", ".act .who a"),
    ("person", "/people", "main td a, main li a"),
    ("topic", "/topics", ".topics a"),
    ("article", "/ledger?donor=NO&recipient=MD", ".act .who a >> figcaption a:has(cite)"),
)
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
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        for site in serving(given.ledger):
            page = browser.new_page(locale=given.lang, color_scheme=given.scheme, viewport={"width": WIDTHS[0], "height": 900})
            shots = {re.sub(r"\W+", "-", path).strip("-") or "start": f"{site}{path}" for path in PAGES}
            for name, path, links in FURTHER:
                page.goto(f"{site}{path}")
                for link in links.split(" >> "):
                    if href := page.locator(link).first.get_attribute("href", timeout=1000) if page.locator(link).count() else None:
                        page.goto(f"{site}{href}")
                        shots[name] = page.url
            for name, address in shots.items():
                for width in WIDTHS if given.only in name else ():
                    page.set_viewport_size({"width": width, "height": given.height or 900})
                    page.goto(address)
                    file = given.folder / f"{name}-{width}.png"
                    page.screenshot(path=file, full_page=not given.height)
                    print(file)
        browser.close()


if __name__ == "__main__":
    main()
