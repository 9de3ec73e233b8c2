"""Why the reader reads an article as it does: for each claim and each of its slots what was weighed, and what spoke for and against.

Nothing is decided here a second time: the reader's own functions run over weights that note what they are asked (reading/reasons.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vientro.reading import decide, reader
from vientro.reading.draft import MODALITIES, NONE, ROLES, TYPES, Draft, tag_number
from vientro.reading.reasons import Reason, drain, linear_reasons, split, tree_reasons, watched
from vientro.reading.slots import TAGS, TIME_SLOTS, ZONES, places, reaches, reading_of
from vientro.reading.values import candidates
from vientro.reading.voices import voices
from vientro.reading.weights import sigmoid, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.reading.decide import Model
    from vientro.reading.lexicon import Lexicon
    from vientro.reading.scene import Element, Scene, Sentence
    from vientro.reading.slots import Place
    from vientro.reading.text import Folded
    from vientro.reading.weights import Boosted, Linear

_TWIN = "from the other of headline and lede"
MOST = 4  # reasons for, and as many against
SHOWN = 3  # types or values of a choice
_CLASSES = (*TYPES, NONE)
# What the numbers a, b and c of the trees are of a thing, of a sum and of a time.
_OWN = {
    "items": {"a": "has_model", "b": "of_its_class", "c": "of_its_class_with_model"},
    "amounts": {"a": "zeros", "b": "larger_near", "c": "said_times"},
    "times": {"a": "length", "b": "days_ahead", "c": "open_end"},
}
_ZONES = {number: zone for zone, number in ZONES.items()}
_ROLES = {-1: "nobody", 0: "none", **dict(enumerate(ROLES, 1))}
_SENSES = ("tag", "tag_before", "tag_after", "sense", "cue_before", "cue_after", "says_after")
_ROLE_OF = ("role", "actor_before", "actor_after", "act_subject")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that could be chosen, its chance, and whether it was; `pro` and `con` are its strongest features in log-odds.

    Of a choice of one among several the log-odds are of this value against `against`. Roles, things, sums, dates and the speaker are
    decided by trees: there `beside` says how the value stands against the others, and `first` is the chance before that look.
    """

    value: str
    chance: float
    chosen: bool
    pro: tuple[Reason, ...] = ()
    con: tuple[Reason, ...] = ()
    against: str | None = None
    beside: tuple[Reason, ...] = ()
    first: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """An occurrence of a cue: its words, its sense in the lexicon, its sentence, and its likeliest types, the first with reasons."""

    words: str
    sense: str
    zone: str
    sentence: str
    types: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A draft of a claim: its cue, what the sentence as a whole says, whether it is kept and how certain it is, and its slots.

    `kept_from` is the chance from which a draft is a claim; `told` counts the cues that tell the act; `also` are the words of the cue
    in the other of headline and lede.
    """

    claim: Claim
    cue: Cue
    says: Choice
    keep: Choice
    certain: Choice
    kept_from: float
    told: int
    also: str | None
    slots: dict[str, tuple[Choice, ...]]


@dataclass(frozen=True, slots=True)
class Passed:
    """A cue without a draft of its own: too unlikely for any type, or telling an act that `told_by` (words of other cues) tell already."""

    cue: Cue
    told_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The claims of an article as `reader.read` gives them, each with why; and its cues that made none."""

    claims: tuple[Why, ...]
    passed: tuple[Passed, ...]


