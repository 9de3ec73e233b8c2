"""What changed between two states of a ledger, and because of which articles and decisions (rules T6, Q4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Ledger, Step

What = Literal["new", "gone", "merged", "changed", "state"]

# Fields whose change is told; claims, origins, speakers and outlets say who tells of an act, and not what it is.
_TOLD = (
    "deal", "type", "modality", "scope", "actors", "recipients", "addressees", "support", "mode", "items", "sums", "date", "due", "horizon",
    "counts", "flags",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise than before: a step that is new, gone, merged into another or has another content in `field`, or a deal
    in another state (`step` is then None).

    `old` and `new` are plain values, None for nothing. `articles` are those whose claims came to the step or left it, `decisions` those
    on its claims that were not yet made before; both are empty where what else is in the ledger made the difference.
    """

    what: What
    deal: str | None
    step: str | None
    field: str | None = None
    old: Any = None
    new: Any = None
    articles: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


def changes(before: Ledger, after: Ledger, claims: Mapping[str, Claim], decisions: Iterable[Decision] = ()) -> list[Change]:
    """From one ledger to a later one, in order of step and deal. `claims` has those of both, `decisions` those made between the two.

    A step is the same as before where it holds most of the claims that it held, whatever it is called.
    """
    made = list(decisions)
    held = {step.id: step for step in before.steps}
    heir = _heirs(before.steps, after.steps)
    came_from: dict[str, list[str]] = defaultdict(list)
    for old, new in heir.items():
        came_from[new].append(old)
    found: list[Change] = []
    for step in after.steps:
        olds = sorted(came_from.get(step.id, ()), key=lambda id_: (-len(set(held[id_].claims) & set(step.claims)), id_))
        if not olds:
            found.append(_change("new", step, (), step.claims, claims, made, new=_brief(step)))
            continue
        first = held[olds[0]]
        moved = set(first.claims) ^ set(step.claims)
        found += [
            _change("changed", step, moved, (*first.claims, *step.claims), claims, made, field=name, old=old, new=new)
            for name, old, new in _differences(first, step)
        ]
        for other in olds[1:]:
            gone = held[other]
            found.append(_change("merged", gone, gone.claims, (*gone.claims, *step.claims), claims, made, old=gone.id, new=step.id))
    found += [
        _change("gone", step, step.claims, step.claims, claims, made, old=_brief(step)) for step in before.steps if step.id not in heir
    ]
    return [*sorted(found, key=lambda change: (change.step or "", change.what, change.field or "")), *_states(before, after, found)]


def _heirs(before: Sequence[Step], after: Sequence[Step]) -> dict[str, str]:
    """By step of before the step of after that holds most of its claims."""
    now = {claim: step.id for step in after for claim in step.claims}
    found = {}
    for step in before:
        counted = Counter(now[claim] for claim in step.claims if claim in now)
        if counted:
            found[step.id] = min(counted, key=lambda id_: (-counted[id_], id_ != step.id, id_))
    return found


def _differences(old: Step, new: Step) -> list[tuple[str, Any, Any]]:
    pairs = [(name, _plain(name, getattr(old, name)), _plain(name, getattr(new, name))) for name in _TOLD]
    return [(name, a, b) for name, a, b in pairs if a != b]


def _plain(name: str, value: Any) -> Any:
    """The value without who tells it: that another article tells the same sum is no change of the sum."""
    if name == "sums":
        return [{"currency": one.currency, "value": msgspec.to_builtins(one.value), "per": one.per} for one in value]
    return msgspec.to_builtins(value)


def _brief(step: Step) -> dict[str, Any]:
    """What a step says, without what it leaves open."""
    told = {name: _plain(name, getattr(step, name)) for name in _TOLD}
    return {name: value for name, value in told.items() if value not in (None, [], ())}


def _change(
    what: What, step: Step, moved: Collection[str], about: Iterable[str], claims: Mapping[str, Claim], made: Sequence[Decision], **more: Any
) -> Change:
    articles = tuple(
        dict.fromkeys(claims[id_].article_id for id_ in sorted(moved or (step.claims if what == "new" else ())) if id_ in claims)
    )
    concerned = set(about)
    ruled = tuple(one for one in made if concerned & {*one.claims, *one.others})
    return Change(what, step.deal, step.id, articles=articles, decisions=ruled, **more)


def _states(before: Ledger, after: Ledger, found: Sequence[Change]) -> list[Change]:
    """Deals that have reached another state, with what changed in their steps as the cause."""
    was = {deal.id: deal.state for deal in before.deals}
    because: dict[str | None, list[Change]] = defaultdict(list)
    for change in found:
        because[change.deal].append(change)
    states = []
    for deal in after.deals:
        if deal.id in was and was[deal.id] != deal.state:
            articles = tuple(dict.fromkeys(article for change in because[deal.id] for article in change.articles))
            ruled = {one.id: one for change in because[deal.id] for one in change.decisions}
            states.append(Change("state", deal.id, None, "state", was[deal.id], deal.state, articles, tuple(ruled.values())))
    return states
