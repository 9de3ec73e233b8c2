"""The ledger's database: SQLite in WAL mode behind a small interface."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

import msgspec
from sqlalchemy import URL, create_engine, delete, event, exc, func, insert, inspect, select
from sqlalchemy.dialects.sqlite import insert as upsert

from vientro.model.article import Reject
from vientro.model.errors import StoreError
from vientro.model.ledger import Ledger, Link
from vientro.store import lookup, schema
from vientro.store.rows import article_of, article_row, claim_of, claim_row, rank, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.engine.interfaces import DBAPIConnection

    from vientro.ledger.lookup import Coverage, Filed
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.ledger import Deal

_links = msgspec.json.Decoder(list[Link])
_ledger = msgspec.json.Decoder(Ledger)
_BATCH = 500
_LONGEST_TRAIL = 100
# Facts: the version of the tables; since when the projection is out of date; that the lookup tables are those of the projection.
_SCHEMA, _STALE, _FILED = "schema", "stale", "filed"
_is_current = (schema.claims.c.article == schema.articles.c.id) & (schema.claims.c.reader == schema.articles.c.reader)


class Store:
    """An open ledger. Use it in a `with` statement, or close it; one writer at a time."""

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        """Open the database at `path`, made if it is missing and `create` is set; raises StoreError in plain words."""
        self.path = Path(path)
        if not create and not self.path.is_file():
            raise StoreError(f"{path}: there is no ledger here. `vientro run` makes one")
        if not self.path.parent.is_dir():
            raise StoreError(f"{path}: there is no folder {self.path.parent} to put the ledger in")
        self._engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": 30})
        event.listen(self._engine, "connect", _settings)
        with self._plainly():
            self._connection = self._engine.connect()
        try:
            self._check(create=create)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def unread(self, batch: Sequence[Article], reader: str) -> list[Article]:
        """Of these articles those that are not in the ledger as read by `reader`, each once.

        Where one article comes under several names or days (a copy of the same row), the one with a day, the earliest, then
        the first name is kept, so that the order of arrival changes nothing.
        """
        best: dict[str, Article] = {}
        for article in batch:
            if article.id not in best or rank(article) < rank(best[article.id]):
                best[article.id] = article
        with self._reading() as connection:
            known = {row.id: row for row in connection.execute(select(schema.articles).where(schema.articles.c.id.in_(list(best))))}
        fresh = []
        for article in best.values():
            row = known.get(article.id)
            if row is None or rank(article) < rank(article_of(row)):
                fresh.append(article)
            elif row.reader != reader:
                fresh.append(article_of(row))
        return fresh

    def claims_known(self, articles: Sequence[Article]) -> dict[str, list[Claim]]:
        """By article, the claims that any reader ever made of it, the latest first: whose names a newer reader inherits."""
        found: dict[str, list[Claim]] = {}
        wanted = select(schema.claims.c.record).where(schema.claims.c.article.in_([article.id for article in articles]))
        with self._reading() as connection:
            for row in connection.execute(wanted.order_by(schema.claims.c.reader.desc(), schema.claims.c.id)):
                claim = claim_of(row.record)
                found.setdefault(claim.article_id, []).append(claim)
        return found

    def add(self, read: Sequence[tuple[Article, list[Claim]]], reader: str) -> None:
        """Articles with all claims that `reader` makes of them, in one transaction: all of them get into the ledger, or none.

        From then on the projection is out of date, until `replace` puts a new one in its place.
        """
        if not read:
            return
        seen = datetime.now(UTC).isoformat(timespec="seconds")
        article_rows = [article_row(article, reader, seen) for article, _ in read]
        claim_rows = [claim_row(claim, reader) for _, claims in read for claim in claims]
        adding = upsert(schema.articles)
        changed = {name: adding.excluded[name] for name in ("key", "published", "lang", "zones", "reader")}
        ids = [article.id for article, _ in read]
        with self._writing() as connection:
            connection.execute(upsert(schema.facts).on_conflict_do_nothing(), [{"name": _STALE, "value": seen}])
            connection.execute(adding.on_conflict_do_update(index_elements=["id"], set_=changed), article_rows)
            connection.execute(delete(schema.claims).where(schema.claims.c.reader == reader, schema.claims.c.article.in_(ids)))
            if claim_rows:
                connection.execute(insert(schema.claims), claim_rows)

    def outdated(self, reader: str) -> Iterator[Article]:
        """The articles that another reader read last, in order of id."""
        return self._articles(schema.articles.c.reader != reader)

    def articles(self) -> Iterator[Article]:
        """The articles with a claim, in order of id."""
        return self._articles(schema.articles.c.id.in_(select(schema.claims.c.article).where(_is_current)))

    def claims(self) -> list[Claim]:
        """The claims of the reader that last read their article, in order of article, place, type and id."""
        columns = schema.claims.c
        wanted = (
            select(columns.record).join(schema.articles, _is_current).order_by(columns.article, columns.start, columns.type, columns.id)
        )
        with self._reading() as connection:
            return [claim_of(row.record) for row in connection.execute(wanted)]

    def count(self) -> int:
        """How many articles are in the ledger."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(schema.articles)).scalar_one()

    def newest(self) -> str | None:
        """The last day, in ISO 8601, on which an article of the ledger was published."""
        with self._reading() as connection:
            newest: str | None = connection.execute(select(func.max(func.substr(schema.articles.c.published, 1, 10)))).scalar_one()
        return newest

    def forget_rejects(self, source: str) -> None:
        """Take back the rejects of a source that is about to be read again."""
        with self._writing() as connection:
            connection.execute(delete(schema.rejects).where(schema.rejects.c.source == source))

    def reject(self, source: str, rejects: Iterable[Reject]) -> None:
        rows = [{"source": source, "stage": r.stage, "id": r.id, "reason": r.reason} for r in rejects]
        if rows:
            with self._writing() as connection:
                connection.execute(insert(schema.rejects), rows)

    def rejects(self) -> list[Reject]:
        """All rejects, in order of stage, id and reason."""
        columns = schema.rejects.c
        wanted = select(columns.stage, columns.id, columns.reason).order_by(columns.stage, columns.id, columns.reason)
        with self._reading() as connection:
            return [Reject(*row) for row in connection.execute(wanted)]

    def replace(self, links: Sequence[Link], ledger: Ledger) -> None:
        """Put a new projection in the place of the old one, in one transaction, and keep where ids lead that are gone."""
        records = [{"name": "links", "record": to_json(links)}, {"name": "ledger", "record": to_json(ledger)}]
        with self._writing() as connection:
            old = connection.execute(select(schema.projection.c.record).where(schema.projection.c.name == "links")).scalar_one_or_none()
            gone = _gone(_decoded(old), links)
            connection.execute(delete(schema.facts).where(schema.facts.c.name == _STALE))
            connection.execute(delete(schema.projection))
            connection.execute(insert(schema.projection), records)
            lookup.fill(connection, links, ledger)
            connection.execute(upsert(schema.facts).on_conflict_do_nothing(), [{"name": _FILED, "value": ""}])
            before = {row.id: row.into for row in connection.execute(select(schema.retired))}
            living = _ids(links)
            rows = [{"id": id_, "into": into} for id_, into in sorted((before | gone).items()) if id_ not in living]
            connection.execute(delete(schema.retired))
            if rows:
                connection.execute(insert(schema.retired), rows)

    def projection(self) -> tuple[list[Link], Ledger]:
        """Links and ledger as they were last made; empty before the first run.

        Raises StoreError where articles were added since (a run was stopped), or where another version of the program made them.
        """
        with self._reading() as connection:
            records = {row.name: row.record for row in connection.execute(select(schema.projection))}
            self._fresh(connection)
        if not records:
            return [], Ledger()
        try:
            return _links.decode(records["links"]), _ledger.decode(records["ledger"])
        except (KeyError, msgspec.DecodeError) as error:
            raise StoreError(
                f"{self.path}: the deals in this ledger were made by another vientro. "
                "Give the same `vientro run` again to make them anew: what was read is kept"
            ) from error

    def near(self, keys: Iterable[str], day: int | None) -> list[Filed]:
        """The steps filed under any of the keys (lookup.of_step), nearest to a day (an ordinal); raises StoreError as `projection`."""
        with self._filed() as connection:
            return lookup.near(connection, keys, day)

    def of_deals(self, ids: Sequence[str]) -> tuple[list[Deal], list[Filed]]:
        """These deals, in order of id, and their steps."""
        with self._filed() as connection:
            return lookup.of_deals(connection, ids)

    def coverage(self, first: str = "", last: str = "9") -> Coverage:
        """What had been read by the last run of the days from `first` to `last` (ISO 8601)."""
        with self._filed() as connection:
            return lookup.coverage(connection, first, last)

    def outlets(self, first: str, last: str) -> set[str]:
        """The outlets of which an article of these days (ISO 8601) had been read by the last run."""
        with self._filed() as connection:
            return lookup.outlets(connection, first, last)

    def told(self, claims: Sequence[str]) -> tuple[dict[str, Claim], dict[str, Article]]:
        """These claims, of the reader that last read their article, and the articles, each by id."""
        found: dict[str, Claim] = {}
        articles: dict[str, Article] = {}
        with self._reading() as connection:
            for start in range(0, len(claims), _BATCH):
                wanted = select(schema.claims.c.record).join(schema.articles, _is_current)
                for row in connection.execute(wanted.where(schema.claims.c.id.in_(claims[start : start + _BATCH]))):
                    claim = claim_of(row.record)
                    found[claim.id] = claim
            ids = sorted({claim.article_id for claim in found.values()})
            for start in range(0, len(ids), _BATCH):
                wanted_articles = select(schema.articles).where(schema.articles.c.id.in_(ids[start : start + _BATCH]))
                articles |= {row.id: article_of(row) for row in connection.execute(wanted_articles)}
        return found, articles

    def resolve(self, id_: str) -> str | None:
        """The step or deal that an id leads to now, itself if it was never retired; None where all that it held is gone."""
        found: str | None = id_
        with self._reading() as connection:
            for _ in range(_LONGEST_TRAIL):
                row = connection.execute(select(schema.retired.c.into).where(schema.retired.c.id == found)).first()
                if row is None:
                    break
                found = cast("str | None", row.into)
        return found

    @contextmanager
    def _filed(self) -> Iterator[Connection]:
        """Reading the lookup tables; raises StoreError where they are not those of the claims."""
        with self._reading() as connection:
            self._fresh(connection)
            filed = connection.execute(select(schema.facts.c.value).where(schema.facts.c.name == _FILED)).first()
            if filed is None and connection.execute(select(schema.projection.c.name)).first():
                raise StoreError(
                    f"{self.path}: this ledger was made by an earlier vientro, without what a question needs. "
                    "Give the same `vientro run` again: what was read is kept"
                )
            yield connection

    def _fresh(self, connection: Connection) -> None:
        """Raises StoreError where articles were added since the projection was made."""
        if connection.execute(select(schema.facts.c.value).where(schema.facts.c.name == _STALE)).first():
            raise StoreError(
                f"{self.path}: the last run was stopped before it made the deals, or has not ended yet. "
                "Give the same `vientro run` again: what was read is kept"
            )

    def _articles(self, which: ColumnElement[bool]) -> Iterator[Article]:
        """In batches, so that the ledger may be written to meanwhile."""
        after = ""
        while True:
            wanted = select(schema.articles).where(which, schema.articles.c.id > after).order_by(schema.articles.c.id).limit(_BATCH)
            with self._reading() as connection:
                rows = connection.execute(wanted).all()
            yield from map(article_of, rows)
            if len(rows) < _BATCH:
                return
            after = rows[-1].id

    def _check(self, *, create: bool) -> None:
        """Make the tables in a new file, all of them or none; refuse a file that is no ledger, or one of another program."""
        with self._reading() as connection:
            version = self._version(connection)
            tables = set(inspect(connection).get_table_names())
        if version is None:
            if not create:
                raise StoreError(f"{self.path}: there is no ledger here. `vientro run` makes one")
            with self._writing() as connection:
                version = self._version(connection)
                if version is None:  # nobody else has made them meanwhile
                    version = str(schema.VERSION)
                    schema.metadata.create_all(connection)
                    connection.execute(insert(schema.facts), [{"name": _SCHEMA, "value": version}])
            tables = set(schema.metadata.tables)
        missing = version == str(schema.VERSION) and not set(schema.metadata.tables) <= tables
        if missing:  # a ledger of before the lookup tables: they are empty until its next run
            with self._writing() as connection:
                schema.metadata.create_all(connection)
        if version != str(schema.VERSION):
            raise StoreError(
                f"{self.path}: this ledger was made by another vientro (its schema is {version}, this one has {schema.VERSION}). "
                "Use that version, or give another path with --db"
            )

    def _version(self, connection: Connection) -> str | None:
        """The version of the tables; None in a new file, and where making them was cut short; raises StoreError where it is no ledger."""
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return None
        if schema.facts.name not in tables or schema.articles.name not in tables:
            raise StoreError(f"{self.path}: this database is no ledger of vientro. Give another path with --db")
        version = connection.execute(select(schema.facts.c.value).where(schema.facts.c.name == _SCHEMA)).scalar_one_or_none()
        if version is None and connection.execute(select(schema.articles.c.id).limit(1)).first():
            raise StoreError(f"{self.path}: this ledger does not say which vientro made it. Restore a copy, or give another path with --db")
        return version

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Whatever is read inside is of one moment, whoever writes to the ledger meanwhile."""
        with self._reading():
            yield

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._connection.in_transaction():
            yield self._connection
        else:
            with self._transaction("BEGIN") as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._plainly(), self._connection.begin():
            self._connection.exec_driver_sql(begin)
            yield self._connection

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """What the database complains of, in words of the user's world."""
        try:
            yield
        except exc.DatabaseError as error:
            said = str(error.orig)
            plain = next((words for part, words in _COMPLAINTS.items() if part in said), None)
            raise StoreError(f"{self.path}: {plain or said}") from error


