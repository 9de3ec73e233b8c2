"""That the order of articles, and in how many runs they come, changes nothing: the canonical exports of ledgers of the same articles.

    bench/shuffle.py FILE [ARTICLES]        default 2000

Takes the first articles of a file (as `vientro run` takes it) in which something is read, and makes three ledgers of them: in their order
and at once, shuffled and at once, shuffled again and in nine runs. Prints for each the hash of its export and the CPU seconds.
"""
# ruff: noqa: T201, S311  it prints what it measured, and shuffling needs no secrets

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from vientro import pipeline
from vientro.collect.files import sources
from vientro.model.article import Article
from vientro.publish import canonical
from vientro.store.store import Store

SEED, RUNS = 7, 9


def exported(articles: list[Article], runs: int, stages: pipeline.Stages, home: Path) -> str:
    size = -(-len(articles) // runs)
    with Store(home) as store:
        for start in range(0, len(articles), size):
            pipeline.take(articles[start : start + size], store, stages)
            pipeline.project(store, stages, least=stages.threshold)
        lines = "\n".join(canonical.lines(pipeline.book(store)))
    return hashlib.sha256(lines.encode()).hexdigest()


def main() -> None:
    file, wanted = sys.argv[1], int((sys.argv[2:] or ["2000"])[0])
    stages, read, articles = pipeline.shipped(), {}, []
    for found in pipeline.contents(sources([file])):
        if isinstance(found, Article) and found.lang in stages.languages and (claims := stages.read(found)):
            read[found.id] = claims
            articles.append(found)
            if len(articles) == wanted:
                break
    print(f"{len(articles):,} articles, {sum(map(len, read.values())):,} claims", flush=True)
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as home:
        for name, runs in (("in order", 1), ("shuffled", 1), (f"shuffled, {RUNS} runs", RUNS)):
            began = time.process_time()
            # Each ledger has a linker of its own; what was read is read once.
            once = replace(pipeline.shipped(), read=lambda article: read[article.id])
            print(
                f"{exported(articles, runs, once, Path(home) / f'{name}.db')[:16]}  {name}, {time.process_time() - began:.0f} s", flush=True
            )
            rng.shuffle(articles)


if __name__ == "__main__":
    main()
