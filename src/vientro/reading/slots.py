"""The things, sums and times of a claim: which of those near it belong to it.

Each decision is taken twice, as the roles are: a linear model scores every candidate by itself, then trees see how it stands against
the others. Candidates stand in the claim's sentence and in its neighbours: what a headline leaves out its lede tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Any

from vientro.model.edtf import interval
from vientro.reading.draft import MODALITIES, TYPES, logit, tag_number
from vientro.reading.features import ACTORS, between, pair_features
from vientro.reading.weights import Crossed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.reading.draft import Draft
    from vientro.reading.scene import Element, Scene, Sentence

TIME_SLOTS = ("none", "date", "due", "horizon")
TAGS = {"items": "EQ", "amounts": "MON", "times": "TIME"}
ZONES = {"title": 0, "lede": 1, "body": 2, "caption": 3, "entry": 4}
_POINTING = ("này", "trên", "nói trên", "đó", "kia", "vừa nêu")
SAYING = frozenset({"sig:say", "cue:announce", "sig:source", "cue:warn", "cue:ask", "cue:oppose", "cue:need"})
_DONE = frozenset({"deliver", "train", "consult", "refuse", "oppose", "block"})  # acts that reach nowhere: their times are dates
_UNTIL = re.compile(r"(?<=[^\W\d_] )(?:cho )?(?:đến|tới)(?: hết| tận)? $")
_FAR = 99.0

# The numbers the trees see of a thing, sum or time after its chances. Their order is part of the weights: change it and train anew.
PLACE_NAMES = (
    "type", "sense", "modality", "zone", "sentences", "gap", "its_zone", "twin", "cue_there", "left", "steps", "letters",
    "breaks_between", "actors_between", "cues_between", "same_between", "mine", "nth", "of", "own", "all",
    "tag_before", "tag_after", "cue_before", "cue_after", "actor_before", "actor_after", "says_before", "says_between", "act_subject",
    "first_same", "pointing", "a", "b", "c",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A thing, sum or time that may belong to a claim."""

    sentence: Sentence
    element: int

    @property
    def what(self) -> Element:
        return self.sentence.elements[self.element]


def places(scene: Scene, draft: Draft, tag: str) -> list[Place]:
    """Every element of a tag in the sentence of a draft and in its neighbours, in order; conversions in brackets are none."""
    at = draft.sentence.index
    return [
        Place(s, j)
        for s in scene.sentences[max(0, at - 1) : at + 2]
        for j, e in enumerate(s.elements)
        if e.tag == tag and not getattr(e.mention, "conversion", False)
    ]


def told_at(draft: Draft, sentence: Sentence) -> int:
    """The cue that tells the draft's act in a sentence: its own, its twin's, or else one of the same sense; -1 if there is none."""
    if sentence is draft.sentence:
        return draft.cue
    if draft.twin and draft.twin.sentence is sentence:
        return draft.twin.cue
    tag = draft.sentence.elements[draft.cue].tag
    return next((i for i, e in enumerate(sentence.elements) if e.tag == tag), -1)


def place_features(scene: Scene, draft: Draft, place: Place) -> Crossed:
    """Features of a thing, sum or time for a draft."""
    sentence, j = place.sentence, place.element
    row = sentence.elements
    k = told_at(draft, sentence)
    base = [*pair_features(scene.text, sentence, k, j)] if k >= 0 else [f"pre={row[j - 1].tag if j else '^'}"]
    same = [i for i, e in enumerate(row) if e.tag == row[j].tag]
    cues = [i for i, e in enumerate(row) if e.tag[:4] == "cue:"]
    base += [f"nth={min(same.index(j), 3)}", f"of={min(len(same), 4)}"]
    if k >= 0:
        base += [f"nearest={min(same, key=lambda i: abs(i - k)) == j}", f"mine={min(cues, key=lambda i: abs(i - j)) == k}"]
    base += [f"zone={sentence.zone}", *_own(scene, place)]
    if sentence is not draft.sentence:
        gap = sentence.index - draft.sentence.index
        empty = not any(e.tag == row[j].tag for e in draft.sentence.elements)
        twin = draft.twin is not None and draft.twin.sentence is sentence
        base = [f"o|{f}" for f in base] + [f"o|{draft.sentence.zone}>{sentence.zone}_{gap}_{empty}", f"o|{twin}_{empty}_{k >= 0}"]
    left, right, _, says, subject = _around(draft, place)[4:]
    base += [f"roles={left}_{right}", f"says={says}_{left}", f"subject={subject}_{left}_{k > j}"]
    sense = draft.sentence.elements[draft.cue].tag[4:]
    return Crossed((("", f"{draft.type}|", f"{sense}/"), base), (("",), [f"m={draft.modality}"]))


