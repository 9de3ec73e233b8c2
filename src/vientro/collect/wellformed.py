"""XML from strangers: brought to UTF-8, without entities of its own, without anything loaded from elsewhere, not nested without end."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from vientro.article.decode import NotTextError, text_of
from vientro.collect.fetch import inflated

if TYPE_CHECKING:
    from collections.abc import Callable

_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]{2,20})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}>", re.IGNORECASE)
_OWN_WORDS = re.compile(r"<!(?:ENTITY\b|DOCTYPE[^>]{0,500}\[)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_HEAD = 300
DEEPEST = 60
MOST_PACKED = 60_000_000  # bytes that a packed sitemap may unpack to; the protocol allows 50 MiB


class XmlError(ValueError):
    """The document is not read; `str(error)` says why in plain words."""


@dataclass(frozen=True, slots=True)
class Xml:
    """A document in UTF-8. `broken` says where it is not well-formed, "" if it is."""

    data: bytes
    broken: str


def prepared(data: bytes) -> Xml:
    """The document as it may be given to a parser; raises XmlError where it may not."""
    text = _FORBIDDEN.sub("", _text(data)).lstrip("\ufeff \t\r\n")
    if _OWN_WORDS.search(text):
        raise XmlError("it declares entities of its own")
    text = '<?xml version="1.0" encoding="utf-8"?>' + _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)
    clean = text.encode("utf-8")
    return Xml(clean, walked(clean, lambda _path, _text: None))


def walked(data: bytes, tell: Callable[[tuple[str, ...], str], None]) -> str:
    """Tell each element that ends, by the path of its local names, with its text; returns where the document breaks off, or ""."""
    path: list[str] = []
    texts: list[list[str]] = []

    def start(name: str, _attributes: object) -> None:
        path.append(name.rpartition(" ")[2])
        texts.append([])
        if len(path) > DEEPEST:
            raise XmlError("its markup is nested too deeply")

    def end(_name: str) -> None:
        tell(tuple(path), "".join(texts.pop()).strip())
        path.pop()

    def characters(text: str) -> None:
        if texts:
            texts[-1].append(text)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.EntityDeclHandler = _entity
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes it by place only
    except expat.ExpatError as error:
        return f"{expat.ErrorString(error.code)} in line {error.lineno}"
    return ""


def _entity(*_: object) -> None:
    raise XmlError("it declares entities of its own")


def _text(data: bytes) -> str:
    """The document's text: UTF-8 if it can be that, whatever it says; else as it says, else an older Vietnamese encoding."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    with suppress(UnicodeError):
        return data.decode("utf-8")
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name.startswith(("windows-", "iso-8859-")):
        with suppress(UnicodeError, LookupError):
            return data.decode(name)
    try:
        return text_of(data)
    except NotTextError:
        return data.decode("utf-8", "replace")


def is_packed(data: bytes) -> bool:
    return data.startswith(b"\x1f\x8b")


def ungzipped(data: bytes, most: int = MOST_PACKED) -> bytes:
    """What is in a gzip file; raises XmlError where it is broken, or holds more than `most` bytes."""
    parts: list[bytes] = []
    size = 0
    try:
        for _, part in inflated([data]):
            size += len(part)
            if size > most:
                raise XmlError("it unpacks to too much")
            parts.append(part)
    except zlib.error as error:
        raise XmlError("a broken gzip file") from error
    except EOFError as error:
        raise XmlError("the gzip file breaks off") from error
    return b"".join(parts)
