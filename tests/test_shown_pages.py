"""The tutorial and the how-tos: every command that they show is run, and prints what they say."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("fastapi")

from shown import CHART, DOCS, PAGES, ROOT, SERVER, Terminal, filled, ledger_of_the_examples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_of_the_examples(tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("page", [page for page in PAGES if SERVER not in page.read_text("utf-8")], ids=lambda page: page.stem)
def test_the_page_shows_what_the_program_prints(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if page.stem != "tutorial":
        shutil.copy(request.getfixturevalue("ledger"), tmp_path)
    said = page.read_text("utf-8")
    with Terminal(tmp_path) as terminal:
        assert filled(said, terminal) == said
    if page.stem == "tutorial":
        chart = (tmp_path / "chart.svg").read_text("utf-8")
        assert chart == CHART.read_text("utf-8")
        assert all(word in chart for word in ("Canada", "Pledged", "Delivered"))


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_the_page_on_postgresql_shows_what_the_program_prints(place, ledger: Path, tmp_path: Path) -> None:
    shutil.copy(ledger, tmp_path)
    page = DOCS / "how-to" / "move-to-postgresql.md"
    said = page.read_text("utf-8")
    with Terminal(tmp_path, {SERVER: str(place())}) as terminal:
        assert filled(said, terminal) == said


def test_what_is_written_as_a_command_is_run() -> None:
    """Blocks of sh are for what a test can't run: services, and servers of one's own."""
    for page in PAGES:
        for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            assert "vientro serve" in block, page


def test_the_feed_of_the_tutorial_names_pages_of_the_examples() -> None:
    named = re.findall(r"<link>http://127\.0\.0\.1:8765/(.+)</link>", (DOCS / "tutorial-feed.xml").read_text("utf-8"))
    assert {ROOT / name for name in named} == {*(ROOT / "examples").rglob("*.html")}
