"""How fast a large ledger answers: made claims in SQLite and in PostgreSQL, the first answer of a process and those after it.

    bench/ledger_speed.py [--claims 100000] [--times 20] [--db postgresql://...]

Prints the median and the 95th percentile, in milliseconds, of opening the ledger, of a count, and of one deal. Links are those that the
claims were made by, so that the hour that linking takes is not part of it (bench/link_growth.py measures that).
"""
# ruff: noqa: T201, S311  it prints what it measured, and deals to ask for need no secrets

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from link_growth import stream

from vientro import pipeline
from vientro.ledger import project
from vientro.ledger.counting.count import Question, count
from vientro.ledger.counting.entries import entries
from vientro.ledger.counting.exchange import Exchange
from vientro.ledger.counting.profiles import shipped
from vientro.model.ids import digest
from vientro.model.ledger import Link
from vientro.store.store import Store
from vientro.tasks import lives

if TYPE_CHECKING:
    from collections.abc import Callable

    from vientro.model.article import Article
    from vientro.model.claim import Claim

_BATCH = 1000
PROFILES = ("headline", "pledged", "approved", "delivered", "transfers")
DIMENSIONS = ("donor", "recipient", "year", "class")


def linked(made: list[tuple[Article, Claim]]) -> list[Link]:
    """Claims of a line are a deal; those of one day and type are a step."""
    links = []
    for article, claim in made:
        step = digest(claim.evidence, claim.type, article.published or "")
        links.append(Link(claim.id, f"o-{step}", f"s-{step}", f"d-{digest(claim.evidence)}"))
    return links


def fill(
    store: Store, claims: int, dress: Callable[[Claim], Claim] = lambda claim: claim, rule: Callable[[Store], None] = lambda _: None
) -> list[str]:
    """Put made claims into an empty ledger, each as `dress` makes it, and `rule` on them; ids of its deals."""
    made = [(article, dress(replace(claim, date=article.published))) for article, claim in stream(claims)]
    began = time.perf_counter()
    for start in range(0, len(made), _BATCH):
        store.add([(article, [claim]) for article, claim in made[start : start + _BATCH]], "made 1")
    added = time.perf_counter() - began
    rule(store)
    links = linked(made)
    articles, claims_ = {article.id: article for article, _ in made}, {claim.id: claim for _, claim in made}
    ledger = project(list(articles.values()), list(claims_.values()), links)
    counted = entries(ledger, claims_, articles)
    began = time.perf_counter()
    store.replace(links, ledger, entries=counted)
    written = time.perf_counter() - began
    print(f"  {claims} claims added in {added:.1f} s; {len(ledger.steps)} steps, {len(ledger.deals)} deals written in {written:.1f} s")
    return [deal.id for deal in ledger.deals]


def told(words: str, run: Callable[[int], object], times: int) -> None:
    spent = []
    for turn in range(times):
        began = time.perf_counter()
        run(turn)
        spent.append((time.perf_counter() - began) * 1000)
    print(f"  {words:32} median {statistics.median(spent):7.1f} ms, 95th percentile {sorted(spent)[int(times * 0.95)]:7.1f} ms", flush=True)


def measure(place: str, claims: int, times: int) -> None:
    """Fill a ledger, then ask it as one command after another does: each opens it."""
    with Store(place) as store:
        deals = fill(store, claims)
    rng, exchange = random.Random(1), Exchange("month")
    asked = [rng.choice(deals) for _ in range(times)]

    def opened(_: int) -> None:
        Store(place, create=False).close()

    def counts(turn: int) -> None:
        with Store(place, create=False) as store:
            assert pipeline.counted(store, _question(turn), exchange)

    def deal(turn: int) -> None:
        with Store(place, create=False) as store:
            lives.life(asked[turn], store)

    def near(turn: int) -> None:
        with Store(place, create=False) as store:
            store.of_deals([asked[turn]])

    def words(turn: int) -> None:
        with Store(place, create=False) as store:
            store.search(f"DE UA {turn}")

    with Store(place, create=False) as store:
        kept = store.entries() or []

    def held(turn: int) -> None:
        count(kept, _question(turn), exchange)

    told("open", opened, times)
    told("one deal: its steps", near, times)
    told("one deal: its whole life", deal, times)
    told("search", words, times)
    told("count, from the database", counts, times)
    told("count, steps held in memory", held, times)


def _question(turn: int) -> Question:
    """Another question each turn."""
    return Question(shipped(PROFILES[turn % len(PROFILES)]), (DIMENSIONS[turn // len(PROFILES) % len(DIMENSIONS)],), lines=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--db", help="an empty PostgreSQL database, measured too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        for place in (f"{home}/x.db", *([given.db] if given.db else [])):
            print("PostgreSQL" if "://" in place else "SQLite", flush=True)
            measure(place, given.claims, given.times)


if __name__ == "__main__":
    main()
