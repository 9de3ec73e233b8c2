"""Steps as they are counted, packed: rows that end where a step has nothing more to tell, so that a ledger of many is read at once."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import fields, replace

from vientro.model.counting import Entry
from vientro.model.ledger import Stock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_entries = msgspec.json.Decoder(list[Entry])
_things = msgspec.json.Decoder(list[tuple[tuple[Stock, ...], tuple[str, ...]]])
_FIELDS = [(field.name, field.default) for field in fields(Entry)]


def encode(entries: Iterable[Entry]) -> str:
    """Entries in JSON, without what few counts ask for: as long to read as all the rest, that has a record of its own."""
    return msgspec.json.encode([_row(replace(entry, items=(), derived=())) for entry in entries]).decode()


def encode_things(entries: Iterable[Entry]) -> str:
    """The things of each entry, in their order, and which of its fields were derived."""
    return msgspec.json.encode([(entry.items, entry.derived) for entry in entries]).decode()


def decode(packed: str) -> list[Entry]:
    """Entries that were packed, without their things; raises msgspec.DecodeError where another version packed them."""
    with at_once():
        return _entries.decode(packed)


def with_things(entries: Sequence[Entry], packed: str) -> list[Entry]:
    """The entries with all that they were packed with."""
    with at_once():
        return [
            replace(entry, items=items, derived=derived) for entry, (items, derived) in zip(entries, _things.decode(packed), strict=True)
        ]


def _row(entry: Entry) -> list[object]:
    row = [getattr(entry, name) for name, _ in _FIELDS]
    while row[-1] == _FIELDS[len(row) - 1][1]:
        row.pop()
    return row


@contextmanager
def at_once() -> Iterator[None]:
    """While a million values are made and none is let go, looking for garbage over and over costs more than making them."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()