def _own(scene: Scene, place: Place) -> list[str]:
    """What a thing, sum or time is by itself."""
    e = place.what
    mention: Any = e.mention
    if e.tag == "EQ":
        kin = [x for x in place.sentence.elements if x.tag == "EQ" and x is not e and x.mention.cls == mention.cls]  # type: ignore[union-attr]
        named = any(x.mention.model for x in kin)  # type: ignore[union-attr]
        return [
            f"cls={mention.cls}",
            f"model={mention.model is not None}",
            f"cm={mention.cls}_{mention.model is not None}",
            f"kin={bool(kin)}_{named}_{mention.model is not None}_{any(x.start < e.start for x in kin)}",
            f"points={points_back(scene, e)}",
        ]
    if e.tag == "MON":
        return [f"size={int(log10(max(mention.value, 1)))}", f"per={mention.per}"]
    length, ahead, still_open = _span(scene, e)
    when = "unknown" if ahead is None else "past" if ahead < -400 else "year" if ahead < -31 else "month" if ahead < -2 else "now"
    when = "future" if ahead is not None and ahead > 0 else when
    return [f"len={length}", f"when={when}", f"lw={length}_{when}", f"open={still_open}", f"word={mention.text.split()[0].lower()}"]


def _span(scene: Scene, element: Element) -> tuple[int, int | None, int]:
    """Of a time: a class of its length (0 a day to 4 years), how many days after the day of publication it begins, which end is open."""
    edtf = element.mention.edtf  # type: ignore[union-attr]
    still_open = 1 if edtf.endswith("..") else 2 if edtf.startswith("..") else 0
    days = interval(edtf)
    if days is None:
        return min(edtf.count("-"), 3) + 5, None, still_open
    days_long = 0 if still_open else (days[1] - days[0]).days
    length = sum(days_long >= limit for limit in (1, 8, 32, 367))
    edge = days[1] if still_open == 2 else days[0]
    return length, (edge - scene.day).days if scene.day else None, still_open


def place_rows(scene: Scene, draft: Draft, found: Sequence[Place], chances: Sequence[Sequence[float]]) -> list[list[float]]:
    """What the trees see of each place: its chances, the best and the sum of the others', and then PLACE_NAMES."""
    logits = [[logit(p) for p in chance] for chance in chances]
    own = sum(p.sentence is draft.sentence for p in found)
    out = []
    for i, place in enumerate(found):
        features: list[float] = []
        for c, mine in enumerate(logits[i]):
            others = [row[c] for x, row in enumerate(logits) if x != i]
            features += [mine, max(others, default=-9.0), sum(o > mine for o in others)]
        out.append([*features, *_where(draft, place), float(own), len(found), *_around(draft, place), *_numbers(scene, found, place)])
    return out


def _where(draft: Draft, place: Place) -> list[float]:
    sentence, j = place.sentence, place.element
    row = sentence.elements
    k = told_at(draft, sentence)
    same = [i for i, e in enumerate(row) if e.tag == row[j].tag]
    cues = [i for i, e in enumerate(row) if e.tag[:4] == "cue:"]
    start, stop = (min(j, k) + 1, max(j, k)) if k >= 0 else (0, j)
    breaks, actors, cues_inside = between(sentence, start, stop)
    letters = -1 if k < 0 else row[k].start - row[j].stop if j < k else row[j].start - row[k].stop
    return [
        TYPES.index(draft.type), tag_number(draft.sentence.elements[draft.cue].tag), MODALITIES.index(draft.modality),
        ZONES[draft.sentence.zone], draft.sentence.index, sentence.index - draft.sentence.index, ZONES[sentence.zone],
        float(draft.twin is not None and draft.twin.sentence is sentence), float(k >= 0),
        float(j < k), abs(j - k) if k >= 0 else _FAR, letters,
        breaks, actors, cues_inside, sum(start <= i < stop for i in same), float(bool(cues) and min(cues, key=lambda i: abs(i - j)) == k),
        same.index(j), len(same),
    ]  # fmt: skip


