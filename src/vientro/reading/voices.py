"""Who says what a claim tells: persons, organs, papers and "sources" near the cue, and what speaks for each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vientro.reading.draft import MODALITIES, TYPES, logit, tag_number
from vientro.reading.features import ACTORS, between, pair_features, tally
from vientro.reading.slots import SAYING, ZONES, role_in
from vientro.reading.values import phrases
from vientro.reading.weights import Crossed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.mention import Actor
    from vientro.reading.draft import Draft
    from vientro.reading.scene import Element, Scene, Sentence

# The numbers the trees see of a voice. Their order is part of the weights: change it and train anew.
VOICE_NAMES = (
    "chance", "best_other", "sum_others", "above", "best_of_name", "mentions_of_name", "voices",
    "type", "sense", "modality", "zone", "gap", "tag", "phrase", "element", "left", "steps", "cues_between", "actors_between",
    "breaks_between", "says_after", "steps_to_says", "says_before", "source_before", "colon_after", "quotes", "own_voices", "persons",
    "role", "actor_cue",
    "says_to_cue", "breaks_to_cue", "actors_to_cue", "clear", "pronoun", "own_says", "own_clear", "quoted", "last_person", "in_title",
    "named_here", "named_before",
)  # fmt: skip
_SKIPPED = frozenset({"TIME", "PER", "PERX", "sig:done", "sig:now", "sig:at", "sig:also", "QTY"})
_SHORT = 6  # sentences: here an office without a name is that of the one person of its state who is named
_OFFICE = re.compile(
    r"(?:phó |quyền |tân )?(?:tổng thống|thủ tướng|ngoại trưởng|bộ trưởng|thứ trưởng|chủ tịch|lãnh đạo|nhà lãnh đạo|tổng thư ký|đại sứ"
    r"|cố vấn|tư lệnh|đặc phái viên|giám đốc|quốc vương|thái tử|tổng tư lệnh|người đứng đầu|ông chủ|thư ký|người phát ngôn"
    r"|phát ngôn viên)(?!\w)"
)
_FAR = 99.0


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may be the speaker of a claim: the name as it would be written, where it stands, and in which sentence."""

    name: str
    start: int
    stop: int
    sentence: Sentence
    element: int


def voices(scene: Scene, sentence: Sentence) -> list[Voice]:
    """Candidates for the speaker: persons, organs, papers and "sources" of the sentence and of its neighbours."""
    found = []
    for s in scene.sentences[max(0, sentence.index - 1) : sentence.index + 2]:
        for j, e in enumerate(s.elements):
            if e.tag in ACTORS and e.mention is not None:
                found.append(Voice(_spoken_name(scene, e), e.start, e.stop, s, j))
        for j, start, stop in phrases(scene.text, s):
            found.append(Voice(scene.text[start:stop], start, stop, s, j))
    return found


def _spoken_name(scene: Scene, element: Element) -> str:
    """The name of a person, the words of anybody else; an office without a name is its holder's, if the text names one."""
    mention: Any = element.mention
    if element.tag not in ("PER", "PERX", "Xoutlet"):
        return str(mention.text)
    office = mention.name.lower()
    if element.tag != "PER" or not _OFFICE.match(office):
        return str(mention.name)
    named = [a for a in _named(scene) if a.code == mention.code]
    by_office = next((a.name for a in named if a.text.lower().startswith(office + " ")), None)
    alone = named[0].name if len(scene.sentences) <= _SHORT and len({a.name for a in named}) == 1 else None
    return by_office or alone or str(mention.name)


@lru_cache(maxsize=4)
def _named(scene: Scene) -> list[Actor]:
    """The persons of a text who are called by name."""
    return [a for a in scene.actors if a.kind == "person" and not _OFFICE.match(a.name.lower())]


def voice_features(scene: Scene, draft: Draft, voice: Voice) -> Crossed:
    """Features of a candidate speaker for a draft."""
    sentence, k, kind = draft.sentence, draft.cue, draft.type
    row, j = voice.sentence.elements, voice.element
    tag = row[j].tag
    base = [f"tag={tag}", f"kind={getattr(row[j].mention, 'kind', 'phrase')}", f"zone={sentence.zone}"]
    if voice.sentence is sentence and j != k:
        base += pair_features(scene.text, sentence, k, j)
    gap = voice.sentence.index - sentence.index
    says = next((i for i in _says(voice.sentence) if i > j), -1)
    after = row[says].tag if says >= 0 else "none"
    base += [f"gap={gap}", f"says={after}_{min(says - j, 4) if says >= 0 else 0}", f"gapsays={gap}_{after}"]
    base.append(f"gapsource={gap}_{j > 0 and row[j - 1].tag == 'sig:source'}")
    base.append(f"colon={gap}_{j + 1 < len(row) and row[j + 1].tag == ':'}_{j == 0}")
    base.append(f"quoted={any(e.tag == chr(34) for e in sentence.elements[:k])}_{gap}_{tag}")
    base.append(f"nth={gap}_{min(tally(voice.sentence).actors[j], 3) if tag in ACTORS else 'phrase'}")
    base.append(f"role={role_in(draft, row[j])}_{tag}_{gap}")
    base.append(f"clear={_clear(voice)}_{gap}_{after}_{tag}")
    sense = sentence.elements[k].tag[4:]
    return Crossed((("", f"{kind}|"), base), ((f"{sense}/",), base[:8]))


