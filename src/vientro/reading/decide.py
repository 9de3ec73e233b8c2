"""The decisions of the reader, in order: which cues tell of what, who does what to whom, which drafts are one act, which are kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import prod
from typing import TYPE_CHECKING, Any

from vientro.reading import weights
from vientro.reading.draft import MODALITIES, ROLES, TYPES, Draft, chances_of, keep_row, merge, role_rows
from vientro.reading.features import BREAKS, LANG, attribute_features, cue_features, sentence_features, verb_group
from vientro.reading.slots import (
    TIME_SLOTS,
    Place,
    place_features,
    place_rows,
    places,
    reaches,
    reading_of,
    same_thing,
)
from vientro.reading.values import candidates, value_features
from vientro.reading.voices import voice_features, voice_rows, voices
from vientro.reading.weights import Boosted, Linear, sigmoid

if TYPE_CHECKING:
    from vientro.reading.scene import Element, Scene, Sentence
    from vientro.reading.voices import Voice

PROPOSE = 0.05  # a cue is a proposal for every type that is at least this likely; below it almost no claim is found
NEAR = 40  # characters: a thing named so close to one of its class that has a model is the same
TIMED = 0.45  # the chance from which a time is a slot's
HEARD = 0.4  # the chance from which a voice is the speaker: in the flat top of speaker F1, cross-validated
# The chance of type and place from which a draft is kept, in headlines with ledes and in articles: in the flat top of claim F1 of either,
# cross-validated. It is lower where less is found: F1 is best near half its own value (Lipton et al. 2014).
KEEP_SHORT, KEEP_LONG = 0.44, 0.31
SHORT = 6  # sentences: up to here headline and lede tell one act twice
FAMILIES = dict.fromkeys(("commit", "approve", "procure", "deliver", "train"), "give")
FAMILIES |= dict.fromkeys(("suspend", "refuse", "block", "decline"), "withhold") | dict.fromkeys(("request", "urge"), "ask")
RULED = {
    "cue:not-give": (frozenset({"commit", "deliver", "approve"}), "refuse"),
    "cue:resume": (frozenset({"suspend", "deliver", "commit"}), "resume"),
}
ATTRIBUTES = ("modality", "scope", "support", "mode")


@dataclass(frozen=True, slots=True)
class Model:
    """Every weight the reader needs."""

    types: Linear
    sentences: Linear
    roles: Linear
    role_trees: tuple[Boosted, ...]
    keep: Boosted
    certain: Boosted
    attributes: tuple[Linear, ...]
    items: Linear
    amounts: Linear
    times: Linear
    speaker: Linear
    item_trees: Boosted
    amount_trees: Boosted
    date_trees: Boosted
    speaker_trees: Boosted


@cache
def shipped() -> Model:
    """The weights of the language pack."""
    return load(LANG)


def load(lang: str) -> Model:
    return Model(
        types=weights.linear(lang, "types"),
        sentences=weights.linear(lang, "sentences"),
        roles=weights.linear(lang, "roles"),
        role_trees=tuple(weights.boosted(lang, role) for role in ROLES),
        keep=weights.boosted(lang, "keep"),
        certain=weights.boosted(lang, "certain"),
        attributes=tuple(weights.linear(lang, name) for name in ATTRIBUTES),
        items=weights.linear(lang, "items"),
        amounts=weights.linear(lang, "amounts"),
        times=weights.linear(lang, "times"),
        speaker=weights.linear(lang, "speaker"),
        item_trees=weights.boosted(lang, "items"),
        amount_trees=weights.boosted(lang, "amounts"),
        date_trees=weights.boosted(lang, "date"),
        speaker_trees=weights.boosted(lang, "speaker"),
    )


def cues(scene: Scene) -> list[tuple[Sentence, int]]:
    """Every cue of a text: sentence and element."""
    return [(s, k) for s in scene.sentences for k, e in enumerate(s.elements) if e.tag[:4] == "cue:"]


def drafts(scene: Scene, model: Model) -> list[Draft]:
    """All acts the text may tell of, each with its roles and the chance that it is one."""
    scored = [(s, k, model.types.chances(cue_features(scene, s, k))) for s, k in cues(scene)]
    proposals = [
        propose(scene, model, s, k, kind, chances)
        for s, k, chances in scored
        for kind, chance in zip(TYPES, chances, strict=False)
        if chance >= PROPOSE
    ]
    kept = merge(proposals, short=len(scene.sentences) <= SHORT)
    if kept:
        told = says(scene, model, {s.index for s, _, _ in scored})
        text = chances_of(scored, told)
        for draft in kept:
            row = keep_row(scene, draft, text)
            draft.keep, draft.certain = model.keep.chance(row), model.certain.chance(row)
        if len(scene.sentences) <= SHORT:
            one_act_a_clause(kept)
    return kept


def least(scene: Scene) -> float:
    """The chance from which a draft of this text is kept."""
    return KEEP_SHORT if len(scene.sentences) <= SHORT else KEEP_LONG


def one_act_a_clause(kept: list[Draft]) -> None:
    """A headline's clause tells one act of a family: "promises to deliver" is no delivery beside the promise; the lesser counts half."""
    surest = sorted(kept, key=lambda d: (-d.keep, d.cue))
    lesser = [d for i, d in enumerate(surest) if any(_same_clause(d, other) for other in surest[:i])]
    for draft in lesser:
        draft.keep /= 2


