"""How fast the pages of a large ledger are served: made claims, every page asked for by one reader, one request after another.

    bench/pages_speed.py [--claims 100000] [--times 40] [--only PART] [--db postgresql://...]

Prints for each page the median and the 95th percentile of the CPU time in milliseconds, and that of its first time, which works out what
later ones look up. `--only ledger` asks for the pages with that in their name. The claims are those of bench/ledger_speed.py.
"""
# ruff: noqa: T201, S311  it prints what it measured, and pages to ask for need no secrets

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from ledger_speed import fill
from link_growth import DONORS, RECIPIENTS, THINGS
from starlette.testclient import TestClient

from vientro.serve.app import create_app
from vientro.serve.settings import Settings
from vientro.store.store import Store

AIM = 100  # milliseconds
Address = Callable[[int], str]


def pages(deals: list[str], articles: list[str]) -> dict[str, Address]:
    """By name, the address asked for in each turn: another each time, where a page has many."""

    def of(kind: list[str], turn: int) -> str:
        return kind[turn % len(kind)]

    return {
        "start": lambda _: "/",
        "ledger": lambda _: "/ledger",
        "ledger, a later page": lambda turn: f"/ledger?page={turn + 2}",
        "ledger, donor": lambda turn: f"/ledger?donor={of(DONORS, turn)}",
        "ledger, donor and recipient": lambda turn: f"/ledger?donor={of(DONORS, turn)}&recipient={of(RECIPIENTS, turn // 20)}",
        "ledger, type and class": lambda turn: f"/ledger?type=deliver&class={of(THINGS, turn)[0]}",
        "ledger, state and span": lambda turn: f"/ledger?state=delivered&since=20{10 + turn % 20}-01-01&until=20{11 + turn % 20}-12-31",
        "ledger, largest": lambda turn: f"/ledger?sort=largest&payer={of(DONORS, turn)}",
        "ledger, least sure": lambda turn: f"/ledger?sort=doubtful&donor={of(DONORS, turn)}",
        "ledger, words": lambda turn: f"/ledger?q={of(DONORS, turn)}+xe+tang+{turn}",
        "ledger, words with marks": lambda turn: f"/ledger?q={of(DONORS, turn)}+xe+tăng+{turn}",
        "ledger, profile": lambda turn: f"/ledger?profile=delivered&currency=USD&recipient={of(RECIPIENTS, turn)}",
        "ledger, kind of owner": lambda turn: f"/ledger?owner=unknown&donor={of(DONORS, turn)}",
        "deal": lambda turn: f"/deal/{of(deals, turn)}",
        "article": lambda turn: f"/article/{of(articles, turn)}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--db", help="an empty PostgreSQL database to use instead of a file; or a file that was filled before")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        place = given.db or f"{home}/x.db"
        with Store(place) as store:
            deals = [deal.id for deal in store.projection()[1].deals] or fill(store, given.claims)
            articles = [article.id for article in store.articles()]
        rng = random.Random(1)
        asked = pages(rng.sample(deals, given.times), rng.sample(articles, given.times))
        with TestClient(create_app(Settings(place)), headers={"accept-language": "vi"}) as browser:
            began = time.perf_counter()
            assert browser.get("/ledger?tab=talks").status_code == 200
            print(f"  the first page after the start: {time.perf_counter() - began:.1f} s")
            slow = [name for name, address in asked.items() if given.only in name and not _told(browser, name, address, given.times)]
    print(f"over {AIM} ms at the 95th percentile: {', '.join(slow) or 'none'}")


def _told(browser: TestClient, name: str, address: Address, times: int) -> bool:
    """Measure a page; whether it is as fast as it should be."""
    spent = []
    for turn in range(times + 1):
        began = time.process_time()
        answer = browser.get(address(turn))
        spent.append((time.process_time() - began) * 1000)
        assert answer.status_code == 200, (answer.status_code, address(turn))
    first, later = spent[0], sorted(spent[1:])
    late = later[int(len(later) * 0.95)]
    print(f"  {name:32} first {first:7.0f}, median {statistics.median(later):7.1f}, 95th percentile {late:7.1f} ms", flush=True)
    return late < AIM


if __name__ == "__main__":
    main()
