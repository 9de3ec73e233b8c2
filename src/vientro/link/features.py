"""What two claims have in common and where they differ: the columns of weights.tsv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.link.compare import counts_agree, kindred, relation, sums_agree
from vientro.link.rarity import alike
from vientro.model.edtf import apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vientro.link.profile import Profile

Features = dict[str, float]

_CERTAINTY = {"actual": 0, "planned": 1, "possible": 2, "conditional": 2, "alleged": 3, "denied": 4}
_SHARED = ("same", "overlap")
_GAPS = ((1, 1), (2, 3), (4, 7), (8, 14), (15, 30), (31, None))


def features(a: Profile, b: Profile, with_a: Sequence[Profile] = (), with_b: Sequence[Profile] = ()) -> Features:
    """The features of a pair that are not 0. `with_a` and `with_b` are the other claims of each one's story."""
    return {name: value for name, value in _all(a, b, with_a, with_b) if value}


def _all(a: Profile, b: Profile, with_a: Sequence[Profile], with_b: Sequence[Profile]) -> Iterator[tuple[str, float]]:
    yield from _kind(a, b)
    yield from _parties(a, b)
    yield from _things(a, b)
    yield from _times(a, b)
    yield from _voices(a, b)
    yield "sentence words", alike(a.sentence, b.sentence)
    yield "evidence words", alike(a.evidence, b.evidence)
    if a.story == b.story:
        yield "one story", 1.0
        yield "one story, one type", a.type == b.type
        return
    yield "head words", alike(a.head, b.head)
    yield "actors named around", len(a.around & b.around) / max(1, len(a.around | b.around))
    if with_a or with_b:
        near = _nearness(a, b)
        yield "a nearer claim beside", any(_nearness(x, b) > near for x in with_a) or any(_nearness(a, x) > near for x in with_b)


def _kind(a: Profile, b: Profile) -> Iterator[tuple[str, float]]:
    yield "type same", a.type == b.type
    yield "type of one family", a.type != b.type and a.family == b.family
    yield "type of another family", a.family != b.family
    yield "sanction and support", (a.family == "sanction") != (b.family == "sanction")
    yield "both sanctions", a.family == b.family == "sanction"
    yield "both talks", a.family == b.family == "talk"
    if a.modality != b.modality:
        far = abs(_CERTAINTY[a.modality] - _CERTAINTY[b.modality]) > 1
        yield ("modality far" if far else "modality near"), 1.0
    if a.round or b.round:
        yield ("round one-sided" if not (a.round and b.round) else "round same" if a.round == b.round else "round differs"), 1.0


def _parties(a: Profile, b: Profile) -> Iterator[tuple[str, float]]:
    talks = a.family == b.family == "talk"
    actors, givers, targets = relation(a.actors, b.actors), relation(a.givers, b.givers), relation(a.targets, b.targets)
    if a.type == b.type:
        yield f"actors {actors}", 1.0
    if not talks:
        yield f"giver {givers}", 1.0
        yield f"target {targets}", 1.0
        yield "line same", givers in _SHARED and targets in _SHARED
    core = a.type == b.type and actors in _SHARED and (talks or targets in _SHARED)
    yield "core same", core
    yield "core and modality same", core and a.modality == b.modality
    yield "target words", len(a.target_words & b.target_words) / max(1, len(a.target_words | b.target_words))


def _things(a: Profile, b: Profile) -> Iterator[tuple[str, float]]:
    models = kindred(a.models, b.models)
    if a.models or b.models:
        yield f"model {models}", 1.0
    if models not in _SHARED:
        yield f"class {relation(a.classes, b.classes)}", 1.0
    sums, counts = sums_agree(a.sums, b.sums), counts_agree(a.counts, b.counts)
    if sums is not None:
        yield ("amount same" if sums else "amount differs"), 1.0
    if counts is not None:
        yield ("quantity same" if counts else "quantity differs"), 1.0


def _times(a: Profile, b: Profile) -> Iterator[tuple[str, float]]:
    if a.days is None or b.days is None:
        yield "undated", a.article != b.article
        return
    gap = apart(a.days, b.days)
    if a.told and b.told:
        yield ("day agrees" if gap <= 1 else "day differs"), 1.0
    elif a.told or b.told:
        yield ("day fits" if gap <= 1 else "day far"), 1.0
    for first, last in _GAPS:
        yield f"gap {first}-{last}" if last else f"gap {first}+", gap >= first and (last is None or gap <= last)
    if a.type == b.type and (a.saying or b.saying):
        yield "saying, gap 2+", gap >= 2
        yield "saying, gap 4+", gap >= 4


def _voices(a: Profile, b: Profile) -> Iterator[tuple[str, float]]:
    if not (a.speaker or b.speaker):
        return
    if not (a.speaker and b.speaker):
        yield "speaker one-sided", 1.0
        return
    said = "speaker same" if set(a.speaker) <= set(b.speaker) or set(b.speaker) <= set(a.speaker) else "speaker differs"
    yield said, 1.0
    if a.type == b.type and (a.saying or b.saying):
        yield f"saying, {said}", 1.0


def _nearness(a: Profile, b: Profile) -> int:
    """How well two claims agree in their slots: to tell which claim of a story is told again by which claim of another."""
    return (
        3 * (a.type == b.type)
        + 2 * bool(a.actors & b.actors)
        + 2 * bool(a.targets & b.targets)
        + (a.modality == b.modality)
        + (a.classes == b.classes)
        + (a.models == b.models)
        + bool(a.speaker and a.speaker == b.speaker)
    )
