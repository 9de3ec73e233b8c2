"""What a step adds to a cell: its sum in one currency, how that came about, and the rules that touched it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vientro.ledger.counting.exchange import Rate, convert
from vientro.ledger.counting.pieces import Piece  # noqa: TC001  a named tuple knows its fields at run time
from vientro.ledger.counting.prices import derive
from vientro.ledger.counting.selection import NOT_SAID
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from vientro.ledger.counting.exchange import Exchange
    from vientro.ledger.counting.prices import Prices
    from vientro.ledger.counting.profiles import Profile

_EXCHANGED, _EXCHANGED_AS_TOLD, _UNKNOWN = ("A6",), ("A6", "T1"), ("A2",)


@dataclass(frozen=True, slots=True)
class Measure:
    """In what sums are told: the currency, the rates, the prices of things, and the day that stands in where a step has none (T5)."""

    currency: str
    exchange: Exchange
    prices: Prices
    profile: Profile
    data_end: str | None


class Worth(NamedTuple):
    """What a piece of a step adds, in the currency of the count (None where no figure is known, A2), and how that came about.

    `told` is the sum in `currency` as it was told, or worked out from prices (`derived`); `rules` are those of the making.
    """

    piece: Piece
    value: Interval | None
    rules: tuple[str, ...] = ()
    basis: str = "stated"
    estimate: bool = False
    currency: str | None = None
    told: Interval | None = None
    rate: Rate | None = None
    rate_day: str | None = None
    derived: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What one step puts into one cell. `value` is in the currency of the count, None where no figure is known (A2).

    `told` is the sum as it was told, `rate` what it was exchanged at (A6), `derived` how it was worked out from prices (A1). `part` is how
    much of the step this is. `rules` are those that touched it; `was` is the value before the donor restated it (A8); `day` is the
    day of the act (EDTF), and `rate_day` says on which day the rate rests: that of the act, of its telling, or the end of the data (T1).
    """

    step: str
    deal: str
    value: Interval | None
    currency: str | None = None
    told: Interval | None = None
    per: str | None = None
    rate: Rate | None = None
    rate_day: str | None = None
    derived: str | None = None
    estimate: bool = False
    part: float = 1.0
    mode: str = NOT_SAID
    basis: str = "stated"
    terms: str | None = None
    was: Interval | None = None
    day: str | None = None
    grade: str = "named"
    origins: int = 1
    rules: tuple[str, ...] = ()


def worth(piece: Piece, measure: Measure) -> Worth:
    """What a piece of a step adds. A stated sum beats a price (A1); a sum without a rate is no figure, and is listed."""
    entry = piece.entry
    value = entry.value
    if value is None:
        found = derive(entry, measure.prices) if measure.profile.prices else None
        if found is None:
            return Worth(piece, None, _UNKNOWN, entry.basis, piece.estimate)
        made = Worth(piece, found.value, ("A1",), found.basis, True, found.currency, found.value, derived=found.how)  # noqa: FBT003
    else:
        made = Worth(piece, _whole(piece, value), (), entry.basis, piece.estimate, entry.currency, value)
    if made.currency != measure.currency:
        made = _exchanged(made, measure)
    if made.value and (piece.part != 1.0 or entry.refund_of):
        return made._replace(value=_times(made.value, -piece.part if entry.refund_of else piece.part))
    return made


def _whole(piece: Piece, value: Interval) -> Interval:
    """What a sum comes to. Of one for each year, or for each thing, one is the least and nobody says how many, unless spread (T2)."""
    return Interval(value.low, None, None) if piece.entry.per and "T2" not in piece.rules else value


def _exchanged(made: Worth, measure: Measure) -> Worth:
    """Rule A6, and T1 where the rate is that of the day of the telling."""
    entry = made.piece.entry
    day = entry.day or entry.told or measure.data_end
    rate = measure.exchange.rate(made.currency or "", measure.currency, day) if day else None
    if made.value is None or rate is None:
        return made._replace(value=None, rules=(*made.rules, *_UNKNOWN))
    rules = _EXCHANGED if entry.day else _EXCHANGED_AS_TOLD
    basis = "act" if entry.day else "telling" if entry.told else "data end"
    estimate = made.estimate or rate.estimate or basis == "data end"
    touched = (*made.rules, *rules) if made.rules else rules
    value = convert(made.value, rate)
    return Worth(made.piece, value, touched, made.basis, estimate, made.currency, made.told, rate, basis, made.derived)


def narrowed(made: Worth) -> Worth:
    """Rule D9: of a joint act without stated shares one of its parties has anything from nothing to all."""
    if made.value is None:
        return made
    low, high = made.value.low, made.value.high
    value = Interval(min(0.0, low or 0.0), None, None if high is None else max(0.0, high))
    return made._replace(value=value, rules=(*made.rules, "D9"))


def line(made: Worth) -> Line:
    """The line of a piece of a step."""
    entry = made.piece.entry
    return Line(
        step=entry.step,
        deal=entry.deal,
        value=made.value,
        currency=made.currency,
        told=made.told,
        per=entry.per,
        rate=made.rate,
        rate_day=made.rate_day,
        derived=made.derived,
        estimate=made.estimate,
        part=made.piece.part,
        mode=entry.mode or NOT_SAID,
        basis=made.basis,
        terms=entry.terms,
        was=entry.was,
        day=entry.day,
        grade=entry.grade,
        origins=entry.origins,
        rules=tuple(dict.fromkeys((*entry.flags, *made.piece.rules, *made.rules))),
    )


def _times(value: Interval, factor: float) -> Interval:
    low, best, high = (None if figure is None else figure * factor for figure in (value.low, value.best, value.high))
    return Interval(low, best, high) if factor >= 0 else Interval(high, best, low if low is not None else 0.0)
