"""`vientro explain`: what a person sees fits a terminal, what a program gets is JSON, and both tell of the claims that are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.evaluate import folds
from vientro.reading import decide

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Đức giao thêm xe tăng cho Ukraine\nBộ Quốc phòng Đức hôm 5/3 đã bàn giao cho Ukraine 10 xe tăng Leopard 2 trị giá 20 triệu euro.\n"
    "Trước đó, Mỹ áp lệnh trừng phạt hai hãng dầu Nga, còn Hungary từ chối cung cấp vũ khí cho Ukraine."
)


def vientro(*arguments: object, stdin: str | None = None):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    path = tmp_path / "docs.jsonl"
    rows = [{"id": "a", "published": "2024-03-06", "text": TEXT}, {"id": "b", "text": "Ngày mai trời không mưa ở các tỉnh phía bắc."}]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_claims_are_those_that_read_prints(docs):
    wanted = [json.loads(line) for line in vientro("read", docs).stdout.splitlines()]
    told = [json.loads(line) for line in vientro("explain", docs, "--json").stdout.splitlines()]
    assert [row["doc"] for row in told] == [row["doc"] for row in wanted] == ["a", "b"]
    assert [[one["claim"] for one in row["claims"]] for row in told] == [row["claims"] for row in wanted]
    assert len(wanted[0]["claims"]) >= 2


def test_a_person_sees_each_slot_with_its_chance_within_eighty_columns(docs):
    result = vientro("explain", docs, "--all", "--text")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    for words in (
        "claim 0",
        "deliver, actual",
        "DE -> UA",
        '"bàn giao"',
        "actors",
        "recipients",
        "modality",
        "kept from",
        "against none",
        "Mỹ áp lệnh",
    ):
        assert words in result.stdout, words
    assert "There is no cue" in result.stdout


def test_cues_that_made_no_claim_are_shown_when_asked_for(docs):
    assert "--all shows why" in vientro("explain", docs).stdout
    shown = vientro("explain", docs, "--all").stdout
    assert "--all shows why" not in shown
    assert "without an act of their own" in shown


def test_one_claim_alone(docs, tmp_path):
    alone = tmp_path / "one.jsonl"
    alone.write_text(docs.read_text("utf-8").splitlines()[0], "utf-8")
    shown = vientro("explain", alone, "--claim", 1).stdout
    assert "claim 1" in shown
    assert "claim 0" not in shown
    (one,) = json.loads(vientro("explain", alone, "--claim", 1, "--json").stdout)["claims"]
    assert one["number"] == 1
    result = vientro("explain", alone, "--claim", 99)
    assert (result.exit_code, "counted from 0" in result.stderr) == (2, True)


def test_standard_input_and_names_of_ones_own(tmp_path):
    names = tmp_path / "names.tsv"
    names.write_text("pattern\tname\tkind\tcode\nQuỹ Mây Trắng\tQuỹ Mây Trắng\torganisation\tEU\n", "utf-8")
    text = "Quỹ Mây Trắng hôm 5/3 đã bàn giao cho Ukraine 10 xe tăng Leopard 2."
    (one,) = json.loads(vientro("explain", "-", "--json", "--names", names, stdin=text).stdout)["claims"]
    assert one["claim"]["actors"] == ["EU"]


def test_a_coded_document_is_read_by_weights_that_never_saw_it(tmp_path, monkeypatch):
    (tmp_path / "gold").mkdir()
    (tmp_path / "score.py").touch()
    (tmp_path / "gold" / "ledes.docs.jsonl").write_text(json.dumps({"id": "x/1", "published": "2024-03-06", "text": TEXT}), "utf-8")
    (tmp_path / "gold" / "ledes.gold.jsonl").touch()
    asked = []
    monkeypatch.setattr(folds, "model_for", lambda key: asked.append(key) or decide.shipped())
    result = vientro("explain", "ledes/x/1", "--data", tmp_path)
    assert result.exit_code == 0
    assert asked == ["x/1"]
    assert "claim 0" in result.stdout
    unknown = vientro("explain", "ledes/y", "--data", tmp_path)
    assert (unknown.exit_code, "no document 'y'" in unknown.stderr) == (2, True)


def test_what_no_reader_reads_is_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Germany pledged to deliver ten more tanks to Ukraine, officials said on Monday in Berlin.", "utf-8")
    result = vientro("explain", path)
    assert "left out" in result.stderr
    assert vientro("explain", tmp_path / "nowhere.txt").exit_code == 2


def test_nothing_in_an_article_can_command_the_terminal():
    result = vientro("explain", "-", "--text", "--all", stdin=TEXT.replace("Mỹ", "\x1b[31mMỹ\u202e\x9b2J"))
    assert not set(result.output) & {"\x1b", "\x9b", "\u202e"}
