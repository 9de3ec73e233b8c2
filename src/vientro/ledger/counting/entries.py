"""Steps as they are counted: what follows from a step, its claims and what was ruled on it, whatever the profile."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from vientro.ledger.counting import grades, parties
from vientro.ledger.counting.strength import standing
from vientro.ledger.data import rows
from vientro.ledger.rules import new_money, packages
from vientro.ledger.totals import over
from vientro.model.counting import Basis, Entry, Fact, Form
from vientro.model.ledger import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.ledger import Ledger, Step, Stock

_FLOATED = ("C1", "C12")  # what a ruling on the strength lifts


def entries(
    ledger: Ledger,
    claims: Mapping[str, Claim],
    articles: Mapping[str, Article],
    facts: Iterable[Fact] = (),
    withdrawn: Collection[str] = (),
) -> list[Entry]:
    """All steps of a ledger, in order of id. `facts` are laid over what was read, the later over the earlier; `withdrawn` are articles
    that their outlet took down."""
    ruled: dict[str, Fact] = {}
    for fact in facts:
        ruled[fact.step] = _over(ruled[fact.step], fact) if fact.step in ruled else fact
    of_step = {step.id: [claims[id_] for id_ in step.claims if id_ in claims] for step in ledger.steps}
    days = {
        step.id: sorted(filter(None, ((articles[one.article_id].published or "")[:10] for one in of_step[step.id])))
        for step in ledger.steps
    }
    told = {id_: (held[0], held[-1]) if held else ("", "") for id_, held in days.items()}
    inside = over(ledger.steps, told)
    parents = _parents(ledger.steps, of_step)
    made = []
    for step in ledger.steps:
        told_by = of_step[step.id]
        gone = bool(told_by) and all(claim.article_id in withdrawn for claim in told_by)
        entry = _entry(step, told_by, ruled.get(step.id, Fact(step.id)))
        entry = replace(entry, told=told[step.id][0] or None, withdrawn=gone, inside=step.id in inside)
        made.append(replace(entry, parent=entry.parent or parents.get(step.id)))
    return sorted(map(marked, _restated(_silent(made), ruled)), key=lambda entry: entry.step)


def _over(earlier: Fact, later: Fact) -> Fact:
    """Two rows on one step as one: what the later leaves open the earlier says."""
    plain = Fact(later.step)
    said = {field.name: getattr(later, field.name) for field in dataclasses.fields(Fact)}
    return dataclasses.replace(earlier, **{name: value for name, value in said.items() if value != getattr(plain, name) or name == "told"})


def marked(entry: Entry) -> Entry:
    """The entry with the rules that touch it wherever it is counted, beside those that marked its step already."""
    deed_and_receipt = {*entry.givers} & {*entry.voices} and {*entry.recipients} & {*entry.voices}
    touched = {
        "A4": entry.mode in ("loan", "guarantee", "swap", "sale"),
        "D6": entry.via or entry.funded_by,
        "D7": entry.payers == ("EU",),
        "D8": entry.refund_of,
        "D9": len(entry.payers) > 1,
        "D10": entry.kind == "group",
        "D12": entry.level == "delivery" and deed_and_receipt,  # delivered, says the one, and received, says the other
        "P1": entry.payers != entry.givers,
        "Q9": entry.withdrawn,
        "T2": entry.until or entry.schedule,
        "T3": entry.day is None,
        "T4": entry.per,
    }
    return replace(entry, flags=(*entry.flags, *(rule for rule, touches in touched.items() if touches and rule not in entry.flags)))


def _entry(step: Step, claims: Sequence[Claim], fact: Fact) -> Entry:
    stands = standing(step)
    payers, givers = fact.payers or parties.payers(step), fact.givers or parties.givers(step)
    first = step.sums[0] if step.sums else None
    purpose, form = _purpose(step), _form(step)
    told = {
        "strength": fact.strength,
        "form": fact.form,
        "basis": fact.basis,
        "new_money": fact.new_money,
        "payer": fact.payers,
        "purpose": step.support,
    }
    return Entry(
        step=step.id,
        deal=step.deal,
        barred=_barred(step, claims, fact) or (stands.rule if stands.rule not in _FLOATED or fact.strength in (None, "floated") else None),
        level=stands.level,
        strength=fact.strength or stands.strength,
        payers=payers,
        givers=givers,
        via=fact.via,
        recipients=step.recipients,
        kind=parties.kind(payers),
        frame=fact.frame or parties.frame(step),
        organ=fact.organ,
        classes=tuple(sorted({stock.cls for stock in step.items})),
        items=step.items,
        purpose=purpose,
        form=fact.form or form,
        mode=step.mode,
        basis=fact.basis or _basis(step),
        currency=first.currency if first else None,
        value=_value(step),
        per=first.per if first else None,
        day=step.date,
        until=step.horizon,
        new_money=fact.new_money or (new_money(claims) if "D13" in step.flags else None),
        parent=fact.parent,
        funded_by=fact.funded_by,
        refund_of=fact.refund_of,
        shares=fact.shares,
        schedule=fact.schedule,
        terms=fact.terms,
        grade=grades.best(claims),
        voices=grades.voices(claims),
        origins=step.origins,
        repeat="D5" in step.flags and fact.repeat is None,
        unconfirmed="Q5" in step.flags,
        umbrella="D14" in step.flags,
        flags=step.flags,
        derived=tuple(field for field, ruled in told.items() if not ruled),
    )  # fmt: skip


def _barred(step: Step, claims: Sequence[Claim], fact: Fact) -> str | None:
    """The rule that keeps a step of support out of every total."""
    if fact.revises:
        return "A8"
    if fact.backfill_for:
        return "P2"
    if fact.repeat:
        return "D5"
    if parties.permits(step, claims) if fact.permission is None else fact.permission:
        return "P4"
    if step.type == "deliver" and claims and all(claim.zone == "caption" for claim in claims):
        return "C11"
    return None


def _value(step: Step) -> Interval | None:
    """The preferred sum. What the sources dispute is as wide as what they say; a conversion (D15) is no second sum (Q3)."""
    if not step.sums:
        return None
    first = step.sums[0]
    if "disputed" not in step.causes:
        return first.value
    said = [one.value for one in step.sums if (one.currency, one.per) == (first.currency, first.per)]
    lows, highs = [one.low for one in said], [one.high for one in said]
    low = None if None in lows else min(cast("list[float]", lows))
    return Interval(low, first.value.best, None if None in highs else max(cast("list[float]", highs)))


def _basis(step: Step) -> Basis:
    """Rule A4: a loan or a guarantee is told at its face value."""
    return "face value" if step.mode in ("loan", "guarantee", "swap") else "stated"


def _purpose(step: Step) -> str | None:
    """Rule P6: what the words say; else what all its things are for."""
    if step.support:
        return step.support
    found = {_class(stock)["purpose"] for stock in step.items}
    return found.pop() or None if len(found) == 1 else None


def _form(step: Step) -> Form | None:
    """Rule P6: training is a service, things come in kind, a sum without things is cash."""
    if step.type == "train":
        return "service"
    found = {_class(stock)["form"] for stock in step.items}
    if found:
        return cast("Form", "in kind" if len(found) > 1 else found.pop())
    return "cash" if step.sums else None


def _class(stock: Stock) -> dict[str, str]:
    return _classes().get(stock.cls) or {"purpose": "", "form": "in kind"}


@cache
def _classes() -> dict[str, dict[str, str]]:
    return {row["class"]: row for row in rows("counting/classes")}


def _parents(steps: Sequence[Step], claims: Mapping[str, Sequence[Claim]]) -> dict[str, str]:
    """Rule D1: by step the package it is part of, the smallest where several may be."""
    deals: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if "D1" in step.flags:
            deals[step.deal].append(step)
    found: dict[str, str] = {}
    for held in deals.values():
        articles = {step.id: frozenset(claim.article_id for claim in claims[step.id]) for step in held}
        for whole, parts in sorted(packages(held, articles), key=lambda one: (len(one[1]), one[0].id)):
            for part in parts:
                found.setdefault(part.id, whole.id)
    return found


def _silent(made: Sequence[Entry]) -> list[Entry]:
    """Rule Q8: promises in deals of which no delivery is told."""
    came = {entry.deal for entry in made if entry.level == "delivery" and not entry.barred}
    return [replace(one, silent=True) if one.level and not one.barred and one.deal not in came else one for one in made]


def _restated(made: Sequence[Entry], ruled: Mapping[str, Fact]) -> list[Entry]:
    """Rule A8: a step whose value its donor restated has the new one; the old one stays beside it."""
    newer = {fact.revises: entry for entry in made if (fact := ruled.get(entry.step)) and fact.revises and entry.value}
    return [
        replace(one, value=new.value, currency=new.currency, was=one.value, flags=tuple(sorted({*one.flags, "A8"})))
        if (new := newer.get(one.step))
        else one
        for one in made
    ]
