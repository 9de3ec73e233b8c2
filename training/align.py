"""Coded documents as the reader sees them: which cue tells a claim, which mention fills a slot."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from data import SHARED, Example

from vientro.article import rows
from vientro.lang.data import table
from vientro.model.article import Article
from vientro.reading import decide
from vientro.reading.composition import absorbed, governed
from vientro.reading.draft import TYPES, Draft, evidence
from vientro.reading.features import ACTORS, LANG
from vientro.reading.reader import scene_of
from vientro.reading.slots import reading_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vientro.reading.scene import Element, Scene, Sentence
    from vientro.reading.slots import Place
    from vientro.reading.text import Folded
    from vientro.reading.values import Value
    from vientro.reading.voices import Voice

NONE_AT = len(TYPES)
GOLD = 3.0  # what a gold document weighs against one that the project's own coders coded
OUTER = 0.3  # how far a word that governs another cue counts as the one that tells the act: what stands between them says how it is meant

_spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
assert _spec is not None
assert _spec.loader is not None
score = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(score)


@dataclass
class Coded:
    """A coded document: its scene, its cues, and the place of every claim's evidence."""

    key: str
    doc: dict[str, Any]
    claims: list[dict[str, Any]]
    folded: Folded
    scene: Scene
    cues: list[tuple[Sentence, int]]
    inside: list[list[int]]
    spans: list[tuple[int, int]]
    weight: float
    chances: list[list[float]] = field(default_factory=list)
    says: dict[int, list[float]] = field(default_factory=dict)

    def told_in(self, sentence: Sentence) -> set[str]:
        """The types of the claims whose evidence lies in a sentence."""
        return {c["type"] for c, (a, b) in zip(self.claims, self.spans, strict=True) if min(b, sentence.stop) - max(a, sentence.start) > 5}

    def paired(self, drafts: list[Draft]) -> tuple[list[bool], list[bool]]:
        """Which drafts the scorer pairs with a claim, and of which roles and modality are right too."""
        found = []
        for d in drafts:
            start, stop = evidence(d, self.scene)
            names = [[v.name for v in role] for role in d.roles]
            found.append(
                {
                    "type": d.type, "modality": d.modality, "actors": names[0], "recipients": names[1], "addressees": names[2],
                    "evidence": "x", "span": [self.folded.raw(start), self.folded.raw(stop)],
                }
            )  # fmt: skip
        hits = dict(score.pair(self.doc["text"], found, self.claims))
        return [i in hits for i in range(len(drafts))], [
            i in hits and score.strict(found[i], self.claims[hits[i]]) for i in range(len(drafts))
        ]

    def slot_label(self, claim: dict[str, Any], name: str, element: Element) -> str:
        m: Any = element.mention
        if name == "items":
            model = {"class": m.cls, "text": m.text} | ({"model": m.model} if m.model else {})
            wanted = claim.get("items") or []
            return str(int(any(score.equal("items", model, i) or score.same_name(i["text"], m.text) for i in wanted)))
        if name == "amounts":
            amount = {"value": m.value, "currency": m.currency}
            return str(int(any(score.equal("amounts", amount, a) for a in claim.get("amounts") or []) and not m.conversion))
        for slot in ("date", "due", "horizon"):
            if claim.get(slot) and any(
                score.same_time(edtf, claim[slot]) for edtf in self._readings(reading_of(element, slot), str(claim[slot]))
            ):
                return slot
        return "none"

    def place_labels(self, claim: dict[str, Any], draft: Draft, name: str, found: list[Place]) -> list[str]:
        """The label of each place; those outside the claim's sentence count only where nothing in it fills the slot with the same."""
        labels = [self.slot_label(claim, name, p.what) for p in found]
        own = [p.what for p, label in zip(found, labels, strict=True) if p.sentence is draft.sentence and label not in ("0", "none")]
        none = "none" if name == "times" else "0"
        return [
            none if p.sentence is not draft.sentence and any(self._same(claim, name, p.what, e) for e in own) else label
            for p, label in zip(found, labels, strict=True)
        ]

    def _same(self, claim: dict[str, Any], name: str, a: Element, b: Element) -> bool:
        """Whether two elements fill a slot with the same."""
        if name == "times":
            return self.slot_label(claim, name, a) == self.slot_label(claim, name, b)
        return bool(a.mention.cls == b.mention.cls) if name == "items" else True  # type: ignore[union-attr]

    def codes_times(self, labels: list[str]) -> bool:
        """Whether the coder can be taken to have coded the times of a claim: without a day of publication many were left out."""
        return bool(self.doc.get("published")) or any(label != "none" for label in labels)

    def _readings(self, edtf: str, coded: str) -> list[str]:
        """The time, and in a document without a day also the time in the year that was coded."""
        year = coded.lstrip("./")[:4]
        return [edtf] if self.doc.get("published") else [edtf, re.sub(r"\b(?:\d{4}|XXXX)(?=-|$)", year, edtf)]

    def voice_label(self, claim: dict[str, Any], voice: Voice) -> str:
        return str(int(bool(claim.get("speaker")) and score.same_name(voice.name, claim["speaker"])))


