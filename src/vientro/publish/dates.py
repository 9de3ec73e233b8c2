"""EDTF dates in words, with the precision they have."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from vientro.publish.words import word

if TYPE_CHECKING:
    from vientro.publish.words import Lang

_DATE = re.compile(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?([~?%]?)")
_VIETNAM = timezone(timedelta(hours=7))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Parts = tuple[str, str | None, str | None]


def said(edtf: str | None, lang: Lang) -> str:
    """A date or interval: "14/10/2024", "tháng 2/2022", "10–12 Oct 2022"; "undated" for None. What is no such date stays as it is."""
    if not edtf:
        return word("undated", lang)
    start, slash, stop = edtf.partition("/")
    if not slash:
        return _one(start, lang)
    if stop in ("", ".."):
        return word("date.from", lang, _one(start, lang))
    if start in ("", ".."):
        return word("date.until", lang, _one(stop, lang))
    return _between(start, stop, lang)


def moment(at: str, lang: Lang) -> str:
    """A moment (ISO 8601 with its offset) by the clocks of Vietnam: "16:05 ngày 3/5/2024"."""
    there = datetime.fromisoformat(at).astimezone(_VIETNAM)
    return word("date.moment", lang, f"{there:%H:%M}", said(there.date().isoformat(), lang))


def first_day(edtf: str | None) -> str:
    """The earliest day a date may mean, as a key for sorting; "" for none."""
    return _edge(edtf, 0, "-01-01") if edtf else ""


def last_day(edtf: str | None) -> str:
    """The latest day a date may mean, as a key for sorting, of an interval without an end its beginning; "" for none."""
    return (_edge(edtf, -1, "-12-31") or first_day(edtf)) if edtf else ""


def _edge(edtf: str, which: int, rest: str) -> str:
    """Month and day filled up where they are missing; the 31st of a short month does no harm in a key."""
    found = _DATE.fullmatch(edtf.split("/")[which])
    if found is None or found[1] == "XXXX":
        return ""
    year, month, day, _ = found.groups()
    return f"{year}{f'-{month}' if month else rest[:3]}{f'-{day}' if day else rest[3:]}"


def _one(date: str, lang: Lang) -> str:
    found = _DATE.fullmatch(date)
    if found is None or not _is_month(found[2]):
        return date
    shown = _shown((found[1], found[2], found[3]), lang)
    return word("bound.about", lang, shown) if found[4] else shown


def _is_month(month: str | None) -> bool:
    return month is None or 1 <= int(month) <= 12


def _shown(date: Parts, lang: Lang) -> str:
    year, month, day = date
    if year == "XXXX":
        shown = _shown(("", month, day), lang).rstrip("/ ")
        return word("date.no year", lang, shown)
    if month is None:
        return word("date.year", lang, year)
    if lang == "vi":
        return f"{int(day)}/{int(month)}/{year}" if day else word("date.month", lang, f"{int(month)}/{year}")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


def _between(start: str, stop: str, lang: Lang) -> str:
    a, b = _DATE.fullmatch(start), _DATE.fullmatch(stop)
    if a is None or b is None or not (_is_month(a[2]) and _is_month(b[2])):
        return f"{_one(start, lang)} – {_one(stop, lang)}"
    if a[3] and b[3] and a[1] == b[1]:
        same_month = a[2] == b[2]
        end = _shown((b[1], b[2], b[3]), lang)
        if lang == "vi":
            return f"{int(a[3])}{'' if same_month else f'/{int(a[2])}'}–{end}"
        return f"{int(a[3])}{'' if same_month else f' {_MONTHS[int(a[2]) - 1]}'}–{end}"
    return f"{_one(start, lang)} – {_one(stop, lang)}"
