"""What the weights see: names of structural features of a cue, and of a mention as seen from a cue.

A feature is a short string; a set of them describes one decision. Nothing here looks at a word that is not in a lexicon, but for the
two words on either side of a cue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from vientro.reading.composition import absorbed, chain, governed
from vientro.reading.weights import Crossed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.reading.scene import Element, Scene, Sentence

LANG = "vi"
_KEPT = 1000  # what a cue is and what stands around it is asked again for every type, slot and voice
BREAKS = {",", ":", '"', "(", ")", "?", "sig:but"}
ACTORS = {"ACT", "ACTX", "PER", "PERX", "Xoutlet", "Xfirm", "Xparty", "Xarmed"}
_WORD = re.compile(r"\w+")
_LAST = re.compile(r"(\w+|[^\w\s])\s*$")
# Signals too common or too weak to count as a step of a path.
_SMOOTH = {"sig:rel", "sig:at", "sig:military", "sig:financial", "sig:humanitarian", "sig:trade", "sig:noun-head", "QTY", "TIME"}


def cue_features(scene: Scene, sentence: Sentence, k: int) -> Crossed:
    """Features of the cue at element `k`: what it is, what stands around it, what the text is about; alone and crossed with its sense."""
    cue = sentence.elements[k]
    sense = cue.tag[4:]
    around, about = _around(scene, sentence, k), topics(scene)
    left, right = _clause_words(scene.text, sentence, k)
    return Crossed(
        (("", f"{sense}|"), (*around, *about)),
        ((f"{cue.pattern}~",), [f for f in around if f[:2] in ("l1", "r1", "so", "ob", "lr")]),
        (("",), (f"s={sense}", f"w={cue.pattern}")),
        (("CL:",), left),
        (("CR:",), right),
    )


@lru_cache(maxsize=_KEPT)
def attribute_features(scene: Scene, sentence: Sentence, k: int, kind: str) -> Crossed:
    """Features for modality, scope, support and mode of a claim of type `kind` at the cue `k`."""
    row = sentence.elements
    near = verb_group(row, k)
    base = [f"s={row[k].tag[4:]}", f"w={row[k].pattern}", *_around(scene, sentence, k), *topics(scene)]
    base += [f"vg={e.tag}" for e in near] + [f"vgw={e.pattern}" for e in near if e.pattern] + [f"{row[k].tag}|vg={e.tag}" for e in near]
    base += [f"vgp={'_'.join(e.tag for e in near[:3])}", f"hint={_hint(row, k, near)}", f"hint={_hint(row, k, near)}_{row[k].tag[4:]}"]
    return Crossed((("", f"{kind}|"), base))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many breaks, actors and cues a sentence has before each of its elements, and before its end."""

    breaks: tuple[int, ...]
    actors: tuple[int, ...]
    cues: tuple[int, ...]


@lru_cache(maxsize=_KEPT)
def tally(sentence: Sentence) -> Tally:
    tags = [e.tag for e in sentence.elements]
    return Tally(
        tuple(accumulate((t in BREAKS for t in tags), initial=0)),
        tuple(accumulate((t in ACTORS for t in tags), initial=0)),
        tuple(accumulate((t[:4] == "cue:" for t in tags), initial=0)),
    )


def between(sentence: Sentence, start: int, stop: int) -> tuple[int, int, int]:
    """How many breaks, actors and cues stand among the elements from `start` up to `stop`; none where nothing lies between."""
    if start >= stop:
        return 0, 0, 0
    of = tally(sentence)
    return of.breaks[stop] - of.breaks[start], of.actors[stop] - of.actors[start], of.cues[stop] - of.cues[start]


def verb_group(row: tuple[Element, ...], k: int) -> list[Element]:
    """Elements from the cue leftward to the nearest actor or break: negation, tense, and the verbs above the cue."""
    out = []
    for e in row[:k][::-1]:
        if e.tag in BREAKS or e.tag in ACTORS:
            break
        out.append(e)
    return out


