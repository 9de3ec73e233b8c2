"""What people ruled, laid over what the reader made. The two never share a field: what stands is worked out of both, each time anew."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vientro.ledger import facts, imported
from vientro.ledger.bonds import bonds, parents
from vientro.ledger.clashes import clashes
from vientro.model.claim import Claim
from vientro.model.edtf import interval
from vientro.model.errors import InputError
from vientro.model.ids import inherit
from vientro.model.interchange import decode, encode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from vientro.ledger.clashes import Clash
    from vientro.link.index import Bonds
    from vientro.model.article import Article
    from vientro.model.claim import Role
    from vientro.model.decision import Decision

SLOTS = (
    "type", "modality", "scope", "actors", "recipients", "addressees", "support", "mode", "items", "amounts", "date", "due", "horizon",
    "speaker",
)  # fmt: skip
HAND = "hand"  # the reader of what people added


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands ruled on one claim: the last verdict (accept, reject or add), and of each corrected slot the last correction."""

    verdict: Decision | None = None
    corrections: tuple[Decision, ...] = ()

    @property
    def rejected(self) -> bool:
        return self.verdict is not None and self.verdict.kind == "reject"

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return (*([self.verdict] if self.verdict else []), *self.corrections)


@dataclass(frozen=True, slots=True)
class Loose:
    """A decision that can't be carried out as things are, and why."""

    decision: Decision
    why: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A decision that rests on an article which has changed (`now` is its newer version) or was withdrawn (`now` is None)."""

    decision: Decision
    article: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Ruled:
    """Articles and claims that stand, by id, and what people had to do with it.

    `machine` has the claims that people ruled on as a reader made them; `kept` are those of them that no reader makes any more and that
    stand all the same. `bonds` are what linking has to keep to; `parents` leads from a claim to the one that it lies inside of.
    """

    articles: Mapping[str, Article] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    machine: Mapping[str, Claim] = field(default_factory=dict)
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    bonds: Bonds = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    loose: tuple[Loose, ...] = ()
    reopened: tuple[Reopened, ...] = ()


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that nobody took back, in order of time, without those that take back. What takes back can be taken back."""
    ordered = sorted(decisions, key=lambda decision: (decision.at, decision.id))
    undone: set[str] = set()
    for decision in reversed(ordered):
        if decision.kind == "undo" and decision.id not in undone:
            undone.add(str(decision.value))
    return [decision for decision in ordered if decision.kind != "undo" and decision.id not in undone]


def apply(
    articles: Iterable[Article],
    claims: Iterable[Claim],
    decisions: Iterable[Decision],
    least: float = 0.0,
    *,
    replaced: Mapping[str, str] | None = None,
    withdrawn: Collection[str] = (),
) -> Ruled:
    """What stands after all decisions: a function of the sets, whatever their order.

    A claim stands that somebody accepted, corrected or added, or that has at least the confidence `least`, unless somebody rejected it.
    `replaced` leads from an article to the newer version at its address; `withdrawn` are those that their outlet took down.
    """
    stand = standing(decisions)
    texts = {article.id: article for article in articles}
    machine = {claim.id: claim for claim in claims}
    by_hand, loose = _by_hand(stand, texts)
    rulings = by_claim(stand)
    kept = {
        id_: claim
        for id_, ruling in rulings.items()
        if id_ not in machine and id_ not in by_hand and not ruling.rejected and (claim := _remembered(id_, stand, texts))
    }
    known = machine | kept | by_hand
    found: dict[str, Claim] = {}
    for id_, claim in known.items():
        ruling = rulings.get(id_)
        if ruling is None:
            if claim.confidence >= least:
                found[id_] = claim
        elif not ruling.rejected:
            found[id_], failed = _corrected(claim, ruling, texts)
            loose += failed
    for id_ in _repeats(found, stand, rulings, by_hand):
        del found[id_]
    for decision in stand:
        lost = [id_ for id_ in (*decision.claims, *decision.others) if id_ not in known]
        if lost and decision.kind not in ("add", "row", "reject"):
            loose.append(Loose(decision, f"no reader makes {', '.join(lost)} any more, and it can't be kept"))
    return Ruled(
        articles=texts,
        claims=found,
        machine={id_: (machine | kept)[id_] for id_ in rulings if id_ in machine or id_ in kept},
        rulings=rulings,
        kept=frozenset(kept),
        bonds=bonds(stand),
        parents=parents(stand),
        clashes=tuple(clashes(stand)),
        loose=tuple(loose),
        reopened=tuple(_reopened(stand, replaced or {}, withdrawn)),
    )


def corrected(claim: Claim, slot: str, value: object, article: Article) -> Claim:
    """The claim with another content of a slot, in the interchange form; raises InputError where that is not of the form."""
    if slot not in SLOTS:
        raise InputError(f"slot {slot!r}", "a claim has none of this name", f"Slots: {', '.join(SLOTS)}")
    row = encode(_with_words(claim, article)) | {slot: value}
    (made,) = decode({"doc": article.key, "claims": [row]}, article.id, article.text)
    put = replace(Claim(made.id, made.article_id, made.type, made.modality, made.span, ""), **{slot: getattr(made, slot)})
    _sound(put)  # what is put right, and not what the reader made of the rest
    if slot == "speaker":
        return _said_by(claim, made.speaker)
    return replace(claim, **{slot: getattr(made, slot)})


