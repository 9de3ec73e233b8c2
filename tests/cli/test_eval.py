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
def values(claim, slot):
    found = claim.get(slot) or []
    return found if isinstance(found, list) else [found]
def shared(slot, pred, gold): return sum(p in gold for p in pred)
def strict(p, g): return p["modality"] == g["modality"] and p["actors"] == g["actors"]
def pair(text, pred, gold): return [(i, j) for i, p in enumerate(pred) for j, g in enumerate(gold) if p["type"] == g["type"]]
def main():
    docs, gold, told = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[1:4])
    assert sys.argv[4] == "--json" and [d["id"] for d in docs] == [t["doc"] for t in told]
    wanted = {(g["doc"], c["type"]) for g in gold for c in g["claims"]}
    found = {(t["doc"], c["type"]) for t in told for c in t["claims"]}
    right = len(wanted & found)
    score = {"p": right / len(found) if found else None, "r": right / len(wanted) if wanted else None}
    score["f1"] = 2 * right / (len(wanted) + len(found)) if wanted or found else None
    row = score | {"gold": len(wanted), "pred": len(found)}
    tables = {"types": {"commit": row}, "slots": {"actors": row}}
    print(json.dumps({"claim": score | {"gold": 100 * len(wanted)}, "strict": score, "slot": score, "confident": {"25%": 1.0}} | tables))
if __name__ == "__main__":
    main()
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
    monkeypatch.chdir(tmp_path)
    return folder


def run(*arguments: object):
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


def test_scores_are_shown(data):
    result = run("--data", data)
    assert result.exit_code == 0
    assert "ledes" in result.stdout
    assert "1.000" in result.stdout


def test_what_is_shown_fits_eighty_columns_with_floors_and_others_figures(data, monkeypatch):
    (one,) = gold.sets(data)
    monkeypatch.setattr(floors, "shipped", lambda: {"ledes": Floor(one.sha256, {"claim": 0.703, "strict": 0.461, "slot": 0.618})})
    shown = run("--data", data).stdout
    assert max(map(len, shown.splitlines())) <= 80
    for words in ("1.000 (.703)", "1.000 (.461)", "1.000 (.618)", "coders, ledes*", "script, articles*", "* quoted"):
        assert words in shown, words


def test_json_is_what_the_scorer_says(data):
    result = run("--data", data, "--json")
    assert json.loads(result.stdout)["ledes"]["claim"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 200}


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


def miscoded(data: Path) -> None:
    """The document of the refusal coded as a pledge by another giver, the other with another modality."""
    rows = [
        {"doc": "x-1", "claims": [claim("x-1") | {"modality": "planned"}]},
        {"doc": "x-2", "claims": [claim("x-2") | {"type": "commit", "actors": ["MC"]}]},
    ]
    lines(data / "gold" / "ledes.gold.jsonl", rows)


def test_tables_by_type_slot_and_modality(data):
    shown = run("--data", data, "--by", "type", "--by", "slot", "--by", "modality").stdout
    for words in ("ledes, by type", "ledes, by slot", "ledes, by modality", "commit", "actors", "actual"):
        assert words in shown, words
    assert "by type" not in run("--data", data).stdout


def test_modalities_are_counted_over_all_claims(data):
    miscoded(data)
    found = json.loads(run("--data", data, "--json").stdout)["ledes"]["modalities"]
    assert found["planned"] == {"p": None, "r": 0.0, "f1": 0.0, "gold": 1, "pred": 0}
    assert (found["actual"]["gold"], found["actual"]["pred"], found["actual"]["f1"]) == (1, 2, 0.0)


def test_the_worst_documents_are_shown_side_by_side(data):
    miscoded(data)
    shown = run("--data", data, "--worst", 1).stdout
    assert "x-2: 1 coded, 1 read, 0 paired, 0 strictly right" in shown
    assert "x-1:" not in shown
    for words in ("- commit, actual", "(missed)", "(not coded)", "refuse, actual 0.", "MC ->"):
        assert words in shown, words
    both = run("--data", data, "--worst", 9).stdout
    (differ,) = (line for line in both.splitlines() if "differ:" in line)
    assert "modality" in differ
    assert "actors" not in differ
    assert max(map(len, both.splitlines())) <= 80
    assert both.index("x-2:") < both.index("x-1:")


def test_right_documents_are_not_among_the_worst(data):
    lines(data / "gold" / "ledes.gold.jsonl", [{"doc": key, "claims": [claim(key)]} for key in TEXTS])
    assert "strictly right" not in run("--data", data, "--worst", 5).stdout.partition("* quoted")[2]


@pytest.mark.parametrize("bins", ["tenths", "even"])
def test_reliability_and_what_is_left_above_a_confidence(data, bins):
    shown = run("--data", data, "--reliability", bins).stdout
    for words in ("mean confidence", "expected calibration error: 0.", "Shown without review", "from 0.90"):
        assert words in shown, words
    found = json.loads(run("--data", data, "--reliability", bins, "--json").stdout)["confidence"]
    assert sum(row["n"] for row in found["reliability"]) == 2
    assert [row["least"] for row in found["shown"]] == [0.5, 0.6, 0.7, 0.8, 0.9]


def test_a_run_is_compared_with_the_last_one(data, tmp_path):
    assert "No earlier run" in run("--data", data, "--diff").stdout
    assert (tmp_path / ".vientro" / "eval-last.json").exists()
    assert "No document has more or fewer wrong claims" in run("--data", data, "--diff").stdout


def test_documents_that_got_worse_are_named(data, tmp_path, monkeypatch):
    last = tmp_path / "last.json"
    run("--data", data, "--last", last)
    read = gold.read
    monkeypatch.setattr(gold, "read", lambda *a, **k: ({"doc": row["doc"], "claims": row["claims"][:0]} for row in read(*a, **k)))
    shown = run("--data", data, "--last", last, "--diff").stdout
    assert "2 documents worse (wrong claims before>after): x-1 0>1, x-2 0>1" in shown
    assert "0.000 (-1.000)" in shown
    monkeypatch.undo()
    monkeypatch.setattr(floors, "shipped", dict)
    assert "2 documents better" in run("--data", data, "--last", last, "--diff").stdout


def test_documents_of_other_data_are_not_compared(data):
    run("--data", data)
    miscoded(data)
    assert "the data are others than then" in run("--data", data, "--diff").stdout


def test_a_last_run_that_is_none_or_cannot_be_kept(data, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("[]")
    result = run("--data", data, "--last", broken, "--diff")
    assert (result.exit_code, "Remove it" in result.stderr) == (2, True)
    result = run("--data", data, "--last", broken / "x.json")
    assert (result.exit_code, "not kept" in result.stderr) == (0, True)
