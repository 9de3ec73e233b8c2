"""The commands, with what they take, as `--help` tells them."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from typer.main import get_command

from reference.tables import code, plain, table
from vientro.cli.main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED = re.compile(r"\bdocs/([\w-]+)\.md\b")
_KIND = re.compile(r" <(?:list\[)?(?:str|file|path)\]?>$")  # of an argument, after the name that says more

_HEAD = """# Commands

What `vientro COMMAND --help` says, in one place. Exit codes are 0 where all is well, 1 where something is missing or broken, 2 for what
was given wrongly, 130 for a run that was stopped; where a command has others its help says so.
"""


def walk(command: Any = None, path: str = "vientro") -> Iterator[tuple[str, Any]]:
    """Each command with the words that call it, groups before their own."""
    command = command or get_command(app)
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from walk(inner, f"{path} {name}")


def options(command: Any, path: str) -> list[tuple[str, str]]:
    """What a command takes and what it means, without --help."""
    context = command.make_context(path, [], resilient_parsing=True)
    records = [one.get_help_record(context) for one in command.get_params(context) if not getattr(one, "hidden", False)]
    return [(_KIND.sub("", str(names)), str(means)) for names, means in filter(None, records) if names != "--help"]


def page() -> str:
    return "\n\n".join([_HEAD, *(_section(path, command) for path, command in walk() if path != "vientro")]) + "\n"


def _section(path: str, command: Any) -> str:
    context = command.make_context(path, [], resilient_parsing=True)
    usage = f"{path} {' '.join(command.collect_usage_pieces(context))}"
    told = inspect.cleandoc(command.help or "")
    rows = [(code(names), _NAMED.sub(r"[\1](../\1.md)", plain(means))) for names, means in options(command, path)]
    level = "#" * (len(path.split()))
    return f"{level} {path}\n\n{told}\n\n```text\n{usage}\n```\n\n{table(('option', 'meaning'), rows)}"