def _around(draft: Draft, place: Place) -> list[float]:
    """What stands next to a place, which role the nearest actors have in the draft, and whether somebody speaks between it and the cue."""
    row, j = place.sentence.elements, place.element
    k = told_at(draft, place.sentence)
    before = next((e.tag for e in row[:j][::-1] if e.tag[:4] == "cue:"), "")
    after = next((e.tag for e in row[j + 1 :] if e.tag[:4] == "cue:"), "")
    inside = row[min(j, k) + 1 : max(j, k)] if k >= 0 else ()
    return [
        tag_number(row[j - 1].tag) if j else -2.0,
        tag_number(row[j + 1].tag) if j + 1 < len(row) else -2.0,
        tag_number(before),
        tag_number(after),
        next((role_in(draft, e) for e in row[:j][::-1] if e.tag in ACTORS), -1.0),
        next((role_in(draft, e) for e in row[j + 1 :] if e.tag in ACTORS), -1.0),
        float(any(e.tag in SAYING for e in row[:j])),
        float(any(e.tag in SAYING for e in inside)),
        next((role_in(draft, e) for e in row[: max(k, 0)][::-1] if e.tag in ACTORS), -1.0),
    ]


def role_in(draft: Draft, element: Element) -> float:
    """The role of an actor in a draft: 1 actor, 2 recipient, 3 addressee, 0 none of them."""
    mention: Any = element.mention
    name = getattr(mention, "code", None) or getattr(mention, "name", None)
    for number, role in enumerate(draft.roles, 1):
        for value in role:
            if value.name == name:
                return float(number)
    return 0.0


def _numbers(scene: Scene, found: Sequence[Place], place: Place) -> list[float]:
    """Whether it is the first that says the same, whether a word points back from it, and three numbers of what it is."""
    e = place.what
    mention: Any = e.mention
    twins = [p for p in found if same_thing(p.what, e)]
    head = [float(twins[0] is place), float(points_back(scene, e))]
    if e.tag == "EQ":
        kin = [p for p in found if p.what.mention.cls == mention.cls]  # type: ignore[union-attr]
        named = sum(p.what.mention.model is not None for p in kin)  # type: ignore[union-attr]
        return [*head, float(mention.model is not None), float(len(kin)), float(named)]
    if e.tag == "MON":
        return [*head, log10(max(mention.value, 1)), float(max(p.what.mention.value for p in found) > mention.value), len(twins)]  # type: ignore[union-attr]
    length, ahead, still_open = _span(scene, e)
    return [*head, length, -9999.0 if ahead is None else float(ahead), still_open]


def reading_of(time: Element, slot: str) -> str:
    """The EDTF of a time as a slot: support reaches to the end of a span, and of a span of years from now on to the last year."""
    mention: Any = time.mention
    if slot != "horizon":
        return str(mention.edtf)
    last: str = mention.edtf.split("/")[-1]
    return last[:4] if "năm" in mention.text.lower() and mention.edtf.count("-") == 4 else last


def reaches(scene: Scene, draft: Draft, place: Place) -> bool:
    """Whether a time says how far what is promised or imposed is to reach ("cho Ukraine đến năm 2027", "trong 10 năm tới")."""
    mention: Any = place.what.mention
    days = interval(mention.edtf)
    if place.sentence is not draft.sentence or draft.type in _DONE or not days or (scene.day and days[1] <= scene.day):
        return False
    years = mention.edtf.count("-") == 4 and (days[1] - days[0]).days > 300 and "năm" in mention.text.lower()
    before = scene.text[max(place.sentence.start, place.what.start - 16) : place.what.start]
    span = "/" in mention.edtf and ".." not in mention.edtf
    return years or bool(_UNTIL.search(before)) or (span and before.lower().endswith("giai đoạn "))


def points_back(scene: Scene, element: Element) -> bool:
    """Whether a word behind a thing or sum says that it was named before ("số vũ khí này")."""
    return scene.text[element.stop + 1 : element.stop + 12].startswith(_POINTING)


def same_thing(a: Element, b: Element) -> bool:
    """Whether two elements say the same: a thing of the same class and model or words, the same sum, the same time."""
    x: Any = a.mention
    y: Any = b.mention
    if a.tag != b.tag:
        return False
    if a.tag == "EQ":
        return x.cls == y.cls and x.model == y.model and (x.model is not None or x.text.lower() == y.text.lower())
    return (x.value, x.currency) == (y.value, y.currency) if a.tag == "MON" else x.edtf == y.edtf
