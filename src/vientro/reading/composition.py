"""What words that govern one another say together: "ngừng mua" declines, "ngừng trừng phạt" eases, "kêu gọi ngừng viện trợ" opposes.

The rules are data (lang/vi/operators.tsv, between.tsv). The outcome is a guess that the weights may trust or not: it lets them learn
"stops a sanction" and "cancels an embargo" as one thing.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from vientro.lang.data import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.reading.scene import Element

NOTHING = "-"
_ENDS = {"sig:because", "sig:purpose", "sig:when", "sig:but", "sig:if", "sig:say", "sig:source", ",", ":", "(", ")", "?"}


@cache
def _between(lang: str) -> frozenset[str]:
    return frozenset(row["tag"] for row in table(lang, "between"))


@cache
def _rules(lang: str) -> Mapping[tuple[str, str], str]:
    rules: dict[tuple[str, str], str] = {}
    for row in table(lang, "operators"):
        for word in row["word"].split():
            for below in row["over"].split():
                rules[word, below] = row["gives"]
    return MappingProxyType(rules)


def _word(element: Element) -> str | None:
    tag = element.tag
    if tag[:4] == "cue:":
        return tag[4:]
    return tag[4:] if tag in ("sig:not", "sig:deny") else None


def compose(row: Sequence[Element], lang: str, below: str = NOTHING) -> str:
    """What the words of a run say together, from the last outward, over what those `below` them say; "-" if nothing is in the rules."""
    rules = _rules(lang)
    found = below
    for element in reversed(row):
        word = _word(element)
        if word is None:
            continue
        gives = rules.get((word, found)) or (rules.get((word, "*")) if found != NOTHING else None)
        if gives and gives != "=":
            found = gives
    return found


def absorbed(row: tuple[Element, ...], k: int, lang: str) -> bool:
    """Whether the cue at `k` only says what becomes of the next one ("tạm dừng cung cấp", "quyết định đóng băng viện trợ")."""
    between = _between(lang)
    for element in row[k + 1 :]:
        if element.tag[:4] == "cue:":
            return True
        if element.tag not in between:
            return False
    return False


def chain(row: tuple[Element, ...], k: int, lang: str) -> list[int]:
    """The cues that govern the cue at `k` with nobody and nothing between them, from the outermost in."""
    between = _between(lang)
    found: list[int] = []
    for i in range(k - 1, -1, -1):
        if row[i].tag[:4] == "cue:":
            found.append(i)
        elif row[i].tag not in between:
            break
    return found[::-1]


def governed(row: tuple[Element, ...], k: int, actors: set[str], lang: str) -> tuple[str, str, str, str]:
    """What the cue at `k` says together with the words it governs up to the next actor, and to the end of its clause; and what the
    words above it make of that, up to the nearest actor, and to the start of its clause."""
    stop = next((i for i in range(k + 1, len(row)) if row[i].tag in _ENDS), len(row))
    near = next((i for i in range(k + 1, stop) if row[i].tag in actors), stop)
    start = next((i + 1 for i in range(k - 1, -1, -1) if row[i].tag in _ENDS), 0)
    above = next((i + 1 for i in range(k - 1, start - 1, -1) if row[i].tag in actors), start)
    clause = compose(row[k:stop], lang)
    upward = compose(row[above:k], lang, clause)
    return compose(row[k:near], lang), clause, upward, compose(row[start:above], lang, upward)