# What a word above the cue makes of the act, the strongest first.
_HINTS = (
    ("denied", {"sig:deny", "sig:not", "cue:refuse", "cue:delay"}),
    ("possible", {"sig:may", "cue:weigh", "cue:want", "sig:proposal", "cue:ask", "cue:need", "sig:should"}),
    ("planned", {"sig:will", "cue:plan", "cue:pledge", "cue:threaten"}),
    ("actual", {"sig:done", "sig:now", "cue:agree", "cue:announce"}),
)


def _hint(row: tuple[Element, ...], k: int, near: list[Element]) -> str:
    """A first guess at the modality by rule; the weights decide how far to trust it."""
    tags = {e.tag for e in near}
    guess = next((name for name, words in _HINTS if tags & words), "bare")
    condition = any(e.tag == "sig:if" for e in row)
    accused = any(e.tag == "sig:allege" for e in row[:k])
    return f"{guess}{'+if' if condition else ''}{'+alleged' if accused else ''}"


@lru_cache(maxsize=_KEPT)
def _around(scene: Scene, sentence: Sentence, k: int) -> tuple[str, ...]:
    row = sentence.elements
    cue = row[k]
    left, right = row[:k], row[k + 1 :]
    first, after = _clause(row, k)
    near_left, near_right = row[first:k], row[k + 1 : after]
    subject, thing = _subject(near_left), _object(near_right)
    return (
        *_composed(row, k),
        *_window("l", [e.tag for e in left[::-1][:3]]),
        *_window("r", [e.tag for e in right[:3]]),
        f"lr={left[-1].tag if left else '^'}_{right[0].tag if right else '$'}",
        *(f"L:{t}" for t in {e.tag for e in left}),
        *(f"R:{t}" for t in {e.tag for e in right}),
        *(f"cl:{t}" for t in {e.tag for e in near_left}),
        *(f"cr:{t}" for t in {e.tag for e in near_right}),
        *_words(scene.text, sentence, cue),
        *_chain(left[::-1], "gl"),
        *_chain(right, "gr"),
        f"zone={sentence.zone}",
        f"at={min(sentence.index, 4)}",
        f"acts={min(_codes(left), 2)}_{min(_codes(right), 2)}",
        f"cues={min(between(sentence, 0, k)[2], 3)}_{min(between(sentence, k + 1, len(row))[2], 3)}",
        f"start={k == 0}",
        f"subject={subject}",
        f"object={thing}",
        f"so={subject}_{thing}",
    )


def _composed(row: tuple[Element, ...], k: int) -> list[str]:
    """What the words that govern the cue make of it; an outer word says nothing, lest every word of a chain tell the same act."""
    if absorbed(row, k, LANG):
        return ["absorbed"]
    near, clause, above, whole = governed(row, k, ACTORS, LANG)
    outer = chain(row, k, LANG)
    head = outer[0] if outer else k
    before = [row[i].tag if i >= 0 else "^" for i in (head - 1, head - 2)]
    return [
        f"in={near}",
        f"inc={clause}",
        f"up={above}",
        f"all={whole}",
        f"iu={clause}_{above}",
        f"ua={above}_{whole}",
        f"ops={'+'.join(row[i].tag[4:] for i in outer[-3:])}",
        *(f"op={row[i].tag[4:]}" for i in outer),
        *(f"opw={row[i].pattern}" for i in outer),
        f"h1={before[0]}",
        f"h12={before[0]}_{before[1]}",
    ]


def sentence_features(scene: Scene, sentence: Sentence) -> Crossed:
    """Features of a sentence as a whole: its words, pairs of words, and the order of its elements."""
    words = _WORD.findall(scene.text[sentence.start : sentence.stop].lower())
    tags = [e.tag for e in sentence.elements]
    row = [t for t in tags if t not in ("TIME", "QTY", "sig:rel", "sig:at")]
    senses = [t for t in tags if t[:4] == "cue:"]
    return Crossed(
        (("u:",), words),
        (("b:",), [*map("_".join, pairwise(words))]),
        (("t:",), tags),
        (("tb:",), [*map("_".join, pairwise(row))]),
        (("tt:",), [*map("_".join, zip(row, row[1:], row[2:], strict=False))]),
        (("cc:",), [f"{a}>{b}" for i, a in enumerate(senses) for b in senses[i + 1 : i + 4]]),
        (("",), [f"zone={sentence.zone}", f"at={min(sentence.index, 4)}", *topics(scene)]),
    )


