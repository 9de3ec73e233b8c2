"""An answer for a program: JSON or CSV, with the tag of the state that it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from vientro.model.errors import InputError
from vientro.model.ids import digest
from vientro.publish.tables import as_csv
from vientro.publish.tables.column import Table
from vientro.serve.api.cursors import Key, cut
from vientro.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fastapi import Request

    from vientro.publish.columns import Value

T = TypeVar("T")
_PAGE, _LONGEST_PAGE = 50, 500
_CSV = "text/csv"


def reply(
    request: Request,
    state: str | None,
    make: Callable[[], Any],
    table: Callable[[], bytes] | None = None,
    links: Mapping[str, str] | None = None,
) -> Response:
    """What `make` gives as JSON, or `table` where CSV is asked for. `state` is all that it follows from beside the address: None where
    only the answer itself says so."""
    csv = as_table(request) and table is not None
    made = None
    if state is None:
        made = table() if csv and table else msgspec.json.encode(make())
        state = digest(made.decode())
    tag = f'W/"{digest(state, "csv" if csv else "json", str(request.url.path), request.url.query, str(request.app.version))}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Authorization, Cookie", **(links or {})}
    if site_of(request).settings.public:
        headers |= {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, Retry-After"}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if made is None:
        made = table() if csv and table else msgspec.json.encode(make())
    return Response(made, headers=headers, media_type=f"{_CSV}; charset=utf-8" if csv else "application/json")


def paged(
    request: Request,
    state: str,
    found: Sequence[T],
    key: Callable[[T], Key],
    record: Callable[[T], Mapping[str, Any]],
    *,
    order: str = "",
    more: Mapping[str, Any] | None = None,
    table: Callable[[Sequence[T]], Table] | None = None,
) -> Response:
    """A page of a list that is sorted by `key`: its records, how many there are in all, and the cursor of the next page."""
    limit = _limit(request)
    page, after = cut(found, key, order, request.query_params.get("cursor"), limit)
    links = {}
    if after:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        links["Link"] = f'<{request.url.path}?{urlencode([*kept, ("cursor", after)])}>; rel="next"'

    def body() -> dict[str, Any]:
        return {"items": [record(one) for one in page], "count": len(found), "next": after, **(more or {})}

    def rows() -> bytes:
        return as_csv.content([table(page) if table else flat([record(one) for one in page])])

    return reply(request, state, body, rows, links)


def as_table(request: Request) -> bool:
    """Whether CSV is asked for; raises InputError for a form that there is none of."""
    asked = request.query_params.get("format")
    if asked not in (None, "json", "csv"):
        raise InputError(f"format={asked}", "there is no such form", "Give json or csv")
    if asked:
        return asked == "csv"
    accepted = request.headers.get("accept", "")
    return _CSV in accepted and "json" not in accepted.partition(_CSV)[0]


def flat(records: Sequence[Mapping[str, Any]]) -> Table:
    """Records as rows: lists of words joined, whatever lies deeper as JSON."""
    columns = tuple(dict.fromkeys(name for record in records for name in record))
    return Table("rows", columns, [{name: _cell(record.get(name)) for name in columns} for record in records])


def _cell(value: Any) -> Value:
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return "; ".join(value) or None
    return msgspec.json.encode(value).decode() if value else None


def _limit(request: Request) -> int | None:
    """Most records of a page; None for all of them."""
    asked = request.query_params.get("limit")
    if asked is None:
        return None if as_table(request) else _PAGE
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 5 and 0 < int(asked) <= _LONGEST_PAGE):
        raise InputError(f"limit={asked[:80]}", "this is no number of records", f"Give 1 to {_LONGEST_PAGE}")
    return int(asked)
