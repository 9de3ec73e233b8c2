"""What `vientro check` costs as the ledger grows: made claims, each a step of its own, in one store.

    bench/check_growth.py [CLAIMS ...]        default 1000 10000

Prints for each size the mean time to answer for one of twenty claims, in milliseconds. The reader's own time, which does not depend on
the ledger, is left out.
"""
# ruff: noqa: T201  it prints what it measured

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from link_growth import stream

from vientro.ledger import project
from vientro.model.ledger import Link
from vientro.pipeline import held_against
from vientro.store.store import Store

ASKED = 20


def measured(claims: int, home: Path) -> float:
    """Milliseconds for one question in a ledger of that many claims."""
    told = stream(claims)[:claims]
    articles, made = [article for article, _ in told], [claim for _, claim in told]
    links = [Link(claim.id, f"o-{n}", f"s-{n}", f"d-{n // 8}") for n, claim in enumerate(made)]
    with Store(home / f"{claims}.db") as store:
        store.add([(article, [claim]) for article, claim in told], "bench")
        store.replace(links, project(articles, made, links))
        asked = told[:: max(1, claims // ASKED)][:ASKED]
        begin = time.perf_counter()
        for article, claim in asked:
            held_against(claim, article, store)
        return 1000 * (time.perf_counter() - begin) / len(asked)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        for claims in [int(one) for one in sys.argv[1:]] or [1_000, 10_000]:
            print(f"{claims:>8,} claims: {measured(claims, Path(home)):.1f} ms")


if __name__ == "__main__":
    main()
