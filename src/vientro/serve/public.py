"""A server for everybody: all its pages, feeds and answers see a copy of the ledger that holds only what may be shown (publish/public.py).

So no page has to remember what it must not show: it is not there.
"""

from __future__ import annotations

import hmac
import logging
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from hmac import compare_digest
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir, mkdtemp
from threading import Lock, Thread
from typing import TYPE_CHECKING
from weakref import finalize

import msgspec

from vientro import pipeline
from vientro.ledger.counting.entries import entries
from vientro.ledger.facts import facts
from vientro.model.article import Article
from vientro.model.errors import UnfinishedError
from vientro.model.ledger import Ledger
from vientro.publish.public import THRESHOLD, public, released
from vientro.serve.shelf import FIRST, Shelf, View
from vientro.store import accounts, known, listing, pages
from vientro.store.counted import at_once
from vientro.store.engine import Doors
from vientro.store.journal import Release
from vientro.store.rulings import ruled
from vientro.store.store import Store
from vientro.tasks import past

if TYPE_CHECKING:
    from collections.abc import Callable

    from vientro.model.claim import Claim
    from vientro.publish.book import Book

    Made = tuple[str, str | None, Doors]  # of which state of the ledger, how far that knew all, and the way there

_log = logging.getLogger(__name__)
_BATCH = 5_000
_PREFIX = "vientro-public-"
_REST = 60.0  # seconds until a copy that could not be made is tried again
_DAY_END = "T23:59:59Z"
_MOMENT = 2.0  # seconds that a reader waits for what is new


class Copy(Store):
    """The copy, opened for one request; `of` is the state of the ledger that it was made of, `known` how far that knew all."""

    def __init__(self, doors: Doors, of: str, known: str | None) -> None:
        self.of, self.known = of, known
        super().__init__(doors.place, create=False, doors=doors)


