"""Looking back: a ledger as it was known at a moment, two days of it held against each other, and releases with what they correct."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from vientro import pipeline
from vientro.ledger import project as deals
from vientro.ledger.history import changes
from vientro.ledger.slots import same_party
from vientro.model.ledger import Ledger, Link
from vientro.publish import canonical
from vientro.publish.book import Book
from vientro.store import known as told_by
from vientro.store.journal import Release
from vientro.store.rulings import ruled
from vientro.tasks.desk import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.ledger.decisions import Ruled
    from vientro.ledger.history import Change
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Step
    from vientro.pipeline import Stages
    from vientro.store.store import Store

Clock = Literal["told", "known"]
_CORRECTIONS = ("changed", "gone", "merged")
_OF_OTHERS = ("deal", "flags")  # fields that follow from which other steps there are


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, with the steps (of before or after) and the articles that the changes name."""

    changes: tuple[Change, ...]
    steps: Mapping[str, Step]
    articles: Mapping[str, Article]


def as_known(store: Store, stages: Stages, moment: str) -> Book:
    """The ledger as it was at a moment (ISO 8601, UTC), without what came or was ruled since, however old an article is.

    It is read and linked as of today, and lacks what was taken down since.
    """
    with store.snapshot():
        least = pipeline.least_of(store, stages)
        ledger, _, links = _known(store, stages, moment)
        found, decisions = ruled(store, until=moment)
        claims = {id_: claim for id_ in links if (claim := found.claims.get(id_) or found.machine.get(id_))}
        return Book(
            {claim.article_id: found.articles[claim.article_id] for claim in claims.values()},
            claims,
            links,
            ledger,
            told_by.count(store, moment),
            told_by.newest(store, moment),
            (),
            decisions=tuple(decisions),
            ruled=found,
            least=least,
        )


def between(store: Store, stages: Stages, first: str, last: str, *, clock: Clock = "told", donor: str | None = None) -> Difference:
    """What changed from one day (ISO 8601) to another, and because of which articles and decisions.

    By the clock "told" an article counts from the day of its publication, by "known" from the moment when the ledger had it. Decisions
    count from the day on which they were made.
    """
    with store.snapshot():
        if clock == "told":
            whole = pipeline.book(store)
            link = partial(pipeline.links_then, store, stages)
            before, after = pipeline.as_of(whole, first, link), pipeline.as_of(whole, last, link)
            ledgers, claims, articles = (
                (before.ledger, after.ledger),
                {**before.claims, **after.claims},
                {**before.articles, **after.articles},
            )
            decisions = list(whole.decisions)
        else:
            old, new = _known(store, stages, first), _known(store, stages, last)
            ledgers, claims = (old[0], new[0]), {**old[1].claims, **new[1].claims}
            articles, decisions = dict(new[1].articles), store.decisions()
    made = [one for one in decisions if first < one.at[:10] <= last]
    found = changes(*ledgers, claims, made)
    return _difference(found, ledgers, articles, donor)


def release(store: Store, name: str, by: str, note: str = "") -> tuple[Release, Difference]:
    """Number the ledger as it is, under a name; what it corrects of the release before. Raises StoreError for a name that was given."""
    with store.snapshot():
        whole = pipeline.book(store)
        earlier = store.releases()
        digest = hashlib.sha256("".join(f"{line}\n" for line in canonical.lines(whole)).encode()).hexdigest()
    record = {"by": by, "note": note, "newest": whole.newest, "ledger": msgspec.to_builtins(whole.ledger)}
    made = store.release(Release(name, digest, record, at=now()))
    return made, _against(earlier[-1], whole.ledger, whole.claims, whole.articles, whole.decisions) if earlier else Difference((), {}, {})


def corrections(store: Store, name: str) -> Difference:
    """What a release corrected of the one before; nothing for the first, or for an unknown name."""
    found = store.releases()
    place = next((number for number, one in enumerate(found) if one.name == name), 0)
    if not place:
        return Difference((), {}, {})
    with store.snapshot():
        whole = pipeline.book(store)
    decisions = tuple(one for one in whole.decisions if one.at <= found[place].at)
    return _against(found[place - 1], _ledger(found[place]), whole.claims, whole.articles, decisions)


def _against(
    earlier: Release, after: Ledger, claims: Mapping[str, Claim], articles: Mapping[str, Article], decisions: tuple[Decision, ...]
) -> Difference:
    before = _ledger(earlier)
    found = changes(before, after, claims, [one for one in decisions if one.at > earlier.at])
    return _difference([one for one in found if corrects(one)], (before, after), articles, None)


def corrects(change: Change) -> bool:
    """Whether a change takes back something that was published.

    What people ruled does. What new articles bring does where they change a content: not where they fill one in, tell it in other words or
    another order, or lead a step to another deal or rule.
    """
    if change.what not in _CORRECTIONS:
        return False
    if change.decisions or change.what != "changed":
        return True
    return change.field not in _OF_OTHERS and not _among(change.old, change.new)


def _among(old: Any, new: Any) -> bool:
    """Whether all that was told is told still."""
    if not old:
        return True
    if not (isinstance(old, list | tuple) and isinstance(new, list | tuple)):
        return bool(old == new)
    now = [_content(one) for one in new]
    return all(_content(one) in now for one in old)


def _content(one: Any) -> Any:
    """A thing without the words for it, which differ from paper to paper where its class and model are one."""
    return {name: value for name, value in one.items() if name != "text"} if isinstance(one, dict) else one


def _ledger(of: Release) -> Ledger:
    return msgspec.convert(of.record["ledger"], Ledger)


def _known(store: Store, stages: Stages, moment: str) -> tuple[Ledger, Ruled, dict[str, Link]]:
    found, _ = ruled(store, pipeline.least_of(store, stages), until=moment)
    claims = list(found.claims.values())
    told = {claim.article_id for claim in claims}
    articles = [article for article in found.articles.values() if article.id in told]
    links = pipeline.links_then(store, stages, articles, claims, bonds=found.bonds)
    return deals(articles, claims, links), found, {link.claim: link for link in links}


def _difference(found: list[Change], ledgers: tuple[Ledger, Ledger], articles: Mapping[str, Article], donor: str | None) -> Difference:
    steps = {step.id: step for ledger in ledgers for step in ledger.steps}
    givers = {deal.id: deal.givers for ledger in ledgers for deal in ledger.deals}
    if donor:
        found = [one for one in found if same_party(donor, steps[one.step].actors if one.step else givers.get(one.deal or "", ()))]
    named = {id_ for one in found for id_ in one.articles}
    return Difference(tuple(found), steps, {id_: articles[id_] for id_ in named if id_ in articles})
