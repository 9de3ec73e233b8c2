"""How far two people agree who ruled on the same claims without knowing of each other's answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from vientro.ledger.decisions import SLOTS, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.model.decision import Decision

_AS_READ = "as read"


@dataclass(frozen=True, slots=True)
class Agreement:
    """On one slot, or on the verdict: how many claims both ruled on, and on how many they said the same.

    `kappa` is Cohen's: the agreement beyond what chance gives, None where both always said one thing, or where nothing was ruled.
    """

    first: str
    second: str
    slot: str
    claims: int
    same: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        return self.same / self.claims if self.claims else None


def agreement(decisions: Iterable[Decision]) -> list[Agreement]:
    """For each two reviewers with a claim in common: the verdict first, then the slots that one of them corrected.

    A slot that somebody did not correct in a claim that they did not reject is told as read. Who knew of the other's answer is left out.
    """
    stand = standing(decisions)
    told: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for decision in stand:
        if decision.kind in ("accept", "reject", "correct"):
            for claim in decision.claims:
                told[decision.by][claim].append(decision)
    found = []
    for first, second in combinations(sorted(told), 2):
        both = [
            (told[first][claim], told[second][claim])
            for claim in sorted(set(told[first]) & set(told[second]))
            if _blind(told[first][claim], told[second][claim])
        ]
        if not both:
            continue
        found.append(_agreement(first, second, "verdict", [(_verdict(one), _verdict(other)) for one, other in both]))
        kept = [pair for pair in both if "reject" not in map(_verdict, pair)]
        for slot in SLOTS:
            answers = [(_content(one, slot), _content(other, slot)) for one, other in kept]
            if any(content != _AS_READ for pair in answers for content in pair):
                found.append(_agreement(first, second, slot, answers))
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of answers (Cohen 1960); None where chance alone would give full agreement, or there are no pairs."""
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[answer] * second[answer] for answer in first) / len(pairs) ** 2
    return (observed - chance) / (1 - chance) if chance < 1 else None


def _agreement(first: str, second: str, slot: str, pairs: Sequence[tuple[str, str]]) -> Agreement:
    return Agreement(first, second, slot, len(pairs), sum(one == other for one, other in pairs), kappa(pairs))


def _blind(one: Sequence[Decision], other: Sequence[Decision]) -> bool:
    mine, theirs = {decision.id for decision in one}, {decision.id for decision in other}
    return not any(set(decision.after) & theirs for decision in one) and not any(set(decision.after) & mine for decision in other)


def _verdict(decisions: Sequence[Decision]) -> str:
    """The last verdict; who corrects a claim takes it for one."""
    return next((one.kind for one in reversed(decisions) if one.kind in ("accept", "reject")), "accept")


def _content(decisions: Sequence[Decision], slot: str) -> str:
    last = next((one for one in reversed(decisions) if one.kind == "correct" and one.slot == slot), None)
    return msgspec.json.encode(last.value, order="sorted").decode() if last else _AS_READ
