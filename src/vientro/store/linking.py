"""What linking keeps in the ledger from one run to the next, so that a new article is compared with what is near it and nothing else.

All of it follows from the claims: another linker, or `vientro rebuild`, throws it away and makes it again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, insert, or_, select

from vientro.link import Index
from vientro.link.memory import Change, Nothing, Place, Sketch
from vientro.model.ids import digest
from vientro.model.ledger import Link
from vientro.store import schema
from vientro.store.engine import PROJECTION, upsert
from vientro.store.rows import to_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row, Table

    from vientro.link.blocks import Key
    from vientro.link.index import Bonds
    from vientro.link.memory import Of
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.store.store import Store

_BATCH = 500
_LONGEST_KEY = 200  # longer ones are kept by their hash: an index of PostgreSQL holds no more than 2,700 bytes
_claim, _key, _article = schema.kept_claims.c, schema.kept_keys.c, schema.kept_articles.c
_link = msgspec.json.Decoder(Link)
_ids = msgspec.json.Decoder(tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Linked:
    """All links of a ledger, and what `write` has to keep for the next run: `base` is what it goes on from, None if from nothing."""

    links: list[Link]
    change: Change
    digests: dict[str, str]
    linker: str
    base: tuple[str, int] | None


class Kept:
    """The memory of a linker in the tables of a ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def places(self, of: Of, name: str) -> Iterable[Place]:
        return [_place(row) for row in self._connection.execute(select(schema.kept_claims).where(_claim[of] == name))]

    def near(self, key: Key, first: int | None, last: int | None) -> Iterable[str]:
        wanted = select(_key.claim).where(_key.key == _named(key), _within(_key.day, first, last))
        return self._connection.execute(wanted).scalars()

    def sketches(self, first: int | None, last: int | None) -> Iterable[Sketch]:
        wanted = select(_article.article, _article.day, _article.hashes).where(_within(_article.day, first, last))
        return [Sketch(*row) for row in self._connection.execute(wanted)]

    def copies(self, article: str) -> Iterable[str]:
        found = self._connection.execute(select(_article.copies).where(_article.article == article)).scalar()
        return _ids.decode(found) if found else ()

    def digests(self) -> dict[str, str]:
        """Of each article that was linked a hash of all that links hang on."""
        return {row.article: row.digest for row in self._connection.execute(select(_article.article, _article.digest))}

    def links(self) -> dict[str, Link]:
        return {row.claim: _link.decode(row.record) for row in self._connection.execute(select(_claim.claim, _claim.record))}


def linked(store: Store, linker: str, articles: Iterable[Article], claims: Iterable[Claim], bonds: Bonds) -> Linked:
    """The links of link.link for these articles and claims, where only what the last run of the same linker did not see is compared.

    `linker` names its code and weights. Nothing is written: `Store.replace` keeps the change together with what is made of the links.
    """
    made: dict[str, list[Claim]] = {article.id: [] for article in articles}
    told = {article.id: article for article in articles}
    for claim in claims:
        made[claim.article_id].append(claim)
    told = {id_: article for id_, article in told.items() if made[id_]}
    now = {id_: _digest(article, made[id_], bonds) for id_, article in told.items()}
    with store.database.reading() as connection:
        base = _base(connection)
        if base and base[0] != linker:
            base = None
        memory = Kept(connection)
        before = memory.digests() if base else {}
        links = memory.links() if base else {}
        index = Index(
            bonds=bonds, memory=memory if base else Nothing(), told=[(one, made[id_]) for id_, one in told.items()] if base else ()
        )
        again = [id_ for id_, digest_ in now.items() if before.get(id_) != digest_]
        changed = index.add([told[id_] for id_ in again], [claim for id_ in again for claim in made[id_]], before.keys() - now.keys())
        change = index.change()
    for id_ in change.lost:
        links.pop(id_, None)
    links |= {link.claim: link for link in changed}
    kept = {id_: now[id_] for id_ in now.keys() & (change.articles | change.copies.keys())}
    return Linked([links[claim] for claim in sorted(links)], change, kept, linker, base)


