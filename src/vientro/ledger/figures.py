"""Figures of a step: numbers as intervals, and why two of them differ (rules A5, D15, Q3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from vientro.ledger.data import rows
from vientro.ledger.sources import nearness
from vientro.link.compare import agree, same_sum
from vientro.model.edtf import apart, interval
from vientro.model.ledger import Cause, Interval, Stock, Sum
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.model.claim import Claim, Count, Item, Money

_ROUNDED = 0.06  # 2.3 for 2.25, 105 for 108


def reach(told: Count | Money) -> Interval:
    """What a told number says: "up to" is a ceiling, "at least" a floor, a range is both, and none has a midpoint;
    "about" and "nearly" are read as within a tenth."""
    whole = getattr(told, "of", None)
    if told.bound == "exact":
        return Interval(told.value, told.value, told.value)
    if told.bound == "about":
        return Interval(told.value * 9 / 10, told.value, told.value * 11 / 10)
    if told.bound == "at_least":
        return Interval(told.value, None, whole)
    if told.bound == "up_to":
        return Interval(None, None, told.value)
    return Interval(told.value, None, told.max)


def meet(intervals: Sequence[Interval]) -> Interval:
    """What several numbers that fit each other say together: the highest floor, the lowest ceiling, the figure told most often."""
    lows = [one.low for one in intervals if one.low is not None]
    highs = [one.high for one in intervals if one.high is not None]
    told = Counter(one.best for one in intervals if one.best is not None)
    best = min(told, key=lambda value: (-told[value], value)) if told else None
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:  # they fit within what their words allow, not to the digit
        low, high = high, low
    return Interval(low, best, high)


def stocks(claims: Sequence[Claim]) -> tuple[Stock, ...]:
    """The items of a step by class and model; a class without a model is the same item as the only model of its class."""
    found: dict[tuple[str, str], list[Item]] = {}
    for claim in claims:
        for item in claim.items:
            found.setdefault((item.cls, " ".join(words(fold(item.model or "").text))), []).append(item)
    for cls, model in list(found):
        models = [other for kind, other in found if kind == cls and other]
        if not model and len(models) == 1:
            found[cls, models[0]] += found.pop((cls, ""))
    return tuple(_stock(items) for items in found.values())


def _stock(items: Sequence[Item]) -> Stock:
    named = next((item for item in items if item.model), items[0])
    counts = [item.quantity for item in items if item.quantity]
    fitting = [count for count in counts if agree(count, counts[0])]
    return Stock(
        cls=named.cls,
        model=named.model,
        text=named.text,
        count=meet([reach(count) for count in fitting]) if fitting else None,
        unit=next((count.unit for count in counts if count.unit), None),
        of=next((count.of for count in counts if count.of), None),
    )


def sums(claims: Sequence[Claim], origin: Mapping[str, str]) -> tuple[Sum, ...]:
    """The sums of a step, those that fit each other as one. The preferred one comes first: told by whoever is nearest to the
    deed, then by the most origins, then in the figure told first."""
    return tuple(one.figure for one in told_sums(claims, origin))


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, who tells it in which words, and what ranks it among others: nearness to the deed, origins, order of telling."""

    figure: Sum
    by: tuple[tuple[Claim, Money], ...]
    rank: tuple[int, int, int]


def told_sums(claims: Sequence[Claim], origin: Mapping[str, str]) -> list[Told]:
    """The sums of a step with those who tell them, the preferred one first."""
    groups: list[list[tuple[Claim, Money]]] = []
    for claim in sorted(claims, key=lambda one: (nearness(one), one.id)):
        for money in claim.amounts:
            group = next((group for group in groups if money.currency == group[0][1].currency and same_sum(money, group[0][1])), None)
            if group is None:
                groups.append([(claim, money)])
            else:
                group.append((claim, money))
    order = {claim.id: place for place, claim in enumerate(claims)}
    made = []
    for group in groups:
        origins = len({origin[claim.id] for claim, _ in group})
        figure = Sum(
            currency=group[0][1].currency,
            value=meet([reach(money) for _, money in group]),
            claims=tuple(sorted({claim.id for claim, _ in group})),
            origins=origins,
            per=group[0][1].per,
        )
        rank = (min(nearness(claim) for claim, _ in group), -origins, min(order[claim.id] for claim, _ in group))
        made.append(Told(figure, tuple(group), rank))
    return sorted(made, key=lambda one: one.rank)


def causes(claims: Sequence[Claim]) -> tuple[Cause, ...]:
    """Why the claims of a step name different figures, each cause once; "disputed" where none is found."""
    found: set[Cause] = set()
    told = [claim for claim in claims if claim.amounts]
    for place, a in enumerate(told):
        for b in told[place + 1 :]:
            found |= between(a, b)
    for x, y in _counts(claims):
        found.add(why_counts(x, y))
    return tuple(cause for cause in ORDER if cause in found)


def why_counts(x: Count, y: Count) -> Cause:
    """Why two numbers of one thing differ."""
    return "rounding" if _near(x.value, y.value) else "bound" if _bounded(x, y) or _bounded(y, x) else "disputed"


ORDER: tuple[Cause, ...] = ("conversion", "rounding", "bound", "part and whole", "tranche", "other day", "disputed")


def between(a: Claim, b: Claim) -> set[Cause]:
    """Why the sums of two claims differ; empty where some of them agree, or none can be compared."""
    pairs = [(x, y) for x in a.amounts for y in b.amounts if x.per == y.per]
    if any(x.currency == y.currency and agree(x, y) for x, y in pairs):
        return set()
    found = {cause for x, y in pairs if (cause := why_sums((a, x), (b, y)))}
    return {min(found, key=ORDER.index)} if found else set()


def why_sums(one: tuple[Claim, Money], other: tuple[Claim, Money]) -> Cause | None:
    """Why two sums differ, each with its claim; None where they are of different periods, or of currencies without a known rate."""
    (a, x), (b, y) = one, other
    same = same_sum(x, y)
    if same is None:
        return None
    if x.currency != y.currency:
        return "conversion" if same else "disputed"
    if _near(x.value, y.value):
        return "rounding"
    if _bounded(x, y) or _bounded(y, x):
        return "bound"
    for row in rows("causes"):
        if any(word in claim.evidence.lower() for claim in (a, b) for word in row["words"].split("|")):
            return cast("Cause", row["cause"])
    days = [interval(claim.date) if claim.date else None for claim in (a, b)]
    return "other day" if days[0] and days[1] and apart(days[0], days[1]) > 1 else "disputed"


def _counts(claims: Sequence[Claim]) -> list[tuple[Count, Count]]:
    """Quantities of one class, model and unit that do not fit each other."""
    told = [
        ((item.cls, item.model, item.quantity.unit), item.quantity, claim.id)
        for claim in claims
        for item in claim.items
        if item.quantity and not item.quantity.of
    ]
    return [
        (a, b)
        for place, (kind, a, by) in enumerate(told)
        for other, b, also in told[place + 1 :]
        if kind == other and by != also and not agree(a, b)
    ]


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= _ROUNDED * max(abs(a), abs(b))


def _bounded(a: Count | Money, b: Count | Money) -> bool:
    """Whether b lies within the open side of a: "up to 10" and 4, "at least 400" and 900."""
    return (a.bound == "at_least" and b.value >= a.value) or (a.bound == "up_to" and b.value <= a.value)
