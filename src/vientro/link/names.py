"""What a few words name: the codes of actors inside them, and which person or body a speaker is."""

from __future__ import annotations

from functools import cache

from vientro.lang.data import table
from vientro.reading.lexicon import Entry, Lexicon, leftmost_longest
from vientro.reading.text import fold, words

_TABLES = ("states", "groups", "organisations")


@cache
def _lexicon(lang: str) -> Lexicon[tuple[str, str]]:
    """Spellings of actors with codes, each with ("", code), and of persons, each with (name, code)."""
    entries = [
        Entry(spelling, ("", row["code"]), cased=True)
        for name in _TABLES
        for row in table(lang, name)
        if row["code"] and row["kind"] != "short"
        for spelling in row["pattern"].split("|")
    ]
    persons: dict[str, tuple[str, str]] = {}
    for row in table(lang, "offices"):
        for spelling in filter(None, row["person"].split("|")):
            if spelling not in persons or not row["to"]:
                persons[spelling] = (row["name"], row["code"])
    return Lexicon(entries + [Entry(spelling, value, cased=True) for spelling, value in persons.items()])


def codes(text: str, lang: str = "vi") -> frozenset[str]:
    """The codes of the actors that are named in a folded text, persons under the code they hold office for."""
    return frozenset(code for _, code in (hit.value for hit in leftmost_longest(_lexicon(lang).find(text))) if code)


@cache
def _holders(lang: str) -> dict[tuple[str, str], tuple[tuple[str, str, str], ...]]:
    """By (code, office): (name, first day, last day or "9") of its holders."""
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in table(lang, "offices"):
        for office in row["office"].split("|"):
            held.setdefault((row["code"], office), []).append((row["name"], row["from"], row["to"] or "9"))
    return {key: tuple(value) for key, value in held.items()}


def speaker(name: str, day: str | None, lang: str = "vi") -> tuple[str, ...]:
    """The words of a speaker's usual name in lower case; an office ("Tổng thống Nga") is its holder on that day (ISO 8601)."""
    text = fold(name).text
    hits = [hit.value for hit in leftmost_longest(_lexicon(lang).find(text))]
    person = next((known for known, _ in hits if known), None)
    if person is None and hits and day:
        code, low = hits[0][1], text.lower()
        held = {
            holder
            for (of, office), holders in _holders(lang).items()
            if of == code and low.startswith(office + " ")
            for holder, first, last in holders
            if first <= day <= last
        }
        person = held.pop() if len(held) == 1 else None
    return tuple(words(fold(person or name).text))