def explain(article: Article, model: Model | None = None, words: Lexicon[object] | None = None) -> Explained:
    """Read an article as `reader.read` does, and say why. Several times slower than reading; texts without a cue cost nothing more."""
    watch = watched(model or decide.shipped())
    found: list[Why] = []
    passed: list[Passed] = []

    def tell(folded: Folded, scene: Scene, drafts: list[Draft], claims: list[Claim]) -> None:
        stretch = _Stretch(folded, scene, watch)
        asked = {(s.index, k): features for (s, k), features in zip(decide.cues(scene), drain(watch.types), strict=True)}
        rows = list(zip(drain(watch.keep), drain(watch.certain), strict=True))
        for draft, claim, (keep, certain) in zip(drafts, claims, rows, strict=True):
            cue = stretch.cue(draft.sentence, draft.cue, asked[draft.sentence.index, draft.cue], draft)
            found.append(stretch.why(draft, claim, cue, keep, certain))
        own = {(d.sentence.index, d.cue) for d in drafts}
        for s, k in decide.cues(scene):
            if (s.index, k) not in own:
                cue = stretch.cue(s, k, asked[s.index, k])
                passed.append(Passed(cue, stretch.told_by(cue, drafts)))

    claims = reader.read(article, watch, words, tell)
    found.sort(key=lambda w: (w.claim.span.start, w.claim.span.stop, w.claim.type))  # the reader's order
    named = [replace(why, claim=claim) for why, claim in zip(found, claims, strict=True)]
    return Explained(tuple(named), tuple(passed))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a text that has been read, and the weights it was read with."""

    folded: Folded
    scene: Scene
    model: Model

    def cue(self, sentence: Sentence, k: int, features: Sequence[str], draft: Draft | None = None) -> Cue:
        """A cue with its likeliest types: the one that was drafted is explained, else the likeliest act."""
        element = sentence.elements[k]
        chances = softmax(_scores(self.model.types, features))
        order = sorted(range(len(_CLASSES)), key=lambda i: -chances[i])
        first = _CLASSES.index(draft.type) if draft else order[0] if _CLASSES[order[0]] != NONE else order[1]
        against = next(i for i in order if i != first)
        pro, con = split(linear_reasons(self.model.types, features, first, against), MOST)
        told = Choice(_CLASSES[first], chances[first], draft is not None, pro, con, _CLASSES[against])
        if draft and draft.chance != chances[first]:
            told = replace(told, chance=draft.chance, first=chances[first], note="by rule")
        others = [Choice(_CLASSES[i], chances[i], chosen=False) for i in order if i != first][: SHOWN - 1]
        return Cue(
            self.folded.slice(element.start, element.stop),
            element.tag[4:],
            sentence.zone,
            self.folded.slice(sentence.start, sentence.stop),
            (told, *others),
        )

    def told_by(self, cue: Cue, drafts: Sequence[Draft]) -> tuple[str, ...]:
        """The words of the cues that tell the acts for which this one was a proposal."""
        likely = {choice.value for choice in cue.types if choice.chance >= decide.PROPOSE}
        return tuple(dict.fromkeys(self.words(d.sentence.elements[d.cue]) for d in drafts if d.type in likely))

    def words(self, element: Element) -> str:
        return self.folded.slice(element.start, element.stop)

    def why(self, draft: Draft, claim: Claim, cue: Cue, keep: Sequence[float], certain: Sequence[float]) -> Why:
        twin = draft.twin
        return Why(
            claim=claim,
            cue=cue,
            says=self.says(draft),
            keep=self.trees(self.model.keep, "kept", keep, draft.keep, draft),
            certain=self.trees(self.model.certain, "all right", certain, draft.certain, draft),
            kept_from=decide.least(self.scene),
            told=draft.told,
            also=self.words(twin.sentence.elements[twin.cue]) if twin else None,
            slots=self.roles(draft) | self.attributes(draft, claim) | self.things(draft) | self.speaker(draft),
        )

    def says(self, draft: Draft) -> Choice:
        """What the sentence as a whole, cues aside, says of the type."""
        drain(self.model.sentences)
        chances = decide.says(self.scene, self.model, {draft.sentence.index})[draft.sentence.index]
        (features,) = drain(self.model.sentences)
        t = TYPES.index(draft.type)
        pro, con = split(linear_reasons(self.model.sentences, features, t), MOST)
        return Choice(draft.type, chances[t], chances[t] > 0.5, pro, con)

    def trees(self, trees: Boosted, name: str, row: Sequence[float], chance: float, draft: Draft) -> Choice:
        """A decision of trees. `first` is their own answer, where another cue of the clause has lowered it."""
        pro, con = split(self.stands(trees, row, draft.sentence), MOST)
        own = trees.chance(row)
        drain(trees)
        return Choice(name, chance, draft.keep >= decide.least(self.scene), pro, con, first=None if own == chance else own)

    def stands(self, trees: Boosted, row: Sequence[float], sentence: Sentence, slot: str = "") -> list[Reason]:
        near = self.scene.sentences[max(0, sentence.index - 1) : sentence.index + 2]
        tags = {tag_number(e.tag): e.tag for s in near for e in s.elements}
        own = _OWN.get(slot, {})
        names = [own.get(name, name) for name in trees.names]
        return [Reason(_told(names[i], row[i], tags), round(w, 3)) for i, w in tree_reasons(trees, row) if abs(w) >= 0.005]

    def roles(self, draft: Draft) -> dict[str, tuple[Choice, ...]]:
        linear = self.model.roles
        drain(linear)
        for part in self.model.role_trees:
            drain(part)
        decide.propose(self.scene, self.model, draft.sentence, draft.cue, draft.type, draft.chances)
        values = candidates(self.scene, draft.sentence)
        asked = drain(linear)
        out = {}
        for at, (role, trees, chosen) in enumerate(zip(ROLES, self.model.role_trees, draft.roles, strict=True)):
            names = {v.name for v in chosen}
            found = []
            for value, features, row in zip(values, asked, drain(trees), strict=True):
                pro, con = split(linear_reasons(linear, features, at), MOST)
                first, chance = sigmoid(_scores(linear, features)[at]), trees.chance(row)
                beside = tuple(self.stands(trees, row, draft.sentence)[:MOST])
                note = _TWIN if value.name in names and chance <= 0.5 else None
                found.append(Choice(value.name, chance, value.name in names, pro, con, beside=beside, first=first, note=note))
            drain(trees)
            known = {choice.value for choice in found}
            found += [Choice(name, 0.0, chosen=True, note=_TWIN) for name in sorted(names - known)]
            out[role] = _first(found)
        return out

    def attributes(self, draft: Draft, claim: Claim) -> dict[str, tuple[Choice, ...]]:
        """Modality, scope, support and mode: the value that was taken against the strongest other, then the next ones."""
        decided = (claim.modality, claim.scope, claim.support or "null", claim.mode or "null")
        drain(self.model.attributes[0])
        decide.propose(self.scene, self.model, draft.sentence, draft.cue, draft.type, draft.chances)
        for part in self.model.attributes[1:]:
            drain(part)
        decide.attributes(self.scene, draft, self.model)
        found = {
            name: self.one_of(part, drain(part), value)
            for name, part, value in zip(decide.ATTRIBUTES, self.model.attributes, decided, strict=True)
        }
        return found | {"modality": _pooled(found["modality"], draft)} if draft.told > 1 else found

    def one_of(self, model: Linear, asked: Sequence[Sequence[str]], decided: str) -> tuple[Choice, ...]:
        (features,) = asked
        chances = softmax(_scores(model, features))
        order = sorted(range(len(chances)), key=lambda i: (model.classes[i] != decided, -chances[i]))
        of, *others = order
        if not others:
            return (Choice(model.classes[of], chances[of], chosen=True),)
        pro, con = split(linear_reasons(model, features, of, others[0]), MOST)
        first = Choice(model.classes[of], chances[of], model.classes[of] == decided, pro, con, model.classes[others[0]])
        return (first, *(Choice(model.classes[i], chances[i], chosen=False) for i in others[: SHOWN - 1]))

    @property
    def parts(self) -> dict[str, tuple[Linear, Boosted]]:
        m = self.model
        return {"items": (m.items, m.item_trees), "amounts": (m.amounts, m.amount_trees), "times": (m.times, m.date_trees)}

    def things(self, draft: Draft) -> dict[str, tuple[Choice, ...]]:
        parts = self.parts
        for linear, trees in parts.values():
            drain(linear)
            drain(trees)
        items, amounts, times = decide.things(self.scene, draft, self.model)
        chosen = {id(e) for e in (*items, *amounts)}
        out: dict[str, tuple[Choice, ...]] = {}
        for slot, (linear, trees) in parts.items():
            found = places(self.scene, draft, TAGS[slot])
            asked = list(zip(found, drain(linear), drain(trees), strict=True))
            if slot == "times":
                out[slot] = self.times(draft, asked, times)
            else:
                out[slot] = _first([self.thing(draft, slot, *one, chosen=id(one[0].what) in chosen) for one in asked])
            drain(trees)
        return out

    def thing(self, draft: Draft, slot: str, place: Place, features: Sequence[str], row: Sequence[float], *, chosen: bool) -> Choice:
        linear, trees = self.parts[slot]
        pro, con = split(linear_reasons(linear, features, 0), MOST)
        chance, first = trees.chance(row), sigmoid(_scores(linear, features)[0])
        beside = tuple(self.stands(trees, row, draft.sentence, slot)[:MOST])
        again = "said already" if chance > 0.5 and not chosen else ""
        note = _notes(again, _where(place.sentence, draft))
        return Choice(self.words(place.what), chance, chosen, pro, con, beside=beside, first=first, note=note)

    def times(
        self, draft: Draft, asked: Sequence[tuple[Place, Sequence[str], Sequence[float]]], decided: dict[str, str]
    ) -> tuple[Choice, ...]:
        """Every time as what it was taken for, else as what it is likeliest to be. Only the date is decided by trees."""
        found = [[self.time(draft, place, slot, features, row) for slot in TIME_SLOTS[1:]] for place, features, row in asked]
        taken: dict[int, list[Choice]] = {}
        for at, name in enumerate(TIME_SLOTS[1:]):
            same = [i for i, (place, _, _) in enumerate(asked) if reading_of(place.what, name) == decided.get(name)]
            if same:
                i = max(same, key=lambda i: found[i][at].chance)
                taken.setdefault(i, []).append(replace(found[i][at], chosen=True))
        return _first([c for i, row in enumerate(found) for c in taken.get(i, [max(row, key=lambda c: c.chance)])])

    def time(self, draft: Draft, place: Place, slot: str, features: Sequence[str], row: Sequence[float]) -> Choice:
        linear, trees = self.parts["times"]
        first = softmax(_scores(linear, features))
        of = TIME_SLOTS.index(slot)
        against = max((i for i in range(len(first)) if i != of), key=first.__getitem__)
        value = f"{self.words(place.what)} = {reading_of(place.what, slot)}"
        if reaches(self.scene, draft, place):
            ruled = _notes(f"as {slot}", "by rule", _where(place.sentence, draft))
            return Choice(value, float(slot == "horizon"), chosen=False, note=ruled, first=first[of])
        pro, con = split(linear_reasons(linear, features, of, against), MOST)
        note = _notes(f"as {slot}", _where(place.sentence, draft))
        told = Choice(value, first[of], chosen=False, pro=pro, con=con, against=TIME_SLOTS[against], note=note)
        if slot != "date":
            return told
        beside = tuple(self.stands(trees, row, draft.sentence, "times")[:MOST])
        return replace(told, chance=trees.chance(row), first=first[of], beside=beside)

    def speaker(self, draft: Draft) -> dict[str, tuple[Choice, ...]]:
        linear, trees = self.model.speaker, self.model.speaker_trees
        drain(linear)
        drain(trees)
        decided = decide.speaker(self.scene, draft, self.model)
        found = []
        for voice, features, row in zip(voices(self.scene, draft.sentence), drain(linear), drain(trees), strict=True):
            pro, con = split(linear_reasons(linear, features, 0), MOST)
            chance, first = trees.chance(row), sigmoid(_scores(linear, features)[0])
            beside = tuple(self.stands(trees, row, draft.sentence)[:MOST])
            note = _notes(_where(voice.sentence, draft))
            found.append(Choice(voice.name, chance, voice == decided, pro, con, beside=beside, first=first, note=note))
        drain(trees)
        return {"speaker": _first(found)}


def _pooled(choices: tuple[Choice, ...], draft: Draft) -> tuple[Choice, ...]:
    """The modality that all the cues of an act say together; `first` is what the cue says by itself."""
    chances = dict(zip(MODALITIES, draft.modalities, strict=True))
    total = sum(draft.modalities)
    return tuple(replace(c, chance=chances[c.value] / total, first=c.chance) for c in choices)


def _where(sentence: Sentence, draft: Draft) -> str:
    gap = sentence.index - draft.sentence.index
    return "" if not gap else f"in the sentence {'before' if gap < 0 else 'after'}"


def _notes(*parts: str) -> str | None:
    return ", ".join(filter(None, parts)) or None


def _scores(model: Linear, features: Sequence[str]) -> list[float]:
    """The scores of a question that was noted; this one is not."""
    scores = model.scores(features)
    drain(model)
    return scores


def _first(found: list[Choice]) -> tuple[Choice, ...]:
    """What was chosen, then the likeliest of what was not."""
    rest = sorted((c for c in found if not c.chosen), key=lambda c: -c.chance)
    return (*sorted((c for c in found if c.chosen), key=lambda c: -c.chance), *rest[:SHOWN])


def _told(name: str, number: float, tags: dict[int, str]) -> str:
    """A number of the trees in words."""
    if name == "type":
        return f"type={TYPES[int(number)]}"
    if name == "modality":
        return f"modality={MODALITIES[int(number)]}"
    if name in ("zone", "its_zone"):
        return f"{name}={_ZONES[int(number)]}"
    if name in _ROLE_OF:
        return f"{name}={_ROLES[int(number)]}"
    if name in _SENSES:
        return f"{name}={tags.get(int(number), 'none')}"
    return f"{name}={number:.3g}"
