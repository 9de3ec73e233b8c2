"""The reader: an article in, its claims out. Pure; the weights are data of the language pack."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from vientro.model.article import Article, Span, Zone, ZoneKind
from vientro.model.claim import Claim, Item, Modality, Mode, Money, Role, Scope, Source, Support, Type
from vientro.model.edtf import interval
from vientro.model.ids import anchor
from vientro.reading import decide
from vientro.reading.counts import count_of
from vientro.reading.dating import find_date, find_dates
from vientro.reading.draft import Draft, evidence
from vientro.reading.scene import stage, stretches
from vientro.reading.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vientro.model.mention import Dating
    from vientro.reading.decide import Model
    from vientro.reading.lexicon import Lexicon
    from vientro.reading.scene import Element, Scene
    from vientro.reading.text import Folded
    from vientro.reading.values import Value

    Tell = Callable[[Folded, Scene, list[Draft], list[Claim]], None]

NAME = "vi-1"
LANGUAGES = ("vi",)
GUESS = 400  # days: the day of an undated text is taken for known if it lies within about a year
THRESHOLD = 0.05  # below it stand the acts that are likelier not told than told; docs/reading.md has the figures


def read(article: Article, model: Model | None = None, words: Lexicon[object] | None = None, tell: Tell | None = None) -> list[Claim]:
    """The claims of an article, in order of place. Each entry of a tag page is read by itself, with a dating of its own.

    `model` and `words` are the shipped weights and lexicon, unless others are given. `tell` hears of each stretch as it is read: its
    text, its scene, the drafts, and the claims made of them (with names that are not yet told apart).
    """
    model = model or decide.shipped()
    day = _day(article.published)
    entries = [zone for zone in article.zones if zone.kind == "entry"]
    if not entries:
        return _named(_read(article, article.text, article.zones, 0, day or _dated(article.text), model, words, tell))
    stories = [zone.span.of(article.text) for zone in entries]
    days = [day] * len(stories) if day else [_best(dating) for dating in find_dates(stories)]
    found: list[Claim] = []
    for zone, story, of_story in zip(entries, stories, days, strict=True):
        part = Zone("entry", Span(0, len(story)))
        found += _read(article, story, (part,), zone.span.start, of_story, model, words, tell)
    return _named(found)


def scene_of(article: Article) -> tuple[Folded, Scene]:
    """What is recognised in an article, read as one text against its day of publication or its best day."""
    return _stage(article.text, article.zones, _day(article.published) or _dated(article.text))


def _stage(text: str, zones: Sequence[Zone], day: datetime.date | None, words: Lexicon[object] | None = None) -> tuple[Folded, Scene]:
    folded = fold(text)
    # A headline or lede alone tells what both else tell together; the weights know either only beside the other.
    alone = [z.kind for z in zones] in (["title"], ["lede"])
    places: list[tuple[int, int, ZoneKind]] = [
        (folded.folded(z.span.start), folded.folded(z.span.stop), "body" if alone else z.kind) for z in zones
    ]
    return folded, stage(folded.text, places, day, words)


def _day(published: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(published[:10]) if published else None


def _dated(text: str) -> datetime.date | None:
    """The best day of an undated text."""
    return _best(find_date(text))


def _best(dating: Dating | None) -> datetime.date | None:
    """The best day; none where the text may as well be of another year, so that no relative date is resolved against a guess."""
    days = interval(dating.interval) if dating else None
    sure = dating and days and (days[1] - days[0]).days <= GUESS
    return datetime.date.fromisoformat(dating.best) if dating and sure else None


def _read(
    article: Article,
    text: str,
    zones: Sequence[Zone],
    shift: int,
    day: datetime.date | None,
    model: Model,
    words: Lexicon[object] | None,
    tell: Tell | None,
) -> list[Claim]:
    folded, scene = _stage(text, zones, day, words)
    claims: list[Claim] = []
    for part in stretches(scene):
        drafts = decide.drafts(part, model)
        made = [_claim(article, folded, part, draft, shift, model) for draft in drafts]
        if tell:
            tell(folded, part, drafts, made)
        claims += made
    return sorted(claims, key=lambda c: (c.span.start, c.span.stop, c.type))


def _named(claims: list[Claim]) -> list[Claim]:
    """Two acts told by the same words (two donors, two sanctions) need two names."""
    seen: dict[str, int] = {}
    out = []
    for claim in claims:
        seen[claim.id] = seen.get(claim.id, 0) + 1
        out.append(
            claim if seen[claim.id] == 1 else replace(claim, id=anchor(claim.article_id, claim.span, f"{claim.type} {seen[claim.id]}"))
        )
    return out


def _claim(article: Article, folded: Folded, scene: Scene, draft: Draft, shift: int, model: Model) -> Claim:
    items, amounts, times = decide.things(scene, draft, model)
    voice = decide.speaker(scene, draft, model)
    scope, support, mode = decide.attributes(scene, draft, model)
    start, stop = evidence(draft, scene, [*items, *amounts])
    span = _span(folded, start, stop, shift)

    def roles(values: list[Value]) -> tuple[Role, ...]:
        return tuple(Role(v.name, _span(folded, v.start, v.stop, shift)) for v in values)

    said = Role(voice.name, _span(folded, voice.start, voice.stop, shift)) if voice else None
    cue = draft.sentence.elements[draft.cue]
    return Claim(
        id=anchor(article.id, span, draft.type),
        article_id=article.id,
        type=cast("Type", draft.type),
        modality=cast("Modality", draft.modality),
        span=span,
        evidence=folded.slice(start, stop),
        actors=roles(draft.roles[0]),
        recipients=roles(draft.roles[1]),
        addressees=roles(draft.roles[2]),
        scope=cast("Scope", scope),
        support=cast("Support | None", support),
        mode=cast("Mode | None", mode),
        items=tuple(_item(folded, scene, e, shift) for e in items),
        amounts=tuple(_money(folded, e, shift) for e in amounts),
        date=_edtf(times.get("date")),
        due=_edtf(times.get("due")),
        horizon=_edtf(times.get("horizon")),
        speaker=said,
        chain=_chain(folded, draft, voice.element if voice and voice.sentence is draft.sentence else None, said, shift),
        trigger=folded.slice(cue.start, cue.stop),
        zone=draft.sentence.zone,
        confidence=_confidence(draft, decide.least(scene)),
        reader=NAME,
    )


def _confidence(draft: Draft, least: float) -> float:
    """The chance that type, place, roles and modality are all right; of drafts that are not kept, a number below the threshold."""
    return round(max(draft.certain, THRESHOLD) if draft.keep >= least else THRESHOLD * draft.keep, 4)


def _span(folded: Folded, start: int, stop: int, shift: int) -> Span:
    return Span(folded.raw(start) + shift, folded.raw(stop) + shift)


def _item(folded: Folded, scene: Scene, element: Element, shift: int) -> Item:
    thing: Any = element.mention
    span = _span(folded, element.start, element.stop, shift)
    return Item(thing.cls, folded.slice(element.start, element.stop), span, thing.model, count_of(scene, element))


def _money(folded: Folded, element: Element, shift: int) -> Money:
    sum_: Any = element.mention
    span = _span(folded, element.start, element.stop, shift)
    return Money(sum_.value, sum_.currency, sum_.bound, span, sum_.max, sum_.per, sum_.vague)


def _edtf(edtf: str | None) -> str | None:
    """The date, unless its year could not be told."""
    return None if edtf is None or "X" in edtf else edtf


def _chain(folded: Folded, draft: Draft, voice: int | None, said: Role | None, shift: int) -> tuple[Source, ...]:
    """The speaker, then the papers and agencies that the sentence names as its source."""
    row = draft.sentence.elements
    links = []
    if said:
        mention: Any = row[voice].mention if voice is not None else None
        links.append(Source(said.value, getattr(mention, "code", None), getattr(mention, "kind", "person"), said.span))
    for j, e in enumerate(row):
        if e.tag == "Xoutlet" and j != voice and j and row[j - 1].tag == "sig:source" and e.mention:
            links.append(Source(e.mention.name, None, "outlet", _span(folded, e.start, e.stop, shift)))  # type: ignore[union-attr]
    return tuple(links)
