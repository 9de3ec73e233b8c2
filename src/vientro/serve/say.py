"""The words of the pages, in Vietnamese and English: those of words.tsv here, then those of the tables and reports."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vientro.lang.data import parse
from vientro.publish import words

if TYPE_CHECKING:
    from vientro.publish.words import Lang


@cache
def _own() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in parse((files("vientro.serve") / "words.tsv").read_text("utf-8"), "words.tsv")}


class _Value(str):
    """What is filled in: "{0} {0:line|lines}" has the word for one or for many."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, many, several = spec.partition("|")
        return (one if self == "1" else several) if many else super().__format__(spec)


def say(key: str, lang: Lang, *values: object, **named: object) -> str:
    """The words for a key, its "{...}" filled in."""
    row = _own().get(key)
    return row[lang].format(*(_Value(one) for one in values), **named) if row else words.word(key, lang, *values, **named)


def known(key: str, lang: Lang, otherwise: str) -> str:
    """The words for a key, or others where there are none."""
    return say(key, lang) if key in _own() or words.has(key) else otherwise


def keys() -> tuple[str, ...]:
    """The keys of the words of the pages."""
    return tuple(_own())
