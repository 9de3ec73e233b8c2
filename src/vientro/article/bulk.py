"""Pages in bulk: those whose text can't be of use are passed over before their story is taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from vientro.article.decode import NotTextError, html_of
from vientro.article.page import extract
from vientro.model.article import Article, Reject

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 5_000_000
_TWICE = 5
_SILENT = ["script", "style", "noscript", "template", "svg", "nav", "footer", "select"]
_TOLD = "meta[name=description], meta[property='og:description'], meta[property='og:title']"


def story_of(data: bytes, url: str, worth: Callable[[str], bool] | None) -> Article | Reject:
    """The article of a page, as article.extract has it; a Reject where its visible text is not `worth` reading."""
    if worth and len(data) <= LONGEST:
        try:
            markup = _quickly(data)
        except NotTextError as error:
            return Reject("article", url, str(error))
        if not worth(visible(markup)):
            return Reject("article", url, "no cue: nothing in it tells of support between states")
    return extract(data, url)


def _quickly(data: bytes) -> str:
    """The markup without its scripts; as article.decode has it where it is not plain UTF-8."""
    parts, at = [], 0
    while (start := data.find(b"<script", at)) >= 0:
        stop = data.find(b"</script", start)
        if stop < 0:
            break  # a script without an end is left to the parser
        parts.append(data[at:start])
        at = stop
    parts.append(data[at:])
    try:
        text = b"".join(parts).decode("utf-8")
    except UnicodeError:
        return html_of(data)
    # What UTF-8 looks like that was encoded twice.
    return html_of(data) if sum(text.count(sign) for sign in ("á»", "áº", "Ã¡")) > _TWICE else text


def visible(markup: str) -> str:
    """All that a page shows of itself, and what it says of itself in its head: more than its story, and never less."""
    tree = LexborHTMLParser(markup)
    said = [node.attributes.get("content") or "" for node in tree.css(_TOLD)]
    title = tree.css_first("title")
    tree.strip_tags(_SILENT)
    return "\n".join([title.text() if title else "", *said, tree.body.text(separator="\n") if tree.body else ""])
