"""Records to rows of the tables, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vientro.model.article import Article, Zone
from vientro.model.claim import Claim

if TYPE_CHECKING:
    from sqlalchemy import Row

_zones = msgspec.json.Decoder(tuple[Zone, ...])
_claim = msgspec.json.Decoder(Claim)


def to_json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def rank(article: Article) -> tuple[bool, str, str, str]:
    return article.published is None, article.published or "", article.key, to_json(article.zones)


def article_of(row: Row[Any]) -> Article:
    return Article(row.id, row.key, row.outlet, row.url, row.published, row.lang, row.title, row.text, _zones.decode(row.zones))


def article_row(article: Article, reader: str, seen: str) -> dict[str, object]:
    row = {name: getattr(article, name) for name in ("id", "key", "outlet", "url", "published", "lang", "title", "text")}
    return row | {"zones": to_json(article.zones), "reader": reader, "seen": seen}


def claim_row(claim: Claim, reader: str) -> dict[str, object]:
    return {
        "id": claim.id,
        "reader": reader,
        "article": claim.article_id,
        "start": claim.span.start,
        "type": claim.type,
        "record": to_json(claim),
    }


def claim_of(record: str) -> Claim:
    return _claim.decode(record)
