"""What people ruled, laid over what a store has. Nothing is written here: decisions and claims stay apart in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.ledger.decisions import Ruled, apply, by_claim, standing
from vientro.store import journal, pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.store.store import Store


@dataclass(frozen=True, slots=True)
class Read:
    """What readers made of the articles of a ledger, which decisions are laid over; `of` is a word for the facts that it follows from."""

    of: str
    articles: Mapping[str, Article]
    claims: Sequence[Claim]
    replaced: Mapping[str, str]
    withdrawn: Collection[str]


def read(store: Store, until: str | None = None, before: Read | None = None) -> Read:
    """As of a moment (ISO 8601; now if none is given); `before` itself where nothing was read, taken down or edited since."""
    of = f"{store.mark()} {pages.last(store)} {until}"
    if before and before.of == of:
        return before
    replaced = pages.replaced(store, until)
    # Both versions of an edited page stay in the ledger; the older one supports nothing but what people ruled of it.
    claims = [claim for claim in store.claims(until) if claim.article_id not in replaced]
    return Read(of, {article.id: article for article in store.articles(until)}, claims, replaced, pages.withdrawn(store, until))


def ruled(store: Store, least: float = 0.0, until: str | None = None, found: Read | None = None) -> tuple[Ruled, list[Decision]]:
    """All that stands in a ledger, as of a moment (ISO 8601; now if none is given), and the decisions made up to then; `found` is what
    `read` gives, where that is at hand."""
    decisions, found = store.decisions(until), found or read(store, until)
    articles = {**found.articles, **_more(store, decisions, found.articles)}
    return apply(articles.values(), found.claims, decisions, least, replaced=found.replaced, withdrawn=found.withdrawn), decisions


def on(store: Store, ids: Sequence[str]) -> Ruled:
    """What stands ruled on these claims, without the claims."""
    with store.database.reading() as connection:
        about = standing(journal.about(connection, ids))
    return Ruled(rulings=by_claim(about))


def told(store: Store, ids: Sequence[str]) -> tuple[dict[str, Claim], dict[str, Article]]:
    """These claims as they stand, and their articles, each by id: the cost does not grow with the ledger, only with what people ruled."""
    claims, articles = store.told(ids)
    with store.database.reading() as connection:
        about = standing(journal.about(connection, ids))
    if not about:
        return claims, articles
    found = apply((articles | _more(store, about, articles)).values(), claims.values(), about)
    stands = {id_: claim for id_ in ids if (claim := found.claims.get(id_) or claims.get(id_))}
    return stands, {claim.article_id: found.articles[claim.article_id] for claim in stands.values()}


def _more(store: Store, decisions: Iterable[Decision], known: Mapping[str, Article]) -> dict[str, Article]:
    """Articles in which no reader finds a claim, and somebody did."""
    wanted = {id_ for one in decisions if one.kind != "row" for id_ in one.articles if id_ not in known}
    return store.named(sorted(wanted)) if wanted else {}
