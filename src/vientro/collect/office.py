"""Text of PDF and DOCX files. Nothing in them is run or loaded; what they unpack to is limited."""

from __future__ import annotations

import io
import logging
import zipfile
from typing import TYPE_CHECKING

import docx
import pypdf
from pypdf.errors import PyPdfError

from vientro.article.compose import compose
from vientro.model.article import Article, Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document

_MOST_PAGES = 500
_LONGEST_TEXT = 5_000_000
UNPACKED = 200_000_000  # bytes that the parts of a DOCX may have in all
_END = '.!?…:;”")'
_FULL_LINE = 0.75  # of the longest line: a shorter one ends its paragraph


class UnreadableError(ValueError):
    """No text can be had from the file; `str(error)` says why in plain words."""


def pdf(name: str, data: bytes, url: str | None = None) -> Article | Reject:
    """The text of a PDF as an article without zones of its own; a Reject where it has none."""
    return _article(name, data, url, _pdf_text)


def word(name: str, data: bytes, url: str | None = None) -> Article | Reject:
    """The paragraphs and tables of a DOCX file as an article; a Reject where there are none."""
    return _article(name, data, url, _word_text)


def _article(name: str, data: bytes, url: str | None, read: Callable[[bytes], str]) -> Article | Reject:
    try:
        text = read(data)[:_LONGEST_TEXT].strip()
    except UnreadableError as error:
        return Reject("collect", name, str(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  these formats break in more ways than their readers name
        return Reject("collect", name, f"a broken file ({type(error).__name__})")
    return (
        compose(name, text, url=url)
        if text
        else Reject("collect", name, "a document without text; a scan has to be recognised (OCR) first")
    )


def _pdf_text(data: bytes) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it complains of every oddity of a file on standard error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("a PDF that is locked with a password")
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    except PyPdfError as error:
        raise UnreadableError("a broken PDF") from error
    return "\n".join(joined("\n".join(pages).split("\n")))


def joined(lines: list[str]) -> list[str]:
    """Lines as they were set to paragraphs: a line that is full and does not end a sentence goes on in the next."""
    lines = [" ".join(line.split()) for line in lines]
    full = _FULL_LINE * max(map(len, lines), default=0)
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
        elif goes_on:
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
        goes_on = bool(line) and len(line) >= full and (line[-1] not in _END)
    return paragraphs


def _word_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > UNPACKED:
            raise UnreadableError("a file that unpacks to too much")
    return "\n".join(_parts(docx.Document(io.BytesIO(data))))


def _parts(document: Document) -> Iterator[str]:
    """Paragraphs and rows of tables in their order, one line each."""
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                yield " | ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
        else:
            yield " ".join(part.text.split())
