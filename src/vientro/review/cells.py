"""Cells of a table as days, numbers and parties. A mark of doubt ("?", brackets) is kept; what can't be read raises ValueError."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING

from vientro.model.edtf import interval
from vientro.reading.actors import find_actors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.review.maps import Days

_YEARS = re.compile(r"(?:19|20)\d\d")
_PARTS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T ]\d{1,2}:[\d:.Z+]+)?")
_SPAN = re.compile(r"(?:\d{4}(?:-\d\d){0,2}|\.\.)/(?:\d{4}(?:-\d\d){0,2}|\.\.)")
_LARGEST = 1e15
_FIRST_YEAR = 1900
_NOTHING = {"", "-", "–", ".", "n/a", "na", "none", "not available", "unknown"}


def empty(cell: str) -> bool:
    """Whether a cell says nothing. A zero says something."""
    return cell.strip().lower() in _NOTHING


def number(cell: str) -> tuple[float, bool]:
    """A number with points for thousands or without, and whether a mark says that it is uncertain."""
    doubtful = "?" in cell or cell.strip().startswith("(")
    plain = cell.strip(" ?()\u00a0").replace("\u00a0", "").replace(" ", "").replace("'", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}(,\d+)?|-?\d{1,3}(\.\d{3})+,\d+|-?\d+,\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE]\+?\d{1,2})?", plain):
        raise ValueError("is no number")
    value = float(plain)
    if not math.isfinite(value) or value < 0 or value > _LARGEST:
        raise ValueError("is no number that a row may hold")
    return value, doubtful


def day(cell: str, order: Days) -> str:
    """A day, a month, a year, a span of them as EDTF has it, or several years as the interval around them, in EDTF.

    A year of two figures is none: nobody knows its century, nor which of the three it is.
    """
    text = cell.strip(" ?")[:40]
    if _SPAN.fullmatch(text) and text != "../.." and interval(text):
        return text
    if found := _PARTS.fullmatch(text):
        a, b, c = (int(found[part]) for part in (1, 3, 4))
        year, month, of_month = (a, b, c) if a > 31 else (c, b, a) if order != "mdy" else (c, a, b)
        if order == "iso" and a <= 31:
            raise ValueError("is no day of the form 2024-05-31; the map may say that days come first, or months")
        if year < _FIRST_YEAR:
            raise ValueError("is no day with all figures of its year")
        return date(year, month, of_month).isoformat()
    if re.fullmatch(r"\d{4}-\d{2}", text):
        date.fromisoformat(f"{text}-01")
        return text
    years = [int(year) for year in _YEARS.findall(text)]
    if years and not re.sub(r"(?:19|20)\d\d|[;,/ –-]", "", text):
        return str(years[0]) if min(years) == max(years) else f"{min(years)}/{max(years)}"
    raise ValueError("is no day")


def party(cell: str, names: Mapping[str, str]) -> str:
    """The code of a party: by the map's own names, else as the reader knows it; the words where nobody knows it."""
    text = " ".join(cell.split())
    if own := names.get(text.lower()):
        return own
    found = {actor.code for actor in find_actors(text) if actor.code and actor.stop - actor.start == len(text)}
    return found.pop() if len(found) == 1 else text
