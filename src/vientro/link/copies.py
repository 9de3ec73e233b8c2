"""Near-copies: one agency's story in several outlets, rewritten or cut, is one origin."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rensa import RMinHash, RMinHashLSH

from vientro.model.ids import digest
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.model.article import Article

_RUN = 3  # syllables in a shingle
_HEAD = 60  # syllables at the beginning, where an outlet that cuts or lengthens a story keeps it
# Three hashes to a band: a pair that shares four shingles in ten is missed once in sixteen times, one that shares half once in 270.
_HASHES, _BANDS, _SEED = 126, 42, 1
_WHOLE, _BEGINNING = 0.4, 0.5  # shares of common shingles, of all and of the beginnings, that make a near-copy
_INSIDE = 0.7  # share of the shorter beginning that stands in the longer text
_FEWEST = 8  # shingles; shorter texts are alike by chance
_WINDOW = 7  # days; a column that looks the same every week is no copy

Shingles = frozenset[str]


class Copies:
    """An index of stories in which near-copies are found one by one; what it answers does not hang on the order they came in."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=_WHOLE, num_perm=_HASHES, num_bands=_BANDS)
        self._keys: list[str] = []
        self._known: dict[str, tuple[Shingles, Shingles, date | None]] = {}
        self._near: dict[str, set[str]] = {}

    def add(self, article: Article) -> None:
        """Take a story in; one that is known already changes nothing."""
        if article.id in self._known:
            return
        syllables = words(fold(article.text).text)
        whole, head = _shingles(syllables), _shingles(syllables[:_HEAD])
        published = date.fromisoformat(article.published[:10]) if article.published else None
        self._known[article.id] = (whole, head, published)
        self._near[article.id] = set()
        if len(head) < _FEWEST:
            return
        sketches = [_sketch(head)] if whole == head else [_sketch(head), _sketch(whole)]
        for other in {self._keys[key] for sketch in sketches for key in self._index.query(sketch)}:
            if self._copied(article.id, other):
                self._near[article.id].add(other)
                self._near[other].add(article.id)
        for sketch in sketches:
            self._index.insert(len(self._keys), sketch)
            self._keys.append(article.id)

    def near(self, article: str) -> set[str]:
        """The ids of the stories that are near-copies of this one."""
        return self._near[article]

    def _copied(self, a: str, b: str) -> bool:
        (whole_a, head_a, day_a), (whole_b, head_b, day_b) = self._known[a], self._known[b]
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


def _sketch(shingles: Shingles) -> RMinHash:
    sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
    sketch.update(list(shingles))
    return sketch


def _shingles(syllables: Sequence[str]) -> Shingles:
    return frozenset(" ".join(syllables[i : i + _RUN]) for i in range(max(1, len(syllables) - _RUN + 1)))


def _shared(a: Shingles, b: Shingles) -> float:
    return len(a & b) / len(a | b)
