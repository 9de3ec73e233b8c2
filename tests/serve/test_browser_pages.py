"""Every page in a real browser: found fit for all by axe-core in both colours, on a phone, and with the keyboard alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from chromium import Open, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

_PHONE, _DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
_RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
_SCHEMES: tuple[tuple[Literal["light", "dark"], dict[str, list[str]]], ...] = (("light", _RULES), ("dark", _COLOURS))
PAGES = (
    "/",
    "/ledger",
    "/ledger?tab=sanctions&donor=US",
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
    "/report",
    "/audit",
    "/decisions",
    "/api/v1/docs",
)
# Pages that others lead to: where, and the link.
FURTHER = (
    ("/ledger", ".act .who a"),
    ("/ledger?tab=talks", ".act .who a"),
    ("/people", "main td a, main li a"),
)
_STOPS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility() && !one.disabled).length"""


@pytest.fixture(scope="module")
def site(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    ledger = tmp_path_factory.mktemp("pages") / "ledger.db"
    shutil.copy(examples, ledger)
    yield from serving(ledger, "--by", "lan")


@pytest.fixture(scope="module")
def addresses(site: str, chromium: Browser) -> list[str]:
    """All pages of the server, one of each kind."""
    page = chromium.new_page(locale="en-GB")
    page.goto(f"{site}/topics")
    page.get_by_label("Name").fill("Viện trợ cho Ukraine")
    page.locator("#t-recipient").select_option("UA")
    page.locator(".new-topic button").click()
    page.goto(f"{site}/report?about=/ledger")
    page.locator("main textarea").fill("Thiếu một bài của ngày 18/6.")
    page.locator("main form button").click()
    found = [f"{site}{path}" for path in PAGES]
    for path, link in FURTHER:
        page.goto(f"{site}{path}")
        if page.locator(link).count():
            page.locator(link).first.click()
            found.append(page.url)
    page.goto(found[len(PAGES)])
    found.append(f"{site}{page.locator('figcaption a:has(cite)').first.get_attribute('href')}")
    page.goto(f"{site}/topics")
    topic = str(page.locator(".topics a").first.get_attribute("href"))
    found += [f"{site}{topic}", f"{site}{topic}/paste"]
    page.close()
    return found


def test_axe_finds_nothing_in_either_colour(addresses: list[str], opened: Open) -> None:
    axe = Axe()
    page, found = opened(viewport=_DESK), []
    for address in addresses:
        page.goto(address)
        for scheme, rules in _SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [
                f"{address} {scheme} {one['id']}: {one['nodes'][0]['html'][:150]}"
                for one in axe.run(page, options=rules).response["violations"]
            ]
    assert not found, "\n".join(found)


def test_nothing_is_wider_than_a_phone(addresses: list[str], opened: Open) -> None:
    page = opened(viewport=_PHONE)
    wide = {address: width for address in addresses if (width := _width(page, address)) > _PHONE["width"]}
    assert not wide


def _width(page: Page, address: str) -> int:
    page.goto(address)
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("path", ["/", "/ledger?donor=NO&recipient=MD", "/review"])
def test_every_control_is_reached_by_the_keyboard_and_shows_it(site: str, opened: Open, path: str) -> None:
    page = opened()
    page.goto(f"{site}{path}")
    stops, reached, unseen = page.evaluate(_STOPS), set[int](), list[str]()
    for _ in range(2 * stops):
        page.keyboard.press("Tab")
        place = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        if page.evaluate("document.activeElement === document.body") or (place == min(reached, default=-1) and len(reached) > 1):
            break
        if page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "none":
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
        reached.add(place)
    assert len(reached) >= stops
    assert not unseen, "what has the focus shows it"
