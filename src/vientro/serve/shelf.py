"""The ledger in memory, as all requests see it: made anew when the ledger has changed."""

from __future__ import annotations

import gc
import hashlib
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from vientro import pipeline
from vientro.ledger.counting.entries import entries
from vientro.ledger.facts import facts
from vientro.ledger.totals import over
from vientro.model.errors import StoreError
from vientro.publish.dates import last_day
from vientro.publish.lines import Witness, follows, in_order, line_of, told
from vientro.reading.text import without_marks
from vientro.serve.index import Index
from vientro.serve.order import size, tab_of
from vientro.serve.remaking import Remaking
from vientro.store import known, listing, pages
from vientro.store.counted import at_once
from vientro.store.engine import Doors
from vientro.store.rulings import read
from vientro.store.store import Store
from vientro.tasks import past

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from vientro.ledger.follow import Follow
    from vientro.ledger.totals import Over
    from vientro.model.claim import Claim
    from vientro.model.counting import Entry
    from vientro.model.decision import Decision
    from vientro.model.ledger import Deal, Step
    from vientro.publish.book import Book
    from vientro.publish.lines import Line
    from vientro.serve.order import Tab
    from vientro.store.rulings import Read


T = TypeVar("T")
_MOST_KEPT = 256  # answers of a view that are kept
_NOTHING = object()  # what is kept may be None
_SMALL, _MOMENT = 1_000, 1.5  # claims of a ledger whose deals are made anew while one waits, and for how many seconds one does
_MOST_PAST = 6  # past days and moments that are kept in memory
FIRST = "1900-01-01T00:00:00Z"  # a moment at which no ledger had been told anything
_PATIENCE = 5.0  # seconds for which somebody waits while a past is made for somebody else


@dataclass(eq=False)
class View:
    """A ledger as it stood when it was opened, with what the pages look up in it. `mark` names its state.

    `withdrawn` are the articles that their outlet took down, `counted` the steps as they are counted, where the ledger keeps them;
    `known` is the moment (ISO 8601, UTC) up to which the ledger had been told what is in it; `past` says that it is not the present.
    """

    book: Book
    mark: str
    withdrawn: frozenset[str] = frozenset()
    counted: Sequence[Entry] | None = None
    known: str | None = None
    past: bool = False
    cited: dict[str, bytes] = field(default_factory=dict)  # by step its line in the hash of a citation (citing.py)
    _lines: dict[str, Line] = field(default_factory=dict)
    _stays: dict[str, Any] = field(default_factory=dict)
    _kept: dict[Hashable, Any] = field(default_factory=dict)
    _keeping: Lock = field(default_factory=Lock)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.book.ledger.steps}

    @cached_property
    def deals(self) -> Mapping[str, Deal]:
        return {deal.id: deal for deal in self.book.ledger.deals}

    @cached_property
    def of_article(self) -> Mapping[str, list[Claim]]:
        """By article, all that a reader or a person found in it, rejected or not, in the order of the text."""
        found: dict[str, list[Claim]] = {}
        for claim in {**self.book.ruled.machine, **self.book.ruled.claims}.values():
            found.setdefault(claim.article_id, []).append(claim)
        for claims in found.values():
            claims.sort(key=lambda claim: (claim.span.start, claim.id))
        return found

    @cached_property
    def told(self) -> Mapping[str, tuple[str, str]]:
        return told(self.book)

    @cached_property
    def in_order(self) -> Mapping[str, list[Step]]:
        return in_order(self.book)

    @cached_property
    def of_deal(self) -> Mapping[str, list[Step]]:
        """By deal, its steps in order of time, those outside its state too."""
        found: dict[str, list[Step]] = {}
        for step in reversed(self.newest_first):
            found.setdefault(step.deal, []).append(step)
        return found

    @cached_property
    def follows(self) -> Mapping[str, Follow]:
        return follows(self.book)

    @cached_property
    def over(self) -> Mapping[str, Over]:
        return over(self.book.ledger.steps, self.told)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The steps as they are counted, with what people ruled on them."""
        if self.counted is not None:
            return {entry.step: entry for entry in self.counted}
        book = self.book
        ruled = facts(book.ruled, book.links.values())
        return {entry.step: entry for entry in entries(book.ledger, book.claims, book.articles, ruled, self.withdrawn)}

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for each name. What has a name of one word is one of a few, and stays; of the rest what was
        asked for longest ago goes first."""
        if isinstance(name, str):
            if name not in self._stays:
                self._stays[name] = make()
            return cast("T", self._stays[name])
        with self._keeping:
            found = self._kept.pop(name, _NOTHING)
            if found is not _NOTHING:
                self._kept[name] = found
                return cast("T", found)
        made = make()  # without the lock: what is asked for meanwhile need not wait, and may be part of it
        with self._keeping:
            self._kept[name] = made
            while len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return made

    @cached_property
    def newest_first(self) -> list[Step]:
        """The steps by the last day told of, the newest first, what has no day at the end."""
        steps = sorted(self.book.ledger.steps, key=lambda step: step.id)
        return sorted(steps, key=self.day, reverse=True)

    @cached_property
    def index(self) -> Index:
        return Index(self)

    @cached_property
    def tabs(self) -> Sequence[Tab]:
        """The tab of each step, the newest first."""
        return [tab_of(step) for step in self.newest_first]

    @cached_property
    def sizes(self) -> Mapping[str, float]:
        return {step.id: size(step) for step in self.book.ledger.steps}

    @cached_property
    def sureness(self) -> Mapping[str, float]:
        """How sure the surest claim of each step is."""
        return {step.id: max(self.book.claims[id_].confidence for id_ in step.claims) for step in self.book.ledger.steps}

    @cached_property
    def dayless(self) -> frozenset[str]:
        return frozenset(step.id for step in self.book.ledger.steps if not self.day(step))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """By step, what a search looks at: the words of its evidence and of the titles, without marks."""
        found = {}
        for step in self.book.ledger.steps:
            claims = [self.book.claims[id_] for id_ in step.claims]
            titles = {self.book.articles[claim.article_id].title or "" for claim in claims}
            found[step.id] = without_marks(" ".join([*(claim.evidence for claim in claims), *sorted(titles)])).lower()
        return found

    def day(self, step: Step) -> str:
        """The last day of an act; the day it was told, of one without a day, or whose day lay ahead or was not over then.

        What lies ahead and was told by articles without a day has none: no day after the newest article is news.
        """
        day, said = last_day(step.date), self.told[step.id][0]
        if said:
            return min(day or said, said)
        return day if day <= (self.book.newest or day) else ""

    def line(self, step: Step) -> Line:
        """The line of a step, worked out when it is first shown."""
        if step.id not in self._lines:
            book = self.book
            witnesses = [Witness(book.claims[id_], book.articles[book.claims[id_].article_id]) for id_ in step.claims]
            origin = {id_: link.origin for id_ in step.claims if (link := book.links.get(id_))}
            self._lines[step.id] = line_of(step, witnesses, origin, self.over.get(step.id))
        return self._lines[step.id]


