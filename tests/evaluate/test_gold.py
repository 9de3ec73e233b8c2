from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.evaluate import floors, gold
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    for part in ("docs", "gold"):
        (tmp_path / "gold" / f"ledes.{part}.jsonl").touch()
    (tmp_path / "score.py").touch()
    return tmp_path


def test_a_set_that_is_not_there_is_told_with_those_that_are(data):
    result = CliRunner().invoke(app, ["eval", "--data", str(data), "--set", "nosuch"])
    assert result.exit_code == 2
    assert "--set nosuch: there is no such set. Sets: ledes" in result.stderr


@pytest.mark.parametrize(
    ("scorer", "words"),
    [
        ("raise SystemExit(3)", "code 3 and said nothing"),
        ("raise ValueError('no such column')", "ValueError: no such column"),
        ("print('fine')", "something else than a JSON object"),
        ("import time; time.sleep(60)", "did not end within"),
    ],
)
def test_a_scorer_that_fails_is_told_in_plain_words(data, monkeypatch, scorer, words):
    monkeypatch.setattr(gold, "_SECONDS", 1)
    (data / "score.py").write_text(scorer)
    with pytest.raises(InputError, match=words):
        gold.score(data, gold.sets(data)[0], [])


def test_floors_are_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "floors.json"
    floors.write(path, {"ledes": floors.Floor("0", {"claim": 0.5})})
    before = path.read_bytes()
    with pytest.raises(TypeError):
        floors.write(path, {"ledes": floors.Floor("0", {"claim": object()})})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(OSError, match=r"no/floors\.json"):
        floors.write(tmp_path / "no" / "floors.json", {})
