"""How much two runs of words have in common, rare words counting for more."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from vientro.lang.data import table
from vientro.reading.text import words


@dataclass(frozen=True, slots=True)
class Terms:
    """Weights of the syllables and pairs of syllables of a text, and their length as a vector."""

    weights: dict[str, float]
    length: float


@cache
def _frequencies(lang: str) -> tuple[float, dict[str, int]]:
    """How many stories were counted, and in how many of them a term stands. Nothing is known of a language without a table."""
    try:
        counted = {row["term"]: int(row["stories"]) for row in table(lang, "frequencies")}
    except FileNotFoundError:
        return 1000.0, {}
    return float(counted.pop("*")), counted


def terms(text: str, lang: str = "vi") -> Terms:
    """The terms of a folded text. A weight is the inverse document frequency (Sparck Jones 1972), half of it for a pair."""
    stories, counted = _frequencies(lang)
    syllables = words(text)
    found = set(syllables) | {f"{a} {b}" for a, b in pairwise(syllables)}
    weights = {
        term: math.log((stories + 1) / (max(counted.get(term, 0), _FLOOR) + 1)) * (0.5 if " " in term else 1.0) for term in sorted(found)
    }
    return Terms(weights, math.sqrt(sum(weight * weight for weight in weights.values())))


# A term in fewer stories than this is no rarer than the others: a slip of spelling would weigh most of all.
_FLOOR = 5


def alike(a: Terms, b: Terms) -> float:
    """The cosine of the two texts' terms, 0 to 1."""
    if not a.length or not b.length:
        return 0.0
    # fsum is exact, so that the order in which a set gives its members plays no part.
    return math.fsum(a.weights[term] ** 2 for term in a.weights.keys() & b.weights.keys()) / (a.length * b.length)
