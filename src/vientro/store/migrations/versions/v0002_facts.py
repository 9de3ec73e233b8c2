"""Facts that are only added to: readings stand beside the articles, claims belong to a reading, and there is room for decisions,
imported rows, releases, pages, versions and redactions."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 500
_COPIED = ("meta", "projection", "retired", "rejects", "steps", "deals", "keys", "coverage")
_OLD = (*_COPIED, "articles", "claims")

# A "!" is a column of the key, a "?" one that may be empty, a "#" a number that is short, a "##" one that is long.
_TABLES = {
    "meta": "name! value",
    "articles": "number##! id outlet? url? title? text hash seen",
    "readings": "number##! article reader key published? lang zones more at",
    "claims": "reading##! id! article start# type record",
    "decisions": "number##! id at by record",
    "rows": "number##! id source at record",
    "releases": "number##! name at digest record",
    "pages": "number##! url hash? fetched status# headers",
    "versions": "number##! url article? page? at why",
    "redactions": "number##! article hash at why",
    "latest": "article! reading## reader",
    "projection": "name! record",
    "links": "claim! step deal record",
    "retired": "id! into?",
    "rejects": "number##! source stage id reason",
    "steps": "id! deal record",
    "deals": "id! record",
    "keys": "key day#? step",
    "coverage": "day! outlet! articles#",
}
_INDEXES = {
    "articles": ("!id",),
    "readings": ("article",),
    "claims": ("article", "id"),
    "decisions": ("!id",),
    "rows": ("!id",),
    "releases": ("!name",),
    "pages": ("url", "hash"),
    "versions": ("url", "article"),
    "redactions": ("!article",),
    "latest": ("reader",),
    "steps": ("deal",),
}


def upgrade() -> None:
    connection = op.get_bind()
    for name, columns in _TABLES.items():
        op.create_table(f"new_{name}", *(_column(column) for column in columns.split()))
    for name in _COPIED:
        named = ", ".join(f'"{column}"' for column in _names(name))
        connection.execute(sa.text(f'INSERT INTO "new_{name}" ({named}) SELECT {named} FROM "{name}"'))  # noqa: S608  names of above
    _facts(connection)
    _state(connection)
    for name in _OLD:
        op.drop_table(name)
    for name in _TABLES:
        op.rename_table(f"new_{name}", name)
        for index in _INDEXES.get(name, ()):
            column = index.lstrip("!")
            op.create_index(f"{name}_{column}", name, [column], unique="!" in index)
    op.create_index("keys_day", "keys", ["key", "day", "step"])


def _names(table: str) -> list[str]:
    return [column.rstrip("!?#") for column in _TABLES[table].split()]


def _column(named: str) -> sa.Column[object]:
    name, kind = named.rstrip("!?#"), _NUMBER if "##" in named else sa.Integer() if "#" in named else _WORDS
    return sa.Column(name, kind, primary_key="!" in named, nullable="?" in named, autoincrement=False)


def _facts(connection: sa.Connection) -> None:
    """Articles are numbered in the order in which they came. A reader whose claims were replaced has read before the last one."""
    old = connection.execute(sa.text("SELECT * FROM articles ORDER BY seen, id")).mappings()
    number = reading = 0
    while rows := old.fetchmany(_BATCH):
        articles, readings, latest, claims = [], [], [], []
        for row in rows:
            number += 1
            digest = hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest()
            articles.append({"number": number, "hash": digest} | {c: row[c] for c in ("id", "outlet", "url", "title", "text", "seen")})
            told: dict[str, list[dict[str, object]]] = {}
            wanted = sa.text("SELECT id, reader, article, start, type, record FROM claims WHERE article = :id ORDER BY reader, id")
            for claim in connection.execute(wanted, {"id": row["id"]}).mappings():
                told.setdefault(claim["reader"], []).append(dict(claim))
            for reader in [*(reader for reader in told if reader != row["reader"]), row["reader"]]:
                reading += 1
                named = {c: row[c] for c in ("key", "published", "lang", "zones")}
                readings.append({"number": reading, "article": row["id"], "reader": reader, "at": row["seen"], "more": "{}", **named})
                claims += [{"reading": reading, **claim} for claim in told.get(reader, ())]
            latest.append({"article": row["id"], "reading": reading, "reader": row["reader"]})
        for name, made in (("articles", articles), ("readings", readings), ("latest", latest), ("claims", claims)):
            _insert(connection, name, made)


def _insert(connection: sa.Connection, name: str, rows: list[dict[str, object]]) -> None:
    columns = _names(name)
    named, bound = ", ".join(f'"{column}"' for column in columns), ", ".join(f":{column}" for column in columns)
    if rows:
        connection.execute(sa.text(f'INSERT INTO "new_{name}" ({named}) VALUES ({bound})'), rows)  # noqa: S608  names of above


def _state(connection: sa.Connection) -> None:
    """A projection says from which facts it was made, where it said that it was out of date; its links can be asked by claim."""
    stale = connection.execute(sa.text("SELECT 1 FROM meta WHERE name = 'stale'")).first()
    links = connection.execute(sa.text("SELECT record FROM projection WHERE name = 'links'")).scalar()
    last = connection.execute(sa.text("SELECT max(number) FROM new_readings")).scalar()
    connection.execute(sa.text("DELETE FROM new_meta WHERE name IN ('stale', 'schema')"))
    facts = {"schema": "2"} | ({"made of": f"{last or 0}.0"} if links and not stale else {})
    _insert(connection, "meta", [{"name": name, "value": value} for name, value in facts.items()])
    try:
        told = [{c: link[c] for c in ("claim", "step", "deal")} | {"record": json.dumps(link)} for link in json.loads(links or "[]")]
        _insert(connection, "links", told)
    except (ValueError, TypeError, KeyError):  # of a version that nobody understands any more: the next run makes them
        connection.execute(sa.text("DELETE FROM new_meta WHERE name = 'filed'"))
