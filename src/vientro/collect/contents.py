"""A file to what it holds: articles, and a reject for each part that holds none. Texts, pages and rows are the core's work; PDF, DOCX
and WARC are unpacked here."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from vientro.article.bulk import story_of
from vientro.article.documents import documents, surprise
from vientro.collect.files import opened
from vientro.model.article import Article, Reject
from vientro.model.errors import VientroError

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Iterator

    from vientro.collect.files import File

_LONGEST = 100_000_000
_MISSING = "need parts that are not installed: pip install 'vientro[collect]'"
_WARC = (".warc", ".warc.gz")

Found = tuple[Article | Reject, int]


def contents(files: Iterable[File]) -> Iterator[Article | Reject]:
    """What the files hold, in their order; a file that can't be opened or read to its end is a reject and ends nothing."""
    for file in files:
        for found, _ in held(file):
            yield found


def held(file: File, worth: Callable[[str], bool] | None = None) -> Iterator[Found]:
    """What a file holds, each with how far the file is read; a file that can't be opened or read to its end is a reject.

    Of pages in bulk (WARC) those whose text is not `worth` reading are rejected without being taken apart.
    """
    try:
        with opened(file) as stream:
            yield from _read(file, stream, worth)
    except OSError as error:
        yield Reject("collect", file.name, f"can't be read: {error.strerror or error}"), file.size
    except (MemoryError, VientroError):
        raise
    except Exception as error:  # noqa: BLE001  one file that brings out a bug must not cost the files after it
        yield surprise("article", file.name, error), file.size


def _read(file: File, stream: io.BufferedReader, worth: Callable[[str], bool] | None) -> Iterator[Found]:
    name = file.name.lower()
    suffix = PurePath(name).suffix
    if name.endswith(_WARC):
        yield from _pages(file.name, stream, worth)
    elif suffix in (".pdf", ".docx"):
        yield _document(file.name, suffix, stream), file.size
    else:
        for found in documents(file.name, stream):
            yield found, stream.tell() if file.size else 0


def _document(name: str, suffix: str, stream: io.BufferedReader) -> Article | Reject:
    data = stream.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        return Reject("collect", name, f"longer than {_LONGEST // 1_000_000} MB")
    return document(name, suffix, data)


def document(name: str, suffix: str, data: bytes, url: str | None = None) -> Article | Reject:
    """The article in the bytes of a PDF (".pdf") or DOCX (".docx") file, from an address or not; a Reject where there is none."""
    try:
        from vientro.collect import office  # noqa: PLC0415  heavy parts, an extra
    except ModuleNotFoundError:
        return Reject("collect", name, f"PDF and DOCX files {_MISSING}")
    return office.pdf(name, data, url) if suffix == ".pdf" else office.word(name, data, url)


def _pages(name: str, stream: io.BufferedReader, worth: Callable[[str], bool] | None) -> Iterator[Found]:
    try:
        from vientro.collect import warc  # noqa: PLC0415  heavy parts, an extra
        from vientro.collect.fetch import Fault  # noqa: PLC0415
        from vientro.collect.manners import opted_out  # noqa: PLC0415
    except ModuleNotFoundError:
        yield Reject("collect", name, f"WARC files {_MISSING}"), 0
        return
    for page, position in warc.pages(name, stream):
        if isinstance(page, Fault):
            yield Reject("collect", page.url or name, page.words), position
        elif why := opted_out(page):
            yield Reject("collect", page.url, f"opted out: {why}"), position
        else:
            yield story_of(page.body, page.address, worth), position
