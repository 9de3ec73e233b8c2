from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from vientro.article.compose import compose
from vientro.model.article import Reject
from vientro.model.errors import InputError, StoreError
from vientro.model.ledger import Ledger, Link
from vientro.store import schema
from vientro.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Thông cáo cho biết Đức cam kết cho Ukraine 20 triệu euro trong năm nay."


@pytest.fixture
def article():
    return compose("a.txt", TEXT, outlet="Báo A", published="2024-05-03")


@pytest.fixture
def store(path: str | Path):
    with Store(path) as store:
        yield store


def test_what_goes_in_comes_out(store, article, stages):
    claims = stages.read(article)
    store.add([(article, claims)], "stub 1")
    assert store.claims() == claims
    assert list(store.articles()) == [article]
    assert store.count() == 1


def test_an_article_that_this_reader_has_read_is_not_read_again(store, article, stages):
    assert store.unread([article, article], "stub 1") == [article]
    store.add([(article, [])], "stub 1")
    assert store.unread([article], "stub 1") == []
    assert store.unread([article], "stub 2") == [article]


def test_the_claims_of_a_newer_reader_stand_in_for_the_old_and_both_are_kept(store, article, stages):
    [old] = stages.read(article)
    store.add([(article, [old])], "stub 1")
    new = replace(old, support="military", reader="stub 2")
    assert list(store.outdated("stub 2")) == [article]
    store.add([(article, [new])], "stub 2")
    assert store.claims() == [new]
    assert list(store.outdated("stub 2")) == []
    assert store.claims_known([article]) == {article.id: [new, old]}


def test_of_copies_of_a_row_the_dated_one_is_kept_whichever_comes_first(store, article):
    undated = replace(article, published=None, key="0.txt")
    later = replace(article, published="2024-05-04", key="0.txt")
    for arrivals in ([undated, later, article], [article, later, undated]):
        assert store.unread(arrivals, "stub 1") == [article]
    store.add([(undated, [])], "stub 1")
    assert store.unread([article], "stub 1") == [article]
    store.add([(article, [])], "stub 1")
    assert store.unread([undated, later, article], "stub 1") == []
    assert store.count() == 1


def test_rejects_of_a_source_are_forgotten_when_it_is_read_again(store):
    store.reject("f1", [Reject("article", "f1:2", "broken JSON")])
    store.reject("f2", [Reject("article", "f2:1", "broken JSON")])
    store.forget_rejects("f1")
    assert [reject.id for reject in store.rejects()] == ["f2:1"]


def test_ids_that_are_gone_lead_to_where_their_claims_are(store):
    first = [Link("c1", "o1", "s1", "d1"), Link("c2", "o2", "s2", "d2"), Link("c3", "o3", "s3", "d3")]
    store.replace(first, Ledger())
    store.replace([Link("c1", "o1", "s1", "d1"), Link("c2", "o2", "s1", "d1")], Ledger())
    assert [store.resolve(id_) for id_ in ("s1", "s2", "d2", "s3", "never given")] == ["s1", "s1", "d1", None, "never given"]
    store.replace([Link("c1", "o1", "s9", "d1"), Link("c2", "o2", "s9", "d1")], Ledger())
    assert store.resolve("s2") == "s9"
    store.replace(first, Ledger())
    assert store.resolve("s2") == "s2"


def test_an_empty_ledger_has_an_empty_projection(store):
    assert store.projection() == ([], Ledger())


def test_a_transaction_that_fails_leaves_nothing(store, article, stages):
    [claim] = stages.read(article)
    with pytest.raises(StoreError):
        store.add([(article, [claim, claim])], "stub 1")
    assert store.count() == 0


def test_a_file_that_is_no_ledger_is_refused_in_plain_words(tmp_path):
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"this is not a database at all, but long enough to be looked at" * 20)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE shop (id)")
    connection.close()
    for path, words in (
        (garbage, "no database"),
        (other, "no ledger"),
        (tmp_path / "no" / "x.db", "no folder"),
        (tmp_path, "can't be opened"),
    ):
        with pytest.raises(StoreError, match=words):
            Store(path)
    with pytest.raises(StoreError, match="no ledger here"):
        Store(tmp_path / "missing.db", create=False)
    assert not (tmp_path / "missing.db").exists()


