"""What the acts of a view come to under a profile: an interval in one currency, and what was left out of it by which rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vientro.ledger.counting.cells import figure, order
from vientro.ledger.counting.count import Question, answer, ground, stance
from vientro.ledger.counting.exchange import Exchange
from vientro.ledger.counting.profiles import shipped
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from vientro.ledger.counting.cells import Figure
    from vientro.ledger.counting.count import Count, Ground
    from vientro.ledger.counting.lines import Line
    from vientro.model.ledger import Step
    from vientro.serve.filters import Filters
    from vientro.serve.shelf import View

EXCHANGE = Exchange()
_WIDER = ("pledged", "announced")
_SUMMED = ("support", "sales")  # sanctions, opposition and talks come to no sum


@dataclass(frozen=True, slots=True)
class Tally:
    """A whole ledger counted under a profile: by step what it adds, for which donors, and the rule by which any other step is out."""

    adds: Mapping[str, tuple[tuple[frozenset[str], Line], ...]]
    out: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Totals:
    """The total of a view. `left_out` has the rules by which steps are out, each with how many; `tables` are those of exchange rates."""

    figure: Figure
    left_out: tuple[tuple[str, int], ...]
    tables: tuple[str, ...]

    @property
    def out(self) -> int:
        return sum(many for _, many in self.left_out)


def counted(view: View, question: Question) -> Count:
    """The answer to a question, worked out once for each state of the ledger."""
    asked = (question.profile.name, question.by, question.currency, question.donor, question.recipient, question.lines, question.cumulative)
    return view.keep(("count", *asked), lambda: answer(_ground(view, question), question))


def _ground(view: View, question: Question) -> Ground:
    return view.keep(("ground", *stance(question)), lambda: ground(view.entries.values(), question, EXCHANGE))


def summed(view: View, steps: Iterable[Step], filters: Filters) -> Totals | None:
    """The total of a part of the ledger under its profile, worked out once for each view; None where nothing is to be summed."""
    if filters.tab not in _SUMMED:
        return None
    return view.keep(("totals", replace(filters, sort="newest", page=1)), lambda: totals(view, steps, filters))


def totals(view: View, steps: Iterable[Step], filters: Filters) -> Totals:
    """The sum of some steps as they count in the whole ledger: what stands in another step's chain or package is out here too (D1, D3).

    Of a joint act one of its parties has anything from nothing to all (D9).
    """
    tally = _tallied(view, filters)
    lines: list[Line] = []
    values: list[Interval | None] = []
    out: Counter[str] = Counter()
    for step in steps:
        if found := _parts(view, step, filters, tally):
            lines += [line for line, _ in found]
            values += [value for _, value in found]
        else:
            out[_rule(step, tally)] += 1
    ceilings = shipped(filters.profile).ceilings
    summed = figure(values, ceilings=ceilings, estimates=sum(line.estimate for line in lines))
    summed = replace(summed, steps=len({line.step for line in lines}))
    tables = sorted({line.rate.table for line in lines if line.rate and line.rate.currency != line.rate.into})
    return Totals(summed, tuple((rule, out[rule]) for rule in sorted(out, key=order)), tuple(tables))


def elsewhere(view: View, steps: Iterable[Step], filters: Filters) -> str:
    """The profile that sums figures of a view whose own sums none; "" where none is needed or known."""
    steps = list(steps)
    own = summed(view, steps, filters)
    if not own or own.figure.low is not None:
        return ""
    others = ((name, summed(view, steps, replace(filters, profile=name))) for name in _WIDER if name != filters.profile)
    return next((name for name, total in others if total and total.figure.low is not None), "")


def in_total(view: View, step: Step, filters: Filters) -> tuple[Figure | None, str | None]:
    """What an act adds to the total of a view, or the rule by which it is out."""
    tally = _tallied(view, filters)
    found = _parts(view, step, filters, tally)
    if not found:
        return None, _rule(step, tally)
    return figure([value for _, value in found], ceilings=shipped(filters.profile).ceilings), None


def _parts(view: View, step: Step, filters: Filters, tally: Tally) -> list[tuple[Line, Interval | None]]:
    found = tally.adds.get(step.id, ())
    wanted = frozenset(filters.choice.donors) | frozenset(filters.payers)
    mine = [one for one in found if not wanted or wanted & one[0]] or found
    of_some = _partly(filters.choice.recipients, view.entries[step.id].recipients)
    return [(line, _narrowed(line.value) if of_some or _partly(wanted, donors) else line.value) for donors, line in mine]


def _rule(step: Step, tally: Tally) -> str:
    return tally.out.get(step.id, "C10")


def _tallied(view: View, filters: Filters) -> Tally:
    return view.keep(("tally", filters.profile, filters.currency), lambda: _tally(view, filters))


def _tally(view: View, filters: Filters) -> Tally:
    question = Question(shipped(filters.profile), ("donor",), filters.currency, data_end=view.book.newest)
    found = answer(_ground(view, question), question)
    adds: dict[str, list[tuple[frozenset[str], Line]]] = defaultdict(list)
    for cell in found.cells:
        donors = frozenset(cell.key[0].split(" + "))
        for line in cell.lines:
            adds[line.step].append((donors, line))
    out = {step: rule for rule, steps in found.left_out.items() for step in steps}
    return Tally({step: tuple(lines) for step, lines in adds.items()}, out)


def _partly(wanted: Collection[str], parties: Collection[str]) -> bool:
    """Whether some of the parties are asked for, and others are not."""
    return any(one in wanted for one in parties) and any(one not in wanted for one in parties)


def _narrowed(value: Interval | None) -> Interval | None:
    if value is None:
        return None
    return Interval(min(0.0, value.low or 0.0), None, None if value.high is None else max(0.0, value.high))
