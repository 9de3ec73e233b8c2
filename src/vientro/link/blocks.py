"""Which claims are worth comparing: those that share a key, near each other in time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from vientro.link.memory import Nothing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from vientro.link.memory import Memory
    from vientro.link.profile import Profile

Key = tuple[str, str]

SAID_WINDOW = 2
WINDOW = 180
# Days within which two claims that share a key are compared: the more a key says, the longer. Of claims told further apart
# nothing is known.
_WINDOWS = {
    "said": SAID_WINDOW,  # one person on one occasion
    "to": 30,  # for or against one party
    "by": 30,
    "word": 90,
    "in": 1,
    "model": 90,
    "line": WINDOW,  # one giver and one party
    "item": 1000,  # one giver, one party and one model: from the promise to the delivery
}
_NARROW = {"line", "item", "model", "word"}  # what a claim without a day is found by, if by any: it is near in time to all
_RARE = 2  # words of a nameless target that can stand for it


def keys(of: Profile) -> set[Key]:
    """The keys of a claim: whom it is for or against, the model of an item, both with the giver, its story; without these, who acts."""
    named = of.actors | of.targets if of.family == "talk" else of.targets
    found = {("to", code) for code in named} | {("model", model) for model in of.models}
    weigh = of.evidence.weights
    words = sorted(of.target_words, key=lambda word: (-weigh.get(word, 0.0), word))
    found |= {("word", word) for word in words[:_RARE]}
    lines = [f"{giver} {target}" for giver in of.givers for target in of.targets]
    if of.family == "talk":
        lines = [f"{one} {other}" for one in of.actors for other in of.actors | of.targets if one != other]
    found |= {("line", line) for line in lines} | {("item", f"{line} {model}") for line in lines for model in of.models}
    if of.day is None and any(kind in _NARROW for kind, _ in found):
        found = {key for key in found if key[0] in _NARROW}
    return (found or {("by", code) for code in of.actors | of.givers}) | {("in", of.story)}


class Blocks:
    """Claims by key and day: those added, and those of earlier runs that were not removed."""

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory or Nothing()
        self._held: dict[Key, dict[int | None, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._filed: dict[str, tuple[int | None, set[Key]]] = {}
        self._removed: set[str] = set()

    def add(self, of: Profile) -> None:
        day, keys_ = self._filed[of.claim] = number(of.day), _all_keys(of)
        for key in keys_:
            self._held[key][day].add(of.claim)

    def remove(self, claim: str) -> None:
        self._removed.add(claim)
        day, keys_ = self._filed.pop(claim, (None, set()))
        for key in keys_:
            self._held[key][day].discard(claim)

    def filed(self, claim: str) -> tuple[int | None, set[Key]]:
        """The day and the keys of a claim that was added."""
        return self._filed[claim]

    def near(self, of: Profile) -> set[str]:
        """The claims that share a key with this one within the key's window; one without a day is near in time to all."""
        found, day = set[str](), number(of.day)
        for key in _all_keys(of):
            window = _WINDOWS[key[0]]
            span = (None, None) if day is None else (day - window, day + window)
            found.update(self._memory.near(key, *span))
        found -= self._removed
        return found.union(*(claims for key in _all_keys(of) for claims in self._within(key, day))) - {of.claim}

    def _within(self, key: Key, day: int | None) -> Iterator[set[str]]:
        held = self._held.get(key, {})
        if day is None:
            yield from held.values()
            return
        window = _WINDOWS[key[0]]
        for number in (None, *range(day - window, day + window + 1)) if len(held) > window else list(held):
            if number in held and (number is None or abs(number - day) <= window):
                yield held[number]


def _all_keys(of: Profile) -> set[Key]:
    return keys(of) | ({("said", " ".join(of.speaker))} if of.speaker else set())


def number(day: date | None) -> int | None:
    """A day as an ordinal."""
    return day.toordinal() if day else None
