"""Train the reader: python training/train.py [--folds-only]

Fits every weight on all coded documents and writes them to src/vientro/lang/vi/weights; fits them again five times, each without
one fold of near-copy clusters, and writes those to src/vientro/evaluate/folds, so that `vientro eval` reads every gold document with
weights that never saw it or a copy of it. Needs numpy and scikit-learn (dependency group `train`); takes about five minutes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import write
from align import NONE_AT, Coded, aligned, coded, first_guess, has_role, label
from data import folds, load
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from vientro.reading import decide
from vientro.reading.draft import KEEP_NAMES, MODALITIES, ROLE_NAMES, ROLES, TYPES, Draft, chances_of, keep_row, merge, role_rows
from vientro.reading.features import attribute_features, cue_features, sentence_features
from vientro.reading.slots import (
    PLACE_NAMES,
    TAGS,
    TIME_SLOTS,
    place_features,
    place_rows,
    places,
)
from vientro.reading.values import candidates, value_features
from vientro.reading.voices import VOICE_NAMES, voice_features, voice_rows, voices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.reading.weights import Boosted, Linear

FOLDS = 5
UNDATED = 0.25  # the weight of times of documents without a day of publication
ROUNDS = 3  # of choosing the cue of each claim by the weights of the last round
Floats = NDArray[np.float64]


@dataclass
class Table:
    """Rows of named features as a sparse matrix; features seen fewer than three times are left out."""

    names: list[str]
    matrix: csr_matrix

    @staticmethod
    def of(rows: Sequence[Iterable[str]], least: int = 3) -> Table:
        counts: dict[str, int] = {}
        for row in rows:
            for f in set(row):
                counts[f] = counts.get(f, 0) + 1
        names = sorted(f for f, n in counts.items() if n >= least)
        return Table(names, Table.fill(rows, names))

    @staticmethod
    def fill(rows: Sequence[Iterable[str]], names: list[str]) -> csr_matrix:
        index = {f: i for i, f in enumerate(names)}
        places: list[int] = []
        ends = [0]
        for row in rows:
            places += sorted({index[f] for f in row if f in index})
            ends.append(len(places))
        return csr_matrix((np.ones(len(places), dtype=np.float32), places, ends), shape=(len(rows), len(names)))


def logistic(x: csr_matrix, y: NDArray[Any], c: float, weight: Floats | None = None) -> LogisticRegression:
    return LogisticRegression(C=c, max_iter=80, tol=1e-3).fit(x, y, sample_weight=weight)


def slow_trees(x: Floats, y: NDArray[Any], weight: Floats) -> HistGradientBoostingClassifier:
    """Trees that rest on more rows and look at fewer numbers at a time, for labels that are few or uncertain."""
    return HistGradientBoostingClassifier(
        max_iter=80, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=1.0, max_features=0.2, random_state=0
    ).fit(x, y, sample_weight=weight)


def trees(x: Floats, y: NDArray[Any], rounds: int, weight: Floats | None = None) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=rounds, learning_rate=0.08, max_leaf_nodes=12, min_samples_leaf=15, l2_regularization=1.0, max_features=0.5, random_state=0
    ).fit(x, y, sample_weight=weight)


@dataclass
class Step:
    """One kind of decision: its rows, labels and folds, a model for each fold (trained without it) and one on all, and held-out chances."""

    table: Table
    models: list[LogisticRegression]
    chances: Floats
    classes: list[str]


def linear_step(rows: Sequence[Iterable[str]], labels: list[str], fold: NDArray[Any], c: float, weight: Floats | None = None) -> Step:
    table = Table.of(rows)
    y = np.array(labels)
    classes = sorted(set(labels))
    held = np.zeros((len(rows), len(classes)))
    models = []
    for f in range(FOLDS):
        part = fold != f
        model = logistic(table.matrix[part], y[part], c, None if weight is None else weight[part])
        held[np.ix_(~part, [classes.index(k) for k in model.classes_])] = model.predict_proba(table.matrix[~part])
        models.append(model)
    models.append(logistic(table.matrix, y, c, weight))
    return Step(table, models, held, classes)


def report(name: str, step: Step, labels: list[str], but: str | None = None) -> None:
    """Say how many held-out decisions are right, leaving out those whose label is `but`."""
    right = [step.classes[a] == b for a, b in zip(step.chances.argmax(1), labels, strict=True) if b != but]
    print(f"{name}: {np.mean(right):.3f} of {len(right)} right", flush=True)


def cue_types(docs: list[Coded], fold_of: list[int]) -> tuple[Step, list[str]]:
    """The type of every cue. Which cue of a claim's evidence tells it is not coded: it is the likeliest, chosen anew each round."""
    rows = [cue_features(d.scene, s, k) for d in docs for s, k in d.cues]
    fold = np.array([f for d, f in zip(docs, fold_of, strict=True) for _ in d.cues])
    chances = first_guess(docs)
    for turn in range(ROUNDS):
        labels, weight = label(docs, chances, first=turn == 0)
        weight = weight * np.array([d.weight for d in docs for _ in d.cues])
        step = linear_step(rows, labels, fold, 0.15, weight)
        chances = np.zeros((len(rows), len(TYPES) + 1))
        for i, name in enumerate(step.classes):
            chances[:, TYPES.index(name) if name in TYPES else NONE_AT] = step.chances[:, i]
        report(f"types, round {turn + 1}", step, labels, but="none")
    for d, start in zip(docs, starts(docs), strict=True):
        d.chances = [list(map(float, c)) for c in chances[start : start + len(d.cues)]]
    return step, labels


