"""What became of a promise: what share of it has come, how long it has been open, what was due and passed in silence (rules A2, A5, Q8)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vientro.ledger.slots import same_party
from vientro.model.edtf import interval
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vientro.model.ledger import Deal, State, Step, Stock, Sum

OPEN: tuple[State, ...] = ("pledged", "approved", "ordered", "partly delivered")
_PROMISES = ("commit", "approve", "procure")
_DELIVERIES = ("deliver", "train")
_MOST_MAYBE = 5
_STOPS: tuple[State, ...] = ("suspended", "refused", "declined", "blocked", "cancelled")

Kind = tuple[str | None, ...]  # class and model of items, or "money", a currency, and the money's mode and purpose
Purse = tuple[str | None, str | None]  # mode and purpose of money
Told = tuple[str, str]  # the first and the last day (ISO 8601) on which a step was told, "" where unknown


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one thing has come: `whole` is what was promised (None where no number was told), `come` what was delivered.

    `share` is 0 to 1. A delivery without a number leaves `come` without an upper bound: unknown is not zero. `mode` and `support` tell
    money apart where a deal holds several kinds of one currency; None where it holds one.
    """

    thing: Sum | Stock
    whole: Interval | None
    come: Interval
    share: Interval | None
    mode: str | None = None
    support: str | None = None


@dataclass(frozen=True, slots=True)
class Follow:
    """A deal as of a day: `open` is true of what is promised and has neither come nor been stopped.

    `since` is when the first promise was made (EDTF), that of its telling where it has no day, and `age` the days since, the least where
    `since` is no single day; `due` are the days told by promises (EDTF); `last` is the last day on which the deal was told of.
    """

    deal: str
    open: bool
    since: str | None
    age: int | None
    due: tuple[str, ...]
    shares: tuple[Share, ...]
    last: str | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A due day that has passed without a report that the thing came.

    `last_day` is the last day that `due` may mean, `days` how many have passed since. `last` is the last day on which the deal was told
    of, and `silent` whether that was before the due day had passed; None where no article on the deal has a day. `maybe` are deliveries
    in other deals that may be the one.
    """

    deal: str
    step: str
    due: str
    last_day: str
    days: int
    last: str | None
    silent: bool | None
    maybe: tuple[str, ...]


def follow(deal: Deal, steps: Sequence[Step], told: Mapping[str, Told], as_of: date) -> Follow:
    """What became of a deal; `steps` are its own in order of time."""
    promises = [step for step in steps if step.counts and (step.type in _PROMISES or _planned(step))]
    since = next((edtf for step in promises if (edtf := step.date or told[step.id][0]) and interval(edtf)), None)
    days = interval(since) if since else None
    return Follow(
        deal=deal.id,
        open=deal.state in OPEN and bool(promises),
        since=since,
        age=max(0, (as_of - days[1]).days) if days else None,
        due=tuple(dict.fromkeys(step.due for step in promises if step.due)),
        shares=shares(steps),
        last=max((told[step.id][1] for step in steps), default="") or None,
    )


def shares(steps: Sequence[Step]) -> tuple[Share, ...]:
    """The share delivered of each thing that the steps of a deal name with a delivery.

    What may be a repeat (D5) or is unconfirmed (Q5) adds nothing; of several promises of one thing the largest is the whole (D3). A loan
    is no part of a gift, nor military aid of humanitarian.
    """
    whole: dict[Kind, Interval] = {}
    came: dict[Kind, list[Interval | None]] = defaultdict(list)
    things: dict[Kind, Sum | Stock] = {}
    models: dict[str, set[str]] = defaultdict(set)
    counted = [step for step in steps if step.counts and "Q5" not in step.flags and step.type in (*_PROMISES, "deliver")]
    for step in counted:
        for stock in step.items:
            models[stock.cls] |= {stock.model} if stock.model else set()
    purses = _purses(counted)
    for step in counted:
        for kind, thing, number, of in _things(step, models, purses):
            things.setdefault(kind, thing)
            if of is not None:
                whole[kind] = Interval(of, of, of)
            if _handed(step):
                came[kind] += [number] if "D5" not in step.flags else []
            elif number is not None and (kind not in whole or _size(number) > _size(whole[kind])):
                whole[kind] = number
    return tuple(_share(things[kind], whole.get(kind), told, _told_apart(kind, purses)) for kind, told in came.items() if told)


def _purses(steps: Sequence[Step]) -> Mapping[str, set[Purse]]:
    """By currency, the modes and purposes of money that was promised, without those that may be another one's."""
    found: dict[str, set[Purse]] = defaultdict(set)
    for step in steps:
        if step.sums and not _handed(step):
            found[step.sums[0].currency].add((step.mode, step.support))
    return {currency: {one for one in all_ if None not in one} or all_ for currency, all_ in found.items()}


def _purse(step: Step, promised: Collection[Purse]) -> Purse:
    """Which of the promised money a step is about: what it does not say is that of the only one that fits."""
    own = (step.mode, step.support)
    fitting = [one for one in promised if all(a is None or b is None or a == b for a, b in zip(one, own, strict=True))]
    if own in promised or len(fitting or promised) != 1:
        return own
    return next(iter(fitting or promised))


def _told_apart(kind: Kind, purses: Mapping[str, set[Purse]]) -> Purse:
    several = kind[0] == "money" and len(purses.get(kind[1] or "", ())) > 1
    return (kind[2], kind[3]) if several else (None, None)


