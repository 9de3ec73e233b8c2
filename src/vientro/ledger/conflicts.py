"""Figures of one step that differ: why first, then all of them side by side, and which is preferred by which rule (Q1, Q3, D15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vientro.ledger.figures import ORDER, meet, reach, told_sums, why_counts, why_sums
from vientro.ledger.sources import nearness
from vientro.link.compare import agree
from vientro.model.ledger import Cause, Stock, Sum
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.figures import Told
    from vientro.model.claim import Claim, Count, Item

Rule = Literal["nearest", "most origins", "told first"]
_RULES: tuple[Rule, ...] = ("nearest", "most origins", "told first")  # in the order in which they decide


@dataclass(frozen=True, slots=True)
class Side:
    """A figure, the claims that tell it and the origins behind them. `cause` says why it differs from the preferred one, None on that."""

    figure: Sum | Stock
    claims: tuple[str, ...]
    origins: int
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one thing that differ, the preferred one first, and the rule that prefers it to the next.

    `causes` has what sets them apart, the most harmless first. `disputed`: for one of them no cause was found but disagreement.
    """

    causes: tuple[Cause, ...]
    sides: tuple[Side, ...]
    preferred_by: Rule
    disputed: bool


def conflicts(claims: Sequence[Claim], origin: Mapping[str, str]) -> tuple[Conflict, ...]:
    """The conflicts between the claims of one step, sums first; `origin` has the origin of each claim by its id."""
    return (*_of_sums(claims, origin), *_of_counts(claims, origin))


def _of_sums(claims: Sequence[Claim], origin: Mapping[str, str]) -> list[Conflict]:
    told = told_sums(claims, origin)
    found = []
    for per in dict.fromkeys(one.figure.per for one in told):
        first, *others = [one for one in told if one.figure.per == per]
        differing = [(one, cause) for one in others if (cause := _why(first, one))]
        if differing:
            sides = [Side(one.figure, one.figure.claims, one.figure.origins, cause) for one, cause in differing]
            found.append(_conflict(Side(first.figure, first.figure.claims, first.figure.origins), sides, first.rank, differing[0][0].rank))
    return found


def _why(first: Told, other: Told) -> Cause | None:
    """Why two figures differ, the most harmless cause that any two of those who tell them give.

    Two sums told in one breath are no conflict, unless one converts the other or is part of it.
    """
    found = {cause for a in first.by for b in other.by if (cause := why_sums(a, b))}
    if {claim.id for claim, _ in first.by} & {claim.id for claim, _ in other.by}:
        found &= {"conversion", "part and whole"}
    return min(found, key=ORDER.index, default=None)


def _of_counts(claims: Sequence[Claim], origin: Mapping[str, str]) -> list[Conflict]:
    told: dict[tuple[str, str, str | None], list[list[tuple[Claim, Item, Count]]]] = {}
    for claim in sorted(claims, key=lambda one: (nearness(one), one.id)):
        for item in claim.items:
            count = item.quantity
            if count and not count.of:
                groups = told.setdefault((item.cls, " ".join(words(fold(item.model or "").text)), count.unit), [])
                group = next((group for group in groups if agree(count, group[0][2])), None)
                if group is None:
                    groups.append([(claim, item, count)])
                else:
                    group.append((claim, item, count))
    order = {claim.id: place for place, claim in enumerate(claims)}
    found = []
    for groups in told.values():
        ranked = sorted(((_rank(group, order, origin), _side(group, origin), group[0][2]) for group in groups), key=lambda row: row[0])
        if len(ranked) < 2:
            continue
        (rank, first, count), *rest = ranked
        others = [
            Side(side.figure, side.claims, side.origins, why_counts(count, other))
            for _, side, other in rest
            if not set(side.claims) & set(first.claims)  # "8 radar, 3 of them now": told in one breath
        ]
        if others:
            found.append(_conflict(first, others, rank, rest[0][0]))
    return found


def _rank(group: Sequence[tuple[Claim, Item, Count]], order: Mapping[str, int], origin: Mapping[str, str]) -> tuple[int, int, int]:
    claims = [claim for claim, *_ in group]
    return min(map(nearness, claims)), -len({origin[claim.id] for claim in claims}), min(order[claim.id] for claim in claims)


def _side(group: Sequence[tuple[Claim, Item, Count]], origin: Mapping[str, str]) -> Side:
    claims = tuple(sorted({claim.id for claim, *_ in group}))
    item, count = group[0][1], group[0][2]
    stock = Stock(item.cls, item.model, item.text, meet([reach(count) for *_, count in group]), count.unit)
    return Side(stock, claims, len({origin[id_] for id_ in claims}))


def _conflict(first: Side, others: Sequence[Side], rank: tuple[int, ...], next_rank: tuple[int, ...]) -> Conflict:
    causes = {side.cause for side in others}
    deciding = next(place for place, (a, b) in enumerate(zip(rank, next_rank, strict=True)) if a != b or place == len(rank) - 1)
    return Conflict(tuple(cause for cause in ORDER if cause in causes), (first, *others), _RULES[deciding], "disputed" in causes)
