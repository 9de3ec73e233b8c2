"""What to ask a person next: by what is at stake, and by how much it is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10, prod
from typing import TYPE_CHECKING, Literal

from vientro.link.data import rates
from vientro.model.interchange import encode
from vientro.review.repeats import repeats

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from vientro.ledger.decisions import Ruled
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision, Plain
    from vientro.model.ledger import Ledger, Link, Step

Topic = Literal["clash", "reopened", "conflict", "repeat", "fits two", "claim", "unsure"]

_FITS = "fits "
_PEOPLE_FIRST = 100.0  # what people have begun comes before anything new
_UNKNOWN = 1e6  # dollars: what an act without a sum is taken to be worth, and one without anything a tenth of it
_HALF = 0.5  # the doubt about what may be one act or two


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked: about `claims`, the one to look at first; against `others` where two acts may be one.

    `choices` are the contents of `slot` that are told, in the interchange form, the preferred one first. `weight` sorts: the logarithm of
    what is at stake in dollars, times the doubt.
    """

    topic: Topic
    claims: tuple[str, ...]
    weight: float
    step: str | None = None
    others: tuple[str, ...] = ()
    other_step: str | None = None
    slot: str | None = None
    choices: tuple[Plain, ...] = ()
    why: tuple[str, ...] = ()


def questions(
    articles: Mapping[str, Article],
    claims: Mapping[str, Claim],
    links: Mapping[str, Link],
    ledger: Ledger,
    ruled: Ruled,
    unsure: Sequence[Claim] = (),
) -> list[Question]:
    """All open questions of a ledger, the weightiest first. `unsure` are claims below the threshold, which may be right all the same."""
    steps = {step.id: step for step in ledger.steps}
    found = [
        *_of_people(ruled, links, claims),
        *_of_figures(ledger.steps, claims, ruled),
        *_of_repeats(ledger.steps, articles, claims, ruled),
        *_of_links(steps, links, ruled),
        *_of_steps(ledger.steps, claims, ruled),
        *(_of_unsure(claim) for claim in unsure if claim.id not in ruled.rulings),
    ]
    return sorted(found, key=lambda question: (-question.weight, question.topic, question.claims))


def stake(sums: Sequence[tuple[str, float]], *, things: bool = True) -> float:
    """What is at stake, as the logarithm of dollars; of several sums the largest."""
    worth = [value * sum(rates()[currency]) / 2 for currency, value in sums if currency in rates()]
    return log10(max([*worth, _UNKNOWN if things and not worth else _UNKNOWN / 10]))


def _stake(step: Step) -> float:
    told = [(one.currency, figure) for one in step.sums if (figure := one.value.best or one.value.high or one.value.low)]
    return stake(told, things=bool(step.items)) * (1.0 if step.counts else _HALF)


def _of_people(ruled: Ruled, links: Mapping[str, Link], claims: Mapping[str, Claim]) -> Iterator[Question]:
    for clash in ruled.clashes:
        first, *rest = clash.about
        said = tuple(f"{one.shown_as or one.by}: {one.kind}{f' ({one.why})' if one.why else ''}" for one in (clash.earlier, clash.later))
        step = links[first].step if first in links else None
        yield Question("clash", (first,), _PEOPLE_FIRST, step, tuple(rest), slot=clash.slot, why=said)
    for one in ruled.reopened:
        held = tuple(id_ for id_ in one.decision.claims if id_ in claims)
        why = ["its article has a newer version" if one.now else "its article was withdrawn", one.decision.why]
        if held:
            yield Question("reopened", held, _PEOPLE_FIRST, slot=one.decision.slot, why=tuple(filter(None, why)))


def _of_figures(steps: Sequence[Step], claims: Mapping[str, Claim], ruled: Ruled) -> Iterator[Question]:
    """Sums of one act that nobody can reconcile: which is right?"""
    for step in steps:
        if "disputed" not in step.causes or len(step.sums) < 2 or _ruled(step.claims, ruled, "amounts"):
            continue
        told = [id_ for one in step.sums for id_ in one.claims[:1] if id_ in claims]
        choices = [encode(claims[id_])["amounts"] for id_ in told]
        yield Question("conflict", tuple(told), _stake(step), step.id, slot="amounts", choices=tuple(choices), why=("the figures differ",))


def _of_repeats(steps: Sequence[Step], articles: Mapping[str, Article], claims: Mapping[str, Claim], ruled: Ruled) -> Iterator[Question]:
    told = {step.id: min((articles[claims[id_].article_id].published or "")[:10] for id_ in step.claims) for step in steps}
    for later, earlier in repeats(steps, told):
        if not _parted(later.claims, earlier.claims, ruled):
            why = ("the same figures told again (D5)",)
            yield Question("repeat", later.claims, _stake(later) * _HALF, later.id, earlier.claims, earlier.id, why=why)


def _of_links(steps: Mapping[str, Step], links: Mapping[str, Link], ruled: Ruled) -> Iterator[Question]:
    """Claims that another step would take as well."""
    for link in links.values():
        other = next((why.split()[1] for why in link.why if why.startswith(_FITS)), "")
        if other in steps and link.step in steps and other != link.step and not _parted((link.claim,), steps[other].claims, ruled):
            weight = _stake(steps[link.step]) * _HALF / 2
            yield Question("fits two", (link.claim,), weight, link.step, steps[other].claims, other, why=link.why)


def _of_steps(steps: Sequence[Step], claims: Mapping[str, Claim], ruled: Ruled) -> Iterator[Question]:
    """Acts on which nobody has ruled: the more origins tell one, the less it is in doubt."""
    for step in steps:
        if any(id_ in ruled.rulings for id_ in step.claims):
            continue
        told = sorted((claims[id_] for id_ in step.claims if id_ in claims), key=lambda claim: (-claim.confidence, claim.id))
        if told:
            doubt = prod(1 - claim.confidence for claim in told[: step.origins])
            yield Question("claim", tuple(claim.id for claim in told), _stake(step) * doubt, step.id)


def _of_unsure(claim: Claim) -> Question:
    worth = stake([(money.currency, money.value) for money in claim.amounts], things=bool(claim.items))
    return Question("unsure", (claim.id,), worth * claim.confidence * _HALF, why=(f"confidence {claim.confidence:.2f}",))


def _ruled(claims: Sequence[str], ruled: Ruled, slot: str) -> bool:
    return any(one.slot == slot for id_ in claims if id_ in ruled.rulings for one in ruled.rulings[id_].corrections)


def _parted(claims: Sequence[str], others: Sequence[str], ruled: Ruled) -> bool:
    held: Mapping[str, Mapping[str, bool]] = ruled.bonds.get("step", {})
    return any(other in held.get(claim, {}) for claim in claims for other in others)


def of_topics(found: Sequence[Question], topics: Collection[str]) -> list[Question]:
    """The questions of these topics; all of them where none is named."""
    return [question for question in found if not topics or question.topic in topics]


def again(decisions: Sequence[Decision], name: str, known: Collection[str]) -> list[Question]:
    """What others have ruled on and this person has not, as if nobody had; of the claims that there are."""
    mine = {id_ for one in decisions if one.by == name for id_ in one.claims}
    theirs = [id_ for one in decisions if one.by != name and one.kind in ("accept", "reject", "correct") for id_ in one.claims]
    return [Question("claim", (id_,), 0.0) for id_ in dict.fromkeys(theirs) if id_ not in mine and id_ in known]
