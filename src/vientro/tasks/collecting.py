"""One address at its turn: fetched, archived, read to an article, taken into the ledger, and when to ask again."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from vientro import pipeline
from vientro.article import extract
from vientro.collect.address import host_of
from vientro.collect.archive import hash_of
from vientro.collect.contents import document
from vientro.collect.feeds import believable
from vientro.collect.fetch import Fault, Page
from vientro.collect.listings import by_its_head
from vientro.collect.manners import LONGEST_PAUSE, opted_out
from vientro.model.article import Article, Reject
from vientro.model.errors import VientroError
from vientro.store import pages
from vientro.store.desk import Count
from vientro.store.pages import Fetched, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vientro.collect.archive import Archive
    from vientro.collect.fetch import Fetcher
    from vientro.collect.manners import Clock, Manners
    from vientro.pipeline import Stages
    from vientro.store.desk import Desk, Turn
    from vientro.store.store import Store

# A story is looked at again so long after it was first seen: most edits come within hours, withdrawals within days.
RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
# How often what failed is tried again, each time after four times as long: from a minute to two days.
TRIES, _FIRST_WAIT, _LONGEST_WAIT = 7, timedelta(minutes=1), timedelta(days=2)
_VIETNAM = timezone(timedelta(hours=7))
OWN_FAULT = "an error of vientro itself; please report it"
_GONE = ("gone", "not found")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a collector works with. `archive` is None where only excerpts are kept."""

    store: Store
    desk: Desk
    stages: Stages
    fetcher: Fetcher
    manners: Manners
    archive: Archive | None
    clock: Clock

    def moment(self, after: timedelta = timedelta(0)) -> str:
        return (self.clock.now() + after).isoformat(timespec="seconds")


def work(turns: Iterable[Turn], tools: Tools, tell: Callable[[Turn], None]) -> list[tuple[Turn, Turn]]:
    """Take turns, one request at a time, always at the host that has waited longest; returns each as it was and as it is.

    Each is in the ledger before the next one is asked for, so that whoever is stopped goes on with the next. Hosts that want to be left
    alone for longer than a minute keep their turns for another round.
    """
    lines: dict[str, deque[Turn]] = {}
    for turn in turns:
        lines.setdefault(host_of(turn.url), deque()).append(turn)
    done: list[tuple[Turn, Turn]] = []
    while lines:
        host = min(lines, key=lambda name: tools.manners.ready(lines[name][0].url))
        turn = lines[host][0]
        if (tools.manners.ready(turn.url) - tools.clock.now()).total_seconds() > LONGEST_PAUSE:
            del lines[host]
            continue
        lines[host].popleft()
        if not lines[host]:
            del lines[host]
        found = tools.fetcher.get(turn.url, etag=turn.etag, modified=turn.modified)
        after = arrived(turn, found, tools)
        done.append((turn, after))
        tell(after)
    return done


def arrived(turn: Turn, found: Page | Fault, tools: Tools) -> Turn:
    """Keep what came of an address: in archive, ledger and desk, in this order, so that a break costs one more request and no page."""
    counts = Counter[Count]()
    asked = replace(turn, asked=tools.moment())
    if isinstance(found, Fault):
        after = _failed(asked, found, tools, counts)
    elif found.status == 304:
        counts[turn.source, "pages", "not changed"] += 1
        after = replace(asked, tries=0, due=_next_look(turn, tools), reason="")
    else:
        after = _safely(asked, found, tools, counts)
    tools.desk.save([after], counts=counts)
    return after


def _failed(turn: Turn, fault: Fault, tools: Tools, counts: Counter[Count]) -> Turn:
    counts[turn.source, "fault", fault.kind] += 1
    if fault.retry and fault.kind != "not its turn":
        tools.manners.pause(turn.url, fault.retry)
    if fault.kind in _GONE and turn.article:
        if turn.state == "withdrawn":
            return replace(turn, due=_next_look(turn, tools))
        answer = Fetched(turn.url, None, turn.asked, fault.status or 0)
        pages.record(tools.store, [answer], [Version(turn.name, None, None, turn.asked, f"withdrawn: {fault.words}")])
        return replace(turn, state="withdrawn", reason=fault.words, etag="", modified="", due=_next_look(turn, tools))
    if fault.kind == "not its turn" or fault.passing:
        tries = turn.tries + (fault.kind != "not its turn")
        if tries >= TRIES:
            return replace(turn, tries=tries, state="taken" if turn.article else "failed", reason=fault.words, due="")
        wait = max(min(_FIRST_WAIT * 4**turn.tries, _LONGEST_WAIT), timedelta(seconds=fault.retry or 0))
        return replace(turn, tries=tries, reason=fault.words, due=tools.moment(wait))
    return replace(turn, state="taken" if turn.article else "refused", reason=fault.words, due="")


