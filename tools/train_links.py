"""Fits and measures the weights of linking.

    train_links.py fit        fit link/weights.tsv on all coded links, and evaluate/linkfolds.json.xz without a sixth of the deals each
    train_links.py measure    cross-validated scores on the stream: no deal is in training and test
    train_links.py words      count lang/vi/frequencies.tsv anew

Needs ../shared and the group `train`. A development tool: at run time the weights are data.
"""
# ruff: noqa: T201, S311  it prints what it measured, and folds need no secrets

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from vientro.evaluate import linkfolds, longdeals
from vientro.evaluate.linkfolds import LinkFolds
from vientro.link import index as indexing
from vientro.link.blocks import Blocks
from vientro.link.features import features
from vientro.link.index import Index
from vientro.link.profile import profile, story
from vientro.link.weights import LEVELS, Level, Weights
from vientro.model.article import Article
from vientro.model.ids import article_id
from vientro.model.interchange import decode
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from vientro.model.claim import Claim

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "eval" / "gold"
Key = tuple[str, int]
_FOLDS = 6
_UNDATED = 0.2  # how much a pair counts as if it had no day of publication, so that undated articles have their weight
_LONG = 0.6  # how much a pair of the long deals counts, which are few lines of many claims


@dataclass
class Coded:
    """Documents with coded claims and links; `stream` names the claims of the stream, the only ones that are scored; `long` those that
    only the long deals code, which teach what a deal is: their steps lie too far apart to teach what a step is."""

    articles: dict[str, Article]
    claims: dict[Key, Claim]
    links: dict[Key, dict[str, Any]]
    stream: set[Key]
    long: set[Key]


def load() -> Coded:
    coded = Coded({}, {}, {}, set(), set())
    rows = [*_rows(GOLD / "stream.links.jsonl"), *_rows(ROOT / "training" / "links.jsonl")]
    coded.links = {(row["doc"], row["claim"]): row for row in rows}
    coded.stream = {(row["doc"], row["claim"]) for row in _rows(GOLD / "stream.links.jsonl")}
    for name in ("stream", "ledes", "train_ledes"):
        docs = {row["id"]: row for row in _rows(GOLD / f"{name}.docs.jsonl")}
        for row in _rows(GOLD / f"{name}.gold.jsonl"):
            if row["doc"] not in coded.articles:
                coded.articles[row["doc"]] = article = as_article(docs[row["doc"]])
                for number, claim in enumerate(decode(row, article.id, article.text)):
                    if (row["doc"], number) in coded.links:
                        coded.claims[row["doc"], number] = claim
    long = longdeals.load(GOLD.parent, ROOT / "training", GOLD.parents[1] / "corpus")
    coded.long = long.places.keys() - coded.claims.keys()
    for article in long.articles:
        coded.articles.setdefault(article.key, article)
    for key in coded.long:
        coded.claims[key] = long.claims[key]
        coded.links[key] = {"doc": key[0], "claim": key[1], "step": long.places[key].step, "deal": long.places[key].deal}
    return coded


def as_article(doc: dict[str, Any]) -> Article:
    id_ = article_id(doc["source"], doc["url"], doc["title"], doc["text"])
    return Article(id_, doc["id"], doc["source"], doc["url"], doc["published"], doc["lang"], doc["title"], doc["text"], ())


