"""Who may fill a role of a claim, and what speaks for each: candidates are values (codes, or else words), not mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from vientro.reading.features import ACTORS, BREAKS, pair_features
from vientro.reading.weights import Crossed

if TYPE_CHECKING:
    from vientro.model.mention import Actor
    from vientro.reading.scene import Element, Scene, Sentence

REACH = 60  # actors: how far back a recent mention is looked for
PLACES = 6  # of a value in one sentence: more are as good as none
_STOPS = {
    "sig:because", "sig:purpose", "sig:when", "sig:but", "sig:will", "sig:done", "sig:now", "sig:passive", "sig:if", "sig:say",
    "sig:source", "sig:may", "sig:not", "sig:with", "sig:against", "sig:for", "sig:habit", "TIME",
}  # fmt: skip
_DETERMINER = re.compile(
    r"(?:(?:các|những|một số|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|loạt|hàng loạt|nhiều|gần|hơn|khoảng|hàng chục|hàng trăm"
    r"|toàn bộ|mọi|cả|[\d.]+) )+$"
)
_DANGLING = re.compile(r"(?: (?:trong|của|ở|tại|và|từ|do|ra|vào|là|mà|thuộc))+$")


@dataclass(frozen=True, slots=True)
class Value:
    """A candidate: what would be written in the slot, the elements of the claim's sentence that name it, and where it stands."""

    name: str
    coded: bool
    elements: tuple[int, ...]
    start: int
    stop: int


def candidates(scene: Scene, sentence: Sentence) -> list[Value]:
    """Values for the roles of a claim of the sentence: every code within reach, and the sentence's uncoded names and phrases."""
    found: dict[str, Value] = {}
    for j, e in enumerate(sentence.elements):
        if e.tag in ACTORS and e.mention is not None:
            code = e.mention.code  # type: ignore[union-attr]
            name = code or e.mention.name  # type: ignore[union-attr]
            known = found.get(name)
            if known:
                found[name] = replace(known, elements=(*known.elements, j))
            else:
                found[name] = Value(name, bool(code), (j,), e.start, e.stop)
    for j, start, stop in phrases(scene.text, sentence):
        name = scene.text[start:stop]
        found.setdefault(name, Value(name, coded=False, elements=(j,), start=start, stop=stop))
    for code, m in _first(scene).items():
        if code not in found and (m.start < sentence.stop or len(scene.sentences) <= 5):
            found[code] = Value(code, coded=True, elements=(), start=m.start, stop=m.stop)
    return list(found.values())


@lru_cache(maxsize=4)
def _first(scene: Scene) -> dict[str, Actor]:
    """The first mention of every code of a text."""
    found: dict[str, Actor] = {}
    for m in scene.actors:
        if m.code:
            found.setdefault(m.code, m)
    return found


@lru_cache(maxsize=4)
def _starts(scene: Scene) -> list[int]:
    return [m.start for m in scene.actors]


def phrases(text: str, sentence: Sentence) -> list[tuple[int, int, int]]:
    """Noun phrases of persons, firms, ships and the like ("hai hãng dầu Nga"): element, start and stop."""
    row = sentence.elements
    out: list[tuple[int, int, int]] = []
    for j, e in enumerate(row):
        if e.tag not in ("sig:target", "sig:private", "sig:countries"):
            continue
        before = text[max(sentence.start, e.start - 40) : e.start]
        found = _DETERMINER.search(before)
        if not found and e.tag == "sig:countries":
            continue
        start = e.start - len(found[0]) if found else e.start
        stop = sentence.stop
        for nxt in row[j + 1 :]:
            if nxt.tag in BREAKS or nxt.tag in _STOPS or nxt.tag[:4] == "cue:":
                stop = nxt.start
                break
        body = _DANGLING.sub("", text[start:stop].rstrip(" .,;:-"))
        if len(body) > 3 and not (out and start < out[-1][2]):
            out.append((j, start, start + len(body)))
    return out


