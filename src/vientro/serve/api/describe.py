"""The API explained: to programs in OpenAPI 3.1, to people on a page made of the same."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from vientro.serve.api import acts, articles, checking, keeping, sums, voices
from vientro.serve.api.answers import reply
from vientro.serve.api.operations import API, HOME, Operation, Param
from vientro.serve.api.schemas import PREFIX, page, schemas
from vientro.serve.site import site_of

router = APIRouter()
router.include_router(API.router)
MODULES = (acts, articles, sums, voices, keeping, checking)  # which register their operations
_PROBLEM = {"application/problem+json": {"schema": {"$ref": PREFIX + "Problem"}}}
_SAID = {
    401: "Sign in first, or send a token.",
    403: "The role is missing, or this server changes nothing.",
    404: "There is no such record, or no such page.",
    422: "What was sent can't be used; `detail` says why.",
    429: "Too many requests: ask again after `Retry-After` seconds.",
    503: "The ledger is being written. Ask again.",
}
_ABOUT = """The ledger of support between international actors: who asked, pledged, approved, delivered or
refused what, and who says so.

Lists come in pages: ask again with `cursor` set to the `next` of the page before. Answers carry an `ETag`; send it as `If-None-Match`
and an unchanged answer is 304. Lists come as CSV with `Accept: text/csv` or `format=csv`. Problems
are `application/problem+json` (RFC 9457).
On a server of a team send a token: `Authorization: Bearer vt_...` (`vientro user token`). Dates are EDTF, codes ISO 3166."""


@router.get(f"{HOME}/openapi.json")
def openapi(request: Request) -> Response:
    return reply(request, version("vientro"), document)


@router.get(f"{HOME}/docs")
def docs(request: Request) -> Response:
    return site_of(request).page(
        request,
        "api.html",
        home=HOME,
        about=[part.strip() for part in _ABOUT.split("\n\n")],
        operations=API.operations,
        shown=lambda value: json.dumps(value, ensure_ascii=False, indent=2),
    )


@router.get(HOME)
def root(request: Request) -> Response:
    return reply(request, version("vientro"), lambda: {"openapi": f"{HOME}/openapi.json", "docs": f"{HOME}/docs"})


def methods(path: str) -> list[str]:
    """What an address of the API answers to; nothing for one with an id in it."""
    return sorted(one.method for one in API.operations if HOME + one.path == path)


@cache
def document() -> dict[str, Any]:
    """The whole in OpenAPI 3.1."""
    paths: dict[str, Any] = {}
    for one in API.operations:
        paths.setdefault(HOME + one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "vientro",
            "version": version("vientro"),
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(one: Operation) -> dict[str, Any]:
    name = f"{one.method.lower()}{one.path.replace('{id}', 'one').title().replace('/', '')}"
    made: dict[str, Any] = {
        "operationId": name,
        "summary": one.says,
        "parameters": [*([_of_path()] if "{id}" in one.path else []), *map(_param, one.params)],
        "responses": {str(one.status): _answer(one)}
        | {str(code): {"description": _SAID[code], "content": _PROBLEM} for code in _codes(one)},
    }
    if one.method == "GET":
        made["responses"]["304"] = {"description": "The answer is the one that `If-None-Match` names."}
    if one.body:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": one.body, "example": one.sent}}}
    if one.role:
        made["security"] = [{"token": []}]
    return made


def _answer(one: Operation) -> dict[str, Any]:
    record = {"$ref": PREFIX + one.gives}
    content: dict[str, Any] = {"application/json": {"schema": record, "example": one.example}}
    if one.paged:
        example = {"items": [one.example], "count": 1, "next": None, **one.beside}
        content["application/json"] = {"schema": page(one.gives, one.beside), "example": example}
    elif one.gives == "Change":
        listed = {"type": "object", "required": ["from", "to", "items"], "properties": {"items": {"type": "array", "items": record}}}
        content["application/json"] = {"schema": listed, "example": {"from": "2025-01-31", "to": "2025-02-28", "items": [one.example]}}
    if one.table:
        content["text/csv"] = {"schema": {"type": "string"}}
    headers = {"ETag": {"schema": {"type": "string"}}} | ({"Link": {"schema": {"type": "string"}}} if one.paged else {})
    return {"description": one.says, "content": content, "headers": headers}


def _codes(one: Operation) -> list[int]:
    return [
        401,
        *([403] if one.role or one.method == "POST" else []),
        *([404] if one.paged or one.role or "{id}" in one.path else []),
        422,
        429,
        503,
    ]


def _param(one: Param) -> dict[str, Any]:
    schema = {"type": "array", "items": one.schema} if one.many else one.schema
    return {"name": one.name, "in": "query", "description": one.says, "required": one.needed, "schema": schema}


def _of_path() -> dict[str, Any]:
    return {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
