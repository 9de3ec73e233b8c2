"""A server for everybody: no answer of any address holds what may not be shown."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from serve_crawl import crawl
from starlette.testclient import TestClient

from vientro import pipeline
from vientro.collect.files import sources
from vientro.publish.public import THRESHOLD, public
from vientro.review.answers import Reviewer
from vientro.serve.app import create_app
from vientro.serve.limits import Limits
from vientro.serve.public import PublicShelf
from vientro.serve.settings import Settings
from vientro.store.store import Store
from vientro.tasks import desk

COMING = re.compile(r"\b17/12\b|2025-12-17|17 Dec")
STORY = {
    "id": "ban-giao-sap-toi",
    "source": "Báo Ví Dụ",
    "url": "https://bao.example/ban-giao",
    "published": "2025-11-26T08:00:00+07:00",
    "title": "Na Uy bàn giao 4 radar cho Moldova ngày 17/12",
    "text": "Na Uy sẽ bàn giao cho Moldova 4 radar cảnh giới vào ngày 17/12.\n"
    "Lễ bàn giao diễn ra tại căn cứ gần thủ đô, theo một phóng viên có mặt ở hậu trường buổi họp báo kéo dài.",
}


@pytest.fixture(scope="session")
def ledger(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, and a handover still to come that a reviewer accepted."""
    folder = tmp_path_factory.mktemp("public")
    path = folder / "ledger.db"
    shutil.copy(examples, path)
    (folder / "story.jsonl").write_text(json.dumps(STORY, ensure_ascii=False) + "\n", "utf-8")
    stages = pipeline.shipped()
    with Store(path) as store:
        pipeline.run(sources([str(folder / "story.jsonl")]), store, stages, least=None, tell=lambda *_: None)
        at = desk.desk(store, stages)
        new = [id_ for id_, one in at.found.claims.items() if at.found.articles[one.article_id].url == STORY["url"]]
        who = Reviewer("Lan Nguyễn", "lan")
        rulings = [desk.verdict(at, store, "accept", who, id_, "đã gọi hỏi ngày 17/12/2025") for id_ in new]
        assert rulings
        desk.write(store, stages, rulings)
    return path


@pytest.fixture(scope="session")
def everybody(ledger: Path) -> TestClient:
    client = TestClient(create_app(Settings(str(ledger), public=True)))
    minutes = count()
    client.app.state.limits = Limits(lambda: 60.0 * next(minutes))  # type: ignore[attr-defined]
    return client


@pytest.fixture(scope="session")
def answers(everybody: TestClient) -> dict[str, str]:
    return {address: html.unescape(answer.text) for address, answer in crawl(everybody).items()}


def test_many_addresses_answer(answers: dict[str, str]) -> None:
    paths = {address.partition("?")[0] for address in answers}
    assert len(paths) > 40
    assert {"/", "/ledger", "/api/v1/ledger", "/api/v1/deals", "/api/v1/openapi.json"} <= paths
    assert any(path.startswith("/deal/") for path in paths)
    assert any(path.startswith("/article/") for path in paths)


def test_what_is_below_the_threshold_is_in_no_answer(ledger: Path, answers: dict[str, str]) -> None:
    with Store(ledger) as store:
        whole = pipeline.book(store)
    shown = public(whole, "2026-11-22")
    hidden = {id_: one for id_, one in whole.claims.items() if one.confidence < THRESHOLD and id_ not in whole.ruled.rulings}
    steps = {step.id for step in whole.ledger.steps} - {step.id for step in shown.ledger.steps}
    assert hidden
    assert steps
    texts = " ".join(one.text for one in shown.articles.values())
    words = {one.evidence for one in hidden.values() if len(one.evidence) > 30 and one.evidence not in texts}
    for address, text in answers.items():
        told = {id_ for id_ in (*hidden, *steps) if id_ in text} | {said for said in words if said in text}
        assert not told, address


def test_what_is_withheld_is_counted(ledger: Path, everybody: TestClient, answers: dict[str, str]) -> None:
    with Store(ledger) as store:
        whole = pipeline.book(store)
    shown = public(whole, "2026-11-22")
    few = len(whole.ledger.steps) - len(shown.ledger.steps)
    assert f"Acts not published until a person has ruled on them: {few}." in everybody.get("/?lang=en").text
    deal_of = {link.claim: link.deal for link in whole.links.values()}
    part = [
        step
        for step in shown.ledger.steps
        if any(not shown.links.keys() & set(one.claims) for one in whole.ledger.steps if one.deal == deal_of[step.claims[0]])
    ]
    assert part
    assert "Acts of this deal not published" in everybody.get(f"/deal/{part[0].deal}?lang=en").text


def test_silence_is_of_what_is_published(everybody: TestClient) -> None:
    page = everybody.get("/check", params={"sentence": "Brazil bàn giao 12 xe tăng cho Peru.", "lang": "en"}).text
    assert "There is no published line on this" in page
    assert "No report of this was found" not in page


def test_no_text_of_an_article_is_in_any_answer(ledger: Path, answers: dict[str, str]) -> None:
    with Store(ledger) as store:
        whole = pipeline.book(store)
    left = " ".join(one.text for one in public(whole, "2026-11-22").articles.values())
    sentences = {
        part.strip() for one in whole.articles.values() for part in re.split(r"(?<=[.!?])\s|\n", one.text) if len(part.strip()) > 60
    }  # fmt: skip
    unquoted = {part for part in sentences if part[:60] not in left and part[-60:] not in left and part[:-1] not in left}
    assert len(unquoted) > 20
    for address, text in answers.items():
        assert not [part for part in unquoted if part in text], address


