"""The acts of a topic as a page tells them: the newest first, one line an act, moved up by news of it, as editors want it shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from vientro.publish.dates import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.publish.lines import Line

News = Literal["sum", "figure", "items", "count", "due", "correction"]
LONG = 31  # days; what is first told later than this is looked back on, and no more telling of it is news
_SAME = 0.05  # sums closer than this are one, rounded


@dataclass(frozen=True, slots=True)
class Update:
    """A day (ISO 8601) on which something came to an act that the page did not say before."""

    day: str
    what: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """What editors ruled on how an act is shown, the last ruling of each kind; `corrections` are of what it says, in order of time."""

    pin: Decision | None = None
    hide: Decision | None = None
    reword: Decision | None = None
    corrections: tuple[Decision, ...] = ()

    @property
    def words(self) -> str | None:
        return str(self.reword.value) if self.reword else None


PLAIN = Edits()


@dataclass(frozen=True, slots=True)
class Row:
    """An act on the page. `day` is where it stands, a key for sorting; `under` is the date that stands above it (EDTF); `first` is when it
    was first told (a day or a moment). All are "" where there is none."""

    line: Line
    day: str
    under: str
    first: str
    updates: tuple[Update, ...] = ()
    edits: Edits = PLAIN


@dataclass(frozen=True, slots=True)
class Timeline:
    """The page: what is pinned, then date by date (EDTF, "" for none). `background` are totals so far and habits: no acts of a day."""

    pinned: tuple[Row, ...] = ()
    days: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    hidden: tuple[Row, ...] = ()
    background: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """How many lines are shown as news."""
        return len(self.pinned) + sum(len(rows) for _, rows in self.days)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Everything that is shown as news, in order."""
        return (*self.pinned, *(row for _, rows in self.days for row in rows))


def part(page: Timeline, start: int, stop: int | None) -> Timeline:
    """The news of a page from one line to another, in their groups."""
    pinned = page.pinned[start:stop]
    before = len(page.pinned)
    rest: list[Row] = []
    for _, rows in page.days:
        if stop is not None and before >= stop:
            break
        rest += rows[max(0, start - before) : None if stop is None else stop - before]
        before += len(rows)
    days = groupby(rest, key=lambda row: row.under)
    return replace(page, pinned=pinned, days=tuple((under, tuple(rows)) for under, rows in days))


@dataclass
class _Known:
    """What the page has said of an act so far."""

    sums: dict[str, list[float]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    due: bool = False

    def take(self, claims: Iterable[Claim]) -> list[News]:
        """What of these claims is new, after which it is known."""
        found: dict[News, None] = {}
        had_sums, had_items = bool(self.sums), bool(self.classes)
        for claim in claims:
            for money in claim.amounts:
                of_currency = self.sums.setdefault(money.currency, [])
                if not had_sums:
                    found["sum"] = None
                elif of_currency and not any(abs(money.value - one) <= _SAME * max(money.value, one) for one in of_currency):
                    found["figure"] = None
                of_currency.append(money.value)
            for item in claim.items:
                if not had_items:
                    found["items"] = None
                elif item.quantity and item.cls in self.classes and item.cls not in self.counted:
                    found["count"] = None
            self.classes |= {item.cls for item in claim.items}
            self.counted |= {item.cls for item in claim.items if item.quantity}
            if claim.due and not self.due:
                found["due"] = None
                self.due = True
        return list(found)


def timeline(lines: Iterable[Line], edits: Mapping[str, Edits]) -> Timeline:
    """The page of some acts; `edits` by step."""
    rows = sorted((row_of(line, edits.get(line.step.id, PLAIN)) for line in lines), key=_first, reverse=True)
    rows.sort(key=lambda row: (row.day, row.under), reverse=True)
    shown = [row for row in rows if not row.edits.hide]
    news = [row for row in shown if row.line.step.scope == "act" or row.edits.pin]
    pinned = sorted((row for row in news if row.edits.pin), key=lambda row: row.edits.pin.at if row.edits.pin else "", reverse=True)
    days = groupby((row for row in news if not row.edits.pin), key=lambda row: row.under)
    return Timeline(
        tuple(pinned),
        tuple((day, tuple(of_day)) for day, of_day in days),
        tuple(row for row in rows if row.edits.hide),
        tuple(row for row in shown if row.line.step.scope != "act" and not row.edits.pin),
    )


def row_of(line: Line, edits: Edits = PLAIN) -> Row:
    """An act with its place: the day of the act, or of the telling where it has none or lies ahead, or of the last news of it."""
    told = min((one.article.published for one in line.witnesses if one.article.published), default="")
    acted, first = last_day(line.step.date), told[:10]
    place, under = (first, first) if first and (not acted or acted > first) else (acted, line.step.date or "")
    found = [] if _looked_back_on(line.step.date, first) else updates(line)
    found += [Update(one.at[:10], ("correction",)) for one in edits.corrections]
    found.sort(key=lambda one: one.day)
    if found and found[-1].day > place:
        place = under = found[-1].day
    return Row(line, place, under, told, tuple(found), edits)


def updates(line: Line) -> list[Update]:
    """The days after the first telling on which a report added a sum, things, their number or a due day, or told another figure."""
    if len(line.witnesses) < 2:
        return []
    dated = sorted((one.article.published[:10], one.claim.id, one.claim) for one in line.witnesses if one.article.published)
    known, found = _Known(), list[Update]()
    for number, (day, told) in enumerate(groupby(dated, key=lambda one: one[0])):
        news = known.take(claim for _, _, claim in told)
        if news and number:
            found.append(Update(day, tuple(news)))
    return found


def edits_of(standing: Sequence[Decision], step_of: Mapping[str, str], slug: str) -> dict[str, Edits]:
    """By step, what editors of a topic ruled, and what anybody corrected; `step_of` leads from a claim to its step.

    A ruling is on the step that holds most of its claims now.
    """
    found: dict[str, dict[str, Decision]] = {}
    corrected: dict[str, list[Decision]] = {}
    for decision in standing:
        editorial = decision.kind in ("pin", "hide", "reword") and decision.slot == slot_of(slug)
        if not editorial and decision.kind != "correct":
            continue
        held = Counter(step_of[id_] for id_ in decision.claims if id_ in step_of)
        if not held:
            continue
        step = min(held, key=lambda id_: (-held[id_], id_))
        if editorial:
            found.setdefault(step, {})[decision.kind] = decision
        else:
            corrected.setdefault(step, []).append(decision)
    return {
        step: Edits(
            found.get(step, {}).get("pin"),
            found.get(step, {}).get("hide"),
            found.get(step, {}).get("reword"),
            tuple(corrected.get(step, ())),
        )
        for step in found.keys() | corrected.keys()
    }


def slot_of(slug: str) -> str:
    """What a decision names as its slot that is about the page of a topic."""
    return f"topic {slug}"


def _looked_back_on(edtf: str | None, told: str) -> bool:
    acted = last_day(edtf)
    try:
        return bool(acted and told) and (date.fromisoformat(told) - date.fromisoformat(acted)).days > LONG
    except ValueError:  # the 31st of a short month, which stands for its end
        return acted[:7] < told[:7] and first_day(edtf)[:7] < told[:7]


def _first(row: Row) -> tuple[str, str]:
    return row.first, row.line.step.id
