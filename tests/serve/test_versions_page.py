"""What became of a story: its versions, and what was taken out, put in and changed, on its page and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from vientro import pipeline
from vientro.collect.files import sources
from vientro.serve.api.describe import document
from vientro.serve.app import create_app
from vientro.serve.settings import Settings
from vientro.store import pages, redaction, settings
from vientro.store.desk import Desk, Turn
from vientro.store.pages import Fetched, Version
from vientro.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

MARKUP = "<script>alert(1)</script>\u202e"
URL = "https://bao.example/radar"
TEXTS = [
    (
        "Na Uy ngày 1/9 bàn giao 3 radar cho Moldova, Bộ Quốc phòng nước này cho biết.\n"
        f"Đức cũng cam kết viện trợ 20 triệu euro cho Ukraine {MARKUP}.\nMột câu không đổi đứng ở đây."
    ),
    (
        "Na Uy ngày 1/9 bàn giao 5 radar cho Moldova, Bộ Quốc phòng nước này cho biết.\n"
        f"Một câu không đổi đứng ở đây.\nMột đoạn mới {MARKUP} được thêm vào cuối bài."
    ),
]
MOMENTS = ("2025-09-01T02:00:00+00:00", "2025-09-01T08:30:00+00:00", "2025-09-03T01:00:00+00:00")


def made(path: Path, *, gone: bool = False) -> list[str]:
    """A ledger of a story that was edited, and taken down if `gone`; the ids of its versions."""
    rows = [
        {"id": str(number), "source": "Báo Ví Dụ", "url": URL, "published": "2025-09-01", "title": "Na Uy giao radar", "text": text}
        for number, text in enumerate(TEXTS)
    ]
    story = path.parent / "story.jsonl"
    story.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    stages = pipeline.shipped()
    with Store(path) as store:
        pipeline.run(sources([str(story)]), store, stages, least=None, tell=lambda *_: None)
        ids = [next(one.id for one in store.articles() if words in one.text) for words in ("3 radar", "5 radar")]
        for id_, at, why in zip(ids, MOMENTS, ("new", "changed"), strict=False):
            pages.record(store, [Fetched(f"{URL}?utm=1", f"{at}", at, 200)], [Version(URL, id_, f"{at}", at, why)])
        if gone:
            pages.record(store, [Fetched(f"{URL}?utm=1", None, MOMENTS[2], 410)], [Version(URL, None, None, MOMENTS[2], "withdrawn: 410")])
        pipeline.project(store, stages)
    return ids


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("edited") / "ledger.db"
    return path, made(path)


def browser(path: Path, **more: Any) -> TestClient:
    return TestClient(create_app(Settings(str(path), **more)), headers={"accept-language": "en"})


def test_the_page_shows_the_versions_and_what_changed(edited: tuple[Path, list[str]]) -> None:
    path, (old, new) = edited
    shown = browser(path).get(f"/article/{new}").text
    assert "From version 1 to version 2" in shown
    assert "stored 2 times, first at 09:00 on 1 Sep 2025, last at 15:30 on 1 Sep 2025" in shown
    assert f'href="/article/{old}"' in shown
    assert "<del>" in shown
    assert "<ins>" in shown
    assert "3<span" in shown
    assert "5<span" in shown
    assert "Taken down" not in shown


def test_claims_that_were_lost_and_changed_are_told(edited: tuple[Path, list[str]]) -> None:
    path, (_, new) = edited
    shown = browser(path).get(f"/article/{new}").text
    claims = shown[shown.index("What became of its claims") :]
    assert "Lost</b>: Germany → Ukraine" in claims
    assert "Changed</b>: Norway → Moldova" in claims
    assert "<del>3 radars</del> → <ins>5 radars</ins>" in claims


def test_an_older_version_leads_to_the_latest(edited: tuple[Path, list[str]]) -> None:
    path, (old, new) = edited
    shown = browser(path).get(f"/article/{old}").text
    assert "This is an earlier version" in shown
    assert f'<a href="/article/{new}">See the latest version</a>' in shown


def test_a_version_can_be_no_markup(edited: tuple[Path, list[str]]) -> None:
    path, ids = edited
    for id_ in ids:
        shown = browser(path).get(f"/article/{id_}").text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown
        assert "\u202e" not in shown


def test_a_story_that_its_outlet_took_down_is_told_so(tmp_path: Path) -> None:
    ids = made(tmp_path / "x.db", gone=True)
    for id_ in ids:
        shown = browser(tmp_path / "x.db").get(f"/article/{id_}").text
        assert "Its outlet took this story down: since 08:00 on 3 Sep 2025" in shown
    told = browser(tmp_path / "x.db").get(f"/api/v1/articles/{ids[1]}/versions").json()
    assert (told["withdrawn"], told["stored"], len(told["addresses"][0]["versions"])) == (MOMENTS[2], 2, 3)


def test_programs_get_the_same(edited: tuple[Path, list[str]]) -> None:
    path, (old, new) = edited
    client = browser(path)
    told = client.get(f"/api/v1/articles/{new}/versions").json()
    schema = {"$ref": "#/components/schemas/Versions", "components": document()["components"]}
    assert not list(Draft202012Validator(schema).iter_errors(told))
    assert (told["edit"]["from"], told["edit"]["to"]) == (old, new)
    assert {"".join(text for kind, text in one["pieces"] if kind != "gone") for one in told["edit"]["changes"]} == {
        one["after"] for one in told["edit"]["changes"]
    }
    [both] = [one for one in told["edit"]["claims"] if one["before"] and one["after"]]
    assert "items" in both["slots"]
    back = client.get(f"/api/v1/articles/{new}/versions", params={"from": new, "to": old}).json()
    assert (back["edit"]["from"], back["edit"]["to"]) == (new, old)
    assert client.get(f"/api/v1/articles/{new}/versions", params={"from": new, "to": "a-0"}).status_code == 422
    assert client.get("/api/v1/articles/a-0/versions").status_code == 404


def test_a_story_from_a_file_has_no_versions(web: TestClient) -> None:
    id_ = web.get("/api/v1/articles?limit=1").json()["items"][0]["id"]
    told = web.get(f"/api/v1/articles/{id_}/versions").json()
    assert (told["addresses"], told["edit"], told["stored"]) == ([], None, 0)
    schema = {"$ref": "#/components/schemas/Versions", "components": document()["components"]}
    assert not list(Draft202012Validator(schema).iter_errors(told))
    assert 'id="versions"' not in web.get(f"/article/{id_}").text


def test_everybody_sees_no_differences(edited: tuple[Path, list[str]]) -> None:
    path, ids = edited
    client = browser(path, public=True)
    for id_ in ids:
        shown = client.get(f"/article/{id_}").text
        assert "<del>" not in shown
        assert "Versions of the story" not in shown
        assert client.get(f"/api/v1/articles/{id_}/versions").status_code == 404


def test_of_excerpts_title_and_lede_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Store(path) as store:
        settings.keep_excerpts_only(store)
    _, new = made(path)
    client = browser(path)
    told = client.get(f"/api/v1/articles/{new}/versions").json()
    assert told["edit"]["excerpts"]
    assert {one["zone"] for one in told["edit"]["changes"]} <= {"title", "lede"}
    shown = client.get(f"/article/{new}").text
    assert "This ledger keeps excerpts only" in shown
    assert "thêm vào cuối bài" not in shown


def test_what_was_taken_down_here_is_not_compared(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    old, new = made(path)
    with Store(path) as store:
        redaction.redact(store, old, "yêu cầu của tòa soạn")
        pipeline.project(store, pipeline.shipped())
    client = browser(path)
    assert client.get(f"/api/v1/articles/{new}/versions").json()["edit"]["changes"] == []
    assert "there is nothing to compare" in client.get(f"/article/{new}").text
    assert "The text of this story was taken down from this ledger" in client.get(f"/article/{old}").text


def test_when_a_story_was_last_asked_for_is_told_after_a_round_that_found_nothing_new(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    new = made(path)[1]
    told = browser(path)
    pages_shown, tags = [], []
    for day in ("04", "05"):
        with Store(path) as store:
            Desk(store).save([Turn(URL, URL, "Báo Ví Dụ", "taken", asked=f"2025-09-{day}T02:00:00+00:00")])
        pages_shown.append(told.get(f"/article/{new}").text)
        tags.append(told.get(f"/api/v1/articles/{new}/versions").headers["etag"])
    assert "Last looked at: 09:00 on 4 Sep 2025" in pages_shown[0]
    assert "Last looked at: 09:00 on 5 Sep 2025" in pages_shown[1]
    assert tags[0] != tags[1]
