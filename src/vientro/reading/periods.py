"""Calendar arithmetic on dates that may lack a year, and their writing in EDTF (ISO 8601-2:2019)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

# Year, month, day; None where unsaid. A day after the end of its month means the end of the month.
Ymd = tuple[int | None, int | None, int | None]
Pair = tuple[Ymd, Ymd]

_LEAP = 2024
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "half1": (1, 6), "half2": (7, 12)}
_DAYS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "half1": (1, 15),
    "half2": (16, 31),
    "week1": (1, 7),
    "week2": (8, 14),
    "week3": (15, 21),
    "week4": (22, 28),
    "first": (1, 1),
    "last": (31, 31),
}
# The first and last month of a part of three, counted from 0.
_OF_THREE = {None: (0, 2), "early": (0, 0), "mid": (1, 1), "late": (2, 2)}
_SEASONS = {"xuân": 3, "hè": 6, "hạ": 6, "thu": 9, "đông": 12}


def days_in(year: int | None, month: int) -> int:
    """Days of a month; an unsaid year may be a leap year."""
    leap = month == 2 and calendar.isleap(_LEAP if year is None else year)
    return 29 if leap else _LENGTHS[month - 1]


def is_day(year: int | None, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in(year, month)


def of(day: date) -> Ymd:
    return day.year, day.month, day.day


def clip(point: Ymd) -> Ymd:
    year, month, day = point
    return (year, month, min(day, days_in(year, month))) if month and day else point


def in_year(pair: Pair, year: int) -> Pair:
    """A pair of yearless points put into a year; the second falls into the next one where it would come before the first."""
    (_, m1, d1), (_, m2, d2) = pair
    later = year + ((m2 or 0, d2 or 0) < (m1 or 0, d1 or 0))
    return clip((year, m1, d1)), clip((later, m2, d2))


def first(point: Ymd) -> date:
    """The first day of a day, month or year. The year must be known."""
    year, month, day = clip(point)
    return date(year or 1, month or 1, day or 1)


def last(point: Ymd) -> date:
    """The last day of a day, month or year. The year must be known."""
    year, month, day = clip(point)
    return date(year or 1, month or 12, day or days_in(year, month or 12))


def edtf(lo: Ymd | None, hi: Ymd | None) -> str:
    """A point where both ends are the same, else an interval; None is an open end."""
    return write(lo) if lo == hi else f"{write(lo)}/{write(hi)}"


def write(point: Ymd | None) -> str:
    if point is None:
        return ".."
    year, month, day = clip(point)
    text = "XXXX" if year is None else f"{year:04d}"
    if month or day:
        text += f"-{month:02d}" if month else "-XX"
    return text + (f"-{day:02d}" if day else "")


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last one. Raises OverflowError outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("year out of range")
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def shift(day: date, count: float, unit: str) -> date:
    """`day` moved by a count of a unit named in Vietnamese. Raises OverflowError outside the years 1 to 9999."""
    if unit == "giờ":
        return day + timedelta(round(count / 24))
    if unit in ("ngày", "hôm", "đêm", "tuần"):
        return day + timedelta(round(count * (7 if unit == "tuần" else 1)))
    if unit == "tháng" and abs(count) == 0.5:
        return day + timedelta(15 if count > 0 else -15)
    months = {"tháng": 1, "quý": 3, "năm": 12, "thập": 120, "thế": 1200}[unit]
    return add_months(day, round(count * months))


def week(day: date, offset: int = 0, start: int = 0, stop: int = 6) -> Pair:
    """Days of the week that lies `offset` weeks from that of `day`; Monday is 0."""
    monday = day + timedelta(7 * offset - day.weekday())
    return of(monday + timedelta(start)), of(monday + timedelta(stop))


def quarter(year: int | None, number: int, part: str | None = None) -> Pair:
    month = 3 * number - 2
    if part in ("half1", "half2"):
        return ((year, month, 1), (year, month + 1, 15)) if part == "half1" else ((year, month + 1, 16), (year, month + 2, 31))
    lo, hi = _OF_THREE.get(part, (0, 2))
    return (year, month + lo, None), (year, month + hi, None)


def season(year: int | None, name: str, part: str | None = None) -> Pair:
    """Three months by meteorological season; winter begins in December of `year` and ends in the next."""
    month = _SEASONS[name]
    lo, hi = _OF_THREE.get(part, (0, 2))
    return _month(year, month + lo), _month(year, month + hi)


def _month(year: int | None, month: int) -> Ymd:
    return (year, month, None) if month <= 12 else (None if year is None else year + 1, month - 12, None)


def part_of_month(year: int | None, month: int, part: str | None) -> Pair:
    if part is None:
        return (year, month, None), (year, month, None)
    if part == "weekL":
        end = days_in(year, month)
        return (year, month, end - 6), (year, month, end)
    lo, hi = _DAYS[part] if part in _DAYS else _count(part, 31)
    return (year, month, lo), (year, month, hi)


def part_of_year(year: int | None, part: str | None) -> Pair:
    if part is None:
        return (year, None, None), (year, None, None)
    if part in ("first", "last"):
        point = (year, 1, 1) if part == "first" else (year, 12, 31)
        return point, point
    if part in ("week1", "weekL"):
        return ((year, 1, 1), (year, 1, 7)) if part == "week1" else ((year, 12, 25), (year, 12, 31))
    lo, hi = _MONTHS[part] if part in _MONTHS else _count(part, 12)
    return (year, lo, None), (year, hi, None)


def american(year: int, part: str | None) -> Pair:
    """The fiscal year of the United States or a part of it: from October of the year before to September (31 U.S.C. 1102)."""
    lo, hi = part_of_year(year, part)
    return three_back((year, lo[1] or 1, lo[2])), three_back((year, hi[1] or 12, hi[2]))


def three_back(point: Ymd) -> Ymd:
    """The same point three months before; its year and month must be known."""
    year, month, day = point
    assert year
    assert month
    return (year, month - 3, day) if month > 3 else (year - 1, month + 9, day)


def _count(part: str, size: int) -> tuple[int, int]:
    """ "+6" is the first six, "-6" the last six of `size`."""
    count = min(abs(int(part)), size)
    return (1, count) if part[0] == "+" else (size + 1 - count, size)


def span_of_years(begin: int, size: int, part: str | None) -> Pair:
    """A decade or century, or its beginning, middle, end or half."""
    tenth = size // 10
    lo, hi = {
        None: (0, size - 1), "early": (0, 3 * tenth - (size > 10)), "mid": (4 * tenth, 6 * tenth), "late": (7 * tenth, size - 1),
        "half1": (0, size // 2 - 1), "half2": (size // 2, size - 1),
    }.get(part, (0, size - 1))  # fmt: skip
    return (begin + lo, None, None), (begin + hi, None, None)


def near(today: date, unit: str, offset: int, part: str | None) -> Pair | None:
    """The unit `offset` from that of `today`, or a part of it; None outside the years 1 to 9999."""
    if unit == "tuần":
        days = {None: (0, 6), "early": (0, 2), "mid": (2, 3), "late": (5, 6), "half1": (0, 3), "half2": (3, 6)}.get(part, (0, 6))
        try:
            return week(today, offset, *days)
        except OverflowError:
            return None
    if unit == "quý":
        index = today.year * 4 + (today.month - 1) // 3 + offset
        return quarter(index // 4, index % 4 + 1, part)
    if unit == "tháng":
        index = today.year * 12 + today.month - 1 + offset
        return part_of_month(index // 12, index % 12 + 1, part)
    if unit == "năm":
        return part_of_year(today.year + offset, part)
    size = 10 if unit == "thập" else 100
    begin = (today.year - (size == 100)) // size * size + (size == 100)
    return span_of_years(begin + size * offset, size, part)
