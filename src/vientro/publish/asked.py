"""What people type to name a party, a kind of act or a state: in code or in the words on the screen, and what they may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from vientro.ledger.slots import same_party
from vientro.link.names import codes
from vientro.publish.words import code_of, name, named, word
from vientro.reading.text import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vientro.publish.words import Lang

_MOST, _LIKE = 3, 0.7


def unheard(asked: Sequence[str], told: Collection[str]) -> list[str]:
    """Those that name nobody: no code, no name that is known, and nobody among the parties told of."""
    return [
        one
        for one in asked
        if not code_of(one) and not codes(fold(one).text) and not any(same_party(one, [other]) for other in told if not other.isupper())
    ]


def near(said: str, lang: Lang) -> list[str]:
    """Codes whose names look most like the words, the likest first."""
    found = get_close_matches(_plain(said), _names(lang), _MOST, _LIKE)
    return list(dict.fromkeys(_names(lang)[one] for one in found))


def suggestion(said: str, lang: Lang) -> str:
    """ "NO (Na Uy), RO (Rumani)"; "" where no name is like it."""
    return ", ".join(f"{code} ({name(code, lang)})" for code in near(said, lang))


def value(key: str, said: str, known: Collection[str]) -> str | None:
    """The value of a field that is called so: by its code, or by its words in either language, with their marks or without."""
    wanted = _plain(said)
    by_name = {_plain(word(f"{key}.{one}", lang)): one for lang in ("en", "vi") for one in reversed(list(known))}
    return said if said in known else {**by_name, **{_plain(one): one for one in known}}.get(wanted)


def choices(key: str, known: Collection[str]) -> str:
    """The values, each with its words in Vietnamese: "commit (cam kết), deliver (bàn giao)"."""
    return ", ".join(one if (told := word(f"{key}.{one}", "vi")) == one else f"{one} ({told})" for one in known)


@cache
def _names(lang: Lang) -> dict[str, str]:
    """Codes by what they are called, in the order of the table: codes themselves and both languages, the reader's own first."""
    other: Lang = "en" if lang == "vi" else "vi"
    made: dict[str, str] = {}
    for code in named():
        for said in (code, name(code, lang), name(code, other)):
            made.setdefault(_plain(said), code)
    return made


def _plain(said: str) -> str:
    return without_marks(" ".join(said.split()).casefold())