def added(row: object, article: Article) -> Claim:
    """The claim that a person finds in an article, from the interchange form; raises InputError where it is not of the form."""
    (made,) = decode({"doc": article.key, "claims": [row]}, article.id, article.text)
    _sound(made)
    return replace(made, confidence=1.0, reader=HAND)


def _said_by(claim: Claim, speaker: Role | None) -> Claim:
    """The claim as another says it, or nobody who is named: who said it before is in the chain of attribution no more."""
    before, after = (one.value.casefold() if one else "" for one in (claim.speaker, speaker))
    chain = claim.chain if before == after else tuple(one for one in claim.chain if one.name.casefold() != before)
    return replace(claim, speaker=speaker, chain=chain)


def _sound(claim: Claim) -> None:
    """Raises InputError for a date that is none, and for a figure that is none: endless, below zero, a range that ends before it begins."""
    for edtf in filter(None, (claim.date, claim.due, claim.horizon)):
        if interval(edtf) is None:
            raise InputError("a date", f"{edtf[:40]!r} is none", "Give one of EDTF: 2025-03-01, 2025-03, 2025, 2025-03/2025-05, 2025/..")
    figures = [(one.value, one.max) for one in claim.amounts]
    figures += [(item.quantity.value, item.quantity.max) for item in claim.items if item.quantity]
    for value, told in figures:
        most = value if told is None else told
        if not 0 <= value <= most < math.inf:
            raise InputError("a figure", f"{value:g} to {most:g} is none", "Give the smaller figure of a range first")


def _by_hand(stand: Sequence[Decision], texts: dict[str, Article]) -> tuple[dict[str, Claim], list[Loose]]:
    """The claims that people added or imported; the articles of imported rows join `texts`."""
    found: dict[str, Claim] = {}
    loose: list[Loose] = []
    for decision in stand:
        if decision.kind not in ("add", "row"):
            continue
        try:
            if decision.kind == "row":
                article, claim = imported.record(decision.value)
                texts[article.id] = article
            else:
                claim = added(decision.value, texts[decision.articles[0]])
        except (InputError, LookupError) as error:
            loose.append(Loose(decision, "its article is not here" if isinstance(error, LookupError) else str(error)))
            continue
        found[decision.claims[0]] = replace(claim, id=decision.claims[0])
    return found, loose


def by_claim(stand: Sequence[Decision]) -> dict[str, Ruling]:
    """By claim what stands ruled on it, of decisions in order of time."""
    verdicts: dict[str, Decision] = {}
    corrections: dict[str, dict[str, Decision]] = defaultdict(dict)
    for decision in stand:
        for id_ in decision.claims:
            if decision.kind in ("accept", "reject", "add", "row"):
                verdicts[id_] = decision
            elif decision.kind == "correct" and decision.slot:
                corrections[id_][decision.slot] = decision
    return {id_: Ruling(verdicts.get(id_), tuple(corrections.get(id_, {}).values())) for id_ in sorted({*verdicts, *corrections})}


def _remembered(id_: str, stand: Sequence[Decision], texts: Mapping[str, Article]) -> Claim | None:
    """A claim that no reader makes any more, as the last one who ruled on it saw it; None where its article is not here."""
    saw = [claim for decision in stand for claim in decision.saw if claim.id == id_]
    return _with_words(saw[-1], texts[saw[-1].article_id]) if saw and saw[-1].article_id in texts else None


def _with_words(claim: Claim, article: Article) -> Claim:
    return claim if claim.evidence else replace(claim, evidence=claim.span.of(article.text))


def _corrected(claim: Claim, ruling: Ruling, texts: Mapping[str, Article]) -> tuple[Claim, list[Loose]]:
    loose = []
    for decision in ruling.corrections:
        try:
            if decision.slot not in SLOTS:  # of the step, and no slot of a claim
                facts.content(decision.slot or "", decision.value, {})
                continue
            claim = corrected(claim, decision.slot or "", decision.value, texts[claim.article_id])
        except (InputError, LookupError) as error:
            loose.append(Loose(decision, str(error)))
    return claim, loose


def _repeats(found: Mapping[str, Claim], stand: Sequence[Decision], rulings: Mapping[str, Ruling], by_hand: Collection[str]) -> set[str]:
    """Claims in which a newer reader finds what a person had put in, or put right, already: the person's stands.

    What the person saw beside it is something else, and so is an act of another giver.
    """
    people = [
        id_ for id_, ruling in rulings.items() if id_ in found and (id_ in by_hand or any(o.slot == "type" for o in ruling.corrections))
    ]
    if not people:
        return set()
    beside = {claim.id for decision in stand for claim in decision.saw}
    fresh: dict[str, list[Claim]] = defaultdict(list)
    for id_, claim in found.items():
        if id_ not in rulings and id_ not in beside:
            fresh[claim.article_id].append(claim)
    repeats: set[str] = set()
    for id_ in people:
        mine = found[id_]
        givers = {role.value for role in mine.actors}
        same = [one for one in fresh[mine.article_id] if not givers or givers & {role.value for role in one.actors}]
        repeats |= {one.id for one, heir in zip(same, inherit([mine], same), strict=True) if heir.id == mine.id}
    return repeats


def _reopened(stand: Sequence[Decision], replaced: Mapping[str, str], withdrawn: Collection[str]) -> Iterator[Reopened]:
    for decision in stand:
        for article in dict.fromkeys((*decision.articles, *(claim.article_id for claim in decision.saw))):
            now = replaced.get(article)
            if now in decision.articles:  # whoever ruled had the newer version there too
                continue
            if now or article in withdrawn:
                yield Reopened(decision, article, now)
