"""When an article without a day of publication was written: the interval and the day that its evidence makes likeliest."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import accumulate, pairwise
from math import exp, log
from typing import TYPE_CHECKING

from vientro.model.mention import Dating
from vientro.reading.evidence import SIZE, Evidence, day_of, gather, last_day_told
from vientro.reading.text import fold
from vientro.reading.timeparts import Page
from vientro.reading.wordtimes import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

# How likely the true day is to lie in the interval: of texts that tell no day, and of those that do, whose tails are drawn by hand.
_MASS, _SHARP_MASS = 0.73, 0.97
# News at hand is mostly recent: all days of the last so many are as likely, one so many days before them a quarter as likely.
_RECENT, _AGEING, _STEP = 510, 600, 61
# Days less likely than the best by this log-weight do not count at all.
_DEPTH, _NEVER = 10.0, -1e6
# Nor do days at the ends of the interval by this one: they are against the evidence.
_EDGE = 4.5
# An interval that days told in the text fix opens so many days before and after: news may follow late.
_PAD = 1, 5
# Others reach so many days further where the evidence allows: months are a coarse measure.
_MARGIN = 20
# What a day of distance between neighbours of a list costs in log-weight.
_GAP = 0.02
_ORDER = Evidence((), "the order of the list")
# The place in a leap year of each day of the grid.
_YEAR_DAY = [(date(2024, day.month, day.day) - date(2024, 1, 1)).days for day in map(day_of, range(SIZE))]

# A run of equally likely days: its first day, the day after its last, and the log-weight of each.
Run = tuple[int, int, float]


def find_date(text: str) -> Dating | None:
    """When a text was written, None where nothing in it tells.

    A list of entries, newest first (a tag page), is dated entry by entry: the interval runs from the oldest entry to the
    newest, whose day is the best.
    """
    entries = _entries(text)
    if entries:
        datings = [dating for dating in find_dates(entries) if dating]
        oldest, newest = min(d.best for d in datings), max(d.best for d in datings)
        reasons = tuple(dict.fromkeys(reason for dating in datings for reason in dating.reasons))
        return Dating(_interval(oldest, newest), newest, (f"a list of {len(entries)} entries, newest first", *reasons))
    evidence = _evidence(text)
    return dated(evidence) if evidence else None


def dated(evidence: Sequence[Evidence]) -> Dating:
    """When a text with such evidence was written."""
    return _dating(_runs([_recent(), *evidence]), evidence)


def find_dates(entries: Sequence[str]) -> list[Dating | None]:
    """When each entry of a list was written, the newest first; all None where nothing in any of them tells.

    Every entry's own evidence counts, and that none is newer than the one before it (the likeliest such order of days).
    """
    proofs = [_evidence(entry, len(entries)) for entry in entries]
    if not any(proofs):
        return [None] * len(entries)
    weights = [_weights([*proof, *([] if place else [_recent()])]) for place, proof in enumerate(proofs)]
    down = _chain(weights)
    up = [list(reversed(row)) for row in reversed(_chain([list(reversed(row)) for row in reversed(weights)]))]
    return [
        _dating(
            [(day, day + 1, a + b - own) for day, (a, b, own) in enumerate(zip(*rows, strict=True))],
            [*proof, *([_ORDER] if len(entries) > 1 else [])],
        )
        for *rows, proof in zip(down, up, weights, proofs, strict=True)
    ]


def _chain(weights: list[list[float]]) -> list[list[float]]:
    """Of each entry and day, the log-weight of the best days of the entries up to it, none newer than the one before."""
    best: list[list[float]] = []
    for own in weights:
        if not best:
            best.append(own)
            continue
        reach, row = float("-inf"), [0.0] * SIZE
        before = best[-1]
        for day in range(SIZE - 1, -1, -1):
            reach = max(before[day], reach - _GAP)
            row[day] = own[day] + reach
        best.append(row)
    return best


def _dating(runs: list[Run], evidence: Sequence[Evidence]) -> Dating:
    first, last, best = _likeliest(runs, sharp=any(proof.yearly for proof in evidence))
    interval = _interval(day_of(first).isoformat(), day_of(last).isoformat())
    return Dating(interval, day_of(best).isoformat(), tuple(dict.fromkeys(proof.reason for proof in evidence)))


def _likeliest(runs: list[Run], *, sharp: bool) -> tuple[int, int, int]:
    """First and last day of the shortest row of runs that holds most of the chance, and the best day.

    Where days told in the text make some stand out that is the likeliest one (the last of equals), else the middle of the likeliest
    month.
    """
    top = max(weight for _, _, weight in runs)
    near = [(begin, after, weight) for begin, after, weight in runs if weight > top - _DEPTH]
    sums = [0.0, *accumulate((after - begin) * exp(weight - top) for begin, after, weight in near)]
    need = (_SHARP_MASS if sharp else _MASS) * sums[-1]
    low, high, end = 0, len(near) - 1, 0
    for place, (begin, _, _) in enumerate(near):
        while end < len(near) and sums[end + 1] - sums[place] < need:
            end += 1
        if end == len(near):
            break
        if near[end][1] - begin < near[high][1] - near[low][0]:
            low, high = place, end
    while low < high and near[low][2] < top - _EDGE:
        low += 1
    while high > low and near[high][2] < top - _EDGE:
        high -= 1
    begin, after = [(begin, after) for begin, after, weight in near if weight >= top - 0.05][-1]
    best = after - 1 if sharp else (begin + after - 1) // 2
    first, last = min(near[low][0], best), max(near[high][1] - 1, best)
    if sharp:
        return max(0, first - _PAD[0]), min(SIZE - 1, last + _PAD[1]), best
    possible = [(begin, after) for begin, after, weight in near if weight >= top - _EDGE]
    return _back(first, possible), _on(last, possible), best


def _back(first: int, possible: list[tuple[int, int]]) -> int:
    """Up to so many days before a day, no further than the possible days reach without a gap."""
    reach = first
    for begin, after in reversed(possible):
        if begin < reach <= after:
            reach = begin
    return max(reach, first - _MARGIN)


def _on(last: int, possible: list[tuple[int, int]]) -> int:
    """The same after a day."""
    reach = last
    for begin, after in possible:
        if begin <= reach + 1 < after:
            reach = after - 1
    return min(reach, last + _MARGIN)


def _entries(text: str) -> list[str]:
    """The lines of a list, [] where the text is none: days told in its lines step back in time, over three weeks or more."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not 6 <= len(lines) <= 400:
        return []
    days = [day for line in lines if (day := last_day_told(line)) is not None]
    steps = [(a - b) % 366 for a, b in pairwise(days)]
    back = sum(step for step in steps if step <= 120)
    return lines if len(days) >= 5 and back >= 20 and sum(step > 120 for step in steps) <= len(steps) // 8 else []


