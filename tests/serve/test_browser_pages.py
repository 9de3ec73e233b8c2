"""Every page in a real browser: found fit for all by axe-core in both colours, on a desk and on a phone, and with the keyboard alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT

import every_page
from chromium import Open, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

_PHONE: ViewportSize = {"width": 390, "height": 844}
_DESK: ViewportSize = {"width": 1280, "height": 900}
_ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_COLOURS = ["color-contrast"]
# All rules once for each width; the other colour changes nothing but contrast.
_WAYS: tuple[tuple[ViewportSize, Literal["light", "dark"], list[str]], ...] = (
    (_DESK, "light", _ALL),
    (_DESK, "dark", _COLOURS),
    (_PHONE, "dark", _ALL),
    (_PHONE, "light", _COLOURS),
)
_AXE = """async rules => (await axe.run({resultTypes: ['violations'], runOnly: rules})).violations
  .map(one => `${one.id}: ${one.nodes[0].html.slice(0, 150)} ${one.nodes[0].failureSummary.slice(0, 200)}`)"""
_OPEN = "[...document.querySelectorAll('details')].slice(0, 12).forEach(one => { one.open = true })"
_STOPS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility() && !one.disabled).length"""
# What has the focus is noted down in the page, for asking after each key would take minutes.
_WATCH = """() => {
  const all = [...document.querySelectorAll('*')];
  window.reached = []; window.unseen = []; document.activeElement.blur();
  addEventListener('focusin', ({target}) => {
    reached.push(all.indexOf(target));
    const shown = target.matches('input[type=date]') || getComputedStyle(target).outlineStyle !== 'none';
    if (!shown) unseen.push(target.outerHTML.slice(0, 200));
  });
}"""


@pytest.fixture(scope="module")
def site(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    ledger = tmp_path_factory.mktemp("pages") / "ledger.db"
    shutil.copy(examples, ledger)
    every_page.furnish(ledger)
    yield from serving(ledger, "--team")


@pytest.fixture(scope="module")
def signed_in(site: str, chromium: Browser) -> Any:
    context = chromium.new_context()
    every_page.sign_in(context.new_page(), site)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(opened: Open, signed_in: Any) -> Page:
    return opened(viewport=_DESK, storage_state=signed_in)


@pytest.fixture
def visits(page: Page, site: str, opened: Open) -> Iterator[tuple[str, Page]]:
    """Every page, one after another: its name, and the browser with all of it opened."""
    stranger = opened(viewport=_DESK)

    def gone(name: str, there: Page, go: Callable[[], object]) -> tuple[str, Page]:
        there.set_viewport_size(_DESK)
        go()
        there.evaluate(_OPEN)
        return name, there

    def all_() -> Iterator[tuple[str, Page]]:
        yield gone("sign-in", stranger, lambda: stranger.goto(f"{site}/sign-in"))
        for name, address in every_page.addresses(page, site).items():
            if name in every_page.ALIKE:
                continue
            yield gone(name, page, lambda address=address: page.goto(address))  # type: ignore[misc]
        for name, send in every_page.SENT.items():
            yield gone(name, page, lambda send=send: send(page, site))  # type: ignore[misc]

    return all_()


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(visits: Iterator[tuple[str, Page]]) -> None:
    found: list[str] = []
    for name, page in visits:
        page.evaluate(AXE_SCRIPT)
        for size, scheme, rules in _WAYS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            found += [f"{name} {size['width']} {scheme} {one}" for one in page.evaluate(_AXE, rules)]
        width = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{name} is {width} wide"] if width > _PHONE["width"] else []
    assert not found, "\n".join(found)


def test_every_control_of_every_page_is_reached_in_order_by_the_keyboard_and_shows_it(visits: Iterator[tuple[str, Page]]) -> None:
    wrong: dict[str, Mapping[str, object]] = {}
    for name, page in visits:
        page.evaluate(_WATCH)
        stops = page.evaluate(_STOPS)
        for _ in range(stops + stops // 4 + 2):  # a date is three stops, and a browser may stop at what scrolls
            page.keyboard.press("Tab")
        reached, unseen = page.evaluate("[reached, unseen]")
        once = list(dict.fromkeys(reached))
        first = once.index(min(once))  # an anchor or a field to begin with is where the first key leads from
        once = once[first:] + once[:first]
        if len(once) < stops or once != sorted(once) or unseen:
            wrong[name] = {"stops": stops, "reached": once, "unseen": unseen}
    assert not wrong


def test_a_deal_is_printed_black_on_white_with_all_its_words(page: Page, site: str) -> None:
    page.goto(every_page.addresses(page, site)["deal-of-talks"])
    page.emulate_media(media="print", color_scheme="dark")
    style = page.evaluate("(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))")
    assert style == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert all(page.locator("blockquote").nth(place).is_visible() for place in range(page.locator("blockquote").count()))
    assert not page.locator(".rule:visible, nav:visible").count()