def test_a_ledger_of_a_later_program_is_refused(path):
    with Store(path) as store, store.database.writing() as connection:
        connection.execute(update(schema.meta).values(value="99"))
    with pytest.raises(StoreError, match="later vientro"):
        Store(path)


def test_a_projection_older_than_the_claims_is_told_until_it_is_made_anew(store, article, stages):
    store.add([(article, stages.read(article))], "stub 1")
    with pytest.raises(StoreError, match="was stopped"):
        store.projection()
    store.replace([], Ledger())
    assert store.projection() == ([], Ledger())


@pytest.mark.parametrize("record", ["{broken", '{"steps": 5}', "[]"])
def test_a_projection_of_another_version_is_told_and_can_be_replaced(path, record):
    with Store(path) as store:
        store.replace([Link("c1", "o1", "s1", "d1")], Ledger())
        with store.database.writing() as connection:
            connection.execute(update(schema.projection).values(record=record))
    with Store(path) as store:
        with pytest.raises(StoreError, match="another vientro"):
            store.projection()
        store.replace([], Ledger())
        assert store.projection() == ([], Ledger())


def test_a_ledger_that_does_not_say_its_version_is_refused(path):
    with Store(path) as store, store.database.writing() as connection:
        connection.execute(delete(schema.meta))
    with pytest.raises(StoreError, match="does not say"):
        Store(path)


def test_tables_are_made_all_or_none(path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("vientro.store.migrate.insert", killed)
        with pytest.raises(KeyboardInterrupt):
            Store(path)
    with pytest.raises(StoreError, match="no ledger here"):
        Store(path, create=False)
    Store(path).close()


def test_a_snapshot_is_of_one_moment(path, article):
    with Store(path) as reader, Store(path) as writer:
        with reader.snapshot():
            assert reader.count() == 0
            writer.add([(article, [])], "stub 1")
            assert reader.count() == 0
        assert reader.count() == 1


def test_a_projection_of_facts_that_are_not_all_any_more_is_out_of_date_at_once(path, article):
    with Store(path) as one, Store(path) as other:
        made_of = one.mark()
        other.add([(article, [])], "stub 1")
        one.replace([], Ledger(), made_of)
        with pytest.raises(StoreError, match="was stopped"):
            one.projection()
        other.replace([], Ledger(), other.mark())
        assert one.projection() == ([], Ledger())


def test_what_the_ledger_had_by_a_day(store, article, stages, monkeypatch):
    later = replace(article, id="a-later", text=TEXT.replace("20", "30"))
    for day, one in (("2024-05-03", article), ("2024-05-10", later)):
        monkeypatch.setattr("vientro.store.facts.now", lambda day=day: f"{day}T12:00:00+00:00")
        store.add([(one, stages.read(one))], "stub 1")
    assert [len(store.claims(until)) for until in (None, "2024-05-10", "2024-05-09", "2024-05-03", "2024-05-02")] == [2, 2, 1, 1, 0]
    assert list(store.articles("2024-05-03T12:00:00+00:00")) == [article]
    assert list(store.articles("2024-05-03T11:59:59+00:00")) == []


def test_fields_of_an_article_without_a_column_are_kept(store, article):
    told = replace(article, author="Lan Anh (Theo AFP)", agency="AFP", modified="2024-05-04", tags=("Ukraine", "Đức"))
    store.add([(told, [])], "stub 1")
    assert list(store.outdated("stub 2")) == [told]


def test_a_server_that_does_not_answer_is_told_in_plain_words_without_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="no server answers") as told:
        Store("postgresql://me:secret@127.0.0.1:1/ledger")
    assert "secret" not in str(told.value)
    with pytest.raises(InputError, match="no address"):
        Store("postgresql://me@host:port/ledger")


def test_a_database_that_is_not_there_is_told(server):
    with pytest.raises(StoreError, match="no such database"):
        Store(server.replace("/postgres?", "/nothing_here?"))
