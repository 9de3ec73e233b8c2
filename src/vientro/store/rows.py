"""Records to rows of the tables, and back."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.model.article import Article, Zone
from vientro.model.claim import Claim

if TYPE_CHECKING:
    from sqlalchemy import Row

_COLUMNS = ("id", "key", "outlet", "url", "published", "lang", "title", "text", "zones")
_MORE = {field.name for field in fields(Article)} - {*_COLUMNS}
_zones = msgspec.json.Decoder(tuple[Zone, ...])
_NOTHING = "{}"
_claim = msgspec.json.Decoder(Claim)


def to_json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def rank(article: Article) -> tuple[bool, str, str, str]:
    return article.published is None, article.published or "", article.key, to_json(article.zones)


def article_of(row: Row[Any]) -> Article:
    """The article of a row of articles and readings."""
    known = (row.id, row.key, row.outlet, row.url, row.published, row.lang, row.title, row.text, _zones.decode(row.zones))
    if row.more == _NOTHING:
        return Article(*known)
    more: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in msgspec.json.decode(row.more).items()
    }
    return replace(Article(*known), **{name: more[name] for name in _MORE & more.keys()})


def article_row(article: Article, number: int, seen: str) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(article, name) for name in ("id", "outlet", "url", "title", "text")}
    return row | {"number": number, "hash": sha256(article.text), "seen": seen}


def reading_row(article: Article, number: int, reader: str, at: str) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(article, name) for name in ("key", "published", "lang")}
    more = {name: value for name in sorted(_MORE) if (value := getattr(article, name))}
    return row | {
        "number": number,
        "article": article.id,
        "reader": reader,
        "zones": to_json(article.zones),
        "more": to_json(more) if more else _NOTHING,
        "at": at,
    }


def claim_row(claim: Claim, reading: int) -> dict[str, object]:
    return {
        "reading": reading,
        "id": claim.id,
        "article": claim.article_id,
        "start": claim.span.start,
        "type": claim.type,
        "record": to_json(claim),
    }


def claim_of(record: str) -> Claim:
    return _claim.decode(record)
