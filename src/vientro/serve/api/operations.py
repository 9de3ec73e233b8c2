"""What programs can ask for: an operation is written down where it is made, for the router, for OpenAPI and for its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import APIRouter, Depends, Request

from vientro.model.errors import InputError
from vientro.serve.access import allowed
from vientro.store.accounts import Role

HOME = "/api/v1"
Schema = Mapping[str, Any]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Answer = TypeVar("Answer", bound=Callable[..., Any])
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of the address; of `many` each may be given, and one of them is enough."""

    name: str
    says: str
    schema: Schema = field(default_factory=lambda: TEXT)
    many: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """`gives` names a schema (schemas.py), of which a list of `paged` has pages; `example` is of one record, or of the whole answer.

    `beside` is an example of what a page has beside its records.
    """

    method: str
    path: str
    says: str
    gives: str
    example: Any
    params: tuple[Param, ...] = ()
    paged: bool = False
    table: bool = False
    body: Schema | None = None
    sent: Any = None
    role: Role | None = None
    status: int = 200
    beside: Mapping[str, Any] = field(default_factory=dict)


LIMIT = Param("limit", "Most records of a page.", {"type": "integer", "minimum": 1, "maximum": 500, "default": 50})
CURSOR = Param(
    "cursor", "The page after the one that told this as its `next`; what comes in meanwhile moves nothing.", {**TEXT, "minLength": 1}
)
FORMAT = Param("format", "As CSV, like `Accept: text/csv`; without `limit` then all rows.", {"type": "string", "enum": ["json", "csv"]})


class Api:
    """The operations, in the order in which they are explained, and the router that leads to them."""

    def __init__(self) -> None:
        self.router = APIRouter(prefix=HOME)
        self.operations: list[Operation] = []

    def get(self, path: str, says: str, gives: str, example: Any, *params: Param, **more: Any) -> Callable[[Answer], Answer]:
        """Registers what answers a GET."""
        if more.get("paged"):
            params = (*params, LIMIT, CURSOR)
        if more.get("paged") or more.get("table"):
            params, more["table"] = (*params, FORMAT), True
        return self._add(Operation("GET", path, says, gives, example, params, **more))

    def post(self, path: str, says: str, gives: str, example: Any, body: Schema, sent: Any, **more: Any) -> Callable[[Answer], Answer]:
        """Registers what answers a POST of JSON."""
        return self._add(Operation("POST", path, says, gives, example, body=body, sent=sent, **more))

    def _add(self, operation: Operation) -> Callable[[Answer], Answer]:
        self.operations.append(operation)
        needs = [*([Depends(allowed(operation.role))] if operation.role else []), Depends(_fitting(operation.params))]

        def add(answer: Answer) -> Answer:
            self.router.add_api_route(operation.path, answer, methods=[operation.method], dependencies=needs, response_model=None)
            return answer

        return add


def _fitting(params: Sequence[Param]) -> Callable[[Request], None]:
    """A dependency that holds the parameters of an address to what is written of them; raises InputError."""

    def check(request: Request) -> None:
        for param in params:
            given = request.query_params.getlist(param.name)
            if param.needed and not given:
                raise InputError(param.name, "it is missing", f"Give {param.name}=...")
            for value in given:
                _fits(param, value)

    return check


def _fits(param: Param, value: str) -> None:
    schema, said = param.schema, f"{param.name}={value[:80]}"
    if "enum" in schema and value not in schema["enum"]:
        raise InputError(said, "there is none of this name", f"Give one of: {', '.join(schema['enum'])}")
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        raise InputError(said, "it is empty, or too long", "Leave it out, or say it in less")
    if schema.get("format") == "date" and not _DAY.fullmatch(value):
        raise InputError(said, "this is no day of ISO 8601", "Give a day like 2025-01-09")


API = Api()
