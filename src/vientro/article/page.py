"""A page to an article: one path for a single page, a file of pages and an archive.

Where a publisher rule fits, it says where title, lede, body, byline and time stand. Elsewhere trafilatura finds the body, and plainer
rules and the page's own declarations the rest. trafilatura 2.3 finds every paragraph, but drops the lede of half of the Vietnamese pages
tried, and most captions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from vientro.article import byline, generic, parts, refusals, times, topic
from vientro.article.blocks import Block, blocks
from vientro.article.compose import compose, joined
from vientro.article.declared import Declared, declared
from vientro.article.decode import NotTextError, html_of
from vientro.article.language import detect
from vientro.article.markup import first, measured
from vientro.article.rules import Rule, fitting, generic_rule, host_of, outlet_of
from vientro.model.article import Article, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.model.article import ZoneKind

LONGEST = 5_000_000  # bytes of one page; the longest real one seen is a tenth of it
DEEPEST = 1500  # elements in one another; browsers stop at 512
MOST_ELEMENTS = 150_000  # real pages have 2,000 to 30,000
_MOST_ATTRIBUTES = 5000  # of one element; a parser looks through all of them for each
_OWN = "vientro"
_LEAST_BODY = 120


@dataclass(frozen=True, slots=True)
class _Body:
    """What was found of a story: its blocks, captions above them, and the rule for the rest of the page, a known or the generic one."""

    blocks: list[Block]
    above: list[str]
    rule: Rule
    known: bool


def extract(data: bytes, url: str | None = None, *, key: str | None = None) -> Article | Reject:
    """The article of a page as fetched, or why it is none.

    `url` is the address that it was fetched from, if there is one; `key` is what the article is called (the address by default).
    A topic page is one article whose zones are entries. Nothing that a page holds is run, loaded or raised.
    """
    key = key or url or "page"
    if len(data) > LONGEST:
        return Reject("article", key, f"longer than {LONGEST // 1_000_000} MB")
    try:
        markup = html_of(data)
    except NotTextError as error:
        return Reject("article", key, str(error))
    *_, last = article(key, markup, url)
    return last


def article(name: str, markup: str, url: str | None = None) -> Iterator[Article | Reject]:
    """The article of a page, or a Reject where it holds none; before it a Reject for a time of publication that is none."""
    size = measured(markup)
    if size.depth > DEEPEST or size.elements > MOST_ELEMENTS or size.attributes > _MOST_ATTRIBUTES:
        yield Reject("article", name, refusals.DENSE)
        return
    tree = LexborHTMLParser(markup)
    if first(tree, "meta[name=generator]").startswith(_OWN):
        yield Reject("article", name, "a report of vientro itself")
        return
    about = declared(tree)
    address = parts.address(about.url, url)
    host = host_of(url) or host_of(about.url)
    outlet = outlet_of(host) or about.outlet or None
    body = _by_rule(tree, host)
    if body is None and not about.story:
        stories = topic.stories(tree, url or about.url)
        if len(stories) >= topic.FEWEST:
            entries = [f"{story.headline}\n{story.lede}".rstrip() for story in stories]
            yield compose(name, title=about.title, stories=entries, outlet=outlet, url=address)
            return
        tree = LexborHTMLParser(markup)  # looking for stories takes parts of the page away
    body = body or _Body(*generic.body(tree, markup, size.elements), generic_rule(), known=False)
    yield from _story(name, tree, about, body, outlet, address)


def _by_rule(tree: LexborHTMLParser, host: str) -> _Body | None:
    """The body by the first rule under which an element holds enough text, or captions that tell a photo story."""
    for rule, node in fitting(tree, host):
        found = blocks(node, rule.drop, rule.caption)
        if sum(len(block.text) for block in found) >= _LEAST_BODY:
            return _Body(found, parts.captions_above(tree, rule), rule, known=True)
    return None


def _story(
    name: str, tree: LexborHTMLParser, about: Declared, body: _Body, outlet: str | None, url: str | None
) -> Iterator[Article | Reject]:
    rule = body.rule
    title = parts.said(tree, rule.title) or about.title
    found = [block for block in body.blocks if block.text != title]
    reason = refusals.wall_of(tree, about, title, found) or refusals.stub_of(tree, about, title, found, url)
    if reason:
        yield Reject("article", name, reason)
        return
    found, signed = byline.take(found)
    lede, found = parts.lede(tree, about, rule, title, found, known=body.known)
    if not found and not (lede and title):
        yield Reject("article", name, refusals.EMPTY)
        return
    captions = [*body.above, *(block.text for block in found if parts.captioned(block))]
    text = [block for block in found if not parts.captioned(block)]
    known = outlet_of(host_of(url)) is not None or host_of(url).endswith(".vn")
    local = known or detect("\n".join([title, lede, *(block.text for block in text[:20])])) == "vi"
    published = times.best(list(about.times), parts.times_shown(tree, rule), local=local)
    if about.times and not published:
        yield Reject("article", name, "the page's day of publication is no date; the article is taken as undated")
    if not (body.known or lede or published):
        # A page that says nothing of itself may still be a list of stories.
        lines = [block.text for block in text]
        yield compose(name, "\n".join(lines + captions), title=title, captions=frozenset(captions), outlet=outlet, url=url)
        return
    author = parts.author(tree, about, rule, signed, outlet)
    zones: list[tuple[ZoneKind, str, str]] = [("title", title, "")] if title else []
    zones += [("lede", lede, "")] if lede else []
    zones += [("body", block.text, block.kind) for block in text]
    zones += [("caption", caption, "") for caption in dict.fromkeys(captions)]
    yield joined(
        name,
        zones,
        title=title or None,
        outlet=outlet,
        url=url,
        published=published,
        author=author,
        agency=byline.agency_of(author),
        modified=times.later(times.best(list(about.changes), [], local=local), published),
        tags=about.tags,
    )
