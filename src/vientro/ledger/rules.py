"""Counting rules that mark what they touch. Each has its id in CODEBOOK.md."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from vientro.lang.data import table
from vientro.ledger.data import rows
from vientro.ledger.sources import adversary_only
from vientro.model.edtf import apart, interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.model.claim import Claim
    from vientro.model.ledger import Interval, Step

_PROMISES = ("commit", "approve")
_DEEDS = ("commit", "approve", "procure", "deliver", "train")
_WINDOW, _WINDOW_OF_DEEDS = timedelta(days=90), timedelta(days=7)
_LOOK_BACK = 20  # earlier acts of the same figures that an act is held against
_GROUPS = {"WEST", "EUROPE", "ALLIES", "EU-STATES", "NATO-STATES", "G7", "G20"}


def of_step(step: Step, claims: Sequence[Claim]) -> set[str]:
    """The rules that a step touches by itself; `claims` are its claims."""
    found: set[str] = set()
    if step.type == "commit" and step.modality in ("possible", "conditional"):
        found.add("C1")
    if step.modality == "alleged" or step.scope == "habit":
        found.add("C10")
    if step.type in ("sanction", "ease") and step.sums:
        found.add("C13")
    if step.scope == "total":
        found.add("D4")
    if len({claim.article_id for claim in claims}) > step.origins:
        found.add("D11")
    if step.sums and step.type in _DEEDS and is_umbrella(step.actors):
        found.add("D14")
    if step.type in _DEEDS and (step.sums or step.items) and new_money(claims):
        found.add("D13")
    if "conversion" in step.causes:
        found.add("D15")
    if "disputed" in step.causes or {claim.modality for claim in claims} >= {"actual", "denied"}:
        found.add("Q3")
    if any(_open(one.value) for one in step.sums) or any(stock.count and _open(stock.count) for stock in step.items):
        found.add("A5")
    if step.mode == "sale":
        found.add("P3")
    if step.type in _DEEDS and not (step.actors and step.recipients):
        found.add("P5")
    if step.modality in ("actual", "planned") and adversary_only(claims):
        found.add("Q5")
    return found


def between(steps: Sequence[Step], articles: Mapping[str, frozenset[str]], told: Mapping[str, str]) -> dict[str, set[str]]:
    """The rules that steps of one deal touch through each other, by id of the step.

    `articles` has the articles of each step, `told` the day (ISO 8601) on which it was first told, "" where unknown; steps come
    in order of time.
    """
    found: dict[str, set[str]] = {step.id: set() for step in steps}
    counted = [step for step in steps if step.counts and step.type in _DEEDS]
    for earlier, later in combinations(counted, 2):
        if earlier.type == later.type and _parties_meet(earlier, later) and _told_again(earlier, later, told):
            found[later.id].add("D5")
        if _stage(earlier) != _stage(later) and _parties_meet(earlier, later) and _same_things(earlier, later):
            found[earlier.id].add("D3")
            found[later.id].add("D3")
    for whole, parts in packages(counted, articles):
        for step in (whole, *parts):
            found[step.id].add("D1")
        if sum(_least(part) for part in parts) > _most(whole):
            found[whole.id].add("D2")
    return found


def packages(steps: Sequence[Step], articles: Mapping[str, frozenset[str]]) -> list[tuple[Step, list[Step]]]:
    """Rule D1: of the promises of one deal those that may be a whole, each with the two or more that may lie inside it. They are told
    in one article, by the same givers."""
    promises = [step for step in steps if step.counts and step.type in _PROMISES]
    found = [(whole, [step for step in promises if articles[step.id] & articles[whole.id] and _part(step, whole)]) for whole in promises]
    return [(whole, parts) for whole, parts in found if len(parts) > 1]


def new_money(claims: Sequence[Claim]) -> Literal["no", "unclear"] | None:
    """Rule D13: what the words say of money that was promised before; None where they say nothing."""
    told = [claim.evidence.lower() for claim in claims]
    for row in rows("old_money"):
        if any(word in text for word in row["words"].split("|") for text in told):
            return "no" if row["new"] == "no" else "unclear"
    return None


def is_umbrella(actors: Sequence[str]) -> bool:
    """Rule D14: whether a group gives, named ("phương Tây") or only counted ("34 quốc gia"), whose members may pledge alone."""
    return any(actor in _GROUPS or _many().search(actor.lower()) for actor in actors)


def across(steps: Sequence[Step], told: Mapping[str, str]) -> set[str]:
    """Rule D5 over deals: the ids of steps that tell an earlier step of another deal again, by giver, recipient, type and sum or items."""
    held: dict[tuple[str, ...], list[Step]] = defaultdict(list)
    found: set[str] = set()
    for step in sorted(steps, key=lambda one: (one.date or told[one.id] or "~", one.id)):
        if not step.counts or step.type not in _DEEDS or is_umbrella(step.actors):
            continue
        keys = {
            (step.type, giver, party, *thing) for giver in step.actors for party in step.recipients for thing in _exactly(step)
        }  # two acts of the same exact figures, so that a ledger of any size is gone through once
        if any(one.deal != step.deal and _told_again(one, step, told) for key in keys for one in held[key]):
            found.add(step.id)
        for key in keys:
            held[key] = [*held[key], step][-_LOOK_BACK:]
    return found


def _exactly(step: Step) -> set[tuple[str, ...]]:
    sums: set[tuple[str, ...]] = {(one.currency, f"{one.value.best:.2g}") for one in step.sums if one.value.best}
    models: set[tuple[str, ...]] = {
        (stock.model, f"{stock.count.best:g}") for stock in step.items if stock.model and stock.count and stock.count.best
    }
    return sums or models


def _stage(step: Step) -> str:
    return "deliver" if step.type == "train" else step.type


def _same_things(a: Step, b: Step) -> bool:
    """Whether two steps could be summed twice: both have sums in one currency, or items of one class."""
    currencies = [{one.currency for one in step.sums} for step in (a, b)]
    return bool(currencies[0] & currencies[1] or {stock.cls for stock in a.items} & {stock.cls for stock in b.items})


@cache
def _many() -> re.Pattern[str]:
    """Words for a group whose members are not named: "34 quốc gia"."""
    words: dict[str, list[str]] = {"number": [], "noun": []}
    for row in table("vi", "unnamed_donors"):
        words[row["part"]] += map(re.escape, row["pattern"].split("|"))
    return re.compile(rf"\b(?:\d+|{'|'.join(words['number'])}) (?:{'|'.join(words['noun'])})\b")


def _open(value: Interval) -> bool:
    return value.best is None


def _parties_meet(a: Step, b: Step) -> bool:
    return bool(set(a.actors) & set(b.actors)) and (not a.recipients or not b.recipients or bool(set(a.recipients) & set(b.recipients)))


def _told_again(a: Step, b: Step, told: Mapping[str, str]) -> bool:
    """Rule D5: the same sum, or the same number of the same items, within the window: three months, and a week between
    deliveries that have each a day of their own, since two days apart are as often two batches."""
    window = _WINDOW_OF_DEEDS if a.date and b.date and a.type == "deliver" else _WINDOW
    days = [interval(step.date or told[step.id]) if step.date or told[step.id] else None for step in (a, b)]
    if days[0] and days[1] and apart(days[0], days[1]) > window.days:
        return False
    if a.sums and b.sums:
        return any(x.currency == y.currency and _fits(x.value, y.value) for x in a.sums for y in b.sums)
    counted = [(x, y) for x in a.items for y in b.items if x.count and y.count and (x.cls, x.model) == (y.cls, y.model)]
    return bool(counted) and all(x.count and y.count and x.of == y.of and _fits(x.count, y.count) for x, y in counted)


def _fits(a: Interval, b: Interval) -> bool:
    lows = [low for low in (a.low, b.low) if low is not None]
    highs = [high for high in (a.high, b.high) if high is not None]
    return not lows or not highs or max(lows) <= min(highs)


def _part(step: Step, whole: Step) -> bool:
    """Whether a step's sum may lie inside another's: the same givers, the same currency, and less."""
    return (
        step.id != whole.id
        and bool(step.sums and whole.sums)
        and bool(set(step.actors) & set(whole.actors))
        and step.sums[0].currency == whole.sums[0].currency
        and _most(step) < _least(whole)
    )


def _least(step: Step) -> float:
    value = step.sums[0].value
    return value.low if value.low is not None else value.best or 0.0


def _most(step: Step) -> float:
    value = step.sums[0].value
    return value.high if value.high is not None else float("inf") if value.best is None else value.best