def _same_clause(a: Draft, b: Draft) -> bool:
    first, second = sorted((a.cue, b.cue))
    between = a.sentence.elements[first + 1 : second]
    return (
        a.sentence is b.sentence
        and FAMILIES.get(a.type, a.type) == FAMILIES.get(b.type, b.type)
        and not any(e.tag in BREAKS or e.tag == "sig:and" for e in between)
    )


def says(scene: Scene, model: Model, wanted: set[int]) -> dict[int, list[float]]:
    """By sentence, the chance of each type that the sentence tells of it, cues aside."""
    return {
        s.index: [sigmoid(x) for x in model.sentences.scores(sentence_features(scene, s))] for s in scene.sentences if s.index in wanted
    }


def propose(scene: Scene, model: Model, sentence: Sentence, k: int, kind: str, chances: list[float]) -> Draft:
    """A draft with roles and modality for one cue and type."""
    kind, chances = _ruled(sentence, k, kind, chances)
    draft = Draft(sentence, k, kind, chances[TYPES.index(kind)], chances)
    values = candidates(scene, sentence)
    if values:
        linear = [[sigmoid(x) for x in model.roles.scores(value_features(scene, sentence, k, kind, v))] for v in values]
        rows = role_rows(scene, sentence, k, kind, values, linear)
        sure = []
        for chosen, trees in zip(draft.roles, model.role_trees, strict=True):
            likely = [trees.chance(row) for row in rows]
            chosen.extend(v for v, p in zip(values, likely, strict=True) if p > 0.5)
            sure.append(prod(max(p, 1 - p) for p in likely))
        draft.sure = (sure[0], sure[1], sure[2])
    modality = model.attributes[0]
    chance_of = dict(zip(modality.classes, modality.chances(attribute_features(scene, sentence, k, kind)), strict=True))
    if _denied(sentence, k, kind):
        chance_of = {"denied": 1.0}
    draft.modalities = [draft.chance * chance_of.get(name, 0.0) for name in MODALITIES]
    return draft


def _denied(sentence: Sentence, k: int, kind: str) -> bool:
    """Whether the clause denies the act: a word of denial above the cue, or a handover that "has not" been made."""
    row = sentence.elements
    return any(e.tag == "sig:deny" for e in verb_group(row, k)) or (kind in ("deliver", "train") and k > 0 and row[k - 1].tag == "sig:not")


def _ruled(sentence: Sentence, k: int, kind: str, chances: list[float]) -> tuple[str, list[float]]:
    """What is too rare in the labels for weights to learn is ruled: who "does not give" refuses, who "restarts the handover" resumes."""
    above = {e.tag for e in verb_group(sentence.elements, k)} | {sentence.elements[k].tag}
    for tag, (mistaken, right) in RULED.items():
        if tag in above and kind in mistaken:
            ruled = list(chances)
            ruled[TYPES.index(right)] += ruled[TYPES.index(kind)]
            ruled[TYPES.index(kind)] = 0.0
            return right, ruled
    return kind, chances


