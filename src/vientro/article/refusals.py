"""Pages that are no article, told apart: each kind has one reason, so that rejects can be counted by it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vientro.article.markup import clean, first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborHTMLParser

    from vientro.article.blocks import Block
    from vientro.article.declared import Declared

EMPTY = "a page without text"
ERROR = "an error page"
WALL = "a wall of consent or of a check for robots, not the page behind it"
PAYWALL = "a paywall stub: only the beginning of the story is on the page"
LIVE = "a live blog"
VIDEO = "a video page"
DENSE = "markup too deep or too dense to be a page"

# A page of any of these kinds has hardly any text of its own: what is longer is read as an article, whatever it says.
_SHORT_ERROR, _SHORT_WALL, _SHORT_STUB, _SHORT_VIDEO = 700, 700, 1500, 500
_LOOKED_AT = 20_000

_CLOCK = re.compile(r"^\W*\d{1,2}\s?[:h]\s?\d{2}\b")
_FEWEST_CLOCKS = 4
_RELOADS = re.compile(r"document\.cookie\s*=[\s\S]{0,400}?location")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("vientro.article") / "refusals.toml").read_text("utf-8"))


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in _data()["words"][kind]), re.IGNORECASE)


@cache
def _markup(kind: str) -> str:
    return ", ".join(_data()["markup"][kind])


def wall_of(tree: LexborHTMLParser, about: Declared, title: str, found: Sequence[Block]) -> str | None:
    """The reason why a page with hardly any text is no page of an outlet's at all: an error, a wall, nothing."""
    size = sum(len(block.text) for block in found)
    head = first(tree, "title")[:200]
    if size < _SHORT_ERROR and any(_words("error").search(text) for text in [title, head, *(block.text[:200] for block in found[:3])]):
        return ERROR
    if size < _SHORT_WALL and not about.story:
        body = tree.body
        said = clean((body.text(separator=" ") if body else "")[:_LOOKED_AT])
        if not said and not size and any(_RELOADS.search(node.text() or "") for node in tree.css("script")[:5]):
            return WALL
        if len(said) < 4 * _SHORT_WALL and (_words("wall").search(title) or _words("wall").search(head) or _words("wall").search(said)):
            return WALL
        if len(said) < _SHORT_ERROR and _words("error").search(said):
            return ERROR
    return None


def stub_of(tree: LexborHTMLParser, about: Declared, title: str, found: Sequence[Block], url: str | None) -> str | None:
    """The reason why a page of an outlet holds no whole story: a live blog, a video, a stub before a paywall."""
    size = sum(len(block.text) for block in found if block.kind == "text")
    if "LiveBlogPosting" in about.types or _is_live(tree, title, found):
        return LIVE
    if size < _SHORT_STUB:
        body = tree.body
        marked = about.closed or tree.css_first(_markup("paywall")) is not None
        said = [block.text for block in found] + [title]
        if (
            marked
            or any(map(_words("paywall").search, said))
            or (size < _SHORT_VIDEO and body and _words("paywall").search(clean(body.text(separator=" ")[:_LOOKED_AT])))
        ):
            return PAYWALL
    if size < _SHORT_VIDEO and _is_video(tree, about, url):
        return VIDEO
    return None


def _is_live(tree: LexborHTMLParser, title: str, found: Sequence[Block]) -> bool:
    clocks = sum(_CLOCK.match(block.text) is not None for block in found)
    return clocks >= _FEWEST_CLOCKS and (_words("live").search(title) is not None or tree.css_first(_markup("live")) is not None)


def _is_video(tree: LexborHTMLParser, about: Declared, url: str | None) -> bool:
    if "VideoObject" in about.types and not about.story:
        return True
    named = any(kind.startswith("og:video") for kind in about.types) or _words("video_address").search(url or about.url) is not None
    return named or ("VideoObject" in about.types and tree.css_first(_markup("video")) is not None)
