"""Pages as fetched, and which article an address showed when: facts, only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, insert, select

from vientro.store import schema
from vientro.store.facts import moment, number_after, redacted
from vientro.store.rows import claim_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Row

    from vientro.model.claim import Claim
    from vientro.store.store import Store

_page, _version = schema.pages.c, schema.versions.c
_headers = msgspec.json.Decoder(tuple[tuple[str, str], ...])


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer to a request. `hash` is the SHA-256 of the body, which lies in the archive unless only excerpts are kept."""

    url: str
    hash: str | None
    fetched: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """From `at` on (ISO 8601, UTC) an address showed an article, or, where that is None, none any more; `page` is the hash of the body."""

    url: str
    article: str | None
    page: str | None
    at: str
    why: str


def record(store: Store, fetched: Sequence[Fetched], versions: Sequence[Version] = ()) -> None:
    """Add answers and versions, all of them or none; a version that its address shows already is no new one."""
    with store.database.writing() as connection:
        versions = [one for one in versions if _now(connection, one.url) != (one.article,)]
        number = number_after(connection, schema.pages)
        rows = [
            {
                "number": number + place, "url": one.url, "hash": one.hash, "fetched": one.fetched, "status": one.status,
                "headers": msgspec.json.encode(one.headers).decode(),
            }
            for place, one in enumerate(fetched)
        ]  # fmt: skip
        number = number_after(connection, schema.versions)
        shown = [
            {"number": number + place, "url": one.url, "article": one.article, "page": one.page, "at": one.at, "why": one.why}
            for place, one in enumerate(versions)
        ]
        for table, new in ((schema.pages, rows), (schema.versions, shown)):
            if new:
                connection.execute(insert(table), new)


def fetches(store: Store, url: str) -> list[Fetched]:
    """All answers of an address, the first one first."""
    with store.database.reading() as connection:
        found = connection.execute(select(schema.pages).where(_page.url == url).order_by(_page.number))
        return [Fetched(row.url, row.hash, row.fetched, row.status, _headers.decode(row.headers)) for row in found]


def answers(store: Store, article: str) -> list[str]:
    """When the addresses that ever showed an article were found with a page that had changed, in order (ISO 8601, UTC)."""
    own = select(_version.url).where(_version.article == article)
    hashes = select(_version.page).where(_version.url.in_(own), _version.page.is_not(None))
    urls = select(_page.url).where(_page.hash.in_(hashes))  # the address asked for may be longer than its name
    with store.database.reading() as connection:
        return list(
            connection.execute(select(_page.fetched).where(_page.url.in_(urls), _page.hash.is_not(None)).order_by(_page.number)).scalars()
        )


def history(store: Store, article: str) -> list[Version]:
    """All versions of the addresses that ever showed an article, in the order in which they were seen."""
    with store.database.reading() as connection:
        addresses = select(_version.url).where(_version.article == article)
        found = connection.execute(select(schema.versions).where(_version.url.in_(addresses)).order_by(_version.number))
        return [_version_of(row) for row in found]


def at(store: Store, url: str) -> str | None:
    """The article that an address showed last, by the address that it was fetched from or the one that it gives itself."""
    with store.database.reading() as connection:
        shown = select(_version.article).where(_version.url == url, _version.article.is_not(None)).order_by(_version.number.desc())
        told = select(schema.articles.c.id).where(schema.articles.c.url == url).order_by(schema.articles.c.number.desc())
        found = (connection.execute(wanted.limit(1)).scalar() for wanted in (shown, told))
        return next((id_ for id_ in found if id_), None)


def is_redacted(store: Store, article: str) -> bool:
    """Whether the text of an article was taken down from this ledger."""
    with store.database.reading() as connection:
        return bool(redacted(connection, [article]))


def claims_of(store: Store, article: str) -> list[Claim]:
    """The claims of an article by the reader that read it last, in order of place."""
    columns = schema.claims.c
    wanted = select(columns.record).join(schema.latest, columns.reading == schema.latest.c.reading).where(columns.article == article)
    with store.database.reading() as connection:
        return [claim_of(record) for record in connection.execute(wanted.order_by(columns.start, columns.type, columns.id)).scalars()]


def last(store: Store) -> int:
    """The number of the last version of a page; 0 where there is none."""
    with store.database.reading() as connection:
        return connection.execute(select(func.max(_version.number))).scalar_one() or 0


def replaced(store: Store, until: str | None = None) -> dict[str, str]:
    """By article in whose place its address showed a later version, the one that it showed last; as of a moment, or now."""
    shown, _ = _shown(store, until)
    last = dict(shown)
    standing = set(last.values())
    return {id_: last[url] for url, id_ in shown if id_ not in standing}


def withdrawn(store: Store, until: str | None = None) -> set[str]:
    """The articles that their address showed last, and shows no more (404 or 410 after the fact); as of a moment, or now."""
    shown, gone = _shown(store, until)
    last = dict(shown)
    return {id_ for url, id_ in last.items() if url in gone} - {id_ for url, id_ in last.items() if url not in gone}


def _shown(store: Store, until: str | None) -> tuple[list[tuple[str, str]], set[str]]:
    """Addresses with the articles that they showed, in order, and the addresses that show none any more."""
    then = (_version.at <= moment(until),) if until else ()
    last = select(func.max(_version.number)).where(*then).group_by(_version.url)
    with store.database.reading() as connection:
        gone = connection.execute(select(_version.url).where(_version.number.in_(last), _version.article.is_(None))).scalars().all()
        wanted = select(_version.url, _version.article).where(_version.article.is_not(None), *then).order_by(_version.number)
        return [(row.url, row.article) for row in connection.execute(wanted)], set(gone)


def _now(connection: Connection, url: str) -> tuple[str | None] | None:
    row = connection.execute(select(_version.article).where(_version.url == url).order_by(_version.number.desc()).limit(1)).first()
    return (row.article,) if row else None


def _version_of(row: Row[Any]) -> Version:
    return Version(row.url, row.article, row.page, row.at, row.why)
