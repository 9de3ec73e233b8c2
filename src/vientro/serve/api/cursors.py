"""A long list page by page. A cursor is the key of the last record told, so that what is added meanwhile neither repeats nor hides one."""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeVar

import msgspec
from fastapi import HTTPException

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
Key = tuple[float | str, ...]
_LONGEST = 2_000


def cut(found: Sequence[T], key: Callable[[T], Key], order: str, cursor: str | None, limit: int | None) -> tuple[Sequence[T], str | None]:
    """The records after a cursor, at most `limit`, and the cursor of the next page; None at the end.

    `found` is sorted by `key`, and `order` names what it is sorted by. Raises HTTPException (404) for a cursor that is of no such list.
    """
    first = 0
    if cursor:
        told = _key(cursor, order)
        if found and [type(part) for part in told] != [type(part) for part in key(found[0])]:
            raise _unknown(cursor)
        first = bisect_right(found, told, key=key)
    last = len(found) if limit is None else first + limit
    page = found[first:last]
    return page, _cursor(key(page[-1]), order) if page and last < len(found) else None


def _cursor(key: Key, order: str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((order, *key))).decode().rstrip("=")


def _key(cursor: str, order: str) -> Key:
    try:
        told = msgspec.json.decode(
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True), type=list[float | str]
        )
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise _unknown(cursor) from error
    if not told or told[0] != order or len(cursor) > _LONGEST:
        raise _unknown(cursor)
    return tuple(told[1:])


def _unknown(cursor: str) -> HTTPException:
    return HTTPException(
        404, f"cursor={cursor[:80]}: it is none of this list. Give the `next` of the page before, with the same parameters"
    )
