"""The words of actors: names, organs, offices, persons in office, and what only looks like them, as entries of the automaton."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, cast, get_args

from vientro.lang.data import table
from vientro.model.errors import DataError
from vientro.model.mention import ActorKind
from vientro.reading.lexicon import Entry, lower
from vientro.reading.text import fold

if TYPE_CHECKING:
    from vientro.lang.data import Row

Role = Literal["name", "capital", "short", "person", "organ", "office", "modifier", "former", "lookalike"]

HOME = "VN"  # whose ministers the press names without their state
_NAMES = ("states", "organisations", "groups", "outlets", "firms")
_FORMER = ("cựu", "nguyên", "cố", "tiền")
_SYLLABLES = re.compile(r"(?<=\w)-(?=[^\W\d_]{1,5}(?!\w))(?=[a-zăâđêôơưà-ỹ])")
_SHORT = 5  # letters: "Man-ta" is not "Manta", nor "Pa-ri" "Pari"
_ANY_CASE = ("organisation", "group", "members", "organ", "other")


@dataclass(frozen=True, slots=True)
class Stint:
    """A person's time in an office: `code` is the actor that the holder counts as; an open end is None."""

    name: str
    offices: tuple[str, ...]
    code: str | None
    begin: datetime.date | None
    end: datetime.date | None


@dataclass(frozen=True, slots=True)
class Term:
    """What a pattern stands for.

    `guard` says what else the pattern may be (states.tsv). `counts`: with a state's name it counts as the state. `free`: words of a
    proper name may stand before the state's. `holds`: those who lead it count as well. `alone`: it is a mention without a state or
    office beside it; `counted`: only after a number. `stints` are those of the persons whom a name may mean.
    """

    role: Role
    name: str = ""
    kind: ActorKind = "other"
    code: str | None = None
    guard: str = ""
    counts: bool = True
    free: bool = False
    holds: bool = True
    alone: bool = True
    counted: bool = False
    stints: tuple[Stint, ...] = ()


def entries(overlay: tuple[Row, ...] = ()) -> list[Entry[Term]]:
    """All patterns of actors. `overlay` has rows of a user with the columns of states.tsv: its patterns win over the shipped ones.

    Rows of kind "person" may have the further columns "from" and "to" (ISO days). Raises DataError on an unknown kind or code.
    """
    known: dict[tuple[str, bool], Entry[Term]] = {}
    for entry in (*_overlaid(overlay), *_shipped()):
        known.setdefault((entry.pattern if entry.cased else lower(entry.pattern), entry.cased), entry)
    return list(known.values())