def _interval(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _evidence(text: str, entries: int = 1) -> list[Evidence]:
    """What a text tells of its day. The entries of a list are of the same time and words, which all of them together tell once."""
    page = Page.of(fold(text).text)
    words = spoken(page, 1 / entries)
    return [*gather(page), *([words] if words else [])]


@cache
def _recent() -> Evidence:
    """How likely a day is before anything is read, in steps of two months."""
    ages = {begin: max(0, SIZE - _RECENT - begin) / _AGEING for begin in range(0, SIZE, _STEP)}
    return Evidence(tuple((begin, min(SIZE, begin + _STEP) - 1, -2 * log(1 + age)) for begin, age in ages.items() if age), "")


def _runs(evidence: Sequence[Evidence]) -> list[Run]:
    """Runs of equally likely days by all evidence together, single days where it has weights of its own for each day of a year."""
    steps: dict[int, float] = {0: 0.0, SIZE: 0.0}
    for proof in evidence:
        for begin, end, weight in proof.pieces:
            steps[begin] = steps.get(begin, 0.0) + weight
            steps[end + 1] = steps.get(end + 1, 0.0) - weight
    days = sorted(steps)
    runs = [(begin, after, weight) for (begin, after), weight in zip(pairwise(days), accumulate(steps[day] for day in days), strict=False)]
    yearly = [proof.yearly for proof in evidence if proof.yearly]
    if not yearly:
        return runs
    top = max(weight for _, _, weight in runs)
    by_day = [sum(weights) for weights in zip(*yearly, strict=True)]
    return [
        (day, day + 1, weight + by_day[_YEAR_DAY[day]])
        for begin, after, weight in runs
        if weight > top - _DEPTH
        for day in range(begin, after)
    ]


def _weights(evidence: Sequence[Evidence]) -> list[float]:
    """The log-weight of each day by all evidence together."""
    out = [_NEVER] * SIZE
    for begin, after, weight in _runs(evidence):
        out[begin:after] = [weight] * (after - begin)
    return out