def write(connection: Connection, made: Linked) -> None:
    """Keep what was linked, in the transaction that puts its projection in place.

    Where another run has kept something meanwhile, all is forgotten: the next run links anew.
    """
    found = _base(connection)
    if made.base is None or found != made.base:
        clear(connection)
        if made.base is not None:
            return
    change = made.change
    _remove(connection, schema.kept_keys, _key.claim, change.claims)
    _remove(connection, schema.kept_claims, _claim.claim, change.lost)
    _remove(connection, schema.kept_articles, _article.article, change.articles)
    _put(connection, schema.kept_keys, [{"claim": claim, "day": day, "key": _named(key)} for claim, day, key in change.keys])
    _put(connection, schema.kept_claims, [_row(place) for place in change.places], "claim")
    sketches = {one.article: one for one in change.sketches}
    rows = [
        {"article": id_, "day": one.day, "hashes": one.hashes, "digest": made.digests[id_], "copies": to_json(change.copies.get(id_, ()))}
        for id_, one in sorted(sketches.items())
    ]
    _put(connection, schema.kept_articles, rows)
    for id_ in sorted(change.copies.keys() - sketches.keys()):
        copies = to_json(change.copies[id_])
        connection.execute(schema.kept_articles.update().where(_article.article == id_).values(copies=copies))
    connection.execute(delete(schema.kept_by))
    connection.execute(insert(schema.kept_by), [{"linker": made.linker, "runs": made.base[1] + 1 if made.base else 1}])


def forget(store: Store) -> None:
    """Throw away what is kept, so that the next run links anew."""
    with store.database.writing(PROJECTION) as connection:
        clear(connection)


def clear(connection: Connection) -> None:
    for table in schema.KEPT:
        connection.execute(delete(table))


def _base(connection: Connection) -> tuple[str, int] | None:
    """Which linker kept what is kept, and after how many runs."""
    found = connection.execute(select(schema.kept_by)).first()
    return (found.linker, found.runs) if found else None


def _digest(article: Article, claims: Sequence[Claim], bonds: Bonds) -> str:
    """A hash of all that the links of an article's claims hang on. Its id stands for its text, which may be cut or taken down."""
    told = sorted(claims, key=lambda claim: claim.id)
    ruled = [(level, claim.id, sorted(of[claim.id].items())) for level, of in sorted(bonds.items()) for claim in told if claim.id in of]
    parts = (article.id, len(article.text), article.published, article.lang, article.zones, told, ruled)
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=12).hexdigest()


def _named(key: Key) -> str:
    name = " ".join(key)
    return name if len(name) <= _LONGEST_KEY else f"{key[0]} {digest(name)}"


def _within(day: ColumnElement[int], first: int | None, last: int | None) -> ColumnElement[bool]:
    if first is None or last is None:
        return or_(day.is_(None), day.is_not(None))
    return or_(day.is_(None), day.between(first, last))


def _place(row: Row[tuple[str, ...]]) -> Place:
    return Place(row.claim, row.article, row.step, row.deal, row.saying or "", row.fits or "", _link.decode(row.record))


def _row(place: Place) -> dict[str, str | None]:
    named = {name: getattr(place, name) or None for name in ("claim", "article", "step", "deal", "saying", "fits")}
    return named | {"record": to_json(place.link)}


def _remove(connection: Connection, table: Table, column: ColumnElement[str], names: Collection[str]) -> None:
    listed = sorted(names)
    for start in range(0, len(listed), _BATCH):
        connection.execute(delete(table).where(column.in_(listed[start : start + _BATCH])))


def _put(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]], over: str | None = None) -> None:
    """Insert the rows; over those with the same value of a column, where one is named."""
    if not rows:
        return
    if over is None:
        connection.execute(insert(table), list(rows))
        return
    adding = upsert(connection, table)
    values = {column.name: adding.excluded[column.name] for column in table.columns if column.name != over}
    connection.execute(adding.on_conflict_do_update(index_elements=[over], set_=values), list(rows))
