"""The rules of the codebook, each with the code that applies it and the tests that show it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from reference.tables import code, table

ROOT = Path(__file__).parent.parent.parent
_RULE = re.compile(r"^\| ([A-Z]\d+) \| (.+) \| [^|]* \|$", re.MULTILINE)
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_NAMED = re.compile(r"(?<![A-Za-z0-9])[A-Z]\d{1,2}(?![0-9])")
_TEST = re.compile(r"def (test_\w+)")
_HEAD = """# Rules in code and tests

Where each rule of the [codebook](../CODEBOOK.md) is applied, under `src/vientro`, and what shows it, under `tests`.
"""


def page() -> str:
    book = (ROOT / "docs" / "CODEBOOK.md").read_text("utf-8")
    parts = [_HEAD]
    for title, text in zip(_SECTION.findall(book), _SECTION.split(book)[2::2], strict=True):
        parts.append(f"## {title}")
        parts += [_rule(name, words) for name, words in _RULE.findall(text)]
    return "\n\n".join(parts) + "\n"


def _rule(name: str, words: str) -> str:
    rows = [("code", ", ".join(map(code, applied(name)))), ("tests", ", ".join(map(code, shown(name))))]
    return f"### {name}\n\n{words}.\n\n{table(('', 'where'), rows)}"


def applied(rule: str) -> list[str]:
    """The files of code and of data that name a rule."""
    return [name for name, named in _sources() if rule in named]


def shown(rule: str) -> list[str]:
    """The tests that are named by a rule, and the files of tests that have it in a table of cases."""
    found = []
    for name, text in _tests():
        tests = [test for test in _TEST.findall(text) if test.startswith(f"test_{rule.lower()}_")]
        found += [f"{name}::{test}" for test in tests]
        if not tests and f'("{rule}",' in text:
            found.append(name)
    return found


@cache
def _sources() -> list[tuple[str, set[str]]]:
    """The files, each with what may be rules in it. Where texts are read the same letters and digits name other things (T72)."""
    home = ROOT / "src" / "vientro"
    files = [path for path in sorted(home.rglob("*")) if path.suffix in (".py", ".tsv", ".toml") and path.name != "words.tsv"]
    own = [
        (path.relative_to(home), path)
        for path in files
        if path.relative_to(home).parts[0] not in ("lang", "reading", "article", "evaluate")
    ]
    return [(name.as_posix(), set(_NAMED.findall(path.read_text("utf-8")))) for name, path in own]


@cache
def _tests() -> list[tuple[str, str]]:
    home = ROOT / "tests"
    return [(path.relative_to(home).as_posix(), path.read_text("utf-8")) for path in sorted(home.rglob("test_*.py"))]