class Shelf:
    """Keeps the view of one ledger, and of the last past days that were asked for, for any number of threads."""

    def __init__(self, ledger: str, names: Path | None = None) -> None:
        self.ledger = ledger
        self.remaking = Remaking(ledger, names, self._take_up, self._size)
        self.prepare: Callable[[View], None] = lambda _: None  # what is done to a view that was made behind the pages before they see it
        self._doors, self._names = Doors(ledger), names
        self._lock, self._past_lock = Lock(), Lock()
        self._view: View | None = None
        self._found: Read | None = None  # of the last view: most rulings change nothing of it
        self._past: dict[tuple[str, str], View] = {}
        self._told: dict[tuple[str, str], Book] = {}  # by the last day on which anything was told or ruled

    def store(self) -> Store:
        """The ledger's database, opened for one request."""
        return Store(self.ledger, create=False, doors=self._doors)

    def whole(self) -> Store:
        """The database to write in: that of `store`, but for a server that shows a copy (public.py)."""
        return self.store()

    def close(self) -> None:
        """The server ends: what it put on the disk for itself alone goes."""

    def state(self, store: Store) -> str:
        """Another word after every change of what a view shows."""
        return listing.state(store, editing=False)

    def known(self, store: Store) -> str | None:
        """The moment up to which a view made of this database knows all."""
        return known.last(store)

    def view(self, day: str | None = None, moment: str | None = None, seal: str = "") -> View:
        """The ledger as it is now, or as the articles up to a day (ISO 8601) tell it, of those that it had at a moment (UTC), which may be
        one of a citation with a seal (public.py).

        Raises StoreError as `pipeline.book`.
        """
        with self._lock, self.store() as store:
            # What was ruled is shown when the deals are made anew, which is under way.
            if self._view is None or (not self.remaking.working and self._view.mark != self._mark(store)):
                self._view = self._read(store)
            now = self._view
        then = self._then(now, moment, seal) if moment else None
        if then:
            now = self._past_view(now, then, partial(self._as_known, now, then))
        return self._past_view(now, day, lambda: self._as_of(now, day)) if day and _later(now.book, day) else now

    def cited(self, view: View) -> tuple[str | None, str]:
        """The moment of a view in a citation, and its seal, if there is one."""
        return view.known, ""

    def _then(self, now: View, moment: str, seal: str) -> str | None:  # noqa: ARG002
        """The last moment up to one that is asked for at which anything was told: the ledger of all moments until the next is the same.
        None where that is the present."""
        if not now.known or moment >= now.known:
            return None
        with self.store() as store:
            return known.last(store, moment) or FIRST

    def ruled(self, *made: Decision, wait: bool = True) -> None:
        """Write down what somebody has ruled, and work out what follows: in a small ledger that is there a moment later, which is waited
        for."""
        with self.remaking.coming():
            if made:
                with self.whole() as store:
                    store.decide(made)
            self.remaking.ask()
        if wait and self._size() < _SMALL:
            self.remaking.wait(_MOMENT)

    def _size(self) -> int:
        return len(self._view.book.claims) if self._view else 0

    def _mark(self, store: Store) -> str:
        return hashlib.sha256(self.state(store).encode()).hexdigest()[:16]

    def _read(self, store: Store) -> View:
        with at_once(), store.snapshot():
            found = self._found = read(store, before=self._found)
            book = pipeline.book(store, found)
            made = View(book, self._mark(store), frozenset(found.withdrawn), store.entries(), self.known(store))
            settle(made)
            return made

    def _take_up(self) -> None:
        with self.store() as store:
            made = self._read(store)
        self.prepare(made)
        with self._lock:
            self._view = made

    def _past_view(self, now: View, when: str, make: Callable[[], View]) -> View:
        if found := self._past.get((now.mark, when)):
            return found
        with self.turn():
            if (now.mark, when) not in self._past:
                self._past[now.mark, when] = make()
            found = self._past[now.mark, when]
            while len(self._past) > _MOST_PAST:
                del self._past[next(iter(self._past))]
            return found

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One past is made at a time, as all of it is linked anew; raises StoreError for who would wait too long."""
        if not self._past_lock.acquire(timeout=_PATIENCE):
            raise StoreError("the ledger of another day is just being made for somebody else; ask again in a moment")
        try:
            yield
        finally:
            self._past_lock.release()

    def _as_of(self, now: View, day: str) -> View:
        with at_once(), self.store() as store, store.snapshot():
            gone = frozenset(pages.withdrawn(store, min(day, now.known or day)))
            last = _last_change(now, day)
            if (now.mark, last) not in self._told:
                linker = partial(pipeline.links_then, store, pipeline.shipped(self._names))
                self._told[now.mark, last] = pipeline.as_of(now.book, last, linker)
            told = self._told[now.mark, last]
            while len(self._told) > _MOST_PAST:
                del self._told[next(iter(self._told))]
        newest = min(now.book.newest, day) if now.book.newest else None
        return View(replace(told, newest=newest), f"{now.mark}@{day}", gone, known=now.known, past=True)

    def _as_known(self, now: View, moment: str) -> View:
        with self.store() as store:
            book, gone = past.as_known(store, pipeline.shipped(self._names), moment), frozenset(pages.withdrawn(store, moment))
        return View(book, f"{now.mark}~{moment}", gone, known=moment, past=True)


def settle(view: View) -> None:
    """What stays for as long as a large view does is not looked through for garbage, which takes a second each time."""
    if len(view.book.claims) >= _SMALL:
        gc.freeze()


def _last_change(view: View, day: str) -> str:
    """The last day (ISO 8601) up to one on which anything was told or ruled: of all days until the next the ledger is the same."""
    days = view.keep("days of change", lambda: sorted(_days(view.book)))
    return days[at - 1] if (at := bisect_right(days, day)) else ""


def _days(book: Book) -> set[str]:
    told = {article.published[:10] for of in (book.articles, book.ruled.articles) for article in of.values() if article.published}
    return told | {decision.at[:10] for decision in book.decisions}


def _later(book: Book, day: str) -> bool:
    """Whether anything was told or ruled after a day."""
    return (book.newest or "") > day or any(decision.at[:10] > day for decision in book.decisions)