def test_no_day_of_a_handover_to_come_is_in_any_answer(answers: dict[str, str]) -> None:
    assert any("4 radar" in text for text in answers.values())
    assert not [address for address, text in answers.items() if COMING.search(text)]


def test_reviewers_are_told_by_the_name_to_show(answers: dict[str, str]) -> None:
    assert not [address for address, text in answers.items() if "Lan Nguyễn" in text]


def test_what_is_sent_finds_nothing_else(everybody: TestClient) -> None:
    for address, name in (("/check", "sentence"), ("/line", "draft")):
        asked = "Na Uy sẽ giao 4 radar cho Moldova"
        as_data = everybody.post(f"/api/v1{address}", json={name: asked})
        assert as_data.status_code == 200, as_data.text
        assert not COMING.search(as_data.text)
    page = everybody.post("/check", data={"sentence": "Na Uy sẽ giao 4 radar cho Moldova"})
    assert page.status_code == 200
    assert not COMING.search(html.unescape(page.text))


@pytest.mark.parametrize("path", ["/sign-in", "/review", "/api/v1/decisions", "/account", "/ledger"])
def test_nothing_else_is_taken(everybody: TestClient, path: str) -> None:
    assert everybody.post(path, json={}).status_code in (403, 404, 405)


@pytest.mark.parametrize("path", ["/review", "/audit", "/api/v1/decisions"])
def test_nobody_reviews(everybody: TestClient, path: str) -> None:
    assert everybody.get(path, follow_redirects=False).status_code in (303, 403, 404)


def test_data_may_be_read_from_pages_of_others(everybody: TestClient, web: Any) -> None:
    assert everybody.get("/api/v1/health").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in web.get("/api/v1/health").headers
    assert "access-control-allow-origin" not in everybody.get("/ledger").headers


def test_what_is_ruled_later_is_shown_then(ledger: Path, tmp_path: Path) -> None:
    path = shutil.copy(ledger, tmp_path / "own.db")
    client = TestClient(create_app(Settings(str(path), public=True)))
    stages = pipeline.shipped()
    before = client.get("/api/v1/health").json()
    with Store(path) as store:
        at = desk.desk(store, stages)
        unsure = next(id_ for id_, one in at.found.claims.items() if one.confidence < 0.5)
        desk.write(store, stages, [desk.verdict(at, store, "accept", Reviewer("lan"), unsure)])
    after = client.get("/api/v1/health").json()
    assert after["claims"] == before["claims"] + 1
    assert after["mark"] != before["mark"]
    assert client.get(f"/api/v1/claims/{unsure}").status_code == 200


def test_who_asks_too_often_waits(ledger: Path) -> None:
    client = TestClient(create_app(Settings(str(ledger), public=True)))
    client.app.state.limits = Limits(lambda: 0.0)  # type: ignore[attr-defined]
    codes = [client.get("/api/v1").status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]
    refused = client.get("/api/v1")
    assert int(refused.headers["retry-after"]) > 0
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get("/ledger").status_code == 200


def shelf_of(path: Path) -> PublicShelf:
    shelf = PublicShelf(str(path))
    shelf.store().close()
    return shelf


def accepted(path: Path) -> None:
    with Store(path) as store:
        stages = pipeline.shipped()
        at = desk.desk(store, stages)
        unsure = next(id_ for id_, one in at.found.claims.items() if one.confidence < 0.5 and id_ not in at.found.rulings)
        desk.write(store, stages, [desk.verdict(at, store, "accept", Reviewer("lan"), unsure)])


def test_a_server_that_ends_leaves_no_copy_behind(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with TestClient(create_app(Settings(str(examples), public=True))) as client:
        assert client.get("/ledger").status_code == 200
        assert len(list(tmp_path.glob("vientro-public-*"))) == 1
    assert not list(tmp_path.glob("vientro-public-*"))


def test_copies_of_servers_that_were_killed_are_swept_away(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, running = tmp_path / f"vientro-public-{dead.pid}-x", tmp_path / f"vientro-public-{os.getpid()}-x"
    for folder in (left, running):
        folder.mkdir()
        (folder / "1.db").write_bytes(b"")
    shelf_of(examples).close()
    assert not left.exists()
    assert running.exists()


def test_a_copy_that_somebody_took_away_is_made_anew(examples: Path) -> None:
    client = TestClient(create_app(Settings(str(examples), public=True)))
    assert client.get("/ledger").status_code == 200
    shutil.rmtree(client.app.state.site.shelf._folder)  # type: ignore[attr-defined]
    assert client.get("/ledger").status_code == 200
    assert client.get("/api/v1/health").json()["claims"] > 0


def test_a_copy_that_cannot_be_made_leaves_the_one_before(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = Path(shutil.copy(ledger, tmp_path / "own.db"))
    shelf = shelf_of(path)
    before = shelf.view().mark
    tried = []

    def broken(store: Store, *_: object) -> None:
        tried.append(store)
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr("vientro.serve.public._fill", broken)
        accepted(path)
        assert [shelf.view().mark for _ in range(3)] == [before] * 3
    assert len(tried) == 1
    assert "could not be made anew" in caplog.text
    assert [file.name for file in shelf._folder.glob("*.db")] == ["1.db"]
    accepted(path)
    assert shelf.view().mark != before
    assert {file.name for file in shelf._folder.glob("*.db")} == {"1.db", "3.db"}
    accepted(path)
    shelf.view()
    assert {file.name for file in shelf._folder.glob("*.db")} == {"3.db", "4.db"}
