"""From scored cues to drafts of claims: roles, duplicates, and what the last decision looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from math import log
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from vientro.lang.data import table
from vientro.model.claim import Modality, Type
from vientro.reading.features import ACTORS, BREAKS, LANG, between
from vientro.reading.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.reading.scene import Element, Scene, Sentence

TYPES: tuple[str, ...] = get_args(Type)
MODALITIES: tuple[str, ...] = get_args(Modality)
ROLES = ("actors", "recipients", "addressees")
NONE = "none"

# The numbers the trees see. Their order is part of the weights: change it and train anew.
ROLE_NAMES = (
    "actor", "recipient", "addressee",
    "actor_best_other", "actor_sum_others", "actor_above",
    "recipient_best_other", "recipient_sum_others", "recipient_above",
    "addressee_best_other", "addressee_sum_others", "addressee_above",
    "type", "sense", "coded", "places", "left", "distance", "actors_between", "breaks_between",
    "tag", "tag_before", "tag_after", "values", "coded_values", "sentences", "sentence", "first_place",
)  # fmt: skip
KEEP_NAMES = (
    "chance", "none", "second", "third", "same_next", "same_best", "sentence_sum", "sentence_any", "title", "lede", "text_best", "text_sum",
    "cues_likely", "cues", "sentences", "sentence", "zone", "actors", "recipients", "addressees", "sure_actors", "sure_recipients",
    "sure_addressees", "told", "items", "amounts", "named", "sentence_cues", "type", "before", "after", "person", "not", "combat", "if",
    "actor_is_recipient", "modality", "sentence_says", "sentence_most", "sentence_all", "text_says", "twin",
)  # fmt: skip
LIKELY = 0.3
_ZONES = {"title": 0, "lede": 1, "body": 2, "caption": 3, "entry": 4}


@dataclass(slots=True)
class Draft:
    """A claim in the making: the cue that tells of it, and what has been decided so far.

    `keep` is the chance that type and place are right, `certain` that roles and modality are right too; `told` counts the cues
    that tell the act, `twin` is the draft of the other of headline and lede.
    """

    sentence: Sentence
    cue: int
    type: str
    chance: float
    chances: list[float]
    roles: tuple[list[Value], list[Value], list[Value]] = field(default_factory=lambda: ([], [], []))
    sure: tuple[float, float, float] = (1.0, 1.0, 1.0)
    modalities: list[float] = field(default_factory=lambda: [float(name == "actual") for name in MODALITIES])
    told: int = 1
    keep: float = 0.0
    certain: float = 0.0
    twin: Draft | None = None

    @property
    def modality(self) -> str:
        return MODALITIES[self.modalities.index(max(self.modalities))]

    @property
    def names(self) -> tuple[set[str], set[str], set[str]]:
        return ({v.name for v in self.roles[0]}, {v.name for v in self.roles[1]}, {v.name for v in self.roles[2]})


def logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))


def role_rows(
    scene: Scene, sentence: Sentence, k: int, kind: str, values: Sequence[Value], chances: Sequence[Sequence[float]]
) -> list[list[float]]:
    """What the trees see of each value: its own chances for the three roles, and how it stands against the other values."""
    row = sentence.elements
    logits = [[logit(p) for p in chance] for chance in chances]
    out = []
    coded = sum(v.coded for v in values)
    for i, value in enumerate(values):
        features: list[float] = list(logits[i])
        for j in range(3):
            others = [logits[x][j] for x in range(len(values)) if x != i]
            features += [
                max(others, default=-9.0),
                sum(chances[x][j] for x in range(len(values)) if x != i),
                float(sum(o > logits[i][j] for o in others)),
            ]
        near = min(value.elements, key=lambda j: abs(j - k)) if value.elements else None
        features += [TYPES.index(kind), tag_number(row[k].tag), float(value.coded), len(value.elements)]
        if near is None:
            features += [-1.0, 99.0, 9.0, 9.0, -1.0, -1.0, -1.0]
        else:
            breaks, actors, _ = between(sentence, min(near, k) + 1, max(near, k))
            features += [
                float(near < k),
                abs(near - k),
                actors,
                breaks,
                tag_number(row[near].tag),
                tag_number(row[near - 1].tag) if near else -1.0,
                tag_number(row[near + 1].tag) if near + 1 < len(row) else -1.0,
            ]
        features += [len(values), coded, len(scene.sentences), sentence.index, value.elements[0] if value.elements else -1.0]
        out.append(features)
    return out


def tag_number(tag: str) -> int:
    """A number for a tag: its row in the lexicons, so that it does not hang on the order of reading."""
    return _numbers().get(tag, -1)


@cache
def _numbers() -> Mapping[str, int]:
    tags = [*sorted(ACTORS), "EQ", "MON", "TIME", "QTY", *sorted(BREAKS - {"sig:but"})]
    tags += ["sig:" + row["signal"] for row in table(LANG, "signals")]
    tags += ["cue:" + row["sense"] for row in table(LANG, "cues")]
    return MappingProxyType({tag: i for i, tag in enumerate(tags)})


def same_act(a: Draft, b: Draft) -> bool:
    """Whether two drafts of one type may tell one act: no role on which both speak and disagree wholly."""
    return a.type == b.type and all(not x or not y or x & y for x, y in zip(a.names, b.names, strict=True))


def merge(drafts: list[Draft], *, short: bool) -> list[Draft]:
    """One draft for each act, the likeliest cue first. In a `short` text headline and lede tell one act twice: the fuller stands."""
    groups: dict[tuple[str, int], list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: (-d.chance, d.sentence.index, d.cue, d.type)):
        kept = groups.setdefault((draft.type, 0 if short else draft.sentence.index), [])
        for at, other in enumerate(kept):
            near = draft.sentence.index == other.sentence.index
            told_twice = short and {draft.sentence.zone, other.sentence.zone} == {"title", "lede"}
            if near and _two_objects(draft, other):
                continue
            if (near or told_twice) and same_act(draft, other):
                other.told += 1
                other.modalities = [a + b for a, b in zip(other.modalities, draft.modalities, strict=True)]
                if not near and other.twin is None:
                    kept[at] = _fuller(other, draft)
                break
        else:
            kept.append(draft)
    return [draft for kept in groups.values() for draft in kept]


def _two_objects(a: Draft, b: Draft) -> bool:
    """Whether two likely cues of a sentence have each a thing of its own ("refuses tanks, rejects a no-fly zone"): two acts."""
    if min(a.chance, b.chance) < LIKELY:
        return False
    first, second = sorted((a.cue, b.cue))
    joined = any(e.tag in BREAKS or e.tag == "sig:and" for e in a.sentence.elements[first + 1 : second])
    mine, theirs = _objects(a), _objects(b)
    return joined and bool(mine) and bool(theirs) and not mine & theirs


def _objects(draft: Draft) -> set[int]:
    """Places of the things and sums behind a cue, up to the next break or the next cue after them."""
    found: set[int] = set()
    for e in draft.sentence.elements[draft.cue + 1 :]:
        if e.tag in BREAKS or (found and e.tag[:4] == "cue:"):
            break
        if e.tag in ("EQ", "MON"):
            found.add(e.start)
    return found


def _fuller(known: Draft, other: Draft) -> Draft:
    """Of two tellings of one act the one that says more, with the roles that only the other names."""
    best, rest = (other, known) if other.chance > 0.4 * known.chance and _fullness(other) > _fullness(known) else (known, other)
    best.told, best.twin, best.modalities = known.told, rest, known.modalities
    for mine, theirs in zip(best.roles, rest.roles, strict=True):
        if not mine:
            mine += [Value(v.name, v.coded, (), v.start, v.stop) for v in theirs]
    return best


def _fullness(draft: Draft) -> int:
    tags = [e.tag for e in draft.sentence.elements]
    return sum(map(len, draft.roles)) * 2 + tags.count("EQ") + 2 * tags.count("MON") + (draft.sentence.zone == "lede")


@dataclass(frozen=True, slots=True)
class Chances:
    """What the cues and sentences of a text say together, added up once; lists are by type."""

    by_sentence: dict[int, list[list[float]]]
    says: dict[int, list[float]]
    best: list[float]
    total: list[float]
    title: list[float]
    lede: list[float]
    said: list[float]
    likely: int
    before: dict[tuple[int, int], list[float]]
    after: dict[tuple[int, int], list[float]]


def chances_of(cues: Sequence[tuple[Sentence, int, list[float]]], says: dict[int, list[float]]) -> Chances:
    """`cues` are all cues of the text with the chances of their types (the last is none), `says` the chances of the types by sentence."""
    by_sentence: dict[int, list[list[float]]] = {}
    for s, _, c in cues:
        by_sentence.setdefault(s.index, []).append(c)
    size = range(len(TYPES))

    def best(rows: list[list[float]]) -> list[float]:
        return [max((row[t] for row in rows), default=0.0) for t in size]

    places = [(s.index, k) for s, k, _ in cues]
    rows = [c for _, _, c in cues]
    return Chances(
        by_sentence,
        says,
        best(rows),
        [sum(row[t] for row in rows) for t in size],
        best([c for s, _, c in cues if s.zone == "title"]),
        best([c for s, _, c in cues if s.zone == "lede"]),
        best(list(says.values())),
        sum(row[-1] < 0.5 for row in rows),
        dict(zip(places[1:], rows, strict=False)),
        dict(zip(places, rows[1:], strict=False)),
    )


def keep_row(scene: Scene, draft: Draft, text: Chances) -> list[float]:
    """What the last decision sees of a draft."""
    t = TYPES.index(draft.type)
    at = draft.sentence.index
    here = text.by_sentence[at]
    own = draft.chances
    others = sorted((p for i, p in enumerate(own[:-1]) if i != t), reverse=True)
    same = sorted((c[t] for c in here), reverse=True)
    tags = [e.tag for e in draft.sentence.elements]
    actors, recipients, addressees = draft.roles
    nothing = [0.0] * len(own)
    return [
        own[t], own[-1], others[0], others[1],
        same[1] if len(same) > 1 else 0.0, same[0], sum(sum(c[:-1]) for c in here), max(1 - c[-1] for c in here),
        text.title[t], text.lede[t], text.best[t], text.total[t],
        text.likely, len(here), len(scene.sentences), at, _ZONES[draft.sentence.zone],
        len(actors), len(recipients), len(addressees), *draft.sure, draft.told,
        tags.count("EQ"), tags.count("MON"), tags.count("ACT") + tags.count("PER"), sum(tag[:4] == "cue:" for tag in tags), t,
        text.before.get((at, draft.cue), nothing)[t], text.after.get((at, draft.cue), nothing)[t],
        float("PER" in tags), float("sig:not" in tags), float("sig:combat" in tags), float("sig:if" in tags),
        len(draft.names[0] & draft.names[1]), MODALITIES.index(draft.modality),
        text.says[at][t], max(text.says[at]), sum(text.says[at]), text.said[t],
        draft.twin.chance if draft.twin else 0.0,
    ]  # fmt: skip


def evidence(draft: Draft, scene: Scene, extra: Sequence[Element] = ()) -> tuple[int, int]:
    """The run of the folded text that shows the claim: cue, roles and things of the sentence, up to the next break on either side."""
    row = draft.sentence.elements
    places = [draft.cue, *(j for role in draft.roles for v in role for j in _nearest(v, draft.cue))]
    places += [j for j, e in enumerate(row) if e in extra]
    start, stop = min(row[j].start for j in places), max(row[j].stop for j in places)
    before = [e.stop for e in row if e.tag in BREAKS and e.stop <= start]
    after = [e.start for e in row if e.tag in BREAKS and e.start >= stop]
    start = max(before) if before else draft.sentence.start
    stop = min(after) if after else draft.sentence.stop
    text = scene.text
    while start < stop and not (text[start].isalnum() or text[start] in "\"'("):
        start += 1
    while stop > start and not (text[stop - 1].isalnum() or text[stop - 1] in "\"')%"):
        stop -= 1
    return start, stop


def _nearest(value: Value, k: int) -> list[int]:
    return [min(value.elements, key=lambda j: abs(j - k))] if value.elements else []
