"""Days still to come, given by their month: a handover that lies ahead is nobody's business to the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from vientro.reading.times import find_times

if TYPE_CHECKING:
    from vientro.model.decision import Plain

_DAY = re.compile(r"(\d{4}-\d{2})-\d{2}")
_MARK = "▒"


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes after `since` (ISO 8601) is still to come."""

    since: str

    @overload
    def by_month(self, edtf: str) -> str: ...
    @overload
    def by_month(self, edtf: str | None) -> str | None: ...
    def by_month(self, edtf: str | None) -> str | None:
        """A date (EDTF) without the days that are still to come."""
        if not edtf or not self._ahead(edtf):
            return edtf
        said = _DAY.sub(lambda found: found[1] if found[0] > self.since else found[0], edtf)
        first, slash, last = said.partition("/")
        return first if slash and first == last else said

    def in_words(self, text: str, published: str | None) -> str:
        """A text of a day, the words for days that are still to come put out; all places stay what they were."""
        for time in find_times(text, published) if text else ():
            if self._ahead(time.edtf):
                words = "".join(_MARK if letter.isalnum() else letter for letter in text[time.start : time.stop])
                text = text[: time.start] + words + text[time.stop :]
        return text

    def hidden(self, value: Plain, published: str | None) -> Plain:
        """A value of a decision, its dates by month and its words as `in_words`."""
        if isinstance(value, str):
            return self.by_month(value) if self._ahead(value) else self.in_words(value, published)
        if isinstance(value, list):
            return [self.hidden(one, published) for one in value]
        return {name: self.hidden(one, published) for name, one in value.items()} if isinstance(value, dict) else value

    def _ahead(self, edtf: str) -> bool:
        return any(found[0] > self.since for found in _DAY.finditer(edtf))
