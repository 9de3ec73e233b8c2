"""The words of the interface and the names of actors, in Vietnamese and English."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from vientro.lang.data import parse
from vientro.publish import english

Lang = Literal["vi", "en"]


@cache
def _table(package: str, file: str, key: str) -> dict[str, dict[str, str]]:
    return {row[key]: row for row in parse((files(package) / file).read_text("utf-8"), file)}


def word(key: str, lang: Lang, *values: object, **named: object) -> str:
    """The words for a key of words.tsv, its "{...}" filled in; the key itself where there are none."""
    row = _table("vientro.publish", "words.tsv", "key").get(key)
    return row[lang].format(*values, **named) if row else key.rpartition(".")[2]


def has(key: str) -> bool:
    return key in _table("vientro.publish", "words.tsv", "key")


def name(code: str, lang: Lang) -> str:
    """How an actor is called: the usual name of a code of lang/codes.txt; of words of a text what they mean, where that is known."""
    row = _table("vientro.lang", "names.tsv", "code").get(code)
    return row[lang] if row else english.party(code) if lang == "en" else code


def told_by(voice: str, lang: Lang) -> str:
    """Who says it, as publish.lines names those who do."""
    return english.voice(voice) if lang == "en" else voice


def office(said: str, lang: Lang) -> str:
    """An office as lang/vi/offices.tsv names it, in lower case: in the capitals of a newspaper, or in English."""
    told = english.phrase(said) if lang == "en" else english.spelled(said)
    return f"{told[:1].upper()}{told[1:]}"


def keys() -> tuple[str, ...]:
    """The keys of words.tsv."""
    return tuple(_table("vientro.publish", "words.tsv", "key"))


def named() -> tuple[str, ...]:
    """The codes that have a name."""
    return tuple(_table("vientro.lang", "names.tsv", "code"))


def code_of(said: str) -> str | None:
    """The code that is called so, in either language and whatever the case; a code is its own name. None where there is none."""
    wanted = said.strip().casefold()
    names = _table("vientro.lang", "names.tsv", "code")
    return next((code for code, row in names.items() if wanted in (code.casefold(), row["vi"].casefold(), row["en"].casefold())), None)
