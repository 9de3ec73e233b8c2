"""The public names of the package."""

from __future__ import annotations

import inspect

import vientro

_HEAD = """# Python

The public names, those of `vientro.__all__`. What the finders give and how they decide: [what it recognises](../mentions.md). What comes
back: [records](records.md).
"""


def page() -> str:
    named = [(name, getattr(vientro, name)) for name in vientro.__all__]
    return "\n\n".join([_HEAD, *(_section(name, found) for name, found in named if callable(found))]) + "\n"


def _section(name: str, found: object) -> str:
    signature = str(inspect.signature(found)).replace("'", "")  # type: ignore[arg-type]
    return f"## vientro.{name}\n\n```python\nvientro.{name}{signature}\n```\n\n{inspect.getdoc(found)}"
