"""`vientro overdue`: due days that passed in silence, with what was read since; and what `vientro ledger` says of open pledges."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROWS = [
    ("Báo A", "2025-02-11", "Na Uy ngày 10/2 cam kết viện trợ cho Moldova 8 radar."),
    ("Báo A", "2025-02-11", "Theo Bộ Quốc phòng Na Uy, 8 radar sẽ được bàn giao cho Moldova trong tháng 5/2025."),
    ("Báo B", "2025-03-02", "Đức ngày 1/3 đã bàn giao cho Ukraine 3 hệ thống Patriot."),
    ("Báo B", "2025-07-20", "Hội nghị khí hậu khai mạc hôm nay tại thủ đô."),
]


def vientro(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("overdue")
    rows = [{"id": str(n), "source": source, "published": day, "text": text} for n, (source, day, text) in enumerate(ROWS)]
    (home / "docs.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert vientro("run", home / "docs.jsonl", "--db", home / "x.db").exit_code == 0
    return home / "x.db"


def overdue(ledger: Path, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(vientro("overdue", "--db", ledger, "--json", *options).stdout)
    return found


def test_q8_a_due_day_that_passed_in_silence_is_told_with_what_was_read_since(ledger):
    found = overdue(ledger)
    assert (found["as_of"], found["newest"], found["sources_down"]) == ("2025-07-20", "2025-07-20", None)
    (one,) = found["overdue"]
    assert (one["recipients"], one["due"], one["days"], one["silent"], one["last"]) == (["MD"], "2025-05", 50, True, "2025-02-11")
    assert (one["read_since"]["articles"], one["read_since"]["days"], one["outlets_not_read_since"]) == (1, 1, ["Báo A"])


def test_q8_silence_is_worded_as_no_report_found(ledger):
    text = vientro("overdue", "--db", ledger, "--lang", "en").stdout
    for words in ("due May 2025, 50 days ago: no report of this was found after the due day", "articles: 1", "Báo A", "sources were down"):
        assert words in text
    assert "not delivered" not in text
    assert "không tìm thấy tin nào" in vientro("overdue", "--db", ledger).stdout


def test_q8_where_nothing_was_read_since_the_silence_says_nothing(ledger):
    text = vientro("overdue", "--db", ledger, "--as-of", "2025-06-15", "--lang", "en").stdout
    assert "No article with a day after the due day was read: this silence says nothing." in text


def test_as_of_an_earlier_day_nothing_was_due(ledger):
    assert overdue(ledger, "--as-of", "2025-05-31")["overdue"] == []
    assert "Không có hạn nào" in vientro("overdue", "--db", ledger, "--as-of", "2025-02-12").stdout


def test_wrong_days_and_missing_ledgers_are_told(ledger, tmp_path):
    assert vientro("overdue", "--db", ledger, "--as-of", "mai").exit_code == 2
    assert vientro("overdue", "--db", tmp_path / "none.db").exit_code == 1


def test_the_ledger_says_what_became_of_a_deal(ledger):
    found = json.loads(vientro("ledger", "--db", ledger, "--json").stdout)
    pledged = [deal["follow"] for deal in found["deals"] if deal["recipients"] == ["MD"] and deal["follow"]["due"]]
    assert [(one["open"], one["due"]) for one in pledged] == [(True, ["2025-05"])]
    assert pledged[0]["age"] >= 159
    assert "hạn: tháng 5/2025" in vientro("ledger", "--db", ledger).stdout
