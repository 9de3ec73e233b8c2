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
from vientro.reading.text import Folded, fold, sentences, words

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
    """A claim's slots, coded and folded.

    `story` is the article, or its entry of a page that lists many. `day` places the claim in time for blocking; `days` are those
    its act may fall on, and `told` is whether the claim itself names them: else they are the day of publication and the one
    before. `guessed` marks targets taken from the words around, because the claim names none with a code.
    `database` is that of an imported row.
    """

    claim: str
    article: str
    story: str
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
    database: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What the claims of an article share, or those of an entry of a page that lists many stories."""

    article: Article
    lang: str
    published: date | None
    text: Folded


def story(article: Article) -> Story:
    return Story(article, article.lang or "vi", _published(article), fold(article.text))


def day(claim: Claim, article: Article) -> date | None:
    """What places a claim in time: the day its story was told, else the first day that it names itself."""
    told = _published(article) or _told(claim)
    return told[0] if isinstance(told, tuple) else told


def _published(article: Article) -> date | None:
    return date.fromisoformat(article.published[:10]) if article.published else None


def _told(claim: Claim) -> Days | None:
    """The days that a claim names itself, if they are few."""
    dated = _days(claim.date)
    return dated if dated and dated[1] - dated[0] <= _LONGEST else None


def _entry(of: Story, at: int) -> tuple[str, int, int]:
    """The name and the span of the story that a place of the folded text belongs to: an entry of a list, else the article."""
    for number, zone in enumerate(of.article.zones):
        start, stop = of.text.folded(zone.span.start), of.text.folded(zone.span.stop)
        if zone.kind == "entry" and start <= at < stop:
            return f"{of.article.id}/{number}", start, stop
    return of.article.id, 0, len(of.text.text)


def _head(text: str, start: int, stop: int, at: int) -> str:
    """What a claim's story is about: its first line, and the line the claim stands in with the one before."""
    first = text.find("\n", start, stop)
    title = text[start : first if first >= 0 else stop]
    begin = max(start, text.rfind("\n", start, max(start, text.rfind("\n", start, at))) + 1)
    end = text.find("\n", at, stop)
    near = text[begin : end if end >= 0 else stop]
    return (near if near.startswith(title) else f"{title}\n{near}")[:_HEAD]


def profile(claim: Claim, of: Story) -> Profile:
    """The profile of a claim of that story."""
    row = types()[claim.type]
    evidence = fold(claim.evidence).text
    at = of.text.folded(claim.span.start)
    place, start, stop = _entry(of, at)
    head = _head(of.text.text, start, stop, at)
    around = codes(head, of.lang)
    sentence = _sentence(head, evidence)
    slots = {"actors": claim.actors, "recipients": claim.recipients, "addressees": claim.addressees, "": ()}
    actors = _codes(claim.actors)
    aimed = slots[row["target"]]
    targets, guessed = _codes(aimed), False
    if aimed and not targets and row["family"] == "sanction":
        mine = actors | (_codes((claim.speaker,)) if claim.speaker else frozenset())
        targets = codes(evidence) - mine or codes(sentence) - mine or around - mine
        guessed = True
    published = of.published
    dated = _told(claim)
    days = dated or ((published - timedelta(days=1), published) if published else None)
    return Profile(
        claim=claim.id,
        article=claim.article_id,
        story=place,
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
        round=_round(head) if row["family"] == "sanction" and actors & {"EU", "EU-STATES", "EUROPE"} else None,
        day=day(claim, of.article),
        days=days,
        told=dated is not None,
        evidence=terms(evidence, of.lang),
        sentence=terms(sentence, of.lang),
        head=terms(head, of.lang),
        around=around,
        database=claim.database,
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
