"""Ids. docs/adr/0001 says why they are made this way."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.article import Span
    from vientro.model.claim import Claim


def digest(*parts: str) -> str:
    """Sixteen hex digits of SHA-256 over the parts, each with its length, so that no two lists of parts run together."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        sha.update(len(data).to_bytes(8, "big") + data)
    return sha.hexdigest()[:16]


def article_id(outlet: str | None, url: str | None, title: str | None, text: str) -> str:
    """The id of a story of one outlet; the copy in another outlet is another article."""
    return "a-" + digest(outlet or "", url or "", title or "", text)


def anchor(article: str, span: Span, kind: str) -> str:
    """The name of a claim first found here: article, place of the evidence and type. Values of slots are no part of it."""
    return "c-" + digest(article, str(span.start), str(span.stop), kind)


def inherit(known: Sequence[Claim], fresh: Sequence[Claim]) -> list[Claim]:
    """`fresh` claims of an article under the names of the `known` ones they are the same as, so that a newer reader keeps the names.

    Two claims are the same if their types are equal and their evidence overlaps by a third of the shorter one (the rule of
    the scorer); the largest overlap is taken first, of equal ones that of the same name, and a name is given once.
    """
    pairs = sorted(
        (-_overlap(old.span, new.span), old.id != new.id, i, j)
        for i, old in enumerate(known)
        for j, new in enumerate(fresh)
        if old.type == new.type and _same(old.span, new.span)
    )
    named: dict[int, str] = {}
    for _, _, i, j in pairs:
        if j not in named and known[i].id not in named.values():
            named[j] = known[i].id
    return [replace(claim, id=named.get(j, claim.id)) for j, claim in enumerate(fresh)]


def _overlap(a: Span, b: Span) -> int:
    return min(a.stop, b.stop) - max(a.start, b.start)


def _same(a: Span, b: Span) -> bool:
    return _overlap(a, b) * 3 >= min(a.stop - a.start, b.stop - b.start)
