"""Articles, their readings and their claims: added whole or not at all, and asked for as they stand or as they stood."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, delete, func, insert, select

from vientro.article.address import page_named
from vientro.model.decision import EDITORIAL
from vientro.store import schema, search
from vientro.store.engine import upsert
from vientro.store.rows import article_of, article_row, claim_of, claim_row, rank, reading_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

    from vientro.model.article import Article
    from vientro.model.claim import Claim

_BATCH = 500
# In `meta`: of which facts the projection was made, and the least confidence in it; in `projection`: `ruled` when its entries were made.
MADE_OF, LEAST, RULINGS = "made of", "least", "rulings in entries"
_article, _reading, _claim, _latest = schema.articles.c, schema.readings.c, schema.claims.c, schema.latest.c
# By article, too: for that there is an index, and none for the reading alone.
_in_force = (_claim.article == _latest.article) & (_claim.reading == _latest.reading)


def now() -> str:
    """This moment in ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def moment(until: str) -> str:
    """What every moment up to a day or a moment (ISO 8601, UTC) is less than or equal to, as words."""
    return f"{until}T99" if len(until) == len("2025-01-09") else until


def number_after(connection: Connection, table: Table) -> int:
    """The number of the next row. Only for whoever has the lock of the table."""
    last: int | None = connection.execute(select(func.max(table.c.number))).scalar_one()
    return (last or 0) + 1


def mark(connection: Connection) -> str:
    """Which facts there are for a projection to follow from: another word after every change."""
    readings = connection.execute(select(func.max(_reading.number))).scalar_one() or 0
    redactions = connection.execute(select(func.max(schema.redactions.c.number))).scalar_one() or 0
    return f"{readings}.{redactions}"


def ruled(connection: Connection) -> str:
    """A word for what people ruled and what outlets took down: another one after every change. How pages are shown is no part of it."""
    decisions = connection.execute(last_ruling()).scalar() or 0
    versions = connection.execute(select(func.max(schema.versions.c.number))).scalar_one() or 0
    return f"{decisions}.{versions}"


def last_ruling() -> Select[tuple[int]]:
    """The number of the last decision that is not of how pages are shown. Looked for from the end: it is most often the first one there."""
    columns = schema.decisions.c
    of_the_ledger = [columns.record.not_like(f'%"kind":"{kind}"%') for kind in EDITORIAL]
    return select(columns.number).where(*of_the_ledger).order_by(columns.number.desc()).limit(1)


def unread(connection: Connection, batch: Sequence[Article], reader: str) -> list[Article]:
    """As Store.unread."""
    best: dict[str, Article] = {}
    for article in batch:
        if article.id not in best or rank(article) < rank(best[article.id]):
            best[article.id] = article
    known = {row.id: row for row in connection.execute(_articles().where(_article.id.in_(list(best))))}
    gone = redacted(connection, list(best)) | barred(connection, batch)
    fresh = []
    for article in best.values():
        row = known.get(article.id)
        if article.id in gone:
            continue
        if row is None or rank(article) < rank(article_of(row)):
            fresh.append(article)
        elif row.reader != reader:
            fresh.append(article_of(row))
    return fresh


