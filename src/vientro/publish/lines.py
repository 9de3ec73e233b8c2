"""A ledger as lines: one for each step, in the deal it belongs to, in the section where it is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from vientro.ledger.choice import fits
from vientro.ledger.conflicts import conflicts
from vientro.ledger.follow import follow
from vientro.ledger.totals import over
from vientro.publish.dates import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vientro.ledger.choice import Choice
    from vientro.ledger.conflicts import Conflict
    from vientro.ledger.follow import Follow, Told
    from vientro.ledger.totals import Over
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Deal, Step
    from vientro.publish.book import Book

Section = Literal["support", "sanctions", "opposition", "talks", "background", "alleged"]
SECTIONS: tuple[Section, ...] = ("support", "sanctions", "opposition", "talks", "background", "alleged")
_APART: tuple[Section, ...] = ("background", "alleged")
_OF_TYPE: dict[str, Section] = {"sanction": "sanctions", "ease": "sanctions", "oppose": "opposition", "consult": "talks"}


@dataclass(frozen=True, slots=True)
class Witness:
    """A claim behind a line, and the article that makes it."""

    claim: Claim
    article: Article


@dataclass(frozen=True, slots=True)
class Line:
    """A step as shown, and the claims behind it, the one whose words say most first.

    `published` is the first day on which an article told of it, for what has no date of its own; `conflicts` has its figures that differ;
    `over` what may lie inside its sum, where that is a total or a group's; `ruled` what people ruled on it.
    """

    step: Step
    section: Section
    published: str | None
    voices: tuple[str, ...]
    witnesses: tuple[Witness, ...]
    conflicts: tuple[Conflict, ...] = ()
    over: Over | None = None
    ruled: tuple[Decision, ...] = ()

    @property
    def disputed(self) -> bool:
        return any(conflict.disputed for conflict in self.conflicts)


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a deal that one section shows, the earliest first; `deal` is None where lines stand outside deals."""

    section: Section
    deal: Deal | None
    lines: tuple[Line, ...]

    @property
    def newest(self) -> str:
        """The last day told of, as a key for sorting; "" where there is none."""
        return max(_latest(line) for line in self.lines)


def blocks(book: Book) -> list[Block]:
    """Everything to show: by section, the newest deal first, what has no day at the end."""
    deals = {deal.id: deal for deal in book.ledger.deals}
    grouped: dict[tuple[bool, str], list[Line]] = {}
    inside = over(book.ledger.steps, told(book))
    for step in book.ledger.steps:
        if book.shown is not None and step.id not in book.shown:
            continue
        witnesses = [Witness(book.claims[id_], book.articles[book.claims[id_].article_id]) for id_ in step.claims]
        line = line_of(step, witnesses, {id_: link.origin for id_ in step.claims if (link := book.links.get(id_))}, inside.get(step.id))
        line = replace(line, ruled=ruled_on(step, book))
        apart = line.section in _APART
        grouped.setdefault((apart, step.id if apart else step.deal), []).append(line)
    found = []
    for (apart, _), lines in grouped.items():
        section = min((line.section for line in lines), key=SECTIONS.index)
        found.append(Block(section, None if apart else deals.get(lines[0].step.deal), tuple(sorted(lines, key=_oldest_first))))
    found.sort(key=lambda block: block.lines[0].step.id)
    found.sort(key=lambda block: block.newest, reverse=True)
    return sorted(found, key=lambda block: SECTIONS.index(block.section))


def chosen(book: Book, choice: Choice) -> Book:
    """The same ledger, of which only the steps that are asked for are shown."""
    days, state = told(book), {deal.id: deal.state for deal in book.ledger.deals}
    shown = (step.id for step in book.ledger.steps if fits(step, state.get(step.deal), days[step.id][0], choice))
    return replace(book, shown=frozenset(shown))


def ruled_on(step: Step, book: Book) -> tuple[Decision, ...]:
    """What stands ruled on the claims of a step, in order of time."""
    held = {one.id: one for id_ in step.claims if id_ in book.ruled.rulings for one in book.ruled.rulings[id_].decisions}
    return tuple(sorted(held.values(), key=lambda one: (one.at, one.id)))


