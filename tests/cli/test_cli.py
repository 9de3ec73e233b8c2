from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vientro import pipeline
from vientro.cli import contracts
from vientro.cli.main import app

TEXT = "Hôm qua Đức cam kết cho Ukraine 20 triệu euro, theo thông cáo của chính phủ."


@pytest.fixture
def vientro(stages, monkeypatch):
    monkeypatch.setattr(pipeline, "shipped", lambda _names=None: stages)

    def run(*arguments: object, stdin: str | None = None):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    rows = [
        {"id": "a", "source": "Báo A", "url": "https://a.example/1", "published": "2024-05-03", "title": "Tin về Đức", "text": TEXT},
        {"id": "b", "source": "Báo B", "published": "2024-05-04", "text": TEXT.replace("cam kết", "bàn giao")},
        {"id": "c", "text": "Ngày mai trời không mưa ở các tỉnh phía bắc."},
    ]
    path = tmp_path / "docs.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows) + "{broken\n", "utf-8")
    return path


def test_run_prints_the_ledger_and_the_summary(vientro, docs, tmp_path):
    result = vientro("run", docs, "--db", tmp_path / "x.db")
    assert result.exit_code == 0
    for words in (
        "3/5/2024",
        "Đức → Ukraine",
        "cam kết: 20 triệu EUR",
        "đã giao",
        "theo Báo A",
        "1 nguồn",
        "Đức cam kết cho Ukraine 20 triệu euro",
        "1 × JSON hỏng",
    ):
        assert words in result.stdout, words
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_run_speaks_english(vientro, docs, tmp_path):
    result = vientro("run", docs, "--db", tmp_path / "x.db", "--lang", "en")
    for words in ("3 May 2024", "Germany → Ukraine", "pledge: 20 million EUR", "delivered", "according to Báo A", "1 origin"):
        assert words in result.stdout, words


def test_run_prints_json_for_programs(vientro, docs, tmp_path):
    found = json.loads(vientro("run", docs, "--db", tmp_path / "x.db", "--json").stdout)
    counts = {"articles": 3, "claims": 2, "types": {"commit": 1, "deliver": 1}, "steps": 2, "deals": 1, "newest": "2024-05-04"}
    assert found["summary"] == counts | {"rejects": 1, "reasons": {"broken JSON": 1}}
    pledge, delivery = found["lines"]
    assert (pledge["type"], pledge["actors"], pledge["date"], pledge["by"]) == ("commit", ["DE"], "2024-05-03", ["Báo A"])
    assert pledge["deal"] == delivery["deal"]
    assert pledge["claims"][0]["evidence"] == "Đức cam kết cho Ukraine 20 triệu euro"


def test_run_writes_a_page_that_a_second_run_leaves_as_it_is(vientro, docs, tmp_path):
    page, db = tmp_path / "x.html", tmp_path / "x.db"
    assert vientro("run", tmp_path, "--db", db, "--report", page).exit_code == 0
    before = page.read_bytes()
    assert "20 triệu EUR" in before.decode()
    vientro("run", tmp_path, "--db", db, "--report", page)  # the folder now holds ledger and page too
    assert page.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs.jsonl", "x.db", "x.html"]


def test_ledger_and_export_show_what_run_left(vientro, docs, tmp_path):
    db = tmp_path / "x.db"
    shown = vientro("run", docs, "--db", db).stdout
    assert vientro("ledger", "--db", db).stdout == shown
    kinds = [json.loads(line)["kind"] for line in vientro("export", "--db", db).stdout.splitlines()]
    assert kinds == ["article"] * 2 + ["claim"] * 2 + ["link"] * 2 + ["step"] * 2 + ["deal"]


def test_limit_says_how_many_lines_are_left_out(vientro, docs, tmp_path):
    result = vientro("run", docs, "--db", tmp_path / "x.db", "--limit", 1)
    assert "bàn giao: 20" not in result.stdout
    assert "và 1 dòng nữa" in result.stdout


def test_read_prints_the_claims_of_each_document(vientro, docs):
    result = vientro("read", docs)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["doc"], len(row["claims"])) for row in rows] == [("a", 1), ("b", 1), ("c", 0)]
    claim = rows[0]["claims"][0]
    text = "Tin về Đức\n" + TEXT
    assert text[slice(*claim["span"])] == claim["evidence"]
    assert {"confidence", "zone", "reader"} <= set(claim)
    assert "broken JSON" in result.stderr


