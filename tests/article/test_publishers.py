"""Publisher rules against pages written in each outlet's markup. The text is our own; nothing but names of classes is an outlet's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vientro.article import extract
from vientro.article.rules import rules
from vientro.model.article import Article

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_field_of_a_page(path):
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    article = extract(path.read_bytes(), expected["url"])
    assert isinstance(article, Article), article.reason
    found = {name: getattr(article, name) for name in expected if name not in ("absent", "headings")}
    found["headings"] = [zone.span.of(article.text) for zone in article.zones if zone.heading]
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}
    assert found == {name: value for name, value in expected.items() if name != "absent"}
    assert not [text for text in expected["absent"] if text in article.text]
    body = [zone.span.of(article.text) for zone in article.zones if zone.kind == "body"]
    assert article.text == "\n".join(filter(None, [article.title, article.lede, *body, *article.captions]))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_system_is_known_by_its_markup_where_its_host_is_not(path):
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    markup = path.read_text("utf-8").replace(expected["url"], "https://bao.example/tin.html")
    article = extract(markup.encode(), "https://bao.example/tin.html")
    assert isinstance(article, Article), article.reason
    assert (article.title, article.lede, list(article.paragraphs)) == (expected["title"], expected["lede"], expected["paragraphs"])
    assert list(article.captions) == expected["captions"]
    assert article.published == expected["published"]


def test_each_rule_has_a_page():
    assert {rule.name for rule in rules()} <= {path.stem.split("-")[0] for path in PAGES}
