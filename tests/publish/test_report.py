from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import replace

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from vientro import pipeline
from vientro.collect.files import sources
from vientro.model.article import Reject
from vientro.publish import canonical, records, report, table
from vientro.store.store import Store

ROWS = [
    {
        "id": "1",
        "source": "Báo A",
        "url": "https://a.example/1?x=1&y=2",
        "published": "2024-05-03",
        "title": "Đức <i>hứa</i>",
        "text": "Hôm qua Đức cam kết cho Ukraine 20 triệu euro.",
    },
    {
        "id": "2",
        "source": "Báo B",
        "url": "javascript:alert(1)",
        "published": "2024-06-01",
        "text": "Sáng nay Đức bàn giao cho Ukraine 20 triệu euro \u001b[31m\u202e.",
    },
    {"id": "3", "text": "Có tin Nga bị tố chuyển cho Moldova 3 triệu euro & <script>alert(1)</script>, nhưng chưa ai xác nhận."},
    {"id": "4", "text": "Theo thông cáo, Nga bàn giao cho Moldova 9 triệu euro trong năm nay, và không nói gì thêm."},
]


@pytest.fixture
def book(tmp_path, stages):
    path = tmp_path / "f.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    with Store(tmp_path / "x.db") as store:
        pipeline.run(sources([str(path)]), store, stages, least=None, tell=lambda *_: None)
        return replace(pipeline.book(store), rejects=(Reject("article", "x\x1b", "an odd <file>"),))


@pytest.fixture(params=["vi", "en"])
def lang(request):
    return request.param


def test_the_page_loads_nothing_and_runs_nothing(book, lang):
    page = report.html(book, lang)
    tree = LexborHTMLParser(page)
    assert not tree.css("script, link, img, iframe, object, embed, form, [style], [onclick]")
    assert "url(" not in page
    assert "@import" not in page
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    assert policy.startswith("default-src 'none'")
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert tree.css_first("html").attributes["lang"] == lang


def test_nothing_in_an_article_gets_into_the_markup(book, lang):
    page = report.html(book, lang)
    assert "<script" not in page
    assert "&lt;i&gt;hứa&lt;/i&gt;" in page
    assert "an odd &lt;file&gt;" in page
    assert not set(page) & {"\x1b", "\u202e"}
    assert [node.attributes["href"] for node in LexborHTMLParser(page).css("figcaption a")] == ["https://a.example/1?x=1&y=2"]


def test_every_line_says_who_says_so_and_opens_to_the_marked_words(book):
    tree = LexborHTMLParser(report.html(book, "vi"))
    steps = tree.css("details.step")
    assert len(steps) == 4
    for step in steps:
        assert step.css_first(".by").text().startswith("theo ")
        assert step.css("blockquote mark")
    marked = "".join(node.text() for node in tree.css_first("details.step blockquote").css("mark"))
    assert marked == "Đức cam kết cho Ukraine 20 triệu euro"


def test_sections_keep_apart_what_must_not_be_mixed(book):
    tree = LexborHTMLParser(report.html(book, "vi"))
    assert [node.attributes["id"] for node in tree.css("section")] == ["support", "alleged", "summary"]
    assert "Moldova" in tree.css_first("#alleged").text()
    assert not tree.css("#alleged .state")
    assert [node.text() for node in tree.css("#support .state")] == ["đã giao", "đã giao, chưa xác nhận"]
    assert [node.text() for node in tree.css("#support .flag")] == ["chỉ một bên đối địch nói: chưa được xác nhận"]
    assert [node.text() for node in tree.css("#support .year")] == ["2024", "không rõ ngày"]


def test_ids_are_unique_and_lead_somewhere(book, lang):
    tree = LexborHTMLParser(report.html(book, lang))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {node.attributes["href"] for node in tree.css("a[href^='#']")} <= {f"#{id_}" for id_ in ids}


def test_the_page_is_written_whole_or_not_at_all(book, tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    report.write(path, book, "vi")
    before = path.read_bytes()
    assert before.decode() == report.html(book, "vi")
    monkeypatch.setattr(report, "html", lambda *_: "\ud800")
    with pytest.raises(UnicodeEncodeError):
        report.write(path, book, "vi")
    assert path.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["f.jsonl", "page.html", "x.db"]


@pytest.mark.parametrize("width", [60, 100, 160])
def test_the_table_keeps_to_the_width(book, lang, width):
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(table.ledger(book, lang))
    console.print(table.summary(book, lang))
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= width
    assert any("20 triệu EUR" in line or "20 million EUR" in line for line in lines) or width == 60


def test_an_empty_ledger_has_a_page_and_a_table(book, lang):
    with_nothing = replace(book, articles={}, claims={}, links={}, ledger=type(book.ledger)(), read=0, newest=None, rejects=())
    assert LexborHTMLParser(report.html(with_nothing, lang)).css_first("main p").text() in ("Không có dòng nào.", "No lines.")
    console = Console(record=True, file=io.StringIO())
    console.print(table.ledger(with_nothing, lang))
    assert console.export_text().strip() in ("Không có dòng nào.", "No lines.")


def test_records_hold_codes_and_figures_as_they_are(book):
    found = records.ledger(book)
    assert found["summary"]["types"] == {"deliver": 3, "commit": 1}
    line = found["lines"][0]
    assert (line["section"], line["type"], line["deal_state"]) == ("support", "commit", "delivered")
    assert (line["actors"], line["recipients"]) == (("DE",), ("UA",))
    assert line["sums"][0]["value"] == {"low": 20e6, "best": 20e6, "high": 20e6}
    assert [line["section"] for line in found["lines"]] == ["support"] * 3 + ["alleged"]


def test_the_canonical_export_is_sorted_and_keeps_texts_at_home(book):
    lines = list(canonical.lines(book))
    assert len(lines) == 4 + 4 + 4 + 4 + 2
    assert not any("không nói gì thêm" in line for line in lines)
    kinds = [re.search(r'"kind":"(\w+)"', line)[1] for line in lines]
    assert kinds == sorted(kinds, key=["article", "claim", "link", "step", "deal"].index)