def voice_rows(draft: Draft, found: Sequence[Voice], chances: Sequence[float]) -> list[list[float]]:
    """What the trees see of each voice, by VOICE_NAMES."""
    k, here = draft.cue, draft.sentence
    logits = [logit(p) for p in chances]
    names = [v.name.split()[-1].lower() if v.name.split() else "" for v in found]
    persons = [i for i, v in enumerate(found) if v.sentence.elements[v.element].tag in ("PER", "PERX")]
    last = max((i for i in persons if found[i].start < here.elements[k].start), key=lambda i: found[i].start, default=-1)
    quotes = sum(e.tag == '"' for e in here.elements[:k])
    said_here = next((i for i, e in enumerate(here.elements) if e.tag in SAYING), -1)
    common = [
        TYPES.index(draft.type), tag_number(here.elements[k].tag), MODALITIES.index(draft.modality), ZONES[here.zone],
    ]  # fmt: skip
    sentence = [
        float(any(e.tag == "sig:pronoun" for e in here.elements[: max(said_here, 0)])),
        sum(e.tag in SAYING for e in here.elements[:k]),
        float(any(v.sentence is here and _clear(v) for v in found)),
        float(quotes % 2),
    ]
    own = sum(v.sentence is here for v in found)
    clear = [_clear(v) for v in found]
    kin = {name: [i for i, other in enumerate(names) if other == name] for name in names}
    of_name = {name: _of_name(mine, found, here, chances, logits) for name, mine in kin.items()}
    ranked = sorted(logits)
    out = []
    for i, voice in enumerate(found):
        row, j = voice.sentence.elements, voice.element
        start, stop = (min(j, k) + 1, max(j, k)) if voice.sentence is here else (j + 1, len(row))
        breaks, actors, cues = between(voice.sentence, start, stop)
        says = _says(voice.sentence)
        at = bisect_right(says, j)
        after = says[at] if at < len(says) else -1
        before = next((x for x in says[:at][::-1] if x < j), -1)
        to_cue = voice.sentence is here and 0 <= after < k
        breaks_to_cue, actors_to_cue, _ = between(here, after + 1, k) if to_cue else (_FAR, _FAR, _FAR)
        best_other, sum_others, best, in_title, named_here, named_before = of_name[names[i]]
        out.append([
            logits[i], best_other, sum_others, len(ranked) - bisect_right(ranked, logits[i]), best,
            len(kin[names[i]]), len(found),
            *common,
            voice.sentence.index - here.index, tag_number(row[j].tag), float(row[j].tag[:4] == "sig:"), j,
            float(j < k), abs(j - k) if voice.sentence is here else _FAR,
            cues, actors, breaks,
            tag_number(row[after].tag) if after >= 0 else -2.0, after - j if after >= 0 else _FAR,
            j - before if before >= 0 else _FAR, float(j > 0 and row[j - 1].tag == "sig:source"),
            float(j + 1 < len(row) and row[j + 1].tag == ":"), quotes, own, len(persons),
            role_in(draft, row[j]), float(after == k and voice.sentence is here),
            k - after - 1 if to_cue else _FAR, breaks_to_cue, actors_to_cue,
            float(clear[i]), *sentence, float(i == last),
            in_title, named_here, named_before,
        ])  # fmt: skip
    return out


def _of_name(
    kin: Sequence[int], found: Sequence[Voice], here: Sentence, chances: Sequence[float], logits: Sequence[float]
) -> tuple[float, float, float, float, float, float]:
    """Of the voices of one name: the best and the sum of the others', their own best, and whether one is in the title, here, or before."""
    others = [i for i in range(len(found)) if i not in kin]
    return (
        max((logits[i] for i in others), default=-9.0),
        sum(chances[i] for i in others),
        max(logits[i] for i in kin),
        float(any(found[i].sentence.zone == "title" for i in kin)),
        float(any(found[i].sentence is here for i in kin)),
        float(any(found[i].sentence.index < here.index for i in kin)),
    )


@lru_cache(maxsize=8)
def _says(sentence: Sentence) -> list[int]:
    """The elements of a sentence that are verbs of saying."""
    return [i for i, e in enumerate(sentence.elements) if e.tag in SAYING]


def _clear(voice: Voice) -> bool:
    """Whether a verb of saying follows with nothing between but a time or another name of the same person."""
    for e in voice.sentence.elements[voice.element + 1 :]:
        if e.tag in SAYING:
            return True
        if e.tag not in _SKIPPED:
            return False
    return False