def things(scene: Scene, draft: Draft, model: Model) -> tuple[list[Element], list[Element], dict[str, str]]:
    """Items and amounts of a draft, and the EDTF of its times: what of its sentence and of those next to it belongs to it."""
    items = _belonging(scene, draft, "EQ", model.items, model.item_trees)
    amounts = _belonging(scene, draft, "MON", model.amounts, model.amount_trees)
    return items, amounts, _times(scene, draft, model)


def _times(scene: Scene, draft: Draft, model: Model) -> dict[str, str]:
    """The EDTF of date, due and horizon. Trees see which time is the date; of the other two the labels hold too few for trees."""
    found = places(scene, draft, "TIME")
    if not found:
        return {}
    linear = [model.times.chances(place_features(scene, draft, p)) for p in found]
    chances = [
        [0.0, model.date_trees.chance(row), *chance[2:]]
        for row, chance in zip(place_rows(scene, draft, found, linear), linear, strict=True)
    ]
    times: dict[str, str] = {}
    for i, place in enumerate(found):
        if reaches(scene, draft, place):
            chances[i] = [0.0, 0.0, 0.0, 1.0]
    for slot, name in enumerate(TIME_SLOTS[1:], 1):
        best = max(range(len(found)), key=lambda i: chances[i][slot])
        if chances[best][slot] > TIMED and chances[best][slot] == max(chances[best]):
            times[name] = reading_of(found[best].what, name)
    return times


def _belonging(scene: Scene, draft: Draft, tag: str, linear: Linear, trees: Boosted) -> list[Element]:
    """The places of a tag that belong to a draft, each thing and sum once."""
    found = places(scene, draft, tag)
    if not found:
        return []
    rows = place_rows(scene, draft, found, [linear.chances(place_features(scene, draft, p)) for p in found])
    chosen: list[Element] = []
    for place in sorted((p for p, row in zip(found, rows, strict=True) if trees.chance(row) > 0.5), key=lambda p: _rank(draft, p)):
        if not any(same_thing(place.what, known) for known in chosen):
            chosen.append(place.what)
    return sorted((e for e in chosen if not _general(e, chosen)), key=lambda e: e.start)


def _general(thing: Element, chosen: list[Element]) -> bool:
    """Whether a thing without a model is another name of one with a model ("S-400 … tổ hợp tên lửa")."""
    one: Any = thing.mention
    return (
        thing.tag == "EQ"
        and not one.model
        and any(
            e is not thing and e.mention.cls == one.cls and e.mention.model and abs(e.start - thing.start) < NEAR  # type: ignore[union-attr]
            for e in chosen
        )
    )


def _rank(draft: Draft, place: Place) -> tuple[bool, int]:
    return place.sentence is not draft.sentence, place.element


def speaker(scene: Scene, draft: Draft, model: Model) -> Voice | None:
    """The likeliest voice, if any is likely."""
    found = voices(scene, draft.sentence)
    linear = [model.speaker.chances(voice_features(scene, draft, v))[0] for v in found]
    chances = [model.speaker_trees.chance(row) for row in voice_rows(draft, found, linear)]
    best = max(range(len(found)), key=chances.__getitem__, default=None)
    return found[best] if best is not None and chances[best] > HEARD else None


def attributes(scene: Scene, draft: Draft, model: Model) -> tuple[str, str | None, str | None]:
    """Scope, support and mode."""
    features = attribute_features(scene, draft.sentence, draft.cue, draft.type)
    scope, support, mode = (m.best(features) for m in model.attributes[1:])
    if scope == "act" and _runs_on(draft):
        scope = "total"
    return scope, None if support == "null" else support, None if mode == "null" else mode


def _runs_on(draft: Draft) -> bool:
    """Whether a sum or a count is said to have run on since a day ("tổng cộng 12 tỷ bảng kể từ tháng 2"): such a total is no act."""
    row = draft.sentence.elements
    tags = [e.tag for e in row]
    since = any(e.tag == "TIME" and str(getattr(e.mention, "edtf", "")).endswith("/..") for e in row)
    return tags.count("sig:total") + since > 1 and "sig:total" in tags and ("MON" in tags or "QTY" in tags)
