from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from vientro.ledger.choice import Choice
from vientro.model.decision import Decision
from vientro.model.errors import InputError
from vientro.model.ledger import Step
from vientro.publish.feeds import json_feed, paste, rss
from vientro.publish.topic import Topic, belongs, plain, says, slug_of, topics_of, words_of
from vientro.publish.topicpage import Shown, asks

EVIL = '<script>alert(1)</script> "x" & \u202eđảo\u202c \x1b[31m \ufffe ]]> =1+1'
TOPIC = Topic("radar", "Radar", choice=Choice(recipients=("MD",)), supports=("military",), words="viện trợ, ra-đa")
_SOURCES = ((EVIL, "https://a.example/?a=1&b=2"), ("B", ""))
LINE = Shown(
    "s-1", "/deal/s-1", EVIL, "17/9/2025", "2025-09-18T08:12:00+07:00", "2025-09-25", (EVIL,), _SOURCES, (),
)  # fmt: skip


def test_a_feed_reader_gets_the_text_and_no_markup_from_rss():
    root = ElementTree.fromstring(rss(replace(TOPIC, name=EVIL), [LINE], "https://so.example", "2025-09-25"))
    item = root.find("channel/item")
    assert item is not None
    assert "<script>alert(1)</script>" in (item.findtext("title") or "")
    assert "<script" not in (item.findtext("description") or "")
    assert (item.findtext("guid"), item.findtext("link")) == ("urn:vientro:s-1", "https://so.example/deal/s-1")
    assert item.findtext("pubDate") == "Thu, 18 Sep 2025 08:12:00 +0700"
    assert not set("\u202e\x1b\ufffe") & set(ElementTree.tostring(root, "unicode"))


def test_json_feed_keeps_first_and_last_time_and_its_html_is_harmless():
    made = json.loads(json.dumps(json_feed(TOPIC, [LINE], "https://so.example")))
    (item,) = made["items"]
    assert made["version"] == "https://jsonfeed.org/version/1.1"
    assert (item["id"], item["date_published"], item["date_modified"]) == (
        "urn:vientro:s-1", "2025-09-18T08:12:00+07:00", "2025-09-25T00:00:00+00:00",
    )  # fmt: skip
    assert "<script" not in item["content_html"]


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_html_to_paste_has_headings_lists_and_links_and_nothing_that_runs_or_loads():
    tags = _Tags(paste(replace(TOPIC, name=EVIL), [(EVIL, [LINE])], "https://so.example")).found
    assert {tag for tag, _ in tags} == {"section", "h2", "h3", "ul", "li", "a", "em", "p", "small"}
    assert {name for _, given in tags for name in given} <= {"class", "lang", "id", "href", "rel", "data-changed"}
    assert [given["href"] for tag, given in tags if tag == "a"] == ["https://a.example/?a=1&b=2", "https://so.example/topic/radar"]


@pytest.mark.parametrize(("name", "slug"), [("Viện trợ quân sự", "vien-tro-quan-su"), ("Đức → Ukraine!", "duc-ukraine"), ("F-16", "f-16")])
def test_a_name_has_an_address(name, slug):
    assert slug_of(name) == slug


@pytest.mark.parametrize("given", [{"slug": "../x"}, {"slug": ""}, {"slug": "Á"}, {"name": " "}, {"name": "x" * 81}])
def test_what_can_be_no_topic_is_refused(given):
    with pytest.raises(InputError):
        replace(TOPIC, **given)


def test_a_step_belongs_that_fits_all_that_is_asked():
    step = Step("s-1", "d-1", (), 1, "2025-09-17", recipients=("MD",), support="military", outlets=("A",))
    assert belongs(step, "delivered", "", TOPIC)
    for other in ({"recipients": ("UA",)}, {"support": "financial"}, {"support": None}):
        assert not belongs(replace(step, **other), "delivered", "", TOPIC)
    assert not belongs(step, "delivered", "", replace(TOPIC, outlets=("B",)))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", True), ("viện trợ", True), ("vien tro", True), ("viên trợ", False), ("radar, viện trợ", True), ("trợ radar", False),
        ("tr", False), ("mới radar", False), ("hoa binh", True), ("hòa bình", True), (",,", True),
    ],
)  # fmt: skip
def test_a_phrase_is_found_as_whole_words_in_a_row_with_marks_or_without(asked, found):
    words = words_of(["Gói Viện trợ  mới", "Radar vì hoà bình"])
    assert says(words, replace(TOPIC, words=asked)) is found


def _decision(topic: Any) -> Decision:
    return Decision("r-1", "2025-01-01", "lan", "topic", value=topic)


def test_a_topic_comes_back_from_its_decision_and_the_last_form_stands():
    kept = msgspec.json.decode(msgspec.json.encode(plain(TOPIC)))
    other = plain(replace(TOPIC, name="Khác"))
    assert topics_of([_decision(kept)]) == {"radar": TOPIC}
    assert topics_of([_decision(kept), _decision(other)])["radar"].name == "Khác"
    assert topics_of([_decision({"slug": "a"}), _decision(None), _decision({"slug": "../x", "name": "x"})]) == {}


def test_what_a_topic_asks_for_is_told_in_words():
    assert asks(TOPIC, "vi") == [("q", "viện trợ, ra-đa"), ("recipient", "Moldova"), ("purpose", "quân sự")]
