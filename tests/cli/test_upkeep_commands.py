"""backup, restore, rebuild, check-store, redact and search, as a user gives them."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from vientro import pipeline
from vientro.cli.main import app
from vientro.model.decision import Decision, named
from vientro.store.store import Store
from vientro.tasks.counting import entries_at

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROWS = [
    ("Báo A", "2025-03-04", "Ngày 3/3, Đức cam kết viện trợ cho Ukraine 20 triệu euro, Bộ trưởng Quốc phòng Đức thông báo."),
    ("Báo B", "2025-03-06", "Na Uy ngày 5/3 đã bàn giao cho Moldova 2 đài radar cảnh giới, Bộ Quốc phòng Moldova cho biết."),
    ("Báo C", "2025-03-07", "Người dân thủ đô đón đợt rét, vien tro gao khong dau cung co trong bai nay."),
]


def vientro(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told(*arguments: object) -> str:
    result = vientro(*arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("upkeep")
    rows = [
        {"id": str(n), "source": source, "published": day, "text": text, "url": f"https://{n}.example/tin"}
        for n, (source, day, text) in enumerate(ROWS)
    ]
    (home / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    told("run", home / "docs.jsonl", "--db", home / "x.db")
    told("backup", home / "x.vientro", "--db", home / "x.db")
    return home


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    """A ledger of one's own, out of the backup."""
    told("restore", made / "x.vientro", "--db", tmp_path / "x.db")
    return tmp_path / "x.db"


def test_a_backup_is_restored_with_all_that_the_ledger_tells(made, db):
    assert told("export", "--db", db) == told("export", "--db", made / "x.db") != ""
    assert told("check-store", "--db", db) == ""
    assert vientro("check-store", "--db", db).stderr == "Nothing is wrong with this ledger of 3 articles\n"
    refused = vientro("restore", made / "x.vientro", "--db", db)
    assert (refused.exit_code, "--over" in refused.output) == (1, True)
    told("restore", made / "x.vientro", "--db", db, "--over")
    assert vientro("backup", made / "x.vientro", "--db", db).exit_code == 2


def test_what_is_no_backup_makes_no_ledger(tmp_path):
    (tmp_path / "a.txt").write_text("không phải bản lưu", "utf-8")
    result = vientro("restore", tmp_path / "a.txt", "--db", tmp_path / "new.db")
    assert (result.exit_code, "no backup" in result.output) == (2, True)
    assert not (tmp_path / "new.db").exists()


def test_a_rebuild_changes_nothing_and_makes_what_is_gone(db):
    before = told("export", "--db", db)
    connection = sqlite3.connect(db)
    connection.executescript("DELETE FROM steps; DELETE FROM projection")
    connection.close()
    wrong = vientro("check-store", "--db", db, "--json")
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["problems"]
    told("rebuild", "--db", db)
    assert told("check-store", "--db", db) == ""
    assert told("export", "--db", db) == before


def test_deals_that_no_rebuild_makes_are_told(db):
    connection = sqlite3.connect(db)
    connection.execute("""UPDATE projection SET record = replace(record, '"NO"', '"SE"') WHERE name = 'ledger'""")
    connection.commit()
    connection.close()
    result = vientro("check-store", "--db", db)
    assert (result.exit_code, "not those that a rebuild makes" in result.stdout) == (1, True)


def test_a_text_is_taken_down_by_its_address_and_is_in_no_export(db, made):
    assert "20 triệu euro" in told("export", "--db", db)
    line = told("redact", "https://0.example/tin", "--why", "theo yêu cầu của báo", "--db", db)
    assert line.startswith("a-")
    assert "20 triệu euro" not in told("export", "--db", db)
    assert told("check-store", "--db", db) == ""
    told("restore", made / "x.vientro", "--db", db, "--over")
    assert "20 triệu euro" not in told("export", "--db", db)
    assert vientro("redact", "https://none.example", "--why", "x", "--db", db).exit_code == 2


def test_words_are_found_with_marks_and_without(db):
    both, one = (json.loads(told("search", words, "--db", db, "--json"))["found"] for words in ("vien tro", "viện trợ"))
    assert [found["key"] for found in both] == ["2", "0"]
    assert [found["key"] for found in one] == ["0"]
    [found] = one
    assert [ROWS[0][2][start:stop] for start, stop in found["hits"]] == ["viện", "trợ"]
    assert found["snippet"] in ROWS[0][2]
    assert found["acts"][0]["step"].startswith("s-")
    shown = told("search", "Duc", "--db", db)
    assert "Báo A" in shown
    assert found["acts"][0]["deal"] in shown
    assert "No article" in told("search", "sầu riêng", "--db", db)
    assert vientro("search", '""', "--db", db).exit_code == 2


def test_a_count_of_today_is_told_from_steps_kept_with_the_deals_and_is_the_same(db):
    with Store(db) as store:
        assert store.entries() == entries_at(store, pipeline.book(store))[1] != []
        ruling = named(Decision("", "2026-03-05T08:00:00+00:00", "an", "reject", (store.claims()[0].id,)))
        quick = told("count", "--profile", "pledged", "--json", "--db", db)
        assert json.loads(quick)["total"] == json.loads(told("count", "--profile", "pledged", "--json", "--steps", "--db", db))["total"]
        store.decide([ruling])
        assert store.entries() is None
    assert told("count", "--profile", "pledged", "--json", "--db", db) != ""


def test_each_command_says_what_it_does_with_an_example():
    for command in ("backup", "restore", "rebuild", "check-store", "redact", "search"):
        assert f"Example: vientro {command}" in told(command, "--help").replace("\n", " ")