def test_read_leaves_out_what_is_not_sure_enough(vientro, docs):
    rows = [json.loads(line) for line in vientro("read", docs, "--min-confidence", 0.95).stdout.splitlines()]
    assert [row["claims"] for row in rows] == [[], [], []]


def test_link_takes_what_read_prints(vientro, docs, tmp_path):
    claims = tmp_path / "claims.jsonl"
    claims.write_text(vientro("read", docs).stdout, "utf-8")
    links = [json.loads(line) for line in vientro("link", docs, claims).stdout.splitlines()]
    assert [(link["doc"], link["claim"]) for link in links] == [("a", 0), ("b", 0)]
    assert links[0]["deal"] == links[1]["deal"]
    assert links[0]["step"] != links[1]["step"]


def test_a_text_that_brings_out_a_bug_does_not_end_what_read_prints(vientro, stages, docs, monkeypatch):
    def fragile(article):
        if article.key == "a":
            raise ZeroDivisionError
        return stages.read(article)

    monkeypatch.setattr(pipeline, "shipped", lambda _names=None: replace(stages, read=fragile))
    result = vientro("read", docs)
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["b", "c"]
    assert "ZeroDivisionError" in result.stderr


def test_link_tells_what_it_could_not_read(vientro, docs, tmp_path):
    claims = tmp_path / "claims.jsonl"
    claims.write_text(vientro("read", docs).stdout, "utf-8")
    assert "broken JSON" in vientro("link", docs, claims).stderr


def test_a_row_of_claims_without_end_is_refused(vientro, docs, tmp_path, monkeypatch):
    monkeypatch.setattr(contracts, "_LONGEST", 1000)
    (tmp_path / "long.jsonl").write_bytes(b"x" * 5000)
    result = vientro("link", docs, tmp_path / "long.jsonl")
    assert (result.exit_code, "is longer than" in result.stderr) == (2, True)


def test_a_ledger_whose_last_run_was_stopped_says_so(vientro, stages, docs, tmp_path, monkeypatch):
    def killed(*_, **_more):
        raise KeyboardInterrupt

    db = tmp_path / "x.db"
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "shipped", lambda _names=None: replace(stages, link=killed))
        assert vientro("run", docs, "--db", db).exit_code == 130
    result = vientro("ledger", "--db", db)
    assert (result.exit_code, "was stopped" in result.stderr) == (1, True)
    assert vientro("run", docs, "--db", db).exit_code == 0
    assert vientro("ledger", "--db", db).exit_code == 0


def test_standard_input_is_read(vientro, tmp_path):
    assert "Đức → Ukraine" in vientro("run", "-", "--db", tmp_path / "x.db", stdin=TEXT).stdout


