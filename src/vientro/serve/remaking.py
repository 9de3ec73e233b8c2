"""Deals are made anew behind the pages after somebody ruled: the answer itself is written down at once and waits for nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Condition, Thread

from vientro import pipeline
from vientro.pipeline import Stages
from vientro.store.store import Store

_LARGE = 1_000  # claims from which on a process of its own makes them, so that the pages stay quick
_NICE = 5  # how far that process stands behind the pages, which somebody waits for
_LONGEST_REST = 5.0  # seconds between one round and the next


class Remaking:
    """One worker for one ledger; whoever asks while it works is served by its next round."""

    def __init__(self, ledger: str, names: Path | None, done: Callable[[], None], size: Callable[[], int]) -> None:
        """`done` takes up what was made; `size` tells how many claims there are."""
        self._ledger, self._names, self._done, self._size = ledger, names, done, size
        self._turn = Condition()
        self._asked, self._coming, self._working = 0, 0, False
        self.failed = ""

    @property
    def working(self) -> bool:
        with self._turn:
            return self._working or self._coming > 0

    @contextmanager
    def coming(self) -> Iterator[None]:
        """Inside somebody writes a ruling down and asks: who sees it before it is asked for knows that it is being worked on."""
        with self._turn:
            self._coming += 1
        try:
            yield
        finally:
            with self._turn:
                self._coming -= 1

    def ask(self) -> None:
        """Somebody has ruled: what follows from it is to be worked out."""
        with self._turn:
            self._asked += 1
            if not self._working:
                self._working = True
                Thread(target=self._work, name="remaking", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Whether all that was asked for was done within this time."""
        with self._turn:
            return self._turn.wait_for(lambda: not self._working, seconds)

    def _work(self) -> None:
        while True:
            began = time.monotonic()
            with self._turn:
                served = self._asked
            try:
                if self._size() < _LARGE:
                    make(self._ledger, self._names)
                else:
                    _apart(self._ledger, self._names)
                self._done()
                self.failed = ""
            except Exception as error:  # noqa: BLE001  the pages go on with what they have, and say so; the next ruling tries again
                self.failed = str(error)
            with self._turn:
                if served == self._asked:
                    self._working = False
                    self._turn.notify_all()
                    return
            # Reviewers who rule one after another ask again and again: the pages get as much of the processor as this.
            time.sleep(min(time.monotonic() - began, _LONGEST_REST))


def make(ledger: str, names: Path | None) -> None:
    """Make the deals of a ledger anew, of claims as sure as its last run asked for."""
    stages = _stages(names)
    with Store(ledger, create=False) as store:
        least = store.least()
        pipeline.project(store, stages, least=stages.threshold if least is None else least)


def _apart(ledger: str, names: Path | None) -> None:
    made = multiprocessing.get_context("spawn").Process(target=_quietly, args=(ledger, names), daemon=True)
    made.start()
    made.join()
    if made.exitcode:
        raise RuntimeError(f"the deals could not be made anew (exit code {made.exitcode}): `vientro rebuild` tells why")


def _quietly(ledger: str, names: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one
    if hasattr(os, "nice"):
        os.nice(_NICE)
    make(ledger, names)


@lru_cache(maxsize=1)
def _stages(names: Path | None) -> Stages:
    return pipeline.shipped(names)
