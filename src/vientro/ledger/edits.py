"""What an edit of an article did to its claims: which it took away, which it brought, and which say something else now. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.model.interchange import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.claim import Claim

SLOTS = (
    "type", "modality", "actors", "recipients", "addressees", "scope", "support", "mode", "items", "amounts", "date", "due", "horizon",
    "speaker",
)  # fmt: skip
_LEAST = 0.5  # of words and slots that a claim has in common with the one that it became
_MOST = 20_000  # pairs that are looked at: no story has so many claims


@dataclass(frozen=True, slots=True)
class Shift:
    """A claim before and after an edit, None where there is none; `slots` are those that say something else."""

    before: Claim | None
    after: Claim | None
    slots: tuple[str, ...] = ()


def shifts(old: Sequence[Claim], new: Sequence[Claim]) -> list[Shift]:
    """What became of the claims of a version in the one after it: those that changed, those that are lost, those that are new."""
    known: dict[str, list[Claim]] = {}
    for claim in old:
        known.setdefault(_said(claim), []).append(claim)
    came = []
    for claim in new:  # what says the same is not told, wherever it stands now
        same = known.get(_said(claim))
        if same:
            same.pop()
        else:
            came.append(claim)
    kept = {claim.id for claims in known.values() for claim in claims}
    left = [claim for claim in old if claim.id in kept]
    altered = _pairs(left, came) if len(left) * len(came) <= _MOST else {}
    changed = [Shift(left[i], came[k], _differing(left[i], came[k])) for k, i in sorted(altered.items())]
    lost = [Shift(claim, None) for i, claim in enumerate(left) if i not in altered.values()]
    return [*changed, *lost, *(Shift(None, claim) for k, claim in enumerate(came) if k not in altered)]


def _pairs(left: Sequence[Claim], came: Sequence[Claim]) -> dict[int, int]:
    """By claim that came the one that it was before: the likest first, each once."""
    bags = [[set(claim.evidence.lower().split()) for claim in claims] for claims in (left, came)]
    likely = [
        ((len(a & b) / max(len(a | b), 1) + 1 - len(_differing(left[i], came[k])) / len(SLOTS)) / 2, i, k)
        for i, a in enumerate(bags[0])
        for k, b in enumerate(bags[1])
        if left[i].type == came[k].type or left[i].trigger == came[k].trigger
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, i, k in sorted(likely, key=lambda pair: (-pair[0], *pair[1:])):
        if likeness >= _LEAST and i not in taken and k not in found:
            found[k] = i
            taken.add(i)
    return found


def _differing(old: Claim, new: Claim) -> tuple[str, ...]:
    before, after = encode(old), encode(new)
    return tuple(slot for slot in SLOTS if before[slot] != after[slot])


def _said(claim: Claim) -> str:
    row = encode(claim)
    return repr([row[slot] for slot in SLOTS])
