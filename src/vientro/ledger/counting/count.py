"""Counting: what a profile sums, divided by some dimensions, with the steps behind each figure and what was left out, by rule.

A pure function of the steps: their order changes nothing, every step is counted or left out by one rule, and the cells of a dimension add
up to the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence  # noqa: TC003  records of a count go through a codec
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from vientro.ledger.counting.cells import Cell, cell, order, whole
from vientro.ledger.counting.dimensions import NAMES, OF_THINGS, PERIODS, donors, key
from vientro.ledger.counting.exchange import Exchange
from vientro.ledger.counting.lines import Line, Measure, Worth, line, narrowed, worth
from vientro.ledger.counting.parties import groups_of
from vientro.ledger.counting.periods import running
from vientro.ledger.counting.pieces import Piece, divided, of_package, plain
from vientro.ledger.counting.profiles import Profile  # noqa: TC001  as above
from vientro.ledger.counting.selection import select
from vientro.model.counting import Entry  # noqa: TC001  named tuples know their fields at run time
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vientro.ledger.counting.dimensions import Key
    from vientro.ledger.counting.prices import Prices
    from vientro.ledger.counting.selection import Selection

Place = tuple[str, ...]
Fit = Literal["whole", "joint", "group", "no"]
_IN: tuple[Fit, ...] = ("whole", "joint")
_Placed = dict[Place, list[Worth]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the profile, the dimensions, the currency, whose support and for whom (codes or words, None for all).

    `official` keeps only what officials say (Q2), `things` also counts things, `lines` gives the steps behind each cell, and
    `cumulative` makes months and years running totals (T4). `data_end` is the last day that the ledger has read (ISO 8601, T5).
    """

    profile: Profile
    by: tuple[str, ...] = ()
    currency: str = "EUR"
    donor: str | None = None
    recipient: str | None = None
    official: bool = False
    things: bool = False
    lines: bool = True
    cumulative: bool = False
    data_end: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """The answer. `counted` has the steps that are in a cell, `left_out` by rule those that are in none, `above` the totals of groups
    among them (D14).

    `other` are steps of other donors or recipients than were asked for, `silent` deals of which no delivery is told (Q8), `tables` of
    rates were used (A6).
    """

    question: Question
    total: Cell
    cells: tuple[Cell, ...] = ()
    counted: frozenset[str] = frozenset()
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    above: tuple[Line, ...] = ()
    other: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def measure(self) -> Literal["in all", "in the period", "up to the end of the period"]:
        """What a cell measures (T4): a running total and the sum of a month are two things."""
        if not PERIODS.intersection(self.question.by):
            return "in all"
        return "up to the end of the period" if self.question.cumulative else "in the period"


@dataclass(frozen=True)
class Ground:
    """What every count under a profile and in a currency rests on, whatever it asks for and divides by: the steps, those of them that are
    summed or stand beside the sum, and what each of their pieces adds."""

    held: Sequence[Entry]
    made: Selection
    measure: Measure
    summed: Sequence[Worth]
    beside: Sequence[Worth]

    @cached_property
    def steps(self) -> list[str]:
        return sorted(entry.step for entry in self.held)

    @cached_property
    def rules(self) -> Mapping[str, Sequence[str]]:
        """By step the rules that it is out by; a step that stands beside the sum is out by one as well."""
        found: dict[str, list[str]] = defaultdict(list)
        for rule, ids in self.made.out.items():
            for id_ in ids:
                found[id_].append(rule)
        return found

    @cached_property
    def by_donor(self) -> _Found:
        return _found(self, lambda entry: donors(entry, self.measure.profile.donor))

    @cached_property
    def by_recipient(self) -> _Found:
        return _found(self, lambda entry: entry.recipients)


class _Found(NamedTuple):
    """By code of a party: the steps, what is summed of them, and what stands beside the sum."""

    held: Mapping[str, Sequence[Entry]]
    summed: Mapping[str, Sequence[Worth]]
    beside: Mapping[str, Sequence[Worth]]


def count(entries: Iterable[Entry], question: Question, exchange: Exchange | None = None, prices: Prices | None = None) -> Count:
    """The steps counted as asked. Raises InputError for a dimension that is none."""
    return answer(ground(entries, question, exchange, prices), question)


def ground(entries: Iterable[Entry], question: Question, exchange: Exchange | None = None, prices: Prices | None = None) -> Ground:
    """What a question rests on, and so do all others of the same `stance`."""
    held = list(entries)
    made = select(held, question.profile, official=question.official)
    measure = Measure(question.currency, exchange or Exchange(), prices or {}, question.profile, question.data_end)
    summed, beside = (
        [worth(piece, measure) for entry in chosen for piece in _pieces(entry, made, question)] for chosen in (made.counted, made.beside)
    )
    return Ground(held, made, measure, summed, beside)


def stance(question: Question) -> tuple[str, str, bool, str | None, bool]:
    """What two questions have in common that rest on one ground, if the steps, the rates and the prices are the same."""
    return question.profile.name, question.currency, question.official, question.data_end, bool(OF_THINGS.intersection(question.by))


