"""Taking a text down: its words go, from the article, its claims and the index; its hash, its address and a tombstone stay.

What the claims say in codes and numbers (who gave how much when) stays a fact. An article that was taken down is not read again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text, update

from vientro.model.errors import InputError
from vientro.store import schema, search
from vientro.store.facts import now, number_after
from vientro.store.rows import claim_of, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from vientro.model.claim import Claim
    from vientro.store.store import Store


@dataclass(frozen=True, slots=True)
class Redaction:
    """That the text of an article with this SHA-256 was taken down at a moment (ISO 8601, UTC), and why."""

    article: str
    hash: str
    at: str
    why: str


def redact(store: Store, article: str, why: str) -> tuple[Redaction, list[str]]:
    """Take the text of an article down. Hashes of archived pages that only this article was taken from come back: they are to be removed.

    From then on the projection is out of date. Raises InputError for an article that is not in the ledger. Once more changes nothing.
    """
    if not why.strip():
        raise InputError("--why", "no reason is given", "Say why the text is taken down: it stands in the ledger from now on")
    columns = schema.articles.c
    if store.database.is_sqlite:
        with store.database.alone() as connection:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # what is taken down is written over
    with store.database.writing() as connection:
        row = connection.execute(select(columns.hash).where(columns.id == article)).first()
        if row is None:
            raise InputError(article, "the ledger has no such article", "`vientro search` and `vientro export` tell the ids of articles")
        made = {redaction.article: redaction for redaction in known(connection)}
        redaction = made.get(article) or Redaction(article, row.hash, now(), why)
        again(connection, [redaction])
        pages = _pages(connection, article)
    with store.database.alone() as connection:
        if store.database.is_sqlite:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.execute(text("VACUUM articles, readings, claims, search, steps, deals, projection"))
    return redaction, pages


def known(connection: Connection) -> list[Redaction]:
    """All redactions, in the order in which they were made."""
    rows = connection.execute(select(schema.redactions).order_by(schema.redactions.c.number))
    return [Redaction(row.article, row.hash, row.at, row.why) for row in rows]


def again(connection: Connection, redactions: Sequence[Redaction]) -> None:
    """Carry redactions out, of the ledger or of another copy of it; those that were are left as they are."""
    done = {redaction.article for redaction in known(connection)}
    columns = schema.articles.c
    for redaction in redactions:
        if redaction.article in done:
            continue
        row = {"article": redaction.article, "hash": redaction.hash, "at": redaction.at, "why": redaction.why}
        connection.execute(insert(schema.redactions), [{"number": number_after(connection, schema.redactions), **row}])
        article = connection.execute(select(columns.number, columns.title, columns.text).where(columns.id == redaction.article)).first()
        if article is None:
            continue
        search.remove(connection, article.number, article.title, article.text)
        connection.execute(update(schema.articles).where(columns.id == redaction.article).values(text="", title=None))
        connection.execute(update(schema.readings).where(schema.readings.c.article == redaction.article).values(more="{}"))
        _blank(connection, redaction.article)
        # What follows from the claims may have their words too: it goes with them, until the next projection.
        for table in (schema.steps, schema.deals, schema.keys):
            connection.execute(delete(table))
        connection.execute(delete(schema.projection).where(schema.projection.c.name != "links"))


def _blank(connection: Connection, article: str) -> None:
    columns = schema.claims.c
    for row in connection.execute(select(columns.reading, columns.id, columns.record).where(columns.article == article)).all():
        record = to_json(wordless(claim_of(row.record)))
        connection.execute(update(schema.claims).where(columns.reading == row.reading, columns.id == row.id).values(record=record))


def wordless(claim: Claim) -> Claim:
    """A claim without words of its text: things by their class, speakers by whom they speak for."""
    return replace(
        claim,
        evidence="",
        trigger="",
        items=tuple(replace(item, text=item.cls) for item in claim.items),
        speaker=None,
        chain=tuple(replace(source, name=source.code or source.kind, span=None) for source in claim.chain),
    )


def _pages(connection: Connection, article: str) -> list[str]:
    """Hashes of the pages that showed the article and no other."""
    columns = schema.versions.c
    own = set(connection.execute(select(columns.page).where(columns.article == article, columns.page.is_not(None))).scalars())
    others = set(connection.execute(select(columns.page).where(columns.article != article, columns.page.in_(list(own)))).scalars())
    return sorted(own - others)
