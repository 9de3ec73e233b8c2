"""What a step puts into a cell: its sum in one currency, how it came about, and the rules that touched it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vientro.ledger.counting.cells import Line
from vientro.ledger.counting.exchange import convert
from vientro.ledger.counting.prices import derive
from vientro.ledger.counting.selection import NOT_SAID
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from vientro.ledger.counting.exchange import Exchange
    from vientro.ledger.counting.pieces import Piece
    from vientro.ledger.counting.prices import Prices
    from vientro.ledger.counting.profiles import Profile
    from vientro.model.counting import Entry


@dataclass(frozen=True, slots=True)
class Measure:
    """In what sums are told: the currency, the rates, the prices of things, and the day that stands in where a step has none (T5)."""

    currency: str
    exchange: Exchange
    prices: Prices
    profile: Profile
    data_end: str | None


def line(piece: Piece, measure: Measure) -> Line:
    """The line of a step or of a piece of one. A stated sum beats a price (A1); a sum without a rate is no figure, and is listed."""
    entry, profile = piece.entry, measure.profile
    value, currency, basis, derived, estimate = entry.value, entry.currency, str(entry.basis), None, piece.estimate
    rules = list(_rules(entry))
    rules += piece.rules
    if value is None and profile.prices and (found := derive(entry, measure.prices)):
        value, currency, basis, derived, estimate = found.value, found.currency, found.basis, found.how, True
        rules.append("A1")
    told, rate, rate_day = value, None, None
    if value and currency and currency != measure.currency:
        day = entry.day or entry.told or measure.data_end
        rate = measure.exchange.rate(currency, measure.currency, day) if day else None
        rate_day = "act" if entry.day else "telling" if entry.told else "data end"
        value = convert(value, rate) if rate else None
        estimate = estimate or bool(rate and rate.estimate) or rate_day == "data end"
        rules += ("A6",) if entry.day else ("A6", "T1")
    if value is None:
        rules.append("A2")
    elif piece.part != 1.0 or entry.refund_of:
        value = _times(value, -piece.part if entry.refund_of else piece.part)
    return Line(
        step=entry.step,
        deal=entry.deal,
        value=value,
        currency=currency,
        told=told,
        per=entry.per,
        rate=rate,
        rate_day=rate_day,
        derived=derived,
        estimate=estimate,
        part=piece.part,
        mode=entry.mode or NOT_SAID,
        basis=basis,
        terms=entry.terms,
        was=entry.was,
        day=entry.day,
        grade=entry.grade,
        origins=entry.origins,
        rules=tuple(dict.fromkeys(rules)),
    )


def _rules(entry: Entry) -> tuple[str, ...]:
    """The rules that touch a step wherever it is counted, beside those that marked it already."""
    found = list(entry.flags)
    if entry.day is None:
        found.append("T3")
    if entry.per:
        found.append("T4")
    if entry.until:
        found.append("T2")
    if len(entry.payers) > 1:
        found.append("D9")
    if entry.kind == "group":
        found.append("D10")
    if entry.level == "delivery" and {*entry.givers} & {*entry.voices} and {*entry.recipients} & {*entry.voices}:
        found.append("D12")  # delivered, says the one, and received, says the other
    if entry.payers == ("EU",):
        found.append("D7")
    if entry.refund_of:
        found.append("D8")
    if entry.via or entry.funded_by:
        found.append("D6")
    if entry.mode in ("loan", "guarantee", "swap", "sale"):
        found.append("A4")
    if entry.payers != entry.givers:
        found.append("P1")
    if entry.withdrawn:
        found.append("Q9")
    return tuple(found)


def narrowed(told: Line) -> Line:
    """Rule D9: of a joint act without stated shares one of its parties has anything from nothing to all."""
    if told.value is None:
        return told
    low, high = told.value.low, told.value.high
    return replace(
        told,
        value=Interval(min(0.0, low or 0.0), None, None if high is None else max(0.0, high)),
        rules=tuple(dict.fromkeys((*told.rules, "D9"))),
    )


def _times(value: Interval, factor: float) -> Interval:
    low, best, high = (None if figure is None else figure * factor for figure in (value.low, value.best, value.high))
    return Interval(low, best, high) if factor >= 0 else Interval(high, best, low if low is not None else 0.0)
