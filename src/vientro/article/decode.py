"""Bytes to text: which encoding a file is in, and when it is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress

from vientro.article.language import detect

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD = 4096
_MARKUP = re.compile(r"<(?:script|style)\b[^<]*(?:<(?!/)[^<]*)*|<[^>]*>|&\w{1,9};", re.IGNORECASE)
_FEW = 3  # broken bytes that any page may have, as where it was cut short
# Two letters of Vietnamese as they look when their UTF-8 was read as Windows-1252.
_TWICE = re.compile("á[º»]|Æ°|Ä\u2018|Ã[ ¡¢£ª¨©­¬²³´µ¹º]")
_FEWEST_TWICE, _SAMPLE = 20, 200_000
# The names that a page may give its encoding. Python knows more, some of which are no encodings of text ("idna"); a page whose name
# of it can be read as ASCII is not in UTF-16, which the HTML standard takes for UTF-8, and "latin-1" is Windows-1252 there.
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"), "utf-8"),
    **dict.fromkeys(("windows-1252", "cp1252", "iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("windows-1258", "cp1258"), "cp1258"),
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in range(2, 17) if part != 12},
}


class NotTextError(ValueError):
    """The bytes are no text that can be read; `str(error)` says why in plain words."""


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or Windows-1258 if that gives Vietnamese; raises NotTextError."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    if b"\0" in data:
        raise NotTextError("a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeError:
        return _windows(data)


def html_of(data: bytes) -> str:
    """The markup of a page; raises NotTextError.

    What is valid UTF-8 is UTF-8, whatever the page names: text in an older encoding hardly ever is. Else the page is in the encoding
    that it names, or in UTF-8 with a few broken bytes, or in what `text_of` finds. UTF-8 that was taken for Windows-1252 and encoded
    once more is put right.
    """
    if data.startswith(tuple(bom for bom, _ in _BOMS)) or b"\0" in data[:_HEAD]:
        return text_of(data)
    with suppress(UnicodeError):
        return _once(data.decode("utf-8"))
    named = _CHARSET.search(data[:_HEAD])
    encoding = _ENCODINGS.get(named[1].decode("ascii").lower()) if named else None
    if encoding and encoding != "utf-8":
        with suppress(UnicodeError):  # a page that names its encoding wrongly is read like one that names none
            return data.decode(encoding)
    mended = data.decode("utf-8", "replace")
    if mended.count("\ufffd") <= max(_FEW, len(data) // 1000):
        return _once(mended)
    return _windows(data, _MARKUP)


def _once(text: str) -> str:
    """A text whose UTF-8 was taken for Windows-1252 and encoded again, as it was before; any other as it is."""
    if len(_TWICE.findall(text[:_SAMPLE])) < _FEWEST_TWICE:
        return text
    with suppress(UnicodeError):
        return b"".join(_byte(ch) for ch in text).decode("utf-8")
    return text


def _byte(ch: str) -> bytes:
    return ch.encode("latin-1") if "\x80" <= ch <= "\x9f" else ch.encode("cp1252")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise NotTextError(f"not valid {encoding.upper()}, though it begins with its mark") from error


def _windows(data: bytes, markup: re.Pattern[str] | None = None) -> str:
    """Old Vietnamese files in Windows-1258. Nearly any bytes would decode, so the result, without its markup, must read as Vietnamese."""
    try:
        text = data.decode("cp1258")
    except UnicodeError:
        text = ""
    if (
        any(unicodedata.category(ch) == "Cc" and ch not in "\t\n\r\f" for ch in text)
        or detect(markup.sub(" ", text) if markup else text) != "vi"
    ):
        raise NotTextError("not text in UTF-8, nor in an older Vietnamese encoding")
    return text
