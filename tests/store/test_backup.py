"""A ledger comes back from its backup as it was, on either kind of database, and what was taken down stays down."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest
from sqlalchemy import select

from vientro import pipeline
from vientro.article.compose import compose
from vientro.model.decision import Decision, named
from vientro.model.errors import InputError, StoreError
from vientro.publish import canonical
from vientro.store import audit, backup, redaction, schema
from vientro.store.journal import ImportedRow
from vientro.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

GIFTS = ("Đức cam kết cho Ukraine 20 triệu euro", "Pháp bàn giao cho Moldova 7 triệu euro", "Na Uy cam kết cho Ukraine 5 triệu euro")


def articles():
    return [
        compose(f"{n}.txt", f"Theo tin riêng của báo, {gift} trong năm nay.", outlet=f"Báo {n}", published=f"2024-05-0{n}", lang="vi")
        for n, gift in enumerate(GIFTS, 1)
    ]


def fill(store: Store, stages: pipeline.Stages) -> None:
    store.add([(article, stages.read(article)) for article in articles()], stages.reader)
    store.decide([named(Decision("", "2026-03-05T08:00:00+00:00", "an", "accept", (store.claims()[0].id,)))])
    store.import_rows([ImportedRow("k-1", "hash", {"Donor": "Đức"})])
    pipeline.project(store, stages, least=0.5)


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.database.reading() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=str) for table in schema.metadata.sorted_tables}


def lines(store: Store) -> list[str]:
    return list(canonical.lines(pipeline.book(store)))


@pytest.fixture
def full(path, stages):
    with Store(path) as store:
        fill(store, stages)
        yield store


@pytest.fixture
def other(place, server, tmp_path, full):
    """An empty ledger in a database of the other kind."""
    with Store(tmp_path / "other.db" if not full.database.is_sqlite else place("other")) as store:
        yield store


def test_a_restored_ledger_is_the_one_that_was_backed_up(full, place, tmp_path):
    counts = backup.backup(full, tmp_path / "x.vientro")
    assert counts["articles"] == counts["claims"] == 3
    with Store(place("again")) as again:
        assert backup.restore(again, tmp_path / "x.vientro") == counts
        assert rows(again) == rows(full)
        assert lines(again) == lines(full)
        assert [one.key for one in again.search("ukraine")] == [one.key for one in full.search("ukraine")] == ["3.txt", "1.txt"]
        assert list(audit.problems(again)) == []
        again.add([(replace(articles()[0], id="a-new"), [])], "stub 1")


def test_a_ledger_moves_from_one_kind_of_database_to_the_other_and_back(server, tmp_path, place, stages):
    here, there = tmp_path / "here.db", place("there")
    with Store(here) as store, Store(there) as moved, Store(tmp_path / "back.db") as back:
        fill(store, stages)
        backup.backup(store, tmp_path / "1.vientro")
        backup.restore(moved, tmp_path / "1.vientro")
        backup.backup(moved, tmp_path / "2.vientro")
        backup.restore(back, tmp_path / "2.vientro")
        assert rows(back) == rows(moved) == rows(store)
        assert lines(back) == lines(moved) == lines(store)


def test_a_backup_is_never_written_over_and_never_half(full, tmp_path, monkeypatch):
    path = tmp_path / "x.vientro"

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full_disk)
        with pytest.raises(OSError, match="No space"):
            backup.backup(full, path)
    assert [one.name for one in tmp_path.iterdir() if "vientro" in one.name] == []
    backup.backup(full, path)
    with pytest.raises(InputError, match="never written over"):
        backup.backup(full, path)


def test_a_used_ledger_is_replaced_only_where_that_is_asked_for(full, tmp_path):
    path = tmp_path / "x.vientro"
    backup.backup(full, path)
    before = rows(full)
    full.decide([named(Decision("", "2026-03-06T08:00:00+00:00", "bình", "reject", ("c-1",)))])
    with pytest.raises(StoreError, match="not empty"):
        backup.restore(full, path)
    backup.restore(full, path, over=True)
    assert rows(full) == before
    assert list(audit.problems(full)) == []


def damaged(path: Path, how: str) -> Path:
    data = gzip.decompress(path.read_bytes())
    made = {
        "a word changed": gzip.compress(data.replace(b"Ukraine", b"Moldova", 1)),
        "cut": path.read_bytes()[:-200],
        "a line gone": gzip.compress(b"".join(line for n, line in enumerate(data.splitlines(keepends=True)) if n != 3)),
        "not packed": data,
        "empty": b"",
        "of later tables": gzip.compress(later(data)),
    }[how]
    path.write_bytes(made)
    return path


def later(data: bytes) -> bytes:
    first, *rest, last = data.splitlines(keepends=True)
    first = msgspec.json.encode(msgspec.json.decode(first) | {"schema": 99}) + b"\n"
    whole = b"".join([first, *rest])
    return whole + msgspec.json.encode(msgspec.json.decode(last) | {"sha256": hashlib.sha256(whole).hexdigest()}) + b"\n"


@pytest.mark.parametrize("how", ["a word changed", "cut", "a line gone", "not packed", "empty", "of later tables"])
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(tmp_path, stages, how):
    with Store(tmp_path / "x.db") as store:
        fill(store, stages)
        path = tmp_path / "x.vientro"
        backup.backup(store, path)
        before = rows(store)
        with pytest.raises(InputError):
            backup.restore(store, damaged(path, how), over=True)
        assert rows(store) == before


def test_a_restore_that_is_stopped_leaves_the_ledger_as_it_was(full, tmp_path, monkeypatch):
    path = tmp_path / "x.vientro"
    backup.backup(full, path)
    before = rows(full)

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("vientro.store.guards.install", killed)
        with pytest.raises(KeyboardInterrupt):
            backup.restore(full, path, over=True)
    assert rows(full) == before
    assert list(audit.problems(full)) == []


def test_a_text_that_is_taken_down_leaves_hash_and_tombstone(full, stages, tmp_path):
    taken = articles()[0]
    [number] = [article.id for article in full.articles() if article.key == "1.txt"]
    made, pages = redaction.redact(full, number, "theo yêu cầu của báo")
    assert pages == []
    with pytest.raises(StoreError, match="was stopped"):
        full.projection()
    pipeline.project(full, stages, least=0.5)
    [gone] = [article for article in full.articles() if article.id == taken.id]
    assert (gone.text, gone.title, gone.key) == ("", None, "1.txt")
    assert {claim.evidence for claim in full.claims() if claim.article_id == taken.id} == {""}
    assert [claim.amounts[0].value for claim in full.claims() if claim.article_id == taken.id] == [20e6]
    assert [article.key for article in full.search("ukraine")] == ["3.txt"]
    assert full.unread([taken], "stub 2") == []
    assert taken.id not in {article.id for article in full.outdated("stub 2")}
    assert not any("20 triệu" in line or ("tin riêng" in line and "Đức" in line) for line in lines(full))
    assert list(audit.problems(full)) == []
    assert redaction.redact(full, taken.id, "lần nữa")[0] == made
    with pytest.raises(InputError, match="no such article"):
        redaction.redact(full, "a-none", "x")


def test_what_was_taken_down_stays_down_when_an_older_backup_is_restored(full, stages, tmp_path, place):
    old, new = tmp_path / "old.vientro", tmp_path / "new.vientro"
    backup.backup(full, old)
    redaction.redact(full, articles()[0].id, "theo yêu cầu của báo")
    backup.backup(full, new)
    assert "Đức cam kết" not in gzip.decompress(new.read_bytes()).decode()
    backup.restore(full, old, over=True)
    pipeline.project(full, stages, least=0.5)
    assert "Đức cam kết" not in "".join(article.text for article in full.articles())
    assert full.search("đức") == []
    assert list(audit.problems(full)) == []


def test_no_trace_of_a_text_is_left_in_the_files(tmp_path, stages):
    path = tmp_path / "x.db"
    with Store(path) as store:
        fill(store, stages)
        redaction.redact(store, articles()[0].id, "theo yêu cầu của báo")
        pipeline.project(store, stages, least=0.5)
    held = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert "Pháp bàn giao".encode() in held
    assert "Đức cam kết".encode() not in held
