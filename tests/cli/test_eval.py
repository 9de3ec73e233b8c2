"""`vientro eval` from end to end, over two documents and a scorer made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.evaluate import floors, gold
from vientro.evaluate.floors import Floor
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "x-1": "Thủ tướng Đức hôm 5/3 cam kết viện trợ cho Ukraine 20 triệu euro.",
    "x-2": "Hungary từ chối cung cấp vũ khí cho Ukraine.",
}
EVIDENCE = {"x-1": "Thủ tướng Đức hôm 5/3 cam kết viện trợ cho Ukraine 20 triệu euro", "x-2": TEXTS["x-2"][:-1]}
KINDS = {"x-1": "commit", "x-2": "refuse"}
# A claim is right if its document has a gold claim of its type.
SCORER = """
import json, sys
docs, gold, told = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[1:4])
assert sys.argv[4] == "--json" and [d["id"] for d in docs] == [t["doc"] for t in told]
wanted = {(g["doc"], c["type"]) for g in gold for c in g["claims"]}
found = {(t["doc"], c["type"]) for t in told for c in t["claims"]}
right = len(wanted & found)
score = {"p": right / len(found) if found else None, "r": right / len(wanted), "f1": 2 * right / (len(wanted) + len(found))}
print(json.dumps({"claim": score, "strict": score, "slot": score, "confident": {"25%": 1.0}}))
"""
LINKS = """
import json, sys
links, told = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[1:3])
assert [(a["doc"], a["claim"]) for a in links] == [(a["doc"], a["claim"]) for a in told]
level = {"pairs_f1_without_largest": 0.5, "b3_shared": {"f1": 0.5}, "b3": {"f1": float(len({a["step"] for a in told}) == 2)}}
print(json.dumps({"step": level, "deal": level}))
"""


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def claim(key: str) -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(("support", "mode", "date", "due", "horizon", "speaker"))
    lists: dict[str, object] = {"addressees": [], "items": [], "amounts": []}
    actors = {"x-1": ["DE"], "x-2": ["HU"]}[key]
    return {
        "type": KINDS[key], "modality": "actual", "scope": "act", "actors": actors, "recipients": ["UA"], "evidence": EVIDENCE[key],
    } | empty | lists  # fmt: skip


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "data"
    (folder / "gold").mkdir(parents=True)
    lines(
        folder / "gold" / "ledes.docs.jsonl", [{"id": k, "source": "Báo A", "published": "2024-03-06", "text": t} for k, t in TEXTS.items()]
    )
    lines(folder / "gold" / "ledes.gold.jsonl", [{"doc": key, "claims": [claim(key)]} for key in TEXTS])
    (folder / "score.py").write_text(SCORER, "utf-8")
    (folder / "score_links.py").write_text(LINKS, "utf-8")
    monkeypatch.setattr(floors, "shipped", dict)
    return folder


def run(*arguments: object):
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


def test_scores_are_shown(data):
    result = run("--data", data)
    assert result.exit_code == 0
    assert "ledes" in result.stdout
    assert "1.000" in result.stdout


def test_json_is_what_the_scorer_says(data):
    result = run("--data", data, "--json")
    assert json.loads(result.stdout)["ledes"]["claim"] == {"p": 1.0, "r": 1.0, "f1": 1.0}


def test_a_score_below_its_floor_fails_and_says_so(data, monkeypatch):
    (one,) = gold.sets(data)
    monkeypatch.setattr(floors, "shipped", lambda: {"ledes": Floor(one.sha256, {"claim": 1.01, "slot": 0.1})})
    result = run("--data", data)
    assert result.exit_code == 1
    assert "ledes: claim 1.0000 is below its floor 1.0100" in result.output
    assert "slot" not in result.output.partition("vientro:")[2]


def test_changed_data_fail(data, monkeypatch):
    monkeypatch.setattr(floors, "shipped", lambda: {"ledes": Floor("another", {"claim": 0.1})})
    result = run("--data", data)
    assert result.exit_code == 1
    assert "measure anew" in result.output


def test_floors_of_sets_not_asked_for_are_not_checked(data, monkeypatch):
    (one,) = gold.sets(data)
    monkeypatch.setattr(floors, "shipped", lambda: {"ledes": Floor(one.sha256, {"claim": 0.9}), "stream": Floor("s", {"claim": 0.9})})
    assert run("--data", data, "--set", "ledes").exit_code == 0
    assert run("--data", data).exit_code == 1


def test_raised_floors_are_written_and_hold(data, tmp_path, monkeypatch):
    path = tmp_path / "floors.json"
    assert run("--data", data, "--raise-floors", path).exit_code == 0
    written = json.loads(path.read_text("utf-8"))
    assert written["ledes"]["scores"] == {"claim": 0.995, "strict": 0.995, "slot": 0.995}
    monkeypatch.setattr(floors, "shipped", lambda: {"ledes": Floor(written["ledes"]["sha256"], written["ledes"]["scores"])})
    assert run("--data", data).exit_code == 0


def test_links_of_gold_claims_are_scored(data):
    lines(data / "gold" / "ledes.links.jsonl", [{"doc": key, "claim": 0, "step": key, "deal": key} for key in TEXTS])
    result = run("--data", data, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["ledes links"]["step"]["b3"]["f1"] == 1.0
    assert "ledes links" not in run("--data", data).stdout
    assert "Links of the gold claims, ledes" in run("--data", data).stdout


def test_the_hash_changes_with_any_file(data):
    (before,) = gold.sets(data)
    hashes = {before.sha256}
    lines(data / "gold" / "ledes.gold.jsonl", [{"doc": key, "claims": []} for key in TEXTS])
    hashes.add(before.sha256)
    lines(data / "gold" / "ledes.links.jsonl", [])
    (after,) = gold.sets(data)
    assert len({*hashes, after.sha256}) == 3


def test_a_folder_without_gold_is_an_error_with_a_remedy(tmp_path):
    with pytest.raises(InputError, match="--data"):
        gold.sets(tmp_path)


def test_a_scorer_that_fails_is_an_error_with_its_last_words(data):
    (data / "score.py").write_text("raise SystemExit('these are not the files')", "utf-8")
    (one,) = gold.sets(data)
    with pytest.raises(InputError, match="these are not the files"):
        gold.score(data, one, [])
    (data / "score.py").write_text("raise SystemExit(3)", "utf-8")
    with pytest.raises(InputError):
        gold.score(data, one, [])
