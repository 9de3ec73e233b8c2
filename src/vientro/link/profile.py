"""A claim as linking sees it: everything that is compared, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from vientro.link.data import types
from vientro.link.names import codes, speaker
from vientro.link.rarity import Terms, terms
from vientro.model.edtf import interval
from vientro.reading.text import fold, sentences, words

if TYPE_CHECKING:
    from vientro.model.article import Article
    from vientro.model.claim import Claim, Count, Money, Role

_HEAD = 600  # code points of a story that say what it is about: its title and lede
_LONGEST = timedelta(days=10)  # a date wider than this says when roughly, not on which days

# "gói trừng phạt thứ 19", "gói 19", "vòng trừng phạt thứ 20", "19th package": rounds of sanctions are counted.
_ROUND = re.compile(
    r"\b(?:gói|vòng|đợt)(?: [^\W\d_]+){0,6}? (?:thứ|lần thứ|số) ?(\d{1,3})\b|\b(\d{1,3})(?:st|nd|rd|th) (?:sanctions )?package\b"
)

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim's slots, coded and folded. `day` places it in time for blocking; `days` are those its act may fall on.

    `told` is whether the claim itself names those days; else they are the day of publication and the one before.
    `guessed` marks targets taken from the words around, because the claim names none with a code.
    """

    claim: str
    article: str
    type: str
    family: str
    saying: bool
    modality: str
    actors: frozenset[str]
    givers: frozenset[str]
    targets: frozenset[str]
    target_words: frozenset[str]
    guessed: bool
    models: frozenset[str]
    classes: frozenset[str]
    counts: tuple[tuple[str, Count], ...]
    sums: tuple[Money, ...]
    speaker: tuple[str, ...]
    round: str | None
    day: date | None
    days: Days | None
    told: bool
    evidence: Terms
    sentence: Terms
    head: Terms
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class Story:
    """What all claims of an article share."""

    id: str
    lang: str
    published: date | None
    text: str
    head: Terms
    around: frozenset[str]


def story(article: Article) -> Story:
    text = fold(article.text).text
    head = text[:_HEAD]
    lang = article.lang or "vi"
    published = date.fromisoformat(article.published[:10]) if article.published else None
    return Story(article.id, lang, published, text, terms(head, lang), codes(head))


def profile(claim: Claim, of: Story) -> Profile:
    """The profile of a claim of that story."""
    row = types()[claim.type]
    evidence = fold(claim.evidence).text
    sentence = _sentence(of.text, evidence)
    slots = {"actors": claim.actors, "recipients": claim.recipients, "addressees": claim.addressees, "": ()}
    actors = _codes(claim.actors)
    aimed = slots[row["target"]]
    targets, guessed = _codes(aimed), False
    if aimed and not targets and row["family"] == "sanction":
        mine = actors | (_codes((claim.speaker,)) if claim.speaker else frozenset())
        targets = codes(evidence) - mine or codes(sentence) - mine or of.around - mine
        guessed = True
    published = of.published
    dated = _days(claim.date)
    told = dated is not None and dated[1] - dated[0] <= _LONGEST
    days = dated if told else (published - timedelta(days=1), published) if published else None
    return Profile(
        claim=claim.id,
        article=claim.article_id,
        type=claim.type,
        family=row["family"],
        saying=bool(row["saying"]) or claim.modality != "actual",
        modality=claim.modality,
        actors=actors,
        givers=_codes(slots[row["giver"]]),
        targets=targets,
        target_words=frozenset(word for role in aimed if not _is_code(role.value) for word in words(fold(role.value).text)),
        guessed=guessed,
        models=frozenset(" ".join(words(fold(item.model).text)) for item in claim.items if item.model),
        classes=frozenset(item.cls for item in claim.items),
        counts=tuple((item.cls, item.quantity) for item in claim.items if item.quantity),
        sums=claim.amounts,
        speaker=speaker(claim.speaker.value, published.isoformat() if published else None) if claim.speaker else (),
        round=_round(of.text) if row["family"] == "sanction" and actors & {"EU", "EU-STATES", "EUROPE"} else None,
        day=published or (days[0] if days else None),
        days=days,
        told=told,
        evidence=terms(evidence, of.lang),
        sentence=terms(sentence, of.lang),
        head=of.head,
        around=of.around,
    )


def _sentence(text: str, evidence: str) -> str:
    at = text.find(evidence)
    for start, stop in sentences(text):
        if start <= at < stop:
            return text[start : max(stop, at + len(evidence))]
    return evidence


def _round(text: str) -> str | None:
    found = _ROUND.search(text)
    return (found[1] or found[2]) if found else None


def _is_code(value: str) -> bool:
    return value.isascii() and value.isupper() and (len(value) == 2 or value in _BODIES)


_BODIES = frozenset(
    "NATO EU UN G7 G20 IMF WB EIB OSCE IAEA ICRC WHO WFP NATO-STATES EU-STATES WEST EUROPE ALLIES".split()  # noqa: SIM905 codes.txt has them on one line
)


def _codes(roles: tuple[Role, ...]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for role in roles:
        found |= {role.value} if _is_code(role.value) else codes(fold(role.value).text)
    return found


@cache
def _days(edtf: str | None) -> Days | None:
    return interval(edtf) if edtf else None
