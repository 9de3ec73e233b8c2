"""A text as a row of elements: what was recognised, in order, with the words between left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from vientro.lang.data import table
from vientro.reading import actors, amounts, equipment, numbers, quantities, times
from vientro.reading.lexicon import Entry, Lexicon
from vientro.reading.text import sentences

if TYPE_CHECKING:
    import datetime

    from vientro.lang.data import Row
    from vientro.model.article import ZoneKind
    from vientro.model.mention import Actor, Amount, Equipment, Quantity, Time

M = TypeVar("M", "Actor", "Amount", "Equipment", "Quantity", "Time")

HOME = "VN"  # the state of the pack's press: news of it alone is domestic
_MARK = re.compile(r"""[,;:"()?]|(?<= )[-'/](?= )""")
# Everything in a sentence is weighed against everything else in it, and drafts against drafts, so both have an end. The longest sentence
# of the gold sets has 42 elements, the longest article 470.
_SENTENCE = 100
_STRETCH = 1000


@dataclass(frozen=True, slots=True)
class Word:
    """A cue or signal of the lexicon: its class (`cue:provide`, `sig:not`) and the pattern that matched."""

    tag: str
    pattern: str


@dataclass(slots=True, unsafe_hash=True)
class Element:
    """Something recognised at a place of the folded text. `tag` is its class; `mention` what it is, if it is a mention.

    Nobody changes one. Not frozen, which would make it twice as slow to build.
    """

    start: int
    stop: int
    tag: str
    pattern: str = ""
    mention: Actor | Amount | Equipment | Quantity | Time | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence, or a part of one between semicolons, with its elements in order. Compared by identity, as a scene."""

    index: int
    start: int
    stop: int
    zone: ZoneKind
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that was recognised in a folded text that was published on `day`.

    Compared by identity: a hash over all of it would be taken for every cue.
    """

    text: str
    sentences: tuple[Sentence, ...]
    actors: tuple[Actor, ...]
    amounts: tuple[Amount, ...]
    equipment: tuple[Equipment, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[Time, ...]
    day: datetime.date | None = None


@cache
def lexicon() -> Lexicon[object]:
    """The shipped cues, signals, actors and equipment in one automaton."""
    return lexicon_with(())


def lexicon_with(names: tuple[Row, ...]) -> Lexicon[object]:
    """The same with a user's own names of actors (reading/overlay.py)."""

    def words(name: str, prefix: str, column: str) -> list[Entry[object]]:
        return [Entry(p, Word(f"{prefix}:{row[column]}", p)) for row in table("vi", name) for p in row["pattern"].split("|")]

    return Lexicon([*words("cues", "cue", "sense"), *words("signals", "sig", "signal"), *actors.entries(names), *equipment.entries()])


def stage(text: str, zones: list[tuple[int, int, ZoneKind]], day: datetime.date | None, words: Lexicon[object] | None = None) -> Scene:
    """Recognise everything in a folded text. `zones` are half-open spans of it, in order; `words` a lexicon with names of a user's.

    A text without a cue, or without anybody abroad, tells of no act between international actors: nothing is looked for in it.
    """
    places = (words or lexicon()).places(text)
    cues = [(start, stop, value) for start, stop, value in places.get(Word, ()) if isinstance(value, Word)]
    if not any(word.tag[:4] == "cue:" for _, _, word in cues):
        return Scene(text, (), (), (), (), (), ())
    found_actors = actors.resolve(text, places, day)
    if not any(a.code not in (None, HOME) for a in found_actors):
        return Scene(text, (), (), (), (), (), ())
    found_equipment = equipment.resolve(text, places)
    found_numbers = numbers.find(text)
    found_amounts = amounts.find(text, found_numbers)
    found_quantities = quantities.find(text, found_numbers)
    found_times = times.find(text, day)
    mentions = [
        *(Element(m.start, m.stop, actor_tag(m), mention=m) for m in found_actors),
        *(Element(m.start, m.stop, "MON", mention=m) for m in found_amounts),
        *(Element(m.start, m.stop, "EQ", mention=m) for m in found_equipment),
        *(Element(m.start, m.stop, "TIME", mention=m) for m in found_times),
        *(Element(m.start, m.stop, "QTY", mention=m) for m in found_quantities),
    ]
    elements = _disjoint(text, mentions, cues)
    starts = [e.start for e in elements]
    zone_starts = [start for start, _, _ in zones]
    parts: list[Sentence] = []
    for start, stop in _parts(text):
        inside = elements[bisect_left(starts, start) : bisect_left(starts, stop)]
        for run in [inside[i : i + _SENTENCE] for i in range(0, len(inside), _SENTENCE)] or [[]]:
            begin, end = (start, stop) if len(inside) <= _SENTENCE else (run[0].start, run[-1].stop)
            parts.append(Sentence(len(parts), begin, end, _zone(zones, zone_starts, begin), tuple(run)))
    return Scene(
        text,
        tuple(parts),
        tuple(found_actors),
        tuple(found_amounts),
        tuple(found_equipment),
        tuple(found_quantities),
        tuple(found_times),
        day,
    )


def stretches(scene: Scene) -> list[Scene]:
    """The scene itself, or, of a text far longer than an article, runs of its sentences that are read one by one."""
    runs: list[list[Sentence]] = []
    size = _STRETCH + 1
    for sentence in scene.sentences:
        size += len(sentence.elements) + 1
        if size > _STRETCH:
            runs.append([])
            size = len(sentence.elements) + 1
        runs[-1].append(sentence)
    return [scene] if len(runs) <= 1 else [_stretch(scene, run) for run in runs]


def _stretch(scene: Scene, run: list[Sentence]) -> Scene:
    start, stop = run[0].start, run[-1].stop
    return Scene(
        scene.text,
        tuple(replace(s, index=i) for i, s in enumerate(run)),
        _inside(scene.actors, start, stop),
        _inside(scene.amounts, start, stop),
        _inside(scene.equipment, start, stop),
        _inside(scene.quantities, start, stop),
        _inside(scene.times, start, stop),
        scene.day,
    )


def _inside(mentions: tuple[M, ...], start: int, stop: int) -> tuple[M, ...]:
    """Those of a row in order that begin in a run of the text."""
    first = bisect_left(mentions, start, key=_start)
    return mentions[first : bisect_left(mentions, stop, first, key=_start)]


def _start(mention: Actor | Amount | Equipment | Quantity | Time) -> int:
    return mention.start


def actor_tag(actor: Actor) -> str:
    """How an actor shows in the features: by what it can do, not by who it is."""
    if actor.kind in ("outlet", "firm", "party", "armed"):
        return "X" + actor.kind
    if actor.kind == "person":
        return "PER" if actor.code else "PERX"
    return "ACT" if actor.code else "ACTX"


def _disjoint(text: str, mentions: list[Element], words: list[tuple[int, int, Word]]) -> list[Element]:
    """Mentions, words and marks of a text, leftmost-longest over all; of equal spans a mention beats a cue, a cue a signal."""
    rows: list[tuple[int, int, int, int, Element | Word | str]] = [(m.start, -m.stop, 0, i, m) for i, m in enumerate(mentions)]
    rows += [(start, -stop, 1 if word.tag[:3] == "cue" else 2, i, word) for i, (start, stop, word) in enumerate(words)]
    rows += [(m.start(), -m.end(), 0, len(mentions), m[0]) for m in _MARK.finditer(text)]
    rows.sort()  # no two agree in their first four, so what they are is never compared
    kept: list[Element] = []
    end = 0
    for start, minus, _, _, what in rows:
        if start < end:
            continue
        end = -minus
        if isinstance(what, Word):
            kept.append(Element(start, end, what.tag, what.pattern))
        else:
            kept.append(Element(start, end, what) if isinstance(what, str) else what)
    return kept


def _parts(text: str) -> list[tuple[int, int]]:
    """Sentences, cut again at semicolons: the stories of a digest headline are parted by them."""
    parts: list[tuple[int, int]] = []
    for start, stop in sentences(text):
        begin = start
        while (cut := text.find(";", begin, stop)) >= 0:
            parts.append((begin, cut))
            begin = cut + 1
        parts.append((begin, stop))
    return [(b - len(part), b) for a, b in parts if (part := text[a:b].lstrip())]


def _zone(zones: list[tuple[int, int, ZoneKind]], starts: list[int], place: int) -> ZoneKind:
    at = bisect_right(starts, place) - 1
    return zones[at][2] if at >= 0 and place < zones[at][1] else "body"
