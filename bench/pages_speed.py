"""How fast the pages of a large ledger are served: made claims, every page asked for by one reader, one request after another.

    bench/pages_speed.py [--claims 100000] [--times 40] [--only PART] [--db postgresql://...] [--rule]

Prints how long a server takes to read the ledger and to make itself ready, and for each page and each answer of the API the median and
the 95th percentile of the CPU time in milliseconds, and that of its first time. `--only ledger` asks for those with that in their name.
The claims are those of bench/ledger_speed.py, with days they are due, voices that say them, and rows of another database; three topics
and some hundred decisions are there too. With `--rule` a claim is rejected at the end, and the seconds on the clock are told until the
answer, until the page of its deal has it, and until the deals are made anew: of a ledger whose deals `vientro rebuild` made (--db), since
all is linked first where no run has linked it.
"""
# ruff: noqa: T201, S311  it prints what it measured, and pages to ask for need no secrets

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

from ledger_speed import fill
from link_growth import DONORS, RECIPIENTS, THINGS
from starlette.testclient import TestClient

from vientro.ledger.choice import Choice
from vientro.model.claim import IMPORT, Claim, Role, Source
from vientro.publish.topic import Topic
from vientro.publish.words import name
from vientro.review.answers import Reviewer, rule
from vientro.serve import warming
from vientro.serve.app import create_app
from vientro.serve.settings import Settings
from vientro.store.store import Store
from vientro.tasks import topics
from vientro.tasks.desk import now

if TYPE_CHECKING:
    from vientro.serve.site import Site

AIM = 100  # milliseconds
DATABASE, DECISIONS = "bench", 300
VOICES = ("Olaf Scholz", "Emmanuel Macron", "Donald Trump", "António Guterres", "Bộ Ngoại giao Nga", "Lầu Năm Góc")
Address = Callable[[int], str]


@dataclass(frozen=True)
class Ids:
    """What is asked for by its id."""

    deals: list[str]
    steps: list[str]
    claims: list[str]
    articles: list[str]


def dressed(claim: Claim) -> Claim:
    """A claim with more in it: who says so, when it is due; every fiftieth is a row of another database."""
    number = int(claim.id[-6:], 16)
    due = None
    if claim.type in ("commit", "approve", "procure") and claim.date:
        due = (date.fromisoformat(claim.date) + timedelta(days=30 + number % 400)).isoformat()
    return replace(
        claim,
        due=due,
        support=("military", "financial", "humanitarian")[number % 3],
        mode=("aid", "aid", "loan", "sale")[number % 4],
        speaker=Role(VOICES[number % len(VOICES)]) if number % 3 == 0 else None,
        chain=(Source("Reuters", kind="agency"),) if number % 5 == 0 else (),
        confidence=0.5 + number % 50 / 100,
        reader=f"{IMPORT} {DATABASE}" if number % 50 == 0 else "made 1",
    )


def ruled(store: Store) -> None:
    """What people did to the ledger: decisions that change nothing of it, and topics."""
    known = {claim.id: claim for claim in store.claims()}
    who = Reviewer("bench")
    chosen = random.Random(1).sample(sorted(known), min(DECISIONS, len(known)))
    store.decide([rule("accept", who, now(), known, claims=(id_,)) for id_ in chosen])
    for slug, choice, words in (
        ("all", Choice(), ""),
        ("to-ukraine", Choice(recipients=("UA",)), ""),
        ("tanks", Choice(donors=("US", "DE")), "xe tăng"),
    ):
        topics.put(store, who, Topic(slug, slug, choice=choice, words=words))


def _of(kind: list[str], turn: int) -> str:
    return kind[turn % len(kind)]


