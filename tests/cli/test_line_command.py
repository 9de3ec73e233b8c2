"""`vientro line` and `vientro topic`, with the reader that is shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro import open_ledger
from vientro.cli.main import app
from vientro.review.answers import Reviewer
from vientro.store.store import Store
from vientro.tasks import topics

if TYPE_CHECKING:
    from click.testing import Result

EXAMPLES = Path(__file__).parents[2] / "examples"
RADARS = sorted((EXAMPLES / "bao-vi-du").glob("*radar*")) + sorted((EXAMPLES / "thoi-bao-mau").glob("*radar*"))
KNOWN = "Ngày 3/7, Na Uy bàn giao 2 trong 8 radar cảnh giới cho Moldova."
DRAFT = "Ngày 20/12, Na Uy bàn giao 3 radar cuối cùng cho Moldova."


def vientro(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("line") / "x.db"
    assert vientro("run", *RADARS, "--db", path).exit_code == 0
    made = vientro("topic", "add", "Radar cho Moldova", "--recipient", "Moldova", "--by", "lan", "--db", path)
    assert made.exit_code == 0
    return path


def line(ledger: Path, draft: str, *options: object) -> tuple[int, dict[str, Any]]:
    found = vientro("line", "-", "--db", ledger, "--json", *options, stdin=draft)
    return found.exit_code, json.loads(found.stdout)


def test_a_delivery_is_new_and_fulfils_the_promise(ledger):
    code, found = line(ledger, DRAFT, "--on", "2025-12-21")
    (one,) = found["lines"]
    assert (code, one["status"], one["topics"]) == (0, "new", ["radar-cho-moldova"])
    assert one["line"] == "Ngày 20/12/2025, Na Uy bàn giao 3 radar cho Moldova."
    assert "8 radar" in one["fulfils"]["line"]
    assert one["so_far"]["shares"]


def test_the_same_act_told_again_is_not_new(ledger):
    code, found = line(ledger, KNOWN, "--on", "2025-07-05")
    (one,) = found["lines"]
    assert (code, one["status"], one["adds"]) == (3, "known", [])
    assert one["already"][0]["topics"] == ["radar-cho-moldova"]


def test_what_it_tells_beside_is_named(ledger):
    draft = "Ngày 3/7, Na Uy bàn giao 2 trong 8 radar cảnh giới trị giá 200 triệu krone cho Moldova."
    code, found = line(ledger, draft, "--on", "2025-07-05")
    assert (code, found["lines"][0]["status"], found["lines"][0]["adds"]) == (0, "adds", ["sum"])


def test_an_article_of_the_ledger_is_known_as_such(ledger):
    found = vientro("line", RADARS[0], "--db", ledger)
    assert found.exit_code == 3
    assert found.stdout.startswith("Bài này đã có trong sổ.\nKhông có gì mới")


def test_a_hidden_line_is_on_no_page_and_a_reworded_one_is_told_as_it_stands(ledger, tmp_path):
    own = tmp_path / "own.db"
    own.write_bytes(ledger.read_bytes())
    (step,) = (one for one in open_ledger(own).ledger.steps if one.date == "2025-07-03" and one.type == "deliver")
    with Store(own) as store:
        topics.edit(store, Reviewer("lan"), "radar-cho-moldova", "reword", step, "Hai đài đầu tiên đã tới.")
        told = line(own, KNOWN, "--on", "2025-07-05")[1]["lines"][0]["already"][0]
        assert told["line"].startswith("Hai đài đầu tiên đã tới. (")
        topics.edit(store, Reviewer("lan"), "radar-cho-moldova", "hide", step)
    told = line(own, KNOWN, "--on", "2025-07-05")[1]["lines"][0]["already"][0]
    assert told["topics"] == []


def test_nothing_of_a_draft_is_kept(ledger):
    before = ledger.read_bytes()
    vientro("line", "-", "--db", ledger, stdin=DRAFT)
    assert ledger.read_bytes() == before


def test_a_text_without_an_act_has_no_line(ledger):
    found = vientro("line", "-", "--db", ledger, stdin="Trời hôm nay đẹp.")
    assert (found.exit_code, found.stdout.count("\n")) == (4, 1)


def test_the_style_of_the_house(ledger, tmp_path):
    style = tmp_path / "style.toml"
    style.write_text('[words]\n"radar" = "ra-đa"\n', "utf-8")
    assert "3 ra-đa" in line(ledger, DRAFT, "--on", "2025-12-21", "--house", style)[1]["lines"][0]["line"]


@pytest.mark.parametrize(
    "options",
    [
        ("-", "--house", "/nowhere/style.toml"), ("-", "--topic", "khong-co"), ("-", "--on", "soon"), ("/nowhere.txt",),
        ("http://127.0.0.1:1/x",), ("-",),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_told_in_a_line(ledger, options):
    found = vientro("line", *options, "--db", ledger, stdin=" ")
    assert found.exit_code == 2
    assert "Traceback" not in found.output


def test_a_topic_is_shown_newest_first_and_as_a_feed(ledger):
    shown = vientro("topic", "show", "radar-cho-moldova", "--db", ledger).stdout
    assert shown.index("6/10/2025") < shown.index("3/7/2025") < shown.index("8/4/2025")
    feed = json.loads(vientro("topic", "show", "radar-cho-moldova", "--db", ledger, "--json", "--base", "https://so.example/").stdout)
    assert all(item["url"].startswith("https://so.example/deal/s-") for item in feed["items"])
    pasted = vientro("topic", "show", "radar-cho-moldova", "--db", ledger, "--paste", "-", "--limit", "2").stdout
    assert pasted.count("<li ") == 2


def test_topics_are_listed_changed_and_dropped_and_who_did_so_is_known(ledger, tmp_path):
    own = tmp_path / "own.db"
    own.write_bytes(ledger.read_bytes())
    assert vientro("topic", "add", "Radar", "--slug", "radar-cho-moldova", "--words", "radar", "--by", "minh", "--db", own).exit_code == 0
    (topic,) = json.loads(vientro("topic", "list", "--db", own, "--json").stdout)
    assert (topic["name"], topic["words"], topic["choice"]["recipients"]) == ("Radar", "radar", [])
    assert vientro("topic", "drop", "radar-cho-moldova", "--by", "lan", "--db", own).exit_code == 0
    assert json.loads(vientro("topic", "list", "--db", own, "--json").stdout) == []
    kinds = [(one["by"], one["kind"]) for one in json.loads(vientro("decide", "list", "--db", own, "--json").stdout)["decisions"]]
    assert kinds == [("lan", "topic"), ("minh", "topic"), ("lan", "undo"), ("lan", "undo")]


@pytest.mark.parametrize(
    "options", [("--purpose", "war"), ("--type", "gift"), ("--profile", "x"), ("--currency", "QQQ"), ("--since", "soon"), ("--slug", "A B")]
)
def test_a_topic_that_can_be_none_is_refused(ledger, options):
    assert vientro("topic", "add", "X", *options, "--by", "lan", "--db", ledger).exit_code == 2


def test_somebody_makes_a_topic(ledger, monkeypatch):
    monkeypatch.delenv("VIENTRO_REVIEWER", raising=False)
    assert vientro("topic", "add", "X", "--db", ledger).exit_code == 2
