"""Fitted models as the reader's own records, and as files: a line a feature, few digits, small weights left out."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.reading import decide
from vientro.reading.draft import ROLES
from vientro.reading.weights import Boosted, Linear, Tree

if TYPE_CHECKING:
    from pathlib import Path

    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

LEAST = 0.02  # smaller weights are left out: they change no decision that matters and double the files


def linear(model: LogisticRegression, names: list[str], classes: tuple[str, ...]) -> Linear:
    """The weights in the order of `classes`; a class the fold never saw is out of reach. One class: the chance of label "1"."""
    if len(classes) == 1:
        rows = {0: model.coef_[0]}
        bias = [float(model.intercept_[0])]
    else:
        seen = list(model.classes_)
        binary = len(seen) == 2
        rows = {
            i: (model.coef_[0] if binary else model.coef_[seen.index(c)])
            for i, c in enumerate(classes)
            if c in seen and not (binary and c == seen[0])
        }
        bias = [
            -30.0 if c not in seen else 0.0 if binary and c == seen[0] else float(model.intercept_[0 if binary else seen.index(c)])
            for c in classes
        ]
    weights: dict[str, tuple[tuple[int, float], ...]] = {}
    for at, name in enumerate(names):
        found = tuple((i, round(float(w[at]), 3)) for i, w in rows.items() if abs(w[at]) >= LEAST)
        if found:
            weights[name] = found
    return Linear(classes, tuple(round(b, 4) for b in bias), weights)


def columns(models: list[LogisticRegression], names: list[str], classes: tuple[str, ...]) -> Linear:
    """Independent binary models, one for each class, side by side."""
    weights: dict[str, tuple[tuple[int, float], ...]] = {}
    for at, name in enumerate(names):
        found = tuple((i, round(float(m.coef_[0][at]), 3)) for i, m in enumerate(models) if abs(m.coef_[0][at]) >= LEAST)
        if found:
            weights[name] = found
    return Linear(classes, tuple(round(float(m.intercept_[0]), 4) for m in models), weights)


def boosted(model: HistGradientBoostingClassifier | None, names: tuple[str, ...]) -> Boosted:
    if model is None:
        return Boosted(names, 0.0, ())
    out = []
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        out.append(
            Tree(
                feature=tuple(-1 if n["is_leaf"] else int(n["feature_idx"]) for n in nodes),
                threshold=tuple(0.0 if n["is_leaf"] else round(float(n["num_threshold"]), 6) for n in nodes),
                low=tuple(int(n["left"]) for n in nodes),
                high=tuple(int(n["right"]) for n in nodes),
                value=tuple(round(float(n["value"]), 5) for n in nodes),
            )
        )
    return Boosted(names, float(model._baseline_prediction[0, 0]), tuple(out))


def pack(folder: Path, model: decide.Model) -> None:
    """The weights of a language pack, a file for each decision."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, part in _linears(model):
        (folder / f"{name}.tsv").write_text(_tsv(name, part), "utf-8")
    for name, trees in _forests(model):
        (folder / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(trees), indent=0) + b"\n")


def fold(folder: Path, number: int, model: decide.Model, keys: list[str]) -> None:
    """The weights of one fold, compressed, and the documents they never saw."""
    folder.mkdir(parents=True, exist_ok=True)
    body: dict[str, Any] = {"unseen": sorted(keys), "model": model}
    (folder / f"{number}.json.xz").write_bytes(lzma.compress(msgspec.json.encode(body), preset=9))


def _linears(model: decide.Model) -> list[tuple[str, Linear]]:
    return [
        ("types", model.types),
        ("sentences", model.sentences),
        ("roles", model.roles),
        *zip(decide.ATTRIBUTES, model.attributes, strict=True),
        ("items", model.items),
        ("amounts", model.amounts),
        ("times", model.times),
        ("speaker", model.speaker),
    ]


def _forests(model: decide.Model) -> list[tuple[str, Boosted]]:
    return [
        *zip(ROLES, model.role_trees, strict=True),
        ("keep", model.keep),
        ("certain", model.certain),
        ("items", model.item_trees),
        ("amounts", model.amount_trees),
        ("date", model.date_trees),
        ("speaker", model.speaker_trees),
    ]


def _tsv(name: str, model: Linear) -> str:
    lines = [
        f"# Weights of the decision {name}, made by training/train.py: classes, biases, then a feature and its weights as class:weight"
    ]
    lines += ["\t".join(["classes", *model.classes]), "\t".join(["bias", *map(str, model.bias)])]
    lines += ["\t".join([f, *(f"{i}:{w:g}" for i, w in model.weights[f])]) for f in sorted(model.weights)]
    return "\n".join(lines) + "\n"