def pages(ids: Ids) -> dict[str, Address]:
    """By name, the address asked for in each turn: another each time, where a page has many."""
    return {
        "start": lambda _: "/",
        "ledger": lambda _: "/ledger",
        "ledger, a later page": lambda turn: f"/ledger?page={turn + 2}",
        "ledger, donor": lambda turn: f"/ledger?donor={_of(DONORS, turn)}",
        "ledger, donor and recipient": lambda turn: f"/ledger?donor={_of(DONORS, turn)}&recipient={_of(RECIPIENTS, turn // 20)}",
        "ledger, type and class": lambda turn: f"/ledger?type=deliver&class={_of([cls for cls, _ in THINGS], turn)}",
        "ledger, state and span": lambda turn: f"/ledger?state=delivered&since=20{10 + turn % 20}-01-01&until=20{11 + turn % 20}-12-31",
        "ledger, largest": lambda turn: f"/ledger?sort=largest&payer={_of(DONORS, turn)}",
        "ledger, least sure": lambda turn: f"/ledger?sort=doubtful&donor={_of(DONORS, turn)}",
        "ledger, words": lambda turn: f"/ledger?q={_of(DONORS, turn)}+xe+tang+{turn}",
        "ledger, words with marks": lambda turn: f"/ledger?q={_of(DONORS, turn)}+xe+tăng+{turn}",
        "ledger, profile": lambda turn: f"/ledger?profile=delivered&currency=USD&recipient={_of(RECIPIENTS, turn)}",
        "ledger, kind of owner": lambda turn: f"/ledger?owner=unknown&donor={_of(DONORS, turn)}",
        "deal": lambda turn: f"/deal/{_of(ids.deals, turn)}",
        "article": lambda turn: f"/article/{_of(ids.articles, turn)}",
        "topics": lambda _: "/topics",
        "topic, the whole ledger": lambda turn: f"/topic/all?page={turn + 1}",
        "topic, by recipient": lambda turn: f"/topic/to-ukraine?page={turn + 1}",
        "topic, by words": lambda turn: f"/topic/tanks?page={turn + 1}",
        "feed, RSS": lambda turn: f"/topic/{_of(['all', 'to-ukraine', 'tanks'], turn)}/feed.xml",
        "feed, JSON": lambda turn: f"/topic/{_of(['all', 'to-ukraine', 'tanks'], turn)}/feed.json",
        "topic to paste": lambda turn: f"/topic/{_of(['to-ukraine', 'tanks'], turn)}/paste",
        "charts": lambda turn: f"/charts?profile={_of(['pledged', 'approved', 'delivered'], turn)}",
        "charts, donor": lambda turn: f"/charts?donor={_of(DONORS, turn)}",
        "chart as SVG": lambda turn: f"/charts/{_of(['donors', 'time', 'classes'], turn)}.svg",
        "people": lambda _: "/people",
        "person": lambda turn: f"/people/{_of([*VOICES[:4], *DONORS], turn)}",
        "overdue": lambda turn: f"/overdue?page={turn + 1}",
        "overdue, donor": lambda turn: f"/overdue?donor={_of(DONORS, turn)}",
        "compare": lambda turn: f"/compare?part={_of(['apart', 'both', 'ours', 'theirs'], turn)}",
        "review": lambda _: "/review",
        "review, a topic": lambda turn: f"/review?topic={_of(['conflict', 'repeat', 'claim'], turn)}",
        "review, second reader": lambda _: "/review?second=true",
        "agreement": lambda _: "/review/agreement",
        "decisions": lambda _: "/decisions",
        "audit": lambda _: "/audit",
        "sources": lambda _: "/sources",
        "corrections": lambda _: "/corrections",
        "about": lambda _: "/about",
        "report": lambda _: "/report",
    }


def answers(ids: Ids) -> dict[str, Address]:
    """The same of the API."""
    return {
        "API ledger": lambda turn: f"/api/v1/ledger?donor={_of(DONORS, turn)}",
        "API steps": lambda turn: f"/api/v1/steps?recipient={_of(RECIPIENTS, turn)}&limit=100",
        "API step": lambda turn: f"/api/v1/steps/{_of(ids.steps, turn)}",
        "API deals": lambda turn: f"/api/v1/deals?donor={_of(DONORS, turn)}",
        "API deal": lambda turn: f"/api/v1/deals/{_of(ids.deals, turn)}",
        "API claims": lambda turn: f"/api/v1/claims?type={_of(['commit', 'deliver', 'request'], turn)}",
        "API claim": lambda turn: f"/api/v1/claims/{_of(ids.claims, turn)}",
        "API articles": lambda turn: f"/api/v1/articles?outlet={turn % 4}",
        "API article": lambda turn: f"/api/v1/articles/{_of(ids.articles, turn)}",
        "API count": lambda turn: f"/api/v1/count?profile=delivered&by=recipient&donor={_of(DONORS, turn)}",
        "API overdue": lambda _: "/api/v1/overdue",
        "API topics": lambda _: "/api/v1/topics",
        "API topic": lambda _: "/api/v1/topics/tanks",
        "API people": lambda _: "/api/v1/people",
        "API person": lambda turn: f"/api/v1/people/{_of(DONORS, turn)}",
        "API sources": lambda _: "/api/v1/sources",
        "API decisions": lambda _: "/api/v1/decisions",
        "API health": lambda _: "/api/v1/health",
        "API description": lambda _: "/api/v1/openapi.json",
    }