def starts(docs: list[Coded]) -> list[int]:
    return [0, *np.cumsum([len(d.cues) for d in docs])[:-1].tolist()]


def main() -> int:
    examples = load()
    fold_of = folds(examples, FOLDS)
    docs = [coded(e) for e in examples]
    print(f"{len(docs)} documents, {sum(len(d.claims) for d in docs)} claims", flush=True)
    types, _ = cue_types(docs, fold_of)
    told = [(d, f, c, *d.cues[i]) for d, f in zip(docs, fold_of, strict=True) for c, i in aligned(d)]
    fold = np.array([f for _, f, *_ in told])
    heft = np.array([d.weight for d, *_ in told])

    # roles: linear on values, then trees that see the competition
    values = [(n, v) for n, (d, _, c, s, k) in enumerate(told) for v in candidates(d.scene, s)]
    rows = [value_features(told[n][0].scene, told[n][3], told[n][4], told[n][2]["type"], v) for n, v in values]
    vfold = fold[[n for n, _ in values]]
    role_y = {r: [str(int(has_role(told[n][2], r, v))) for n, v in values] for r in ROLES}
    vheft = heft[[n for n, _ in values]]
    roles = {r: linear_step(rows, role_y[r], vfold, 0.2, vheft) for r in ROLES}
    chances = np.stack([roles[r].chances[:, 1] for r in ROLES], axis=1)
    dense: list[list[float]] = []
    place = 0
    for d, _, c, s, k in told:
        mine = candidates(d.scene, s)
        dense += role_rows(d.scene, s, k, c["type"], mine, chances[place : place + len(mine)].tolist())
        place += len(mine)
    x = np.array(dense)
    role_trees = {
        r: [trees(x[vfold != f], np.array(role_y[r])[vfold != f], 90, vheft[vfold != f]) for f in range(FOLDS)]
        + [trees(x, np.array(role_y[r]), 90, vheft)]
        for r in ROLES
    }
    print("roles", flush=True)

    # attributes
    arows = [attribute_features(d.scene, s, k, c["type"]) for d, _, c, s, k in told]
    attribute = {
        name: linear_step(arows, [str(c.get(name) or ("act" if name == "scope" else "null")) for _, _, c, _, _ in told], fold, 0.3, heft)
        for name in decide.ATTRIBUTES
    }
    for name, step in attribute.items():
        report(name, step, [str(c.get(name) or ("act" if name == "scope" else "null")) for _, _, c, _, _ in told])

    sentences = sentence_step(docs, fold_of)

    # things, sums, times, speakers
    drafts = tellings(docs, attribute["modality"])
    for r, role in enumerate(ROLES):
        for (n, v), chance in zip(values, held_chances(role_trees[role], x, vfold), strict=True):
            if chance > 0.5:
                drafts[n].roles[r].append(v)
    slots = slot_steps([(d, c, draft) for (d, _, c, _, _), draft in zip(told, drafts, strict=True)], fold)

    # keep: proposals of each document by the weights that did not see it
    parts = [assemble(f, types, sentences, roles, role_trees, attribute, slots) for f in range(FOLDS + 1)]
    krows: list[list[float]] = []
    right: list[bool] = []
    wholly: list[bool] = []
    kfold: list[int] = []
    kheft: list[float] = []
    for d, f in zip(docs, fold_of, strict=True):
        kept = proposals(d, parts[f])
        scored = [(s, k, c) for (s, k), c in zip(d.cues, d.chances, strict=True)]
        text = chances_of(scored, d.says)
        krows += [keep_row(d.scene, k, text) for k in kept]
        paired, strict = d.paired(kept)
        right += paired
        wholly += strict
        kfold += [f] * len(kept)
        kheft += [d.weight] * len(kept)
    kx, kf, kw = np.array(krows), np.array(kfold), np.array(kheft)
    keep, certain = (last_step(kx, np.array(y), kf, kw) for y in (right, wholly))
    print(f"keep: {len(kf)} drafts, {np.mean(right):.3f} right, {np.mean(wholly):.3f} wholly", flush=True)
    root = Path(__file__).parent.parent / "src" / "vientro"
    for f, model in enumerate(parts):
        full = replace(model, keep=write.boosted(keep[f], KEEP_NAMES), certain=write.boosted(certain[f], KEEP_NAMES))
        if f < FOLDS:
            write.fold(root / "evaluate" / "folds", f, full, [d.key for d, g in zip(docs, fold_of, strict=True) if g == f])
        else:
            write.pack(root / "lang" / "vi" / "weights", full)
    return 0


