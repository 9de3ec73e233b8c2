"""RSS and Atom to items: the stories that a feed tells of."""

from __future__ import annotations

import io
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import fastfeedparser
import feedparser

from vientro.collect.address import BadAddressError, checked, known_as
from vientro.collect.wellformed import XmlError, prepared, walked

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ITEMS = 2_000
_LONGEST_TITLE = 500
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=2)
_ITEMS, _DAYS = ("item", "entry"), ("pubDate", "published", "issued", "date")
_SPACE = re.compile(r"\s+")


class FeedError(ValueError):
    """The bytes are no feed that is read; `str(error)` says why in plain words."""


@dataclass(frozen=True, slots=True)
class Item:
    """A story that a list tells of. `published` and `updated` are as the list has them, in ISO 8601 with an offset, or None;
    of a `day` without a time it is that day."""

    url: str
    title: str = ""
    published: str | None = None
    updated: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a list in its order, each address once; `faults` are counted by their names; `more` are lists to go on with."""

    items: tuple[Item, ...]
    faults: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def feed(data: bytes, url: str) -> Listing:
    """The items of a feed found at `url`; raises FeedError where there is none, nor anything that can be saved of one."""
    try:
        xml = prepared(data)
    except XmlError as error:
        raise FeedError(str(error)) from error
    entries = (None if xml.broken else _fast(xml.data)) or _patient(xml.data)
    if entries is None:
        raise FeedError(f"no feed{': ' + xml.broken if xml.broken else ''}")
    rows = entries[:MOST_ITEMS]
    undated = sum(not row[2] for row in rows)
    lost = max(undated - _items_without_day(xml.data), 0) if undated and not xml.broken else 0
    return listed(rows, url, ("broken XML",) if xml.broken else ("date that is none",) * lost)


def _items_without_day(data: bytes) -> int:
    """How many items tell no day at all. The fast parser drops a day that it can't read without a word."""
    days, items = 0, 0

    def tell(path: tuple[str, ...], _text: str) -> None:
        nonlocal days, items
        items += path[-1] in _ITEMS
        days += path[-1] in _DAYS and path[-2:-1] in (("item",), ("entry",))

    walked(data, tell)
    return max(items - days, 0)


def listed(entries: Iterable[tuple[str, str, str, str]], url: str, faults: tuple[str, ...] = ()) -> Listing:
    """Rows of address, title, day of publication and of change to items; what is wrong with one is told by name."""
    found: dict[str, Item] = {}
    wrong = list(faults)
    for link, title, published, updated in entries:
        try:
            address = checked(link.strip(), url) if link.strip() else ""
        except BadAddressError:
            address = ""
        if not address:
            wrong.append("item without an address")
            continue
        name = known_as(address)
        if name in found:
            wrong.append("item twice")
            continue
        days = [moment(told) for told in (published, updated)]
        if (published and not days[0]) or (updated and not days[1]):
            wrong.append("date that is none")
        found[name] = Item(address, _SPACE.sub(" ", title).strip()[:_LONGEST_TITLE], *days)
    return Listing(tuple(found.values()), tuple(wrong))


def moment(told: str) -> str | None:
    """ISO 8601 of a day or a time that a list tells; None where it is neither."""
    try:
        found = datetime.fromisoformat(told.strip())
    except ValueError:
        return None
    return told.strip() if len(told.strip()) == 10 else found.isoformat()


def believable(told: str | None, now: datetime) -> bool:
    """Whether a time of a list can be one of publication: not before there was a web, and not later than the day after tomorrow."""
    if not told:
        return False
    try:
        when = datetime.fromisoformat(told)
    except ValueError:
        return False
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return _EARLIEST <= when <= now + _AHEAD


def _fast(data: bytes) -> list[tuple[str, str, str, str]]:
    try:
        found = fastfeedparser.parse(data)
    except Exception:  # noqa: BLE001  whatever it stumbles over, the patient parser has a try
        return []
    return [_row(entry) for entry in found.entries]


def _patient(data: bytes) -> list[tuple[str, str, str, str]] | None:
    try:
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # noqa: BLE001  nothing in a feed may end the program
        return None
    if not (found.get("version") or found.entries):
        return None
    return [_row(entry) for entry in found.entries]


def _row(entry: Any) -> tuple[str, str, str, str]:
    days = [_stamp(entry, name) for name in ("published", "updated")]
    return str(entry.get("link") or ""), str(entry.get("title") or ""), days[0], days[1]


def _stamp(entry: Any, name: str) -> str:
    """The time in ISO 8601 where the parser understood it, else as it stands."""
    if name not in entry:  # asked first: feedparser lends one time to the other
        return ""
    parts = entry.get(f"{name}_parsed")
    if parts:
        try:
            return datetime.fromtimestamp(timegm(parts), UTC).isoformat()
        except (ValueError, TypeError, OverflowError, OSError):
            return "?"
    return str(entry.get(name) or "")
