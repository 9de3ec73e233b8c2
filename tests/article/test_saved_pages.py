"""Real pages of Vietnamese outlets, which stay outside the repository: how much of what a person sees on them is found."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from vientro.article.documents import documents
from vientro.collect.files import File, opened
from vientro.model.article import Article

PAGES = Path(__file__).parents[3] / "shared" / "pages"
ARTICLES = [path for path in sorted(PAGES.glob("*/*article*.html"))]
TOPICS = [path for path in sorted(PAGES.glob("*/*topic*.html"))]

pytestmark = pytest.mark.skipif(not ARTICLES, reason="the saved pages are not beside this repository")


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def page(path: Path) -> tuple[Article, dict[str, Any]]:
    with opened(File(path.name, path, path.stat().st_size)) as stream:
        found = [one for one in documents(path.name, stream) if isinstance(one, Article)]
    assert len(found) == 1
    return found[0], json.loads(path.with_suffix(".json").read_text("utf-8"))


def zones(article: Article, kind: str) -> list[str]:
    return [plain(zone.span.of(article.text)) for zone in article.zones if zone.kind == kind]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_article_has_its_title_and_lede_and_paragraphs(path):
    article, expected = page(path)
    assert plain(article.title or "") == plain(expected["title"])
    assert zones(article, "lede") == [plain(expected["lede"])]
    wanted = expected.get("all_paragraphs") or [expected["paragraphs"]["first"], expected["paragraphs"]["last"]]
    text = plain(article.text)
    assert sum(plain(paragraph) in text for paragraph in wanted) >= 0.9 * len(wanted)
    assert article.lang == "vi"


def test_days_and_captions_of_most_articles_are_found():
    days = captions = wanted = 0
    for path in ARTICLES:
        article, expected = page(path)
        days += (article.published or "")[:10] == (expected["published"] or "")[:10]
        captions += sum(plain(caption) in zones(article, "caption") for caption in expected.get("captions", []))
        wanted += len(expected.get("captions", []))
    assert days >= len(ARTICLES) - 1
    assert captions >= 0.85 * wanted


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_topic_page_is_entries(path):
    article, expected = page(path)
    entries = zones(article, "entry")
    assert len(entries) >= min(6, expected["entries"])
    assert article.published is None
