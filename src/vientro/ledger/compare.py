"""A database that was imported held against the rest of the ledger: what both have, what only one has, and where the sums differ."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from vientro.link.compare import same_sum
from vientro.model.edtf import apart, interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vientro.model.claim import Claim, Money
    from vientro.model.edtf import Days
    from vientro.model.ledger import Ledger, Step

_SUPPORT = ("commit", "approve", "procure", "deliver")
_NEAR = 45  # days around those of the database within which an act that only we have is told
_SAME = 10  # days within which two acts of one giver for one recipient may be one whose sums are told otherwise
_PROMISES = ("commit", "approve")


@dataclass(frozen=True, slots=True)
class Pair:
    """An act that both have: the rows and the claims of it, and their first sums; `agree` is None where no two sums can be compared.

    `beside` is the step that the claims are in where linking keeps the two apart, because their sums or things differ. Only money is
    compared: a measure of volume such as SIPRI's TIV stands in no sum.
    """

    step: str
    rows: tuple[str, ...]
    claims: tuple[str, ...]
    theirs: Money | None
    ours: Money | None
    agree: bool | None
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Acts of both, by step; acts that only the database has; and acts of its givers and recipients in its days that only the rest has."""

    database: str
    matched: tuple[Pair, ...]
    only_theirs: tuple[str, ...]
    only_ours: tuple[str, ...]


def compare(ledger: Ledger, claims: Mapping[str, Claim], database: str) -> Comparison:
    """Compare the rows of a database, which are claims of the ledger, with its other claims, step by step.

    What is left of both is matched where giver, recipient and kind of act are the same and the days near, the nearest first.
    """
    matched: list[Pair] = []
    theirs: list[Step] = []
    rest: list[Step] = []
    for step in ledger.steps:
        rows = tuple(id_ for id_ in step.claims if claims[id_].database == database)
        others = tuple(id_ for id_ in step.claims if claims[id_].database != database)
        if rows and others:
            matched.append(_pair(step.id, rows, others, claims, None))
        elif rows:
            theirs.append(step)
        else:
            rest.append(step)
    shared = {pair.step for pair in matched}
    covered = [*theirs, *(step for step in ledger.steps if step.id in shared)]
    rest = [step for step in rest if step.counts and step.type in _SUPPORT]
    for one, other in _near(theirs, rest):
        matched.append(_pair(one.id, one.claims, other.claims, claims, other.id))
        theirs.remove(one)
        rest.remove(other)
    lines, span = _by_line(covered), _span(covered)
    ours = [step.id for step in rest if _in_scope(step, lines, span)]
    return Comparison(database, tuple(matched), tuple(step.id for step in theirs), tuple(ours))


def _near(theirs: Sequence[Step], ours: Sequence[Step]) -> list[tuple[Step, Step]]:
    """Steps of either side that may be one act, each in one pair at most."""
    by_line = _by_line(ours)
    found = [
        (apart(days, others), one.id, other.id, one, other)
        for one in theirs
        if (days := _days(one))
        for other in _beside(one, by_line)
        if (others := _days(other)) and _alike(one, other) and apart(days, others) <= _SAME
    ]
    taken: set[str] = set()
    pairs = []
    for _, first, second, one, other in sorted(found, key=lambda row: row[:3]):
        if first not in taken and second not in taken:
            taken |= {first, second}
            pairs.append((one, other))
    return pairs


def _alike(one: Step, other: Step) -> bool:
    same_kind = one.type == other.type or {one.type, other.type} == {*_PROMISES}
    meet = bool(set(one.actors) & set(other.actors) and set(one.recipients) & set(other.recipients))
    things = {stock.cls for stock in one.items}, {stock.cls for stock in other.items}
    return same_kind and meet and (not all(things) or bool(things[0] & things[1]))


def _pair(step: str, rows: tuple[str, ...], others: tuple[str, ...], claims: Mapping[str, Claim], beside: str | None) -> Pair:
    sides = [[money for id_ in ids for money in claims[id_].amounts] for ids in (rows, others)]
    found = [(a, b, same) for a in sides[0] for b in sides[1] if (same := same_sum(a, b)) is not None]
    a, b, agree = next((one for one in found if one[2]), found[0] if found else (None, None, None))
    return Pair(step, rows, others, a or _first(sides[0]), b or _first(sides[1]), agree, beside)


def _first(sums: Sequence[Money]) -> Money | None:
    return sums[0] if sums else None


def _in_scope(step: Step, covered: Mapping[tuple[str, str], Sequence[Step]], span: Days | None) -> bool:
    """Whether an act is one that the database could have: of one of its lines of giver and recipient, within its days."""
    if not _beside(step, covered):
        return False
    days = _days(step)
    return not days or not span or apart(days, span) <= _NEAR


def _by_line(steps: Iterable[Step]) -> dict[tuple[str, str], list[Step]]:
    """Steps by giver and recipient."""
    found: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in steps:
        for line in product(step.actors, step.recipients):
            found[line].append(step)
    return found


def _beside(step: Step, by_line: Mapping[tuple[str, str], Sequence[Step]]) -> Sequence[Step]:
    """The steps of one of its givers for one of its recipients, each once."""
    found = {one.id: one for line in product(step.actors, step.recipients) for one in by_line.get(line, ())}
    return list(found.values())


def _span(steps: Iterable[Step]) -> Days | None:
    """From the first day of some steps to the last."""
    known = [days for step in steps if (days := _days(step))]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def _days(step: Step) -> Days | None:
    return interval(step.date) if step.date else None
