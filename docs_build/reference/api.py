"""The interface for programs, from its OpenAPI description."""

from __future__ import annotations

import json
from typing import Any

from reference.tables import code, plain, table
from vientro.serve.api.describe import document

_HEAD = """# API

What `vientro serve` answers to programs. A running server has the same as OpenAPI at `/api/v1/openapi.json`, and as a page at
`/api/v1/docs`.
"""


def page() -> str:
    told = document()
    operations = [_operation(path, method, one) for path, methods in told["paths"].items() for method, one in methods.items()]
    records = [f"### {name}\n\n{_record(schema)}" for name, schema in told["components"]["schemas"].items()]
    parts = [_HEAD, told["info"]["description"], "## What can be asked", *operations, "## What comes back", *records]
    return "\n\n".join(part for part in parts if part) + "\n"


def _operation(path: str, method: str, told: Any) -> str:
    rows = [
        (code(one["name"]), code(_kind(one["schema"])), plain(one.get("description", "")) + (" (needed)" if one.get("required") else ""))
        for one in told.get("parameters", ())
    ]
    sent = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    good = next((answer for status, answer in told["responses"].items() if status.startswith("2")), {})
    answer = good.get("content", {}).get("application/json", {})
    parts = [
        f"### {method.upper()} {path}",
        plain(told["summary"]),
        table(("parameter", "is", "meaning"), rows),
        f"Sent is {_linked(sent['schema'])}." if sent.get("schema") else "",
        _example("for example", sent),
        f"The answer is {_linked(answer['schema'])}." if answer.get("schema") else "",
        _example("for example", answer),
    ]
    return "\n\n".join(part for part in parts if part)


def _example(title: str, content: Any) -> str:
    examples = [content["example"]] if "example" in content else [one.get("value") for one in content.get("examples", {}).values()]
    shown = [json.dumps(one, ensure_ascii=False, indent=2) for one in examples[:1]]
    return "\n".join(f'```json title="{title}"\n{one}\n```' for one in shown)


def _record(schema: Any) -> str:
    rows = [(code(name), code(_kind(one)), plain(one.get("description", ""))) for name, one in schema.get("properties", {}).items()]
    return "\n\n".join(part for part in (plain(schema.get("description", "")), table(("field", "is", "meaning"), rows)) if part)


def _kind(schema: Any) -> str:
    """A schema in a few words: "list of Step", "one of vi, en"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if either := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(map(_kind, either)))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}" if "items" in schema else "list"
    kinds = schema.get("type", "anything")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)


def _linked(schema: Any) -> str:
    if "$ref" in schema:
        name = _kind(schema)
        return f"[{name}](#{name.lower()})"
    if schema.get("type") == "object" and (inner := schema.get("properties", {})):
        return ", ".join(f"`{name}`: {_linked(one)}" for name, one in inner.items())
    if schema.get("type") == "array" and "items" in schema:
        return f"a list of {_linked(schema['items'])}"
    return plain(_kind(schema))
