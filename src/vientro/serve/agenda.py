"""What was due and has no report that it came, of a ledger in memory (rule Q8)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vientro.ledger.follow import overdue
from vientro.ledger.lookup import Coverage
from vientro.publish.dates import last_day
from vientro.publish.late import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vientro.ledger.follow import Overdue
    from vientro.model.ledger import Step
    from vientro.serve.shelf import View
    from vientro.store.store import Store


def due(view: View, day: str) -> Sequence[Overdue]:
    """What was due before a day (ISO 8601), the latest due day first."""
    return view.keep("due" if day == view.book.newest else ("due", day), lambda: _due(view, day))


def _due(view: View, day: str) -> list[Overdue]:
    given: dict[str, list[Step]] = defaultdict(list)
    for step in view.book.ledger.steps:
        if step.type in ("deliver", "train") and step.counts:
            for party in step.recipients:
                given[party].append(step)
    found: list[Overdue] = []
    for id_, steps in view.in_order.items():
        late = [step for step in steps if step.due and last_day(step.due) < day]
        if late:
            others = {other.id: other for step in late for party in step.recipients for other in given[party] if other.deal != id_}
            found += overdue(id_, steps, view.told, date.fromisoformat(day), list(others.values()))
    return sorted(found, key=lambda one: (one.last_day, one.step), reverse=True)


def items(view: View, store: Store, found: Sequence[Overdue], day: str) -> list[Item]:
    """Each with its line, and with what was read since: silence rests on that."""
    made, since = [], view.keep("read since" if day == view.book.newest else ("read since", day), lambda: _read_until(store, day))
    for one in found:
        after = (date.fromisoformat(one.last_day) + timedelta(days=1)).isoformat()
        witnesses = (witness for step in view.in_order[one.deal] for witness in view.line(step).witnesses)
        read_of = {witness.article.outlet for witness in witnesses}
        read, outlets = since(after)
        quiet = tuple(sorted({outlet for outlet in read_of if outlet} - outlets))
        maybe = tuple(view.line(view.steps[id_]) for id_ in one.maybe)
        made.append(Item(one, view.line(view.steps[one.step]), maybe, read, quiet))
    return made


def _read_until(store: Store, last: str) -> Callable[[str], tuple[Coverage, frozenset[str]]]:
    """From a day on how much was read up to `last`, and the outlets of it: as `Store.coverage` and `Store.outlets` for any day at once."""
    of_day: dict[str, dict[str, int]] = defaultdict(dict)
    for day, outlet, articles in store.days():
        of_day[day][outlet] = articles
    undated = sum(of_day.pop("", {}).values())
    days = sorted((day for day in of_day if day <= last), reverse=True)
    articles, outlets = 0, frozenset[str]()
    told: list[tuple[Coverage, frozenset[str]]] = [(Coverage(0, 0, 0, None, None, undated), outlets)]
    for number, day in enumerate(days, 1):
        articles += sum(of_day[day].values())
        outlets = outlets if outlets.issuperset(of_day[day]) else outlets.union(of_day[day])
        told.append((Coverage(articles, number, len(outlets), day, days[0], undated), outlets))
    earliest_first = days[::-1]
    return lambda first: told[len(days) - bisect_left(earliest_first, first)]
