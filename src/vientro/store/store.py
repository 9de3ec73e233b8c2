"""The ledger's database, SQLite or PostgreSQL, behind a small interface."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from sqlalchemy import inspect, select

from vientro.model.article import Reject
from vientro.model.errors import StoreError, UnfinishedError
from vientro.store import desk, facts, journal, lookup, migrate, projection, schema, search
from vientro.store.engine import PROJECTION, Database, Doors, is_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import TracebackType

    from sqlalchemy import ColumnElement, Connection

    from vientro.ledger.lookup import Coverage, Filed
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.counting import Entry
    from vientro.model.decision import Decision
    from vientro.model.ledger import Deal, Ledger, Link, Step
    from vientro.store.journal import ImportedRow, Release
    from vientro.store.linking import Linked

_LONGEST_TRAIL = 100
_VERSION = select(schema.meta.c.value).where(schema.meta.c.name == migrate.SCHEMA)


class Store:
    """An open ledger. Use it in a `with` statement, or close it; one writer at a time."""

    def __init__(self, place: str | Path, *, create: bool = True, doors: Doors | None = None) -> None:
        """Open the database at a path or at a postgresql:// address, made if there is none and `create` is set; one of an earlier version
        is brought up to date. `doors` lead to the same place and are looked through once. Raises StoreError in plain words."""
        if not is_address(place):
            path = Path(place)
            if not create and not path.is_file():
                raise StoreError(f"{path}: there is no ledger here. `vientro run` makes one")
            if not path.parent.is_dir():
                raise StoreError(f"{path}: there is no folder {path.parent} to put the ledger in")
        self.database = Database(place, doors)
        self.name = self.database.name
        try:
            if doors is None or not (doors.known() or self._is_of_today()):
                self._check(create=create)
            if doors and not doors.known():
                doors.looked()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    def unread(self, batch: Sequence[Article], reader: str) -> list[Article]:
        """Of these articles those that are not in the ledger as read by `reader`, each once.

        Where one article comes under several names or days (a copy of the same row), the one with a day, the earliest, then
        the first name is kept, so that the order of arrival changes nothing. One whose text was taken down is not read again.
        """
        with self.database.reading() as connection:
            return facts.unread(connection, batch, reader)

    def barred(self, articles: Sequence[Article]) -> set[str]:
        """The ids of those that are new, and at whose address the text of another version was taken down."""
        with self.database.reading() as connection:
            return facts.barred(connection, articles)

    def claims_known(self, articles: Sequence[Article]) -> dict[str, list[Claim]]:
        """By article, the claims that any reader ever made of it, the latest first: whose names a newer reader inherits."""
        with self.database.reading() as connection:
            return facts.claims_known(connection, articles)

    def add(self, read: Sequence[tuple[Article, list[Claim]]], reader: str) -> None:
        """Articles with all claims that `reader` makes of them, in one transaction: all of them get into the ledger, or none.

        From then on the projection is out of date, until `replace` puts a new one in its place.
        """
        if read:
            with self.database.writing() as connection:
                facts.add(connection, read, reader)

    def outdated(self, reader: str) -> Iterator[Article]:
        """The articles that another reader read last, in order of id; not those whose text was taken down."""
        return self._articles(facts.outdated(reader))

    def articles(self, until: str | None = None) -> Iterator[Article]:
        """The articles with a claim, in order of id; those that the ledger had by the end of a day, or at a moment (ISO 8601, UTC)."""
        return self._articles(facts.with_claims(until))

    def claims(self, until: str | None = None) -> list[Claim]:
        """The claims of the reader that last read their article, in order of article, place, type and id; `until` as `articles`."""
        with self.database.reading() as connection:
            return facts.claims(connection, until)

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Write decisions down, all or none, in the order in which they come in. One that is there already (the same id) stays as it is.

        Nobody's decision shuts out another's: that two people ruled on one thing is for whoever reads them to see.
        """
        with self.database.writing() as connection:
            journal.decide(connection, decisions)

    def decisions(self, until: str | None = None) -> list[Decision]:
        """All decisions in the order in which they came in; those made up to a day or a moment, as `articles`."""
        with self.database.reading() as connection:
            return journal.decisions(connection, until)

    def decisions_of(self, kinds: Collection[str]) -> list[Decision]:
        """The decisions of some kinds, and all that take back others, in the order in which they came in."""
        with self.database.reading() as connection:
            return journal.of_kinds(connection, kinds)

    def decisions_since(self, number: int) -> tuple[int, list[Decision]]:
        """The decisions that came in after the one of a number, in order, and the number of the last one."""
        with self.database.reading() as connection:
            return journal.since(connection, number)

    def import_rows(self, rows: Sequence[ImportedRow]) -> None:
        """Write rows of another database down, as `decide`. What is imported again under the same id must be the same."""
        with self.database.writing() as connection:
            journal.import_rows(connection, rows)

    def imported(self, until: str | None = None) -> list[ImportedRow]:
        """The imported rows in the order in which they came in; those imported up to a day or a moment, as `articles`."""
        with self.database.reading() as connection:
            return journal.imported(connection, until)

    def release(self, made: Release) -> Release:
        """Number a release and write it down; raises StoreError where there is one of this name."""
        with self.database.writing() as connection:
            return journal.release(connection, made)

    def releases(self) -> list[Release]:
        """All releases by number."""
        with self.database.reading() as connection:
            return journal.releases(connection)

    def named(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles of these ids, with a claim or without."""
        with self.database.reading() as connection:
            return facts.by_id(connection, ids)

    def count(self) -> int:
        """How many articles are in the ledger."""
        with self.database.reading() as connection:
            return facts.count(connection)

    def newest(self) -> str | None:
        """The last day, in ISO 8601, on which an article of the ledger was published."""
        with self.database.reading() as connection:
            return facts.newest(connection)

    def forget_rejects(self, source: str) -> None:
        """Take back the rejects of a source that is about to be read again."""
        with self.database.writing() as connection:
            facts.forget_rejects(connection, source)

    def reject(self, source: str, rejects: Iterable[Reject]) -> None:
        rows = [{"source": source, "stage": r.stage, "id": r.id, "reason": r.reason} for r in rejects]
        if rows:
            with self.database.writing() as connection:
                facts.reject(connection, rows)

    def rejects(self) -> list[Reject]:
        """All rejects, in order of stage, id and reason."""
        columns = schema.rejects.c
        wanted = select(columns.stage, columns.id, columns.reason).order_by(columns.stage, columns.id, columns.reason)
        with self.database.reading() as connection:
            return [Reject(*row) for row in connection.execute(wanted)]

    def rulings(self) -> str:
        """A word for what people ruled, and outlets took down, as it is now."""
        with self.database.reading() as connection:
            return facts.ruled(connection)

    def mark(self) -> str:
        """A word for the facts as they are now: what `replace` is told that a projection was made of."""
        with self.database.reading() as connection:
            return facts.mark(connection)

    def replace(
        self,
        links: Sequence[Link],
        ledger: Ledger,
        made_of: str | None = None,
        least: float | None = None,
        entries: Sequence[Entry] | None = None,
        linked: Linked | None = None,
        ruled: str | None = None,
    ) -> None:
        """Put a new projection in the place of the old one, in one transaction, and keep where ids lead that are gone.

        `made_of` is the mark of the facts that it follows from, `ruled` the word for the rulings: where others have come since, it, or its
        entries, are out of date at once.
        `least` is the confidence that a claim needed to be in it; `entries` are its steps as they are counted, where they are known;
        `linked` is what linking keeps for its next run.
        """
        with self.database.writing(PROJECTION) as connection:
            projection.replace(connection, links, ledger, made_of, least, entries, linked, ruled)

    def least(self) -> float | None:
        """The confidence that a claim needed to be in the projection; None where nobody said."""
        with self.database.reading() as connection:
            noted = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == facts.LEAST)).scalar_one_or_none()
        return float(noted) if noted else None

    def projection(self) -> tuple[list[Link], Ledger]:
        """Links and ledger as they were last made; empty before the first run.

        Raises StoreError where articles were added since (a run was stopped), or where another version of the program made them.
        """
        with self.database.reading() as connection:
            self._fresh(connection)
            found = projection.read(connection)
        if found is None:
            raise StoreError(
                f"{self.name}: the deals in this ledger were made by another vientro. "
                "Give the same `vientro run` again to make them anew: what was read is kept"
            )
        return found

    def entries(self, *, things: bool = True) -> list[Entry] | None:
        """The steps as they are counted; None where they are not known, or not any more: somebody has ruled since.

        Without `things`, and without which fields were derived, half the time will do. Raises StoreError as `projection`.
        """
        with self.database.reading() as connection:
            self._fresh(connection)
            return projection.entries(connection, things=things)

    def deal_named(self, id_: str) -> str | None:
        """The deal that an id names: its own, or that of a step or a claim of it."""
        with self._filed() as connection:
            return lookup.deal_named(connection, id_)

    def whole_deal(self, id_: str) -> tuple[Deal | None, list[Step], list[Link]]:
        """A deal (None where none of its steps counts), all its steps in order of id, and the links to them."""
        with self._filed() as connection:
            return lookup.whole_deal(connection, id_)

    def near(self, keys: Iterable[str], day: int | None) -> list[Filed]:
        """The steps filed under any of the keys (lookup.of_step), nearest to a day (an ordinal); raises StoreError as `projection`."""
        with self._filed() as connection:
            return lookup.near(connection, keys, day)

    def under(self, keys: Iterable[str]) -> list[Filed]:
        """All steps filed under any of the keys, in order of id; raises StoreError as `projection`."""
        with self._filed() as connection:
            return lookup.under(connection, keys)

    def of_deals(self, ids: Sequence[str]) -> tuple[list[Deal], list[Filed]]:
        """These deals, in order of id, and their steps."""
        with self._filed() as connection:
            return lookup.of_deals(connection, ids)

    def coverage(self, first: str = "", last: str = "9") -> Coverage:
        """What had been read by the last run of the days from `first` to `last` (ISO 8601)."""
        with self._filed() as connection:
            return lookup.coverage(connection, first, last)

    def sources_down(self) -> tuple[str, ...] | None:
        """The watched sources that could not be reached for hours at any time; None where none was ever watched."""
        with self.database.reading() as connection:
            return desk.down(connection, "", "9")

    def days(self) -> list[tuple[str, str, int]]:
        """How many articles the last run had read of each day ("" where it is unknown) and outlet ("" where it has no name)."""
        with self._filed() as connection:
            return lookup.days(connection)

    def extent(self) -> tuple[int, str | None]:
        """How many articles the last run had read, and the last day (ISO 8601) on which one of them was published."""
        with self._filed() as connection:
            return lookup.extent(connection)

    def outlets(self, first: str, last: str) -> set[str]:
        """The outlets of which an article of these days (ISO 8601) had been read by the last run."""
        with self._filed() as connection:
            return lookup.outlets(connection, first, last)

    def told(self, claims: Sequence[str]) -> tuple[dict[str, Claim], dict[str, Article]]:
        """These claims, of the reader that last read their article, and the articles, each by id."""
        with self.database.reading() as connection:
            return facts.told(connection, claims)

    def links_of(self, articles: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
        """By article: the claims in the projection, each with its step and its deal, in the order of the text."""
        with self.database.reading() as connection:
            return lookup.links_of(connection, articles)

    def addressed(self, word: str) -> list[str]:
        """Ids of the articles that a word names: an id, or the address at which they stood, however it is spelled."""
        with self.database.reading() as connection:
            return facts.addressed(connection, word)

    def search(self, words: str, limit: int = 20) -> list[Article]:
        """The articles that have all these words, as search.find says; with every word written with its marks or without."""
        with self.database.reading() as connection:
            ids = search.find(connection, words, limit)
            found = facts.by_id(connection, ids)
        return [found[id_] for id_ in ids]

    def retired(self) -> dict[str, str | None]:
        """Ids of steps and deals that are no more, and where they lead; None where all that they held is gone."""
        with self.database.reading() as connection:
            return {row.id: row.into for row in connection.execute(select(schema.retired).order_by(schema.retired.c.id))}

    def seen(self) -> dict[str, str]:
        """By article the moment (ISO 8601, UTC) at which the ledger first had it."""
        columns = schema.articles.c
        with self.database.reading() as connection:
            return {row.id: row.seen for row in connection.execute(select(columns.id, columns.seen))}

    def resolve(self, id_: str) -> str | None:
        """The step or deal that an id leads to now, itself if it was never retired; None where all that it held is gone."""
        found: str | None = id_
        with self.database.reading() as connection:
            for _ in range(_LONGEST_TRAIL):
                row = connection.execute(select(schema.retired.c.into).where(schema.retired.c.id == found)).first()
                if row is None:
                    break
                found = cast("str | None", row.into)
        return found

    @contextmanager
    def _filed(self) -> Iterator[Connection]:
        """Reading the lookup tables; raises StoreError where they are not those of the claims."""
        with self.database.reading() as connection:
            self._fresh(connection)
            filed = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == projection.FILED)).first()
            if filed is None and connection.execute(select(schema.projection.c.name)).first():
                raise StoreError(
                    f"{self.name}: this ledger was made by an earlier vientro, without what a question needs. "
                    "Give the same `vientro run` again: what was read is kept"
                )
            yield connection

    def _fresh(self, connection: Connection) -> None:
        """Raises UnfinishedError where the projection was made of other facts than there are."""
        made_of = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == facts.MADE_OF)).scalar_one_or_none()
        if (made_of or "0.0") != facts.mark(connection):
            raise UnfinishedError(
                f"{self.name}: the last run was stopped before it made the deals, or has not ended yet. "
                "Give the same `vientro run` again: what was read is kept"
            )

    def _articles(self, which: ColumnElement[bool]) -> Iterator[Article]:
        """In batches, so that the ledger may be written to meanwhile."""
        after = ""
        while True:
            with self.database.reading() as connection:
                batch = facts.articles(connection, which, after)
            if not batch:
                return
            yield from batch
            after = batch[-1].id

    def _check(self, *, create: bool) -> None:
        """Make the tables in a new database, bring old ones up to date; refuse what is no ledger, or one of a later program."""
        with self.database.reading() as connection:
            version = self._version(connection)
        if version is None and not create:
            raise StoreError(f"{self.name}: there is no ledger here. `vientro run` makes one")
        if version is None or version < schema.VERSION:
            with self.database.writing() as connection:
                version = self._version(connection)  # somebody else may have made them meanwhile
                if version is None:
                    migrate.create(connection)
                elif version < schema.VERSION:
                    migrate.upgrade(connection)
        if version is not None and version > schema.VERSION:
            raise StoreError(
                f"{self.name}: this ledger was made by a later vientro (its schema is {version}, this one has {schema.VERSION}). "
                "Use that version, or give another path with --db"
            )

    def _is_of_today(self) -> bool:
        """Whether the tables are those of this program, without a look at which there are."""
        try:
            with self.database.reading() as connection:
                return connection.execute(_VERSION).scalar() == str(schema.VERSION)
        except StoreError:
            return False

    def _version(self, connection: Connection) -> int | None:
        """The version of the tables; None in a new database; raises StoreError where it is no ledger."""
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return None
        if schema.meta.name not in tables or schema.articles.name not in tables:
            raise StoreError(f"{self.name}: this database is no ledger of vientro. Give another path with --db")
        version = connection.execute(_VERSION).scalar_one_or_none()
        if version is None or not version.isdecimal():
            raise StoreError(f"{self.name}: this ledger does not say which vientro made it. Restore a copy, or give another path with --db")
        return int(version)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Whatever is read inside is of one moment, whoever writes to the ledger meanwhile."""
        with self.database.reading():
            yield
