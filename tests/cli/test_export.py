"""`vientro export`, `import` and `compare`: out to tables and facts, and in again."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.publish.columns import COLUMNS
from vientro.publish.kiel import COLUMNS as KIEL_COLUMNS
from vientro.review import maps

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROWS = [
    ("Báo A", "2025-02-11", "Bộ Quốc phòng Đức ngày 10/2 cam kết viện trợ quân sự trị giá 20 triệu euro cho Ukraine."),
    ("Báo B", "2025-02-12", "Na Uy ngày 11/2 cam kết cung cấp cho Moldova 8 radar."),
    ("Báo C", "2025-03-02", "Pháp hôm 1/3 đã bàn giao cho Ukraine 3 hệ thống Patriot."),
]
KIEL = """\
ID,Countries,Announcement Date,Type of Aid General,Type of Aid Specific,Measure,Explanation,\
Item,Item Number,Source Reported Value,Reporting Currency
DEM1,Germany,2025-02-10,Military,,Commitment,A package,,,26000000,EUR
NOM1,Norway,2025-02-11,Military,,Commitment,Boats,boats,4,,
"""


def vientro(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("export")
    rows = [{"id": str(n), "source": source, "published": day, "text": text} for n, (source, day, text) in enumerate(ROWS)]
    (home / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    (home / "kiel.csv").write_text(KIEL, "utf-8")
    vientro("run", home / "docs.jsonl", "--db", home / "x.db")
    return home / "x.db"


def table(db: Path, tmp_path: Path, *options: object) -> list[dict[str, str]]:
    vientro("export", tmp_path / "t.csv", "--db", db, *options)
    return list(csv.DictReader(io.StringIO((tmp_path / "t.csv").read_text("utf-8"))))


def test_the_table_has_a_row_for_each_act_and_its_doubt_in_columns(made, tmp_path):
    rows = table(made, tmp_path)
    assert tuple(rows[0]) == COLUMNS
    (german,) = [row for row in rows if row["payer"] == "DE"]
    assert (german["status"], german["recipient"], german["value_best"], german["currency_original"]) == (
        "pledged",
        "UA",
        "20000000",
        "EUR",
    )
    assert (german["value_eur"], german["value_bound"], german["human_ruled"], german["said_on"]) == (
        "20000000",
        "exact",
        "false",
        "2025-02-11",
    )
    assert german["evidence"] in ROWS[0][2]
    assert german["retrieved"] >= "2026"
    (french,) = [row for row in rows if row["payer"] == "FR"]
    assert (french["value_best"], french["item_count_low"], french["status"], french["happened_on"]) == ("", "3", "delivered", "2025-03-01")


def test_the_table_in_kiels_columns_is_read_by_kiels_map(made, tmp_path):
    rows = table(made, tmp_path, "--shape", "kiel")
    assert tuple(rows[0]) == KIEL_COLUMNS
    assert set(maps.shipped("kiel").needs) <= set(KIEL_COLUMNS)
    (german,) = [row for row in rows if row["Countries"] == "Germany"]
    assert (german["Measure"], german["Source Reported Value"], german["Announcement Date"]) == ("Commitment", "20000000", "2025-02-10")
    told = json.loads(vientro("compare", tmp_path / "t.csv", "--map", "kiel", "--db", made, "--json").stdout)
    assert len(told["matched"]) >= 1
    assert all(pair["agree"] is not False for pair in told["matched"])


def test_facts_with_their_texts_make_the_same_ledger_again(made, tmp_path):
    step = json.loads(vientro("ledger", "--db", made, "--json").stdout)["lines"][0]["id"]
    vientro("decide", "accept", step, "--by", "lan", "--shown-as", "R1", "--db", made)
    vientro("export", tmp_path / "facts.jsonl", "--texts", "--db", made)
    vientro("import", tmp_path / "facts.jsonl", "--db", tmp_path / "y.db")
    canonical = vientro("export", "--db", made).stdout
    assert vientro("export", "--db", tmp_path / "y.db").stdout == canonical
    assert '"lan"' not in canonical
    assert vientro("import", tmp_path / "facts.jsonl", "--db", tmp_path / "y.db").stdout.startswith("0 new")
    vientro("export", tmp_path / "plain.jsonl", "--db", made)
    assert (tmp_path / "plain.jsonl").read_text("utf-8") == canonical
    assert "--texts" in vientro("import", tmp_path / "plain.jsonl", "--db", tmp_path / "z.db", code=2).output


def test_a_table_of_our_own_comes_back_with_its_acts(made, tmp_path):
    before = table(made, tmp_path)
    vientro("import", tmp_path / "t.csv", "--map", "vientro", "--by", "lan", "--db", tmp_path / "y.db")
    again = table(tmp_path / "y.db", tmp_path)
    told = ("type", "modality", "payer", "recipient", "value_best", "currency_original", "happened_on", "purpose")
    assert sorted(tuple(row[name] for name in told) for row in again) == sorted(tuple(row[name] for name in told) for row in before)
    assert all(row["human_ruled"] == "true" for row in again)


def test_ids_that_were_merged_away_lead_on(made, tmp_path):
    vientro("export", tmp_path / "facts.jsonl", "--texts", "--db", made)
    db = tmp_path / "y.db"
    vientro("import", tmp_path / "facts.jsonl", "--db", db)
    first, second, *_ = [row["step_id"] for row in table(db, tmp_path)]
    vientro("decide", "merge", first, second, "--by", "lan", "--db", db)
    rows = table(db, tmp_path)
    (gone,) = [row for row in rows if row["merged_into"]]
    assert {gone["step_id"], gone["merged_into"]} == {first, second}
    assert len([row for row in rows if not row["merged_into"]]) == 2


def test_a_comparison_tells_both_theirs_ours_and_sums_that_differ_and_writes_nothing(made, tmp_path):
    before = vientro("export", "--db", made).stdout
    found: dict[str, Any] = json.loads(vientro("compare", made.parent / "kiel.csv", "--map", "kiel", "--db", made, "--json").stdout)
    (pair,) = found["matched"]
    assert (pair["theirs"]["value"], pair["ours"]["value"], pair["agree"]) == (26e6, 20e6, False)
    assert len(found["only_theirs"]) == 1
    said = vientro("compare", made.parent / "kiel.csv", "--map", "kiel", "--db", made).stdout
    assert "sums differ: 26,000,000 EUR against 20,000,000 EUR" in said
    assert vientro("export", "--db", made).stdout == before


def test_rows_are_brought_in_once_and_a_later_release_changes_them(made, tmp_path):
    vientro("export", tmp_path / "facts.jsonl", "--texts", "--db", made)
    db = tmp_path / "y.db"
    vientro("import", tmp_path / "facts.jsonl", "--db", db)
    first = vientro("import", made.parent / "kiel.csv", "--map", "kiel", "--by", "lan", "--db", db).stdout
    assert first.startswith("2 new, 0 changed, 0 known")
    assert vientro("import", made.parent / "kiel.csv", "--map", "kiel", "--by", "lan", "--db", db).stdout.startswith(
        "0 new, 0 changed, 2 known"
    )
    (tmp_path / "later.csv").write_text(KIEL.replace("26000000", "27000000"), "utf-8")
    assert vientro("import", tmp_path / "later.csv", "--map", "kiel", "--by", "lan", "--db", db).stdout.startswith(
        "0 new, 1 changed, 1 known"
    )
    assert any(row["value_best"] == "27000000" or row["value_high"] == "27000000" for row in table(db, tmp_path))


def test_what_can_not_be_brought_in_is_told(made, tmp_path):
    assert "--map" in vientro("import", made.parent / "kiel.csv", "--by", "lan", "--db", made, code=2).output
    assert "no such map" in vientro("import", made.parent / "kiel.csv", "--map", "ifw", "--by", "lan", "--db", made, code=2).output
    assert "no such file" in vientro("import", "nowhere.csv", "--map", "kiel", "--by", "lan", "--db", made, code=2).output
    assert "only JSON Lines" in vientro("export", tmp_path / "t.csv", "--texts", "--db", made, code=2).output
    assert "no format" in vientro("export", tmp_path / "t.ods", "--db", made, code=2).output
