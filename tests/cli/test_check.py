"""`vientro check`: a sentence held against a ledger, with the reader that is shipped."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app

if TYPE_CHECKING:
    from click.testing import Result

SEEDS = Path(__file__).parent.parent.parent.parent / "shared" / "seeds"
EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) `\x1b[31m"
ROWS = [
    {
        "id": "a", "source": "Báo A", "url": "https://a.example/1", "published": "2025-01-10", "title": "Thêm viện trợ cho Ukraine",
        "text": "Tổng thống Ukraine Volodymyr Zelensky cho biết ngày 9/1, 34 quốc gia đã cam kết viện trợ quân sự thêm 2 tỷ USD cho Kiev.",
    },
    {
        "id": "b", "source": "Báo B", "url": "https://b.example/2", "published": "2025-01-10", "title": "34 nước hứa giúp Kiev",
        "text": "Theo Reuters, 34 nước ngày 9/1 cam kết khoản viện trợ quân sự 2 tỷ USD cho Ukraine.",
    },
    {
        "id": "c", "source": "Báo C", "published": "2025-01-11", "title": "Đức giúp Ukraine",
        "text": f"Đức ngày 10/1 cam kết viện trợ quân sự 50 triệu euro cho Ukraine. {EVIL}",
    },
    {
        "id": "d", "source": "Báo D", "published": "2025-02-20", "title": EVIL,
        "text": "Na Uy ngày 19/2 đã bàn giao 3 radar cho Moldova.",
    },
]  # fmt: skip


def vientro(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("check")
    (home / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    assert vientro("run", home / "docs.jsonl", "--db", home / "x.db").exit_code == 0
    return home / "x.db"


def answer(ledger: Path, sentence: str, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(vientro("check", sentence, "--ledger", ledger, "--json", *options).stdout)
    return found


def statuses(found: dict[str, Any]) -> dict[str, str]:
    return {slot["name"]: slot["status"] for slot in found["claims"][0]["slots"]}


SENTENCE = "34 quốc gia cam kết hỗ trợ quân sự 2 tỷ USD cho Ukraine ngày 9/1/2025."


def test_the_34_states_who_said_so_and_what_may_lie_inside(ledger):
    found = answer(ledger, SENTENCE)
    (claim,) = found["claims"]
    assert found["found"]
    assert {name: statuses(found)[name] for name in ("act", "actor", "recipient", "sum", "date")} == dict.fromkeys(
        ("act", "actor", "recipient", "sum", "date"), "supported"
    )
    outlets = {one["outlet"] for match in claim["matches"] for one in match["claims"]}
    assert outlets == {"Báo A", "Báo B"}
    speakers = {told["speaker"] for match in claim["matches"] for told in match["utterances"]}
    assert "Volodymyr Zelensky" in speakers
    inside = [(one["actors"], one["relation"]) for one in claim["near"] if one["relation"] == "inside"]
    assert inside == [(["DE"], "inside")]
    assert all("D14" in match["flags"] for match in claim["matches"])


def test_only_sums_and_things_of_the_same_kind_may_lie_inside_a_groups_figure(tmp_path):
    texts = [
        "34 nước ngày 9/1 cam kết khoản viện trợ quân sự 2 tỷ USD cho Ukraine.",
        "Đức ngày 10/1 cam kết viện trợ quân sự 50 triệu USD cho Ukraine.",
        "Na Uy ngày 11/1 đã bàn giao 12 xe bọc thép cho Ukraine.",
    ]
    rows = [{"id": str(n), "source": f"Báo {n}", "published": "2025-01-11", "title": "Tin", "text": text} for n, text in enumerate(texts)]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert vientro("run", tmp_path / "docs.jsonl", "--db", tmp_path / "x.db", "--min-confidence", 0).exit_code == 0
    (claim,) = answer(tmp_path / "x.db", SENTENCE)["claims"]
    assert [one["actors"] for one in claim["near"] if one["relation"] == "inside"] == [["DE"]]


def test_a_member_named_elsewhere_may_lie_inside_the_total_of_the_group_d14(ledger):
    found = answer(ledger, "Đức cam kết viện trợ quân sự 50 triệu euro cho Ukraine ngày 10/1/2025.")
    relations = {(one["relation"], one["actors"][0]) for one in found["claims"][0]["near"]}
    assert any(relation == "umbrella" and actor.startswith("34") for relation, actor in relations)


def test_a_wrong_sum_is_told_with_what_the_sources_say(ledger):
    found = answer(ledger, "34 quốc gia cam kết hỗ trợ quân sự 9 tỷ USD cho Ukraine ngày 9/1/2025.")
    assert statuses(found)["sum"] == "contradicted"
    text = vientro("check", "34 quốc gia cam kết hỗ trợ quân sự 9 tỷ USD cho Ukraine ngày 9/1/2025.", "--db", ledger, "--lang", "en").stdout
    assert re.search(r"✗ sum: 9 billion USD — sources say otherwise\n\s+≠ 2 billion USD \(according to", text)


def test_a_wrong_number_of_states_is_told(ledger):
    assert statuses(answer(ledger, "50 quốc gia cam kết hỗ trợ quân sự 2 tỷ USD cho Ukraine ngày 9/1/2025."))["actor"] == "contradicted"


def test_a_wrong_day_is_told(ledger):
    found = answer(ledger, "34 quốc gia cam kết hỗ trợ quân sự 2 tỷ USD cho Ukraine ngày 9/5/2025.")
    assert (statuses(found)["date"], statuses(found)["sum"]) == ("contradicted", "supported")


@pytest.mark.parametrize(
    "sentence",
    [
        "34 quốc gia cam kết hỗ trợ quân sự 2 tỷ USD cho Moldova ngày 9/1/2025.",
        "Pháp cam kết hỗ trợ quân sự 50 triệu euro cho Ukraine ngày 10/1/2025.",
        "Đức từ chối viện trợ quân sự 50 triệu euro cho Ukraine ngày 10/1/2025.",
        "Na Uy đã bàn giao 3 radar cho Ukraine.",
    ],
)
def test_another_party_or_another_act_is_not_the_same(ledger, sentence):
    assert not answer(ledger, sentence)["found"]


def test_a_figure_in_another_currency_is_one_converted_d15(ledger):
    found = answer(ledger, "34 quốc gia cam kết hỗ trợ quân sự 1,9 tỷ euro cho Ukraine ngày 9/1/2025.")
    (told,) = [slot for slot in found["claims"][0]["slots"] if slot["name"] == "sum"]
    assert (told["status"], told["causes"]) == ("supported", ["conversion"])


@pytest.mark.parametrize(
    ("sentence", "status"),
    [("Na Uy bác bỏ việc đã bàn giao 3 radar cho Moldova.", "contradicted"), ("Na Uy đã giao 3 radar cho Moldova.", "supported")],
)
def test_a_denied_act_is_contradicted_by_those_who_tell_of_it(ledger, sentence, status):
    assert statuses(answer(ledger, sentence))["act"] == status
    text = vientro("check", sentence, "--db", ledger, "--lang", "en").stdout
    assert ("Norway → Moldova: delivery · denied" in text) == (status == "contradicted")
    assert ("The sources say otherwise of this act: 1 origin" in text) == (status == "contradicted")
    assert "✓ act: delivery · denied" not in text


def test_an_act_told_as_done_is_contradicted_by_those_who_deny_it(tmp_path):
    row = {
        "id": "e",
        "source": "Báo E",
        "published": "2025-03-02",
        "title": "Na Uy lên tiếng",
        "text": "Na Uy chưa bàn giao radar cho Moldova.",
    }
    (tmp_path / "docs.jsonl").write_text(json.dumps(row), "utf-8")
    assert vientro("run", tmp_path / "docs.jsonl", "--db", tmp_path / "x.db", "--min-confidence", 0).exit_code == 0
    assert statuses(answer(tmp_path / "x.db", "Na Uy đã bàn giao radar cho Moldova."))["act"] == "contradicted"
    assert statuses(answer(tmp_path / "x.db", "Na Uy chưa bàn giao radar cho Moldova."))["act"] == "supported"


def test_what_no_source_says_is_named(ledger):
    found = answer(ledger, "Na Uy đã bàn giao 3 radar trị giá 70 triệu USD cho Moldova.")
    assert statuses(found) | {"sum": "not found", "quantity": "supported"} == statuses(found)


def test_silence_is_no_report_found_in_what_was_read_q8(ledger):
    result = vientro("check", "Nhật Bản cam kết viện trợ 300 triệu USD cho Philippines ngày 5/2/2025.", "--db", ledger, "--lang", "en")
    assert result.exit_code == 3
    assert "No report of this was found in the articles read, published 10 Jan 2025 to 20 Feb 2025 (articles: 4;" in result.stdout
    assert "That does not mean that it did not happen." in result.stdout
    assert "Whether sources were down in that time is not recorded." in result.stdout


def test_what_was_read_is_told_once(ledger):
    two = "Nhật Bản cam kết 300 triệu USD cho Philippines. Brazil viện trợ 5 triệu USD cho Peru."
    for sentence in (two, two.partition(". ")[0], SENTENCE):
        assert vientro("check", sentence, "--db", ledger, "--lang", "en").stdout.count("the articles read, published 10 Jan 2025") == 1
    assert vientro("check", two, "--db", ledger, "--lang", "en").stdout.count("No report of this was found") == 2


def test_exit_codes(ledger, tmp_path):
    assert vientro("check", SENTENCE, "--db", ledger).exit_code == 0
    assert vientro("check", "Ngày mai trời nắng.", "--db", ledger).exit_code == 4
    assert vientro("check", "  ", "--db", ledger).exit_code == 2
    assert vientro("check", "x" * 5001, "--db", ledger).exit_code == 2
    assert vientro("check", SENTENCE, "--db", ledger, "--on", "hôm qua").exit_code == 2
    assert vientro("check", SENTENCE, "--db", tmp_path / "none.db").exit_code == 1


def test_a_day_given_stands_for_what_the_sentence_leaves_open(ledger):
    found = answer(ledger, "Hôm qua, 34 nước cam kết viện trợ quân sự 2 tỷ USD cho Ukraine.", "--on", "2025-01-10")
    assert found["on"] == "2025-01-10"
    assert statuses(found)["date"] == "supported"


def test_without_its_day_a_sentence_is_not_given_one_that_was_guessed(ledger):
    found = answer(ledger, "Đầu tuần trước, 34 nước cam kết viện trợ quân sự 2 tỷ USD cho Ukraine.")
    assert found["claims"][0]["claim"]["date"] is None
    assert found["found"]


def test_the_sentence_may_come_through_standard_input(ledger):
    assert vientro("check", "-", "--db", ledger, stdin=SENTENCE).exit_code == 0


def test_the_card_is_markdown_in_which_hostile_text_stays_text(ledger, tmp_path):
    card = tmp_path / "card.md"
    sentence = f"Đức ngày 10/1/2025 cam kết viện trợ quân sự 50 triệu euro cho Ukraine {EVIL}\n# Tiêu đề"
    result = vientro("check", sentence, "--db", ledger, "--card", card)
    text = card.read_text("utf-8")
    for out in (text, vientro("check", sentence, "--db", ledger, "--card", "-").stdout):
        assert "<script" not in out
        assert "](javascript" not in out
        assert "\x1b" not in out
        assert not re.search(r"^# ", out, re.MULTILINE)
    assert "\x1b" not in result.stdout
    assert re.search(r"\(\[[^\]]+\]\(<https://a\.example/1>\)\)", vientro("check", SENTENCE, "--db", ledger, "--card", "-").stdout)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds")
def test_the_sentence_the_project_was_started_with(tmp_path):
    assert vientro("run", SEEDS, "--db", tmp_path / "x.db").exit_code == 0
    found = answer(tmp_path / "x.db", SENTENCE)
    assert found["found"]
    assert {name: statuses(found)[name] for name in ("act", "actor", "recipient", "sum", "date")} == dict.fromkeys(
        ("act", "actor", "recipient", "sum", "date"), "supported"
    )


def test_voices_are_not_counted_where_they_are_more_than_the_articles(tmp_path):
    pytest.importorskip("vientro.reading.reader")
    db = tmp_path / "examples.db"
    examples = Path(__file__).parent.parent.parent / "examples"
    assert CliRunner().invoke(app, ["run", str(examples), "--db", str(db)]).exit_code == 0
    said = CliRunner().invoke(app, ["check", "Canada cam kết 3 tỷ đô la Canada cho Ukraine", "--db", str(db), "--lang", "en"]).stdout
    assert "otherwise of the sum: 3 articles." in said
