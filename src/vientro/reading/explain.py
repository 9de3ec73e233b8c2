"""Why the reader reads an article as it does: for each claim and each of its slots what was weighed, and what spoke for and against.

Nothing is decided here a second time: the reader's own functions run over weights that note what they are asked (reading/reasons.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vientro.reading import decide, reader
from vientro.reading.draft import MODALITIES, NONE, ROLES, TYPES, Draft, tag_number
from vientro.reading.reasons import Reason, drain, linear_reasons, split, tree_reasons, watched
from vientro.reading.slots import TIME_SLOTS, voices
from vientro.reading.values import candidates
from vientro.reading.weights import sigmoid, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.reading.decide import Model
    from vientro.reading.lexicon import Lexicon
    from vientro.reading.scene import Element, Scene, Sentence
    from vientro.reading.text import Folded
    from vientro.reading.weights import Boosted, Linear

MOST = 4  # reasons for, and as many against
SHOWN = 3  # types or values of a choice
_CLASSES = (*TYPES, NONE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that could be chosen, its chance, and whether it was; `pro` and `con` are its strongest features in log-odds.

    Of a choice of one among several the log-odds are of this value against `against`. Roles and the last decision are taken by trees:
    there `beside` says how the value stands against the others, and `first` is the chance before that look.
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

    def stands(self, trees: Boosted, row: Sequence[float], sentence: Sentence) -> list[Reason]:
        tags = {tag_number(e.tag): e.tag for e in sentence.elements}
        return [Reason(_told(trees.names[i], row[i], tags), round(w, 3)) for i, w in tree_reasons(trees, row) if abs(w) >= 0.005]

    def roles(self, draft: Draft) -> dict[str, tuple[Choice, ...]]:
        linear = self.model.roles
        for part in (linear, *self.model.role_trees):
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
                found.append(Choice(value.name, chance, value.name in names, pro, con, beside=beside, first=first))
            drain(trees)
            known = {choice.value for choice in found}
            found += [Choice(name, 0.0, chosen=True, note="from the other of headline and lede") for name in sorted(names - known)]
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
        return {
            name: self.one_of(part, drain(part), value)
            for name, part, value in zip(decide.ATTRIBUTES, self.model.attributes, decided, strict=True)
        }

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

    def things(self, draft: Draft) -> dict[str, tuple[Choice, ...]]:
        parts = {"EQ": self.model.items, "MON": self.model.amounts, "TIME": self.model.times}
        for part in parts.values():
            drain(part)
        items, amounts, times = decide.things(self.scene, draft, self.model)
        chosen = {id(e) for e in (*items, *amounts, *times.values())}
        out: dict[str, tuple[Choice, ...]] = {}
        for (tag, part), slot in zip(parts.items(), ("items", "amounts", "times"), strict=True):
            elements = [e for e in draft.sentence.elements if e.tag == tag]
            asked = zip(elements, drain(part), strict=True)
            out[slot] = _first([self.thing(part, e, features, chosen=id(e) in chosen) for e, features in asked])
        return out

    def thing(self, model: Linear, element: Element, features: Sequence[str], *, chosen: bool) -> Choice:
        words = self.words(element)
        if len(model.classes) == 1:
            pro, con = split(linear_reasons(model, features, 0), MOST)
            return Choice(words, sigmoid(_scores(model, features)[0]), chosen, pro, con)
        chances = softmax(_scores(model, features))
        order = sorted(range(len(TIME_SLOTS)), key=lambda i: -chances[i])
        pro, con = split(linear_reasons(model, features, order[0], order[1]), MOST)
        mention: Any = element.mention
        value = f"{words} = {mention.edtf}" if mention else words
        note = f"as {TIME_SLOTS[order[0]]}" if order[0] else "no time of the act"
        return Choice(value, chances[order[0]], chosen, pro, con, TIME_SLOTS[order[1]], note=note)

    def speaker(self, draft: Draft) -> dict[str, tuple[Choice, ...]]:
        model = self.model.speaker
        drain(model)
        decided = decide.speaker(self.scene, draft, self.model)
        found = []
        for voice, features in zip(voices(self.scene, draft.sentence), drain(model), strict=True):
            pro, con = split(linear_reasons(model, features, 0), MOST)
            found.append(Choice(voice.name, sigmoid(_scores(model, features)[0]), voice == decided, pro, con))
        return {"speaker": _first(found)}


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
    if name in ("tag", "tag_before", "tag_after", "sense"):
        return f"{name}={tags.get(int(number), 'none')}"
    return f"{name}={number:.3g}"
