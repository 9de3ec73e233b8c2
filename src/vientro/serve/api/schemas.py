"""The forms of answers in JSON Schema: those of the records themselves, with what their record makers add or leave out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.model.article import Article, Reject
from vientro.model.claim import Claim
from vientro.model.decision import Decision
from vientro.model.ledger import Deal, Step
from vientro.serve.api import examples
from vientro.tasks.health import Health

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "#/components/schemas/"
_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}
_BY_EXAMPLE = {  # records without a class of their own; no name is that of a class
    "Life": examples.LIFE, "Topic": examples.TOPIC, "Overdue": examples.OVERDUE, "Check": examples.CHECK, "Draft": examples.DRAFT,
    "Counted": examples.COUNT, "Change": examples.CHANGE, "TopicPage": examples.TOPIC_PAGE, "Voice": examples.VOICE,
    "Person": examples.PERSON, "Release": examples.RELEASE, "Question": examples.QUESTION,
    "Agreement": examples.AGREEMENT, "Compared": examples.COMPARED, "Correction": examples.CORRECTION, "Report": examples.REPORT,
    "Corrections": examples.CORRECTIONS, "Health": examples.HEALTH,
    "Versions": examples.VERSIONS,
}  # fmt: skip
_ANYTHING = ("old", "new", "value")
_COUNT = {"type": "integer", "minimum": 0}
_RECORDS = (Claim, Article, Step, Deal, Decision, Reject, Health)


@cache
def schemas() -> dict[str, Any]:
    """All by name."""
    _, made = msgspec.json.schema_components(_RECORDS, ref_template=PREFIX + "{name}")
    by = {name: dict(schema) for name, schema in made.items()}
    by["Line"] = _with(by["Step"], ("claims",), {
        "section": _TEXT, "published": _MAYBE, "deal_state": _MAYBE, "by": _TEXTS, "new_money": {}, "over": {},
        "disputed": {"type": "boolean"}, "ruled": {"type": "array", "items": _to("Decision")}, "conflicts": {"type": "array"},
        "claims": {"type": "array", "items": _like(examples.LINE["claims"][0])},
    })  # fmt: skip
    by["Decision"] = _with(by["Decision"], ("shown_as",), {})
    by["Deal"] = _with(by["Deal"], (), {"follow": {}})
    by["ClaimTold"] = _with(by["Claim"], (), {
        "step": _TEXT, "deal": _TEXT, "origin": _TEXT, "why": _TEXTS, "outlet": _MAYBE, "published": _MAYBE, "url": _MAYBE,
    })  # fmt: skip
    told = _with(by["Article"], ("text", "zones", "key"), {"claims": {"type": "array"}})
    by["ArticleTold"] = told | {
        "properties": told["properties"] | {name: by["Article"]["properties"][name] for name in ("text", "zones", "key")}
    }
    by["SourceState"] = by.pop("Health")
    by["Problem"] = {
        "type": "object", "required": ["type", "title", "status"],
        "properties": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
    }  # fmt: skip
    by |= {name: _like(example) for name, example in _BY_EXAMPLE.items()}
    edit = by["Versions"]["properties"]
    edit["edit"] = {"anyOf": [edit["edit"], {"type": "null"}]}
    return by


def page(name: str, beside: Mapping[str, Any]) -> dict[str, Any]:
    """A page of a list of records, and what stands beside them."""
    listed = {"items": {"type": "array", "items": _to(name)}, "count": _COUNT, "next": _MAYBE, "mark": _TEXT, "newest": _MAYBE}
    more = {one: _like(example) for one, example in beside.items()}
    return {"type": "object", "required": ["items", "count", "next", *more], "properties": listed | more}


def _to(name: str) -> dict[str, str]:
    return {"$ref": PREFIX + name}


def _with(schema: dict[str, Any], without: tuple[str, ...], more: dict[str, Any]) -> dict[str, Any]:
    properties = {name: one for name, one in schema["properties"].items() if name not in without}
    needed = [name for name in schema.get("required", ()) if name not in without]
    return {**schema, "properties": properties | more, "required": [*needed, *more]}


def _like(example: Any) -> dict[str, Any]:
    """The fields of a record that has no class of its own; what holds nothing in the example may hold anything."""
    if isinstance(example, dict):
        properties = {name: {} if name in _ANYTHING else _like(value) for name, value in example.items()}
        return {"type": "object", "required": list(example), "properties": properties}
    kinds = {bool: "boolean", str: "string", int: "number", float: "number", list: "array"}
    return {"type": [kinds[type(example)], "null"]} if example is not None else {}
