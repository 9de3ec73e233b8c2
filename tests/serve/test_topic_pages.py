"""Topic pages, their feeds, what editors do to their lines, and the line of a draft, on a ledger of the examples."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from vientro.collect.files import sources
from vientro.pipeline import run, shipped
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Browser

EVIL = "<script>alert(1)</script> \u202eMoldova"
_LINE = re.compile(r'<li id="(s-[0-9a-f]+)"')


@pytest.fixture
def desk(serve: Callable[..., Browser]) -> Browser:
    """A desk with one topic."""
    browser = serve()
    assert browser.submit("/topics", name="Radar cho Moldova", recipient="MD").status_code == 303
    return browser


def lines(browser: Browser, page: str = "/topic/radar-cho-moldova") -> list[str]:
    return _LINE.findall(browser.get(page).text.partition("Hidden")[0])


def test_a_topic_is_made_and_listed(desk):
    assert "Radar cho Moldova" in desk.get("/topics").text
    page = desk.get("/topic/radar-cho-moldova")
    assert page.status_code == 200
    assert "delivered 2 of 8 radar" in page.text


def test_every_act_of_a_topic_stands_on_its_page_once_with_its_paper(desk):
    found = lines(desk)
    assert len(found) == len(set(found)) > 10
    page = desk.get("/topic/radar-cho-moldova").text
    assert page.count('<p class="by">') >= len(found)
    assert "https://thoibaomau.example/" in page


def test_the_newest_day_stands_first(desk):
    page = desk.get("/topic/radar-cho-moldova?lang=vi").text
    days = [tuple(map(int, reversed(day.split("/")))) for day in re.findall(r"<h2>(\d+/\d+/\d{4})</h2>", page)]
    assert len(days) > 5
    assert days == sorted(days, reverse=True)


def test_an_editor_pins_hides_and_rewords_and_takes_it_back(desk):
    found = lines(desk)
    page, last, first = "/topic/radar-cho-moldova", found[-1], found[0]
    assert desk.submit(f"{page}/line/{last}", what="pin").headers["location"] == f"{page}#{last}"
    assert lines(desk)[0] == last
    desk.submit(f"{page}/line/{first}", what="hide")
    assert first not in lines(desk)
    desk.submit(f"{page}/line/{last}", what="reword", words=f"Câu mới {EVIL}")
    shown = desk.get(page).text
    assert "Câu mới &lt;script&gt;" in shown
    assert "<script>alert" not in shown
    assert "\u202e" not in shown
    undo = re.search(r'value="undo"><input type="hidden" name="decision" value="(r-[0-9a-f]+)"><button class="quiet">Show again', shown)
    assert undo
    desk.submit(f"{page}/line/{first}", what="undo", decision=undo[1])
    assert first in lines(desk)


def test_pins_and_words_survive_a_rebuild(desk, own):
    page, last = "/topic/radar-cho-moldova", lines(desk)[-1]
    desk.submit(f"{page}/line/{last}", what="pin")
    with Store(own) as store:
        run([], store, shipped(), least=None, tell=lambda *_: None)
    assert lines(desk)[0] == last


@pytest.mark.parametrize(
    ("address", "fields", "status"),
    [
        ("/topic/radar-cho-moldova/line/s-0000000000000000", {"what": "pin"}, 404),
        ("/topic/khong-co/line/{}", {"what": "pin"}, 422),
        ("/topic/radar-cho-moldova/line/{}", {"what": "reword", "words": " "}, 422),
        ("/topic/radar-cho-moldova/line/{}", {"what": "undo", "decision": "r-0"}, 422),
        ("/topic/radar-cho-moldova/line/{}", {"what": "burn"}, 422),
        ("/topics", {"name": "!!!"}, 422),
        ("/topics", {"name": "X", "purpose": "military' --"}, 422),
        ("/topics", {"name": "X", "currency": "QQQ"}, 422),
    ],
)
def test_what_can_not_be_done_is_told(desk, address, fields, status):
    assert desk.submit(address.format(lines(desk)[0]), **fields).status_code == status


def test_nothing_is_changed_without_the_form(desk):
    assert desk.post(f"/topic/radar-cho-moldova/line/{lines(desk)[0]}", data={"what": "hide"}).status_code == 403


def test_there_is_no_page_of_a_topic_that_is_none(desk):
    assert [desk.get(f"/topic/khong-co{rest}").status_code for rest in ("", "/feed.xml", "/feed.json", "/paste")] == [404] * 4


def test_the_feeds_have_the_lines_of_the_page_with_ids_that_stay(desk):
    ids = {f"urn:vientro:{id_}" for id_ in lines(desk)}
    root = ElementTree.fromstring(desk.get("/topic/radar-cho-moldova/feed.xml").text)
    assert {one.findtext("guid") for one in root.iter("item")} == ids
    feed = desk.get("/topic/radar-cho-moldova/feed.json")
    assert feed.headers["content-type"] == "application/feed+json"
    assert {one["id"] for one in feed.json()["items"]} == ids


def test_the_html_to_paste_has_each_line_once(desk):
    page = desk.get("/topic/radar-cho-moldova/paste").text
    assert sorted(re.findall(r"&lt;li id=&quot;(s-[0-9a-f]+)&quot;", page)) == sorted(lines(desk))


def _add(own: Path, folder: Path, *rows: dict[str, Any]) -> None:
    (folder / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with Store(own) as store:
        run(sources([str(folder / "more.jsonl")]), store, shipped(), least=None, tell=lambda *_: None)


def test_stories_without_a_claim_are_related_and_news_moves_a_line(desk, own, tmp_path):
    delivery = next(id_ for id_ in lines(desk) if "delivered 3 radar" in desk.get("/topic/radar-cho-moldova").text.partition(id_)[2][:400])
    _add(
        own,
        tmp_path,
        {
            "id": "k1", "source": "Báo Kể", "url": "https://k.example/1", "published": "2025-09-20", "title": EVIL,
            "text": "Trời Moldova trong xanh.",
        },
        {
            "id": "k2", "source": "Báo Kể", "url": "https://k.example/2", "published": "2025-10-30", "title": "Na Uy và Moldova",
            "text": "Ngày 17/9, Na Uy bàn giao 3 radar cảnh giới trị giá 300 triệu krone cho Moldova.",
        },
    )  # fmt: skip
    page = desk.get("/topic/radar-cho-moldova").text
    related = page.partition("Related")[2]
    assert "https://k.example/1" in related
    assert "https://k.example/2" not in related
    assert "<script>alert" not in page
    assert "Updated 30 Oct 2025: the sum is known. First told 18 Sep 2025." in page.partition(delivery)[2][:1200]


DRAFT = "Ngày 20/12, Na Uy bàn giao 3 radar cuối cùng cho Moldova."


def test_a_draft_gets_its_line_its_page_and_the_promise_it_fulfils(desk):
    page = desk.submit("/line", sentence=DRAFT, on="2025-12-21").text
    assert "On 20 Dec 2025, Norway delivered 3 radars to Moldova." in page
    assert "New, for the page: Radar cho Moldova" in page
    assert "Fulfils the promise: On 8 Apr 2025" in page


def test_a_draft_of_what_is_known_is_told_so(desk):
    page = desk.submit("/line", sentence="Ngày 3/7, Na Uy bàn giao 2 trong 8 radar cảnh giới cho Moldova.", on="2025-07-04").text
    assert "Already on the page Radar cho Moldova as: On 3 Jul 2025" in page
    assert "Nothing in it is new" in page


UNREAD = "Bộ Quốc phòng Ba Lan nói về chuyện giao xe tăng."


def test_a_draft_of_which_a_sentence_was_not_read_is_not_said_to_have_nothing_new(desk):
    known = "Ngày 3/7, Na Uy bàn giao 2 trong 8 radar cảnh giới cho Moldova."
    page = desk.submit("/line", sentence=f"{known} {UNREAD}", on="2025-07-04").text
    assert "Of what was read in it nothing is new" in page
    assert "Nothing in it is new" not in page
    assert f"Not read: “{UNREAD}”" in page
    assert f"Not read: “{UNREAD}”" in desk.submit("/check", sentence=f"{known} {UNREAD}", on="2025-07-04").text


@pytest.mark.parametrize("sentence", ["Trời hôm nay đẹp.", f"{EVIL} và một câu không có gì."])
def test_a_draft_without_an_act_has_nothing_for_a_page(desk, sentence):
    page = desk.submit("/line", sentence=sentence)
    assert page.status_code == 200
    assert "nothing for a topic page" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("fields", [{"sentence": " "}, {"sentence": DRAFT, "on": "soon"}, {"sentence": "http://127.0.0.1:1/x"}])
def test_what_is_no_draft_is_told(desk, fields):
    assert desk.submit("/line", **fields).status_code == 422


def test_the_house_style_is_in_the_lines(serve, tmp_path):
    style = tmp_path / "style.toml"
    style.write_text('date = "dd/mm/yyyy"\n[names]\nMD = "Môn-đô-va"\n', "utf-8")
    browser = serve(house=style)
    browser.submit("/topics", name="Radar", recipient="MD")
    assert "Na Uy bàn giao 2 trong 8 radar cảnh giới cho Môn-đô-va" in browser.get("/topic/radar?lang=vi").text
    assert "Ngày 20/12/2025, Na Uy bàn giao 3 radar cho Môn-đô-va" in browser.submit("/line", sentence=DRAFT, on="2025-12-21").text


def test_a_server_for_everybody_shows_topics_and_changes_none(desk, serve):
    everybody = serve(public=True)
    assert everybody.get("/topics").status_code == 200
    assert '<form class="reword"' not in everybody.get("/topic/radar-cho-moldova").text
    assert everybody.post("/topics", data={"name": "X"}).status_code == 403


@pytest.mark.parametrize("address", ["/line", "/check"])
@pytest.mark.parametrize(("name", "status"), [("nhap.txt", 200), ("nhap.html", 200), ("nhap.exe", 422), ("trong.txt", 422)])
def test_a_file_gets_its_line_whichever_button_is_pressed(desk, address, name, status):
    text = "" if name == "trong.txt" else f"<html><body><h1>Na Uy giao radar</h1><p>{DRAFT}</p></body></html>" if "html" in name else DRAFT
    fields = {"csrf": desk.csrf(), "on": "2025-12-21", "sentence": ""}
    answer = desk.post(address, data=fields, files={"file": (name, text.encode())})
    assert answer.status_code == status
    assert status != 200 or "On 20 Dec 2025, Norway delivered 3 radars to Moldova." in answer.text


def test_a_long_text_is_a_draft_whichever_button_is_pressed(desk):
    page = desk.submit("/check", sentence=DRAFT + "\nTrời hôm nay đẹp." * 400, on="2025-12-21").text
    assert "On 20 Dec 2025, Norway delivered 3 radars to Moldova." in page
