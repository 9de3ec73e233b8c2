"""Bringing in what others have coded: rows of their tables as human rows, or the facts of another ledger of one's own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.ledger import project as deals
from vientro.ledger.compare import compare
from vientro.ledger.decisions import apply, standing
from vientro.ledger.imported import anchor
from vientro.model.article import Article, Reject
from vientro.model.claim import Claim
from vientro.model.errors import InputError
from vientro.pipeline import least_of, project
from vientro.review.answers import rule
from vientro.review.importing import row_value
from vientro.tasks.desk import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.ledger.compare import Comparison
    from vientro.ledger.imported import Imported
    from vientro.model.decision import Decision
    from vientro.model.ledger import Ledger
    from vientro.pipeline import Stages
    from vientro.publish.whole import Fact
    from vientro.review.answers import Reviewer
    from vientro.store.store import Store


@dataclass(frozen=True, slots=True)
class Brought:
    """How many rows were new, otherwise than before, or known already, and what could not be used."""

    new: int
    changed: int
    known: int
    rejects: tuple[Reject, ...] = ()


def rows(found: Iterable[Imported | Reject], store: Store, stages: Stages, reviewer: Reviewer) -> Brought:
    """Write rows down as decisions of whoever brings them in, and make the deals anew. A row that is known already changes nothing."""
    decisions, new, changed, known, rejects = _decisions(found, store.decisions(), reviewer)
    store.decide(decisions)
    if decisions:
        project(store, stages)
    return Brought(new, changed, known, tuple(rejects))


def compared(found: Iterable[Imported | Reject], store: Store, stages: Stages, database: str) -> tuple[Comparison, Ledger, list[Reject]]:
    """What a table and the ledger have in common, as if the table were imported; nothing is written."""
    from vientro.review.answers import Reviewer  # noqa: PLC0415

    with store.snapshot():
        before = store.decisions()
        decisions, *_, rejects = _decisions(found, before, Reviewer("compare"))
        ruled = apply(store.articles(), store.claims(), [*before, *decisions], least_of(store, stages))
    claims = list(ruled.claims.values())
    told = {claim.article_id for claim in claims}
    articles = [article for article in ruled.articles.values() if article.id in told]
    ledger = deals(articles, claims, stages.link(articles, claims, bonds=ruled.bonds))
    return compare(ledger, ruled.claims, database), ledger, rejects


def _decisions(
    found: Iterable[Imported | Reject], before: Sequence[Decision], reviewer: Reviewer
) -> tuple[list[Decision], int, int, int, list[Reject]]:
    held = {one.claims[0]: one.value for one in standing(before) if one.kind == "row"}
    decisions: list[Decision] = []
    rejects: list[Reject] = []
    new = changed = known = 0
    for row in found:
        if isinstance(row, Reject):
            rejects.append(row)
            continue
        claim, value = anchor(row.database, row.key), row_value(row)
        if held.get(claim) == value:
            known += 1
            continue
        new, changed = (new, changed + 1) if claim in held else (new + 1, changed)
        decisions.append(rule("row", reviewer, now(), {}, claims=(claim,), value=value))
    return decisions, new, changed, known, rejects


def facts(found: Iterable[Fact], store: Store, stages: Stages, name: str) -> Brought:
    """Take in the facts of another ledger (publish/whole.py), make the deals anew. Raises InputError for a claim without its article."""
    articles: dict[str, Article] = {}
    claims: dict[str, list[Claim]] = defaultdict(list)
    decisions: list[Decision] = []
    for fact in found:
        if isinstance(fact, Article):
            articles[fact.id] = fact
        elif isinstance(fact, Claim):
            claims[fact.article_id].append(fact)
        else:
            decisions.append(fact)
    if missing := sorted(set(claims) - set(articles)):
        raise InputError(name, f"has claims of {missing[0]}, and not that article", "Export again with --texts")
    fresh = store.unread(list(articles.values()), stages.reader)
    store.add([(article, claims[article.id]) for article in fresh], stages.reader)
    held = {one.id for one in store.decisions()}
    new = [one for one in decisions if one.id not in held]
    store.decide(new)
    project(store, stages)
    return Brought(len(fresh) + len(new), 0, len(articles) + len(decisions) - len(fresh) - len(new))
