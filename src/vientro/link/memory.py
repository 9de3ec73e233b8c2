"""What linking keeps from one run to the next, so that a new process compares what is new and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vientro.link.blocks import Key
    from vientro.model.ledger import Link

What = TypeVar("What")
Of = Literal["claim", "article", "step", "deal", "saying", "fits"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: `step` and `saying` are named after the claim of them that was told first, `deal` after such a step;
    `fits` is the step that the claim would fit as well. `saying` and `fits` are empty where there is none."""

    claim: str
    article: str
    step: str
    deal: str
    saying: str
    fits: str
    link: Link


@dataclass(frozen=True, slots=True)
class Sketch:
    """A story as near-copies are looked for: `day` is an ordinal, `hashes` are its MinHashes, of the beginning and of the whole."""

    article: str
    day: int | None
    hashes: bytes


class Memory(Protocol):
    """What was kept of all that was linked before."""

    def places(self, of: Of, name: str) -> Iterable[Place]:
        """The claims that stand in something of that name."""

    def near(self, key: Key, first: int | None, last: int | None) -> Iterable[str]:
        """The claims filed under a key from one day to another (ordinals) and without a day; all of the key where none is asked for."""

    def sketches(self, first: int | None, last: int | None) -> Iterable[Sketch]:
        """The stories from one day to another and without a day; all where none is asked for."""

    def copies(self, article: str) -> Iterable[str]:
        """The near-copies of a story."""


class Nothing:
    """The memory of whoever links for the first time."""

    def places(self, of: Of, name: str) -> Iterable[Place]:  # noqa: ARG002
        return ()

    def near(self, key: Key, first: int | None, last: int | None) -> Iterable[str]:  # noqa: ARG002
        return ()

    def sketches(self, first: int | None, last: int | None) -> Iterable[Sketch]:  # noqa: ARG002
        return ()

    def copies(self, article: str) -> Iterable[str]:  # noqa: ARG002
        return ()


@dataclass(slots=True)
class Change:
    """What has to be kept in the place of what was kept before: of the claims and articles named here nothing else holds."""

    claims: set[str] = field(default_factory=set)  # whose keys are new, or gone
    keys: list[tuple[str, int | None, Key]] = field(default_factory=list)  # a claim, its day, a key
    lost: set[str] = field(default_factory=set)  # claims that are gone
    places: list[Place] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)  # told anew, or gone
    sketches: list[Sketch] = field(default_factory=list)
    copies: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Recalled(dict[str, What]):
    """A dictionary that asks, once, for a name it has not got. The answer may hold others, too."""

    def __init__(self, ask: Callable[[str], Mapping[str, What]]) -> None:
        super().__init__()
        self._ask, self._asked = ask, set[str]()

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or self._recall(name)  # type: ignore[arg-type]

    def __missing__(self, name: str) -> What:
        if not self._recall(name):
            raise KeyError(name)
        return self[name]

    def drop(self, name: str) -> What | None:
        """Let go of a name for good: what it stood for, if for anything."""
        found = self[name] if name in self else None  # noqa: SIM401  get would not ask
        self.pop(name, None)
        self._asked.add(name)
        return found

    def _recall(self, name: str) -> bool:
        if name in self._asked:
            return False
        self._asked.add(name)
        for other, what in self._ask(name).items():
            if other == name or other not in self._asked:
                self._asked.add(other)
                self.setdefault(other, what)
        return super().__contains__(name)