def last_step(x: Floats, y: NDArray[Any], fold: NDArray[Any], weight: Floats) -> list[HistGradientBoostingClassifier]:
    """Trees over drafts for each fold and for all; prints how well the held-out chances order."""
    models = [trees(x[fold != f], y[fold != f], 120, weight[fold != f]) for f in range(FOLDS)]
    print(f"area under the curve {roc_auc_score(y, held_chances(models, x, fold)):.3f}", flush=True)
    return [*models, trees(x, y, 120, weight)]


def held_chances(models: list[HistGradientBoostingClassifier], x: Floats, fold: NDArray[Any]) -> Floats:
    """The chance of each row by the trees of its fold."""
    held = np.zeros(len(x))
    for f in range(FOLDS):
        held[fold == f] = models[f].predict_proba(x[fold == f])[:, 1]
    return held


@dataclass
class Sentences:
    """Whether a sentence tells of a type, for every type: the rows, and for each fold and for all a model for each type."""

    table: Table
    models: list[list[LogisticRegression]]


def sentence_step(docs: list[Coded], fold_of: list[int]) -> Sentences:
    rows = [sentence_features(d.scene, s) for d in docs for s in d.scene.sentences]
    fold = np.array([f for d, f in zip(docs, fold_of, strict=True) for _ in d.scene.sentences])
    heft = np.array([d.weight for d in docs for _ in d.scene.sentences])
    y = np.array([[kind in d.told_in(s) for kind in TYPES] for d in docs for s in d.scene.sentences])
    table = Table.of(rows)
    held = np.zeros(y.shape)
    models = []
    for f in range(FOLDS + 1):
        part = fold != f
        fitted = [logistic(table.matrix[part], y[part, t], 0.1, heft[part]) for t in range(len(TYPES))]
        for t, model in enumerate(fitted):
            if f < FOLDS:
                held[~part, t] = model.predict_proba(table.matrix[~part])[:, 1]
        models.append(fitted)
    at = 0
    for d in docs:
        d.says = {s.index: list(map(float, held[at + i])) for i, s in enumerate(d.scene.sentences)}
        at += len(d.scene.sentences)
    return Sentences(table, models)


@dataclass
class Slot:
    """A slot's linear decision, and the trees of each fold and of all (of times: whether it is the date), with their numbers' names."""

    linear: Step
    trees: list[HistGradientBoostingClassifier]
    names: tuple[str, ...]


def slot_steps(told: list[tuple[Coded, dict[str, Any], Draft]], fold: NDArray[Any]) -> dict[str, Slot]:
    out: dict[str, Slot] = {}
    for name, tag in TAGS.items():
        found = [places(d.scene, draft, tag) for d, _, draft in told]
        labels = [d.place_labels(c, draft, name, mine) for (d, c, draft), mine in zip(told, found, strict=True)]
        kept = [n for n, mine in enumerate(labels) if mine and (name != "times" or told[n][0].codes_times(mine))]
        flat = [label for n in kept for label in labels[n]]
        rows = [place_features(told[n][0].scene, told[n][2], p) for n in kept for p in found[n]]
        fold_ = np.array([fold[n] for n in kept for _ in found[n]])
        step = linear_step(rows, flat, fold_, 0.1)
        report(name, step, flat)
        columns = [step.classes.index(c) for c in (TIME_SLOTS if name == "times" else ("1",))]
        dense: list[list[float]] = []
        for n in kept:
            chances = step.chances[len(dense) : len(dense) + len(found[n]), columns]
            dense += place_rows(told[n][0].scene, told[n][2], found[n], chances.tolist())
        # Of undated documents only claims with a time are here, so that they say little of how often a time is no claim's.
        dated = [name != "times" or bool(told[n][0].doc.get("published")) for n in kept for _ in found[n]]
        y = np.array([label in ("1", "date") for label in flat])
        chance_names = [f"{c}_{part}" for c in (TIME_SLOTS if name == "times" else (name,)) for part in ("chance", "best_other", "above")]
        out[name] = Slot(step, slot_trees(dense, y, fold_, np.where(dated, 1.0, UNDATED)), (*chance_names, *PLACE_NAMES))
    heard = [voices(d.scene, draft.sentence) for d, _, draft in told]
    rows = [voice_features(d.scene, draft, v) for (d, _, draft), mine in zip(told, heard, strict=True) for v in mine]
    flat = [d.voice_label(c, v) for (d, c, _), mine in zip(told, heard, strict=True) for v in mine]
    fold_ = np.array([f for f, mine in zip(fold, heard, strict=True) for _ in mine])
    step = linear_step(rows, flat, fold_, 0.1)
    dense = []
    for (_, _, draft), mine in zip(told, heard, strict=True):
        dense += voice_rows(draft, mine, step.chances[len(dense) : len(dense) + len(mine), 1].tolist())
    out["speaker"] = Slot(step, slot_trees(dense, np.array(flat) == "1", fold_, np.ones(len(flat))), VOICE_NAMES)
    return out