@lru_cache(maxsize=8)
def topics(scene: Scene) -> tuple[str, ...]:
    """The senses and topical signals that stand anywhere in a text, or near: for long texts only the first three sentences count."""
    tags = {e.tag for s in scene.sentences[:4] for e in s.elements}
    wanted = {
        t
        for t in tags
        if t[:4] == "cue:"
        or t
        in (
            "EQ",
            "MON",
            "sig:sport",
            "sig:war",
            "sig:combat",
            "sig:nuclear",
            "sig:disaster",
            "sig:trade",
            "sig:humanitarian",
            "sig:military",
            "sig:target",
        )
    }
    codes = {m.code for m in scene.actors if m.code}
    pairs = {c for c in codes if c in ("UA", "RU", "US", "PS", "IL", "VN", "IR", "TW", "CU", "VE", "EU", "NATO", "KP", "SY", "CN")}
    return (*(f"doc:{t}" for t in sorted(wanted)), *(f"doc:@{c}" for c in sorted(pairs)), f"doc:n={min(len(codes), 4)}")


def _window(side: str, tags: list[str]) -> Iterator[str]:
    tags = [*tags, "^", "^", "^"][:3]
    for i, tag in enumerate(tags, 1):
        yield f"{side}{i}={tag}"
    yield f"{side}12={tags[0]}_{tags[1]}"
    yield f"{side}123={tags[0]}_{tags[1]}_{tags[2]}"


def _words(text: str, sentence: Sentence, cue: Element) -> Iterator[str]:
    """The two words on either side."""
    before = _WORD.findall(text[max(sentence.start, cue.start - 40) : cue.start].lower())[-4:]
    after = _WORD.findall(text[cue.stop : min(sentence.stop, cue.stop + 40)].lower())[:4]
    for i, word in enumerate(before[::-1]):
        yield f"wl{min(i, 2)}={word}"
    for i, word in enumerate(after):
        yield f"wr{min(i, 2)}={word}"
    before, after = before[-2:], after[:2]
    if len(before) == 2:
        yield f"w-2={before[0]}_{before[1]}"
    if len(after) == 2:
        yield f"w+2={after[0]}_{after[1]}"


def _clause_words(text: str, sentence: Sentence, k: int) -> tuple[list[str], list[str]]:
    """The words and pairs of words of the cue's clause, on its left and on its right."""
    row = sentence.elements
    first, after = _clause(row, k)
    start = row[first - 1].stop if first else sentence.start
    stop = row[after].start if after < len(row) else sentence.stop
    return _phrases(text[start : row[k].start]), _phrases(text[row[k].stop : stop])


def _phrases(part: str) -> list[str]:
    words = _WORD.findall(part.lower())
    return [*words, *map("_".join, pairwise(words))]


def _chain(row: tuple[Element, ...], name: str) -> Iterator[str]:
    """The nearest cue on a side, and whether the clause breaks before it."""
    broken = ""
    for e in row:
        if e.tag in BREAKS:
            broken = "/"
        if e.tag[:4] == "cue:":
            yield f"{name}{broken}={e.tag[4:]}"
            return
    yield f"{name}=none"


def _clause(row: tuple[Element, ...], k: int) -> tuple[int, int]:
    """The first element of the clause of the element at `k`, and the break that ends it."""
    first = next((i + 1 for i in range(k - 1, -1, -1) if row[i].tag in BREAKS), 0)
    return first, next((i for i in range(k + 1, len(row)) if row[i].tag in BREAKS), len(row))


def _codes(row: tuple[Element, ...]) -> int:
    return len({e.mention.code for e in row if e.tag in ("ACT", "PER") and e.mention})  # type: ignore[union-attr]


