"""How firm an act is and which level of its chain it stands on: strengths.tsv as a look-up (rules C1, C8, C9, C10, C12, C13)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from vientro.ledger.data import rows

if TYPE_CHECKING:
    from vientro.model.claim import Modality, Type
    from vientro.model.counting import Level, Strength
    from vientro.model.ledger import Step


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an act stands: no `level` where it is no support; `rule` says why it is in no total whatever the profile's floor."""

    level: Level | None
    strength: Strength
    rule: str | None = None


def standing(step: Step) -> Standing:
    """The level and strength of a step. What is alleged, denied or a habit stands nowhere (C10); a running total is no act (D4)."""
    if step.scope == "total":
        return Standing(None, "floated", "D4")
    if step.scope == "habit" or step.modality in ("alleged", "denied"):
        found = _standing(step.type, "actual", items=False)
        return Standing(None, "floated", found.rule or "C10")
    return _standing(step.type, step.modality, items=any(stock.count for stock in step.items))


@cache
def _standing(kind: Type, modality: Modality, *, items: bool) -> Standing:
    for row in rows("counting/strengths"):
        told = (not row["modality"] or modality in row["modality"].split("|")) and (not row["items"] or items)
        if kind in row["type"].split("|") and told:
            level, strength = row["level"] or None, row["strength"] or "floated"
            return Standing(cast("Level | None", level), cast("Strength", strength), row["rule"] or None)
    raise LookupError(f"strengths.tsv has no row for {kind}, {modality}")
