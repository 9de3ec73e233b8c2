"""Ledgers of earlier versions are opened, brought up to date and gone on with. version_1.sql was made by the program of that time."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from vientro import pipeline
from vientro.collect.files import sources
from vientro.model.errors import StoreError
from vientro.store import guards, migrate, schema
from vientro.store.store import Store

OLD = Path(__file__).parent / "version_1.sql"
LOOKUPS = ("steps", "deals", "keys", "coverage")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger of version 1, of three articles as two readers read them."""
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(OLD.read_text("utf-8"))
    connection.close()
    return path


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def asked(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def shape(path: Path) -> dict[str, object]:
    """Tables with their columns, keys and indexes."""
    with Store(path) as store, store.database.reading() as connection:
        looked = inspect(connection)
        return {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in looked.get_columns(name)],
                looked.get_pk_constraint(name)["constrained_columns"],
                sorted((index["name"], index["column_names"], index["unique"]) for index in looked.get_indexes(name)),
            )
            for name in looked.get_table_names()
        }


def test_all_that_was_in_a_ledger_of_version_1_is_in_it_still(old):
    kept = asked(old, "SELECT a.id, a.key, a.published, a.title, a.text FROM articles a ORDER BY a.id")
    told = asked(old, "SELECT c.record FROM claims c JOIN articles a ON c.article = a.id AND c.reader = a.reader")
    earlier = asked(old, "SELECT id FROM claims WHERE reader = 'rules 0'")
    [links] = asked(old, "SELECT record FROM projection WHERE name = 'links'")
    assert len(kept) == len(earlier) == 3
    with Store(old) as store:
        articles = list(store.articles())
        assert [(one.id, one.key, one.published, one.title, one.text) for one in articles] == kept
        assert {claim.id for claim in store.claims()} == {json.loads(record)["id"] for (record,) in told}
        ever = [claim for known in store.claims_known(articles).values() for claim in known]
        assert sorted(claim.id for claim in ever) == sorted(id_ for (id_,) in (*earlier, *[(claim.id,) for claim in store.claims()]))
        assert len(store.projection()[0]) == len(json.loads(links[0]))
        assert [reject.id for reject in store.rejects()] == ["empty.txt"]
        assert store.resolve("s-0000000000000000") is None
        assert store.near(["to md"], None)
        assert list(store.outdated("rules 1")) == []
    assert asked(old, "SELECT step FROM links WHERE claim IS NULL OR step IS NULL") == []


def test_a_migrated_ledger_has_the_tables_of_a_new_one(old, tmp_path):
    assert shape(old) == shape(tmp_path / "new.db")
    with Store(old) as store, store.database.reading() as connection:
        assert guards.present(connection) == guards.names()
    assert asked(old, "SELECT version_num FROM alembic_version") == [(migrate.revision(schema.VERSION),)]


def test_a_ledger_is_brought_up_to_date_once(old, monkeypatch):
    Store(old).close()
    assert asked(old, "SELECT value FROM meta WHERE name = 'schema'") == [(str(schema.VERSION),)]
    monkeypatch.setattr(migrate, "upgrade", None)
    Store(old).close()


def test_a_run_goes_on_in_a_migrated_ledger(old, tmp_path, stages):
    (tmp_path / "a.txt").write_text("Thông cáo cho biết Đức cam kết cho Ukraine 20 triệu euro trong năm nay.", "utf-8")
    with Store(old) as store:
        pipeline.run(sources([str(tmp_path / "a.txt")]), store, stages, least=None, tell=lambda *_: None)
        assert pipeline.book(store).read == 4
        assert store.search("thong cao") != []


def test_a_ledger_of_before_the_lookup_tables_asks_for_another_run(old):
    change(old, *(f"DROP TABLE {table}" for table in LOOKUPS), "DELETE FROM meta WHERE name = 'filed'")
    with Store(old, create=False) as store:
        assert store.projection()[1].steps
        with pytest.raises(StoreError, match="earlier vientro"):
            store.near(["to md"], None)


def test_a_ledger_whose_run_was_stopped_is_so_still(old):
    change(old, "INSERT INTO meta VALUES ('stale', '2026-11-22')")
    with Store(old) as store, pytest.raises(StoreError, match="was stopped"):
        store.projection()


def test_a_projection_that_nobody_understands_is_left_for_the_next_run(old):
    change(old, "UPDATE projection SET record = '[5]' WHERE name = 'links'")
    with Store(old) as store, pytest.raises(StoreError, match="Give the same `vientro run` again"):
        store.near(["to md"], None)


def test_a_migration_that_is_stopped_leaves_the_old_ledger(old, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "index", killed)
        with pytest.raises(KeyboardInterrupt):
            Store(old)
    assert asked(old, "SELECT value FROM meta WHERE name = 'schema'") == [("1",)]
    assert asked(old, "SELECT name FROM sqlite_master WHERE name = 'alembic_version'") == []
    Store(old).close()


def test_a_ledger_of_a_later_program_is_refused(tmp_path):
    path = tmp_path / "x.db"
    Store(path).close()
    change(path, "UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StoreError, match="later vientro"):
        Store(path)