def _subject(row: tuple[Element, ...]) -> str:
    """The nearest actor to the left in the clause."""
    return next((e.tag for e in row[::-1] if e.tag in ACTORS), "none")


def _object(row: tuple[Element, ...]) -> str:
    """The first thing to the right that can be given, or be an actor."""
    return next((e.tag for e in row if e.tag in ACTORS or e.tag in ("EQ", "MON")), "none")


@lru_cache(maxsize=_KEPT)
def pair_features(text: str, sentence: Sentence, k: int, j: int) -> tuple[str, ...]:
    """Features of the mention at element `j` as seen from the cue at element `k` of the same sentence."""
    row = sentence.elements
    mention = row[j]
    side = "L" if j < k else "R"
    start, stop = min(j, k) + 1, max(j, k)
    breaks, actors, cues = between(sentence, start, stop)
    inside = [e.tag for e in row[start:stop]]
    path = [tag for tag in inside if tag not in _SMOOTH]
    before = row[j - 1].tag if j else "^"
    after = row[j + 1].tag if j + 1 < len(row) else "$"
    step = "_".join(path[-3:] if side == "R" else path[:3]) if len(path) <= 3 else "far"
    gap = min((row[k].start - row[j].stop if j < k else row[j].start - row[k].stop) // 15, 5)
    passive = "sig:passive" in inside
    governs = next((i for i in range(j + 1, len(row)) if row[i].tag[:4] == "cue:"), -1)
    governed = next((i for i in range(j - 1, -1, -1) if row[i].tag[:4] == "cue:"), -1)
    nearest = row[governs if j < k else governed].tag[4:] if cues else "none"
    voice = _voice(row, k)
    out = [
        f"{side}",
        f"{side}a{min(actors, 2)}b{min(breaks, 2)}c{min(cues, 2)}",
        f"{side}a{min(actors, 3)}",
        f"{side}pre={before}",
        f"{side}post={after}",
        f"{side}prepost={before}_{after}",
        f"{side}path={step}",
        f"{side}gap={gap}",
        f"{side}tag={mention.tag}",
        f"{side}passive={passive}",
        f"{side}first={j == 0}",
        f"{side}a{min(actors, 2)}pre={before}",
        f"{side}c={nearest}",
        f"{side}ccue={row[k - 1].tag if k else '^'}",
        f"{side}voice={voice}",
        f"{side}voicea{min(actors, 2)}={voice}",
    ]
    after_word = _WORD.match(text, mention.stop + 1)
    before_word = _LAST.search(text[max(sentence.start, mention.start - 12) : mention.start])
    out.append(f"{side}pw={before_word[1].lower() if before_word else '^'}")
    out.append(f"{side}nw={after_word[0].lower() if after_word else '$'}")
    above = "self" if governed == k else row[governed].tag[4:] if governed >= 0 else "none"
    _, actors_above, _ = between(sentence, governed + 1, j)
    out.append(f"{side}next={'self' if governs == k else row[governs].tag[4:] if governs >= 0 else 'none'}")
    out.append(f"{side}prev={above}")
    out.append(f"{side}prevn={above}_{min(actors_above, 2)}")
    head = _head(row, j)
    if head != before:
        out.append(f"{side}head={head}")
        out.append(f"{side}a{min(actors, 2)}head={head}")
    return tuple(out)


def _voice(row: tuple[Element, ...], k: int) -> str:
    """Whether the cue is passive ("được Mỹ chuyển", "bị chặn") or negated."""
    near = [e.tag for e in row[max(0, k - 2) : k]]
    return "passive" if "sig:passive" in near else "not" if "sig:not" in near else "active"


def _head(row: tuple[Element, ...], j: int) -> str:
    """The tag before a row of co-ordinated actors: what governs "Anh, Pháp và Đức" governs each of them."""
    i = j
    while i >= 2 and row[i - 1].tag in (",", "sig:and") and row[i - 2].tag in ACTORS:
        i -= 2
    return row[i - 1].tag if i else "^"
