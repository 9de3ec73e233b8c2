"""The deals as a run last made them: the links, the ledger and the steps as they are counted, put in place of the old ones together."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, insert, select

from vientro.model.ledger import Ledger, Link
from vientro.store import counted, facts, lookup, schema
from vientro.store.engine import upsert
from vientro.store.rows import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from vientro.model.counting import Entry
    from vientro.store.linking import Linked

FILED = "filed"  # in `meta`: that the lookup tables are those of the projection
_ENTRIES, _THINGS = "entries", "things of entries"
_links = msgspec.json.Decoder(list[Link])
_ledger = msgspec.json.Decoder(Ledger)


def replace(
    connection: Connection,
    links: Sequence[Link],
    ledger: Ledger,
    made_of: str | None,
    least: float | None,
    entries: Sequence[Entry] | None,
    linked: Linked | None,
    ruled: str | None,
) -> None:
    """As Store.replace."""
    columns = schema.projection.c
    old = connection.execute(select(columns.record).where(columns.name == "links")).scalar_one_or_none()
    records = {"links": to_json(links), "ledger": to_json(ledger)}
    if entries is not None:
        records[facts.RULINGS] = ruled or facts.ruled(connection)
        records |= {_ENTRIES: counted.encode(entries), _THINGS: counted.encode_things(entries)}
    connection.execute(delete(schema.projection))
    connection.execute(insert(schema.projection), [{"name": name, "record": record} for name, record in records.items()])
    lookup.fill(connection, links, ledger)
    if linked:
        from vientro.store import linking  # noqa: PLC0415  what links takes a moment to load

        linking.write(connection, linked)
    made_of = made_of or facts.mark(connection)
    _note(connection, {facts.MADE_OF: made_of, FILED: "", facts.LEAST: "" if least is None else repr(least)})
    _retire(connection, _gone(_decoded(old), links), _ids(links))


def read(connection: Connection) -> tuple[list[Link], Ledger] | None:
    """Links and ledger, empty before the first run; None where another version of the program made them."""
    wanted = select(schema.projection).where(schema.projection.c.name.in_(("links", "ledger")))
    records = {row.name: row.record for row in connection.execute(wanted)}
    if not records:
        return [], Ledger()
    try:
        return _links.decode(records["links"]), _ledger.decode(records["ledger"])
    except (KeyError, msgspec.DecodeError):
        return None


def entries(connection: Connection, *, things: bool) -> list[Entry] | None:
    """As Store.entries."""
    columns, names = schema.projection.c, (_ENTRIES, _THINGS) if things else (_ENTRIES,)
    ruled = connection.execute(select(columns.record).where(columns.name == facts.RULINGS)).scalar()
    if ruled != facts.ruled(connection):
        return None
    records = {row.name: row.record for row in connection.execute(select(schema.projection).where(columns.name.in_(names)))}
    try:
        found = counted.decode(records[_ENTRIES])
        return counted.with_things(found, records[_THINGS]) if things else found
    except (KeyError, msgspec.DecodeError):
        return None  # packed by another vientro


def _note(connection: Connection, facts_: dict[str, str]) -> None:
    adding = upsert(connection, schema.meta)
    changing = adding.on_conflict_do_update(index_elements=["name"], set_={"value": adding.excluded.value})
    connection.execute(changing, [{"name": name, "value": value} for name, value in facts_.items()])


def _retire(connection: Connection, gone: dict[str, str | None], living: set[str]) -> None:
    """Keep where ids lead that are gone, now or before; not of those that are there again."""
    before = {row.id: row.into for row in connection.execute(select(schema.retired))}
    rows = [{"id": id_, "into": into} for id_, into in sorted((before | gone).items()) if id_ not in living]
    connection.execute(delete(schema.retired))
    if rows:
        connection.execute(insert(schema.retired), rows)


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
