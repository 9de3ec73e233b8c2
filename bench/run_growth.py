"""What a run of one new article costs as the ledger grows: made claims in one store, and the parts of the run one by one.

    bench/run_growth.py [CLAIMS ...]        default 1000 10000

Prints for each size the seconds of the processor to link all of it for the first time and to keep that, and then for one article more,
in a process that has not linked before: to load what is linked, to link, to make steps and deals, and to put all into the store.
"""
# ruff: noqa: T201  it prints what it measured

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from link_growth import stream

from vientro.ledger import project
from vientro.store import linking
from vientro.store.store import Store


def measured(claims: int, home: Path) -> dict[str, float]:
    *before, (article, claim) = stream(claims)
    spent: dict[str, float] = {}
    began = time.process_time()

    def lap(name: str) -> None:
        nonlocal began
        now = time.process_time()
        spent[name], began = now - began, time.process_time()

    path = home / f"{claims}.db"
    with Store(path) as store:
        store.add([(one, [made]) for one, made in before], "bench")
        articles, made = list(store.articles()), store.claims()
        lap("")
        linked = linking.linked(store, "bench", articles, made, {})
        lap("first linking")
        store.replace(linked.links, project(articles, made, linked.links), linked=linked)
        del linked
        store.add([(article, [claim])], "bench")
    with Store(path) as store:
        lap("")
        articles, made = list(store.articles()), store.claims()
        lap("load")
        linked = linking.linked(store, "bench", articles, made, {})
        lap("link one more")
        ledger = project(articles, made, linked.links)
        lap("deals")
        store.replace(linked.links, ledger, linked=linked)
        lap("store")
    del spent[""]
    return spent


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        for claims in [int(one) for one in sys.argv[1:]] or [1_000, 10_000]:
            print(
                f"{claims:>8,} claims: {', '.join(f'{name} {seconds:.2f} s' for name, seconds in measured(claims, Path(home)).items())}",
                flush=True,
            )


if __name__ == "__main__":
    main()
