"""What is linked in several runs, each with nothing but what the last one kept, is linked as all at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from made import article, claim, item, money
from vientro.link import Index, link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vientro.link.blocks import Key
    from vientro.link.memory import Change, Of, Place, Sketch
    from vientro.model.article import Article
    from vientro.model.claim import Claim

GIVERS = [("Na Uy", "NO"), ("Đức", "DE")]
ACTS = [("cam kết", "commit", "planned"), ("đã giao", "deliver", "actual"), ("tạm dừng giao", "suspend", "actual")]
MORE = "Hai bên còn bàn việc đào tạo kíp lái, bảo trì đài và mở một kho phụ tùng gần biên giới trong năm tới."


class Held:
    """A memory in dictionaries."""

    def __init__(self) -> None:
        self.held: dict[str, Place] = {}
        self.keys: dict[str, list[tuple[int | None, Key]]] = {}
        self.stories: dict[str, Sketch] = {}
        self.alike: dict[str, tuple[str, ...]] = {}

    def places(self, of: Of, name: str) -> Iterable[Place]:
        return [one for one in self.held.values() if getattr(one, of) == name]

    def near(self, key: Key, first: int | None, last: int | None) -> Iterable[str]:
        return [claim for claim, filed in self.keys.items() for day, of in filed if of == key and within(day, first, last)]

    def sketches(self, first: int | None, last: int | None) -> Iterable[Sketch]:
        return [one for one in self.stories.values() if within(one.day, first, last)]

    def copies(self, article: str) -> Iterable[str]:
        return self.alike.get(article, ())

    def keep(self, change: Change) -> None:
        for id_ in change.claims:
            self.keys.pop(id_, None)
        for id_ in change.lost:
            self.held.pop(id_, None)
        for id_ in change.articles:
            self.stories.pop(id_, None)
            self.alike.pop(id_, None)
        for id_, day, key in change.keys:
            self.keys.setdefault(id_, []).append((day, key))
        self.held.update((one.claim, one) for one in change.places)
        self.stories.update((one.article, one) for one in change.sketches)
        self.alike.update(change.copies)


def within(day: int | None, first: int | None, last: int | None) -> bool:
    return first is None or last is None or day is None or first <= day <= last


def world() -> list[tuple[Article, list[Claim]]]:
    """Two givers, three acts of each told by two outlets, near-copies of some, a story without a day, one with two claims."""
    told: list[tuple[Article, list[Claim]]] = []
    for g, (giver, code) in enumerate(GIVERS):
        for a, (verb, kind, modality) in enumerate(ACTS):
            for outlet, number_ in (("Báo A", 8), ("Báo B", 7), ("Báo C", 8)):
                text = f"{giver} {verb} {number_} radar cho Moldova\n{MORE if outlet != 'Báo B' else ''} Tin ngày {g + a}."
                made = article(text, None if (g, a, outlet) == (1, 1, "Báo B") else f"2024-0{a + 3}-1{g}", outlet)
                slots = {"actors": code, "recipients": "MD", "modality": modality, "items": (item("radar", "radar", value=number_),)}
                one = claim(made, kind, speaker="Maia Sandu" if outlet == "Báo A" else None, amounts=(money(number_ * 1e6),), **slots)
                told.append((made, [one]))
    return told


WORLD = world()


def changed(told: tuple[Article, list[Claim]], how: int) -> tuple[Article, list[Claim]] | None:
    """The article as another run finds it: gone, without its claims, with another sum, on another day, without a speaker."""
    made, claims = told
    if how == 0:
        return None
    if how == 1:
        return made, []
    if how == 2:
        return made, [replace(one, amounts=(money(99e6),), type="request") for one in claims]
    if how == 3:
        return replace(made, published=None if made.published else "2024-03-01"), claims
    return made, [replace(one, speaker=None) for one in claims]


RUNS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, len(WORLD) - 1), st.integers(0, 5), max_size=6),
        st.dictionaries(st.tuples(st.integers(0, len(WORLD) - 1), st.integers(0, len(WORLD) - 1)), st.booleans(), max_size=1),
    ),
    min_size=1,
    max_size=4,
)


def bonds(pairs: dict[tuple[int, int], bool]) -> dict[str, dict[str, dict[str, bool]]]:
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for (a, b), together in pairs.items():
        if a != b:
            one, other = WORLD[a][1][0].id, WORLD[b][1][0].id
            found[one][other] = found[other][one] = together
    return {"deal": dict(found)} if found else {}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, len(WORLD) - 1)), RUNS)
def test_runs_that_remember_link_as_one_that_sees_all(first, runs):
    held, before, ruled = Held(), {}, {}
    told = {number_: WORLD[number_] for number_ in first}
    for changes, pairs in [({}, {}), *runs]:
        for number_, how in changes.items():
            found = changed(told[number_], how) if number_ in told else WORLD[number_]
            told.pop(number_, None)
            if found:
                told[number_] = found
        now = {made.id: (made, claims) for made, claims in told.values() if claims}
        old, ruled = ruled, bonds(pairs)
        was, is_ = old.get("deal", {}), ruled.get("deal", {})
        touched = {id_ for id_ in was.keys() | is_.keys() if was.get(id_) != is_.get(id_)}
        again = [one for id_, one in now.items() if before.get(id_) != one or touched & {made.id for made in one[1]}]
        index = Index(bonds=ruled, memory=held, told=now.values())
        index.add([made for made, _ in again], [one for _, claims in again for one in claims], gone=before.keys() - now.keys())
        held.keep(index.change())
        before = now
        expected = link([made for made, _ in now.values()], [one for _, claims in now.values() for one in claims], bonds=ruled)
        assert sorted((one.link for one in held.held.values()), key=lambda one: one.claim) == expected
