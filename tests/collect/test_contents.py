"""Files that hold more than text: PDF, DOCX and WARC."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlet import page

from vientro.article.bulk import story_of
from vientro.collect import office, warc
from vientro.collect.contents import contents, document, held
from vientro.collect.fetch import Fault, Page
from vientro.collect.files import sources
from vientro.collect.office import joined
from vientro.model.article import Article, Reject


def pdf(text: str = "Norway gave Moldova 8 radars.") -> bytes:
    """The smallest PDF of one line."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + rows + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph("Đức cam kết cho Ukraine 20 triệu euro.")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Na Uy", "8 radar"
    made.add_paragraph("Câu cuối của văn bản.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def crawl(*pages: bytes) -> bytes:
    out = io.BytesIO()
    rows = [Page(f"http://bao.example/tin-{k}.html", f"http://bao.example/tin-{k}.html", 200, (("content-type", "text/html"),), body,
                 "2026-11-02T06:00:00Z") for k, body in enumerate(pages)]  # fmt: skip
    assert warc.write(rows, out) == len(pages)
    return out.getvalue()


def read(tmp_path, name: str, data: bytes) -> list[Article | Reject]:
    (tmp_path / name).write_bytes(data)
    return list(contents(sources([str(tmp_path / name)])))


def test_text_of_documents_is_read(tmp_path):
    (found,) = read(tmp_path, "a.pdf", pdf())
    assert found.text == "Norway gave Moldova 8 radars."
    (found,) = read(tmp_path, "a.docx", word())
    assert found.text.split("\n") == ["Đức cam kết cho Ukraine 20 triệu euro.", "Na Uy | 8 radar", "Câu cuối của văn bản."]


@pytest.mark.parametrize(("name", "data"), [("a.pdf", b"%PDF-1.4 broken"), ("a.pdf", b""), ("a.docx", b"PK\x03\x04"), ("a.docx", b"text")])
def test_broken_documents_are_rejects(tmp_path, name, data):
    (found,) = read(tmp_path, name, data)
    assert isinstance(found, Reject)


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(office, "UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 2_000_000)
    found = document("a.docx", ".docx", out.getvalue())
    assert isinstance(found, Reject)
    assert "too much" in found.reason


def test_without_the_parts_for_it_a_file_is_left_out_and_says_so(tmp_path, monkeypatch):
    for name in ("vientro.collect.office", "vientro.collect.warc"):
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.delattr(sys.modules["vientro.collect"], name.rpartition(".")[2])
    for name in ("a.pdf", "a.warc.gz"):
        (found,) = read(tmp_path, name, b"...")
        assert "pip install 'vientro[collect]'" in found.reason


def test_lines_as_set_become_paragraphs():
    lines = [
        "Na Uy hôm qua đã bàn giao cho Moldova hai",
        "radar đầu tiên trong tổng số tám.",
        "",
        "Chú thích",
        "Đoạn sau bắt đầu ở đây và còn dài thêm nữa.",
    ]
    assert joined(lines) == [f"{lines[0]} {lines[1]}", "Chú thích", lines[4]]


def test_a_crawl_gives_its_stories(tmp_path):
    data = crawl(page(1), b"<html><body></body></html>", page(2))
    found = read(tmp_path, "a.warc.gz", data)
    assert [isinstance(one, Article) for one in found] == [True, False, True]
    assert found[0].url == "http://bao.example/tin-0.html"


def test_a_page_of_a_crawl_that_opts_out_of_mining_is_left_out(tmp_path):
    shut = page(1).replace(b"<head>", b'<head><meta name="tdm-reservation" content="1">', 1)
    assert shut != page(1)
    first, second = read(tmp_path, "a.warc.gz", crawl(shut, page(2)))
    assert isinstance(first, Reject)
    assert first.reason == "opted out: its meta field tdm-reservation"
    assert isinstance(second, Article)


def test_pages_without_a_cue_are_passed_over_and_counted(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(crawl(page(1), page(2)))
    (file,) = sources([str(tmp_path / "a.warc.gz")])
    rejects = [found for found, _ in held(file, lambda text: "số 2" in text)]
    assert isinstance(rejects[0], Reject)
    assert rejects[0].reason.startswith("no cue")
    assert isinstance(rejects[1], Article)


def test_a_crawl_that_breaks_off_gives_what_came_before(tmp_path):
    data = crawl(page(1), page(2))
    found = read(tmp_path, "a.warc.gz", data[:-200])
    assert isinstance(found[0], Article)
    assert len(found) <= 2
    assert isinstance(read(tmp_path, "b.warc", gzip.decompress(data))[0], Article)


@settings(max_examples=60)
@given(st.data())
def test_any_bytes_in_a_crawl_are_pages_or_faults(data):
    whole = bytearray(gzip.decompress(crawl(page(1))))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    for found, _ in warc.pages("a", io.BytesIO(bytes(whole[:cut]))):
        assert isinstance(found, Page | Fault)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_bytes_in_a_document_are_an_article_or_a_reject(data):
    whole = bytearray(pdf())
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(document("a.pdf", ".pdf", bytes(whole)), Article | Reject)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: f"<html><h1>{text}</h1><p>{text}</p>".encode("utf-8", "replace")))
def test_any_bytes_of_a_page_are_an_article_or_a_reject(data):
    for worth in (None, lambda _: True, lambda _: False):
        assert isinstance(story_of(data, "http://bao.example/tin-1.html", worth), Article | Reject)
