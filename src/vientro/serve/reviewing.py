"""The questions of a ledger as they lie before its reviewers: who is asked which one, and what has been answered since they were made."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Lock

from vientro.ledger.decisions import standing
from vientro.model.decision import Decision
from vientro.model.ids import digest
from vientro.review import answers
from vientro.review.answers import Reviewer
from vientro.review.questions import Question, again
from vientro.serve.shelf import Shelf, View
from vientro.tasks import desk
from vientro.tasks.desk import Desk

TOPICS = ("clash", "reopened", "conflict", "repeat", "fits two", "claim", "unsure")
_HELD = 600.0  # seconds for which a question lies before one person and no other
_MOST = 10_000  # questions that were shown, kept so that an answer finds its own
ALL_COPIES = "b"


@dataclass(frozen=True, slots=True)
class Shown:
    """A question under its key, and how many decisions there were when it was shown; None where none is open."""

    key: str
    question: Question
    seen: int


@dataclass(frozen=True, slots=True)
class Look:
    """What a page of questions is made of: the view, and the desk with all decisions up to now."""

    view: View
    desk: Desk


class Queue:
    """For any number of threads. The questions are those of the last view of the ledger; decisions made since close theirs."""

    def __init__(self, shelf: Shelf, threshold: Callable[[], float], clock: Callable[[], float] = time.monotonic) -> None:
        self._shelf, self._threshold, self._clock = shelf, threshold, clock
        self._lock = Lock()
        self._mark = ""
        self._desk: Desk | None = None
        self._view: View | None = None
        self._questions: list[Question] = []
        self._counts = Counter[str]()
        self._ruled: list[Decision] = []
        self._last = 0
        self._fresh: dict[str, list[Decision]] = {}
        self._held: dict[str, tuple[str, float]] = {}
        self._skipped: dict[str, set[str]] = defaultdict(set)
        self._shown: dict[str, Question] = {}
        self._ready: tuple[str, Desk, list[Question]] | None = None

    def prepare(self, view: View) -> None:
        """Make the questions of a view before anybody sees it: in a large ledger that takes seconds."""
        at = desk.at_hand(view.book, self._threshold())
        self._ready = (view.mark, at, at.questions())

    def look(self) -> Look:
        """Take up what is new: another view, and decisions of anybody. What is asked with it is answered without looking again."""
        with self._lock:
            at = self._look()
            assert self._view is not None
            return Look(self._view, replace(at, decisions=tuple(self._ruled)))

    def desk(self) -> Desk:
        """What the questions are about, with all decisions up to now."""
        return self.look().desk

    def next(self, name: str, topics: Collection[str] = (), *, second: bool = False, key: str = "", at: Look | None = None) -> Shown | None:
        """The weightiest question that lies before nobody else and that this person has not put off, or the one under a key."""
        known = (at or self.look()).desk.known
        with self._lock:
            if key and key in self._shown:
                return self._show(key, self._shown[key], name)
            now, open_ = self._clock(), again(self._ruled, name, known) if second else self._open(topics)
            for question in open_:
                key = key_of(question)
                holder, until = self._held.get(key, ("", 0.0))
                if key not in self._skipped[name] and (second or holder in ("", name) or until < now):
                    return self._show(key, question, name)
            return None

    def count(self, topics: Collection[str] = (), at: Look | None = None) -> int:
        """About how many questions are open: each decision since they were made closes one."""
        with self._lock:
            if at is None:
                self._look()
            many = sum(count for topic, count in self._counts.items() if not topics or topic in topics)
            return max(0, many - len({one.id for ruled in self._fresh.values() for one in ruled}))

    def open(self, topics: Collection[str] = ()) -> list[Question]:
        """All that nobody has answered yet, whoever it lies before; the weightiest first."""
        with self._lock:
            self._look()
            return list(self._open(topics))

    def skip(self, name: str, key: str) -> None:
        with self._lock:
            self._skipped[name].add(key)
            self._held.pop(key, None)

    def unskip(self, name: str) -> None:
        """What was put off is asked again."""
        with self._lock:
            self._skipped.pop(name, None)

    def question(self, key: str) -> Question | None:
        """The question that was shown under a key, or was open under it at the last look."""
        with self._lock:
            return self._shown.get(key) or next((one for one in self._questions if key_of(one) == key), None)

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions up to now, in the order in which they came in."""
        with self._lock:
            self._hear()
            return tuple(self._ruled)

    def _look(self) -> Desk:
        """Take up what is new: another view, and decisions of anybody."""
        view = self._view = self._shelf.view()
        if self._desk is None or view.mark != self._mark:
            if self._ready is None or self._ready[0] != view.mark:
                self.prepare(view)
            assert self._ready is not None
            self._mark, self._desk, self._questions = self._ready
            self._counts = Counter(question.topic for question in self._questions)
            self._index()
        self._hear()
        return self._desk

    def _hear(self) -> None:
        """Take up what people ruled since the last time."""
        with self._shelf.store() as store:
            last, more = store.decisions_since(self._last)
        if more:
            self._last, self._ruled = last, [*self._ruled, *more]
            self._index()

    def _index(self) -> None:
        """By claim, the decisions that stand and that the view does not have."""
        if self._desk is None:
            return
        old = {one.id for one in self._desk.decisions}
        fresh: dict[str, list[Decision]] = defaultdict(list)
        for one in standing(self._ruled) if len(self._ruled) > len(old) else ():
            if one.id not in old:
                for id_ in one.claims:
                    fresh[id_].append(one)
        self._fresh = dict(fresh)

    def _open(self, topics: Collection[str]) -> Iterator[Question]:
        return (one for one in self._questions if (not topics or one.topic in topics) and not self._settled(one))

    def _settled(self, question: Question) -> bool:
        """Whether somebody ruled since the questions were made on what this one asks."""
        fresh = (one for id_ in question.claims for one in self._fresh.get(id_, ()))
        if question.others:
            return any(not set(question.others).isdisjoint(one.others) for one in fresh)
        return any(not one.others for one in fresh)

    def _show(self, key: str, question: Question, name: str) -> Shown:
        self._held[key] = (name, self._clock() + _HELD)
        self._shown.pop(key, None)
        self._shown[key] = question
        for kept in (self._shown, self._held):
            while len(kept) > _MOST:
                kept.pop(next(iter(kept)))
        return Shown(key, question, len(self._ruled))


def key_of(question: Question) -> str:
    """A name for a question: the same for the same one, however often the deals are made anew."""
    return digest(question.topic, question.slot or "", *question.claims, "|", *question.others)


def copies(at: Desk, question: Question) -> tuple[str, ...]:
    """The claims of the question that its first claim's story tells, copied by whichever outlet."""
    first, links = question.claims[0], at.links
    if question.topic != "claim" or first not in links:
        return ()
    return tuple(id_ for id_ in question.claims if id_ in links and links[id_].origin == links[first].origin)


def decided(at: Desk, question: Question, choice: str, who: Reviewer, before: Iterable[Decision], why: str = "") -> Decision | None:
    """The decision that an answer makes; `before` are the decisions that were known to whoever gives it. None for a choice that is none."""
    about = {*question.claims, *question.others}
    known = [one for one in before if one.kind == "undo" or about & {*one.claims, *one.others}]
    if choice == ALL_COPIES and (all_ := copies(at, question)):
        return answers.rule("accept", who, desk.now(), at.known, claims=all_, why=why, before=known)
    return answers.answer(question, choice, who, desk.now(), at.known, known, why)
