"""Ids that last: a cluster that grew, shrank or merged keeps the id most of it had, and an id that is gone leads on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vientro.model.ids import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from vientro.model.ledger import Link


@dataclass(frozen=True, slots=True)
class Permanent:
    """Links under lasting ids. `merged` names, for each id that is gone, the id that most of its claims have now, None if none is left."""

    links: tuple[Link, ...]
    merged: Mapping[str, str | None]


def permanent(old: Sequence[Link], new: Sequence[Link], retired: Collection[str] = ()) -> Permanent:
    """`new` links under the ids of the `old` ones where a cluster is the same one, in the order of `new`.

    Where several clusters share claims, the pair that shares most is matched first, ties by id; an id is given once, and one
    that is `retired`, now or before, is never given again.
    """
    steps = _matched([(link.claim, link.step) for link in old], [(link.claim, link.step) for link in new], retired)
    deals = _matched([(link.claim, link.deal) for link in old], [(link.claim, link.deal) for link in new], retired)
    links = tuple(replace(link, step=steps[link.step], deal=deals[link.deal]) for link in new)
    merged = _merged(old, links)
    return Permanent(links, merged)


def _matched(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], retired: Collection[str]) -> dict[str, str]:
    """By id of a new cluster, its lasting id."""
    before = dict(old)
    shared = Counter((cluster, before[claim]) for claim, cluster in new if claim in before)
    names: dict[str, str] = {}
    given: set[str] = set()
    for (cluster, known), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0][1], item[0][0])):
        if cluster not in names and known not in given:
            names[cluster] = known
            given.add(known)
    taken = given | set(before.values()) | set(retired)
    for cluster in sorted({cluster for _, cluster in new} - names.keys()):
        names[cluster] = name = _free(cluster, taken)
        taken.add(name)
    return names


def _free(name: str, taken: Collection[str]) -> str:
    """The name itself, else one made of it that nothing has or had."""
    while name in taken:
        name = name[:2] + digest(name)
    return name


def _merged(old: Iterable[Link], links: Sequence[Link]) -> dict[str, str | None]:
    now = {link.claim: link for link in links}
    living = {id_ for link in links for id_ in (link.step, link.deal)}
    led: dict[str, Counter[str]] = {}
    for link in old:
        after = now.get(link.claim)
        for before, later in ((link.step, after and after.step), (link.deal, after and after.deal)):
            if before not in living:
                led.setdefault(before, Counter()).update([later] if later else [])
    return {gone: min(to, key=lambda id_: (-to[id_], id_)) if to else None for gone, to in sorted(led.items())}