def coded(example: Example) -> Coded:
    doc = example.doc
    article = next(a for a in rows.article(doc["id"], msgspec.json.encode(doc)) if isinstance(a, Article))
    if article.text != doc["text"]:
        raise ValueError(f"{doc['id']}: the text of the article is not the text that was coded")
    folded, scene = scene_of(article)
    cues = decide.cues(scene)
    inside: list[list[int]] = []
    spans = []
    for claim in example.claims:
        at = doc["text"].find(claim["evidence"])
        if at < 0:
            inside.append([])
            spans.append((0, 0))
            continue
        start, stop = folded.folded(at), folded.folded(at + len(claim["evidence"]))
        spans.append((start, stop))
        places = [(s, s.elements[k]) for s, k in cues]
        found = [i for i, (_, e) in enumerate(places) if e.start >= start - 1 and e.stop <= stop + 1]
        inside.append(found or [i for i, (s, _) in enumerate(places) if s.start < stop and s.stop > start])
    weight = 1.0 if all(name.startswith("own") for name in example.sets) else GOLD
    return Coded(doc["id"], doc, example.claims, folded, scene, cues, inside, spans, weight)


def first_guess(docs: list[Coded]) -> NDArray[np.float64]:
    """Chances of types by the lexicon alone: the usual type of a sense first."""
    usual = {row["sense"]: row["types"].split() for row in table("vi", "cues")}
    out = np.full((sum(len(d.cues) for d in docs), NONE_AT + 1), 0.01)
    i = 0
    for d in docs:
        for s, k in d.cues:
            for rank, kind in enumerate(usual[s.elements[k].tag[4:]]):
                out[i, TYPES.index(kind)] = 1 / (1 + rank)
            says = governed(s.elements, k, ACTORS, LANG)[2]
            for kind in {"ask": ("request", "urge"), "receive": ("deliver",)}.get(says, (says,)):
                if kind in TYPES:
                    out[i, TYPES.index(kind)] = 2
            i += 1
    return out


def choose(d: Coded, chances: NDArray[np.float64]) -> list[tuple[int, int]]:
    """For each claim the likeliest cue of its evidence that no other claim took: (claim, cue). Claims with few cues choose first."""
    used: set[int] = set()
    out = []
    for c in sorted(range(len(d.claims)), key=lambda c: len(d.inside[c])):
        free = [i for i in d.inside[c] if i not in used]
        if free:
            t = TYPES.index(d.claims[c]["type"])
            best = max(free, key=lambda i: chances[i][t] * (OUTER if absorbed(d.cues[i][0].elements, d.cues[i][1], LANG) else 1))
            used.add(best)
            out.append((c, best))
    return sorted(out)


def label(docs: list[Coded], chances: NDArray[np.float64], *, first: bool) -> tuple[list[str], NDArray[np.float64]]:
    """A type or "none" for every cue. A cue that seems to tell a claim's type a second time (headline and lede) weighs little as "none"."""
    labels: list[str] = []
    weight: list[float] = []
    start = 0
    for d in docs:
        mine = chances[start : start + len(d.cues)]
        start += len(d.cues)
        chosen = {cue: d.claims[c]["type"] for c, cue in choose(d, mine)}
        kinds = {c["type"] for c in d.claims}
        for i in range(len(d.cues)):
            labels.append(chosen.get(i, "none"))
            likely = int(np.argmax(mine[i][:NONE_AT]))
            again = i not in chosen and not first and TYPES[likely] in kinds and mine[i][likely] > 0.3
            weight.append(0.1 if again else 1.0)
    return labels, np.array(weight)


def aligned(d: Coded) -> list[tuple[dict[str, Any], int]]:
    """The claims of a document with their cues."""
    return [(d.claims[c], i) for c, i in choose(d, np.array(d.chances))] if d.chances else []


def has_role(claim: dict[str, Any], role: str, value: Value) -> bool:
    wanted = claim.get(role) or []
    return value.name in wanted if value.coded else any(score.same_name(value.name, w) for w in wanted)
