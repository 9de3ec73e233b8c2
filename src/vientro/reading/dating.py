"""When an article without a day of publication was written: the interval and the day that its evidence makes likeliest."""

from __future__ import annotations

from datetime import date
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from vientro.model.mention import Dating
from vientro.reading.evidence import SIZE, Evidence, day_of, gather, last_day_told
from vientro.reading.lexicon import lower
from vientro.reading.text import fold
from vientro.reading.timeparts import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

# Days that are less likely than the best one by this log-weight are out of the interval.
_DEPTH = 2.4
# An interval that days told in the text fix opens so many days before and after: news may follow late.
_PAD = 1, 5
# What a day of distance between neighbours of a list costs in log-weight.
_GAP = 0.02
_ORDER = Evidence((), "the order of the list")
_YEAR_DAY = [(date(2024, day.month, day.day) - date(2024, 1, 1)).days for day in map(day_of, range(SIZE))]


def find_date(text: str) -> Dating | None:
    """When a text was written, None where nothing in it tells.

    A list of entries, newest first (a tag page), is dated entry by entry: the interval runs from the oldest entry to the
    newest, whose day is the best.
    """
    entries = _entries(text)
    if entries:
        dated = [dating for dating in find_dates(entries) if dating]
        oldest, newest = min(d.best for d in dated), max(d.best for d in dated)
        reasons = tuple(dict.fromkeys(reason for dating in dated for reason in dating.reasons))
        return Dating(_interval(oldest, newest), newest, (f"a list of {len(entries)} entries, newest first", *reasons))
    evidence = _evidence(text)
    return _dating(_weights(evidence), evidence) if evidence else None


def find_dates(entries: Sequence[str]) -> list[Dating | None]:
    """When each entry of a list was written, the newest first; all None where nothing in any of them tells.

    Every entry's own evidence counts, and that none is newer than the one before it (the likeliest such order of days).
    """
    proofs = [_evidence(entry) for entry in entries]
    if not any(proofs):
        return [None] * len(entries)
    weights = [_weights(proof) for proof in proofs]
    down = _chain(weights)
    up = [list(reversed(row)) for row in reversed(_chain([list(reversed(row)) for row in reversed(weights)]))]
    return [
        _dating([a + b - own for a, b, own in zip(*rows, strict=True)], [*proof, *([_ORDER] if len(entries) > 1 else [])])
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


def _dating(weights: list[float], evidence: Sequence[Evidence]) -> Dating:
    first, last, best = _likeliest(weights, sharp=any(proof.yearly for proof in evidence))
    interval = _interval(day_of(first).isoformat(), day_of(last).isoformat())
    return Dating(interval, day_of(best).isoformat(), tuple(dict.fromkeys(proof.reason for proof in evidence)))


def _likeliest(weights: list[float], *, sharp: bool) -> tuple[int, int, int]:
    """First and last of the days that are nearly as likely as the best one, and the best one.

    Of equally likely days that is the last where days told in the text make some stand out, else the middle one.
    """
    top = max(weights)
    near = [day for day, weight in enumerate(weights) if weight >= top - _DEPTH]
    best = [day for day in near if weights[day] >= top - 0.05]
    if sharp:
        return max(0, near[0] - _PAD[0]), min(SIZE - 1, near[-1] + _PAD[1]), best[-1]
    return near[0], near[-1], best[len(best) // 2]


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


def _evidence(text: str) -> list[Evidence]:
    folded = fold(text).text
    return gather(Page(folded, lower(folded), None))


def _weights(evidence: Sequence[Evidence]) -> list[float]:
    """The log-weight of each day by all evidence together."""
    steps = [0.0] * (SIZE + 1)
    for proof in evidence:
        for begin, end, weight in proof.pieces:
            steps[begin] += weight
            steps[end + 1] -= weight
    total = list(accumulate(steps[:SIZE]))
    for proof in evidence:
        if proof.yearly:
            yearly = proof.yearly
            total = [weight + yearly[number] for weight, number in zip(total, _YEAR_DAY, strict=True)]
    return total