@cache
def codes() -> frozenset[str]:
    """The codes that an actor may have (lang/codes.txt)."""
    lines = (files("vientro.lang") / "codes.txt").read_text("utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


@cache
def state_names() -> dict[str, str]:
    """The usual name of each state by its code."""
    return {row["code"]: row["name"] for row in table("vi", "states")}


@cache
def given_names() -> frozenset[str]:
    """Syllables that begin or hold Vietnamese personal names."""
    return frozenset(row["pattern"] for row in table("vi", "given_names"))


@cache
def home_families() -> frozenset[str]:
    """Family names of Vietnam that are hardly borne by Chinese in the Vietnamese press."""
    return frozenset(row["pattern"] for row in table("vi", "family_names") if row["code"] == HOME)


@cache
def korean_families() -> frozenset[str]:
    """Family names of Korea in Latin letters."""
    return frozenset(row["pattern"] for row in table("vi", "family_names") if row["code"] == "KR")


@cache
def beside(kind: str) -> frozenset[str]:
    """The words of a kind that stand beside names (neighbours.tsv)."""
    return frozenset(word for row in table("vi", "neighbours") if row["kind"] == kind for word in row["words"].split("|"))


@cache
def _shipped() -> tuple[Entry[Term], ...]:
    """Patterns in order of precedence, for those in several tables."""
    found = [entry for name in _NAMES for row in table("vi", name) for entry in _named(row, name)]
    found += _persons()
    for row in table("vi", "organs"):
        kind = cast("ActorKind", row["kind"])
        term = Term(
            "organ",
            row["pattern"],
            kind,
            counts=kind == "organ",
            free=row["name"] == "free",
            holds=row["persons"] != "no",
            alone=row["alone"] == "yes",
            counted=row["alone"] == "counted",
        )
        found.append(_entry(row["pattern"], term, cased=row["pattern"][0].isupper()))
    for row in table("vi", "titles"):
        term = Term("office", row["pattern"], "person", counts=row["counts"] == "yes", alone=row["alone"] == "yes")
        found.append(_entry(row["pattern"], term))
    found += [_entry(row["pattern"], Term("modifier", row["pattern"])) for row in table("vi", "modifiers")]
    found += [_entry(word, Term("former")) for word in _FORMER]
    for row in table("vi", "lookalikes"):
        found += [_entry(p, Term("lookalike", p, code=row["code"] or None), cased=True) for p in row["pattern"].split("|")]
    return tuple(found)


def _overlaid(rows: tuple[Row, ...]) -> list[Entry[Term]]:
    found = []
    for row in rows:
        if row["kind"] == "person":
            stint = Stint(row["name"], (), row.get("code") or None, _day(row.get("from", "")), _day(row.get("to", "")))
            term = Term("person", row["name"], "person", stint.code, stints=(stint,))
            found += [_entry(p, term, cased=True) for spelling in row["pattern"].split("|") for p in _spellings(spelling)]
        else:
            found += _named(row, "overlay")
    return found


def _named(row: Row, source: str) -> list[Entry[Term]]:
    """The entries of a row of states.tsv or a table with its columns. Names of organisations, organs and groups that are
    more than one word, and of states that are more than two, are found in any capitals, others as written."""
    kind, code = row["kind"], row.get("code") or None
    if code is not None and code not in codes():
        raise DataError(source, 0, f"{code} is not in codes.txt")
    role = cast("Role", kind if kind in ("capital", "short") else "name")
    kind = kind if role == "name" else "state"
    if kind not in get_args(ActorKind):
        raise DataError(source, 0, f"{kind} is no kind of actor")
    spellings = [pattern for spelling in row["pattern"].split("|") for pattern in _spellings(spelling)]
    if kind == "state":
        spellings += [joined for pattern in spellings if (joined := _joined(pattern))]
    words = 2 if kind == "state" else 1
    return [
        _entry(
            pattern,
            Term(role, row["name"] or pattern, cast("ActorKind", kind), code, row.get("guard", "")),
            cased=not ((kind == "state" or kind in _ANY_CASE) and (pattern.count(" ") >= words or pattern.islower())),
        )
        for pattern in spellings
    ]


def _persons() -> list[Entry[Term]]:
    """One term a pattern, with all the stints of those it may mean. Who is first a senator or an opposition leader has no code."""
    uncounted = {row["pattern"] for row in table("vi", "titles") if row["counts"] != "yes"}
    stints: dict[str, list[Stint]] = {}
    alone: set[str] = set()
    for row in (*table("vi", "offices"), *table("vi", "persons")):
        offices = tuple(row.get("office", "").split("|"))
        code = None if offices[0] in uncounted else row.get("code") or None
        stint = Stint(row["name"], offices, code, _day(row.get("from", "")), _day(row.get("to", "")))
        full = [p for p in row["person"].split("|") if p]
        alone.update(full)
        for pattern in (*full, *(p for p in row["surname"].split("|") if p)):
            stints.setdefault(pattern, []).append(stint)
    return [
        _entry(spelling, Term("person", held[0].name, "person", alone=pattern in alone, stints=tuple(held)), cased=True)
        for pattern, held in stints.items()
        for spelling in _spellings(pattern)
    ]


def _entry(pattern: str, term: Term, *, cased: bool = False) -> Entry[Term]:
    return Entry(fold(pattern).text, term, cased)


def _spellings(pattern: str) -> list[str]:
    """A pattern, and how some outlets print it: "Moon Jae - in"."""
    return [pattern, pattern.replace("-", " - ")] if "-" in pattern and " - " not in pattern else [pattern]


def _joined(pattern: str) -> str:
    """A name in hyphened syllables as older papers print it: "Áp-ga-ni-xtan", "Ápganixtan". Blank where that could be another word."""
    joined = _SYLLABLES.sub("", pattern)
    return joined if joined != pattern and "-" not in joined and (len(joined) > _SHORT or not joined.isascii()) else ""


def _day(cell: str) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if cell else None