def test_nothing_in_an_article_can_command_the_terminal(vientro, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"\x1b]0;tên\x07 \x1b[31m{TEXT.replace('Đức', 'Đức')}\u202e \x9b2J và [bold]không[/bold]", "utf-8")
    path.rename(tmp_path / "a\x1b[31m.txt")
    (tmp_path / "b\x1b[31m.txt").touch()
    for command in (("run", tmp_path, "--db", tmp_path / "x.db"), ("read", tmp_path)):
        result = vientro(*command)
        assert result.exit_code == 0
        assert not set(result.output) & {"\x1b", "\x07", "\x9b", "\u202e"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "nowhere.txt"), 2, "no such file"),
        (("ledger", "--db", "nowhere.db"), 1, "no ledger here"),
        (("export", "--db", "nowhere.db"), 1, "no ledger here"),
        (("run", "docs.jsonl", "--db", "garbage.db"), 1, "no database"),
        (("run", "docs.jsonl", "--db", "no/x.db"), 1, "no folder"),
        (("run", "docs.jsonl", "--report", "no/x.html"), 2, "no/x.html: there is no folder no"),
        (("ledger", "--report", "no/x.html"), 2, "no/x.html: there is no folder no"),
        (("run", "bare"), 2, "no files in this folder"),
        (("run", "no\x1b[31m.txt"), 2, "no [31m.txt"),
        (("link", "docs.jsonl", "list.jsonl"), 2, "line 1: does not name its document"),
        (("link", "twice.jsonl", "a.jsonl"), 2, "two different documents are called 'a'"),
        (("link", "docs.jsonl", "garbage.db"), 2, "line 1"),
        (("link", "docs.jsonl", "other.jsonl"), 2, "no document 'z'"),
        (("run",), 2, "PATH"),
        (("run", "docs.jsonl", "--lang", "fr"), 2, "fr"),
        (("run", "docs.jsonl", "--min-confidence", "2"), 2, "--min-confidence"),
    ],
)
def test_errors_are_told_in_plain_words(vientro, docs, monkeypatch, arguments, code, words):
    monkeypatch.chdir(docs.parent)
    (docs.parent / "garbage.db").write_bytes(b"no database, but something else of some length. " * 30)
    (docs.parent / "other.jsonl").write_text('{"doc": "z", "claims": []}\n')
    (docs.parent / "list.jsonl").write_text('{"doc": ["z"], "claims": []}\n')
    (docs.parent / "a.jsonl").write_text('{"doc": "a", "claims": []}\n')
    (docs.parent / "twice.jsonl").write_text('{"id": "a", "text": "Một."}\n{"id": "a", "text": "Hai."}\n')
    (docs.parent / "bare").mkdir()
    result = vientro(*arguments)
    assert result.exit_code == code, result.output
    assert "\x1b" not in result.output
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_every_command_explains_itself(vientro):
    assert vientro("--version").stdout.startswith("vientro 0.")
    shown = vientro("--help").stdout
    for command in ("run", "read", "link", "ledger", "export"):
        assert command in shown
        assert vientro(command, "--help").exit_code == 0


def test_output_is_utf_8_in_any_locale_and_a_closed_pipe_is_no_error(docs, tmp_path):
    code = """if True:
        import conftest
        from vientro import pipeline
        from vientro.cli.main import app
        stages = pipeline.Stages("stub 1", frozenset({"vi"}), 0.5, conftest.read, conftest.link, conftest.project)
        pipeline.shipped = lambda _names=None: stages
        app()"""
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "POSIX",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    command = [sys.executable, "-c", code, "run", str(docs), "--db", str(tmp_path / "x.db")]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert "Đức → Ukraine" in done.stdout.decode("utf-8")
    piped = subprocess.Popen(
        [*command[:3], "export", "--db", str(tmp_path / "x.db")], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    piped.stdout.close()
    assert b"Traceback" not in piped.stderr.read()
    piped.stderr.close()
    piped.wait()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("notes.txt", b"The United States will send forty tanks to Ukraine, the ministry said on Monday.", "language English"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0", "a binary file, not text"),
        ("table.docm", b"x", "a kind of file that is not read"),
    ],
)
def test_a_run_that_could_read_nothing_fails_and_says_why(vientro, tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    result = vientro("run", tmp_path / name, "--db", tmp_path / "x.db")
    assert result.exit_code == 1
    assert f"nothing of this could be read: {name}: {why}" in result.stderr
    assert "in Vietnamese" in result.stderr
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert vientro("run", tmp_path / name, tmp_path / "a.txt", "--db", tmp_path / "x.db").exit_code == 0


def test_adding_what_holds_no_article_fails_and_says_why(vientro, tmp_path):
    file = tmp_path / "bare.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    told = vientro("add", file, "--db", tmp_path / "x.db")
    assert told.exit_code == 1
    assert "0 articles added" in told.stdout
    assert "nothing of this could be read: bare.txt: a binary file, not text" in told.stderr