def value_features(scene: Scene, sentence: Sentence, k: int, kind: str, value: Value) -> Crossed:
    """Features of a value for a claim of type `kind` triggered by the cue at `k`."""
    row = sentence.elements
    sense = row[k].tag[4:]
    base: list[str] = []
    for j in sorted(value.elements, key=lambda j: (abs(j - k), j))[:PLACES]:
        base += pair_features(scene.text, sentence, k, j)
    base.append(f"in={len(value.elements)}")
    base.append(f"zone={sentence.zone}")
    subject = _clause_subject(row, k)
    if value.coded:
        base += [f"id={value.name}"]
        rank, total = _rank(scene, value.name)
        base.append(f"rank={min(rank, 4)}_{min(total, 4)}")
        recent = _recency(scene, row[k].start, value.name)
        base.append(f"recent={min(recent, 3)}_{subject}_{len(value.elements) > 0}")
        base += (
            [f"else:{f}" for f in _elsewhere(scene, sentence, value.name)]
            if not value.elements
            else [f"and:{f}" for f in _elsewhere(scene, sentence, value.name)]
        )
        here = {e.mention.code for e in row if e.tag in ("ACT", "PER") and e.mention}  # type: ignore[union-attr]
        base.append(f"others={min(len(here - {value.name, None}), 3)}_{len(value.elements) > 0}")
        if not value.elements:
            base.append(f"absent_subject={subject}")
            base.append(f"absent_n={min(len(here), 3)}")
    else:
        base.append(f"words={'phrase' if row[value.elements[0]].tag[:4] == 'sig:' else row[value.elements[0]].tag}")
        base.append(f"head={value.name.split()[0].lower()}")
    return Crossed(((f"{kind}|", f"{kind}/{sense}|", ""), base))


def _clause_subject(row: tuple[Element, ...], k: int) -> str:
    """What stands as subject of the cue's clause: an actor, a pronoun, or nothing."""
    for e in row[:k][::-1]:
        if e.tag in ACTORS:
            return "actor"
        if e.tag in ("sig:pronoun", "sig:this-state", "sig:body"):
            return "pronoun"
        if e.tag in BREAKS:
            break
    return "none"


def _rank(scene: Scene, code: str) -> tuple[int, int]:
    """How often a code is named, as a rank, and among how many codes."""
    order = _order(scene)
    return order[code], len(order)


@lru_cache(maxsize=4)
def _order(scene: Scene) -> dict[str, int]:
    counts: dict[str, int] = {}
    for m in scene.actors:
        if m.code:
            counts[m.code] = counts.get(m.code, 0) + 1
    return {code: i for i, code in enumerate(sorted(counts, key=lambda c: (-counts[c], c)))}


def _recency(scene: Scene, place: int, code: str) -> int:
    """How many other codes were named since the code was last named before `place` (9 if never, or long ago)."""
    seen: list[str] = []
    at = bisect_left(_starts(scene), place)
    for m in reversed(scene.actors[max(0, at - REACH) : at]):
        if m.code and m.code not in seen:
            if m.code == code:
                return len(seen)
            seen.append(m.code)
    return 9


def _elsewhere(scene: Scene, sentence: Sentence, code: str) -> list[str]:
    """How the code stands in the neighbouring sentences and in the title."""
    out = []
    near = range(max(0, sentence.index - 2), min(sentence.index + 2, len(scene.sentences)))
    for index in sorted({0, *near} - {sentence.index}):
        s = scene.sentences[index]
        gap = s.index - sentence.index
        place = f"{'title' if s.index == 0 else gap}"
        for j, e in enumerate(s.elements):
            if e.tag in ("ACT", "PER") and e.mention and e.mention.code == code:
                before = s.elements[j - 1].tag if j else "^"
                after = s.elements[j + 1].tag if j + 1 < len(s.elements) else "$"
                out += [
                    f"{place}",
                    f"{place}pre={before}",
                    f"{place}post={after}",
                    f"{place}first={not any(x.tag in ACTORS for x in s.elements[:j])}",
                ]
                break
    return out
