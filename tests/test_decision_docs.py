"""What docs/decisions.md and docs/exports.md list is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from vientro.cli.main import app
from vientro.ledger import facts
from vientro.ledger.decisions import SLOTS
from vientro.publish.columns import COLUMNS
from vientro.publish.tables import formats
from vientro.review import maps

DOCS = Path(__file__).parent.parent / "docs"


def words(page: str) -> set[str]:
    """The words in code spans, blocks of code left out."""
    plain = re.sub(r"```.*?```", "", (DOCS / page).read_text("utf-8"), flags=re.DOTALL)
    return {word for span in re.findall(r"`([^`\n]+)`", plain) for word in re.split(r"[\s,]+", span)}


def test_every_slot_map_key_and_command_is_told():
    told = words("decisions.md")
    assert {*SLOTS, *facts.SLOTS, *maps.names(), *maps.Map.__struct_fields__} <= told
    decide = get_command(app).commands["decide"]  # type: ignore[attr-defined]
    assert {f"decide {name}" for name in decide.commands} <= set(re.findall(r"decide [a-z]+", (DOCS / "decisions.md").read_text("utf-8")))


def test_every_column_and_format_is_told():
    told = words("exports.md")
    shown = {column for column in COLUMNS if not re.fullmatch(r"source_[2-4]", column)}
    assert shown <= told
    page = (DOCS / "exports.md").read_text("utf-8")
    assert all(ending in page for ending in formats())


@pytest.mark.parametrize("command", ["decide", "review", "import", "compare", "export", "diff", "release"])
def test_commands_are_told_in_both_readmes(command):
    for name in ("README.md", "README.vi.md"):
        assert f"`vientro {command}" in (DOCS.parent / name).read_text("utf-8"), name
