"""A stream of bytes to articles: what kind of file it is, unpacking, and limits. Nothing here opens a file."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Literal, cast

from vientro.article import page, rows
from vientro.article.compose import compose
from vientro.article.decode import NotTextError, html_of, text_of
from vientro.article.page import LONGEST
from vientro.model.article import Article, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["text", "html", "rows"]

_CHUNK = 1 << 20
# A packed file that unpacks to more than this, and to this many times its size, is made to fill memory or time. Text packs 3 to 30 times.
_BOMB_SIZE, _BOMB_RATIO = 100_000_000, 300

_KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "rows", ".ndjson": "rows",
}  # fmt: skip
_PACKED = (".gz", ".xz")
_MAGIC = {b"\x1f\x8b": ".gz", b"\xfd7zXZ\x00": ".xz"}
KNOWN = f"{' '.join(_KINDS)}, plain or {' '.join(_PACKED)}"


def documents(name: str, stream: io.BufferedReader) -> Iterator[Article | Reject]:
    """The articles of a file, read as they are asked for, and a Reject for each part that holds none.

    The kind of file is told by the name's suffix; without one (standard input is called "-") by the first bytes.
    No document of more than `LONGEST` bytes is held in memory.
    """
    packed, kind = _kind(name, stream)
    if kind is None:
        yield Reject("article", name, f"a kind of file that is not read (read are {KNOWN})")
        return
    data = _Unpacked(stream, packed) if packed else stream
    try:
        yield from _rows(name, data) if kind == "rows" else _whole(name, data, kind)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, MemoryError) as error:
        if not packed:
            raise
        yield Reject(
            "article", name, str(error) if isinstance(error, _BombError) else f"a broken {packed} file; what came before the break was read"
        )


def surprise(stage: str, id_: str, error: Exception) -> Reject:
    """The reject of what brought out a bug of this program."""
    return Reject(stage, id_, f"an error of vientro itself ({type(error).__name__}); please report it")


def _kind(name: str, stream: io.BufferedReader) -> tuple[str, Kind | None]:
    """Packing and kind, by suffix or by the first bytes."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes[-2:]]
    packed = suffixes.pop() if suffixes and suffixes[-1] in _PACKED else ""
    if suffixes:
        return packed, _KINDS.get(suffixes[-1])
    head = stream.peek(512)[:512]
    packed = packed or next((pack for magic, pack in _MAGIC.items() if head.startswith(magic)), "")
    start = _peek(head, packed).removeprefix(b"\xef\xbb\xbf").lstrip()
    return packed, "rows" if start.startswith(b"{") else "html" if start.startswith(b"<") else "text"


def _peek(head: bytes, packed: str) -> bytes:
    """The first bytes of what is packed, as far as they can be had."""
    try:
        if packed == ".gz":
            return zlib.decompressobj(wbits=31).decompress(head, 512)
        return lzma.LZMADecompressor().decompress(head, 512) if packed else head
    except (zlib.error, lzma.LZMAError):
        return b""


def _whole(name: str, data: io.BufferedReader, kind: Kind) -> Iterator[Article | Reject]:
    content = data.read(LONGEST + 1)
    if len(content) > LONGEST:
        yield Reject("article", name, f"longer than {LONGEST // 1_000_000} MB")
        return
    try:
        text = html_of(content) if kind == "html" else text_of(content)
    except NotTextError as error:
        yield Reject("article", name, str(error))
        return
    if not text.strip():
        yield Reject("article", name, "an empty file")
    elif kind == "html":
        yield from page.article(name, text)
    else:
        yield compose(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _rows(name: str, data: io.BufferedReader) -> Iterator[Article | Reject]:
    number = 0
    while line := data.readline(LONGEST + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = data.readline(_CHUNK)
            yield Reject("article", where, f"longer than {LONGEST // 1_000_000} MB")
        elif line.strip():
            try:
                yield from rows.article(where, line)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001  one row that brings out a bug must not cost the rows after it
                yield surprise("article", where, error)
    if not number:
        yield Reject("article", name, "an empty file")


class _BombError(OSError):
    """The file unpacks to far more than any text does."""


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self.count = stream, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


class _Unpacked(io.BufferedReader):
    """What is packed in a stream; raises _BombError instead of unpacking without end."""

    def __init__(self, stream: io.BufferedReader, packed: str) -> None:
        self._packed, self._size = _Counted(stream), 0
        packed_bytes = cast("IO[bytes]", self._packed)
        unpacked = gzip.GzipFile(fileobj=packed_bytes) if packed == ".gz" else lzma.LZMAFile(packed_bytes)  # noqa: SIM115  closed with this
        super().__init__(cast("io.RawIOBase", unpacked))

    def read(self, size: int | None = -1, /) -> bytes:
        return self._checked(super().read(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._checked(super().readline(size))

    def _checked(self, data: bytes) -> bytes:
        self._size += len(data)
        if self._size > max(_BOMB_SIZE, _BOMB_RATIO * self._packed.count):
            raise _BombError("unpacks to far more than text does; the rest was not read")
        return data
