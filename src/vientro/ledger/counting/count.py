"""Counting: what a profile sums, divided by some dimensions, with the steps behind each figure and what was left out, by rule.

A pure function of the steps: their order changes nothing, every step is counted or left out by one rule, and the cells of a dimension add
up to the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping  # noqa: TC003  records of a count go through a codec
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vientro.ledger.counting import cells as figures
from vientro.ledger.counting.cells import Cell, Line, things_of
from vientro.ledger.counting.dimensions import NAMES, OF_THINGS, PERIODS, donors, key
from vientro.ledger.counting.exchange import Exchange
from vientro.ledger.counting.lines import Measure, line, narrowed
from vientro.ledger.counting.parties import groups_of
from vientro.ledger.counting.periods import running
from vientro.ledger.counting.pieces import Piece, divided, of_package, plain
from vientro.ledger.counting.profiles import Profile  # noqa: TC001  as above
from vientro.ledger.counting.selection import select
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.ledger.counting.dimensions import Key
    from vientro.ledger.counting.prices import Prices
    from vientro.ledger.counting.selection import Selection
    from vientro.model.counting import Entry

Place = tuple[str, ...]
Fit = Literal["whole", "joint", "group", "no"]
_IN: tuple[Fit, ...] = ("whole", "joint")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the profile, the dimensions, the currency, whose support and for whom (codes or words, None for all).

    `official` keeps only what officials say (Q2), `things` also counts things, `cumulative` makes months and years running totals
    (T4); `data_end` is the last day that the ledger has read (ISO 8601, T5).
    """

    profile: Profile
    by: tuple[str, ...] = ()
    currency: str = "EUR"
    donor: str | None = None
    recipient: str | None = None
    official: bool = False
    things: bool = False
    cumulative: bool = False
    data_end: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The answer. `left_out` has by rule the steps that are in no cell, `above` the totals of groups among them (D14).

    `other` are steps of other donors or recipients than were asked for, `silent` deals of which no delivery is told (Q8).
    """

    question: Question
    total: Cell
    cells: tuple[Cell, ...] = ()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: tuple[Line, ...] = ()
    other: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def measure(self) -> Literal["in all", "in the period", "up to the end of the period"]:
        """What a cell measures (T4): a running total and the sum of a month are two things."""
        if not PERIODS.intersection(self.question.by):
            return "in all"
        return "up to the end of the period" if self.question.cumulative else "in the period"

    @property
    def counted(self) -> frozenset[str]:
        return frozenset(line.step for line in self.total.lines)


def count(entries: Iterable[Entry], question: Question, exchange: Exchange | None = None, prices: Prices | None = None) -> Count:
    """The steps counted as asked. Raises InputError for a dimension that is none."""
    held = list(entries)
    keys = [_key(name, question.profile) for name in question.by]
    made = select(held, question.profile, official=question.official)
    measure = Measure(question.currency, exchange or Exchange(), prices or {}, question.profile, question.data_end)
    filled = _Filled()
    for entry in made.counted:
        for piece in _pieces(entry, made, question):
            if (fit := _fit(piece.entry, question)) in _IN:
                place = tuple([one(piece.entry) for one in keys])
                told = line(piece, measure)
                filled.summed[place].append(narrowed(told) if fit == "joint" else told)
                if question.things:
                    filled.things[place].append(piece.entry)
    for entry in made.beside:
        for piece in _pieces(entry, made, question):
            if _fit(piece.entry, question) in _IN:
                filled.beside[tuple([one(piece.entry) for one in keys])].append(line(piece, measure))
    total = _total(filled, question)
    left_out, other = _narrowed(made, held, {told.step for told in total.lines}, question)
    above = [line(Piece(entry), measure) for entry in sorted(made.above, key=lambda one: one.step) if _fit(entry, question) != "no"]
    silent = {entry.deal for entry in held if entry.silent and _fit(entry, question) != "no"}
    found = _cells(filled, question)
    return Count(
        question, total, running(found, question.by) if question.cumulative else found, left_out, tuple(above), other, tuple(sorted(silent))
    )


@dataclass(frozen=True, slots=True)
class _Filled:
    """Lines by place, summed and beside the sum, and the steps whose things are counted."""

    summed: dict[Place, list[Line]] = field(default_factory=lambda: defaultdict(list))
    beside: dict[Place, list[Line]] = field(default_factory=lambda: defaultdict(list))
    things: dict[Place, list[Entry]] = field(default_factory=lambda: defaultdict(list))


def _key(name: str, profile: Profile) -> Key:
    if name not in NAMES:
        raise InputError(f"--by {name}", "there is no such dimension", f"Dimensions: {', '.join(NAMES)}")
    return key(name, profile.donor)


def _pieces(entry: Entry, made: Selection, question: Question) -> Sequence[Piece]:
    if entry.step in made.parts and OF_THINGS.intersection(question.by):
        return of_package(entry, made.parts[entry.step])
    return (Piece(entry),) if plain(entry, question.profile) else divided(entry, question.profile)


def _fit(entry: Entry, question: Question) -> Fit:
    """Whether a step is of the donor and for the recipient that are asked for: alone, with others (D9), or as a member of a group (D10)."""
    fit: Fit = "whole"
    if question.donor:
        givers = donors(entry, question.profile.donor)
        if question.donor not in givers:
            return "group" if groups_of(question.donor).intersection(givers) and _fit_recipient(entry, question) else "no"
        fit = "joint" if len(givers) > 1 else fit
    if question.recipient and not _fit_recipient(entry, question):
        return "no"
    return "joint" if question.recipient and len(entry.recipients) > 1 else fit


def _fit_recipient(entry: Entry, question: Question) -> bool:
    return not question.recipient or question.recipient in entry.recipients


def _narrowed(
    made: Selection, held: Sequence[Entry], inside: set[str], question: Question
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """What is out, by rule, of the steps asked for; and the steps that were not asked for."""
    out: dict[str, list[str]] = {rule: list(ids) for rule, ids in made.out.items()}
    other: set[str] = set()
    if question.donor or question.recipient:
        fits = {entry.step: _fit(entry, question) for entry in held}
        out = {rule: [id_ for id_ in ids if fits[id_] in _IN] for rule, ids in out.items()}
        listed = {id_ for ids in out.values() for id_ in ids}
        groups = {entry.step for entry in made.counted if fits[entry.step] == "group"} - inside
        out["D10"] = [*out.get("D10", ()), *groups]
        other = fits.keys() - listed - groups - inside
    ordered = sorted((rule for rule, ids in out.items() if ids), key=figures.order)
    return {rule: tuple(sorted(out[rule])) for rule in ordered}, tuple(sorted(other))


def _total(filled: _Filled, question: Question) -> Cell:
    """All cells as one; the lines in order of step."""
    summed, beside = ([told for lines in part.values() for told in lines] for part in (filled.summed, filled.beside))
    summed.sort(key=lambda told: told.step)
    things = [entry for held in filled.things.values() for entry in held]
    return figures.cell((), summed, beside, ceilings=question.profile.ceilings, things=things_of(things))


def _cells(filled: _Filled, question: Question) -> tuple[Cell, ...]:
    return tuple(
        figures.cell(
            place,
            sorted(filled.summed.get(place, ()), key=lambda told: told.step),
            filled.beside.get(place, ()),
            ceilings=question.profile.ceilings,
            things=things_of(filled.things.get(place, ())),
        )
        for place in sorted({*filled.summed, *filled.beside})
    )