def slot_trees(dense: list[list[float]], y: NDArray[Any], fold: NDArray[Any], weight: Floats) -> list[HistGradientBoostingClassifier]:
    """Trees without each fold, and on all."""
    x = np.array(dense)
    return [slow_trees(x[fold != f], y[fold != f], weight[fold != f]) for f in range(FOLDS + 1)]


def tellings(docs: list[Coded], chances: Step) -> list[Draft]:
    """A draft for every aligned claim, with the modality that the weights would give it and the other of headline and lede."""
    out: list[Draft] = []
    for d in docs:
        found = aligned(d)
        taken = {i for _, i in found}
        for claim, i in found:
            sentence, k = d.cues[i]
            draft = Draft(sentence, k, claim["type"], 1.0, d.chances[i])
            likely = dict(zip(chances.classes, map(float, chances.chances[len(out)]), strict=True))
            draft.modalities = [likely.get(name, 0.0) for name in MODALITIES]
            t = TYPES.index(claim["type"])
            others = [
                (d.chances[x][t], s, at)
                for x, (s, at) in enumerate(d.cues)
                if x not in taken and {s.zone, sentence.zone} == {"title", "lede"} and d.chances[x][t] >= decide.PROPOSE
            ]
            if others and len(d.scene.sentences) <= decide.SHORT:
                chance, s, at = max(others, key=lambda row: row[0])
                draft.twin = Draft(s, at, claim["type"], chance, d.chances[i])
            out.append(draft)
    return out


def assemble(
    f: int,
    types: Step,
    sentences: Sentences,
    roles: dict[str, Step],
    role_trees: dict[str, Any],
    attribute: dict[str, Step],
    slots: dict[str, Slot],
) -> decide.Model:
    """The model of fold `f` (trained without it), or of all documents for the last, without its keep trees."""
    return decide.Model(
        types=write.linear(types.models[f], types.table.names, (*TYPES, "none")),
        sentences=write.columns(sentences.models[f], sentences.table.names, TYPES),
        roles=write.columns([roles[r].models[f] for r in ROLES], roles[ROLES[0]].table.names, ROLES),
        role_trees=tuple(write.boosted(role_trees[r][f], ROLE_NAMES) for r in ROLES),
        keep=write.boosted(None, KEEP_NAMES),
        certain=write.boosted(None, KEEP_NAMES),
        attributes=tuple(
            write.linear(attribute[n].models[f], attribute[n].table.names, tuple(attribute[n].classes)) for n in decide.ATTRIBUTES
        ),
        items=slot_linear(slots["items"], f, ("1",)),
        amounts=slot_linear(slots["amounts"], f, ("1",)),
        times=slot_linear(slots["times"], f, TIME_SLOTS),
        speaker=slot_linear(slots["speaker"], f, ("1",)),
        item_trees=slot_boosted(slots["items"], f),
        amount_trees=slot_boosted(slots["amounts"], f),
        date_trees=slot_boosted(slots["times"], f),
        speaker_trees=slot_boosted(slots["speaker"], f),
    )


def slot_linear(slot: Slot, f: int, classes: tuple[str, ...]) -> Linear:
    return write.linear(slot.linear.models[f], slot.linear.table.names, classes)


def slot_boosted(slot: Slot, f: int) -> Boosted:
    return write.boosted(slot.trees[f], slot.names)


def proposals(d: Coded, model: decide.Model) -> list[Draft]:
    """The merged drafts of a document by its held-out chances."""
    out = [
        decide.propose(d.scene, model, s, k, kind, chances)
        for (s, k), chances in zip(d.cues, d.chances, strict=True)
        for kind, chance in zip(TYPES, chances, strict=False)
        if chance >= decide.PROPOSE
    ]
    return merge(out, short=len(d.scene.sentences) <= decide.SHORT)


if __name__ == "__main__":
    sys.exit(main())
