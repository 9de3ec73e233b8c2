"""What the reader learns from: the gold sets and the project's own labels, with folds by near-copy cluster."""

from __future__ import annotations

import json
import lzma
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vientro.evaluate.folds import all_folds
from vientro.evaluate.labels import composed, document, worded

SHARED = Path(__file__).parent.parent.parent / "shared"
LABELS = Path(__file__).parent / "labels"
GOLD_SETS = ("seeds", "ledes", "articles", "train_ledes", "train_articles", "stream")


@dataclass(frozen=True, slots=True)
class Example:
    """A coded document: the row as in the gold files, its claims, the sets it is part of and its near-copy cluster."""

    doc: dict[str, Any]
    claims: list[dict[str, Any]]
    sets: tuple[str, ...]
    cluster: int


def load(*, labels: bool = True) -> list[Example]:
    """Every coded document once. Of a document coded in several sets the claims of the set named first in GOLD_SETS."""
    found: dict[str, tuple[dict[str, Any], list[dict[str, Any]], list[str]]] = {}
    for name in GOLD_SETS:
        gold = {row["doc"]: row["claims"] for row in rows(SHARED / "eval" / "gold" / f"{name}.gold.jsonl")}
        for doc in rows(SHARED / "eval" / "gold" / f"{name}.docs.jsonl"):
            entry = found.setdefault(doc["id"], (doc, gold.get(doc["id"], []), []))
            entry[2].append(name)
    if labels:
        for doc, claims, name in own_labels():
            found.setdefault(doc["id"], (doc, claims, [name]))
    clusters = _clusters([doc["text"] for doc, _, _ in found.values()])
    return [Example(doc, claims, tuple(sets), cluster) for (doc, claims, sets), cluster in zip(found.values(), clusters, strict=True)]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def own_labels(part: str = "") -> list[tuple[dict[str, Any], list[dict[str, Any]], str]]:
    """The project's own coding of documents of ../shared/corpus (docs/coding-notes.md); `part` "_second" is the second coder's."""
    corpus = {row["id"]: row for name in ("feed", "aid_articles") for row in _xz_rows(SHARED / "corpus" / f"{name}.jsonl.xz")}
    out = []
    for kind in ("ledes", "articles", "negatives"):
        if part and not (LABELS / f"{kind}{part}.jsonl").exists():
            continue
        for row in rows(LABELS / f"{kind}{part}.jsonl"):
            source = corpus[row["doc"]]
            text = composed(source, article=kind == "articles")
            if len(text) != row["length"]:
                raise ValueError(f"{row['doc']}: the corpus holds another text than the one that was coded")
            out.append((document(source, text), [worded(claim, text) for claim in row["claims"]], f"own_{kind}"))
    return out


def _xz_rows(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def folds(examples: list[Example], count: int = 5) -> list[int]:
    """A fold for every example; a near-copy cluster is never split.

    A cluster with a document of the shipped folds stays in that fold, so that figures before and after a training can be compared.
    """
    known = {key: number for number, fold in enumerate(all_folds()) for key in fold.unseen}
    place: dict[int, int] = {}
    for example in examples:
        if example.doc["id"] in known:
            place.setdefault(example.cluster, known[example.doc["id"]])
    new = sorted({e.cluster for e in examples} - set(place))
    random.Random(7).shuffle(new)
    place |= {cluster: i % count for i, cluster in enumerate(new)}
    return [place[e.cluster] for e in examples]


def _clusters(texts: list[str]) -> list[int]:
    """Single-link clusters of texts that share a quarter of their word trigrams, each named by its first: folds hang on it."""
    grams = []
    for text in texts:
        words = re.findall(r"\w+", text.lower())
        grams.append({tuple(words[i : i + 3]) for i in range(len(words) - 2)})
    index: dict[tuple[str, ...], list[int]] = {}
    parent = list(range(len(texts)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, mine in enumerate(grams):
        shared: dict[int, int] = {}
        for gram in mine:
            for j in index.get(gram, ()):
                shared[j] = shared.get(j, 0) + 1
            index.setdefault(gram, []).append(i)
        for j, count in shared.items():
            if count * 4 >= min(len(mine), len(grams[j])):
                a, b = root(i), root(j)
                parent[max(a, b)] = min(a, b)
    return [root(i) for i in range(len(texts))]
