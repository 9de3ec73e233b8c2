"""The guards of the facts: triggers that refuse every change and every removal, so that no program can make them by mistake.

Only one change passes: the words of an article that stands in `redactions` may be blanked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from vientro.store import schema

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

# Of a table with words of an article: the column that names the article, and what must be so of the new row.
_WORDS = {
    "articles": ("id", "NEW.text = '' AND NEW.title IS NULL"),
    "readings": ("article", "NEW.more = '{{}}'"),
    "claims": ("article", "{evidence} = ''"),
}
_MAY_CHANGE = {"articles": {"text", "title"}, "readings": {"more"}, "claims": {"record"}}
_EVIDENCE = {"sqlite": "json_extract(NEW.record, '$.evidence')", "postgresql": "(NEW.record::json ->> 'evidence')"}
_EQUAL = {"sqlite": "IS", "postgresql": "IS NOT DISTINCT FROM"}


def names() -> set[str]:
    """The triggers that there must be."""
    return {f"{table.name}_{what}" for table in schema.FACTS for what in ("kept", "unchanged")}


def install(connection: Connection) -> None:
    """Put the guards up; those of an earlier version are replaced."""
    dialect = connection.dialect.name
    for table in schema.FACTS:
        statements = _sqlite(table) if dialect == "sqlite" else _postgresql(table)
        for statement in statements:
            connection.execute(text(statement))


def present(connection: Connection) -> set[str]:
    """The triggers that there are."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.execute(
            text("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class)")
        )
    return set(found.scalars())


def _allowed(table: Table, dialect: str) -> str:
    """What makes a change of a row one that passes; never so where no change does."""
    if table.name not in _WORDS:
        return "FALSE"
    article, blank = _WORDS[table.name]
    kept = [column.name for column in table.columns if column.name not in _MAY_CHANGE[table.name]]
    same = " AND ".join(f'NEW."{name}" {_EQUAL[dialect]} OLD."{name}"' for name in kept)
    blank = blank.format(evidence=_EVIDENCE[dialect])
    return f"EXISTS (SELECT 1 FROM redactions WHERE article = OLD.{article}) AND {blank} AND {same}"  # noqa: S608  names of above


def _refusal(table: Table) -> str:
    return f"{table.name} are facts: they are only added to"


def _sqlite(table: Table) -> list[str]:
    name, refuse = table.name, f"BEGIN SELECT RAISE(ABORT, '{_refusal(table)}'); END"
    return [
        f"DROP TRIGGER IF EXISTS {name}_kept",
        f"DROP TRIGGER IF EXISTS {name}_unchanged",
        f'CREATE TRIGGER {name}_kept BEFORE DELETE ON "{name}" {refuse}',
        f'CREATE TRIGGER {name}_unchanged BEFORE UPDATE ON "{name}" WHEN NOT ({_allowed(table, "sqlite")}) {refuse}',
    ]


def _postgresql(table: Table) -> list[str]:
    name, refuse = table.name, f"RAISE EXCEPTION '{_refusal(table)}'"
    passing = f"IF TG_OP = 'UPDATE' THEN IF {_allowed(table, 'postgresql')} THEN RETURN NEW; END IF; END IF;"
    return [
        f"CREATE OR REPLACE FUNCTION {name}_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {passing} {refuse}; END $$",
        f'DROP TRIGGER IF EXISTS {name}_kept ON "{name}"',
        f'DROP TRIGGER IF EXISTS {name}_unchanged ON "{name}"',
        f'CREATE TRIGGER {name}_kept BEFORE DELETE OR TRUNCATE ON "{name}" FOR EACH STATEMENT EXECUTE FUNCTION {name}_guard()',
        f'CREATE TRIGGER {name}_unchanged BEFORE UPDATE ON "{name}" FOR EACH ROW EXECUTE FUNCTION {name}_guard()',
    ]
