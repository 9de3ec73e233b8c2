"""What a new article costs the linker as the ledger grows: made claims, a steady stream over the years.

    bench/link_growth.py [--per-day N] [CLAIMS ...]        default 10, and 1000 10000

Prints for each size the mean CPU time to add one of the last hundred articles, in milliseconds. Claims are compared within windows of time
(link/blocks.py), the longest of 1,000 days: at ten claims a day, as four large outlets bring, the cost grows until 10,000 claims and
not beyond. `--per-day N` makes a denser stream, which costs more and flattens later.
"""
# ruff: noqa: T201, S311  it prints what it measured, and made claims need no secrets

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vientro.link import Index
from vientro.model.article import Article, Span
from vientro.model.claim import Claim, Count, Item, Money, Role
from vientro.model.ids import anchor, article_id

if TYPE_CHECKING:
    from vientro.model.claim import Type

PER_DAY, LINES_A_CLAIM = 10, 10  # claims a day; open lines of support for each of them
DONORS = ["US", "GB", "DE", "FR", "PL", "NO", "SE", "DK", "NL", "IT", "ES", "CA", "JP", "KR", "AU", "EU", "CN", "RU", "TR", "IN"]
RECIPIENTS = ["UA", "MD", "LB", "SD", "MM", "AF", "VN", "LA", "PH", "KH", "TW", "IL", "PS", "SY", "CU", "HT", "KE", "SO", "ML", "NE"]
THINGS = [("tank", "xe tăng"), ("radar", "radar"), ("food", "gạo"), ("medical", "thuốc"), ("uav", "UAV"), ("energy", "máy phát điện")]
LIFE: tuple[Type, ...] = ("request", "commit", "approve", "procure", "deliver", "suspend", "resume", "deliver")
START = date(2010, 1, 1)


@dataclass
class Line:
    """A line of support: who gives whom what, how far it is, and the words it is told in."""

    donor: str
    recipient: str
    thing: tuple[str, str]
    number: int
    amount: float
    words: str
    stage: int = 0


def stream(claims: int, seed: int = 1, per_day: int = PER_DAY) -> list[tuple[Article, Claim]]:
    """Claims in order of days. Lines of support go from a request to their deliveries, each act told by one to four outlets."""
    rng = random.Random(seed)
    made: list[tuple[Article, Claim]] = []
    lines: list[Line] = []
    while len(made) < claims:
        day = START + timedelta(days=len(made) // per_day)
        lines += [_line(rng) for _ in range(LINES_A_CLAIM * per_day - len(lines))]
        line = rng.choice(lines)
        act = _words(rng, 8)
        made += [_told(line, outlet, day, f"{act} {_words(rng, 12)}") for outlet in range(rng.randint(1, 4))]
        line.stage += 1
        if line.stage == len(LIFE):
            lines.remove(line)
    return made[:claims]


def _line(rng: random.Random) -> Line:
    thing = rng.choice(THINGS)
    return Line(rng.choice(DONORS), rng.choice(RECIPIENTS), thing, rng.randint(1, 50), rng.randint(1, 900) * 1e6, _words(rng, 4))


def _words(rng: random.Random, number: int) -> str:
    return " ".join(rng.choice("bcdghklmnprstvx") + rng.choice("aeiou") + rng.choice("cmnpt") for _ in range(number))


def _told(line: Line, outlet: int, day: date, words: str) -> tuple[Article, Claim]:
    kind = LIFE[line.stage]
    title = f"{line.donor} {line.recipient} {line.number} {line.thing[1]} {line.words}"
    text = f"{title}\n{words}"
    article = Article(article_id(str(outlet), None, title, text), title, str(outlet), None, day.isoformat(), "vi", title, text, ())
    span = Span(0, len(title))
    donor, recipient = (Role(line.donor),), (Role(line.recipient),)
    asks = kind == "request"
    claim = Claim(
        id=anchor(article.id, span, kind),
        article_id=article.id,
        type=kind,
        modality="actual",
        span=span,
        evidence=title,
        actors=recipient if asks else donor,
        recipients=recipient,
        addressees=donor if asks else (),
        items=(Item(line.thing[0], line.thing[1], span, None, Count(line.number)),),
        amounts=(Money(line.amount, "EUR", "exact", span),),
    )
    return article, claim


def main() -> None:
    given = sys.argv[1:]
    per_day = int(given[1]) if given[:1] == ["--per-day"] else PER_DAY
    for size in [int(word) for word in given[2 * (given[:1] == ["--per-day"]) :]] or [1000, 10000]:
        made = stream(size, per_day=per_day)
        index = Index()
        early = made[:-100]
        began = time.process_time()
        for start in range(0, len(early), 500):
            index.add([article for article, _ in early[start : start + 500]], [claim for _, claim in early[start : start + 500]])
        built = time.process_time() - began
        began = time.process_time()
        for article, claim in made[-100:]:
            index.add([article], [claim])
        spent = (time.process_time() - began) / 100
        print(f"{size:7} claims: {spent * 1000:7.1f} ms for a new article; {built:6.1f} s for all before it", flush=True)


if __name__ == "__main__":
    main()
