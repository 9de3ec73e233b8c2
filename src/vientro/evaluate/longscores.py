"""How well promises and their outcomes are found to be of one deal."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from vientro.model.edtf import apart, interval

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from vientro.evaluate.longdeals import Key, LongDeals

    Pair = tuple[Key, Key]  # a promise and an outcome
    Days = tuple[date, date]

PROMISES = frozenset(("request", "commit", "approve", "procure"))
HANDED = frozenset(("deliver", "train"))
WITHHELD = frozenset(("suspend", "resume", "refuse", "decline", "block"))
_MONTH = 30  # days


def report(long: LongDeals, told: Mapping[Key, tuple[str, str]]) -> dict[str, Any]:
    """What `vientro eval` says of long deals, given the step and the deal that linking gave each claim.

    pairs: every promise with every outcome of one deal. outcomes: how many of those that name their promises stand in one deal with a
    claim of them. deal_b3, step_b3: B-cubed over all coded claims; deal_b3_shared over those of deals with more than one claim.
    """
    coded = {key: place.deal for key, place in long.places.items()}
    mine = {key: told[key][1] for key in coded}
    sizes = Counter(coded.values())
    both = (pairs(long, coded), pairs(long, mine))
    most = Counter(coded[promise] for promise, _ in both[0])
    largest = max(sorted(most), key=lambda deal: most[deal], default="")
    days = _days(long)
    kept: dict[str, Callable[[Pair], bool]] = {
        "handed over": lambda pair: long.claims[pair[1]].type in HANDED,
        "withheld, resumed": lambda pair: long.claims[pair[1]].type in WITHHELD,
        "all": lambda _: True,
        "of two documents": lambda pair: pair[0][0] != pair[1][0],
        "a month apart or more": lambda pair: _apart(days, *pair) >= _MONTH,
        "largest deal aside": lambda pair: largest not in (coded[pair[0]], coded[pair[1]]),
    }
    named = answers(long)
    return {
        "claims": len(coded),
        "documents": len({doc for doc, _ in coded}),
        "deals": len(sizes),
        "pairs": {name: agreement(set(filter(keep, both[0])), set(filter(keep, both[1]))) for name, keep in kept.items()},
        "outcomes": {"named": len(named), "found": sum(any(mine[key] == mine[one] for one in of) for key, of in named.items())},
        "deal_b3": b_cubed(coded, mine, coded),
        "deal_b3_shared": b_cubed(coded, mine, [key for key in coded if sizes[coded[key]] > 1]),
        "step_b3": b_cubed({key: place.step for key, place in long.places.items()}, {key: told[key][0] for key in coded}, coded),
    }


def pairs(long: LongDeals, deals: Mapping[Key, str], outcomes: Collection[str] = HANDED | WITHHELD) -> set[Pair]:
    """Every promise with every outcome of these types that stands in one deal with it."""
    members: dict[str, tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for key in long.places:
        kind = long.claims[key].type
        if kind in PROMISES:
            members[deals[key]][0].append(key)
        elif kind in outcomes:
            members[deals[key]][1].append(key)
    return {pair for promised, kept in members.values() for pair in product(promised, kept)}


def answers(long: LongDeals) -> dict[Key, list[Key]]:
    """Of each outcome that names promises the claims that tell of them."""
    by_step: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, place in long.places.items():
        by_step[place.deal, place.step].append(key)
    named = {key: [one for step in sorted(place.fulfils) for one in by_step[place.deal, step]] for key, place in long.places.items()}
    return {key: found for key, found in named.items() if found}


def agreement(coded: set[Pair], found: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs; 1 where there is nothing to find, or nothing was found."""
    right = len(coded & found)
    p = right / len(found) if found else 1.0
    r = right / len(coded) if coded else 1.0
    return {"coded": len(coded), "found": len(found), "p": p, "r": r, "f1": _f1(p, r)}


def b_cubed(coded: Mapping[Key, str], found: Mapping[Key, str], keys: Iterable[Key]) -> dict[str, float]:
    """B-cubed over these claims: of each claim how much of what it is put with belongs to it, and how much of what belongs is there."""
    groups: tuple[dict[str, set[Key]], dict[str, set[Key]]] = (defaultdict(set), defaultdict(set))
    for key in coded:
        groups[0][coded[key]].add(key)
        groups[1][found[key]].add(key)
    scored = [(groups[0][coded[key]], groups[1][found[key]]) for key in keys]
    p = sum(len(a & b) / len(b) for a, b in scored) / max(1, len(scored))
    r = sum(len(a & b) / len(a) for a, b in scored) / max(1, len(scored))
    return {"p": p, "r": r, "f1": _f1(p, r)}


def _f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def _days(long: LongDeals) -> dict[Key, Days]:
    """Of each claim the days that its act may fall on, as it tells them, else the day it was told."""
    told = {article.id: date.fromisoformat(article.published[:10]) for article in long.articles if article.published}
    found: dict[Key, Days] = {}
    for key in long.places:
        claim = long.claims[key]
        if days := interval(claim.date) if claim.date else None:
            found[key] = days
        elif day := told.get(claim.article_id):
            found[key] = (day, day)
    return found


def _apart(days: Mapping[Key, Days], one: Key, other: Key) -> int:
    return apart(days[one], days[other]) if one in days and other in days else 0
