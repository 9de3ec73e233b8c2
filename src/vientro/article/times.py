"""When a page was published: what it declares, in whatever form, as ISO 8601 with its zone.

Vietnamese outlets leave the zone out, put a space before it, or write local time as if it were UTC; all of them mean +07:00.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

_MACHINE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s*(Z|(?:GMT|UTC)?\s*[+-]\d\d?:?(?:\d\d)?)?(?!\d)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})(?!\d)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:/.-])(\d{1,2})\s?(?::|h|giờ)\s?(\d{2})(?::(\d{2}))?(?!\d)\s*(?:phút\s*)?([ap]\.?m\.?\b|SA\b|CH\b)?", re.IGNORECASE
)
_ENGLISH = re.compile(
    r"\b([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b|\b(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-]\s?\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST = 200


def moment(text: str, *, local: bool) -> str | None:
    """The first time, or else day, that a text says, in ISO 8601; None where it says none. `local` is +07:00 where no zone is given."""
    text = text[:_LONGEST]
    found = _machine(text) or _written(text)
    if isinstance(found, datetime) and found.tzinfo is None and local:
        found = found.replace(tzinfo=VIETNAM)
    return found.isoformat() if isinstance(found, datetime) else found


def _machine(text: str) -> datetime | str | None:
    found = _MACHINE.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return datetime(int(year), int(month), int(day)).date().isoformat()  # noqa: DTZ001  a day, without a zone
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    except ValueError:
        return None


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    digits = re.sub(r"\D", "", text)
    if not digits:
        return UTC
    hours, minutes = (int(digits[:2]), int(digits[2:] or 0)) if len(digits) != 3 else (int(digits[0]), int(digits[1:]))
    return timezone((-1 if "-" in text else 1) * timedelta(hours=hours, minutes=minutes))


def _written(text: str) -> datetime | str | None:
    """A time as a person reads it: day before month where that can be, the clock before or behind the day."""
    day = _day(text)
    if day is None:
        return None
    year, month, number, start, stop = day
    clock = _CLOCK.search(text, stop) or _CLOCK.search(text[:start])
    offset = _OFFSET.search(text)
    try:
        if not clock:
            return datetime(year, month, number).date().isoformat()  # noqa: DTZ001  a day, without a zone
        hour = int(clock[1])
        if (clock[4] or "").lower().startswith(("p", "ch")) and hour < 12:
            hour += 12
        zone = _zone(offset[1].replace(" ", "") + ":" + (offset[2] or "00")) if offset else None
        return datetime(year, month, number, hour % 24, int(clock[2]), int(clock[3] or 0), tzinfo=zone)
    except ValueError:
        return None


def _day(text: str) -> tuple[int, int, int, int, int] | None:
    """Year, month, day, and where they stand."""
    if found := _DAY.search(text):
        first, second = int(found[1]), int(found[3])
        american = second > 12 >= first
        return int(found[4]), first if american else second, second if american else first, found.start(), found.end()
    if found := _WORDS.search(text):
        return int(found[3]), int(found[2]), int(found[1]), found.start(), found.end()
    for found in _ENGLISH.finditer(text):
        name, day, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        if name.lower() in _MONTHS:
            return int(year), _MONTHS.index(name.lower()) + 1, int(day), found.start(), found.end()
    return None


def best(declared: list[str], shown: list[str], *, local: bool) -> str | None:
    """The time of publication from what a page declares, best first, and what it shows to a person.

    The first declared time wins; another that tells the same minute to the second is taken for it. A time in UTC whose clock is
    the one shown is local time under a wrong name; one that is right is told in local time, so that its day is the day of the outlet.
    """
    times = [time for text in declared if (time := moment(text, local=local))]
    seen = [time for text in shown if (time := moment(text, local=local))]
    full = [time for time in times if "T" in time]
    if not full:
        whole = [time for time in seen if "T" in time and (not times or time[:10] == times[0])]
        return next(iter([*whole, *times, *seen]), None)
    first = full[0]
    same = [time for time in full if _minute(time) == _minute(first)]
    first = max(same, key=lambda time: time[17:19] != "00")
    if not local or not first.endswith("+00:00"):
        return first
    if any(time[:16] == first[:16] for time in seen):
        return first.removesuffix("+00:00") + "+07:00"
    return datetime.fromisoformat(first).astimezone(VIETNAM).isoformat()


def later(modified: str | None, published: str | None) -> str | None:
    """The time of the last change, unless it is none or lies before publication."""
    if not modified or not published or "T" not in modified or "T" not in published:
        return modified
    try:
        return modified if datetime.fromisoformat(modified) > datetime.fromisoformat(published) else None
    except TypeError:  # one of them has no zone
        return modified if modified[:19] > published[:19] else None


def _minute(time: str) -> datetime | str:
    moment_ = datetime.fromisoformat(time)
    return moment_.astimezone(UTC).replace(second=0) if moment_.tzinfo else time[:16]
