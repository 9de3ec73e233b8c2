"""What people ruled of steps beyond what a claim has slots for, as counting takes it (model/counting.Fact)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from vientro.model.counting import Fact
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vientro.ledger.decisions import Ruled
    from vientro.model.decision import Decision
    from vientro.model.ledger import Link

_STEPS = ("funded_by", "backfill_for", "refund_of", "revises")  # fields that name other steps: a decision names a claim of each
SLOTS = tuple(field.name for field in fields(Fact) if field.name not in ("step", "told", "parent"))


def facts(ruled: Ruled, links: Iterable[Link]) -> list[Fact]:
    """By step, in order of id, what stands ruled of it; where its claims were ruled on apart, the last ruling of each field."""
    step_of = {link.claim: link.step for link in links}
    of_step: dict[str, list[Decision]] = defaultdict(list)
    for claim, ruling in ruled.rulings.items():
        if claim in step_of:
            of_step[step_of[claim]] += [one for one in ruling.corrections if one.slot in SLOTS]
    found: dict[str, Fact] = {}
    for step, decisions in of_step.items():
        for decision in sorted(_each_once(decisions), key=lambda one: (one.at, one.id)):
            try:
                value = content(decision.slot or "", decision.value, step_of)
            except InputError:  # told as loose (decisions.apply)
                continue
            found[step] = replace(found.get(step, Fact(step)), **{decision.slot or "": value})
    for child, parent in ruled.parents.items():
        if child in step_of and parent in step_of and step_of[child] != step_of[parent]:
            found[step_of[child]] = replace(found.get(step_of[child], Fact(step_of[child])), parent=step_of[parent])
    for step in _told_apart(ruled, step_of):
        fact = found.get(step, Fact(step))
        found[step] = fact if fact.repeat is not None else replace(fact, repeat=False)
    return [found[step] for step in sorted(found)]


def _each_once(decisions: Iterable[Decision]) -> list[Decision]:
    """Each decision once: it may have been about several claims of the step."""
    return list({decision.id: decision for decision in decisions}.values())


def content(slot: str, value: object, step_of: Mapping[str, str]) -> Any:
    """What a field holds; claims become their steps. Raises InputError where the value is not of the field."""
    try:
        made = msgspec.convert(value, get_type_hints(Fact)[slot])
        replace(Fact(""), **{slot: made})
    except (msgspec.ValidationError, KeyError, ValueError) as error:
        raise InputError(f"slot {slot!r}", f"can't hold {value!r} ({error})", "docs/decisions.md says what each slot holds") from error
    if slot not in _STEPS or made is None:
        return made
    return step_of.get(made, made) if isinstance(made, str) else tuple(step_of.get(one, one) for one in made)


def _told_apart(ruled: Ruled, step_of: Mapping[str, str]) -> set[str]:
    """Steps that somebody said are another act than some other: they are no repeats (D5)."""
    return {step_of[claim] for claim, others in ruled.bonds.get("step", {}).items() if claim in step_of and not all(others.values())}
