"""EDTF dates (ISO 8601-2:2019, levels 0 and 1) as spans of days."""

from __future__ import annotations

import calendar
from datetime import date

Days = tuple[date, date]


def interval(edtf: str) -> Days | None:
    """First and last day that a date or an interval of days, months or years may mean; an open end reaches as far as dates go.

    None where the text is no such date.
    """
    first, slash, second = edtf.partition("/")
    start, stop = _edge(first, last=False), _edge(second if slash else first, last=True)
    return (start, stop) if start and stop and start <= stop else None


def apart(a: Days, b: Days) -> int:
    """How many days lie between two spans: 0 where they meet or overlap."""
    return max(0, (max(a[0], b[0]) - min(a[1], b[1])).days)


def _edge(part: str, *, last: bool) -> date | None:
    if part in ("", ".."):
        return date.max if last else date.min
    try:
        year, month, day = ([int(number) for number in part.rstrip("~?%").split("-")] + [0, 0])[:3]
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None
