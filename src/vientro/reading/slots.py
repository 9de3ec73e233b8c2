"""The other slots of a claim: which things, sums and times of the sentence belong to it, and who says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.reading.features import ACTORS, pair_features
from vientro.reading.values import phrases

if TYPE_CHECKING:
    from vientro.reading.scene import Element, Scene, Sentence

TIME_SLOTS = ("none", "date", "due", "horizon")


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may be the speaker of a claim: the name as it would be written, where it stands, and in which sentence."""

    name: str
    start: int
    stop: int
    sentence: Sentence
    element: int


def slot_features(scene: Scene, sentence: Sentence, k: int, kind: str, j: int) -> list[str]:
    """Features of the thing, sum or time at element `j` for a claim of type `kind` at the cue `k`."""
    row = sentence.elements
    base = pair_features(scene.text, sentence, k, j)
    same = [i for i, e in enumerate(row) if e.tag == row[j].tag]
    base += [f"nth={min(same.index(j), 3)}", f"of={min(len(same), 4)}", f"nearest={min(same, key=lambda i: abs(i - k)) == j}"]
    cues = [i for i, e in enumerate(row) if e.tag[:4] == "cue:"]
    base.append(f"mine={min(cues, key=lambda i: abs(i - j)) == k}")
    base.append(f"zone={sentence.zone}")
    sense = row[k].tag[4:]
    return [*base, *(f"{kind}|{f}" for f in base), *(f"{sense}/{f}" for f in base)]


def voices(scene: Scene, sentence: Sentence) -> list[Voice]:
    """Candidates for the speaker: persons, organs, papers and "sources" of the sentence and of its neighbours."""
    found = []
    for s in scene.sentences[max(0, sentence.index - 1) : sentence.index + 2]:
        for j, e in enumerate(s.elements):
            if e.tag in ACTORS and e.mention is not None:
                found.append(Voice(_spoken_name(e), e.start, e.stop, s, j))
        for j, start, stop in phrases(scene.text, s):
            found.append(Voice(scene.text[start:stop], start, stop, s, j))
    return found


def _spoken_name(element: Element) -> str:
    mention = element.mention
    return mention.name if element.tag in ("PER", "PERX", "Xoutlet") else mention.text  # type: ignore[union-attr]


def voice_features(scene: Scene, sentence: Sentence, k: int, kind: str, voice: Voice) -> list[str]:
    """Features of a candidate speaker for a claim of type `kind` at the cue `k`."""
    row, j = voice.sentence.elements, voice.element
    tag = row[j].tag
    base = [f"tag={tag}", f"kind={getattr(row[j].mention, 'kind', 'phrase')}", f"zone={sentence.zone}"]
    if voice.sentence is sentence and j != k:
        base += pair_features(scene.text, sentence, k, j)
    gap = voice.sentence.index - sentence.index
    says = [
        i for i, e in enumerate(row) if e.tag in ("sig:say", "cue:announce", "sig:source", "cue:warn", "cue:ask", "cue:oppose", "cue:need")
    ]
    after = [row[i].tag for i in says if i > j][:1]
    steps = [i - j for i in says if i > j][:1]
    base += [
        f"gap={gap}",
        f"says={after[0] if after else 'none'}_{min(steps[0], 4) if steps else 0}",
        f"gapsays={gap}_{after[0] if after else 'none'}",
    ]
    base.append(f"gapsource={gap}_{j > 0 and row[j - 1].tag == 'sig:source'}")
    base.append(f"colon={gap}_{j + 1 < len(row) and row[j + 1].tag == ':'}_{j == 0}")
    base.append(f"quoted={any(e.tag == chr(34) for e in sentence.elements[:k])}_{gap}_{tag}")
    actors = [i for i, e in enumerate(row) if e.tag in ACTORS]
    base.append(f"nth={gap}_{min(actors.index(j), 3) if j in actors else 'phrase'}")
    sense = sentence.elements[k].tag[4:]
    return [*base, *(f"{kind}|{f}" for f in base), *(f"{sense}/{f}" for f in base[:8])]
