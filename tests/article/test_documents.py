from __future__ import annotations

import codecs
import gzip
import io
import json
import lzma
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.article import documents as module
from vientro.article.documents import LONGEST, documents
from vientro.model.article import Article, Reject

TEXT = "Chính phủ Đan Mạch thông báo sẽ tặng Ukraine mười chín máy bay chiến đấu F-16."


def read(name: str, data: bytes) -> list[Article | Reject]:
    return list(documents(name, io.BufferedReader(io.BytesIO(data))))


def row(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def only(name: str, data: bytes) -> Article | Reject:
    [found] = read(name, data)
    return found


def test_a_text_file_is_one_article_called_by_its_path():
    article = only("thu/a.txt", TEXT.encode())
    assert isinstance(article, Article)
    assert (article.key, article.text, article.title, article.lang) == ("thu/a.txt", TEXT, None, "vi")


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_marks_of_encoding_are_read_and_left_out(data):
    article = only("a.txt", data)
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_windows_1258_is_read_where_it_gives_vietnamese():
    old = unicodedata.normalize("NFD", TEXT).replace("a\u0306", "ă").replace("a\u0302", "â").replace("e\u0302", "ê").replace("o\u0302", "ô")
    old = old.replace("u\u031b", "ư").replace("o\u031b", "ơ")
    reordered = {"a\u0323\u0302": "â\u0323", "e\u0323\u0302": "ê\u0323", "o\u0323\u0302": "ô\u0323", "a\u0323\u0306": "ă\u0323"}
    for apart, joined in reordered.items():
        old = old.replace(apart, joined)
    article = only("a.txt", old.encode("cp1258"))
    assert isinstance(article, Article)
    assert unicodedata.normalize("NFC", article.text) == TEXT


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.html", b"", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        ("a.txt", b"\xff\xfe\x00\xd8", "UTF-16"),
        ("a.txt", bytes(range(128, 256)), "not text"),
        ("a.txt", "naïve café".encode("latin-1"), "not text"),
        ("a.docx", b"PK", "kind of file"),
        ("a.html", b"<html><body></body></html>", "without text"),
        ("a.txt", b"a" * (LONGEST + 1), "longer than 5 MB"),
        ("a.jsonl.gz", b"not packed", "broken .gz"),
        ("a.jsonl.xz", b"not packed", "broken .xz"),
        ("a.jsonl", b"{]\n", "broken JSON"),
        ("a.jsonl", b'{"text": "\xff"}\n', "UTF-8"),
        ("a.jsonl", b"[1, 2]\n", "another form"),
        ("a.jsonl", row(text=5), "another form"),
        ("a.jsonl", b'{"x":' + b"[" * 100_000 + b"\n", "broken JSON"),
        ("a.jsonl", row(id="7", title=" ", text=""), "no text"),
        ("a.jsonl", b'{"text": "' + b"a" * LONGEST + b'"}', "longer than 5 MB"),
    ],
)
def test_what_holds_no_article_is_one_reject_with_a_reason(name, data, reason):
    reject = only(name, data)
    assert isinstance(reject, Reject)
    assert reason in reject.reason


def test_a_broken_row_leaves_the_others_unharmed():
    lines = [row(id="a", text=TEXT), b"{broken\n", b"x" * (3 * LONGEST) + b"\n", b"\n", row(id="b", text=TEXT + " Hai.")]
    found = read("f.jsonl", b"".join(lines))
    assert [f.key if isinstance(f, Article) else f.id for f in found] == ["a", "f.jsonl:2", "f.jsonl:3", "b"]


def test_rows_before_the_break_of_a_packed_file_are_read():
    whole = gzip.compress(b"".join(row(id=str(i), text=f"{TEXT} {i}") for i in range(20_000)))
    found = read("f.jsonl.gz", whole[: len(whole) // 2])
    assert len(found) > 100
    assert isinstance(found[-1], Reject)
    assert all(isinstance(f, Article) for f in found[:-1])


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_packed_rows_are_read(suffix, pack):
    article = only("f.jsonl" + suffix, pack(row(id=7, source="Báo A", summary=TEXT, title="Đan Mạch tặng F-16")))
    assert isinstance(article, Article)
    assert (article.key, article.outlet, article.text) == ("7", "Báo A", f"Đan Mạch tặng F-16\n{TEXT}")


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_file_that_unpacks_without_end_is_given_up(pack, monkeypatch):
    monkeypatch.setattr(module, "_BOMB_SIZE", 500_000)
    found = read("f.jsonl.x"[:-2] + (".gz" if pack is gzip.compress else ".xz"), pack(b"\n" * 3_000_000))
    assert [type(f) for f in found] == [Reject]
    assert "far more than text" in found[0].reason


@pytest.mark.parametrize("data", [TEXT.encode(), row(text=TEXT), gzip.compress(row(text=TEXT)), lzma.compress(TEXT.encode())])
def test_standard_input_is_known_by_its_first_bytes(data):
    article = only("-", data)
    assert isinstance(article, Article)
    assert article.text == TEXT


def test_a_day_that_is_none_is_told_and_the_article_kept():
    reject, article = read("f.jsonl", row(id="7", text=TEXT, published="hôm qua"))
    assert isinstance(reject, Reject)
    assert isinstance(article, Article)
    assert article.published is None


def test_text_in_another_language_is_marked_so():
    article = only("a.txt", b"The government of Denmark said that it will donate the first of its aircraft to the air force in the spring.")
    assert isinstance(article, Article)
    assert article.lang == "en"


@given(st.sampled_from(["a.txt", "a.jsonl", "a.html", "a.jsonl.gz", "a.jsonl.xz", "-"]), st.binary(max_size=300))
def test_no_bytes_at_all_raise(name, data):
    assert all(isinstance(found, Article | Reject) for found in read(name, data))


def test_a_bug_that_one_row_brings_out_costs_that_row_alone(monkeypatch):
    whole = module.rows.article

    def fragile(name, line):
        if b"Hai" in line:
            raise ZeroDivisionError
        yield from whole(name, line)

    monkeypatch.setattr(module.rows, "article", fragile)
    found = read("f.jsonl", row(id="a", text=TEXT) + row(id="b", text=TEXT + " Hai.") + row(id="c", text=TEXT + " Ba."))
    assert [f.key if isinstance(f, Article) else f.id for f in found] == ["a", "f.jsonl:2", "c"]
    assert "ZeroDivisionError" in found[1].reason
