"""What is still to be done by whoever collects: sources with their marks, addresses with their turns, and counts. Not facts: a watch that
was stopped goes on from here, and one that loses it begins anew without anything being read twice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, func, inspect, select

from vientro.store.engine import upsert
from vientro.store.schema import NUMBER, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from vientro.store.store import Store

_metadata = MetaData()

_sources = Table(
    "desk_sources",
    _metadata,
    Column("name", WORDS, primary_key=True),
    Column("url", WORDS, nullable=False),
    Column("polled", WORDS, nullable=False),
    Column("succeeded", WORDS, nullable=False),
    Column("news", WORDS, nullable=False),
    Column("etag", WORDS, nullable=False),
    Column("modified", WORDS, nullable=False),
    Column("due", WORDS, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("fault", WORDS, nullable=False),
)

_turns = Table(
    "desk_turns",
    _metadata,
    Column("name", WORDS, primary_key=True),
    Column("number", NUMBER, nullable=False),
    Column("url", WORDS, nullable=False),
    Column("source", WORDS, nullable=False),
    Column("state", WORDS, nullable=False),
    Column("due", WORDS, nullable=False),
    Column("first", WORDS, nullable=False),
    Column("asked", WORDS, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("title", WORDS, nullable=False),
    Column("published", WORDS, nullable=False),
    Column("article", WORDS, nullable=False),
    Column("page", WORDS, nullable=False),
    Column("etag", WORDS, nullable=False),
    Column("modified", WORDS, nullable=False),
    Column("reason", WORDS, nullable=False),
    Column("lede", Integer, nullable=False),
    Index("desk_turns_due", "due"),
    Index("desk_turns_source", "source", "asked"),
)

_counts = Table(
    "desk_counts",
    _metadata,
    Column("source", WORDS, primary_key=True),
    Column("kind", WORDS, primary_key=True),
    Column("what", WORDS, primary_key=True),
    Column("count", Integer, nullable=False),
)

# When a source could not be reached: from its last answer before to its next one.
_outages = Table(
    "desk_outages",
    _metadata,
    Column("source", WORDS, primary_key=True),
    Column("since", WORDS, primary_key=True),
    Column("until", WORDS, nullable=False),
)

_BATCH = 500
_LEAST = timedelta(hours=6)  # of an outage that is told: a list holds its stories for longer than a shorter one


@dataclass(frozen=True, slots=True)
class SourceState:
    """Moments are ISO 8601 in UTC, "" for never: last asked, last answered, last with something new, next due. `fault` is the last one, ""
    after a success; `failures` are those in a row."""

    name: str
    url: str = ""
    polled: str = ""
    succeeded: str = ""
    news: str = ""
    etag: str = ""
    modified: str = ""
    due: str = ""
    failures: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """An address and what became of it. `name` is what makes two addresses one page; `state` is waiting, taken, rejected, refused, failed
    or withdrawn; `due` is "" where it will not be asked again; `lede` is 1 or 0 for an article with a lede or without."""

    name: str
    url: str
    source: str
    state: str = "waiting"
    due: str = ""
    first: str = ""
    asked: str = ""
    tries: int = 0
    title: str = ""
    published: str = ""
    article: str = ""
    page: str = ""
    etag: str = ""
    modified: str = ""
    reason: str = ""
    lede: int = 0


Count = tuple[str, str, str]  # a source, a kind of count ("items", "articles", "reject", "fault"), and what it is called


class Desk:
    """The desk of a ledger; its tables are made when it is first needed."""

    def __init__(self, store: Store) -> None:
        self._database = store.database
        with self._database.writing() as connection:
            _metadata.create_all(connection)

    def source(self, name: str) -> SourceState:
        with self._database.reading() as connection:
            row = connection.execute(select(_sources).where(_sources.c.name == name)).first()
        return SourceState(**row._mapping) if row else SourceState(name)

    def sources(self) -> list[SourceState]:
        with self._database.reading() as connection:
            return [SourceState(**row._mapping) for row in connection.execute(select(_sources).order_by(_sources.c.name))]

    def known(self, names: Sequence[str]) -> dict[str, Turn]:
        """Those of the addresses that the desk knows, by name."""
        found: dict[str, Turn] = {}
        with self._database.reading() as connection:
            for start in range(0, len(names), _BATCH):
                wanted = select(*_columns()).where(_turns.c.name.in_(names[start : start + _BATCH]))
                found |= {row.name: Turn(**row._mapping) for row in connection.execute(wanted)}
        return found

    def due(self, moment: str, sources: Iterable[str] | None = None) -> list[Turn]:
        """The addresses whose turn has come, in the order in which they were first seen; of these sources, or of all."""
        wanted = select(*_columns()).where(_turns.c.due != "", _turns.c.due <= moment)
        if sources is not None:
            wanted = wanted.where(_turns.c.source.in_(list(sources)))
        with self._database.reading() as connection:
            return [Turn(**row._mapping) for row in connection.execute(wanted.order_by(_turns.c.number))]

    def save(
        self, turns: Sequence[Turn] = (), source: SourceState | None = None, counts: Mapping[tuple[str, str, str], int] | None = None
    ) -> None:
        """Keep what became of addresses and of a source, and add to the counts, all of it or nothing."""
        with self._database.writing() as connection:
            if source:
                adding = upsert(connection, _sources)
                changed = {name: adding.excluded[name] for name in asdict(source) if name != "name"}
                connection.execute(adding.on_conflict_do_update(index_elements=["name"], set_=changed), [asdict(source)])
            if turns:
                last = connection.execute(select(func.max(_turns.c.number))).scalar_one() or 0
                adding = upsert(connection, _turns)
                changed = {name: adding.excluded[name] for name in asdict(turns[0]) if name != "name"}
                rows = [{"number": last + place, **asdict(turn)} for place, turn in enumerate(turns, 1)]
                connection.execute(adding.on_conflict_do_update(index_elements=["name"], set_=changed), rows)
            for (of, kind, what), count in (counts or {}).items():
                adding = upsert(connection, _counts).values(source=of, kind=kind, what=what, count=count)
                more = {"count": _counts.c.count + adding.excluded.count}
                connection.execute(adding.on_conflict_do_update(index_elements=["source", "kind", "what"], set_=more))

    def back(self, source: str, since: str, until: str) -> None:
        """Keep that a source answers again; `since` is its last answer before."""
        with self._database.writing() as connection:
            adding = upsert(connection, _outages).values(source=source, since=since, until=until)
            connection.execute(adding.on_conflict_do_nothing())

    def counts(self) -> dict[Count, int]:
        """How many of what there were."""
        with self._database.reading() as connection:
            rows = connection.execute(select(_counts).order_by(_counts.c.source, _counts.c.kind, _counts.c.what))
            return {(row.source, row.kind, row.what): row._mapping["count"] for row in rows}

    def states(self) -> dict[str, dict[str, int]]:
        """By source: how many addresses are in which state."""
        found: dict[str, dict[str, int]] = {}
        wanted = select(_turns.c.source, _turns.c.state, func.count().label("count")).group_by(_turns.c.source, _turns.c.state)
        with self._database.reading() as connection:
            for row in connection.execute(wanted.order_by(_turns.c.source, _turns.c.state)):
                found.setdefault(row.source, {})[row.state] = row._mapping["count"]
        return found

    def last(self, source: str, count: int) -> list[Turn]:
        """The addresses of a source that last became an article or were rejected, the latest first."""
        wanted = select(*_columns()).where(_turns.c.source == source, _turns.c.state.in_(("taken", "rejected")))
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(_turns.c.asked.desc(), _turns.c.number.desc()).limit(count))
            return [Turn(**row._mapping) for row in rows]


def down(connection: Connection, first: str, last: str) -> tuple[str, ...] | None:
    """The sources that could not be reached for hours between two days (ISO 8601), by name; None where none is watched. A source that has
    not answered since is down up to the last time that it was asked, one that never answered all of that time."""
    if not inspect(connection).has_table(_outages.name):
        return None
    sources = connection.execute(select(_sources)).all()
    if not sources:
        return None
    spans = [(row.source, row.since, row.until) for row in connection.execute(select(_outages))]
    spans += [(row.name, row.succeeded, row.polled) for row in sources if row.failures]
    return tuple(sorted({name for name, since, until in spans if since <= f"{last}T99" and until >= first and _long(since, until)}))


def _long(since: str, until: str) -> bool:
    return not since or datetime.fromisoformat(until) - datetime.fromisoformat(since) >= _LEAST


def looked(store: Store, names: Sequence[str]) -> str:
    """When one of these addresses was asked last (ISO 8601, UTC), whatever came of it; "" where none was."""
    with store.database.reading() as connection:
        if not inspect(connection).has_table(_turns.name):
            return ""
        return str(connection.execute(select(func.max(_turns.c.asked)).where(_turns.c.name.in_(list(names)))).scalar_one() or "")


def _columns() -> list[Column[Any]]:
    return [column for column in _turns.c if column.name != "number"]
