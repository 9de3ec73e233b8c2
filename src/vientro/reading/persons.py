"""Names of persons: runs of capitalised words, the office held on a day, and the same person named again."""

from __future__ import annotations

import datetime
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vientro.reading.terms import Stint

_UPPER = "".join(chr(i) for i in range(sys.maxunicode) if i < 0x2000 and chr(i).isupper())
_PARTICLE = r"(?:al|el|bin|bint|ibn|ben|abu|de|del|della|den|der|di|da|dos|du|la|le|van|von|ter|zu|af|ul)(?: ?- ?| )|d'|al-|el-"
_WORD = rf"(?:{_PARTICLE}){{0,2}}[{_UPPER}](?:\.|[\w'’-]*)"
NAME = re.compile(rf"{_WORD}(?:(?: | - (?=[{_UPPER}][a-z])){_WORD}){{0,5}}")
"""A run of up to six capitalised words with particles between."""

# One Vietnamese syllable: an initial, vowels, a final. It tells "Nga Sơn" from "Nga Putin".
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    r"(?![eo]{2})[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}"
    r"(?:ng|nh|ch|[cmnpt])?\Z",
    re.IGNORECASE,
)

_EPOCH = datetime.date(1970, 1, 1)


def is_syllable(word: str) -> bool:
    """Whether a word could be one Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def run(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The span of the capitalised name that begins at `start`, cut at `stop`; None where there is none."""
    match = NAME.match(text, start, stop)
    if match is None:
        return None
    end = match.end()
    while end > start and text[end - 1] in " -'’":
        end -= 1
    if text[end - 1] == "." and end - start > 2 and text[end - 3] not in " .":
        end -= 1
    return start, end


def holder(stints: tuple[Stint, ...], day: datetime.date | None, office: str = "", code: str | None = None) -> Stint:
    """Of the stints that a name may mean the one that fits the state and the office named beside it, then the one nearest to the day.

    Without a day the latest stint is the nearest.
    """
    fitting = [s for s in stints if code is not None and s.code == code] or list(stints)
    if office:
        fitting = [s for s in fitting if office in s.offices] or fitting
    return min(fitting, key=lambda s: _distance(s, day))


def _distance(stint: Stint, day: datetime.date | None) -> int:
    begin = stint.begin or _EPOCH
    if day is None:
        return -(begin - _EPOCH).days
    if day < begin:
        return (begin - day).days
    return max(0, (day - stint.end).days) if stint.end else 0


def keys(name: str) -> list[str]:
    """Under what a named person may be named again: the whole, the last word, and the first, which is the family name in East Asia."""
    words = name.split()
    return list(dict.fromkeys([name, words[-1], words[0]])) if words else []
