"""The answer to a sentence as its page shows it: the verdict in plain words, the lines, then how their figures are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from vientro.ledger.check import RELATIONS
from vientro.publish import card, phrases
from vientro.publish.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.ledger.follow import Follow
    from vientro.model.ledger import Deal
    from vientro.publish.answer import Answer, Finding
    from vientro.publish.card import Kind, Part
    from vientro.publish.lines import Line, Witness
    from vientro.publish.words import Lang

LONGEST_SHARED = 500  # letters of a sentence whose answer has an address: browsers and mail cut longer ones
_MOST_QUOTED = 6  # articles that are quoted of one utterance
SIGNS: dict[Kind, str] = {"agrees": "✓", "lacks": "✓", "differs": "≠", "otherwise": "✗", "silent": "?"}


@dataclass(frozen=True, slots=True)
class Match:
    """An act of the ledger that a sentence tells of, and who told of it, by the origin behind them; `rest` are articles not quoted."""

    line: Line
    deal: Deal | None
    told: tuple[tuple[str, tuple[Witness, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found on one claim of a sentence. `figures` are rules ("" for what is none) and their words, `sums` the lines whose figures
    lie in or around it, under what they are to it, `line` the others of the same parties, of which `more` are not shown."""

    kind: Kind
    sign: str
    verdict: str
    read_as: str
    unsure: bool
    parts: tuple[Part, ...]
    matches: tuple[Match, ...]
    figures: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, tuple[Line, ...]], ...]
    line: tuple[Line, ...]
    more: int
    read: str
    around: str


def shown(answer: Answer, follows: Mapping[str, Follow], lang: Lang) -> list[Shown]:
    """The findings in the order of the sentence. `follows` tells by deal what became of it."""
    return [_shown(finding, answer, follows, lang) for finding in answer.findings]


def _shown(finding: Finding, answer: Answer, follows: Mapping[str, Follow], lang: Lang) -> Shown:
    verdict, kind = finding.verdict, card.kind(finding.verdict)
    near = {relation: tuple(finding.lines[one.step] for one in verdict.near if one.relation == relation) for relation in RELATIONS}
    return Shown(
        kind,
        SIGNS[kind],
        _verdict(finding, answer, lang),
        card.read_as(verdict.claim, lang),
        verdict.claim.confidence < answer.threshold,
        tuple(card.parts(finding, lang)) if verdict.found else (),
        tuple(_match(finding, match.step, lang) for match in verdict.matches),
        tuple(dict.fromkeys(one for match in verdict.matches for one in _figures(finding, match.step, follows, lang))),
        tuple((word(f"relation.{relation}", lang), near[relation]) for relation in RELATIONS if relation != "line" and near[relation]),
        near["line"],
        verdict.rest,
        "" if verdict.found else card.read(answer.coverage, lang),
        card.read(finding.around, lang) if finding.around and finding.around != answer.coverage and not verdict.found else "",
    )


def _verdict(finding: Finding, answer: Answer, lang: Lang) -> str:
    if finding.verdict.found:
        return f"{card.in_short(finding.verdict, lang)} {card.behind(finding, lang)}"
    return word("check.silent published", lang) if answer.published else card.in_short(finding.verdict, lang)


def _match(finding: Finding, step: str, lang: Lang) -> Match:
    line = finding.lines[step]
    told = [
        (card.utterance(witnesses, lang), tuple(witnesses[:_MOST_QUOTED]), max(0, len(witnesses) - _MOST_QUOTED))
        for witnesses in card.utterances(finding, line)
    ]
    return Match(line, finding.deals.get(line.step.deal), tuple(told))


def _figures(finding: Finding, step: str, follows: Mapping[str, Follow], lang: Lang) -> list[tuple[str, str]]:
    """The rules that touch the figures of an act, why figures differ, what a total has in it, and what became of the promise."""
    line = finding.lines[step]
    said = [*phrases.conflicts(line, lang), phrases.inside(line, lang)]
    follow = follows.get(line.step.deal)
    said += phrases.progress(follow, lang) if follow else []
    return [*phrases.flags(line, lang), *(("", one) for one in said if one)]


def address(sentence: str, on: str, lang: Lang) -> str:
    """Where the answer to a sentence can be read by others; "" for one that is too long for an address."""
    said = " ".join(sentence.split())
    asked = {"sentence": said, **({"on": on} if on else {}), "lang": lang}
    return f"/check?{urlencode(asked)}" if len(said) <= LONGEST_SHARED else ""