def redacted(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the articles whose text was taken down."""
    column = schema.redactions.c.article
    return set(connection.execute(select(column).where(column.in_(ids))).scalars())


def barred(connection: Connection, articles: Sequence[Article]) -> set[str]:
    """Those of the articles, not yet in the ledger, at whose address, however spelled, stood one whose text was taken down: a word changed
    does not bring it back."""
    named = {article.id: page for article in articles if article.url and (page := page_named(article.url))}
    taken = select(schema.redactions.c.article)
    shown = select(schema.versions.c.url).where(schema.versions.c.article.in_(taken))
    told = select(_article.url).where(_article.url.is_not(None), _article.id.in_(taken))
    found = {page_named(url) for wanted in (shown, told) for url in connection.execute(wanted).scalars()} if named else set()
    ids = {id_ for id_, page in named.items() if page in found}
    return ids - set(connection.execute(select(_article.id).where(_article.id.in_(ids))).scalars()) if ids else ids


def claims_known(connection: Connection, articles: Sequence[Article]) -> dict[str, list[Claim]]:
    """As Store.claims_known."""
    found: dict[str, list[Claim]] = {}
    wanted = select(_claim.record).where(_claim.article.in_([article.id for article in articles]))
    for record in connection.execute(wanted.order_by(_claim.reading.desc(), _claim.id)).scalars():
        claim = claim_of(record)
        found.setdefault(claim.article_id, []).append(claim)
    return found


def add(connection: Connection, read: Sequence[tuple[Article, list[Claim]]], reader: str) -> None:
    """As Store.add."""
    at = now()
    ids = [article.id for article, _ in read]
    known = set(connection.execute(select(_article.id).where(_article.id.in_(ids))).scalars())
    number, first = number_after(connection, schema.articles), number_after(connection, schema.readings)
    new = [article for article, _ in read if article.id not in known]
    readings = {article.id: first + place for place, (article, _) in enumerate(read)}
    adding = upsert(connection, schema.latest)
    changed = {name: adding.excluded[name] for name in ("reading", "reader")}
    in_force = [{"article": id_, "reading": reading, "reader": reader} for id_, reading in readings.items()]
    _insert(connection, schema.articles, [article_row(article, number + place, at) for place, article in enumerate(new)])
    _insert(connection, schema.readings, [reading_row(article, readings[article.id], reader, at) for article, _ in read])
    _insert(connection, schema.claims, [claim_row(claim, readings[claim.article_id]) for _, claims in read for claim in claims])
    connection.execute(adding.on_conflict_do_update(index_elements=["article"], set_=changed), in_force)
    search.add(connection, [(number + place, article.title, article.text) for place, article in enumerate(new)])


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _articles() -> Select[Any]:
    """Articles with the reading in force."""
    columns = (schema.articles, _reading.reader, _reading.key, _reading.published, _reading.lang, _reading.zones, _reading.more)
    return select(*columns).join(schema.latest, _latest.article == _article.id).join(schema.readings, _reading.number == _latest.reading)


def outdated(reader: str) -> ColumnElement[bool]:
    """Articles that another reader read last, and that can still be read."""
    return (_latest.reader != reader) & _article.id.not_in(select(schema.redactions.c.article))


def with_claims(until: str | None) -> ColumnElement[bool]:
    """Articles with a claim in force, of those seen up to a moment."""
    # Looked for article by article: batches of a list of all of them would each make the list.
    told = select(_claim.id).join(schema.latest, _in_force).where(_claim.article == _article.id).correlate(schema.articles).exists()
    return told & (_article.seen <= moment(until)) if until else told


def articles(connection: Connection, which: ColumnElement[bool], after: str) -> list[Article]:
    """A batch of articles in order of id, from the one after `after`; empty at the end."""
    wanted = _articles().where(which, _article.id > after).order_by(_article.id).limit(_BATCH)
    return [article_of(row) for row in connection.execute(wanted)]


def claims(connection: Connection, until: str | None) -> list[Claim]:
    """As Store.claims."""
    wanted = select(_claim.record).join(schema.latest, _in_force).order_by(_claim.article, _claim.start, _claim.type, _claim.id)
    if until:
        wanted = wanted.join(schema.articles, _article.id == _claim.article).where(_article.seen <= moment(until))
    return [claim_of(record) for record in connection.execute(wanted).scalars()]


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(schema.articles)).scalar_one()


def newest(connection: Connection) -> str | None:
    """As Store.newest."""
    day = func.max(func.substr(_reading.published, 1, 10))
    found: str | None = connection.execute(select(day).join(schema.latest, _latest.reading == _reading.number)).scalar_one()
    return found


def told(connection: Connection, ids: Sequence[str]) -> tuple[dict[str, Claim], dict[str, Article]]:
    """As Store.told."""
    found: dict[str, Claim] = {}
    for start in range(0, len(ids), _BATCH):
        wanted = select(_claim.record).join(schema.latest, _in_force).where(_claim.id.in_(ids[start : start + _BATCH]))
        for record in connection.execute(wanted).scalars():
            claim = claim_of(record)
            found[claim.id] = claim
    return found, by_id(connection, sorted({claim.article_id for claim in found.values()}))


def by_id(connection: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """The articles of these ids."""
    found: dict[str, Article] = {}
    for start in range(0, len(ids), _BATCH):
        wanted = _articles().where(_article.id.in_(ids[start : start + _BATCH]))
        found |= {row.id: article_of(row) for row in connection.execute(wanted)}
    return found


def addressed(connection: Connection, word: str) -> list[str]:
    """As Store.addressed."""
    page = page_named(word)
    rows = connection.execute(select(_article.id, _article.url).order_by(_article.number))
    return [row.id for row in rows if word in (row.id, row.url) or (page and row.url and page_named(row.url) == page)]


def forget_rejects(connection: Connection, source: str) -> None:
    connection.execute(delete(schema.rejects).where(schema.rejects.c.source == source))


def reject(connection: Connection, rows: Iterable[dict[str, str]]) -> None:
    first = number_after(connection, schema.rejects)
    _insert(connection, schema.rejects, [{"number": first + place, **row} for place, row in enumerate(rows)])
