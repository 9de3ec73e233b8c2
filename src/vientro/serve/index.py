"""Which steps of a large ledger a filter leaves, looked up by value instead of asked of each."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import proxy

from vientro.ledger.slots import same_party
from vientro.link.data import types
from vientro.model.edtf import interval
from vientro.serve import owners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vientro.model.edtf import Days
    from vientro.model.ledger import Step
    from vientro.serve.shelf import View

    Places = Mapping[str, Sequence[int]]
    Parties = Mapping[tuple[str, ...], Sequence[int]]


class Index:
    """The steps of a view, the newest first, and by filter and value the numbers of those that have it."""

    def __init__(self, view: View) -> None:
        self._view: View = proxy(view)  # which has this index: the two would keep one another in memory
        self.steps: Sequence[Step] = view.newest_first

    @cached_property
    def days(self) -> Sequence[Days | None]:
        """The days on which each may lie: those of the act, else the day it was told."""
        told = self._view.told
        return [interval(edtf) if (edtf := step.date or told[step.id][0]) else None for step in self.steps]

    @cached_property
    def _values(self) -> Mapping[str, Places]:
        deals = self._view.deals
        states = {id_: deal.state for id_, deal in deals.items()}
        asked: dict[str, Callable[[Step], Iterable[str | None]]] = {
            "type": lambda step: (step.type,),
            "state": lambda step: (states.get(step.deal),),
            "purpose": lambda step: (step.support,),
            "mode": lambda step: (step.mode,),
            "modality": lambda step: (step.modality,),
            "class": lambda step: {stock.cls for stock in step.items},
            "outlet": lambda step: set(step.outlets),
            "owner": lambda step: {owners.owner(outlet) for outlet in step.outlets},
        }
        made: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in asked}
        for number, step in enumerate(self.steps):
            for name, values in asked.items():
                for value in values(step):
                    if value:
                        made[name][value].append(number)
        return made

    @cached_property
    def _parties(self) -> Mapping[str, Parties]:
        """Of donors and recipients, as `ledger.choice.fits` takes them."""
        made: dict[str, dict[tuple[str, ...], list[int]]] = {"donor": defaultdict(list), "recipient": defaultdict(list)}
        for number, step in enumerate(self.steps):
            row = types()[step.type]
            for name, slot in (("donor", row["giver"]), ("recipient", row["target"])):
                everyone = (*step.actors, *step.recipients, *step.addressees)  # of talks, in which nobody gives
                made[name][everyone if not slot else getattr(step, slot)].append(number)
        return made

    @cached_property
    def _payers(self) -> Parties:
        made: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, step in enumerate(self.steps):
            made[self._view.entries[step.id].payers].append(number)
        return made

    def of(self, name: str, values: Iterable[str]) -> set[int]:
        """The numbers of the steps that have one of the values."""
        return {number for value in values for number in self._of(name, value)}

    def _of(self, name: str, value: str) -> Sequence[int]:
        if name in self._values:
            return self._values[name].get(value, ())
        parties = self._payers if name == "payer" else self._parties[name]

        def asked() -> Sequence[int]:
            return [number for held, numbers in parties.items() if same_party(value, held) for number in numbers]

        return self._view.keep(("party", name, value), asked)

    @cached_property
    def words(self) -> Sequence[str]:
        """What a search looks at, of each step."""
        return [self._view.words[step.id] for step in self.steps]

    def saying(self, numbers: Iterable[int], wanted: Iterable[str]) -> Iterable[int]:
        """Those that have all these words."""
        words = self.words
        for word in wanted:
            numbers = [number for number in numbers if word in words[number]]
        return numbers

    def within(self, numbers: Iterable[int], since: str | None, until: str | None) -> Iterable[int]:
        """Those that may lie within two days (ISO 8601), both included; one without any day does not (T3)."""
        if not (since or until):
            return numbers
        first, last = date.fromisoformat(since or "0001-01-01"), date.fromisoformat(until or "9999-12-31")
        if last < first:
            return ()
        return [number for number in numbers if (days := self.days[number]) and days[0] <= last and first <= days[1]]
