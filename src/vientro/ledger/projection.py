"""Claims and links as a ledger: a pure function, so that the ledger can be thrown away and made again."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from vientro.ledger import figures, rules, states
from vientro.ledger.sources import giver_roles, hostile, target_roles
from vientro.model.edtf import interval
from vientro.model.ledger import Deal, Ledger, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim, Modality, Role
    from vientro.model.ledger import Link

T = TypeVar("T")

# What happened outweighs what was to happen; that it is denied or alleged counts only if nobody says more.
_STRENGTH: tuple[Modality, ...] = ("actual", "planned", "conditional", "possible", "denied", "alleged")
_COUNTING: tuple[Modality, ...] = ("actual", "planned")


def project(articles: Sequence[Article], claims: Sequence[Claim], links: Sequence[Link]) -> Ledger:
    """The ledger that follows from claims and their links: a function of the sets, whatever their order."""
    by_article = {article.id: article for article in articles}
    kept = {claim.id: claim for claim in claims}
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in links:
        if link.claim in kept:
            members[link.deal, link.step].append(link.claim)
    origin = {link.claim: link.origin for link in links}
    in_deal: dict[str, list[Step]] = defaultdict(list)
    for (deal, step), ids in sorted(members.items()):
        told = sorted((kept[id_] for id_ in ids), key=lambda claim: (_published(by_article[claim.article_id]), claim.id))
        in_deal[deal].append(_step(step, deal, told, by_article, origin))
    steps: list[Step] = []
    deals: list[Deal] = []
    for deal, held in in_deal.items():
        finished = _finished(held, kept, by_article)
        steps += finished
        made = _deal(deal, finished, kept, by_article)
        deals += [made] if made else []
    again = rules.across(steps, {step.id: _told(step, kept, by_article) for step in steps})
    steps = [replace(step, flags=tuple(sorted({*step.flags, "D5"}))) if step.id in again else step for step in steps]
    return Ledger(tuple(sorted(steps, key=lambda step: step.id)), tuple(deals))


def _step(id_: str, deal: str, claims: Sequence[Claim], articles: Mapping[str, Article], origin: Mapping[str, str]) -> Step:
    # What kind of act it is and how real, an adversary says only where nobody else does (rule Q5).
    trusted = [claim for claim in claims if not hostile(claim)] or claims
    kind = _most(claim.type for claim in trusted) or trusted[0].type
    # How real it is, the claims of that type say: a pledge that was made does not make the delivery it promises a fact (rule C8).
    modality = min((claim.modality for claim in trusted if claim.type == kind), key=_STRENGTH.index)
    scope = _most(claim.scope for claim in trusted) or "act"
    does = states.effect(kind, modality, [claim.evidence for claim in trusted]) if scope == "act" else None
    step = Step(
        id=id_,
        deal=deal,
        claims=tuple(claim.id for claim in claims),
        origins=len({origin[claim.id] for claim in claims}),
        date=_date([claim.date for claim in claims if claim.date]),
        type=kind,
        modality=modality,
        scope=scope,
        actors=_values(claim.actors for claim in claims),
        recipients=_values(claim.recipients for claim in claims),
        addressees=_values(claim.addressees for claim in claims),
        support=_most(claim.support for claim in claims if claim.support),
        mode=_most(claim.mode for claim in claims if claim.mode),
        items=figures.stocks(claims),
        sums=figures.sums(claims, origin),
        causes=figures.causes(claims),
        due=_date([claim.due for claim in claims if claim.due]),
        horizon=_date([claim.horizon for claim in claims if claim.horizon]),
        speakers=tuple(dict.fromkeys(claim.speaker.value for claim in claims if claim.speaker)),
        outlets=tuple(dict.fromkeys(outlet for claim in claims if (outlet := articles[claim.article_id].outlet))),
        counts=scope == "act" and modality in _COUNTING,
        state=does.state if does else None,
    )
    return replace(step, flags=tuple(sorted(rules.of_step(step, claims))))


def _finished(steps: Sequence[Step], claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> list[Step]:
    """The steps of a deal in order of time, with what follows from each other."""
    told = {step.id: _told(step, claims, articles) for step in steps}
    place = {step.id: min((claims[id_].article_id, claims[id_].span.start) for id_ in step.claims) for step in steps}
    # News that what stood still goes on tells of the standstill too: of one day the resumption is the later.
    ordered = sorted(steps, key=lambda step: (_first_day(step, told[step.id]), step.type == "resume", place[step.id], step.id))
    found_in = {step.id: frozenset(claims[id_].article_id for id_ in step.claims) for step in steps}
    flags = rules.between(ordered, found_in, told)
    flagged = [replace(step, flags=tuple(sorted({*step.flags, *flags[step.id]}))) for step in ordered]
    came = states.delivered(flagged)
    return [replace(step, state=came.get(step.id, step.state)) for step in flagged]


def _deal(id_: str, steps: Sequence[Step], claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> Deal | None:
    reached = states.life(steps, {step.id: _first_day(step, _told(step, claims, articles)) for step in steps})
    if reached is None:
        return None
    state, by = reached
    held = [claims[claim] for step in steps for claim in step.claims]
    return Deal(
        id=id_,
        steps=tuple(step.id for step in steps),
        state=state,
        since=by.date,
        givers=_values(giver_roles(claim) for claim in held),
        recipients=_values(target_roles(claim) for claim in held),
    )


def _published(article: Article) -> str:
    """The day of publication, as a key: what has none comes last."""
    return article.published[:10] if article.published else "~"


def _told(step: Step, claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> str:
    """The day on which a step was first told, "" where unknown."""
    return min(_published(articles[claims[id_].article_id]) for id_ in step.claims).rstrip("~")


def _first_day(step: Step, told: str) -> date:
    days = interval(step.date or told) if step.date or told else None
    return days[0] if days else date.max


def _values(roles: Iterable[Sequence[Role]]) -> tuple[str, ...]:
    """The values of a role, those that most claims name first, then in the order of telling."""
    counted = Counter(role.value for one in roles for role in one)
    return tuple(sorted(counted, key=lambda value: -counted[value]))


def _most(values: Iterable[T]) -> T | None:
    """The value named most often, of equals the one named first."""
    counted = Counter(values)
    return max(counted, key=lambda value: counted[value]) if counted else None


def _date(dates: Sequence[str]) -> str | None:
    """Of several EDTF dates the most precise, of those the one named most often, then the one named first."""
    counted = Counter(dates)
    return min(counted, key=lambda edtf: (_width(edtf), -counted[edtf])) if counted else None


def _width(edtf: str) -> int:
    days = interval(edtf)
    return (days[1] - days[0]).days if days else date.max.toordinal()
