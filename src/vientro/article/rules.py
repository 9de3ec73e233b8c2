"""Publisher rules: where the parts of a page stand in the markup of an outlet, or of a system that several outlets share.

A rule is a file of `rules/`; docs/articles.md says how to write one. `body` are selectors that name a system wherever they are found, so
that an outlet that is not listed is read as well; `body_here` are plainer ones that are tried on the rule's own hosts alone.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vientro.lang.data import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:@]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rule:
    """CSS selectors by part, the best first.

    `drop` is what stands in the body and is no part of the story; `above` are captions that stand above the body. `stories` are the
    links of a topic page that are headlines, and `address` a regular expression that ends the addresses of articles.
    """

    name: str
    hosts: tuple[str, ...]
    title: tuple[str, ...]
    lede: tuple[str, ...]
    body: tuple[str, ...]
    body_here: tuple[str, ...]
    drop: tuple[str, ...]
    caption: tuple[str, ...]
    above: tuple[str, ...]
    author: tuple[str, ...]
    source: tuple[str, ...]
    time: tuple[str, ...]
    stories: tuple[str, ...]
    address: str

    def of(self, host: str) -> bool:
        return any(host == own or host.endswith("." + own) for own in self.hosts)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name."""
    found = []
    for file in sorted((files("vientro.article") / "rules").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found.append(_rule(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))))
    return tuple(found)


@cache
def generic_rule() -> Rule:
    """Where the parts stand on a page that no rule fits; its body is for trafilatura to find."""
    return _rule("generic", tomllib.loads((files("vientro.article") / "generic.toml").read_text("utf-8")))


def _rule(name: str, data: dict[str, Any]) -> Rule:
    lists = {part: tuple(data.get(part, ())) for part in Rule.__slots__ if part not in ("name", "address")}
    return Rule(name=name, address=data.get("address", ""), **lists)


def fitting(tree: LexborHTMLParser, host: str) -> Iterator[tuple[Rule, LexborNode]]:
    """The rules that may fit a page, each with an element that may be its body: those of the host first, then by markup alone."""
    own = [rule for rule in rules() if rule.of(host)]
    tried: set[int] = set()
    for rule in own:
        for selector in (*rule.body, *rule.body_here):
            for node in tree.css(selector)[:3]:
                if node.mem_id not in tried:
                    tried.add(node.mem_id)
                    yield rule, node
    if tree.css_first(_any_body()) is None:
        return
    for rule in rules():
        if rule not in own:
            for selector in rule.body:
                for node in tree.css(selector)[:3]:
                    yield rule, node


def for_topics(tree: LexborHTMLParser, host: str) -> Rule | None:
    """The rule for the topic pages of a host, or else one whose headlines are found; a selector of plain tags tells no system."""
    own = next((rule for rule in rules() if rule.of(host) and any(map(tree.css_first, rule.stories))), None)
    return own or next((rule for rule in rules() if rule.stories and _telling(rule.stories[0]) and tree.css_first(rule.stories[0])), None)


def _telling(selector: str) -> bool:
    return all(part.strip().startswith((".", "[")) for part in selector.split(","))


@cache
def _any_body() -> str:
    return ", ".join(selector for rule in rules() for selector in rule.body)


def host_of(url: str | None) -> str:
    """The host of an address without "www.", in small letters; "" for none."""
    found = _HOST.match(url or "")
    return found[1].lower().rstrip(".").removeprefix("www.") if found else ""


@cache
def _outlets() -> tuple[tuple[str, str], ...]:
    rows = parse((files("vientro.article") / "outlets.tsv").read_text("utf-8"), "article/outlets.tsv")
    return tuple((row["host"], row["outlet"]) for row in rows)


def outlet_of(host: str) -> str | None:
    """What the outlet at a host is called, where it is known."""
    return next((name for own, name in _outlets() if host == own or host.endswith("." + own)), None)
