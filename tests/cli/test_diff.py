"""`vientro diff` and `vientro release`: what changed, because of what, and who put it right."""

from __future__ import annotations

import csv
import io
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
    ("Báo B", "2025-03-12", "Đức bàn giao cho Ukraine 20 triệu euro trong năm nay."),
    ("Báo C", "2025-03-12", "Pháp cam kết cho Moldova 5 triệu euro."),
]


def vientro(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stages: pipeline.Stages) -> Path:
    monkeypatch.setattr(pipeline, "shipped", lambda _names=None: stages)
    rows = [{"id": str(n), "source": source, "published": day, "text": text} for n, (source, day, text) in enumerate(ROWS)]
    (tmp_path / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    vientro("run", tmp_path / "docs.jsonl", "--db", tmp_path / "x.db")
    return tmp_path / "x.db"


def diff(db: Path, *options: object) -> list[dict[str, Any]]:
    return json.loads(vientro("diff", "--from", "2025-02-28", "--to", "2025-03-31", "--as", "json", "--db", db, *options).stdout)


def step(db: Path, million: float) -> str:
    lines = json.loads(vientro("ledger", "--db", db, "--json").stdout)["lines"]
    return next(line["id"] for line in lines if line["sums"][0]["value"]["best"] == million * 1e6)


def test_what_came_in_between_two_days_is_told_with_its_article(db):
    found = diff(db)
    assert {(one["change"], one["donor"]) for one in found if one["change"] == "new"} == {("new", "DE"), ("new", "FR")}
    assert all("Báo" in one["why"] for one in found if one["change"] == "new")
    assert {one["donor"] for one in diff(db, "--donor", "Pháp") if one["step_id"]} == {"FR"}


def test_rows_are_csv_and_text_is_lines(db):
    done = vientro("diff", "--from", "2025-02-28", "--to", "2025-03-31", "--as", "rows", "--db", db)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["donor"] for row in rows if row["change"] == "new"] in (["DE", "FR"], ["FR", "DE"])
    text = vientro("diff", "--from", "2025-02-28", "--to", "2025-03-31", "--db", db).stdout
    assert text.startswith("+ new: ")
    assert "because: Báo" in text
    assert vientro("diff", "--from", "2024-01-01", "--to", "2024-02-01", "--db", db).stdout == "Nothing changed.\n"


def test_days_the_wrong_way_round_are_told(db):
    assert "earlier day first" in vientro("diff", "--from", "2025-03-01", "--to", "2025-02-01", "--db", db, code=2).output


def test_a_correction_is_told_with_who_made_it_and_why(db):
    vientro("decide", "correct", step(db, 5), "amounts", "7000000 EUR", "--by", "lan", "--shown-as", "R1", "--why", "a slip", "--db", db)
    found = json.loads(vientro("diff", "--from", "2025-12-31", "--to", "2999-01-01", "--as", "json", "--db", db).stdout)
    (change,) = [one for one in found if one["field"] == "sums"]
    assert (change["why"], change["who"]) == ("a slip", "R1")
    assert (change["old"][0]["value"]["best"], change["new"][0]["value"]["best"]) == (5e6, 7e6)


def test_by_the_clock_of_the_ledger_all_is_new_on_the_day_of_the_run(db):
    found = json.loads(vientro("diff", "--from", "2025-12-31", "--to", "2999-01-01", "--clock", "known", "--as", "json", "--db", db).stdout)
    assert [one["change"] for one in found].count("new") == 3


def test_a_release_lists_what_it_corrects_of_the_one_before(db, tmp_path):
    assert vientro("release", "first", "--by", "lan", "--db", db).stdout == "Nothing to correct.\n"
    vientro("decide", "correct", step(db, 5), "amounts", "7000000 EUR", "--by", "lan", "--why", "a slip", "--db", db)
    second = vientro("release", "second", "--by", "lan", "--as", "json", "--to", tmp_path / "r.jsonl", "--db", db).stdout
    (change,) = json.loads(second.splitlines()[-1])
    assert (change["change"], change["field"], change["why"], change["who"]) == ("changed", "sums", "a slip", "lan")
    assert (tmp_path / "r.jsonl").read_text("utf-8") == vientro("export", "--db", db).stdout
    listed = json.loads(vientro("release", "--as", "json", "--db", db).stdout)
    assert [(one["number"], one["name"]) for one in listed] == [(1, "first"), (2, "second")]
    assert json.loads(vientro("release", "second", "--corrections", "--as", "json", "--db", db).stdout) == [change]
    assert "already" in vientro("release", "second", "--by", "lan", "--db", db, code=1).output
