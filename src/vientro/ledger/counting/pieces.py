"""What of a step enters which cell: all of it, or its stated shares, its years, its parts (rules D1, D7, D9, T2)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from vientro.ledger.data import rows
from vientro.model.counting import Entry  # noqa: TC001  a named tuple knows its fields at run time
from vientro.model.edtf import interval
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.ledger.counting.profiles import Profile

UNSPECIFIED = "unspecified"


class Piece(NamedTuple):
    """A step as it enters one cell; `part` is how much of its value, `rules` those that divided it, `estimate` whether by a guess."""

    entry: Entry
    part: float = 1.0
    rules: tuple[str, ...] = ()
    estimate: bool = False


def plain(entry: Entry, profile: Profile) -> bool:
    """Whether a step enters one cell whole, as nearly all do."""
    return not (entry.shares or (profile.spread and (entry.schedule or entry.until)) or (profile.members and "EU" in entry.payers))


def divided(entry: Entry, profile: Profile) -> list[Piece]:
    """The pieces of a step that does not enter one cell whole."""
    found = [Piece(entry)]
    if entry.shares:
        found = [piece for one in found for piece in _shares(one)]
    if profile.members:
        found = [piece for one in found for piece in _members(one)]
    return [piece for one in found for piece in _years(one)] if profile.spread else found


def _shares(piece: Piece) -> list[Piece]:
    """Rule D9: joint donors by their stated shares; what the shares leave over stays joint."""
    entry = piece.entry
    made = [
        piece._replace(entry=replace(entry, payers=(code,), givers=(code,), shares=()), part=piece.part * share, rules=(*piece.rules, "D9"))
        for code, share in entry.shares
    ]
    rest = 1.0 - sum(share for _, share in entry.shares)
    return made + ([piece._replace(part=piece.part * rest, rules=(*piece.rules, "D9"))] if rest > 1e-9 else [])


def _members(piece: Piece) -> list[Piece]:
    """Rule D7: what the EU alone gives, as its members bear it; never both."""
    entry = piece.entry
    if entry.payers != ("EU",):
        return [piece]
    return [
        piece._replace(entry=replace(entry, payers=(code,)), part=piece.part * share, rules=(*piece.rules, "D7"), estimate=True)
        for code, share in _of_the_union()
    ]


def _years(piece: Piece) -> list[Piece]:
    """Rule T2: by the schedule; evenly over the years up to the last one where only that is known. A sum per year is each year's."""
    entry = piece.entry
    schedule = entry.schedule
    if not schedule:
        first, last = (interval(day) if day else None for day in (entry.day, entry.until))
        if not first or not last or not 0 < last[1].year - first[0].year < 30:
            return [piece]
        years = range(first[0].year, last[1].year + 1)
        schedule = tuple((year, 1.0 if entry.per == "year" else 1.0 / len(years)) for year in years)
    return [
        piece._replace(
            entry=replace(entry, day=str(year)),
            part=piece.part * part,
            rules=(*piece.rules, "T2"),
            estimate=piece.estimate or not entry.schedule,
        )
        for year, part in schedule
    ]


@cache
def _of_the_union() -> tuple[tuple[str, float], ...]:
    """By member, its part of the whole; the shares of the table are rounded and made to add up."""
    told = [(row["code"], float(row["share"])) for row in rows("counting/eu_shares")]
    whole = sum(share for _, share in told)
    return tuple((code, share / whole) for code, share in told)


def of_package(whole: Entry, parts: Sequence[Entry]) -> list[Piece]:
    """Rule D1: a package as its parts and a rest called "unspecified"; whole where a figure is no exact one or the parts exceed it."""
    figures = [_exact(part, whole.currency) for part in parts]
    stated = _exact(whole, whole.currency)
    known = [figure for figure in figures if figure is not None]
    if stated is None or len(known) < len(figures) or sum(known) > stated:
        return [Piece(whole, rules=("D1",))]
    rest = stated - sum(known)
    made = [Piece(replace(part, step=whole.step, payers=whole.payers, day=whole.day, told=whole.told), rules=("D1",)) for part in parts]
    left = replace(whole, classes=(UNSPECIFIED,), items=(), purpose=whole.purpose, form=None, value=Interval(rest, rest, rest))
    return made + ([Piece(left, rules=("D1",))] if rest else [])


def _exact(entry: Entry, currency: str | None) -> float | None:
    value = entry.value
    return value.best if value and entry.currency == currency and value.low == value.best == value.high else None
