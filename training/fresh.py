"""How the shipped weights read articles that no training ever saw: python training/fresh.py

Scores the reader against training/labels/fresh.jsonl, 360 whole articles that were coded after the weights were made; those whose
headline and lede are among the labels of the training are left out. Needs ../shared, as training does.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import msgspec
from align import score
from data import LABELS, SHARED

from vientro.article import rows as article_rows
from vientro.evaluate.labels import composed, document, rows, sources, worded
from vientro.model.article import Article
from vientro.model.interchange import encode
from vientro.reading import reader

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
        article = next(a for a in article_rows.article(id_, msgspec.json.encode(doc)) if isinstance(a, Article))
        told = [encode(claim) for claim in reader.read(article) if claim.confidence >= reader.THRESHOLD]
        counts = score.tally(doc, told, coded)
        sanctions = sum(claim["type"] in ("sanction", "ease") for claim in coded)
        about["all"].append(counts)
        about["mostly sanctions" if 5 * sanctions > 2 * len(coded) else "others"].append(counts)
    for name, tallies in about.items():
        f1 = {kind: round(score.report(tallies)[kind]["f1"], 3) for kind in ("claim", "strict", "slot")}
        print(f"{name}: {len(tallies)} articles, {json.dumps(f1)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
