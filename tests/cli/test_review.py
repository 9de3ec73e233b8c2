"""`vientro decide` and `vientro review`: rulings of people through the command line, on a small ledger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro import pipeline
from vientro.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROWS = [
    ("Báo A", "2025-02-11", "Đức cam kết cho Ukraine 20 triệu euro trong năm nay."),
    ("Báo B", "2025-02-12", "Đức cam kết cho Ukraine 33 triệu euro trong năm nay."),
    ("Báo C", "2025-03-02", "Pháp bàn giao cho Moldova 5 triệu euro."),
]


def vientro(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=typed)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stages: pipeline.Stages) -> Path:
    monkeypatch.setattr(pipeline, "shipped", lambda _names=None: stages)
    rows = [{"id": str(n), "source": source, "published": day, "text": text} for n, (source, day, text) in enumerate(ROWS)]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert vientro("run", tmp_path / "docs.jsonl", "--db", tmp_path / "x.db").exit_code == 0
    return tmp_path / "x.db"


def lines(db: Path) -> dict[float, dict[str, Any]]:
    """The steps of the ledger by their sum in millions."""
    told = json.loads(vientro("ledger", "--db", db, "--json").stdout)["lines"]
    return {line["sums"][0]["value"]["best"] / 1e6: line for line in told}


def decided(db: Path) -> dict[str, Any]:
    return json.loads(vientro("decide", "list", "--db", db, "--json").stdout)


def test_what_is_rejected_leaves_the_ledger_and_comes_back_when_that_is_undone(db):
    step = lines(db)[20]["id"]
    done = vientro("decide", "reject", step, "--by", "lan", "--shown-as", "R1", "--why", "a plan", "--db", db)
    assert done.exit_code == 0, done.output
    assert set(lines(db)) == {33, 5}
    (one,) = decided(db)["decisions"]
    assert (one["kind"], one["by"], one["why"]) == ("reject", "R1", "a plan")
    assert '"lan"' not in json.dumps(decided(db))
    assert vientro("decide", "undo", one["id"], "--by", "lan", "--db", db).exit_code == 0
    assert set(lines(db)) == {20, 33, 5}


def test_a_correction_stands_through_another_run_and_beside_the_reader_s_value(db, tmp_path):
    step = lines(db)[20]["id"]
    assert vientro("decide", "correct", step, "amounts", "25 triệu euro", "--by", "lan", "--db", db).exit_code == 0
    assert set(lines(db)) == {25, 33, 5}
    assert vientro("run", tmp_path / "docs.jsonl", "--db", db).exit_code == 0
    assert set(lines(db)) == {25, 33, 5}
    (one,) = decided(db)["decisions"]
    assert one["saw"][0]["amounts"][0]["value"] == 20e6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["accept", "s-nothing", "--by", "lan"], "knows no such id"),
        (["accept", "s-nothing"], "nobody is named"),
        (["undo", "r-nothing", "--by", "lan"], "no such decision"),
    ],
)
def test_what_can_not_be_ruled_is_told_in_plain_words(db, arguments, said):
    done = vientro("decide", *arguments, "--db", db)
    assert done.exit_code == 2
    assert said in done.output


def test_a_wrong_slot_or_value_is_told_and_nothing_is_written(db):
    step = lines(db)[20]["id"]
    for slot, value in (("colour", "red"), ("modality", "surely"), ("amounts", "a lot"), ("basis", "guess")):
        assert vientro("decide", "correct", step, slot, value, "--by", "lan", "--db", db).exit_code == 2
    assert decided(db)["decisions"] == []


def test_a_session_asks_takes_keys_and_writes_each_answer_down(db):
    done = vientro("review", "--by", "lan", "--topic", "claim", "--db", db, typed="xarua q")
    assert done.exit_code == 0, done.output
    assert "Is this so?" in done.output
    kinds = [one["kind"] for one in decided(db)["decisions"]]
    assert kinds == ["accept", "reject", "undo", "accept"]
    assert "answers are written down" in done.output


def test_a_slot_is_fixed_in_a_session_and_a_bad_value_asks_again(db):
    typed = "famounts\nmuch\nfamounts\n41000000 EUR\n"
    done = vientro("review", "--by", "lan", "--topic", "claim", "--limit", "1", "--db", db, typed=typed)
    assert done.exit_code == 0, done.output
    assert "is no sum" in done.output
    assert 41 in lines(db)


def test_open_questions_are_listed_for_programs(db):
    told = json.loads(vientro("review", "--list", "--json", "--db", db).stdout)
    assert {one["topic"] for one in told} == {"claim"}
    assert [one["weight"] for one in told] == sorted((one["weight"] for one in told), reverse=True)


def test_a_second_reviewer_answers_blind_and_the_clash_and_the_agreement_are_told(db):
    assert vientro("review", "--by", "lan", "--topic", "claim", "--db", db, typed="aaa").exit_code == 0
    second = vientro("review", "--by", "minh", "--second", "--db", db, typed="arr")
    assert second.exit_code == 0, second.output
    assert len(decided(db)["clashes"]) == 2
    (verdict,) = json.loads(vientro("review", "--agreement", "--json", "--db", db).stdout)
    assert (verdict["claims"], verdict["same"]) == (3, 1)
    assert "33%" in vientro("review", "--agreement", "--db", db).output
    topics = [one["topic"] for one in json.loads(vientro("review", "--list", "--json", "--db", db).stdout)]
    assert topics[:2] == ["clash", "clash"]
