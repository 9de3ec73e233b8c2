"""Rows of somebody's database as claims: the database is the outlet, the row is the text, and its cells are the slots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.model.article import Article, Span, Zone
from vientro.model.claim import IMPORT
from vientro.model.errors import InputError
from vientro.model.ids import article_id, digest
from vientro.model.interchange import decode

if TYPE_CHECKING:
    from vientro.model.claim import Claim

__all__ = ["IMPORT", "Imported", "anchor", "record"]

_LANG = "vi"  # the pack by whose names linking knows parties; it knows those of English tables too


class Imported(msgspec.Struct, frozen=True):
    """A row as a decision keeps it.

    `key` is the row's name in its database, which a later release of the database keeps; `text` is what it says, one cell after the
    other; `claim` is what it claims, in the interchange form without the evidence; `fields` are cells that a claim has no slot
    for, by name (measures such as SIPRI's TIV, which is no money).
    """

    database: str
    key: str
    text: str
    claim: dict[str, Any]
    url: str | None = None
    published: str | None = None
    fields: dict[str, str] = {}


def anchor(database: str, key: str) -> str:
    """The name of a row's claim: that of the row, whatever a later release says in it."""
    return "c-" + digest(IMPORT, database, key)


def record(value: object) -> tuple[Article, Claim]:
    """The article and the claim that a row stands for; raises InputError where the value is no row."""
    try:
        row = msgspec.convert(value, Imported)
    except msgspec.ValidationError as error:
        raise InputError("an imported row", f"is not of the form of rows ({error})", "`vientro import` writes this form") from error
    zone = Zone("body", Span(0, len(row.text)))
    name = f"{row.database}:{row.key}"
    article = Article(
        article_id(row.database, row.url, name, row.text), name, row.database, row.url, row.published, _LANG, None, row.text, (zone,)
    )
    coded = row.claim | {"evidence": row.text, "span": [0, len(row.text)]}
    (claim,) = decode({"doc": name, "claims": [coded]}, article.id, article.text)
    return article, replace(claim, id=anchor(row.database, row.key), reader=f"{IMPORT} {row.database}", confidence=1.0)