def told(book: Book) -> dict[str, Told]:
    """By step, the first and the last day (ISO 8601) on which an article told of it, "" where unknown."""
    found = {}
    for step in book.ledger.steps:
        days = [(book.articles[book.claims[id_].article_id].published or "")[:10] for id_ in step.claims]
        found[step.id] = min(filter(None, days), default=""), max(days, default="")
    return found


def in_order(book: Book) -> dict[str, list[Step]]:
    """By deal, its steps in order of time."""
    steps = {step.id: step for step in book.ledger.steps}
    return {deal.id: [steps[id_] for id_ in deal.steps if id_ in steps] for deal in book.ledger.deals}


def follows(book: Book) -> dict[str, Follow]:
    """By deal, what became of it up to the day of the newest article; none where no article has a day."""
    if not book.newest:
        return {}
    days, steps = told(book), in_order(book)
    return {deal.id: follow(deal, steps[deal.id], days, date.fromisoformat(book.newest)) for deal in book.ledger.deals}


def types(book: Book) -> list[tuple[str, int]]:
    """How many claims there are of each type, the most frequent first."""
    counted = Counter(claim.type for claim in book.claims.values())
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def reasons(book: Book) -> list[tuple[str, list[str]]]:
    """What was left out for each reason, by id, the most frequent reason first."""
    found: dict[str, list[str]] = {}
    for reject in book.rejects:
        found.setdefault(reject.reason, []).append(reject.id)
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def line_of(step: Step, witnesses: Sequence[Witness], origin: Mapping[str, str], inside: Over | None = None) -> Line:
    """The line of a step; `witnesses` are its claims in its order, `origin` their origins by id (a claim without one is its own)."""
    ordered = in_full(witnesses)
    days = [witness.article.published[:10] for witness in ordered if witness.article.published]
    differing = conflicts([witness.claim for witness in witnesses], {one.claim.id: one.claim.id for one in witnesses} | dict(origin))
    return Line(step, section(step), min(days, default=None), tuple(dict.fromkeys(map(voice, ordered))), ordered, differing, inside)


def in_full(witnesses: Iterable[Witness]) -> tuple[Witness, ...]:
    """The witnesses of a line, the one whose words say most first."""
    return tuple(sorted(witnesses, key=lambda witness: (-_fullness(witness.claim), -witness.claim.confidence, witness.claim.id)))


def voice(witness: Witness) -> str:
    """Who says it, as the article has it: the chain of attribution ("Reuters ← Zelensky"), and the outlet that printed it."""
    claim, article = witness.claim, witness.article
    names = [source.name for source in reversed(claim.chain)]
    if claim.speaker and claim.speaker.value not in names:
        names.append(claim.speaker.value)
    printed = article.outlet or article.key.rpartition("/")[2]
    return f"{' ← '.join(names)} ({printed})" if names else printed


def section(step: Step) -> Section:
    """Where a step is shown: sanctions, opposition and talks apart from support, and what is alleged or denied from what is told."""
    if step.modality in ("alleged", "denied"):
        return "alleged"
    return "background" if step.scope != "act" else _OF_TYPE.get(step.type, "support")


def _fullness(claim: Claim) -> int:
    """How much of an act a claim tells."""
    slots = (claim.actors, claim.recipients, claim.addressees, claim.date, claim.due, claim.support, claim.mode, claim.speaker)
    return (
        2 * len(claim.amounts) + 2 * len(claim.items) + sum(bool(slot) for slot in slots) + sum(bool(item.quantity) for item in claim.items)
    )


def _latest(line: Line) -> str:
    """The last day of the act; of a period that was not over when it was told ("in 2025"), the day it was told."""
    day, told = last_day(line.step.date), line.published
    return told if told and first_day(line.step.date) <= told < day else day or told or ""


def _oldest_first(line: Line) -> tuple[bool, str, str, str]:
    day = first_day(line.step.date) or line.published or ""
    return not day, day, _latest(line), line.step.id
