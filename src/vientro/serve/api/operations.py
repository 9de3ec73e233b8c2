"""What programs can ask for: an operation is written down where it is made, for the router, for OpenAPI and for its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import APIRouter, Depends

from vientro.serve.access import allowed
from vientro.store.accounts import Role

HOME = "/api/v1"
Schema = Mapping[str, Any]
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
    """`gives` names a schema (schemas.py), of which a list of `paged` has pages; `example` is of one record, or of the whole answer."""

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


LIMIT = Param("limit", "Most records of a page.", {"type": "integer", "minimum": 1, "maximum": 500, "default": 50})
CURSOR = Param("cursor", "The page after the one that told this as its `next`; what comes in meanwhile moves nothing.")
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
        needs = [Depends(allowed(operation.role))] if operation.role else []

        def add(answer: Answer) -> Answer:
            self.router.add_api_route(operation.path, answer, methods=[operation.method], dependencies=needs, response_model=None)
            return answer

        return add


API = Api()