def sentence(turn: int) -> str:
    donor, recipient, (_, words) = _of(DONORS, turn), _of(RECIPIENTS, turn // 20), THINGS[turn % len(THINGS)]
    return f"{name(donor, 'vi')} cam kết viện trợ {turn + 2} {words} cho {name(recipient, 'vi')}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--only", default="")
    parser.add_argument("--db", help="an empty PostgreSQL database to use instead of a file; or a ledger that was filled before")
    parser.add_argument("--rule", action="store_true", help="reject a claim at the end")
    given = parser.parse_args()
    rng, slow = random.Random(1), []
    with tempfile.TemporaryDirectory() as home:
        place = given.db or f"{home}/x.db"
        with Store(place) as store:
            if not store.count():
                fill(store, given.claims, dressed, ruled)
            links, ledger = store.projection()
            articles = rng.sample([article.id for article in store.articles()], given.times)
        deals, steps, claims = ([one.id for one in ledger.deals], [one.id for one in ledger.steps], [link.claim for link in links])
        ids = Ids(*(rng.sample(kind, given.times) for kind in (deals, steps, claims)), articles)
        app = create_app(Settings(place, reviewer="bench"))
        spent = time.process_time()
        warming.open_up(app.state.site, lambda said: print(f"  {time.process_time() - spent:5.1f} s of CPU: {said}", flush=True))
        with TestClient(app, headers={"accept-language": "vi"}) as browser:
            asking = {what: _getting(browser, address) for what, address in (pages(ids) | answers(ids)).items()} | _sending(browser)
            for what, ask in asking.items():
                if given.only in what and not _told(what, ask, given.times):
                    slow.append(what)
            if given.rule:
                _ruling(browser, app.state.site, links[0].claim, links[0].step)
    print(f"over {AIM} ms at the 95th percentile: {', '.join(slow) or 'none'}")


def _ruling(browser: TestClient, site: Site, claim: str, step: str) -> None:
    """Reject a claim, and wait for what follows."""
    page = browser.get(f"/deal/{step}").text
    fields = {"csrf": _csrf(page), "kind": "reject", "id": claim, "why": "bench", "back": f"/deal/{step}", "seen": 10**9}
    began = time.perf_counter()
    answer = browser.post("/decide", data=fields, follow_redirects=False)
    print(f"  a ruling: answered after {time.perf_counter() - began:.2f} s", flush=True)
    has = 'class="history"' in browser.get(answer.headers["location"]).text
    print(f"  its page after {time.perf_counter() - began:.2f} s, {'with' if has else 'without'} the ruling", flush=True)
    slowest = 0.0
    while not site.shelf.remaking.wait(1):
        asked = time.perf_counter()
        browser.get("/ledger")
        slowest = max(slowest, time.perf_counter() - asked)
    print(f"  the slowest page of the ledger meanwhile: {slowest:.2f} s")
    print(f"  deals made anew after {time.perf_counter() - began:.1f} s; {site.shelf.remaking.failed or 'nothing failed'}")


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', page)
    assert found
    return found[1]


def _getting(browser: TestClient, address: Address) -> Callable[[int], Any]:
    return lambda turn: browser.get(address(turn))


def _sending(browser: TestClient) -> dict[str, Callable[[int], Any]]:
    found = re.search(r'name="csrf" value="([^"]*)"', browser.get("/").text)
    assert found
    form = {"csrf": found[1]}
    return {
        "check a sentence": lambda turn: browser.post("/check", data={**form, "sentence": sentence(turn), "on": "2030-01-01"}),
        "line of a draft": lambda turn: browser.post(
            "/line", data={**form, "sentence": f"Tin mới\n\n{sentence(turn)}", "on": "2030-01-01"}
        ),
        "API check": lambda turn: browser.post("/api/v1/check", json={"sentence": sentence(turn), "on": "2030-01-01"}),
    }


def _told(what: str, ask: Callable[[int], Any], times: int) -> bool:
    """Measure a page; whether it is as fast as it should be."""
    spent = []
    for turn in range(times + 1):
        began = time.process_time()
        answer = ask(turn)
        spent.append((time.process_time() - began) * 1000)
        assert answer.status_code == 200, (what, turn, answer.status_code, answer.text[:300])
    first, later = spent[0], sorted(spent[1:])
    late = later[int(len(later) * 0.95)]
    print(f"  {what:32} first {first:7.0f}, median {statistics.median(later):7.1f}, 95th percentile {late:7.1f} ms", flush=True)
    return late < AIM


if __name__ == "__main__":
    main()
