"""`vientro eval mentions` from end to end, over cases, two documents and a scorer made here."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.evaluate import gold

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Thủ tướng Đức hôm 5/3 cam kết viện trợ cho Ukraine 20 triệu euro."
CASES = {
    "times": [
        {"text": "Ông đến hôm 5/3.", "published": "2024-03-06", "expect": [{"text": "hôm 5/3", "edtf": "2024-03-05"}]},
        {"text": "Ông đến hôm 6/3.", "published": "2024-03-06", "expect": [{"text": "hôm 6/3", "edtf": "1999-03-06"}]},
    ],
    "equipment": [{"text": "Trời mưa.", "expect": []}],
}
# Claims pair in order, values agree if they are the same.
SCORER = """
CODES = {"DE", "UA"}
def pair(text, pred, gold): return [(i, i) for i in range(min(len(pred), len(gold)))]
def values(claim, slot):
    found = [] if slot == "quantities" else claim.get(slot) or []
    return found if isinstance(found, list) else [found]
def shared(slot, pred, gold):
    same = same_number if slot == "amounts" else lambda a, b: a == b
    return sum(any(same(p, g) for p in pred) for g in gold)
def same_name(a, b): return a == b
def same_number(a, b): return a["value"] == b["value"]
def same_time(a, b): return a == b
"""
CLAIM = {
    "type": "commit", "modality": "actual", "actors": ["DE"], "recipients": ["UA"], "addressees": [], "items": [],
    "amounts": [{"value": 2e7, "currency": "EUR", "bound": "exact"}], "date": "2024-03-05", "evidence": TEXT[:-1],
}  # fmt: skip


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    for kind, rows in CASES.items():
        lines(folder / f"{kind}.jsonl", rows)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "gold").mkdir(parents=True)
    lines(folder / "gold" / "ledes.docs.jsonl", [{"id": "x-1", "source": "Báo A", "published": "2024-03-06", "text": TEXT}])
    lines(folder / "gold" / "ledes.gold.jsonl", [{"doc": "x-1", "claims": [CLAIM]}])
    lines(folder / "gold" / "articles.docs.jsonl", [{"id": "x-2", "source": "Báo A", "published": None, "text": "Trời mưa."}])
    lines(folder / "gold" / "articles.gold.jsonl", [{"doc": "x-2", "claims": []}])
    (folder / "score.py").write_text(SCORER, "utf-8")
    return folder


def run(*arguments: object):
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


def test_cases_alone_are_scored_where_no_data_are(cases, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("mentions", "--cases", cases)
    assert result.exit_code == 0
    assert "1 of 2" in result.stdout
    assert "Slots" not in result.stdout
    assert "only the cases" in result.stderr


def test_wrong_cases_are_shown_when_asked_for(cases, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "hôm 6/3" not in run("mentions", "--cases", cases).stdout
    shown = run("mentions", "--cases", cases, "--errors", 1).stdout
    assert "times: Ông đến hôm 6/3." in shown
    assert "- text hôm 6/3, edtf 1999-03-06" in shown
    assert "+ text hôm 6/3, edtf 2024-03-06" in shown


def test_json_has_cases_documents_paired_slots_and_days(cases, data):
    result = run("mentions", "--cases", cases, "--data", data, "--json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert set(report) == {"cases", "gold", "dating"}
    assert (report["cases"]["times"]["right"], report["cases"]["times"]["cases"], report["cases"]["times"]["p"]) == (1, 2, 0.5)
    assert report["cases"]["times"]["wrong"][0]["missed"] == [{"text": "hôm 6/3", "edtf": "1999-03-06"}]
    assert report["gold"]["ledes"]["found"]["dates"] == {"found": 1, "coded": 1, "share": 1.0}
    assert report["gold"]["ledes"]["found"]["role codes"] == {"found": 2, "coded": 2, "share": 1.0}
    assert report["gold"]["ledes"]["paired"]["amounts"]["f1"] == 1.0
    assert report["gold"]["all"]["paired"]["actors"]["f1"] == 1.0
    assert report["dating"]["ledes"]["texts"] == 1
    assert "articles" not in report["dating"]  # its one document has no day


def test_tables_fit_eighty_columns(cases, data, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for name in gold.SETS[1:]:  # as many as there can be
        for part in ("docs", "gold") if name != "articles" else ():
            shutil.copy(data / "gold" / f"articles.{part}.jsonl", data / "gold" / f"{name}.{part}.jsonl")
    result = run("mentions", "--cases", cases, "--data", data)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "…" not in result.stdout
    assert "item classes" in result.stdout
    assert "articles" in result.stdout


def test_sets_can_be_chosen(cases, data):
    report = json.loads(run("mentions", "--cases", cases, "--data", data, "--set", "ledes", "--json").stdout)
    assert list(report["gold"]) == ["ledes"]


@pytest.mark.parametrize("arguments", [["--cases", "nowhere"], ["--cases", ".", "--data", "nowhere"]])
def test_a_folder_that_is_not_there_is_told_in_one_line(tmp_path, monkeypatch, cases, arguments):
    monkeypatch.chdir(cases)
    result = run("mentions", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("vientro: nowhere: holds no")


def test_options_before_the_word_are_refused_not_passed_over(cases, data):
    result = run("--data", data, "mentions", "--cases", cases)
    assert result.exit_code == 2
    assert "Put options after mentions" in result.stderr
