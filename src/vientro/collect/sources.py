"""What is watched: the sources of a user's TOML file, and the outlets that are shipped as data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from vientro.collect.address import BadAddressError, checked
from vientro.collect.listings import KINDS
from vientro.lang.data import parse
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from vientro.collect.listings import Kind

_SPAN = re.compile(r"(\d{1,4})\s*(m|h|d|min|minutes?|hours?|days?)")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400}
_LEAST = 60
_KEYS = {"name", "url", "kind", "every"}
_TOP = {"every", "delay", "contact", "outlets", "source"}


@dataclass(frozen=True, slots=True)
class Source:
    """A list of stories that is asked for again and again, every so many seconds. `kind` is found out where it is None."""

    name: str
    url: str
    kind: Kind | None = None
    every: int = 1800


@dataclass(frozen=True, slots=True)
class Watched:
    """A file of sources. `delay` is the least pause between two requests to a host, in seconds; `contact` tells outlets who asks."""

    sources: tuple[Source, ...]
    delay: float = 2.0
    contact: str = ""


def outlets() -> tuple[dict[str, str], ...]:
    """The shipped lists, by the columns of outlets.tsv."""
    return parse((files("vientro.collect") / "outlets.tsv").read_text("utf-8"), "collect/outlets.tsv")


def load(path: Path) -> Watched:
    """The sources of a TOML file; raises InputError in plain words, with the place, where it is not as it should be."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(str(path), f"can't be read: {error.strerror}", "Give the path of a TOML file of sources") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"no TOML: {error}", "docs/collecting.md shows such a file") from error
    where = str(path)
    _only(where, told, _TOP)
    every = _span(where, told.get("every", "30m"))
    found = [_source(f"{where}, source {number}", row, every) for number, row in enumerate(_list(where, told, "source"), 1)]
    found += [_outlet(where, name, every) for name in _list(where, told, "outlets")]
    if not found:
        raise InputError(where, "it names no source", 'Add a [[source]] with a url, or outlets = ["vnexpress-the-gioi"]')
    names = [source.name for source in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise InputError(where, f"two sources are called {twice!r}", "Give each a name of its own")
    delay = told.get("delay", 2.0)
    if not isinstance(delay, int | float) or isinstance(delay, bool) or not 0 <= delay <= 3600:
        raise InputError(where, "delay is no number of seconds from 0 to 3600", "Give a number like 2")
    return Watched(tuple(found), float(delay), str(told.get("contact", "")))


def _source(where: str, row: object, every: int) -> Source:
    if not isinstance(row, dict) or not isinstance(row.get("url"), str):
        raise InputError(where, "it has no url", 'Add url = "https://..."')
    _only(where, row, _KEYS)
    kind = row.get("kind")
    if kind is not None and kind not in KINDS:
        raise InputError(where, f"there is no kind {kind!r}", f"Kinds are {', '.join(KINDS)}; without one it is found out")
    try:
        url = checked(row["url"])
    except BadAddressError as error:
        raise InputError(where, str(error), "Give an address that begins with https://") from error
    return Source(str(row.get("name") or url), url, cast("Kind | None", kind), _span(where, row["every"]) if "every" in row else every)


def _outlet(where: str, name: object, every: int) -> Source:
    row = next((row for row in outlets() if row["id"] == name), None)
    if row is None:
        raise InputError(where, f"there is no shipped outlet {name!r}", "`vientro sources --shipped` lists them")
    return Source(row["id"], row["url"], cast("Kind", row["kind"]), every)


def _span(where: str, told: object) -> int:
    """Seconds of a span of time like "30m", "2h" or "1 day"."""
    found = _SPAN.fullmatch(told.strip().lower()) if isinstance(told, str) else None
    seconds = int(found[1]) * _SECONDS[found[2][0]] if found else 0
    if seconds < _LEAST:
        raise InputError(where, f"every = {told!r} is no span of a minute or more", 'Give one like "30m", "2h" or "1 day"')
    return seconds


def _list(where: str, told: dict[str, Any], name: str) -> list[object]:
    found = told.get(name, [])
    if not isinstance(found, list):
        raise InputError(where, f"{name} is no list", "docs/collecting.md shows such a file")
    return found


def _only(where: str, row: dict[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(row) - known):
        raise InputError(where, f"there is no setting {unknown[0]!r}", f"Settings are {', '.join(sorted(known))}")
