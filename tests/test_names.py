"""`--names`: a user's own names reach the claims of `run`, `read` and Python, and without them nothing changes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import vientro
from vientro import pipeline
from vientro.cli.main import app
from vientro.model.errors import InputError

TEXT = "Xứ Sương ngày 2/3 đã bàn giao cho Ukraine 10 xe tăng Leopard 2."


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text("pattern\tname\tkind\tcode\nXứ Sương\tXứ Sương\tstate\tSJ\n", "utf-8")
    return path


@pytest.fixture
def docs(tmp_path):
    path = tmp_path / "docs.jsonl"
    path.write_text(json.dumps({"id": "a", "published": "2024-03-03", "text": TEXT}) + "\n", "utf-8")
    return path


def givers(*arguments: object) -> list[str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return [actor for claim in json.loads(result.stdout)["claims"] for actor in claim["actors"]]


def test_read_finds_a_name_of_the_file_and_only_with_it(docs, names):
    assert givers("read", docs, "--names", names) == ["SJ"]
    assert "SJ" not in givers("read", docs)


def test_run_reads_a_ledger_again_with_the_names(docs, names, tmp_path):
    def run(*more: object) -> str:
        result = CliRunner().invoke(app, ["run", str(docs), "--db", str(tmp_path / "x.db"), "--json", *map(str, more)])
        assert result.exit_code == 0, result.output
        return result.stdout

    before = run()
    assert '"SJ"' not in before
    assert '"SJ"' in run("--names", names)
    assert run() == before


def test_python_reads_with_the_names(names):
    (claim,) = vientro.read(TEXT, published="2024-03-03", names=names)
    assert [actor.value for actor in claim.actors] == ["SJ"]
    assert vientro.read(TEXT, published="2024-03-03", names=str(names)) == [claim]


@pytest.mark.parametrize("command", ["run", "read"])
def test_a_wrong_line_is_told_before_anything_is_read(command, docs, names, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names.write_text("pattern\tkind\tcode\nXứ Sương\tstate\tQQ\n", "utf-8")
    result = CliRunner().invoke(app, [command, str(docs), "--names", str(names)])
    assert result.exit_code == 2
    assert f"{names}, line 2: there is no code 'QQ'" in result.stderr
    assert not (tmp_path / "vientro.db").exists()


def test_another_file_is_another_reader(names):
    first = pipeline.shipped(names).reader
    names.write_text("pattern\tkind\nXứ Mưa\tother\n", "utf-8")
    assert len({first, pipeline.shipped(names).reader, pipeline.shipped().reader}) == 3


def test_a_wrong_file_is_told_in_python(tmp_path):
    with pytest.raises(InputError, match="can't be read"):
        vientro.read(TEXT, names=tmp_path / "none.tsv")
