"""Names of persons: runs of capitalised words, the office held on a day, and the same person named again."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vientro.model.mention import Actor
from vientro.reading.terms import home_families
from vientro.reading.text import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.reading.terms import Stint

_UPPER = "".join(chr(i) for i in range(0x2000) if chr(i).isupper())
_PARTICLE = r"(?:(?:al|el|bin|bint|ibn|ben|abu|de|del|della|den|der|di|da|dos|du|la|le|van|von|ter|zu|af|ul)(?: - |-| )|d')"
_WORD = rf"(?:{_PARTICLE}){{0,2}}[{_UPPER}](?:\.|[\w'-]*)"
NAME = re.compile(rf"(?<!\w){_WORD}(?:(?: | - (?=[{_UPPER}][a-z])){_WORD}){{0,5}}")
"""A run of up to six capitalised words with particles between."""

# One Vietnamese syllable: an initial, vowels, a final. It tells "Nga Sơn" from "Nga Putin".
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
    r"(?![eo]{2})[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}"
    r"(?:ng|nh|ch|[cmnpt])?\Z",
    re.IGNORECASE,
)
_CAPITAL = re.compile(rf"[{_UPPER}][\w'-]{{3,}}")
_TITLES = ("ông ", "Ông ", "bà ", "Bà ", "ngài ", "Ngài ")
_FEW = 32  # names up to which it is cheaper to look for each than for all capitalised words
_WORD_BEFORE = re.compile(r"([\w'-]+) \Z")
_HONOR = re.compile(r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Nn]gài) \Z")
_EAST = frozenset({"CN", "HK", "JP", "KH", "KP", "KR", "SG", "TW", "VN"})  # where the family name stands first
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """A person met in a text: canonical name, and the code that the person counts as."""

    name: str
    code: str | None


@dataclass(slots=True)
class Memory:
    """The persons met in a text: by name or last word in `full`, by a word that names them only after "ông" or "bà" in `addressed`.

    `unlisted` are the words of `full` that the lexicon does not hold, so that the text must be searched for them.
    """

    full: dict[str, Person] = field(default_factory=dict)
    addressed: dict[str, Person] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)

    def add(self, name: str, code: str | None, *, listed: bool) -> None:
        """Remember a person under the words that may name the person again. A code once known is kept."""
        words = name.split()
        known = self.full.get(name)
        if not words or (known is not None and known.code is not None):
            return
        person = Person(name, code)
        self.full[name] = person
        if is_syllable(words[-1]) or len(words[-1]) < 4:
            self.addressed.setdefault(words[-1], person)
        else:
            self.full[words[-1]] = person
            if not listed:
                self.unlisted.add(words[-1])
        if code in _EAST:
            self.addressed.setdefault(words[0], person)

    def again(self, text: str, actors: list[Actor], linkable: set[int]) -> list[Actor]:
        """The actors with those of `linkable` that bear a remembered name linked to it, and with persons whom only this names."""
        linked = [self._link(actor) if k in linkable else actor for k, actor in enumerate(actors)]
        return _merged(linked, [*self._addressed(text), *self._named(text)])

    def _link(self, actor: Actor) -> Actor:
        known = self.full.get(actor.name) or self.addressed.get(actor.name)
        return actor if known is None else replace(actor, name=known.name, code=known.code)

    def _addressed(self, text: str) -> Iterator[Actor]:
        """Persons named after "ông", "bà" or "ngài"."""
        for start, stop in _titles(text):
            span = written(text, stop, len(text)) if text[stop : stop + 1].isupper() else None
            if span is not None and not text[start - 1 : start].isalnum() and not _placed(text, start):
                name = text[span[0] : span[1]]
                person = self.full.get(name) or self.addressed.get(name) or Person(name, None)
                yield Actor(start, span[1], text[start : span[1]], person.name, "person", person.code)

    def _named(self, text: str) -> Iterator[Actor]:
        """Persons named by the last word of their names alone."""
        for start, stop in _places(text, self.unlisted):
            known = self.full[text[start:stop]]
            begin = _begin(text, start, stop, known.name)
            if begin is not None:
                yield Actor(begin, stop, text[begin:stop], known.name, "person", known.code)


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Where what stands before names stands, whole or as the end of a word; in no order."""
    for title in _TITLES:
        for start in occurrences(text, title):
            yield start, start + len(title)


