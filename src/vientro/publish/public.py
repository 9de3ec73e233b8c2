"""What of a ledger everybody may see: a ledger of its own, in which nothing else is left to leak.

A claim is in it where a person ruled on it, or where its reader was sure enough. Steps and deals are made of these claims alone. Of an
article stay its headline, its address and short quotations; a day still to come is given by its month, in words as in fields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from vientro.ledger import project
from vientro.ledger.decisions import Ruled, standing
from vientro.model.decision import EDITORIAL, seen
from vientro.model.ledger import Ledger
from vientro.publish.abridge import abridged
from vientro.publish.coming import Coming
from vientro.publish.unnamed import unnamed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Link
    from vientro.publish.book import Book

# From this confidence on type, place, giver and recipient are right in .95 of what is shown (docs/reading.md, "How sure it is").
THRESHOLD = 0.8
_ID = re.compile(r"\b[csd]-[0-9a-f]+\b")
_BY_HAND = ("add", "row")


def public(book: Book, today: str, withdrawn: Collection[str] = (), now: Book | None = None) -> Book:
    """The ledger for everybody, on a day (ISO 8601); of articles that their outlet took down (`withdrawn`) nothing is shown.

    What was not read, and what the reader made before people ruled, is no part of it. Of a ledger of the past, which is known `now`, no
    other words are quoted than are quoted now: else its moments would tell an article piece by piece. Whom people took out of a claim
    since is not named in it either.
    """
    coming = Coming(min(today, book.newest or today))
    told, quoted = _shown(book, withdrawn), _shown(now, withdrawn) if now else None
    if now:
        told = {id_: [_without_those_taken_out(claim, now) for claim in claims] for id_, claims in told.items()}
    articles: dict[str, Article] = {}
    claims: dict[str, Claim] = {}
    for id_, first in sorted(told.items()):
        articles[id_], short = abridged(book.articles[id_], first, coming, first if quoted is None else quoted.get(id_, ()))
        claims |= {claim.id: claim for claim in sorted(short, key=lambda claim: (claim.span.start, claim.id))}
    links = {id_: _link(book.links[id_], claims) for id_ in claims}
    ledger = project(list(articles.values()), list(claims.values()), list(links.values()))
    return replace(
        book,
        articles=articles,
        claims=claims,
        links=links,
        ledger=ledger,
        rejects=(),
        decisions=_decisions(book, articles, claims, coming),
        ruled=Ruled(),
    )


def _shown(book: Book, withdrawn: Collection[str]) -> dict[str, list[Claim]]:
    """By article the claims that may be shown, those first whose words are to be quoted first."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for id_, claim in book.claims.items():
        if claim.article_id not in withdrawn and id_ in book.links and _may_be_shown(id_, claim, book):
            found[claim.article_id].append(unnamed(claim))
    for told in found.values():
        told.sort(key=lambda claim: (claim.id not in book.ruled.rulings, -claim.confidence, claim.span.start, claim.id))
    return found


def _without_those_taken_out(claim: Claim, now: Book) -> Claim:
    """A claim of the past, which names none of those whom what is ruled on its speaker now leaves out."""
    ruling = now.ruled.rulings.get(claim.id)
    if not ruling or all(one.slot != "speaker" for one in ruling.corrections):
        return claim
    stands = now.ruled.claims.get(claim.id)
    named = _names(unnamed(stands)) if stands else frozenset()
    speaker = claim.speaker if claim.speaker and claim.speaker.value in named else None
    return replace(claim, speaker=speaker, chain=tuple(one for one in claim.chain if one.name in named))


def _names(claim: Claim) -> frozenset[str]:
    return frozenset([*([claim.speaker.value] if claim.speaker else []), *(one.name for one in claim.chain)])


def released(ledger: Ledger, claims: Mapping[str, Claim], today: str) -> Ledger:
    """Of a ledger that was published before, the steps that rest on these claims alone, and the deals made of such.

    Only who speaks in these claims is named.
    """
    coming = Coming(today)
    said = {id_: claim.speaker.value for id_, claim in claims.items() if claim.speaker}
    steps = tuple(
        replace(
            step,
            date=coming.by_month(step.date),
            due=coming.by_month(step.due),
            horizon=coming.by_month(step.horizon),
            speakers=tuple(name for name in step.speakers if name in {said.get(id_) for id_ in step.claims}),
        )
        for step in ledger.steps
        if all(id_ in claims for id_ in step.claims)
    )
    shown = {step.id for step in steps}
    return Ledger(steps, tuple(replace(deal, since=coming.by_month(deal.since)) for deal in ledger.deals if shown.issuperset(deal.steps)))


def _link(link: Link, claims: Mapping[str, Claim]) -> Link:
    """A link whose reasons name nothing that is not shown."""
    steps = {link.step, link.deal}
    return replace(link, why=tuple(one for one in link.why if all(id_ in claims or id_ in steps for id_ in _ID.findall(one))))


def _may_be_shown(id_: str, claim: Claim, book: Book) -> bool:
    ruling = book.ruled.rulings.get(id_)
    return not ruling.rejected if ruling else claim.confidence >= THRESHOLD


def _decisions(book: Book, articles: Mapping[str, Article], claims: Mapping[str, Claim], coming: Coming) -> tuple[Decision, ...]:
    """What stands ruled on the claims that are shown, under the names that are to be shown; their content is in the claims already."""
    saw: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        saw[claim.article_id].append(seen(claim))
    made = []
    for one in standing(book.decisions):
        about, others = (tuple(id_ for id_ in ids if id_ in claims) for ids in (one.claims, one.others))
        lost = (one.claims and not about) or (one.others and not others) or one.kind == "reject" or one.slot == "speaker"
        if lost:
            continue
        # All that is shown of the articles was there to see: nothing of it is a newer reading of what was ruled on.
        beside = dict.fromkeys(claims[id_].article_id for id_ in (*about, *others))
        by_hand = one.kind in _BY_HAND
        made.append(
            replace(
                one,
                by=one.shown_as or one.by,
                shown_as=None,
                kind="accept" if by_hand else one.kind,
                claims=about,
                others=others,
                value=None if by_hand else one.value if one.kind == "topic" else coming.hidden(one.value, one.at[:10]),
                why=coming.in_words(one.why, one.at[:10]),
                articles=tuple(id_ for id_ in one.articles if id_ in articles),
                saw=() if one.kind in EDITORIAL else tuple(claim for id_ in beside for claim in saw[id_]),
                after=(),
            )
        )
    return tuple(made)
