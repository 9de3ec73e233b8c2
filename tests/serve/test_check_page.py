"""The card of a sentence: its verdict in plain words, its lines, how its figures are counted, and the address that it is shared by."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from vientro.serve.app import create_app
from vientro.serve.checking import LONGEST_SHARED
from vientro.serve.limits import Limits
from vientro.serve.say import say
from vientro.serve.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "Na Uy đã bàn giao 5 radar cho Moldova"
ADDRESS = re.compile(r'<p class="share"><a href="([^"]+)"')


def card(web: Any, sentence: str, **more: str) -> str:
    answer = web.get("/check", params={"sentence": sentence, **more})
    assert answer.status_code == 200
    return str(answer.text)


def test_the_verdict_comes_first_then_the_lines_then_the_figures(web: TestClient) -> None:
    shown = card(web, WRONG)
    places = [
        shown.index(words)
        for words in ("which say otherwise of the quantity", "sources say otherwise", "Lines of the ledger", "How the figures are counted")
    ]
    assert places == sorted(places)
    assert "one level is summed" in shown


def test_what_is_not_found_is_told_with_what_was_searched(web: TestClient) -> None:
    shown = card(web, "Nhật Bản đã bàn giao 7 xe cứu hỏa cho Peru")
    assert "No report of this was found." in shown
    assert "That does not mean that it did not happen." in shown
    assert shown.count("articles: 27") == 1
    assert "Lines of the ledger" not in shown


def test_a_sentence_without_an_act_says_so(web: TestClient) -> None:
    assert "No act of support" in card(web, "Trời hôm nay đẹp quá")


def test_the_answer_is_shared_by_its_address(web: Any) -> None:
    sent = web.submit("/check", sentence=WRONG, on="2025-10-01")
    address = unescape(ADDRESS.search(sent.text)[1])  # type: ignore[index]
    assert address.startswith("/check?sentence=Na+Uy")
    assert "on=2025-10-01" in address
    assert f'href="{sent.text[sent.text.index("/check?sentence=") :].partition("lang=")[0]}lang=vi"' in sent.text, "the other language"
    again = web.get(address).text
    assert again[again.index('id="answer"') :] == sent.text[sent.text.index('id="answer"') :]


@pytest.mark.parametrize(("query", "code"), [({}, 303), ({"sentence": " "}, 303), ({"sentence": "x" * (LONGEST_SHARED + 1)}, 422)])
def test_an_address_holds_one_sentence(web: TestClient, query: dict[str, str], code: int) -> None:
    assert web.get("/check", params=query, follow_redirects=False).status_code == code


def test_a_long_sentence_has_a_card_and_no_address(web: Any) -> None:
    shown = web.submit("/check", sentence=f"{WRONG}. " + "Trời hôm nay đẹp. " * 40).text
    assert "too long to have an address" in shown
    assert "/check?sentence=" not in shown


def test_a_bad_day_is_told(web: TestClient) -> None:
    assert web.get("/check", params={"sentence": WRONG, "on": "hôm qua"}).status_code == 422


def test_an_address_holds_no_markup(web: TestClient) -> None:
    shown = card(web, f"<script>alert(1)</script>\u202e {WRONG}")
    assert "<script>alert" not in shown
    assert "\u202e" not in shown


def test_sentences_in_addresses_are_counted_like_those_that_are_sent(examples: Path) -> None:
    everybody = TestClient(create_app(Settings(str(examples), public=True)))
    everybody.app.state.limits = Limits(lambda: 0.0)  # type: ignore[attr-defined]
    codes = [everybody.get("/check", params={"sentence": "x"}).status_code for _ in range(30)]
    assert codes.count(429) == 6
    assert everybody.get("/ledger").status_code == 200


def test_a_sentence_in_another_language_is_told_what_is_read(web):
    assert "Only Vietnamese is read." in web.get("/check?sentence=Canada+pledged+two+billion&lang=en").text
    example = say("start.example", "vi").removeprefix("Ví dụ: ")
    page = web.get("/check", params={"sentence": example, "lang": "en"}).text
    assert "No report of this was found" not in page
    assert "In the sources" in page
