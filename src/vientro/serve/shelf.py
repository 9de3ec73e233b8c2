"""The ledger in memory, as all requests see it: made anew when the ledger has changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from vientro import pipeline
from vientro.ledger.totals import over
from vientro.publish.dates import first_day, last_day
from vientro.publish.lines import Witness, follows, in_order, line_of, told
from vientro.store.search import plain
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.ledger.follow import Follow
    from vientro.ledger.totals import Over
    from vientro.model.ledger import Deal, Step
    from vientro.publish.book import Book
    from vientro.publish.lines import Line


@dataclass(eq=False)
class View:
    """A ledger as it stood when it was opened, with what the pages look up in it. `mark` names its state."""

    book: Book
    mark: str
    _lines: dict[str, Line] = field(default_factory=dict)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.book.ledger.steps}

    @cached_property
    def deals(self) -> Mapping[str, Deal]:
        return {deal.id: deal for deal in self.book.ledger.deals}

    @cached_property
    def told(self) -> Mapping[str, tuple[str, str]]:
        return told(self.book)

    @cached_property
    def in_order(self) -> Mapping[str, list[Step]]:
        return in_order(self.book)

    @cached_property
    def follows(self) -> Mapping[str, Follow]:
        return follows(self.book)

    @cached_property
    def over(self) -> Mapping[str, Over]:
        return over(self.book.ledger.steps, self.told)

    @cached_property
    def newest_first(self) -> list[Step]:
        """The steps by the last day told of, the newest first, what has no day at the end."""
        steps = sorted(self.book.ledger.steps, key=lambda step: step.id)
        return sorted(steps, key=self.day, reverse=True)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """By step, what a search looks at: the words of its evidence and of the titles, without marks."""
        found = {}
        for step in self.book.ledger.steps:
            claims = [self.book.claims[id_] for id_ in step.claims]
            titles = {self.book.articles[claim.article_id].title or "" for claim in claims}
            found[step.id] = plain(" ".join([*(claim.evidence for claim in claims), *sorted(titles)])).lower()
        return found

    def day(self, step: Step) -> str:
        """The last day of an act; of a period that was not over when it was told, or of an act without a day, the day it was told."""
        day, said = last_day(step.date), self.told[step.id][0]
        return said if said and first_day(step.date) <= said < day else day or said or ""

    def line(self, step: Step) -> Line:
        """The line of a step, worked out when it is first shown."""
        if step.id not in self._lines:
            book = self.book
            witnesses = [Witness(book.claims[id_], book.articles[book.claims[id_].article_id]) for id_ in step.claims]
            origin = {id_: link.origin for id_ in step.claims if (link := book.links.get(id_))}
            self._lines[step.id] = line_of(step, witnesses, origin, self.over.get(step.id))
        return self._lines[step.id]


class Shelf:
    """Keeps the view of one ledger, for any number of threads."""

    def __init__(self, ledger: str) -> None:
        self.ledger = ledger
        self._lock = Lock()
        self._view: View | None = None

    def store(self) -> Store:
        """The ledger's database, opened for one request."""
        return Store(self.ledger, create=False)

    def view(self) -> View:
        """The ledger as it is now; raises StoreError as `pipeline.book`."""
        with self._lock, self.store() as store:
            mark = hashlib.sha256(store.mark().encode()).hexdigest()[:16]
            if self._view is None or self._view.mark != mark:
                self._view = View(pipeline.book(store), mark)
            return self._view