def _things(
    step: Step, models: Mapping[str, set[str]], purses: Mapping[str, set[Purse]]
) -> Iterable[tuple[Kind, Sum | Stock, Interval | None, float | None]]:
    """What a step is about, how much of it, and of what whole; a class without a model is the only model of its class."""
    for stock in step.items:
        known = models[stock.cls]
        yield (stock.cls, stock.model or (min(known) if len(known) == 1 else None)), stock, stock.count, stock.of
    for one in step.sums[:1]:
        if not one.per:
            yield ("money", one.currency, *_purse(step, purses.get(one.currency, ()))), one, one.value, None


def _share(thing: Sum | Stock, whole: Interval | None, told: Sequence[Interval | None], apart: Purse) -> Share:
    lows, bests, highs = ([getattr(one, bound, None) for one in told] for bound in ("low", "best", "high"))
    # Of what came in parts the whole is an upper bound only where each part has one.
    come = Interval(
        sum(low or 0.0 for low in lows),
        sum(best for best in bests if best is not None) if None not in bests else None,
        sum(high for high in highs if high is not None) if None not in highs else None,
    )
    return Share(thing, whole, come, _ratio(come, whole) if whole else None, *apart)


def _ratio(come: Interval, whole: Interval) -> Interval:
    low = come.low / whole.high if come.low is not None and whole.high else None
    best = come.best / whole.best if come.best is not None and whole.best else None
    high = come.high / whole.low if come.high is not None and whole.low else None
    return Interval(*(None if part is None else min(1.0, part) for part in (low, best, high)))


def overdue(deal: str, steps: Sequence[Step], told: Mapping[str, Told], as_of: date, others: Sequence[Step] = ()) -> list[Overdue]:
    """The due days of a deal's promises that have passed by `as_of`, without a report since the promise that it was kept or stopped.

    A due day that was put off (the same thing told later with a later day) is none any more. `others` are deliveries of other deals: one
    that came by the day keeps a promise that names nothing it could be told apart by.
    """
    found = []
    last = max((told[step.id][1] for step in steps), default="")
    for step in steps:
        days = interval(step.due) if step.due else None
        if not days or not step.counts or not (step.type in _PROMISES or _planned(step)) or days[1] >= as_of:
            continue
        promised = _day(step, told)
        if any(_settles(other, step, promised, told) or _puts_off(other, step, told) for other in steps if other.id != step.id):
            continue
        if any(_keeps(other, step, promised, told) for other in others):
            continue
        maybe = tuple(other.id for other in others if _may_be(other, step, promised, told))[:_MOST_MAYBE]
        end = days[1].isoformat()
        found.append(
            Overdue(deal, step.id, step.due or "", end, (as_of - days[1]).days, last or None, last <= end if last else None, maybe)
        )
    return found


def _settles(other: Step, step: Step, promised: date | None, told: Mapping[str, Told]) -> bool:
    """Whether a step tells that a promise was kept or stopped: a delivery, or a stop, of the day of the promise or later."""
    if not other.counts or "Q5" in other.flags or not (_handed(other) or other.state in _STOPS):
        return False
    day = _day(other, told)
    return (day is None or promised is None or day >= promised) and _about_one_thing(other, step)


def _puts_off(other: Step, step: Step, told: Mapping[str, Told]) -> bool:
    later, earlier = (interval(one.due) if one.due else None for one in (other, step))
    said_later = told[other.id][0] > told[step.id][0]
    return bool(later and earlier and said_later and later[1] > earlier[1] and other.counts and _about_one_thing(other, step))


def _may_be(other: Step, step: Step, promised: date | None, told: Mapping[str, Told]) -> bool:
    """Whether a delivery of another deal may be what was promised: on a known day, for the same party, by the same giver; or, where one of
    them names no giver, of the same things."""
    if not _settles(other, step, promised, told) or not _handed(other) or _day(other, told) is None:
        return False
    recipients = [same_party(party, other.recipients) for party in step.recipients]
    givers = [same_party(party, other.actors) for party in step.actors]
    things = {stock.cls for stock in step.items} & {stock.cls for stock in other.items}
    return True in recipients and (True in givers or (not (step.actors and other.actors) and bool(things)))


def _keeps(other: Step, step: Step, promised: date | None, told: Mapping[str, Told]) -> bool:
    """Whether a delivery of another deal keeps a promise that names no thing and no sum: by its due day, for the same party and purpose, by
    the same giver where both name one."""
    day, due = _day(other, told), interval(step.due) if step.due else None
    if step.items or step.sums or not (day and due and day <= due[1]) or not (_handed(other) and _settles(other, step, promised, told)):
        return False
    return (
        any(same_party(party, other.recipients) for party in step.recipients)
        and (not (step.actors and other.actors) or any(same_party(party, other.actors) for party in step.actors))
        and (step.support == other.support is not None)
    )


def _about_one_thing(a: Step, b: Step) -> bool:
    classes = [{stock.cls for stock in one.items} for one in (a, b)]
    return not all(classes) or bool(classes[0] & classes[1])


def _planned(step: Step) -> bool:
    return step.type in _DELIVERIES and step.modality == "planned"


def _handed(step: Step) -> bool:
    return step.type in _DELIVERIES and step.modality == "actual" and step.counts


def _size(value: Interval) -> float:
    return value.high or value.best or value.low or 0.0


def _day(step: Step, told: Mapping[str, Told]) -> date | None:
    """The first day of an act, that of its telling where it has none."""
    days = interval(step.date or told[step.id][0]) if step.date or told[step.id][0] else None
    return days[0] if days and days[0] != date.min else None
