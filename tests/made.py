"""Articles and claims for tests of linking and of the ledger, in a line each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from vientro.model.article import Article, Span, Zone
from vientro.model.claim import Claim, Count, Item, Money, Role
from vientro.model.ids import anchor, article_id
from vientro.model.ledger import Link


def article(text: str, published: str | None = "2024-05-10", outlet: str = "Báo Mẫu", zones: tuple[Zone, ...] = ()) -> Article:
    title = text.split("\n", 1)[0]
    return Article(article_id(outlet, None, title, text), title, outlet, None, published, "vi", title, text, zones)


def claim(of: Article, kind: str, evidence: str | None = None, **slots: Any) -> Claim:
    """A claim of an article; roles as "NO MD", items as Item, money as Money. The evidence is the first line if none is given."""
    words = evidence or of.text.split("\n", 1)[0]
    start = of.text.index(words)
    span = Span(start, start + len(words))
    for role in ("actors", "recipients", "addressees"):
        if isinstance(slots.get(role), str):
            slots[role] = tuple(Role(value) for value in slots[role].split())
    if isinstance(slots.get("speaker"), str):
        slots["speaker"] = Role(slots["speaker"])
    number = slots.pop("number", "")
    plain = Claim(id=anchor(of.id, span, f"{kind}{number}"), article_id=of.id, type="commit", modality="actual", span=span, evidence=words)
    return replace(plain, type=kind, **slots)


def item(cls: str, text: str, model: str | None = None, value: float | None = None, **more: Any) -> Item:
    return Item(cls, text, Span(0, 0), model, None if value is None else Count(value, **more))


def money(value: float, currency: str = "EUR", bound: str = "exact", **more: Any) -> Money:
    return Money(value, currency, bound, Span(0, 0), **more)  # type: ignore[arg-type]


def one_step(claims: list[Claim], step: str = "s-1", deal: str = "d-1", origin: str | None = None) -> list[Link]:
    """Links of claims to one step, each of its own origin unless one is given."""
    return [Link(claim.id, origin or f"o-{claim.id}", step, deal) for claim in claims]