class Pairs:
    """All pairs that blocking lets through, with their features, and whether they belong together."""

    def __init__(self, coded: Coded) -> None:
        self.keys = sorted(coded.claims)
        by_id = {article.id: article for article in coded.articles.values()}
        stories = {id_: story(article) for id_, article in by_id.items()}
        profiles = {key: profile(coded.claims[key], stories[coded.claims[key].article_id]) for key in self.keys}
        beside = defaultdict(list)
        for one in profiles.values():
            beside[one.story].append(one)
        key_of = {one.claim: key for key, one in profiles.items()}
        number = {key: i for i, key in enumerate(self.keys)}
        blocks, pairs, found, undated = Blocks(), [], [], []
        for key in self.keys:
            mine = profiles[key]
            for other in sorted(blocks.near(mine)):
                first, second = sorted((mine, profiles[key_of[other]]), key=lambda one: one.claim)
                rest = [[one for one in beside[x.story] if one is not x] for x in (first, second)]
                pairs.append((number[key], number[key_of[other]]))
                found.append(features(first, second, *rest))
                undated.append(features(replace(first, days=None, told=False), second, *rest))
            blocks.add(mine)
        self.pairs = np.array(pairs)
        vectorizer = DictVectorizer(sparse=False)
        vectorizer.fit(found + undated)
        self.values, self.undated = vectorizer.transform(found), vectorizer.transform(undated)
        self.names = list(vectorizer.get_feature_names_out())
        labels = {level: np.array([coded.links[key][level] for key in self.keys]) for level in LEVELS}
        self.together = {level: labels[level][self.pairs[:, 0]] == labels[level][self.pairs[:, 1]] for level in LEVELS}
        self.labels = labels
        self.of_long = np.array([key in coded.long for key in self.keys])
        self.teaches = {"step": ~self.of_long[self.pairs].any(axis=1), "deal": np.ones(len(pairs), bool)}

    def missed(self, level: Level) -> int:
        """How many pairs that belong together no block holds."""
        sizes = Counter(self.labels[level]).values()
        return sum(size * (size - 1) // 2 for size in sizes) - int(self.together[level].sum())

    def score(self, weights: Weights, rows: np.ndarray) -> np.ndarray:
        return self.values[rows] @ np.array([weights.of[name] for name in self.names]) + weights.start

    def fit(self, level: Level, rows: np.ndarray, strength: float) -> Weights:
        """Weights from these rows, and from the same as if undated; pairs of large clusters weigh less: no story decides alone."""
        rows = rows[self.teaches[level][rows]]
        sizes = Counter(self.labels[level])
        size = np.array([sizes[label] for label in self.labels[level]])
        a, b = size[self.pairs[rows, 0]], size[self.pairs[rows, 1]]
        together = self.together[level][rows]
        weight = np.where(together, 1 / np.sqrt(np.maximum(1, np.minimum(a, b) - 1)), 1.5 / np.sqrt(a * b))
        weight *= np.where(self.of_long[self.pairs[rows]].any(axis=1), _LONG, 1.0)
        model = LogisticRegression(C=strength, max_iter=3000).fit(
            np.concatenate([self.values[rows], self.undated[rows]]),
            np.concatenate([together, together]),
            sample_weight=np.concatenate([weight, _UNDATED * weight]),
        )
        return Weights(float(model.intercept_[0]), dict(zip(self.names, map(float, model.coef_[0]), strict=True)))


def folds(pairs: Pairs, seed: int, count: int = _FOLDS) -> np.ndarray:
    """A fold for each claim, by deal, so that no deal is in two; folds are about equally large.

    Deals that only the long deals code come last, so that the folds of the others are what they were without them.
    """
    load_, fold = [0] * count, dict[str, int]()
    for of_long in (False, True):
        sizes = Counter(pairs.labels["deal"][pairs.of_long == of_long])
        deals = sorted(sizes.keys() - fold.keys())
        random.Random(seed).shuffle(deals)
        deals.sort(key=lambda deal: -sizes[deal])
        for deal in deals:
            fold[deal] = min(range(count), key=lambda f: (load_[f], f))
            load_[fold[deal]] += sizes[deal]
    return np.array([fold[deal] for deal in pairs.labels["deal"]])


def measure(coded: Coded, pairs: Pairs, strength: float, seeds: int) -> dict[str, float]:
    """Mean scores on the stream. A pair is scored by weights fitted without the deals of the folds of either claim."""
    totals: dict[str, float] = defaultdict(float)
    for seed in range(seeds):
        fold = folds(pairs, seed)
        a, b = fold[pairs.pairs[:, 0]], fold[pairs.pairs[:, 1]]
        scores = {level: np.zeros(len(a)) for level in LEVELS}
        for x, y in combinations_with_replacement(range(_FOLDS), 2):
            held = ((a == x) & (b == y)) | ((a == y) & (b == x))
            rest = ~np.isin(a, (x, y)) & ~np.isin(b, (x, y))
            for level in LEVELS:
                scores[level][held] = pairs.score(pairs.fit(level, np.flatnonzero(rest), strength), np.flatnonzero(held))
        index = _Scored(pairs, [coded.claims[key].id for key in pairs.keys], scores)
        index.add(list(coded.articles.values()), list(coded.claims.values()))
        links = {link.claim: link for link in index.links()}
        for name, keys in (("stream", coded.stream), ("others", coded.claims.keys() - coded.stream)):
            for what, value in scored(coded, links, keys).items():
                totals[f"{name} {what}"] += value / seeds
    return dict(totals)


class _Scored(Index):
    """An index whose pairs are scored already."""

    def __init__(self, pairs: Pairs, ids: list[str], scores: dict[Level, np.ndarray]) -> None:
        super().__init__()
        self._known = {
            frozenset((ids[a], ids[b])): {level: float(scores[level][row]) for level in LEVELS} for row, (a, b) in enumerate(pairs.pairs)
        }

    def _scores(self, one: str, other: str) -> dict[Level, float]:
        return self._known[frozenset((one, other))]

    def _why(self, *_: object) -> list[str]:
        return []


def held_out(pairs: Pairs, strength: float) -> LinkFolds:
    """The folds of one partition, with weights for each two of them."""
    fold = folds(pairs, 0)
    a, b = fold[pairs.pairs[:, 0]], fold[pairs.pairs[:, 1]]
    weights = {}
    for x, y in combinations_with_replacement(range(_FOLDS), 2):
        rest = np.flatnonzero(~np.isin(a, (x, y)) & ~np.isin(b, (x, y)))
        weights[f"{x}-{y}"] = {level: _rounded(pairs.fit(level, rest, strength)) for level in LEVELS}
    return LinkFolds({f"{doc}#{index}": int(fold[i]) for i, (doc, index) in enumerate(pairs.keys)}, weights)


def _rounded(weights: Weights) -> Weights:
    return Weights(round(weights.start, 3), {name: round(value, 3) for name, value in weights.of.items()})


def scored(coded: Coded, links: dict[str, Any], keys: set[Key] | Any) -> dict[str, float]:
    """The figures of shared/eval/score_links.py."""
    sys.path.insert(0, str(GOLD.parent))
    import score_links  # noqa: PLC0415

    gold = {key: coded.links[key] for key in sorted(keys)}
    pred = {key: {level: getattr(links[coded.claims[key].id], level) for level in LEVELS} for key in gold}
    found = {}
    for level in LEVELS:
        groups = score_links.groups(gold, level)
        shared = [key for key in gold if len(groups[gold[key][level]]) > 1]
        largest = max(groups.values(), key=len)
        found[f"{level} b3 shared"] = score_links.b_cubed(gold, pred, level, shared)["f1"]
        found[f"{level} pairs"] = score_links.pairs_f1(gold, pred, level, [key for key in gold if key not in largest])
        found[f"{level} b3"] = score_links.b_cubed(gold, pred, level, list(gold))["f1"]
    return found


def write(weights: dict[Level, Weights], path: Path) -> None:
    """Write weights.tsv, keeping what its rows say; a feature with no weight worth telling goes."""
    known = {}
    if path.exists():
        known = {line.split("\t")[0]: line.split("\t")[3:] for line in path.read_text("utf-8").splitlines() if "\t" in line}
    lines = [
        "# What speaks for one step and for one deal: log-odds of a logistic regression, fitted by tools/train_links.py on coded links.",
        "# A pair's score is the row start plus weight times value; values are 1, or 0 to 1 for words and shares.",
        "# says: what the feature means. source: own.",
        "feature\tstep\tdeal\tsays\tsource",
    ]
    rows = [("start", weights["step"].start, weights["deal"].start)]
    rows += sorted((name, weights["step"].of[name], weights["deal"].of[name]) for name in weights["step"].of)
    for name, step, deal in rows:
        says = (known.get(name) or [""])[0]
        lines.append(f"{name}\t{step:.2f}\t{deal:.2f}\t{says}\town")
    path.write_text("\n".join(lines) + "\n", "utf-8")


_ABROAD = re.compile(r"\b(?:Mỹ|Nga|Ukraine|Israel|Iran|EU|NATO|Trung Quốc|Gaza|Đức|Anh|Pháp|Liên hợp quốc|Washington|Trump)\b")
_CONFLICT = re.compile(
    "viện trợ|trừng phạt|tên lửa|vũ khí|hỗ trợ quân sự|cứu trợ|cấm vận|chiến đấu cơ|tiêm kích|đàm phán|ngừng bắn|hội đàm|xung đột"
)


def count_words(path: Path) -> None:
    """Count in how many stories of the feed, of those on conflict and aid, a syllable or a pair of syllables stands."""
    stories, counted = 0, Counter()
    with lzma.open(GOLD.parent.parent / "corpus" / "feed.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = fold(f"{row['title']}\n{row['summary'] or ''}").text
            if _CONFLICT.search(text) and _ABROAD.search(text):
                stories += 1
                syllables = words(text)
                counted.update({*syllables, *(f"{a} {b}" for a, b in pairwise(syllables))})
    kept = sorted((-n, term) for term, n in counted.items() if n >= (25 if " " in term else 12))
    lines_ = [
        "# In how many headlines with ledes on conflict, aid and sanctions (August 2025 to March 2026) a syllable or a pair of syllables",
        '# stands. The term "*" counts the stories. Rare terms are left out. Counted by tools/train_links.py words.',
        "term\tstories",
        f"*\t{stories}",
        *(f"{term}\t{-n}" for n, term in kept),
    ]
    path.write_text("\n".join(lines_) + "\n", "utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["fit", "measure", "words"])
    parser.add_argument("--strength", type=float, default=1.0, help="C of the regression")
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    if asked.what == "words":
        count_words(ROOT / "src" / "vientro" / "lang" / "vi" / "frequencies.tsv")
        return
    coded = load()
    pairs = Pairs(coded)
    print(f"{len(pairs.keys)} claims, {len(pairs.pairs)} pairs; in no block:", {level: pairs.missed(level) for level in LEVELS})
    if asked.what == "fit":
        everything = np.arange(len(pairs.pairs))
        write({level: pairs.fit(level, everything, asked.strength) for level in LEVELS}, Path(indexing.__file__).parent / "weights.tsv")
        kept = msgspec.json.encode(held_out(pairs, asked.strength))
        (Path(linkfolds.__file__).parent / "linkfolds.json.xz").write_bytes(lzma.compress(kept))
    else:
        for name, value in measure(coded, pairs, asked.strength, asked.seeds).items():
            print(f"{name:24} {value:.3f}")


if __name__ == "__main__":
    main()