def _places(text: str, words: set[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand, whole; in no order."""
    if len(words) > _FEW:
        yield from (match.span() for match in _CAPITAL.finditer(text) if match[0] in words)
        return
    for word in words:
        for start in occurrences(text, word):
            stop = start + len(word)
            if not text[start - 1 : start].isalnum() and not text[stop : stop + 1].isalnum():
                yield start, stop


def _begin(text: str, start: int, stop: int, name: str) -> int | None:
    """Where the name that ends with the last word at `start` begins; None where the word is part of another name."""
    whole = stop - len(name)
    if whole >= 0 and text.startswith(name, whole):
        return whole
    before = word_before(text, start)
    return None if before[:1].isupper() and not is_syllable(before) else start


def _placed(text: str, start: int) -> bool:
    """Whether "Ông" or "Bà" is a part of a place's name ("Cầu Ông Lãnh")."""
    return text[start].isupper() and word_before(text, start)[:1].isupper()


def _merged(actors: list[Actor], more: list[Actor]) -> list[Actor]:
    """Both in order of place; of `more` only what touches none of `actors` nor an earlier one of `more`."""
    merged: list[Actor] = []
    k = 0
    for actor in sorted(more, key=lambda a: (a.start, -a.stop)):
        while k < len(actors) and actors[k].start < actor.stop:
            merged.append(actors[k])
            k += 1
        if not merged or merged[-1].stop <= actor.start:
            merged.append(actor)
    return merged + actors[k:]


def word_before(text: str, start: int) -> str:
    """The word that ends one space before a place, or its last 23 letters; "" where there is none."""
    if text[start - 1 : start] != " ":
        return ""
    word = text[max(0, start - 24) : start - 1].rpartition(" ")[2]
    if word.isalnum():
        return word
    match = _WORD_BEFORE.search(text, max(0, start - 24), start)
    return match[1] if match else ""


def is_syllable(word: str) -> bool:
    """Whether a word could be one Vietnamese syllable."""
    return _SYLLABLE.match(word) is not None


def is_home(name: str) -> bool:
    """Whether a name is one of Vietnam: a family name of it and two or three more of its syllables."""
    words = name.split()
    return 3 <= len(words) <= 4 and words[0] in home_families() and all(is_syllable(word) for word in words)


def honorific(text: str, start: int) -> int | None:
    """Where the "ông", "bà" or "ngài" before a name at `start` begins."""
    match = _HONOR.search(text, max(0, start - 5), start)
    return match.start() if match else None


def written(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The span of the capitalised name that begins at `start`, cut at `stop`; None where there is none."""
    match = NAME.match(text, start, stop)
    return trimmed(text, *match.span()) if match else None


def trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span of a name without a hyphen, an apostrophe or the full stop of a sentence at its end."""
    while stop > start and text[stop - 1] in "-'":
        stop -= 1
    if (
        text[stop - 1] == "."
        and stop - start > 2
        and text[stop - 3 : stop - 2] not in (" ", ".")
        and text[stop - 3 : stop] not in ("Jr.", "Sr.")
    ):
        stop -= 1
    return start, stop


def holder(stints: tuple[Stint, ...], day: datetime.date | None, office: str = "", code: str | None = None) -> Stint:
    """Of the stints that a name may mean the one that fits the state and the office named beside it, then the one nearest to the day.

    Without a day the latest is the nearest.
    """
    fitting = [s for s in stints if code is not None and s.code == code] or list(stints)
    fitting = [s for s in fitting if office and office in s.offices] or fitting
    return min(fitting, key=lambda s: _distance(s, day))


def _distance(stint: Stint, day: datetime.date | None) -> int:
    """Days from `day` to the stint."""
    begin = stint.begin or _EPOCH
    if day is None:
        return -(begin - _EPOCH).days
    if day < begin:
        return (begin - day).days
    return max(0, (day - stint.end).days) if stint.end else 0