def _safely(turn: Turn, page: Page, tools: Tools, counts: Counter[Count]) -> Turn:
    """As _read; a page that brings out a bug of this program is told, and not asked for again and again."""
    try:
        return _read(turn, page, tools, counts)
    except (OSError, MemoryError, VientroError):
        raise
    except Exception as error:  # noqa: BLE001  one page must not cost the others
        counts[turn.source, "fault", OWN_FAULT] += 1
        return replace(turn, state="taken" if turn.article else "failed", reason=f"{OWN_FAULT} ({type(error).__name__})", due="")


def _read(turn: Turn, page: Page, tools: Tools, counts: Counter[Count]) -> Turn:
    if why := opted_out(page):
        counts[turn.source, "fault", "opted out"] += 1
        return replace(turn, state="refused", reason=f"opted out: {why}", due="")
    hash_ = hash_of(page.body)
    known, etag, modified = turn.page, page.header("etag"), page.header("last-modified")
    turn = replace(turn, tries=0, due=_next_look(turn, tools), page=hash_, etag=etag, modified=modified, reason="")
    if hash_ == known and turn.state != "withdrawn":
        counts[turn.source, "pages", "not changed"] += 1
        return turn
    if tools.archive:
        tools.archive.put(page.body)
    fetched = Fetched(turn.url, hash_, page.fetched, page.status, page.headers)
    found = story(page, turn, tools.clock.now())
    gone = {found.id, turn.article} if isinstance(found, Article) else set[str]()
    if any(pages.is_redacted(tools.store, id_) for id_ in gone if id_):
        if tools.archive:
            tools.archive.drop(hash_)
        return replace(turn, state="refused", reason=pipeline.TAKEN_DOWN, due="")
    rejects = [found] if isinstance(found, Reject) else pipeline.take([found], tools.store, tools.stages)
    for reject in rejects:
        counts[turn.source, "reject", reject.reason] += 1
    if isinstance(found, Reject) or rejects:
        # A page that showed an article once, and now a wall or an error, has not become another article by that.
        pages.record(tools.store, [fetched])
        return replace(turn, state="taken" if turn.article else "rejected", reason=rejects[0].reason)
    why = "withdrawn no more" if turn.state == "withdrawn" else "changed" if turn.article else "new"
    if found.id != turn.article or turn.state == "withdrawn":
        pages.record(tools.store, [fetched], [Version(turn.name, found.id, hash_, turn.asked, why)])
        counts[turn.source, "articles", why] += 1
    else:
        pages.record(tools.store, [fetched])
        counts[turn.source, "pages", "changed beside the story"] += 1
    lede = int(any(zone.kind in ("lede", "entry") for zone in found.zones))
    return replace(turn, state="taken", reason="", article=found.id, lede=lede, published=found.published or "")


def story(page: Page, turn: Turn, now: datetime) -> Article | Reject:
    """The article of a page or a document; one without a day has that of the list that told of it, if it can be true."""
    kind = by_its_head(page)
    if kind in (".pdf", ".docx"):
        found = document(turn.url, kind, page.body, page.address)
    elif kind in ("feed", "sitemap", "warc"):
        return Reject("collect", turn.url, f"a {kind}, where a story was told of")
    else:
        found = extract(page.body, page.address)
    if isinstance(found, Article) and not found.published and believable(turn.published, now):
        when = datetime.fromisoformat(turn.published)
        return replace(found, published=when.astimezone(_VIETNAM).isoformat() if when.tzinfo else turn.published)
    return found


def _next_look(turn: Turn, tools: Tools) -> str:
    """When a story is looked at again: at the first of the moments after it was first seen that is still to come; "" after the last."""
    first, now = datetime.fromisoformat(turn.first), tools.clock.now()
    return next(((first + after).isoformat(timespec="seconds") for after in RECHECKS if first + after > now), "")
