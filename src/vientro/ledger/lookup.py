"""Finding the steps that a claim may be about without reading the whole ledger: keys that both have, and a ranking of what is found."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  the codec of filed steps reads the annotations at run time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vientro.ledger.figures import reach
from vientro.link.data import circle, types
from vientro.model.edtf import apart, interval
from vientro.model.ledger import Step  # noqa: TC001  as above
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.model.claim import Claim, Type
    from vientro.model.edtf import Days
    from vientro.model.ledger import Interval

_WITHOUT_A_DAY = {date.min, date.max}


@dataclass(frozen=True, slots=True)
class Filed:
    """A step as it is filed: with the day on which it was first told (ISO 8601, None where unknown) and the origins of its claims by id."""

    step: Step
    told: str | None
    origins: Mapping[str, str]

    @property
    def days(self) -> Days | None:
        """The days of the act; where they are not told, the day of the telling."""
        days = interval(self.step.date) if self.step.date else None
        return days or (interval(self.told) if self.told else None)

    @property
    def day(self) -> int | None:
        """The day under which the step is filed, as an ordinal."""
        return ordinal(self.days)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read: articles, on how many days, of how many outlets; `undated` of the articles have no day. Days are ISO 8601.

    `sources_down` are the watched sources that could not be reached for a time in these days (Q8); None where none was ever watched.
    """

    articles: int
    days: int
    outlets: int
    first: str | None
    last: str | None
    undated: int = 0
    sources_down: tuple[str, ...] | None = None


def ordinal(days: Days | None) -> int | None:
    """The first day as an ordinal, or the last of an interval without a beginning."""
    known = [day for day in days or () if day not in _WITHOUT_A_DAY]
    return known[0].toordinal() if known else None


def of_step(step: Step) -> set[str]:
    """The keys of a step: its givers, targets, lines from one to the other, models, sums."""
    roles = {"actors": step.actors, "recipients": step.recipients, "addressees": step.addressees}
    sums = [(one.currency, one.value) for one in step.sums]
    return _keys(step.type, roles, [stock.model for stock in step.items], sums)


def of_claim(claim: Claim) -> set[str]:
    """The keys of a claim, of the same kinds."""
    slots = {"actors": claim.actors, "recipients": claim.recipients, "addressees": claim.addressees}
    roles = {name: tuple(role.value for role in slot) for name, slot in slots.items()}
    sums = [(money.currency, reach(money)) for money in claim.amounts]
    return _keys(claim.type, roles, [item.model for item in claim.items], sums)


def around(step: Step) -> set[str]:
    """The keys under which the steps for the same parties are filed, among them whatever lies inside a sum over others."""
    return {f"to {_plain(party)}" for party in step.recipients}


def shortlist(claim: Claim, days: Days | None, found: Iterable[Filed], most: int) -> list[Filed]:
    """Of the steps found those that share most with a claim about those days, the likest first."""
    wanted, mine = of_claim(claim), types()[claim.type]["family"]

    def likeness(one: Filed) -> tuple[float, str]:
        shared = sum(_WORTH[key.split(" ", 1)[0]] for key in wanted & of_step(one.step))
        near = apart(days, one.days) if days and one.days else None
        close = 0.0 if near is None else 2.0 if near <= 2 else 1.0 if near <= 30 else -1.0 if near > 365 else 0.0
        return -(shared + close + (one.step.type == claim.type) + (types()[one.step.type]["family"] == mine)), one.step.id

    return sorted(found, key=likeness)[:most]


_WORTH = {"to": 1.0, "by": 1.0, "line": 1.5, "model": 2.0, "sum": 2.5}


def _keys(kind: Type, roles: Mapping[str, Sequence[str]], models: Iterable[str | None], sums: Iterable[tuple[str, Interval]]) -> set[str]:
    row = types()[kind]
    givers = [_plain(value) for value in roles.get(row["giver"], ())] or [_plain(value) for value in roles["actors"]]
    targets = [_plain(value) for value in roles.get(row["target"], ())]
    found = {f"by {giver}" for giver in givers} | {f"to {target}" for target in targets}
    found |= {f"line {giver} {target}" for giver in givers for target in targets}
    found |= {f"model {_plain(model)}" for model in models if model}
    for currency, value in sums:
        found |= {f"sum {currency} {figure:.2g}" for figure in (value.low, value.best, value.high) if figure}
    return found


def _plain(value: str) -> str:
    return " ".join(words(fold(value).text))


def within(code: str, others: Iterable[str]) -> bool:
    """Whether a code is one of the others, or a group that one of them stands in, or a member of one that is a group."""
    return any(other == code or other in circle(code) for other in others)
