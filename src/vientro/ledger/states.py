"""The life of a deal: what each step does to it, and the state it has reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from vientro.ledger.data import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from vientro.model.ledger import Interval, State, Step

Move = Literal["forward", "stop", "lift", "aside"]

_STAGES: tuple[State, ...] = ("requested", "weighed", "pledged", "approved", "ordered", "partly delivered", "delivered")
_WEIGHED = _STAGES.index("weighed")
_ASIDE: tuple[State, ...] = ("weighed", "talks", "opposed", "eased", "sanctioned")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step is to its deal."""

    state: State
    move: Move


@cache
def _table() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], Effect], ...]]:
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], Effect]]] = defaultdict(list)
    for row in rows("states"):
        effect = Effect(cast("State", row["state"]), cast("Move", row["move"]))
        for kind in row["type"].split("|"):
            for modality in row["modality"].split("|"):
                found[kind, modality].append((tuple(filter(None, row["words"].split("|"))), effect))
    return {key: tuple(value) for key, value in found.items()}


def effect(kind: str, modality: str, evidence: Sequence[str]) -> Effect | None:
    """What an act of this type and modality, told in these words, does to its deal; None where it does nothing."""
    texts = [text.lower() for text in evidence]
    for needed, found in _table().get((kind, modality), ()):
        if not needed or any(word in text for word in needed for text in texts):
            return found
    return None


def move_of(step: Step) -> Move | None:
    """How a step's state moves its deal."""
    if step.state is None:
        return None
    return next(
        (found.move for _, found in _table().get((step.type, step.modality), ()) if found.state == step.state),
        "forward" if step.state in _STAGES else "aside",
    )


def life(steps: Sequence[Step], days: Mapping[str, date]) -> tuple[State, Step] | None:
    """The state that steps in order of time lead to, and the step that brought it; None where none of them moves the deal.

    `days` has the first day of each step by its id, that of the telling where the act has none. What an adversary alone tells (Q5)
    counts only where nobody else tells anything that moves the deal. A stage reached is never lost to a lower one told later. What
    stops the deal holds until it is resumed, or until a step of a later day promises or delivers again; weighing anew ends a stop
    only where nothing had been promised.
    """
    confirmed = [step for step in steps if "Q5" not in step.flags]
    return _life(confirmed, days) or _life(steps, days)


def _life(steps: Sequence[Step], days: Mapping[str, date]) -> tuple[State, Step] | None:
    reached: tuple[State, Step] | None = None
    stopped: tuple[State, Step] | None = None
    aside: tuple[State, Step] | None = None
    for step in steps:
        state, move = step.state, move_of(step)
        if state is None:
            continue
        if move == "forward":
            stage = _STAGES.index(state)
            if reached is None or stage > _STAGES.index(reached[0]):
                reached = (state, step)
            lifts = stage > _WEIGHED or (stage == _WEIGHED and reached[0] == "weighed")
            if stopped and lifts and days[step.id] > days[stopped[1].id]:
                stopped = None
        elif move in ("stop", "lift"):
            stopped = (state, step)
        elif aside is None or _ASIDE.index(state) >= _ASIDE.index(aside[0]) or {state, aside[0]} == {"eased", "sanctioned"}:
            aside = (state, step)
    return stopped or reached or aside


def delivered(steps: Sequence[Step]) -> dict[str, State]:
    """By id of a step of deliveries: whether with it all that was to come has come, or only part: items by class and model, money by
    currency.

    The whole is what a delivery says it is part of, else the largest number that was promised, approved or ordered. What may be
    a repeat (D5) or is unconfirmed (Q5) adds nothing. A delivery without a number completes no deal that is known to be delivered in part.
    """
    whole: dict[tuple[str, str | None], float] = {}
    so_far: dict[tuple[str, str | None], float] = defaultdict(float)
    found: dict[str, State] = {}
    for step in steps:
        if not step.counts or "Q5" in step.flags or step.type not in ("commit", "approve", "procure", "deliver"):
            continue
        handed = step.state in ("delivered", "partly delivered")
        missing: list[bool] = []
        for kind, number, of in _numbers(step):
            if of:
                whole[kind] = max(of, whole.get(kind, 0.0))
            if handed:
                so_far[kind] += number if "D5" not in step.flags else 0.0
                if kind in whole and so_far[kind]:
                    missing.append(so_far[kind] < whole[kind])
            elif number:
                whole[kind] = max(number, whole.get(kind, 0.0))
        if handed and missing:
            found[step.id] = "partly delivered" if any(missing) else "delivered"
    return found


def _numbers(step: Step) -> list[tuple[tuple[str, str | None], float, float | None]]:
    """What a step is about, how much of it at least (0 where that is not told), and of what whole."""
    items = [((stock.cls, stock.model), _least(stock.count), stock.of) for stock in step.items]
    return items + [(("money", one.currency), _least(one.value), None) for one in step.sums[:1] if not one.per]


def _least(value: Interval | None) -> float:
    return (value.best or value.low or 0.0) if value else 0.0
