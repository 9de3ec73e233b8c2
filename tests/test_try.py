"""try.sh and the commands that it and the README give, on the examples."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parent.parent


def test_a_second_try_keeps_the_ledger_with_its_rulings(tmp_path: Path) -> None:
    shutil.copy(ROOT / "try.sh", tmp_path)
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "vientro"):  # what they do is tested elsewhere
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    (tmp_path / "build").mkdir()
    kept = [tmp_path / "build" / name for name in ("examples.db", "examples.db-wal")]
    for one in kept:
        one.write_text("rulings")
    done = subprocess.run(["/bin/sh", "try.sh"], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=True)
    assert [one.read_text() for one in kept] == ["rulings", "rulings"]
    assert "the run goes on in it" in done.stdout


def test_the_examples_have_something_overdue_on_the_day_that_is_shown(tmp_path: Path) -> None:
    app = pytest.importorskip("vientro.cli.main").app
    db = str(tmp_path / "examples.db")
    assert CliRunner().invoke(app, ["run", str(ROOT / "examples"), "--db", db]).exit_code == 0
    for name in ("README.md", "README.vi.md", "try.sh"):
        shown = re.findall(r"^ *vientro overdue --db build/examples.db(.*)$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        assert shown, name
        for options in shown:
            said = CliRunner().invoke(app, ["overdue", "--db", db, "--lang", "en", *options.split()]).output
            assert "Norway → Moldova" in said, (name, said)
