"""What was due and has no report that it came, of a ledger in memory (rule Q8)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from vientro.ledger.follow import overdue
from vientro.publish.dates import last_day
from vientro.publish.late import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.ledger.follow import Overdue
    from vientro.ledger.lookup import Coverage
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
    made = []
    for one in found:
        after = (date.fromisoformat(one.last_day) + timedelta(days=1)).isoformat()
        witnesses = (witness for step in view.in_order[one.deal] for witness in view.line(step).witnesses)
        read_of = {witness.article.outlet for witness in witnesses}
        read, outlets = view.keep(("read since", after, day), partial(_read_since, store, after, day))
        quiet = tuple(sorted({outlet for outlet in read_of if outlet} - outlets))
        maybe = tuple(view.line(view.steps[id_]) for id_ in one.maybe)
        made.append(Item(one, view.line(view.steps[one.step]), maybe, read, quiet))
    return made


def _read_since(store: Store, after: str, day: str) -> tuple[Coverage, set[str]]:
    """How much was read of the days from one to another, and the outlets of it."""
    return store.coverage(after, day), store.outlets(after, day)
