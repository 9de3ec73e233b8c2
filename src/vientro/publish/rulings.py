"""What people ruled, as a list: who, when, on what, why; and what needs another look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vientro.publish.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vientro.ledger.decisions import Ruled
    from vientro.model.decision import Decision


def record(decision: Decision) -> dict[str, Any]:
    """A decision for others: under the pseudonym where there is one, and without the name."""
    told: dict[str, Any] = msgspec.to_builtins(decision)
    told["by"] = who(decision)
    del told["shown_as"]
    return told


def who(decision: Decision) -> str:
    return decision.shown_as or decision.by


def records(found: Ruled, decisions: Sequence[Decision]) -> dict[str, Any]:
    """`{"decisions", "clashes", "loose", "reopened"}`, decisions by their ids in the last three."""
    return {
        "decisions": [record(one) for one in decisions],
        "clashes": [
            {"about": list(one.about), "slot": one.slot, "earlier": one.earlier.id, "later": one.later.id} for one in found.clashes
        ],
        "loose": [{"decision": one.decision.id, "why": one.why} for one in found.loose],
        "reopened": [{"decision": one.decision.id, "article": one.article, "now": one.now} for one in found.reopened],
    }


def text(found: Ruled, decisions: Sequence[Decision]) -> str:
    return "".join(f"{printable(row)}\n" for row in _rows(found, decisions))


def _rows(found: Ruled, decisions: Sequence[Decision]) -> Iterator[str]:
    for one in decisions:
        yield f"{one.at[:19]} {one.id} {who(one)}: {said(one)}{f' ({one.why})' if one.why else ''}"
    if not decisions:
        yield "Nobody has ruled on anything yet."
    for clash in found.clashes:
        yield f"! clash on {' and '.join(clash.about)}, {clash.slot}: {clash.earlier.id} and {clash.later.id}; the later stands"
    for loose in found.loose:
        yield f"! loose: {loose.decision.id}: {loose.why}"
    for one_again in found.reopened:
        now = f"changed to {one_again.now}" if one_again.now else "was withdrawn"
        yield f"! reopened: {one_again.decision.id}: its article {one_again.article} {now}"


def said(one: Decision) -> str:
    """What a decision says, in a line."""
    about = " ".join(one.claims)
    if one.kind == "undo":
        return f"undo {one.value}"
    if one.kind == "row":
        return f"row {about}"
    if one.others:
        return f"{one.kind} {about} | {' '.join(one.others)}{' (deals)' if one.slot == 'deal' else ''}"
    return f"{one.kind} {about}" + (f" {one.slot} = {msgspec.json.encode(one.value).decode()}" if one.slot else "")
