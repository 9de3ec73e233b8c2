from __future__ import annotations

import gzip
import io
import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vientro import pipeline
from vientro.collect import contents
from vientro.collect.files import sources
from vientro.model.errors import InputError, StoreError
from vientro.publish import canonical, report
from vientro.store.redaction import redact
from vientro.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

GIFTS = [
    "Đức cam kết cho Ukraine 20 triệu euro",
    "Đức bàn giao cho Ukraine 20 triệu euro",
    "Pháp cam kết cho Moldova 7 triệu euro",
    "Na Uy bàn giao cho Ukraine 5 triệu euro",
    "Nga bị tố chuyển cho Moldova 3 triệu euro",
]
OTHER = "Trời hôm nay nhiều mây, không mưa và gió nhẹ ở các tỉnh miền núi."


def row(number: int, gift: str) -> dict[str, str]:
    outlet = f"Báo {number % 3}"
    text = f"Theo tin của báo này, {gift} trong thời gian tới, và không nói gì thêm."
    return {
        "id": str(number),
        "source": outlet,
        "title": f"Tin số {number} của {outlet}",
        "text": text,
        "published": f"2024-05-{number % 28 + 1:02}",
    }


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), "utf-8")
    return path


def run(store: Store, stages: pipeline.Stages, *paths: Path) -> None:
    pipeline.run(sources([str(path) for path in paths]), store, stages, least=None, tell=lambda *_: None)


def shown(store: Store) -> tuple[list[str], str]:
    book = pipeline.book(store)
    return list(canonical.lines(book)), report.html(book, "vi")


def test_a_folder_becomes_a_ledger(tmp_path, stages):
    folder = tmp_path / "tin"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text(f"Cơ quan báo chí cho biết {GIFTS[0]} vào tuần này.", "utf-8")
    (folder / "b" / "c.txt").write_text(OTHER, "utf-8")
    (folder / "empty.txt").touch()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / ".hidden").write_text("x", "utf-8")
    (folder / "english.txt").write_text("The government said that it will not send any of the money to the bank in the city.", "utf-8")
    with Store(tmp_path / "x.db") as store:
        run(store, stages, folder)
        book = pipeline.book(store)
    assert book.read == 2
    assert [article.key for article in book.articles.values()] == ["tin/a.txt"]
    assert [deal.state for deal in book.ledger.deals] == ["pledged"]
    assert [(reject.stage, reject.id) for reject in book.rejects] == [
        ("article", "tin/empty.txt"),
        ("article", "tin/photo.jpg"),
        ("reading", "tin/english.txt"),
    ]


def test_running_again_changes_nothing(tmp_path, path, stages):
    file = write(tmp_path / "f.jsonl", [row(i, gift) for i, gift in enumerate(GIFTS * 4)])
    with Store(path) as store:
        run(store, stages, file)
        before = shown(store)
        calls = []
        run(store, replace(stages, read=lambda article: calls.append(article) or []), file)
        assert calls == []
        assert shown(store) == before


def test_a_killed_run_goes_on_where_it_stopped(tmp_path, stages, monkeypatch):
    monkeypatch.setattr(pipeline, "_BATCH_DOCUMENTS", 10)
    path = write(tmp_path / "f.jsonl", [row(i, random.Random(i).choice(GIFTS)) for i in range(95)])
    with Store(tmp_path / "whole.db") as store:
        run(store, stages, path)
        whole = shown(store)
    read_before: list[str] = []

    def killed(article):
        if len(read_before) == 47:
            raise KeyboardInterrupt
        read_before.append(article.id)
        return stages.read(article)

    with Store(tmp_path / "x.db") as store, pytest.raises(KeyboardInterrupt):
        run(store, replace(stages, read=killed), path)
    read_after: list[str] = []
    with Store(tmp_path / "x.db") as store:
        assert store.count() == 40
        run(store, replace(stages, read=lambda article: read_after.append(article.id) or stages.read(article)), path)
        assert shown(store) == whole
    assert len(read_after) == 55
    assert not set(read_after) & set(read_before[:40])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(12)), st.integers(1, 11))
def test_the_order_of_arrival_changes_nothing(tmp_path_factory, stages, order, cut):
    folder = tmp_path_factory.mktemp("order")
    rows = [row(i, GIFTS[i % len(GIFTS)]) for i in range(11)]
    rows.append(rows[0] | {"id": "copy", "published": "2024-04-01"})  # one row under two names
    with Store(folder / "straight.db") as store:
        run(store, stages, write(folder / "f.jsonl", rows))
        straight = shown(store)
    mixed = [rows[i] for i in order]
    with Store(folder / "mixed.db") as store:
        run(store, stages, write(folder / "one.jsonl", mixed[:cut]))
        run(store, stages, write(folder / "two.jsonl", mixed[cut:]))
        assert shown(store) == straight


