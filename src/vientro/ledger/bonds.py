"""What people ruled on which claims belong together: the same act or not, the same deal or not, inside of another or not."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.link.index import Bonds
    from vientro.link.weights import Level
    from vientro.model.decision import Decision


def bonds(stand: Sequence[Decision]) -> Bonds:
    """By level ("step" or "deal"), claim and other claim: whether they belong together.

    A merge joins each claim of one side with each of the other, a split parts them; `slot` "deal" means the deal, else it is the step.
    Where two decisions can't both be kept to the later one is: what the earlier says of these claims is left out.
    """
    found: dict[Level, dict[str, dict[str, bool]]] = {"step": defaultdict(dict), "deal": defaultdict(dict)}
    groups: dict[Level, dict[str, frozenset[str]]] = {"step": {}, "deal": {}}
    for decision in reversed(stand):
        if decision.kind not in ("merge", "split"):
            continue
        level: Level = "deal" if decision.slot == "deal" else "step"
        pairs, group = found[level], groups[level]
        for one, other in product(decision.claims, decision.others):
            if one == other:
                continue
            mine, theirs = group.get(one, frozenset({one})), group.get(other, frozenset({other}))
            if decision.kind == "split":
                if one not in theirs:
                    pairs[one][other] = pairs[other][one] = False
            elif not any(pairs.get(a, {}).get(b) is False for a, b in product(mine, theirs)):
                pairs[one][other] = pairs[other][one] = True
                group.update(dict.fromkeys(mine | theirs, mine | theirs))
    return {level: {claim: dict(others) for claim, others in pairs.items()} for level, pairs in found.items()}


def parents(stand: Sequence[Decision]) -> dict[str, str]:
    """By claim, one that it lies inside of: an item of a package, a member's share of a conference's sum (D1, D14)."""
    found: dict[str, str] = {}
    for decision in stand:
        if decision.kind == "link":
            found.update(dict.fromkeys(decision.claims, decision.others[0]))
        elif decision.kind == "unlink":
            for claim in decision.claims:
                found.pop(claim, None)
    return found