def answer(of: Ground, question: Question) -> Count:
    """The steps counted as asked, from the ground of the question; raises InputError as `count`."""
    place, made = _place([_key(name, question.profile) for name in question.by]), of.made
    party = question.donor or question.recipient
    told = (of.by_donor if question.donor else of.by_recipient) if party else None
    summed = _placed(told.summed.get(party or "", ()) if told else of.summed, place, question)
    beside = _placed(told.beside.get(party or "", ()) if told else of.beside, place, question)
    found = [_cell(place, summed.get(place, ()), beside.get(place, ()), question) for place in sorted(summed.keys() | beside.keys())]
    counted = frozenset([one.piece.entry.step for worths in summed.values() for one in worths])
    fits = _fits(of, question)
    left_out, other = _narrowed(of, fits, counted)
    above = sorted((entry for entry in made.above if fits is None or entry.step in fits), key=lambda entry: entry.step)
    return Count(
        question,
        _total(found, summed, beside, question, steps=len(counted)),
        running(found, question.by) if question.cumulative else tuple(found),
        counted,
        left_out,
        tuple([line(worth(Piece(entry), of.measure)) for entry in above]),
        other,
        tuple(sorted({entry.deal for entry in of.held if entry.silent and (fits is None or entry.step in fits)})),
        tuple(sorted({one.rate.table for worths in summed.values() for one in worths if one.rate})),
    )


def _found(of: Ground, parties: Callable[[Entry], Sequence[str]]) -> _Found:
    held: dict[str, list[Entry]] = defaultdict(list)
    for entry in of.held:
        for party in dict.fromkeys(parties(entry)):
            held[party].append(entry)
    parts: list[dict[str, list[Worth]]] = []
    for worths in (of.summed, of.beside):
        parts.append(defaultdict(list))
        for one in worths:
            for party in dict.fromkeys(parties(one.piece.entry)):
                parts[-1][party].append(one)
    return _Found(held, *parts)


def _placed(worths: Iterable[Worth], place: Callable[[Entry], Place], question: Question) -> _Placed:
    """What the chosen steps add, by cell."""
    found: _Placed = defaultdict(list)
    narrow = question.donor or question.recipient
    for told in worths:
        entry = told.piece.entry
        fit = _fit(entry, question) if narrow else "whole"
        if fit in _IN:
            found[place(entry)].append(narrowed(told) if fit == "joint" else told)
    return found


def _total(
    found: Sequence[Cell],
    summed: Mapping[Place, Sequence[Worth]],
    beside: Mapping[Place, Sequence[Worth]],
    question: Question,
    *,
    steps: int,
) -> Cell:
    """All cells as one: added up where no step is in two of them, as nearly always."""
    if sum(map(len, summed.values())) == steps and not question.things:
        return whole(found)
    everything, listed = ([one for worths in part.values() for one in worths] for part in (summed, beside))
    return _cell((), everything, listed, question)


def _cell(place: Place, summed: Sequence[Worth], beside: Sequence[Worth], question: Question) -> Cell:
    return cell(place, summed, beside, ceilings=question.profile.ceilings, lines=question.lines, things=question.things)


def _key(name: str, profile: Profile) -> Key:
    if name not in NAMES:
        raise InputError(f"--by {name}", "there is no such dimension", f"Dimensions: {', '.join(NAMES)}")
    return key(name, profile.donor)


def _place(keys: Sequence[Key]) -> Callable[[Entry], Place]:
    """The cell of a step. One key and two are what is asked for, and are written out: this runs for every step."""
    if len(keys) == 1:
        first = keys[0]
        return lambda entry: (first(entry),)
    if len(keys) == 2:
        first, second = keys
        return lambda entry: (first(entry), second(entry))
    return lambda entry: tuple([one(entry) for one in keys])


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


def _fits(of: Ground, question: Question) -> dict[str, Fit] | None:
    """How each step fits that is of those who are asked for, or of a group that they are in; None where nobody is asked for."""
    if question.donor:
        givers = (question.donor, *groups_of(question.donor))
        held = [entry for giver in givers for entry in of.by_donor.held.get(giver, ())]
    elif question.recipient:
        held = list(of.by_recipient.held.get(question.recipient, ()))
    else:
        return None
    return {entry.step: fit for entry in held if (fit := _fit(entry, question)) != "no"}


def _narrowed(of: Ground, fits: Mapping[str, Fit] | None, inside: frozenset[str]) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """What is out, by rule, of the steps asked for; and the steps that were not asked for."""
    if fits is None:
        return _ordered(of.made.out), ()
    out: dict[str, list[str]] = defaultdict(list)
    groups = {entry.step for entry in of.made.counted if fits.get(entry.step) == "group"} - inside if "group" in fits.values() else set()
    for id_, fit in fits.items():
        if fit in _IN:
            for rule in of.rules.get(id_, ()):
                out[rule].append(id_)
    asked = {*inside, *groups}.union(*out.values())
    out["D10"] += groups
    return _ordered(out), tuple([id_ for id_ in of.steps if id_ not in asked])


def _ordered(out: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {rule: tuple(sorted(out[rule])) for rule in sorted((rule for rule, ids in out.items() if ids), key=order)}
