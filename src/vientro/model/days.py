"""Days and moments that people give, and of which years they may be: from any of these one can count on and back."""

from __future__ import annotations

from datetime import UTC, date, datetime

from vientro.model.errors import InputError

_FIRST, _LAST = 1900, 2999
OF_YEARS = f"of the years {_FIRST} to {_LAST}"
_OUTSIDE = f"this is not within the years {_FIRST} to {_LAST}"
_DAY, _MOMENT = "Give a day like 2025-01-09", "Give one like 2025-01-09T12:00:00Z"


def countable(day: date) -> bool:
    """Whether it is of a year that the news can tell of."""
    return _FIRST <= day.year <= _LAST


def day(said: str, given: str) -> str:
    """The day in ISO 8601; raises InputError, of what was `said`, for anything else."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        raise InputError(said, "this is no day of ISO 8601", _DAY) from None
    if not countable(found):
        raise InputError(said, _OUTSIDE, _DAY)
    return found.isoformat()


def moment(said: str, given: str) -> str:
    """The second in ISO 8601, UTC, of a moment with its offset; raises InputError, of what was `said`, for anything else."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise InputError(said, "this is no moment of ISO 8601", _MOMENT)
    if not countable(found):
        raise InputError(said, _OUTSIDE, _MOMENT)
    return f"{found.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
