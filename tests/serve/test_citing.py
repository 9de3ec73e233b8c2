"""What is cited stays: the address of a view or a deal gives the same figures after new articles, old articles and rulings."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from vientro import pipeline
from vientro.collect.files import sources
from vientro.review.answers import Reviewer
from vientro.serve.app import create_app
from vientro.serve.limits import Limits
from vientro.serve.settings import Settings
from vientro.store.store import Store
from vientro.tasks import desk, upkeep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = {
    "id": "na-uy-vien-tro-cu",
    "source": "Báo Ví Dụ",
    "url": "https://bao.example/cu",
    "published": "2025-03-01T08:00:00+07:00",
    "title": "Na Uy viện trợ 700 triệu EUR cho Ukraine",
    "text": "Quốc hội Na Uy ngày 28/2 phê duyệt gói viện trợ quân sự 700 triệu EUR cho Ukraine.",
}
NEW = OLD | {"id": "na-uy-vien-tro-moi", "url": "https://bao.example/moi", "published": "2026-03-01T08:00:00+07:00"}
_CITED = re.compile(r'<section class="cite".*?<a href="([^"]+)">.*?<code>([0-9a-f]{64})</code>', re.DOTALL)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Puts the clock of what gets into the ledger forward: moments of a ledger are told apart by the second."""
    clock = [2_000]

    def now() -> str:
        return f"{clock[0]}-01-01T00:00:00+00:00"

    def forward() -> None:
        clock[0] += 100

    forward()
    monkeypatch.setattr("vientro.store.facts.now", now)
    monkeypatch.setattr("vientro.tasks.desk.now", lambda: f"{clock[0]}-01-01T00:00:00.000000Z")
    return forward


def on(path: Path, *, public: bool = False) -> TestClient:
    settings = Settings(str(path), reviewer="lan", public=public)
    return TestClient(create_app(settings), base_url="http://127.0.0.1", headers={"accept-language": "en"})


def told(path: Path, folder: Path, story: dict[str, Any]) -> None:
    file = folder / f"{story['id']}.jsonl"
    file.write_text(json.dumps(story, ensure_ascii=False) + "\n", "utf-8")
    with Store(path) as store:
        pipeline.run(sources([str(file)]), store, pipeline.shipped(), least=None, tell=lambda *_: None)


def rejected(path: Path, step: str) -> None:
    with Store(path) as store:
        stages = pipeline.shipped()
        at = desk.desk(store, stages)
        desk.write(store, stages, [desk.verdict(at, store, "reject", Reviewer("lan"), step)])


def corrected(path: Path, step: str, slot: str, value: str) -> None:
    with Store(path) as store:
        stages = pipeline.shipped()
        at = desk.desk(store, stages)
        desk.write(store, stages, [desk.correct(at, store, Reviewer("lan"), step, slot, value)])


