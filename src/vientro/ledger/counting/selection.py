"""Which steps a profile sums, and by which rule each of the others stays out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vientro.ledger.counting.grades import OFFICIAL
from vientro.model.counting import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vientro.ledger.counting.profiles import Profile
    from vientro.model.counting import Entry, Level

NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is summed, what stands beside the sum, the totals of groups above it, and by rule the ids of what is out.

    `beside` and `above` are in `out` too. `parts` has the parts of each package that is summed, by its id.
    """

    counted: list[Entry] = field(default_factory=list)
    beside: list[Entry] = field(default_factory=list)
    above: list[Entry] = field(default_factory=list)
    out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))


def select(entries: Iterable[Entry], profile: Profile, *, official: bool = False) -> Selection:
    """One pass over the steps and one over the chains that are left: every step is counted, or out by one rule."""
    made = Selection()
    summed: list[Entry] = []
    listed: list[Entry] = []
    refuse, levels, beside = refusal(profile, official=official), frozenset(profile.levels), frozenset(profile.beside)
    for entry in entries:
        rule = refuse(entry)
        if rule:
            made.out[rule].append(entry.step)
            if rule == "D14":
                made.above.append(entry)
        elif entry.refund_of:
            made.counted.append(entry)
        elif entry.level in levels:
            summed.append(entry)
        elif entry.level in beside:
            listed.append(entry)
        else:
            made.out[_outside(entry, profile)].append(entry.step)
    made.counted.extend(_packages(_chains(summed, profile.levels, made), profile, made))
    begun = {entry.deal for entry in summed}
    made.out["D3"] += [entry.step for entry in listed if entry.deal in begun]
    made.beside.extend(_packages(_chains([entry for entry in listed if entry.deal not in begun], profile.beside, made), profile, made))
    for entry in made.beside:
        made.out[_outside(entry, profile)].append(entry.step)
    _through_channels(made, profile)
    return made


def refusal(profile: Profile, *, official: bool = False) -> Callable[[Entry], str | None]:
    """The rule by which a step is out of a profile whatever else its chain holds, as a function of the step."""
    strict, above = profile.evidence == "strict", profile.groups == "above"
    kinds, frames, modes = frozenset(profile.kinds), frozenset(profile.frames), frozenset(profile.modes)
    weak = frozenset(STRENGTHS[: STRENGTHS.index(profile.floor)])

    def rule(entry: Entry) -> str | None:
        if entry.barred:
            return entry.barred
        if entry.repeat:
            return "D5"
        if strict and entry.unconfirmed:
            return "Q5"
        if strict and entry.withdrawn:
            return "Q9"
        if official and entry.grade not in OFFICIAL:
            return "Q2"
        if entry.umbrella and (above or entry.inside):
            return "D14"
        if entry.frame not in frames:
            return "C7"
        if entry.kind not in kinds:
            return "C6"
        if (entry.mode or NOT_SAID) not in modes:
            return "P3" if entry.mode == "sale" else "A4"
        if entry.refund_of and not profile.refunds:
            return "D8"
        if entry.new_money == "no" and not profile.old_money:
            return "D13"
        if entry.strength in weak and not (entry.level in profile.beside or entry.level in profile.out):
            return "C12"
        return None

    return rule


def _outside(entry: Entry, profile: Profile) -> str:
    """The rule by which a level is out of a profile; a pledge that is too weak for any is out for that."""
    return profile.out.get(entry.level, "D3") if entry.level else "C10"


def _chains(held: Sequence[Entry], levels: Sequence[Level], made: Selection) -> list[Entry]:
    """Rule D3: of each chain the steps of one level, the first that has a figure."""
    place: dict[Level | None, int] = {level: number for number, level in enumerate(levels)}
    without = len(levels)
    firsts: dict[str, int] = {}
    for entry in held:
        rank = place[entry.level] if entry.value else place[entry.level] + without
        if rank < firsts.get(entry.deal, 2 * without):
            firsts[entry.deal] = rank
    kept, out = [], made.out["D3"]
    for entry in held:
        if place[entry.level] == firsts[entry.deal] % without:
            kept.append(entry)
        else:
            out.append(entry.step)
    return kept


def _packages(held: Sequence[Entry], profile: Profile, made: Selection) -> list[Entry]:
    """Rules D1 and D2: of each package the whole or its parts, in whichever deal they are."""
    inside = [entry for entry in held if entry.parent]
    if not inside:
        return list(held)
    kept = {entry.step: entry for entry in held}
    parts: dict[str, list[Entry]] = defaultdict(list)
    for entry in inside:
        if entry.parent and entry.parent in kept and entry.parent != entry.step:
            parts[entry.parent].append(entry)
    replaced = {id_ for id_, of_it in parts.items() if _by_parts(kept[id_], of_it, profile)}
    counted = []
    for entry in held:
        if entry.parent and _lies_inside(entry, kept, replaced):
            made.out["D1"].append(entry.step)
        elif entry.step in replaced:
            made.out["D2" if entry.value else "D1"].append(entry.step)
        else:
            counted.append(entry)
            if entry.step in parts:
                made.parts[entry.step] = parts[entry.step]
    return counted


def _by_parts(whole: Entry, parts: Sequence[Entry], profile: Profile) -> bool:
    """Whether the parts are summed instead of the whole: where that has no figure, or where they exceed it and the profile says so."""
    if whole.value is None:
        return any(part.value for part in parts)
    return profile.larger_parts and exceeds(whole, parts)


def exceeds(whole: Entry, parts: Sequence[Entry]) -> bool:
    """Rule D2: whether the parts come to more than the whole, all figures being preferred ones in one currency."""
    figures = [part.value.best for part in parts if part.value and part.value.best is not None and part.currency == whole.currency]
    return whole.value is not None and whole.value.high is not None and sum(figures) > whole.value.high


def _lies_inside(entry: Entry, kept: Mapping[str, Entry], replaced: set[str]) -> bool:
    """Whether a package that is summed holds a step; packages that hold each other hold nothing."""
    seen, parent = {entry.step}, entry.parent
    found = False
    while parent and parent in kept:
        if parent in seen:
            return False
        seen.add(parent)
        found = found or parent not in replaced
        parent = kept[parent].parent
    return found


def _through_channels(made: Selection, profile: Profile) -> None:
    """Rule D6: money that passes through a channel counts where it enters (payer), or where it leaves (channel, giver)."""
    onward = [entry for entry in made.counted if entry.funded_by]
    if not onward:
        return
    ids = {entry.step for entry in made.counted}
    if profile.donor == "payer":
        dropped = {entry.step for entry in onward if ids.intersection(entry.funded_by)}
    else:
        dropped = {id_ for entry in onward for id_ in entry.funded_by if id_ in ids}
    made.counted[:] = [entry for entry in made.counted if entry.step not in dropped]
    made.out["D6"] += sorted(dropped)