def test_a_newer_reader_reads_all_again_and_the_claims_keep_their_names(tmp_path, path, stages):
    file = write(tmp_path / "f.jsonl", [row(i, gift) for i, gift in enumerate(GIFTS)])
    wider = replace(stages, reader="stub 2", read=lambda article: [_wider(claim) for claim in stages.read(article)])
    with Store(path) as store:
        run(store, stages, file)
        names = {claim.id for claim in store.claims()}
        run(store, wider)
        assert {claim.id for claim in store.claims()} == names
        assert {claim.reader for claim in store.claims()} == {"stub 2"}


def _wider(claim):
    span = replace(claim.span, start=claim.span.start - 2)
    return replace(claim, span=span, id=f"c-new{span.start}", reader="stub 2")


def test_hostile_inputs_are_counted_and_harm_nothing_else(tmp_path, stages):
    folder = tmp_path / "tin"
    folder.mkdir()
    good = json.dumps(row(1, GIFTS[0]), ensure_ascii=False)
    lines = [
        good,
        "{broken",
        "[]",
        '{"id": "e"}',
        "x" * 50_000_000,
        '{"id": "c", "text": "' + "\\u0007 \\u001b[31m đỏ và không " * 3 + '"}',
        "",
    ]
    with gzip.open(folder / "f.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as out:
        out.write("\n".join(lines))
    (folder / "cut.jsonl.xz").write_bytes(b"\xfd7zXZ\x00 and then nothing")
    (folder / "nul.txt").write_bytes(b"\0" * 100)
    (folder / "nothing.jsonl").touch()
    (folder / "locked.txt").mkdir()
    with Store(tmp_path / "x.db") as store:
        run(store, stages, folder)
        book = pipeline.book(store)
    assert len(book.claims) == 1
    assert book.read == 2
    assert {reject.id for reject in book.rejects} == {
        "tin/f.jsonl.gz:2", "tin/f.jsonl.gz:3", "e", "tin/f.jsonl.gz:5", "tin/cut.jsonl.xz", "tin/nul.txt", "tin/nothing.jsonl",
    }  # fmt: skip


def test_a_bug_that_one_text_brings_out_costs_that_text_alone(tmp_path, stages):
    def fragile(article):
        if "Moldova" in article.text:
            raise ZeroDivisionError
        return stages.read(article)

    path = write(tmp_path / "f.jsonl", [row(i, gift) for i, gift in enumerate(GIFTS)])
    with Store(tmp_path / "x.db") as store:
        run(store, replace(stages, read=fragile), path)
        book = pipeline.book(store)
    assert len(book.claims) == 3
    assert ["ZeroDivisionError" in reject.reason for reject in book.rejects] == [True, True]


def test_a_bug_that_one_file_brings_out_costs_that_file_alone(tmp_path, stages, monkeypatch):
    whole = contents.documents

    def fragile(name, stream):
        if name == "a.txt":
            raise ZeroDivisionError
        yield from whole(name, stream)

    monkeypatch.setattr(contents, "documents", fragile)
    (tmp_path / "a.txt").write_text(f"Báo chí cho biết {GIFTS[0]}.", "utf-8")
    (tmp_path / "b.txt").write_text(f"Báo chí cho biết {GIFTS[1]}.", "utf-8")
    with Store(tmp_path / "x.db") as store:
        run(store, stages, tmp_path / "a.txt", tmp_path / "b.txt")
        book = pipeline.book(store)
    assert len(book.claims) == 1
    assert [(reject.id, "ZeroDivisionError" in reject.reason) for reject in book.rejects] == [("a.txt", True)]


def test_an_upgrade_that_was_killed_is_told_and_goes_on(tmp_path, path, stages):
    file = write(tmp_path / "f.jsonl", [row(i, gift) for i, gift in enumerate(GIFTS)])

    def killed(*_, **_more):
        raise KeyboardInterrupt

    with Store(path) as store:
        run(store, stages, file)
        before = shown(store)
        other = replace(stages, reader="stub 2", read=lambda article: stages.read(article)[1:], link=killed)
        with pytest.raises(KeyboardInterrupt):
            run(store, other, file)
        with pytest.raises(StoreError, match="was stopped"):
            pipeline.book(store)
        run(store, stages, file)
        assert shown(store) == before


def test_what_a_newer_reader_can_not_read_again_is_told_once(tmp_path, path, stages):
    def fragile(article):
        if "Moldova" in article.text:
            raise ZeroDivisionError
        return stages.read(article)

    file = write(tmp_path / "f.jsonl", [row(i, gift) for i, gift in enumerate(GIFTS)])
    newer = replace(stages, reader="stub 2", read=fragile)
    with Store(path) as store:
        run(store, stages, file)
        for paths in ((), (file,), (), (file,)):
            run(store, newer, *paths)
            assert [reject.id for reject in store.rejects()] == ["2", "4"]
        run(store, replace(newer, read=stages.read), file)
        assert store.rejects() == []


def test_each_standard_input_is_a_source_of_its_own(tmp_path, stages, monkeypatch):
    def pipe(data: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        pipeline.run(sources(["-"]), store, stages, least=None, tell=lambda *_: None)

    with Store(tmp_path / "x.db") as store:
        pipe(b"{broken\n")
        pipe(b'{"id": "a"}\n')
        assert [reject.reason for reject in store.rejects()] == ["broken JSON", "no text"]
        pipe(b"{broken\n")
        assert [reject.reason for reject in store.rejects()] == ["broken JSON", "no text"]


def test_the_least_confidence_decides_what_makes_deals_and_nothing_is_lost(tmp_path, stages):
    path = write(tmp_path / "f.jsonl", [row(1, GIFTS[0])])
    files = sources([str(path)])
    with Store(tmp_path / "x.db") as store:
        pipeline.run(files, store, stages, least=0.95, tell=lambda *_: None)
        assert pipeline.book(store).claims == {}
        pipeline.run(files, store, stages, least=None, tell=lambda *_: None)
        assert len(pipeline.book(store).claims) == 1


def test_progress_is_told_to_the_end(tmp_path, stages):
    path = write(tmp_path / "f.jsonl", [row(i, GIFTS[0]) for i in range(700)])
    told = []
    with Store(tmp_path / "x.db") as store:
        pipeline.run(sources([str(path)]), store, stages, least=None, tell=lambda *what: told.append(what))
    size = path.stat().st_size
    reading = [done for stage, done, _ in told if stage == "read"]
    assert reading == sorted(reading)
    assert reading[-1] == size
    assert told[-1] == ("link", 1, 1)


def test_a_path_that_leads_nowhere_is_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        sources([str(tmp_path / "nothing")])


def test_the_ledger_itself_is_no_source(tmp_path):
    (tmp_path / "x.db").touch()
    (tmp_path / "a.txt").touch()
    assert [file.name for file in sources([str(tmp_path)], skip=[tmp_path / "x.db"])] == [f"{tmp_path.name}/a.txt"]


def test_a_version_of_a_text_that_was_taken_down_is_left_out_and_told(tmp_path, path, stages):
    def rows(day: str) -> list[dict[str, str]]:
        return [{**row(n, f"Đức cam kết cho Ukraine {n} triệu euro {day}"), "url": f"https://a.example/{n}"} for n in (20, 21)]

    with Store(path) as store:
        run(store, stages, write(tmp_path / "a.jsonl", rows("hôm nay")))
        taken = next(article for article in store.articles() if article.url == "https://a.example/20")
        redact(store, taken.id, "theo yêu cầu của báo")
        run(store, stages, write(tmp_path / "b.jsonl", rows("hôm qua")))
        assert sorted(article.url for article in store.articles() if article.text) == ["https://a.example/21"] * 2
        assert [reject.reason for reject in store.rejects()] == [pipeline.TAKEN_DOWN]


@pytest.mark.parametrize(
    "spelled",
    [
        "https://a.example/mot-tin-20.html?utm_source=fb",
        "http://a.example/mot-tin-20.html",
        "https://a.example/mot-tin-20.html#a",
        "https://a.example/mot-tin-20.html/",
        "https://www.a.example/mot-tin-20.html",
    ],
)
def test_a_text_that_was_taken_down_does_not_come_back_under_another_spelling_of_its_address(tmp_path, path, stages, spelled):
    def written(url: str, day: str) -> Path:
        other = {**row(21, f"Pháp cam kết cho Moldova 7 triệu euro {day}"), "url": "https://a.example/tin-khac-21.html"}
        return write(tmp_path / f"{day}.jsonl", [{**row(20, f"Đức cam kết cho Ukraine 9 triệu euro {day}"), "url": url}, other])

    with Store(path) as store:
        run(store, stages, written("https://a.example/mot-tin-20.html", "hôm nay"))
        taken = next(article for article in store.articles() if "20" in (article.url or ""))
        redact(store, taken.id, "theo yêu cầu của báo")
        run(store, stages, written(spelled, "hôm qua"))
        assert {article.url for article in store.articles() if article.text} == {"https://a.example/tin-khac-21.html"}
        assert [reject.reason for reject in store.rejects()] == [pipeline.TAKEN_DOWN]


def test_an_address_names_what_stood_at_any_spelling_of_it(tmp_path, path, stages):
    spelled = ["https://a.example/tin-20.html", "http://www.a.example/tin-20.html?utm_source=fb", "https://a.example/tin-21.html"]
    with Store(path) as store:
        run(
            store,
            stages,
            write(tmp_path / "a.jsonl", [{**row(n, gift), "url": url} for n, (gift, url) in enumerate(zip(GIFTS, spelled, strict=False))]),
        )
        found = store.named(store.addressed("https://a.example/tin-20.html/#a"))
        assert {article.url for article in found.values()} == set(spelled[:2])
        assert not store.addressed("https://a.example")
