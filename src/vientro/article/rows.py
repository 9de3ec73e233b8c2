"""JSON Lines to articles: one row, one article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vientro.article.compose import compose, day
from vientro.model.article import Article, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator


class Row(msgspec.Struct):
    """What a row may hold; other fields are passed over."""

    id: str | int | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    lang: str | None = None
    title: str | None = None
    text: str | None = None
    summary: str | None = None
    lede: str | None = None


_decoder = msgspec.json.Decoder(Row)


def article(name: str, line: bytes) -> Iterator[Article | Reject]:
    """The article of one row, called `name` if the row has no id; a Reject where it holds none, or beside it where its date is lost."""
    try:
        row = _decoder.decode(line.strip().removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield Reject("article", name, _why(error))
        return
    key = name if row.id is None or row.id == "" else str(row.id)
    body, lede = row.text or "", row.lede or row.summary
    if not body.strip():
        body, lede = lede or "", None
    if not (body.strip() or (row.title or "").strip()):
        yield Reject("article", key, "no text")
        return
    published = day(row.published) if row.published else None
    if row.published and not published:
        yield Reject("article", key, "published is no date of ISO 8601; the article is taken as undated")
    yield compose(key, body, title=row.title, lede=lede, outlet=row.source, url=row.url, published=published, lang=row.lang)


def _why(error: Exception) -> str:
    """A reason in plain words, without the parts of the parser's message that differ from row to row."""
    if isinstance(error, msgspec.ValidationError):
        return f"a row of another form: {error}"
    if isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower():
        return "not valid UTF-8"
    return "broken JSON"
