"""What a person does to a ledger: rules on what it has. Decisions are written down one by one, and the deals are made anew after."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vientro.ledger import facts
from vientro.ledger.decisions import SLOTS, added, corrected
from vientro.model.decision import named, seen
from vientro.model.errors import InputError
from vientro.pipeline import least_of, project
from vientro.review.answers import rule
from vientro.review.questions import questions
from vientro.store.rulings import ruled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.decisions import Ruled
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision, Kind
    from vientro.model.ledger import Ledger, Link
    from vientro.pipeline import Stages
    from vientro.publish.book import Book
    from vientro.review.answers import Reviewer
    from vientro.review.questions import Question
    from vientro.store.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """A ledger as it lies before somebody who rules: what stands, what the reader made (`known`, by id), and all decisions."""

    found: Ruled
    known: Mapping[str, Claim]
    links: Mapping[str, Link]
    ledger: Ledger
    decisions: tuple[Decision, ...]
    least: float

    def questions(self) -> list[Question]:
        """What is open, the weightiest first."""
        linked = {id_: claim for id_, claim in self.found.claims.items() if id_ in self.links}
        unsure = [claim for id_, claim in self.found.claims.items() if id_ not in self.links and claim.confidence < self.least]
        return questions(self.found.articles, linked, self.links, self.ledger, self.found, unsure)

    def claims_of(self, asked: str, store: Store) -> tuple[str, ...]:
        """The claims of a claim's, an act's or a deal's id, led on from what it was merged into; raises InputError for an unknown id."""
        if asked in self.known or asked in self.found.claims:
            return (asked,)
        resolved = store.resolve(asked)
        held = tuple(link.claim for link in self.links.values() if resolved in (link.step, link.deal))
        if not held:
            raise InputError(asked, "the ledger knows no such id", "`vientro ledger --json` and `vientro deal` tell the ids")
        return held


def desk(store: Store, stages: Stages) -> Desk:
    """The ledger as it is now."""
    with store.snapshot():
        found, decisions = ruled(store)
        links, ledger = store.projection()
        known = {claim.id: claim for claim in store.claims()} | {id_: found.machine[id_] for id_ in found.kept}
    known |= {id_: claim for id_, claim in found.claims.items() if id_ not in known}
    linked = {link.claim: link for link in links if link.claim in found.claims}
    # What was rejected since the deals were made takes its act out of sight until they are made anew.
    ledger = replace(ledger, steps=tuple(step for step in ledger.steps if all(id_ in linked for id_ in step.claims)))
    return Desk(found, known, linked, ledger, tuple(decisions), least_of(store, stages))


def at_hand(book: Book, least: float) -> Desk:
    """The ledger as a book has it, without asking the store for it again."""
    found = book.ruled
    linked = {id_: link for id_, link in book.links.items() if id_ in found.claims}
    ledger = replace(book.ledger, steps=tuple(step for step in book.ledger.steps if all(id_ in linked for id_ in step.claims)))
    known = ChainMap(dict(found.machine), dict(found.claims))
    return Desk(found, known, linked, ledger, book.decisions, least)


def knowing(at_desk: Desk, decisions: Sequence[Decision]) -> Desk:
    """The same for somebody who has seen these decisions and no later ones."""
    return replace(at_desk, decisions=tuple(decisions))


def now() -> str:
    """This moment in ISO 8601, UTC, to the microsecond: two answers are never of one moment."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def verdict(at_desk: Desk, store: Store, kind: Kind, reviewer: Reviewer, asked: str, why: str = "") -> Decision:
    """Accept or reject a claim, or all claims of an act."""
    return rule(kind, reviewer, now(), at_desk.known, claims=at_desk.claims_of(asked, store), why=why, before=at_desk.decisions)


def correct(at_desk: Desk, store: Store, reviewer: Reviewer, asked: str, slot: str, value: Any, why: str = "") -> Decision:
    """Put a slot right: of a claim, or of the claims of an act that tell it. Raises InputError where the value is not of the slot."""
    claims = at_desk.claims_of(asked, store)
    if slot in facts.SLOTS:
        facts.content(slot, value, {})
        claims = claims[:1]
    elif slot in SLOTS:
        claims = tuple(id_ for id_ in claims if getattr(at_desk.known[id_], slot)) or claims
        for id_ in claims:
            claim = at_desk.known[id_]
            corrected(claim, slot, value, at_desk.found.articles[claim.article_id])
    else:
        raise InputError(f"slot {slot!r}", "there is none of this name", f"Slots: {', '.join((*SLOTS, *facts.SLOTS))}")
    return rule("correct", reviewer, now(), at_desk.known, claims=claims, slot=slot, value=value, why=why, before=at_desk.decisions)


def pair(at_desk: Desk, store: Store, kind: Kind, reviewer: Reviewer, asked: tuple[str, str], *, level: str, why: str = "") -> Decision:
    """Merge, split, link or unlink the claims behind two ids; a claim is split from the other claims of its act."""
    one, other = (at_desk.claims_of(id_, store) for id_ in asked)
    if kind == "split":  # a claim from the rest of its act
        one = tuple(id_ for id_ in one if id_ not in other) or one
    sides = one, tuple(id_ for id_ in other if id_ not in one)
    if not sides[1]:
        raise InputError(" and ".join(asked), "they are one and the same", "Give two ids that stand for two things")
    slot = "deal" if level == "deal" and kind in ("merge", "split") else None
    return rule(
        kind, reviewer, now(), at_desk.known, claims=sides[0], others=sides[1], slot=slot, why=why, before=at_desk.decisions
    )  # fmt: skip


def add(at_desk: Desk, store: Store, reviewer: Reviewer, article: str, row: Mapping[str, Any], why: str = "") -> Decision:
    """Add a claim that no reader found, in the interchange form; raises InputError where it does not fit its article."""
    text = at_desk.found.articles.get(article) or store.named([article]).get(article)
    if text is None:
        raise InputError(article, "the ledger has no such article", "`vientro ledger --json` tells the ids of claims and their articles")
    claim = added(dict(row), text)
    beside = tuple(seen(one) for one in at_desk.known.values() if one.article_id == article)
    made = rule("add", reviewer, now(), at_desk.known, claims=(claim.id,), value=dict(row), why=why, articles=(article,))
    return named(replace(made, saw=beside))


def undo(at_desk: Desk, reviewer: Reviewer, decision: str, why: str = "") -> Decision:
    """Take a decision back; raises InputError for an unknown one."""
    if decision not in {one.id for one in at_desk.decisions}:
        raise InputError(decision, "there is no such decision", "`vientro decide list` shows them")
    return rule("undo", reviewer, now(), at_desk.known, value=decision, why=why)


def write(store: Store, stages: Stages, decisions: Sequence[Decision]) -> None:
    """Write decisions down, and make the deals anew."""
    store.decide(decisions)
    project(store, stages)
