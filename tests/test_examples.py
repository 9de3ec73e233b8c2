"""The examples: all of them are read, and the plainest claims in them are found as expectations/examples.jsonl has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import vientro
from vientro.article.documents import documents
from vientro.collect.files import opened, sources
from vientro.model.article import Article
from vientro.model.interchange import encode

if TYPE_CHECKING:
    from vientro.model.claim import Claim

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    read: dict[str, Article] = {}
    for file in sources([str(EXAMPLES)]):
        with opened(file) as stream:
            for found in documents(file.name, stream):
                assert isinstance(found, Article), found
                read[found.key] = found
    return read


def test_every_example_is_an_article_in_vietnamese(articles: dict[str, Article]) -> None:
    assert len(articles) == 31
    assert {article.lang for article in articles.values()} == {"vi"}
    assert len({article.id for article in articles.values()}) == 31


def test_the_tag_page_has_an_entry_a_story(articles: dict[str, Article]) -> None:
    page = articles["examples/trang-tag/vien-tro-nhan-dao.txt"]
    assert [zone.kind for zone in page.zones] == ["entry"] * 15


def test_pages_and_rows_know_outlet_day_and_title(articles: dict[str, Article]) -> None:
    for key, article in articles.items():
        if not key.endswith(".txt"):
            assert article.outlet in {"Báo Ví Dụ", "Thời báo Mẫu", "Tin Minh Họa", "Điểm tin Mẫu"}, key
            assert article.published, key
            assert ".example/" in (article.url or ""), key
            assert article.title, key
            assert article.zones[0].kind == "title", key
            assert article.zones[0].span.of(article.text) == article.title, key


def test_the_text_of_a_page_is_the_story_alone(articles: dict[str, Article]) -> None:
    for key, article in articles.items():
        if key.endswith(".html"):
            assert [zone.kind for zone in article.zones[:2]] == ["title", "lede"], key
            for words in ("Tin liên quan", "Ý kiến bạn đọc", "Xem nhiều", "Trang chủ", "không dùng làm nguồn tin", "(GMT+7)"):
                assert words not in article.text, (key, words)


# Of the 29 plain claims, with roles, items and sums right. Reading is measured by `vientro eval`; this keeps it from falling apart.
FOUND = 18


def test_most_of_the_plain_claims_are_found(articles: dict[str, Article]) -> None:
    rows = [json.loads(line) for line in (HERE / "expectations" / "examples.jsonl").read_text().splitlines()]
    found = {doc: [encode(claim) for claim in _read(articles[doc])] for doc in {row["doc"] for row in rows}}
    missed = [
        (row["doc"], row["claim"], [_short(c) for c in found[row["doc"]]])
        for row in rows
        if not any(_holds(c, row["claim"]) for c in found[row["doc"]])
    ]
    assert len(rows) - len(missed) >= FOUND, missed


def _read(article: Article) -> list[Claim]:
    pytest.importorskip("vientro.reading.reader")
    return vientro.read(article.text, title=article.title, published=article.published)


def _holds(found: Any, expected: Any) -> bool:
    """Whether a claim says what is expected of it: names in any order, of items and amounts at least those expected."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(_holds(found.get(key), value) for key, value in expected.items())
    if isinstance(expected, list) and expected and isinstance(expected[0], dict):
        return all(any(_holds(one, wanted) for one in found) for wanted in expected)
    return bool(sorted(found) == sorted(expected) if isinstance(expected, list) else found == expected)


def _short(claim: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in claim.items() if value and key not in {"span", "confidence", "zone", "trigger", "reader"}}
