"""People who ruled differently on one thing without knowing of each other: both are kept, the later one stands, and it is told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vientro.model.decision import Decision

_VERDICTS = ("accept", "reject")
_PAIRS = {"merge": "same", "split": "apart"}


@dataclass(frozen=True, slots=True)
class Clash:
    """Two decisions of two people on one thing that differ; `about` is the claim, or the two claims, and `slot` what of it."""

    about: tuple[str, ...]
    slot: str
    earlier: Decision
    later: Decision


def clashes(stand: Sequence[Decision]) -> Iterator[Clash]:
    """Of decisions in order of time those that clash, until somebody who knows of both rules again. Each two decisions clash once."""
    told: dict[tuple[tuple[str, ...], str], list[tuple[Decision, str]]] = defaultdict(list)
    for decision in stand:
        for about, slot, answer in _answers(decision):
            told[about, slot].append((decision, answer))
    seen: set[tuple[str, str]] = set()
    for (about, slot), answers in told.items():
        for (earlier, first), (later, second) in combinations(answers, 2):
            if first == second or earlier.by == later.by or earlier.id in later.after or (earlier.id, later.id) in seen:
                continue
            if not any({earlier.id, later.id} <= set(one.after) for one, _ in answers):
                seen.add((earlier.id, later.id))
                yield Clash(about, slot, earlier, later)


def _answers(decision: Decision) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """What a decision says: of which claims, on which question, and the answer."""
    if decision.kind in _VERDICTS:
        for claim in decision.claims:
            yield (claim,), "accept", decision.kind
    elif decision.kind in ("correct", "add", "reword"):
        for claim in decision.claims:
            yield (claim,), decision.slot or decision.kind, msgspec.json.encode(decision.value, order="sorted").decode()
    elif decision.kind in ("link", "unlink"):
        for claim in decision.claims:
            yield (claim,), "parent", decision.others[0] if decision.kind == "link" else ""
    elif decision.kind in _PAIRS:
        for one, other in product(decision.claims, decision.others):
            yield tuple(sorted((one, other))), decision.slot or "step", _PAIRS[decision.kind]
