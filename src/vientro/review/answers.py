"""How an answer becomes a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.ledger.decisions import standing
from vientro.model.decision import Decision, named, seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vientro.model.claim import Claim
    from vientro.model.decision import Kind, Plain
    from vientro.review.questions import Question

_ACT: dict[str, Kind] = {"a": "accept", "r": "reject"}
_PAIR: dict[str, Kind] = {"s": "merge", "d": "split"}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who rules, and the pseudonym to show instead of the name."""

    name: str
    shown_as: str | None = None


def rule(
    kind: Kind,
    reviewer: Reviewer,
    at: str,
    known: Mapping[str, Claim],
    *,
    claims: Sequence[str] = (),
    others: Sequence[str] = (),
    slot: str | None = None,
    value: Plain = None,
    why: str = "",
    articles: Sequence[str] = (),
    before: Iterable[Decision] = (),
) -> Decision:
    """A decision on claims as a reader made them (`known`, by id), at a time (ISO 8601, UTC).

    `before` are the decisions that the reviewer knew of; those on the same claims are named in it.
    """
    about = {*claims, *others}
    saw = tuple(seen(known[id_]) for id_ in claims if id_ in known)
    shown = [*articles, *(known[id_].article_id for id_ in (*claims, *others) if id_ in known)]
    return named(
        Decision(
            id="",
            at=at,
            by=reviewer.name,
            kind=kind,
            claims=tuple(claims),
            others=tuple(others),
            slot=slot,
            value=value,
            why=why,
            shown_as=reviewer.shown_as,
            articles=tuple(dict.fromkeys(shown)),
            saw=saw,
            after=tuple(one.id for one in standing(before) if about & {*one.claims, *one.others}),
            reader=next((claim.reader for claim in saw), ""),
        )
    )


def keys(question: Question) -> dict[str, str]:
    """The keys that answer a question, and what each says; beside them stand "skip", "undo" and "quit"."""
    if question.topic == "conflict":
        return {str(number): "this figure" for number in range(1, min(9, len(question.choices)) + 1)} | {"f": "another"}
    if question.others:
        return {"s": "same act", "d": "different acts"}
    return {"a": "accept", "r": "reject", "f": "fix a slot"}


def answer(
    question: Question, key: str, reviewer: Reviewer, at: str, known: Mapping[str, Claim], before: Iterable[Decision] = (), why: str = ""
) -> Decision | None:
    """The decision that a key of `keys` makes, except "f", which asks on; None for another key, and where nothing differs."""
    if key not in keys(question) or key == "f":
        return None
    if key in _PAIR:
        return rule(_PAIR[key], reviewer, at, known, claims=question.claims, others=question.others, why=why, before=before)
    if key in _ACT:
        return rule(_ACT[key], reviewer, at, known, claims=question.claims[:1], why=why, before=before)
    right = question.choices[int(key) - 1]
    wrong = [claim for claim, told in zip(question.claims, question.choices, strict=True) if told != right]
    if not wrong:
        return None
    return rule("correct", reviewer, at, known, claims=wrong, slot=question.slot, value=right, why=why, before=before)
