"""What people do with the pages, on a ledger in SQLite and on one in PostgreSQL: every page, a ruling, undo, topics, reports, accounts."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from serve_browser import Browser
from serve_crawl import crawl

from vientro import pipeline
from vientro.serve import passwords
from vientro.serve.app import create_app
from vientro.serve.settings import Settings
from vientro.store import accounts, audit, backup, pages
from vientro.store.accounts import User
from vientro.store.pages import Fetched, Version
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSWORD = "một câu đủ dài"
_MADE = re.compile(r'name="decision" value="(r-[0-9a-f]+)"')


@pytest.fixture(scope="session")
def saved(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as a backup, which either kind of database takes."""
    path = tmp_path_factory.mktemp("saved") / "examples.vientro"
    with Store(examples) as store:
        backup.backup(store, path)
    return path


@pytest.fixture
def ledger(path: str | Path, saved: Path) -> str:
    """The examples in a file or on a server, with an edited story and three accounts."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with Store(path) as store:
        backup.restore(store, saved)
        book = pipeline.book(store)
        claim = next(iter(book.claims.values()))
        other = next(one for one in book.articles if one != claim.article_id)
        url, at = "https://bao.example/1", "2025-09-01T02:00:00+00:00"
        pages.record(store, [Fetched(url, "1" * 64, at, 200)], [Version(url, other, "1" * 64, at, "new")])
        pages.record(store, [Fetched(url, "2" * 64, at, 200)], [Version(url, claim.article_id, "2" * 64, at, "changed")])
        pipeline.project(store, pipeline.shipped())
        for name, role in (("ha", "admin"), ("lan", "reviewer"), ("minh", "reader")):
            accounts.add(store, User(name, role), hasher.hash(PASSWORD), "test")  # type: ignore[arg-type]
    return str(path)


@pytest.fixture
def serve(ledger: str) -> Callable[..., Browser]:
    def start(**settings: Any) -> Browser:
        return Browser(create_app(Settings(ledger, **{"reviewer": "lan", **settings})), headers={"accept-language": "en"})

    return start


def settled(browser: Browser) -> None:
    assert browser.app.state.site.shelf.remaking.wait(60)  # type: ignore[attr-defined]


def test_every_page_and_answer_is_there(serve: Callable[..., Browser]) -> None:
    found = crawl(serve(), each=1)
    assert len(found) > 60
    assert not [address for address, answer in found.items() if answer.status_code >= 400]


def test_what_reviewers_and_editors_do(serve: Callable[..., Browser], ledger: str) -> None:
    browser = serve()
    step = browser.get("/api/v1/ledger?limit=1").json()["items"][0]
    deal, claim = f"/deal/{step['id']}", step["claims"][0]

    # An act is rejected and given back; the total follows.
    before = browser.get("/api/v1/ledger").json()["count"]
    answer = browser.submit("/decide", deal, back=deal, seen="0", kind="reject", id=step["id"], why="không phải viện trợ")
    assert answer.status_code == 303
    settled(browser)
    assert browser.get("/api/v1/ledger").json()["count"] == before - 1
    [made] = browser.get("/api/v1/decisions").json()["items"]
    assert (made["kind"], made["why"]) == ("reject", "không phải viện trợ")
    browser.submit("/decide", "/decisions", back="/decisions", seen="1", kind="undo", id=made["id"])
    settled(browser)
    assert browser.get("/api/v1/ledger").json()["count"] == before

    # A slot is put right, a claim added, a question answered.
    browser.submit("/decide", deal, back=deal, seen="2", kind="correct", id=claim["id"], slot="date", value="2024-05", why="theo thông cáo")
    settled(browser)
    assert browser.get(f"/api/v1/claims/{claim['id']}").json()["date"] == "2024-05"
    text = browser.get(f"/api/v1/articles/{_article(browser, claim['id'])}").json()
    words = text["text"].split("\n")[-1][:60]
    page = f"/article/{text['id']}"
    added = browser.submit(f"{page}/claims", page, words=words, type="urge", modality="actual", actors="Ba Lan", recipients="Moldova")
    assert added.status_code == 303, added.text
    settled(browser)
    assert "added by a person" in browser.get(page).text
    assert "question" in browser.get("/review").text

    # A topic is made, its line pinned, reworded and set back.
    assert browser.submit("/topics", name="Radar cho Moldova", recipient="MD").status_code == 303
    topic = "/topic/radar-cho-moldova"
    line = re.findall(r'<li id="(s-[0-9a-f]+)"', browser.get(topic).text)[-1]
    browser.submit(f"{topic}/line/{line}", topic, what="pin")
    assert re.search(r'<li id="(s-[0-9a-f]+)"', browser.get(topic).text)[1] == line  # type: ignore[index]
    browser.submit(f"{topic}/line/{line}", topic, what="reword", words="Câu viết lại")
    assert "Câu viết lại" in browser.get(topic).text
    browser.submit(f"{topic}/line/{line}", topic, what="undo", decision=_MADE.findall(browser.get(topic).text)[-1])
    assert browser.get(f"/api/v1{topic.replace('topic/', 'topics/')}").json()["lines"]

    # Somebody reports an error and is answered; a sentence and a draft are read.
    assert browser.submit("/report", "/report", about=deal, words="Thiếu một bài.", source="").status_code == 303
    trail = re.search(r'href="(/report/[^"]+)"', browser.get("/report").text)
    assert trail
    browser.submit(f"{trail[1]}", trail[1], outcome="corrected", words="Đã thêm.")
    assert "Đã thêm." in browser.get(trail[1]).text
    assert "which say otherwise of the quantity" in browser.submit("/check", sentence="Na Uy đã bàn giao 5 radar cho Moldova").text
    assert 'class="status"' in browser.submit("/line", sentence="Na Uy bàn giao thêm 4 radar cho Moldova. " * 2).text
    told = browser.post("/api/v1/decisions", json={"kind": "accept", "id": step["id"], "why": "đã gọi"})
    assert told.status_code == 201, told.text
    settled(browser)

    with Store(ledger) as store:
        assert list(audit.problems(store)) == []


def _article(browser: Browser, claim: str) -> str:
    return str(browser.get(f"/api/v1/claims/{claim}").json()["article_id"])


def test_a_team_signs_in_and_leaves_a_trail(serve: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    team = serve(team=True)
    assert team.get("/ledger", follow_redirects=False).status_code == 303
    for name in ("minh", "lan", "ha"):
        browser = Browser(team.app, headers={"accept-language": "en"})
        assert browser.submit("/sign-in", "/sign-in", name=name, password="falsch").status_code == 403
        assert browser.submit("/sign-in", "/sign-in", name=name, password=PASSWORD).status_code == 303
        assert browser.get("/ledger").status_code == 200
        assert browser.get("/audit").status_code == (200 if name == "ha" else 403)
    token = browser.submit("/account/tokens", "/account", label="bảng tính")
    found = re.search(r"vt_[\w-]+", unescape(token.text))
    assert found
    program = Browser(team.app, headers={"authorization": f"Bearer {found[0]}"})
    assert program.get("/api/v1/decisions").status_code == 200
    shown = browser.get("/audit").text
    assert "failed to sign in" in shown
    assert "token made" in shown
    assert browser.submit("/sign-out", "/account").status_code == 303
    assert browser.get("/ledger", follow_redirects=False).status_code == 303


def test_everybody_sees_a_copy(serve: Callable[..., Browser]) -> None:
    everybody = serve(public=True)
    assert everybody.get("/ledger").status_code == 200
    assert everybody.submit("/report", "/report", about="/ledger", words="Sai ngày.", source="").status_code == 303
    assert everybody.submit("/decide", "/ledger", kind="accept", id="s-1", back="/").status_code == 403
