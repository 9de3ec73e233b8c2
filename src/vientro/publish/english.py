"""Vietnamese words of an article in English: who speaks, who gives and takes, and what; by english.tsv and the names of states.

What has a word that is not known there stays Vietnamese, whole: half a translation would say what nobody said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from vientro.lang.data import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = re.compile(r"\w[\w.'-]*|\S")
_LONGEST = 9  # words of a row
_MOST = 200  # characters of what may be said in English: names and offices are short
_RANK = re.compile(r"(?:(?:first|former|new|acting|deputy) )*")
_ABROAD = ("ambassador", "permanent representative")  # "to" a state, and not "in" it
_WITH_ARTICLE = ("US", "UK", "UAE", "EU", "UN", "IMF", "Netherlands", "Philippines")
_KEPT = 20_000  # answers of each kind: articles bring new words for as long as there are any
_UNCOUNTED = ("equipment", "engineering", "fuel", "energy", "food", "medical", "communications", "intelligence", "maintenance", "other")


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    said: str
    en: str
    many: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    words: str
    single: bool = False  # one office or body, which takes an article

    @property
    def whole(self) -> str:
        return f"the {self.words}" if self.single else self.words


_NOTHING = _Piece("", "", "")


@lru_cache(_KEPT)
def phrase(said: str) -> str:
    """Words for somebody or something: "Defence Ministry of Norway" for "Bộ Quốc phòng Na Uy"; as they are where they are not known."""
    told = _told(said)
    return told.words if told else said


@lru_cache(_KEPT)
def party(said: str) -> str:
    """The same for those who give or take: of "cá nhân" without a number there may be many."""
    found = _pieces(said)
    if len(found) == 1 and found[0].kind == "noun" and found[0].many:
        return found[0].many
    return phrase(said)


@lru_cache(_KEPT)
def voice(said: str) -> str:
    """A chain of voices as publish.lines writes it, "Reuters ← Bộ Quốc phòng Na Uy (Báo)": the outlet keeps its name."""
    chain, bracket, printed = said.rpartition(" (")
    return f"{speakers(chain)}{bracket}{printed}" if bracket else said


def speakers(said: str) -> str:
    """Who says so, without the outlet."""
    told = [(found.whole if (found := _told(one)) else one) for one in said.split(" ← ")]
    return " ← ".join(told)


@lru_cache(_KEPT)
def spelled(words: str) -> str:
    """Vietnamese words for an office in the capitals of a newspaper: "chủ tịch Hội đồng châu Âu" for "chủ tịch hội đồng châu âu"."""
    said = []
    for before, one in pairwise((_NOTHING, *_pieces(words))):
        field = one.kind == "before" and "minister" in before.en  # of what somebody is the minister
        said.append(f"{one.said[:1].upper()}{one.said[1:]}" if field else one.said)
    return " ".join(said) or words


def thing(said: str, *, many: bool = True) -> str | None:
    """What is given: "spare parts"; None where it is not known."""
    found = _pieces(said)
    told = _put(found, many=many) if found and found[0].kind in ("noun", "name") else None
    return told.words if told else None


def kind(cls: str, usual: str, *, many: bool = True) -> str:
    """A class of things that are counted: "radars", "artillery pieces"; `usual` is its name."""
    if row := _rows().get(cls, {}).get("class"):
        return row.many if many else row.en
    return f"{usual}s" if many and cls not in _UNCOUNTED else usual


def unit(said: str, *, many: bool = True) -> str | None:
    """A unit of counting: "tons"; "" where English counts without one ("3 chiếc xe tăng"), None where it is not known."""
    row = _rows().get(said.lower(), {}).get("unit")
    return (row.many if many else row.en) if row else None


@cache
def _rows() -> Mapping[str, Mapping[str, _Piece]]:
    """By words in lower case, what they may be."""
    found: dict[str, dict[str, _Piece]] = {}
    for row in parse((files("vientro.publish") / "english.tsv").read_text("utf-8"), "english.tsv"):
        found.setdefault(row["vi"].lower(), {})[row["kind"]] = _Piece(row["kind"], row["vi"], row["en"], row["many"])
    names = {row["code"]: row for row in parse((files("vientro.lang") / "names.tsv").read_text("utf-8"), "names.tsv")}
    states = parse((files("vientro.lang") / "vi" / "states.tsv").read_text("utf-8"), "states.tsv")
    called = [(row["code"], row["vi"]) for row in names.values()]
    called += [
        (row["code"], said) for row in states if row["code"] in names and row["kind"] == "state" for said in row["pattern"].split("|")
    ]
    for code, said in called:
        found.setdefault(said.lower(), {}).setdefault("place", _Piece("place", said, names[code]["en"]))
    return found


def _told(said: str) -> _Told | None:
    found = _pieces(said)
    if not found or (said.isascii() and found[0].kind in ("name", "number")):
        return None
    return _put(found)


def _pieces(said: str) -> tuple[_Piece, ...]:
    """The words, the longest that a row has; () where one is not known."""
    words, rows, found = _WORD.findall(said) if len(said) <= _MOST else (), _rows(), list[_Piece]()
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        length = next((one for one in lengths if " ".join(words[at : at + one]).lower() in rows), 0)
        if length:
            found.append(_chosen(rows[" ".join(words[at : at + length]).lower()], found))
        elif words[at].isdigit() or (words[at].isascii() and words[at][:1].isupper()):
            found.append(_Piece("number" if words[at].isdigit() else "name", words[at], words[at]))
        else:
            return ()
        at += length or 1
    return tuple(found)


def _chosen(row: Mapping[str, _Piece], before: Sequence[_Piece]) -> _Piece:
    """What words are here: after a noun they say something of it, where they can."""
    after_noun = bool(before) and before[-1].kind in ("noun", "before")
    order = ("before", "name", "place", "noun", "link", "number") if after_noun else ("name", "place", "number", "noun", "link", "before")
    return next((row[kind] for kind in order if kind in row), next(iter(row.values())))


def _put(pieces: Sequence[_Piece], *, many: bool | None = None) -> _Told | None:
    """One noun with what is said of it, and then what it is of."""
    numbers = list(takewhile(lambda piece: piece.kind == "number", pieces))
    rest = pieces[len(numbers) :]
    if not rest or rest[0].kind not in ("noun", "name", "place"):
        return None
    head, said = rest[0], [one.en for one in takewhile(lambda piece: piece.kind == "before", rest[1:])]
    rest = rest[1 + len(said) :]
    several = many if many is not None else any(one.en not in ("a", "1") for one in numbers)
    whole = _counted([one.en for one in numbers], _described((head.many or head.en) if several else head.en, said))
    single = not numbers and (
        (head.kind == "noun" and head.en != head.many) or head.en.endswith(("Ministry", "General Staff")) or head.en in _WITH_ARTICLE
    )
    if not rest:
        return _Told(whole, single)
    if head.kind == "name" and rest[0].kind == "name":  # a name of several words
        inner = _put(rest)
        return _Told(f"{whole} {inner.words}", single) if inner else None
    holder = _name(rest) or (_name(rest[1:]) if rest[0].kind == "place" else "")
    if holder:
        place = _put(rest[:1]) if rest[0].kind == "place" else None
        return _Told(f"{whole} {holder}" + (f" of {place.whole}" if place else ""))
    return _of(head, whole, rest, single=single)


def _of(head: _Piece, whole: str, rest: Sequence[_Piece], *, single: bool) -> _Told | None:
    """Whose it is, and where."""
    link = rest[0].en if rest[0].kind == "link" else ""
    inner = _put(rest[1:] if link else rest)
    if inner is None:
        return None
    joined = f"{whole} {link or 'of'} {inner.whole}"
    return _Told(joined.replace(" in ", " to ") if head.en in _ABROAD else joined, single)


def _described(head: str, said: Sequence[str]) -> str:
    """Before a noun what is said of it, but after a rank: "deputy foreign minister"."""
    rank = found[0] if (found := _RANK.match(head)) else ""
    return " ".join([rank.strip(), *reversed(said), head[len(rank) :]]).strip() if said else head


def _counted(numbers: Sequence[str], whole: str) -> str:
    shown = ["an" if one == "a" and whole[:1].lower() in "aeiou" else one for one in numbers]
    shown = ["the", *shown] if shown and "largest" in whole else shown
    return " ".join(filter(None, [*shown, whole]))


def _name(pieces: Sequence[_Piece]) -> str:
    """A person's name; "" where these are no names alone."""
    return " ".join(one.en for one in pieces) if all(one.kind == "name" and one.said.isascii() for one in pieces) else ""
