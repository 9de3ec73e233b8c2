"""Stand-ins for the stages of a run, a reader of one sentence form and the plainest linking: what surrounds them is tested alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from server import databases, path, place, server  # noqa: F401  fixtures of every folder
from vientro.model.article import Article, Span
from vientro.model.claim import Claim, Money, Role
from vientro.model.ids import anchor
from vientro.model.ledger import Deal, Interval, Ledger, Link, Step, Sum
from vientro.pipeline import Stages

if TYPE_CHECKING:
    from collections.abc import Sequence

_GIFT = re.compile(r"(Đức|Pháp|Na Uy|Nga) (cam kết|bàn giao|bị tố chuyển) cho (Ukraine|Moldova) (\d+) triệu euro")
_CODES = {"Đức": "DE", "Pháp": "FR", "Na Uy": "NO", "Nga": "RU", "Ukraine": "UA", "Moldova": "MD"}


def read(article: Article, reader: str = "stub 1") -> list[Claim]:
    claims = []
    for found in _GIFT.finditer(article.text):
        span = Span(*found.span())
        kind = "commit" if found[2] == "cam kết" else "deliver"
        zone = next((zone.kind for zone in article.zones if zone.span.start <= span.start < zone.span.stop), "body")
        claims.append(
            Claim(
                id=anchor(article.id, span, kind),
                article_id=article.id,
                type=kind,
                modality="alleged" if "tố" in found[2] else "actual",
                span=span,
                evidence=found[0],
                actors=(Role(_CODES[found[1]], Span(*found.span(1))),),
                recipients=(Role(_CODES[found[3]], Span(*found.span(3))),),
                amounts=(Money(float(found[4]) * 1e6, "EUR", "exact", Span(found.start(4), found.end())),),
                date=article.published[:10] if article.published else None,
                zone=zone,
                confidence=0.9,
                reader=reader,
            )
        )
    return claims


def link(articles: Sequence[Article], claims: Sequence[Claim], *, bonds: object = None) -> list[Link]:
    """One deal for giver and recipient, one step for each type and sum in it; the ids are those of the first claim by name."""
    steps: dict[tuple[str, ...], str] = {}
    deals: dict[tuple[str, ...], str] = {}
    links = []
    for claim in sorted(claims, key=lambda claim: claim.id):
        deal = (claim.actors[0].value, claim.recipients[0].value)
        step = (*deal, claim.type, claim.modality, str(claim.amounts[0].value))
        steps.setdefault(step, "s" + claim.id[1:])
        deals.setdefault(deal, "d" + claim.id[1:])
        links.append(Link(claim.id, "o" + claim.id[1:], steps[step], deals[deal]))
    return links


def project(articles: Sequence[Article], claims: Sequence[Claim], links: Sequence[Link]) -> Ledger:
    by_id = {claim.id: claim for claim in claims}
    members: dict[str, list[Link]] = {}
    for one in links:
        members.setdefault(one.step, []).append(one)
    steps = []
    for id_, of_step in members.items():
        claim = by_id[of_step[0].claim]
        value = claim.amounts[0].value
        money = Sum("EUR", Interval(value, value, value), (claim.id,), len(of_step))
        actors, recipients = ((role.value for role in roles) for roles in (claim.actors, claim.recipients))
        ids = tuple(one.claim for one in of_step)
        flags = ("Q5",) if "RU" in {role.value for role in claim.actors} else ()
        steps.append(
            Step(
                id_, of_step[0].deal, ids, len(ids), claim.date, flags, claim.type, claim.modality,
                actors=tuple(actors), recipients=tuple(recipients), sums=(money,), counts=claim.modality == "actual",
            )
        )  # fmt: skip
    steps.sort(key=lambda step: step.id)
    told: dict[str, list[Step]] = {}
    for step in steps:
        if step.counts:
            told.setdefault(step.deal, []).append(step)
    deals = [
        Deal(id_, tuple(step.id for step in of_deal), "delivered" if any(s.type == "deliver" for s in of_deal) else "pledged")
        for id_, of_deal in sorted(told.items())
    ]
    return Ledger(tuple(steps), tuple(deals))


@pytest.fixture
def stages() -> Stages:
    return Stages("stub 1", frozenset({"vi"}), 0.5, read, link, project)