_COMPLAINTS = {
    "not a database": "this file is no database. Give another path with --db",
    "malformed": "the database is damaged. Restore a copy, or move the file away and run again",
    "locked": "another program is writing to this ledger. Wait for it to end, and run again: what was read is kept",
    "readonly": "the file can't be written to. Give another path with --db",
    "unable to open": "the file can't be opened. Give another path with --db",
    "disk is full": "the disk is full. Make room and run again: what was read is kept",
}


def _settings(connection: DBAPIConnection, _record: object) -> None:
    # Python's module would begin transactions by itself, and leave tables and reading out of them; `Store._transaction` begins them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _decoded(links: str | None) -> list[Link]:
    """The links of an old projection; none where they are not to be understood any more."""
    try:
        return _links.decode(links) if links else []
    except msgspec.DecodeError:
        return []


def _ids(links: Sequence[Link]) -> set[str]:
    return {id_ for link in links for id_ in (link.step, link.deal)}


def _gone(old: Sequence[Link], new: Sequence[Link]) -> dict[str, str | None]:
    """Ids that no link has any more, and the id that now holds most of their claims (of several the first by name)."""
    now = {link.claim: link for link in new}
    living, heirs = _ids(new), defaultdict[str, Counter[str]](Counter)
    for link in old:
        heir = now.get(link.claim)
        for id_, into in ((link.step, heir and heir.step), (link.deal, heir and heir.deal)):
            if id_ not in living:
                heirs[id_].update([into] if into else [])
    return {id_: min(found, key=lambda into: (-found[into], into), default=None) for id_, found in heirs.items()}
