"""`vientro count`: figures with their bounds, what is left out and why, one cell with its evidence, two days held side by side."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.ledger.counting.dimensions import NAMES
from vientro.ledger.counting.profiles import names

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROWS = [
    ("Báo A", "2025-02-11", "Na Uy ngày 10/2 cam kết viện trợ cho Moldova 20 triệu euro."),
    ("Báo A", "2025-03-02", "Đức ngày 1/3 cam kết viện trợ cho Ukraine 100 triệu USD."),
    ("Báo B", "2025-03-06", "Pháp ngày 5/3 đã bàn giao cho Ukraine 3 hệ thống Crotale."),
    ("Báo B", "2025-04-10", "Ba Lan ngày 9/4 đã bàn giao cho Ukraine khoản viện trợ 30 triệu euro."),
    ("Báo B", "2025-05-10", "EU ngày 9/5 áp đặt lệnh trừng phạt mới đối với Nga."),
]


def vientro(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("count")
    rows = [{"id": str(n), "source": source, "published": day, "text": text} for n, (source, day, text) in enumerate(ROWS)]
    (home / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert vientro("run", home / "docs.jsonl", "--db", home / "x.db").exit_code == 0
    return home / "x.db"


def counted(ledger: Path, *options: object) -> dict[str, Any]:
    result = vientro("count", "--db", ledger, "--json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def figures(found: dict[str, Any], by: str = "donor") -> dict[str, float | None]:
    return {cell["key"][by]: cell["best"] for cell in found["cells"]}


def test_pledges_by_donor_in_one_currency(ledger):
    found = counted(ledger, "--profile", "pledged")
    assert figures(found).keys() == {"NO", "DE"}
    assert figures(found)["NO"] == 20e6
    assert figures(found)["DE"] == pytest.approx(100e6 / 1.0807, rel=1e-3)
    assert (found["data_end"], found["sources_down"]) == ("2025-05-10", None)
    (line,) = next(cell for cell in found["cells"] if cell["key"] == {"donor": "DE"})["lines"]
    assert (line["rate"]["day"], line["currency"], line["told"]["best"]) == ("2025-03", "USD", 100e6)
    assert "C13" in found["left_out"]


def test_delivered_things_without_a_value_are_unknown_and_not_zero(ledger):
    found = counted(ledger, "--profile", "delivered", "--things")
    assert figures(found) == {"FR": None, "PL": 30e6}
    assert (found["total"]["best"], found["total"]["unknown"]) == (30e6, 1)
    assert [(one["class"], one["low"]) for one in found["total"]["things"]] == [("air-defence-system", 3)]


def test_prices_give_an_estimate_with_its_derivation(ledger, tmp_path):
    prices = tmp_path / "prices.csv"
    prices.write_text("item,unit price,basis,condition,year,source\nCrotale,10000000,replacement,used,2024,own guess\n", "utf-8")
    found = counted(ledger, "--profile", "estimate", "--prices", prices, "--donor", "Pháp")
    assert (found["donor"], found["total"]["best"], found["total"]["estimates"]) == ("FR", 30e6, 1)
    assert found["cells"][0]["lines"][0]["derived"] == "3 x Crotale at 10,000,000 EUR replacement, used, 2024, own guess"


def test_facts_of_a_file_reach_the_count(ledger, tmp_path):
    step = next(cell for cell in counted(ledger, "--profile", "pledged")["cells"] if cell["key"] == {"donor": "NO"})["lines"][0]["step"]
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps({"step": step, "told": "import", "payers": ["SE"]}) + "\n", "utf-8")
    assert "SE" in figures(counted(ledger, "--profile", "pledged", "--facts", facts))
    facts.write_text('{"step": 3}\n', "utf-8")
    assert "facts.jsonl, line 1" in vientro("count", "--db", ledger, "--facts", facts).output


def test_t6_two_days_side_by_side(ledger):
    found = counted(ledger, "--profile", "pledged", "--as-of", "2025-03-31", "--against", "2025-02-28")
    assert found["data_end"] == "2025-03-31"
    (one,) = found["since"]["changes"]
    assert (one["kind"], one["before"], one["after"]) == ("new", "not in the ledger", "counted")
    text = vientro("count", "--db", ledger, "--profile", "pledged", "--against", "2025-02-28", "--lang", "en").stdout
    assert "(not in the ledger → counted)" in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_table_tells_bounds_rules_and_what_is_left_out(ledger, lang):
    text = vientro("count", "--db", ledger, "--lang", lang).stdout
    for words in {
        "vi": ("triệu EUR", "dữ liệu đến 10/5/2025", "Ba Lan", "C3", "Không cộng"),
        "en": ("million EUR", "Poland", "Not summed"),
    }[lang]:
        assert words in text
    crossed = vientro("count", "--db", ledger, "--profile", "pledged", "--by", "donor", "--by", "month", "--lang", lang).stdout
    assert {"vi": "Bên tài trợ / Tháng", "en": "Donor / Month"}[lang] in crossed


def test_a_cell_is_explained_with_its_rate_and_the_words_of_the_article(ledger):
    text = vientro("count", "--db", ledger, "--profile", "pledged", "--explain", "DE", "--lang", "en").stdout
    for words in ("1 USD = 0.92", "mean of 2025-03", "ECB reference rates", "Đức ngày 1/3 cam kết viện trợ cho Ukraine 100 triệu USD"):
        assert words in " ".join(text.split())
    assert vientro("count", "--db", ledger, "--profile", "pledged", "--explain", "Germany", "--lang", "en").stdout == text


def test_the_steps_left_out_are_listed_when_asked_for(ledger):
    ids = counted(ledger)["left_out"]["C3"]
    assert all(id_ in vientro("count", "--db", ledger, "--left-out").stdout for id_ in ids)
    assert not any(id_ in vientro("count", "--db", ledger).stdout for id_ in ids)


def test_csv_has_a_row_for_each_cell_and_the_total(ledger):
    rows = list(csv.DictReader(vientro("count", "--db", ledger, "--profile", "pledged", "--csv").stdout.splitlines()))
    assert [row["donor"] for row in rows] == ["DE", "NO", "TOTAL"]
    assert {row["currency"] for row in rows} == {"EUR"}


@pytest.mark.parametrize("profile", [name for name in names() if name != "estimate"])
def test_every_profile_accounts_for_every_step(ledger, profile):
    found = counted(ledger, "--profile", profile, "--by", "deal")
    inside = {line["step"] for cell in found["cells"] for line in cell["lines"]}
    assert len(inside) + sum(map(len, found["left_out"].values())) == 5


@pytest.mark.parametrize("dimension", NAMES)
def test_every_dimension_has_a_table(ledger, dimension):
    result = vientro("count", "--db", ledger, "--profile", "announced", "--by", dimension, "--lang", "en")
    assert result.exit_code == 0
    assert "count." not in result.stdout


def test_a_profile_of_ones_own(ledger, tmp_path):
    own = tmp_path / "mine.toml"
    rows = ('en = "mine"', 'vi = "của tôi"', "rules = []", 'levels = ["pledge"]', 'floor = "promised"', 'modes = ["aid", "not said"]')
    own.write_text("\n".join((*rows, 'evidence = "broad"')), "utf-8")
    assert figures(counted(ledger, "--profile", own)).keys() == {"NO", "DE"}
    own.write_text('colour = "red"\n', "utf-8")
    assert "colour" in vientro("count", "--db", ledger, "--profile", own).output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--profile", "kiel"), "there is no such profile"),
        (("--profile", "gone.toml"), "there is no such file"),
        (("--profile", "estimate"), "--prices"),
        (("--by", "colour"), "there is no such dimension"),
        (("--currency", "XYZ"), "there is no rate"),
        (("--explain", "ZZ"), "there is no such cell"),
        (("--as-of", "May"), "no day"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(ledger, options, words):
    result = vientro("count", "--db", ledger, *options)
    assert result.exit_code == 2
    assert words in result.output
