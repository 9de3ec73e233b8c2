"""Steps as they are counted, packed: what is as in any entry is left out, so that a ledger of many steps is read at once."""

from __future__ import annotations

import gc
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING

import msgspec

from vientro.model.counting import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

_entries = msgspec.json.Decoder(list[Entry])
_USUAL = {field.name: field.default for field in fields(Entry) if field.default is not MISSING}
_NAMES = [field.name for field in fields(Entry)]


def encode(entries: Iterable[Entry]) -> str:
    """Entries in JSON; decode(encode(entries)) == entries."""
    packed = []
    for entry in entries:
        values = ((name, getattr(entry, name)) for name in _NAMES)
        packed.append({name: value for name, value in values if name not in _USUAL or value != _USUAL[name]})
    return msgspec.json.encode(packed).decode()


def decode(packed: str) -> list[Entry]:
    """Entries that were packed."""
    # While a million values are made and none is let go, looking for garbage over and over costs more than making them.
    looked = gc.isenabled()
    gc.disable()
    try:
        return _entries.decode(packed)
    finally:
        if looked:
            gc.enable()
