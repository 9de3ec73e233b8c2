"""Near-copies: one agency's story in several outlets, rewritten or cut, is one origin."""

from __future__ import annotations

from array import array
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from rensa import RMinHash, RMinHashLSH

from vientro.link.memory import Nothing, Recalled, Sketch
from vientro.model.ids import digest
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vientro.link.memory import Memory
    from vientro.model.article import Article

_RUN = 3  # syllables in a shingle
_HEAD = 60  # syllables at the beginning, where an outlet that cuts or lengthens a story keeps it
# Three hashes to a band: a pair that shares four shingles in ten is missed once in sixteen times, one that shares half once in 270.
_HASHES, _BANDS, _SEED = 126, 42, 1
_WHOLE, _BEGINNING = 0.4, 0.5  # shares of common shingles, of all and of the beginnings, that make a near-copy
_INSIDE = 0.7  # share of the shorter beginning that stands in the longer text
_FEWEST = 8  # shingles; shorter texts are alike by chance
_WINDOW = 7  # days; a column that looks the same every week is no copy

_WHOLE_SKETCH = 4 * _HASHES  # bytes
_BAND = _WHOLE_SKETCH // _BANDS

Shingles = frozenset[str]
Told = tuple[Shingles, Shingles, date | None]  # the shingles of the whole and of the beginning, the day of publication


class Copies:
    """An index of stories in which near-copies are found one by one; what it answers does not hang on the order they came in.

    Stories of earlier runs are in it as `memory` has them; `told` gives the text of one of them.
    """

    def __init__(self, memory: Memory | None = None, told: Mapping[str, Article] | None = None) -> None:
        self._memory, self._told = memory or Nothing(), told or {}
        self._index = RMinHashLSH(threshold=_WHOLE, num_perm=_HASHES, num_bands=_BANDS)
        self._keys: list[str] = []
        self._earlier: dict[tuple[int, bytes], set[str]] = defaultdict(set)
        self._recalled: set[int | None] = set()
        self._removed: set[str] = set()
        self._known: dict[str, Told] = {}
        self._near = Recalled[set[str]](self._kept)
        self.sketches: dict[str, Sketch] = {}
        self.changed: set[str] = set()

    def add(self, article: Article) -> None:
        """Take a story in; one that is known already changes nothing, if it was not removed."""
        if article.id in self.sketches:
            return
        self._known[article.id] = whole, head, published = _shingled(article)
        day = published.toordinal() if published else None
        sketches = [] if len(head) < _FEWEST else [_sketch(head)] if whole == head else [_sketch(head), _sketch(whole)]
        hashes = [array("I", sketch.digest()).tobytes() for sketch in sketches]
        self._recall(day)
        found = {self._keys[key] for sketch in sketches for key in self._index.query(sketch)}
        found = found.union(*(self._earlier.get(band, ()) for one in hashes for band in _bands(one)))
        self._near[article.id] = set()
        for other in {other for other in found if other in self.sketches or other not in self._removed} - {article.id}:
            if self._copied(article.id, other):
                self._near[article.id].add(other)
                self._near[other].add(article.id)
                self.changed.add(other)
        for sketch in sketches:
            self._index.insert(len(self._keys), sketch)
            self._keys.append(article.id)
        self.sketches[article.id] = Sketch(article.id, day, b"".join(hashes))
        self.changed.add(article.id)

    def remove(self, article: str) -> set[str]:
        """Let go of a story: the ids of those that it was a near-copy of."""
        alone = self._near.drop(article) or set()
        for other in alone:
            self._near[other].discard(article)
        self._known.pop(article, None)
        self.sketches.pop(article, None)
        self._removed.add(article)
        self.changed |= alone | {article}
        return alone

    def near(self, article: str) -> set[str]:
        """The ids of the stories that are near-copies of this one."""
        return self._near[article] if article in self._near else set()  # noqa: SIM401  get would not ask

    def _kept(self, article: str) -> dict[str, set[str]]:
        return {article: set(self._memory.copies(article)) - self._removed}

    def _recall(self, day: int | None) -> None:
        """Have the stories of earlier runs at hand that may be copies of one of that day."""
        if day in self._recalled or None in self._recalled:
            return
        self._recalled.add(day)
        for one in self._memory.sketches(*((None, None) if day is None else (day - _WINDOW, day + _WINDOW))):
            for start in range(0, len(one.hashes), _WHOLE_SKETCH):
                for band in _bands(one.hashes[start : start + _WHOLE_SKETCH]):
                    self._earlier[band].add(one.article)

    def _shingles(self, article: str) -> Told:
        if article not in self._known:
            self._known[article] = _shingled(self._told[article])
        return self._known[article]

    def _copied(self, a: str, b: str) -> bool:
        (whole_a, head_a, day_a), (whole_b, head_b, day_b) = self._shingles(a), self._shingles(b)
        if day_a and day_b and abs((day_a - day_b).days) > _WINDOW:
            return False
        if _shared(whole_a, whole_b) >= _WHOLE or _shared(head_a, head_b) >= _BEGINNING:
            return True
        shorter, longer = (head_a, whole_b) if len(whole_a) <= len(whole_b) else (head_b, whole_a)
        return len(shorter & longer) >= _INSIDE * len(shorter)


def near_copies(articles: Sequence[Article]) -> dict[str, str]:
    """By id of an article, the id of the origin it shares with its near-copies: a function of the set, whatever its order."""
    copies = Copies()
    for article in articles:
        copies.add(article)
    origins: dict[str, str] = {}
    for article in sorted(articles, key=lambda one: one.id):
        if article.id not in origins:
            cluster = connected([article.id], copies)
            origins.update(dict.fromkeys(cluster, origin(cluster)))
    return origins


def connected(start: Iterable[str], copies: Copies) -> set[str]:
    """The stories that hang together with these by near-copies of near-copies."""
    reached = set(start)
    waiting = list(reached)
    while waiting:
        fresh = copies.near(waiting.pop()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def origin(cluster: Iterable[str]) -> str:
    """The id of a cluster of near-copies, after its first article by id."""
    return "o-" + digest(min(cluster))


def _shingled(article: Article) -> Told:
    syllables = words(fold(article.text).text)
    published = date.fromisoformat(article.published[:10]) if article.published else None
    return _shingles(syllables), _shingles(syllables[:_HEAD]), published


def _bands(hashes: bytes) -> Iterator[tuple[int, bytes]]:
    """The bands of one sketch, each with its place: two sketches with one in common may be those of copies."""
    for start in range(0, _WHOLE_SKETCH, _BAND):
        yield start, hashes[start : start + _BAND]


def _sketch(shingles: Shingles) -> RMinHash:
    sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
    sketch.update(list(shingles))
    return sketch


def _shingles(syllables: Sequence[str]) -> Shingles:
    return frozenset(" ".join(syllables[i : i + _RUN]) for i in range(max(1, len(syllables) - _RUN + 1)))


def _shared(a: Shingles, b: Shingles) -> float:
    return len(a & b) / len(a | b)