class PublicShelf(Shelf):
    """A shelf on which the copy lies, made anew when the ledger has changed, and every day: what is still to come changes with it."""

    def __init__(self, ledger: str, today: Callable[[], str] | None = None) -> None:
        super().__init__(ledger)
        self._today = today or (lambda: datetime.now(UTC).date().isoformat())
        _sweep()
        self._folder = self._new_folder()
        self._making = Lock()
        self._made: tuple[str, str | None, Doors] | None = None
        self._count = 0
        self._failed: tuple[str, float] | None = None  # of which state no copy could be made, and until when that is not tried again

    def close(self) -> None:
        rmtree(self._folder, ignore_errors=True)

    def _new_folder(self) -> Path:
        folder = Path(mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        finalize(self, rmtree, folder, ignore_errors=True)
        return folder

    def whole(self) -> Store:
        """The ledger itself: for what readers send in, and for nothing that is shown."""
        return super().store()

    def store(self) -> Store:
        """The copy. While it is made anew, whoever comes gets the one before; raises StoreError as `pipeline.book` where there is none."""
        if (made := self._there()) is None:
            with self._making:
                if (made := self._there()) is None:
                    made = self._make()
        elif made[0] != (now := self._now()) and self._may_try(now) and self._making.acquire(blocking=False):
            maker = Thread(target=self._again, args=(now,), name="public", daemon=True)
            maker.start()
            maker.join(_MOMENT)  # a small ledger is there at once
            made = self._made or made
        of, told, doors = made
        return Copy(doors, of, told)

    def _there(self) -> Made | None:
        """What was made, if it is still on the disk: who sweeps old files out of there takes it away."""
        return self._made if self._made and Path(self._made[2].place).exists() else None

    def _may_try(self, now: str) -> bool:
        return self._failed is None or self._failed[0] != now or time.monotonic() > self._failed[1]

    def _again(self, now: str) -> None:
        try:
            self._make()
            self._failed = None
        except UnfinishedError:  # what was shown before is shown until the run ends
            pass
        except Exception:  # noqa: BLE001  the pages go on with what they have; whoever runs the server is told
            self._failed = now, time.monotonic() + _REST
            _log.exception("the public copy of %s could not be made anew; the one before is shown", self.ledger)
        finally:
            self._making.release()

    def _now(self) -> str:
        with self.whole() as whole:
            return self._state(whole)

    def _state(self, whole: Store) -> str:
        return f"{listing.state(whole)} {self._today()}"

    def state(self, store: Store) -> str:
        return store.of if isinstance(store, Copy) else super().state(store)

    def known(self, store: Store) -> str | None:
        return store.known if isinstance(store, Copy) else super().known(store)

    def cited(self, view: View) -> tuple[str | None, str]:
        """The day of the moment, which tells no arrival, and a seal for which of its moments it was: nobody can make one up."""
        return (f"{view.known[:10]}{_DAY_END}", self._seal(view.known)) if view.known else (None, "")

    def _then(self, now: View, moment: str, seal: str) -> str | None:
        """The moment of that day with the seal; without one, the last of the day: whoever could ask for each would learn when an article
        came."""
        day = moment[:10]
        with self.whole() as whole:
            sealed = [one for one in known.moments(whole, day) if compare_digest(self._seal(one), seal)] if seal.isascii() and seal else []
            then = sealed[0] if sealed else known.last(whole, f"{day}{_DAY_END}") or FIRST
        return then if now.known and then < now.known else None

    def _seal(self, moment: str) -> str:
        return hmac.new(self._secret.encode(), f"moment {moment}".encode(), "sha256").hexdigest()[:16]

    @cached_property
    def _secret(self) -> str:
        with self.whole() as whole:
            return accounts.secret(whole)

    def _make(self) -> Made:
        """Make a copy and show it from then on; the one before stays for who is reading it. Raises StoreError as `pipeline.book`."""
        today = self._today()
        with at_once(), self.whole() as whole, whole.snapshot():
            of, told = self._state(whole), known.last(whole)
            shown = public(pipeline.book(whole), today, pages.withdrawn(whole))
            read, released_ = listing.read(whole), whole.releases()
        if not self._folder.is_dir():
            self._folder = self._new_folder()
        self._count += 1
        path = self._folder / f"{self._count}.db"
        try:
            with at_once(), Store(path) as store:
                _fill(store, shown, read)
                for one in released_:
                    store.release(_without_the_rest(one, shown, today))
        except BaseException:
            self._unlink_but(self._made)
            raise
        before, made = self._made, (of, told, Doors(path))
        self._made = made
        self._unlink_but(before, made)
        return made

    def _unlink_but(self, *kept: Made | None) -> None:
        names = {Path(one[2].place).name for one in kept if one}
        for file in self._folder.glob("*.db*"):
            if file.name.partition(".db")[0] + ".db" not in names:
                file.unlink(missing_ok=True)

    def _as_known(self, now: View, moment: str) -> View:
        with self.whole() as whole, whole.snapshot():
            book, gone = past.as_known(whole, pipeline.shipped(), moment), pages.withdrawn(whole)
            shown = public(book, self._today(), gone, pipeline.book(whole))
        with TemporaryDirectory(dir=self._folder) as folder, Store(Path(folder) / "then.db") as store:
            _fill(store, shown, [])
            then = replace(pipeline.book(store), read=book.read, newest=book.newest)
            return View(then, f"{now.mark}~{self._seal(moment)}", counted=store.entries(), known=moment, past=True)


def _sweep() -> None:
    """Take away the copies of servers that were ended without a chance to do so."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*-*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdecimal() and not _lives(int(process)):
            rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    if os.name != "posix":  # elsewhere to ask this is to end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _fill(store: Store, shown: Book, read: list[tuple[str, str | None, str | None]]) -> None:
    """What is shown; of the other articles only that they were read, on which an answer rests that nothing was found (Q8)."""
    of_article: dict[str, list[Claim]] = {id_: [] for id_ in shown.articles}
    for claim in shown.claims.values():
        of_article[claim.article_id].append(claim)
    told = [(shown.articles[id_], claims) for id_, claims in of_article.items()]
    rest: list[tuple[Article, list[Claim]]] = [
        (Article(id_, id_, outlet, None, day, "vi", None, "", ()), []) for id_, outlet, day in read if id_ not in shown.articles
    ]
    every = [*told, *rest]
    for start in range(0, len(every), _BATCH):
        store.add(every[start : start + _BATCH], "public")
    store.decide(shown.decisions)
    found, _ = ruled(store)
    links = list(shown.links.values())
    store.replace(
        links, shown.ledger, least=THRESHOLD, entries=entries(shown.ledger, found.claims, found.articles, facts(found, links))
    )  # fmt: skip


def _without_the_rest(release: Release, shown: Book, today: str) -> Release:
    ledger = released(msgspec.convert(release.record["ledger"], Ledger), shown.claims, today)
    record = {"note": "", **release.record, "by": "", "ledger": msgspec.to_builtins(ledger)}
    return Release(release.name, release.digest, record, at=release.at)
