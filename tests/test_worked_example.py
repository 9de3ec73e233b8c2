"""docs/worked-example.md shows what the program prints; `python tests/test_worked_example.py` writes it anew, to be read first."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from vientro.cli.main import app

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "worked-example.md"
_BLOCK = re.compile(r"```console\n\$ vientro (.*)\n(?:[^`]*\n)??```")
_DECISION = re.compile(r"\br-[0-9a-f]{16}\b")  # has the moment in it


def filled(page: str) -> str:
    """The page with what each of its commands prints, run one after the other in a folder of their own."""

    def run(block: re.Match[str]) -> str:
        done = CliRunner().invoke(app, shlex.split(block[1]))
        assert done.exit_code == 0, (block[1], done.output)
        lines = (line.rstrip() for line in _DECISION.sub("r-...", done.stdout).splitlines())
        said = re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip("\n")
        return f"```console\n$ vientro {block[1]}\n{said}\n```"

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(DOCS / "worked-example.jsonl", folder)
        os.chdir(folder)
        try:
            return _BLOCK.sub(run, page)
        finally:
            os.chdir(before)


def test_the_page_shows_what_the_program_prints() -> None:
    page = PAGE.read_text("utf-8")
    assert len(_BLOCK.findall(page)) >= 15
    assert filled(page) == page


def test_the_page_tells_all_that_it_is_to_tell() -> None:
    page = PAGE.read_text("utf-8")
    for told in ("request", "pledge", "approval", "suspen", "block", "D3", "D4", "D5", "D14", "Q3", "R1", "2025-02-28", "2025-12-31"):
        assert told in page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
