"""What a run of one new article costs as the ledger grows: made claims in one store, and the parts of the run one by one.

    bench/run_growth.py [CLAIMS ...]        default 1000 10000

Prints for each size the seconds to load what is linked, to link all of it anew (a new process) and with one article more (a process that
has linked before, as `vientro watch`), to make steps and deals, and to put them into the store.
"""
# ruff: noqa: T201  it prints what it measured

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from link_growth import stream

from vientro.ledger import project
from vientro.link import Linker
from vientro.store.store import Store


def measured(claims: int, home: Path) -> dict[str, float]:
    *before, (article, claim) = stream(claims)
    spent: dict[str, float] = {}
    began = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal began
        now = time.perf_counter()
        spent[name], began = now - began, time.perf_counter()

    with Store(home / f"{claims}.db") as store:
        store.add([(one, [made]) for one, made in before], "bench")
        linker, articles, made = Linker(), list(store.articles()), store.claims()
        began = time.perf_counter()
        linker(articles, made)
        lap("link anew")
        store.add([(article, [claim])], "bench")
        lap("add")
        articles, made = list(store.articles()), store.claims()
        lap("load")
        links = linker(articles, made)
        lap("link one more")
        ledger = project(articles, made, links)
        lap("deals")
        store.replace(links, ledger)
        lap("store")
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
