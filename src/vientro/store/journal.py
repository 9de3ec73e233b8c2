"""What is only written down and read back: decisions, imported rows, releases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import insert, select

from vientro.model.decision import Decision
from vientro.model.errors import StoreError
from vientro.store import schema
from vientro.store.facts import moment, now, number_after
from vientro.store.rows import to_json

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Connection, Table

_decision = msgspec.json.Decoder(Decision)


class _Head(msgspec.Struct):
    """As much of a decision as says what it is about."""

    kind: str
    claims: list[str] = []


_head = msgspec.json.Decoder(_Head)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of another database: `source` is the hash of its file, `record` the row by column; `at` is when it was imported."""

    id: str
    source: str
    record: Mapping[str, Any]
    at: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """What was published under a name: `digest` is the SHA-256 of its canonical export, `record` what it says of itself."""

    name: str
    digest: str
    record: Mapping[str, Any]
    number: int = 0
    at: str = ""


def decide(connection: Connection, decisions: Sequence[Decision]) -> None:
    """As Store.decide."""
    _add(connection, schema.decisions, [{"id": d.id, "at": d.at, "by": d.by, "record": to_json(d)} for d in decisions])


def decisions(connection: Connection, until: str | None) -> list[Decision]:
    """As Store.decisions."""
    columns = schema.decisions.c
    wanted = select(columns.record).order_by(columns.number)
    if until:
        wanted = wanted.where(columns.at <= moment(until))
    return [_decision.decode(record) for record in connection.execute(wanted).scalars()]


def since(connection: Connection, number: int) -> tuple[int, list[Decision]]:
    """As Store.decisions_since."""
    columns = schema.decisions.c
    rows = connection.execute(select(columns.number, columns.record).where(columns.number > number).order_by(columns.number)).all()
    return (rows[-1].number if rows else number), [_decision.decode(row.record) for row in rows]


def about(connection: Connection, claims: Collection[str]) -> list[Decision]:
    """The decisions on any of these claims, and all that take back others, in the order in which they came in. The rest is not decoded."""
    wanted, columns = set(claims), schema.decisions.c
    found = []
    for record in connection.execute(select(columns.record).order_by(columns.number)).scalars():
        head = _head.decode(record)
        if head.kind == "undo" or not wanted.isdisjoint(head.claims):
            found.append(_decision.decode(record))
    return found


def of_kinds(connection: Connection, kinds: Collection[str]) -> list[Decision]:
    """As Store.decisions_of. The rest is not decoded."""
    columns, wanted = schema.decisions.c, {*kinds, "undo"}
    records = connection.execute(select(columns.record).order_by(columns.number)).scalars()
    return [_decision.decode(record) for record in records if _head.decode(record).kind in wanted]


def import_rows(connection: Connection, rows: Sequence[ImportedRow]) -> None:
    """As Store.import_rows."""
    at = now()
    _add(connection, schema.rows, [{"id": r.id, "source": r.source, "at": r.at or at, "record": to_json(r.record)} for r in rows])


def imported(connection: Connection, until: str | None) -> list[ImportedRow]:
    """As Store.imported."""
    columns = schema.rows.c
    wanted = select(schema.rows).order_by(columns.number)
    if until:
        wanted = wanted.where(columns.at <= moment(until))
    return [ImportedRow(row.id, row.source, msgspec.json.decode(row.record), row.at) for row in connection.execute(wanted)]


def release(connection: Connection, made: Release) -> Release:
    """As Store.release."""
    columns = schema.releases.c
    if connection.execute(select(columns.number).where(columns.name == made.name)).first():
        raise StoreError(f"release {made.name}: there is one of this name already, and a release is never changed. Give another name")
    number, at = number_after(connection, schema.releases), made.at or now()
    row = {"number": number, "name": made.name, "at": at, "digest": made.digest, "record": to_json(made.record)}
    connection.execute(insert(schema.releases), [row])
    return Release(made.name, made.digest, made.record, number, at)


def releases(connection: Connection) -> list[Release]:
    """As Store.releases."""
    wanted = select(schema.releases).order_by(schema.releases.c.number)
    return [Release(row.name, row.digest, msgspec.json.decode(row.record), row.number, row.at) for row in connection.execute(wanted)]


def _add(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Rows with an id: one that is there already is the same one, and stays; raises StoreError where it is another of that name."""
    known: dict[str, str] = {}
    for start in range(0, len(rows), _BATCH):
        ids = [row["id"] for row in rows[start : start + _BATCH]]
        known |= {row.id: row.record for row in connection.execute(select(table.c.id, table.c.record).where(table.c.id.in_(ids)))}
    new: list[dict[str, Any]] = []
    for row in rows:
        if row["id"] not in known:
            known[row["id"]] = row["record"]
            new.append(row)
        elif known[row["id"]] != row["record"]:
            raise StoreError(f"{row['id']}: the ledger has something else under this id already. Nothing was written")
    first = number_after(connection, table)
    if new:
        connection.execute(insert(table), [{"number": first + place, **row} for place, row in enumerate(new)])