def page_of(browser: TestClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return html.unescape(answer.text)


def figures(page: str) -> tuple[str, ...]:
    return (*re.findall(r'class="figure">([^<]*)', page), *re.findall(r'<article class="act[^"]*" id="([^"]+)"', page))


@pytest.mark.parametrize("public", [False, True])
def test_a_cited_view_is_the_same_after_articles_and_rulings(own: Path, tmp_path: Path, later: Callable[[], None], public: bool) -> None:
    browser = on(own, public=public)
    view = "/ledger?recipient=UA&profile=headline"
    before = page_of(browser, view)
    address, digest = _CITED.search(before).groups()
    assert {"as-of=", "known=", "sha256="} <= set(re.findall(r"[\w-]+=", address))
    step = figures(before)[-1]
    later()
    told(own, tmp_path, OLD)
    told(own, tmp_path, NEW)
    rejected(own, step)
    after = page_of(browser, view)
    assert figures(after) != figures(before)
    again = page_of(browser, address)
    assert figures(again) == figures(before)
    assert digest in again
    assert "As it was cited." in again


def test_a_correction_of_the_same_day_changes_the_hash_of_what_is_cited_anew(own: Path, later: Callable[[], None]) -> None:
    browser = on(own)
    view = "/ledger?recipient=UA&profile=pledged"
    address, digest = _CITED.search(page_of(browser, view)).groups()
    with Store(own) as store:
        step = next(
            one for one in pipeline.book(store).ledger.steps if one.sums and one.recipients == ("UA",) and one.modality == "planned"
        )
    later()
    corrected(own, step.id, "modality", "possible")
    anew = _CITED.search(page_of(browser, view))
    assert anew[2] != digest
    assert digest in page_of(browser, address)
    assert "No longer as it was cited" in page_of(browser, address.replace(f"sha256={digest[:16]}", "sha256=0123456789abcdef"))


def test_a_cited_deal_is_the_same_after_a_ruling(own: Path, later: Callable[[], None]) -> None:
    browser = on(own)
    with Store(own) as store:
        deal = max(pipeline.book(store).ledger.deals, key=lambda one: len(one.steps))
    address, digest = _CITED.search(page_of(browser, f"/deal/{deal.id}")).groups()
    later()
    rejected(own, deal.steps[-1])
    assert digest not in page_of(browser, f"/deal/{deal.id}")
    again = page_of(browser, address)
    assert digest in again
    assert "As it was cited." in again


@pytest.mark.parametrize("digits", ["4", "0123456789abcde", "0123456789abcdeg", "f" * 65])
def test_what_is_no_hash_agrees_with_nothing(web: TestClient, digits: str) -> None:
    assert web.get(f"/ledger?sha256={digits}").status_code == 422


def test_a_public_server_tells_of_no_moment_when_in_a_day_it_was(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ["2200-03-04T05:06:07+00:00"]
    monkeypatch.setattr("vientro.store.facts.now", lambda: clock[0])
    told(own, tmp_path, NEW)
    browser = on(own, public=True)
    first = browser.get("/api/v1/ledger?recipient=UA").json()
    monkeypatch.setattr("vientro.tasks.desk.now", lambda: "2200-03-04T15:16:17.000000Z")
    rejected(own, first["items"][0]["id"])
    second = browser.get("/api/v1/ledger?recipient=UA").json()
    clock[0] = "2200-03-06T00:00:00+00:00"
    told(own, tmp_path, OLD)

    def at(moment: str) -> Any:
        return browser.get(f"/api/v1/ledger?recipient=UA&known={moment}").json()

    of_day = at("2200-03-04T23:59:59Z")
    assert {at(f"2200-03-04T{time}Z")["citation"]["digest"] for time in ("00:00:00", "05:06:06", "15:16:16")} == {
        of_day["citation"]["digest"]
    }
    assert of_day["citation"]["digest"] == second["citation"]["digest"]
    assert of_day["citation"]["digest"] != first["citation"]["digest"]
    assert at("2200-03-05T00:00:00Z")["citation"]["digest"] == second["citation"]["digest"]
    for cited in (first, second):
        again = browser.get(f"/api/v1/ledger?{cited['citation']['address'].partition('?')[2]}")
        assert again.json()["citation"] == cited["citation"] | {"same": True}
        assert cited["citation"]["known"] == "2200-03-04T23:59:59Z"
        assert not re.search("05:06|15:16|05%3A06|15%3A16", again.text)
    seal = first["citation"]["address"].partition("seal=")[2][:16]
    assert at("2200-03-04T23:59:59Z&seal=" + seal[::-1])["citation"]["digest"] == of_day["citation"]["digest"]


def test_moments_and_days_between_which_nothing_was_told_are_one_past(own: Path, tmp_path: Path, later: Callable[[], None]) -> None:
    later()
    told(own, tmp_path, NEW)
    browser = on(own)
    shelf = browser.app.state.site.shelf  # type: ignore[attr-defined]
    before = shelf.view(None, "2150-01-01T00:00:00Z")
    assert before.past
    assert shelf.view(None, "2170-01-01T00:00:01Z") is before
    assert not shelf.view(None, "2250-01-01T00:00:00Z").past
    assert not shelf.view(None, "1950-01-01T00:00:00Z").book.claims
    days = {(article.published or "")[:10] for article in shelf.view().book.ruled.articles.values()}
    assert not {"2025-12-31", "2026-01-01"} & days
    one, other = shelf.view("2025-12-31"), shelf.view("2026-01-01")
    assert one.book.ledger is other.book.ledger
    assert (one.book.newest, other.book.newest) == ("2025-12-31", "2026-01-01")


@pytest.mark.parametrize("moment", ["yesterday", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z"])
def test_what_is_no_moment_is_told(web: TestClient, moment: str) -> None:
    assert web.get(f"/ledger?known={moment}").status_code == 422


def test_programs_get_what_was_cited(own: Path, tmp_path: Path, later: Callable[[], None]) -> None:
    browser = on(own)
    told_before = browser.get("/api/v1/ledger?recipient=UA&profile=pledged&limit=500").json()
    cited, deal = told_before["citation"], told_before["items"][0]["deal"]
    life = browser.get(f"/api/v1/deals/{deal}").json()
    assert cited["digest"] == _CITED.search(page_of(browser, "/ledger?recipient=UA&profile=pledged"))[2]
    later()
    told(own, tmp_path, OLD)
    rejected(own, told_before["items"][0]["id"])
    query = cited["address"].partition("?")[2]
    assert browser.get("/api/v1/ledger?recipient=UA&profile=pledged").json()["citation"]["digest"] != cited["digest"]
    again = browser.get(f"/api/v1/ledger?{query}&limit=500").json()
    assert (again["items"], again["totals"], again["count"]) == (told_before["items"], told_before["totals"], told_before["count"])
    assert again["citation"] == cited | {"same": True}
    then = browser.get(f"/api/v1/deals/{deal}?as-of={cited['day']}&known={cited['known']}").json()
    assert [act["id"] for act in then["steps"]] == [act["id"] for act in life["steps"]]
    assert browser.get(f"/api/v1/deals/{deal}?as-of=1990-01-01").status_code == 404


def test_programs_get_the_total_of_a_view_and_no_total_of_sanctions(web: TestClient) -> None:
    of_aid = web.get("/api/v1/ledger?profile=pledged&currency=USD&donor=CA").json()["totals"]
    assert of_aid["figure"]["low"] > 0
    assert (of_aid["profile"], of_aid["currency"]) == ("pledged", "USD")
    assert of_aid["figure"]["steps"] + sum(of_aid["left_out"].values()) == web.get("/api/v1/ledger?donor=CA").json()["count"]
    assert web.get("/api/v1/ledger?tab=sanctions").json()["totals"] is None


def test_what_is_past_says_so_and_leads_to_the_present(own: Path, tmp_path: Path, later: Callable[[], None]) -> None:
    browser = on(own)
    now = page_of(browser, "/ledger?recipient=UA")
    address = _CITED.search(now)[1]
    assert "may have been corrected" not in now
    assert "may have been corrected" not in page_of(browser, address)
    later()
    told(own, tmp_path, NEW)
    past = page_of(browser, address)
    assert "may have been corrected" in past
    (present,) = re.findall(r'<a href="([^"]+)">See it as it stands now', past)
    assert figures(page_of(browser, present)) != figures(past)


def test_a_text_that_was_taken_down_is_in_no_past_view(own: Path, later: Callable[[], None]) -> None:
    browser = on(own, public=True)
    told = browser.get("/api/v1/ledger").json()
    claim = told["items"][0]["claims"][0]
    query = told["citation"]["address"].partition("?")[2]
    assert claim["evidence"] in browser.get(f"/api/v1/ledger?{query}").json()["items"][0]["claims"][0]["evidence"]
    later()
    with Store(own) as store:
        article = next(one.article_id for one in store.claims() if one.id == claim["id"])
        upkeep.take_down(store, pipeline.shipped(), article, "the outlet asked for it")
    past = browser.get(f"/api/v1/ledger?{query}")
    assert claim["evidence"] not in past.text
    assert past.json()["citation"]["same"] is False


def test_one_past_is_made_at_a_time_and_others_are_not_kept_waiting(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vientro.serve.shelf._PATIENCE", 0.01)
    browser = on(own)
    shelf = browser.app.state.site.shelf  # type: ignore[attr-defined]
    known = shelf.view("2025-06-30")
    with shelf._past_lock:
        assert browser.get("/ledger?as-of=2025-05-31").status_code == 503
        assert browser.get("/api/v1/diff?from=2025-05-01&to=2025-05-31").status_code == 503
        assert browser.get("/ledger").status_code == 200
        assert shelf.view("2025-06-30") is known
    assert browser.get("/ledger?as-of=2025-05-31").status_code == 200


@pytest.mark.parametrize("past", ["/ledger?as-of=2025-05-31", "/api/v1/diff?from=2025-05-01&to=2025-05-31"])
def test_who_asks_for_the_past_of_a_public_ledger_again_and_again_waits(own: Path, past: str) -> None:
    browser = on(own, public=True)
    browser.app.state.limits = Limits(lambda: 0.0)  # type: ignore[attr-defined]
    codes = [browser.get(past).status_code for _ in range(25)]
    assert codes == [200] * 24 + [429]
    assert browser.get("/ledger").status_code == 200
