"""How the sources do: which answer, which bring news, what is left out and why, and whose pages seem to be misread since they changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vientro.store.desk import Desk, SourceState

DRIFT = 20  # pages in a row that tell of a change in how an outlet writes its pages
_QUIET = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Health:
    """`status` is one of: never asked, added, ok, no news, down. `since` is the moment that it is about, `drift` what looks wrong with the
    last pages. Moments are ISO 8601 in UTC, "" for never; counts are of all time."""

    name: str
    url: str
    status: str
    since: str = ""
    fault: str = ""
    succeeded: str = ""
    news: str = ""
    items: int = 0
    articles: int = 0
    waiting: int = 0
    withdrawn: int = 0
    failed: int = 0
    rejects: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    drift: tuple[str, ...] = ()


def health(desk: Desk, now: datetime) -> list[Health]:
    """Every source that was ever asked, by name; addresses that were added by hand are sources of their own."""
    counts, states = desk.counts(), desk.states()
    known = {state.name: state for state in desk.sources()}
    names = sorted({*known, *states, *(source for source, _, _ in counts)})
    return [_of(name, known.get(name), states.get(name, {}), counts, desk, now) for name in names]


def _of(
    name: str, state: SourceState | None, states: dict[str, int], counts: dict[tuple[str, str, str], int], desk: Desk, now: datetime
) -> Health:
    mine: dict[str, Counter[str]] = {}
    for (source, kind, what), count in counts.items():
        if source == name:
            mine.setdefault(kind, Counter())[what] += count
    status, since = _status(state, now)
    asked = next((turn.asked for turn in desk.last(name, 1)), "") if state is None else state.succeeded
    articles = mine.get("articles", Counter())
    return Health(
        name,
        state.url if state else name,
        status,
        since,
        state.fault if state else "",
        asked,
        state.news if state else "",
        sum(states.values()),
        articles["new"] + articles["changed"],
        states.get("waiting", 0),
        states.get("withdrawn", 0),
        states.get("failed", 0) + states.get("refused", 0),
        dict(sorted(mine.get("reject", {}).items())),
        dict(sorted(mine.get("fault", {}).items())),
        _drift(name, desk),
    )


def _status(state: SourceState | None, now: datetime) -> tuple[str, str]:
    """A source that is down does not answer; one without news answers, and has nothing new to tell."""
    if state is None:
        return "added", ""
    if state.failures:
        return "down", state.succeeded
    if not state.succeeded:
        return "never asked", ""
    quiet = not state.news or now - datetime.fromisoformat(state.news) > _QUIET
    return ("no news", state.news) if quiet else ("ok", state.news)


def _drift(name: str, desk: Desk) -> tuple[str, ...]:
    last = desk.last(name, DRIFT)
    if len(last) < DRIFT:
        return ()
    taken = [turn for turn in last if turn.state == "taken"]
    if not taken:
        return (f"no article in the last {DRIFT} pages",)
    told = []
    if not any(turn.lede for turn in taken):
        told.append(f"no lede in the last {DRIFT} pages")
    if not any(turn.published for turn in taken):
        told.append(f"no day of publication in the last {DRIFT} pages")
    return tuple(told)
