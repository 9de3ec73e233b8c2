"""Text that means harm, in whatever an article, a reviewer or a reader can write: it is shown as text by every address, in every form."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import openpyxl
import pytest
from serve_crawl import crawl
from starlette.testclient import TestClient

from vientro import pipeline
from vientro.collect.files import sources
from vientro.publish import columns
from vientro.publish.tables import as_xlsx
from vientro.publish.tables.column import Table
from vientro.publish.topic import Topic
from vientro.review.answers import Reviewer
from vientro.serve.app import create_app
from vientro.serve.limits import Limits
from vientro.serve.settings import Settings
from vientro.store.store import Store
from vientro.tasks import desk, topics

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TURNED = "\u202etxt.exe\u2066"
MARKUP = "<hostile-x onclick=alert(1)></title></textarea><script>alert('vn')</script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
STRANGE = ("\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\x07", "\x1b")
STORIES = [
    {"title": f"{MARKUP} Na Uy giao 3 radar cho Moldova", "source": f"{MARKUP}Báo", "url": "javascript:alert(1)"},
    {"title": f"{FORMULA} Đức giao 5 xe tăng cho Ukraine", "source": FORMULA, "url": "https://bao.example/?a=\"><script>alert(1)</script>"},
    {"title": f"{TURNED}\x07\x1b[31m Pháp giao 7 khẩu pháo cho Ukraine", "source": f"{TURNED}Báo", "url": "data:text/html,<b>"},
    {"title": "@SUM(A1) Anh giao 9 tên lửa cho Ukraine", "source": "+Báo", "url": "https://bao.example/9"},
]  # fmt: skip
TEXTS = [
    f"Na Uy ngày 1/9 giao 3 radar cho Moldova, theo ông {MARKUP}.\n{MARKUP} {TURNED} Na Uy hứa thêm 8 radar cho Moldova.",
    f"{FORMULA} Đức ngày 2/9 giao 5 xe tăng cho Ukraine.",
    f"Pháp ngày 3/9 giao 7 khẩu pháo {TURNED} cho Ukraine.\x07",
    "Anh ngày 4/9 giao 9 tên lửa cho Ukraine, trị giá 5 triệu bảng.",
]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {"id": f"={number}<b>", "published": f"2025-09-0{number + 1}", "text": text, **story}
        for number, (story, text) in enumerate(zip(STORIES, TEXTS, strict=True), 1)
    ]
    (folder / "x.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    path, stages = folder / "ledger.db", pipeline.shipped()
    who = Reviewer(f"{MARKUP}{TURNED}", f"{FORMULA}{MARKUP}{TURNED}")
    with Store(path) as store:
        pipeline.run(sources([str(folder / "x.jsonl")]), store, stages, least=None, tell=lambda *_: None)
        at = desk.desk(store, stages)
        rulings = [desk.verdict(at, store, "accept", who, id_, f"{MARKUP}{FORMULA}{TURNED}") for id_ in at.known]
        assert len(rulings) > 3
        first = next(iter(at.known))
        rulings.append(desk.correct(at, store, who, first, "speaker", f"{MARKUP}{TURNED}", FORMULA))
        desk.write(store, stages, rulings)
        topics.put(store, who, Topic("xau", f"{MARKUP}{TURNED}"[:80], about=MARKUP, words="giao"))
        book = pipeline.book(store)
        topics.edit(store, who, "xau", "reword", book.ledger.steps[0], f"{FORMULA} {MARKUP} {TURNED}", MARKUP)
    return path


@pytest.fixture(scope="session", params=[False, True], ids=["own", "public"])
def answers(hostile: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    client = TestClient(create_app(Settings(str(hostile), public=request.param, reviewer=MARKUP, shown_as=TURNED)))
    now = iter(range(10**6))
    client.app.state.limits = Limits(lambda: 60.0 * next(now))  # type: ignore[attr-defined]
    found = crawl(client)
    text = f"Na Uy giao 3 radar cho Moldova {MARKUP} {TURNED}"
    csrf = {"csrf": client.app.state.access.csrf("")}  # type: ignore[attr-defined]
    for address, name in (("/check", "sentence"), ("/line", "draft")):
        found[f"{address} as data"] = client.post(f"/api/v1{address}", json={name: text})
        found[address] = client.post(address, data={name: text, **csrf})
    for query in ({"q": MARKUP}, {"donor": MARKUP + TURNED}, {"tab": MARKUP}, {"since": FORMULA}):
        found[f"/ledger {query}"] = client.get("/ledger", params=query)
        found[f"data {query}"] = client.get("/api/v1/ledger", params=query)
    return found


def of_kind(answers: dict[str, Any], *kinds: str) -> Iterator[tuple[str, Any]]:
    for address, answer in answers.items():
        if answer.headers.get("content-type", "").startswith(kinds):
            yield address, answer


class Page(HTMLParser):
    """What of a page a browser would obey."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "hostile-x" or (tag == "script" and not (named.get("src") or "").startswith("/static/")):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            obeyed = name in ("href", "src", "action", "formaction") and (value or "").lstrip().lower().startswith(("javascript:", "data:"))
            if name.startswith("on") or name == "style" or obeyed:
                self.wrong.append(f"{tag} {name}={value}")


def test_pages_hold_nothing_to_obey(answers: dict[str, Any]) -> None:
    pages = list(of_kind(answers, "text/html"))
    assert len(pages) > 15
    for address, answer in pages:
        assert not Page(answer.text).wrong, address
        assert not [sign for sign in STRANGE if sign in answer.text], address
        assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_what_is_written_is_shown_as_text(answers: dict[str, Any]) -> None:
    shown = [address for address, answer in of_kind(answers, "text/html") if "&lt;hostile-x" in answer.text]
    assert any(address.startswith("/deal/") for address in shown)
    assert any(address.startswith("/article/") for address in shown)


def test_xml_is_whole_and_has_nothing_to_obey(answers: dict[str, Any]) -> None:
    found = list(of_kind(answers, "image/svg+xml", "application/rss+xml", "application/xml", "text/xml"))
    assert found
    for address, answer in found:
        for element in ElementTree.fromstring(answer.content).iter():
            name = element.tag.rpartition("}")[2].lower()
            assert name not in ("script", "foreignobject", "hostile-x"), address
            assert not [key for key in element.attrib if key.lower().startswith("on")], address
        assert not [sign for sign in STRANGE if sign in answer.text], address


def test_no_cell_of_a_table_is_a_formula(answers: dict[str, Any]) -> None:
    tables = list(of_kind(answers, "text/csv"))
    assert len(tables) > 5
    for address, answer in tables:
        for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r")) or (cell[:1] == "-" and not _number(cell))], (
                address
            )


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_data_is_data(answers: dict[str, Any]) -> None:
    found = list(of_kind(answers, "application/json", "application/problem+json", "application/feed+json"))
    assert len(found) > 10
    for _, answer in found:
        assert answer.headers["x-content-type-options"] == "nosniff"
        json.loads(answer.text)


def test_no_answer_is_of_a_kind_that_a_browser_guesses(answers: dict[str, Any]) -> None:
    for address, answer in answers.items():
        assert answer.headers["x-content-type-options"] == "nosniff", address
        if answer.content:
            assert answer.headers.get("content-type"), address


def test_a_workbook_has_no_formula(hostile: Path) -> None:
    with Store(hostile) as store:
        book = pipeline.book(store)
    table = Table("ledger", columns.COLUMNS, list(columns.rows(book)))
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx.content([table]))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]
