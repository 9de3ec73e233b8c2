"""How the shipped weights read texts that no training ever saw: python training/fresh.py

Scores the reader against training/labels/fresh.jsonl, 360 whole articles that were coded after the weights were made; those whose
headline and lede are among the labels of the training are left out. Then against training/written, texts of the project's own on what
real ones seldom tell, by type. Needs ../shared, as training does.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from align import score
from data import LABELS, SHARED

from vientro.article import rows as article_rows
from vientro.evaluate.labels import composed, document, rows, sources, worded
from vientro.model.article import Article
from vientro.model.interchange import encode
from vientro.reading import reader

WRITTEN = Path(__file__).parent / "written"
Counts = Any  # what score.tally says of a document


def main() -> int:
    seen = {row["doc"] for name in ("ledes", "articles", "negatives") for row in rows(LABELS / f"{name}.jsonl")}
    fresh = {row["doc"]: row for row in rows(LABELS / "fresh.jsonl") if row["doc"] not in seen}
    found = sources(SHARED / "corpus", set(fresh))
    about: dict[str, list[Counts]] = {"all": [], "mostly sanctions": [], "others": []}
    for id_, row in fresh.items():
        text = composed(found[id_], article=True)
        if len(text) != row["length"]:
            raise ValueError(f"{id_}: the corpus holds another text than the one that was coded")
        coded = [worded(claim, text) for claim in row["claims"]]
        doc = document(found[id_], text)
        counts = score.tally(doc, told_in(doc), coded)
        sanctions = sum(claim["type"] in ("sanction", "ease") for claim in coded)
        about["all"].append(counts)
        about["mostly sanctions" if 5 * sanctions > 2 * len(coded) else "others"].append(counts)
    for name, tallies in about.items():
        print(f"{name}: {len(tallies)} articles, {f1(tallies)}")
    for path in sorted(WRITTEN.glob("*.jsonl")):
        written(path)
    return 0


def written(path: Path) -> None:
    """Print the scores of a file of own texts, and of each type how many of its claims are coded and found."""
    tallies, coded_of, found_of = [], Counter[str](), Counter[str]()
    for row in rows(path):
        doc = document(row, row["text"])
        coded = [worded(claim, row["text"]) for claim in row["claims"]]
        told = told_in(doc)
        tallies.append(score.tally(doc, told, coded))
        coded_of.update(claim["type"] for claim in coded)
        found_of.update(coded[j]["type"] for _, j in score.pair(doc["text"], told, coded))
    print(f"written {path.stem}: {len(tallies)} texts, {coded_of.total()} claims, {f1(tallies)}")
    print(", ".join(f"{kind} {found_of[kind]} of {count}" for kind, count in coded_of.most_common()))


def f1(tallies: list[Counts]) -> str:
    report = score.report(tallies)
    return json.dumps({kind: round(report[kind]["f1"], 3) for kind in ("claim", "strict", "slot")})


def told_in(doc: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims that the reader shows of a document."""
    article = next(a for a in article_rows.article(doc["id"], msgspec.json.encode(doc)) if isinstance(a, Article))
    return [encode(claim) for claim in reader.read(article) if claim.confidence >= reader.THRESHOLD]


if __name__ == "__main__":
    sys.exit(main())
