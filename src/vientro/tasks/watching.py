"""Sources that are asked again and again, and addresses that are added once: lists to turns, turns to articles, articles to the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vientro.collect.address import known_as
from vientro.collect.feeds import FeedError, Item, Listing, believable
from vientro.collect.fetch import Fault, Page
from vientro.collect.listings import kind_of, listing
from vientro.store.desk import Count, SourceState, Turn
from vientro.tasks.collecting import OWN_FAULT, arrived, work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from vientro.collect.listings import Kind
    from vientro.collect.sources import Source
    from vientro.tasks.collecting import Tools

_LONGEST_BACKOFF = timedelta(days=1)
_MOST_LISTS = 500  # pages of one list, or sitemaps of one index, that are walked back
_LEAST_LIST = 3
_SITEMAPS_BACK = timedelta(days=3)
_GAP = "more came than the list holds"
_OLDER = "older than asked for"


@dataclass(slots=True)
class Tally:
    """What one source brought: `news` are addresses not known before, `articles` versions taken; faults and rejects by name."""

    name: str
    news: int = 0
    articles: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    answered: bool = True
    waiting: int = 0

    def line(self) -> str:
        """One line of log."""
        left = ", ".join(f"{count} x {what}" for what, count in sorted(self.lost.items()))
        parts = [f"{self.news} new", f"{self.articles} articles", *([f"{self.waiting} waiting"] if self.waiting else [])]
        return f"{self.name}: {'' if self.answered else 'no answer; '}{', '.join(parts)}{'; ' + left if left else ''}"


def round_(sources: Sequence[Source], tools: Tools, *, punctual: bool, tell: Callable[[str], None]) -> int:
    """Ask every source whose time has come, then take every turn that has; returns how many articles were taken.

    `punctual` is for a program that comes by itself: whoever is called from outside (cron) asks all sources but those that failed.
    One line is told for each source that was asked or had turns.
    """
    tallies: dict[str, Tally] = {}
    now = tools.moment()
    for source in sources:
        state = tools.desk.source(source.name)
        if state.due <= now or not (punctual or state.failures):
            tallies[source.name] = poll(source, state, tools)
    names = [source.name for source in sources]
    for before, after in work(tools.desk.due(tools.moment(), names), tools, lambda _: None):
        _count(tallies.setdefault(after.source, Tally(after.source)), before, after)
    for tally in tallies.values():
        tell(tally.line())
    return sum(tally.articles for tally in tallies.values())


def watch(sources: Sequence[Source], tools: Tools, *, project: Callable[[], None], tell: Callable[[str], None]) -> None:
    """Rounds without end, each when the first source or address is due; the deals are made anew after each that brought an article."""
    while True:
        brought = 0
        try:
            brought = round_(sources, tools, punctual=True, tell=tell)
        except KeyboardInterrupt:
            project()  # what came before the break is shown as it stands
            raise
        if brought:
            project()
        tools.clock.sleep(max(wait(sources, tools), 1.0))


def wait(sources: Sequence[Source], tools: Tools) -> float:
    """Seconds until something is due, at most a minute: Ctrl-C and a clock that was set are noticed."""
    now = tools.clock.now()
    due = [state.due for source in sources if (state := tools.desk.source(source.name)).due]
    return min([60.0, *((datetime.fromisoformat(moment) - now).total_seconds() for moment in due)])


def poll(source: Source, state: SourceState, tools: Tools) -> Tally:
    """Ask a source for its list, if that has changed, and put what is new on the desk."""
    tally, counts, now = Tally(source.name), Counter[Count](), tools.clock.now()
    found = tools.fetcher.get(source.url, etag=state.etag, modified=state.modified)
    state = replace(state, url=source.url, polled=tools.moment())
    news: list[Turn] = []
    fault = found if isinstance(found, Fault) else None
    if isinstance(found, Page) and found.status != 304:
        kind = source.kind or kind_of(found)
        since = (now - _SITEMAPS_BACK).date().isoformat() if kind == "sitemap" else None
        try:
            lists = _lists(kind, found, since, tools, tally)
        except FeedError as error:
            fault = Fault(source.url, "broken list", str(error))
        except Exception as error:  # noqa: BLE001  a list that brings out a bug must not cost the other sources
            fault = Fault(source.url, OWN_FAULT, type(error).__name__)
        else:
            held = Listing(tuple(item for one in lists for item in one.items), tuple(fault for one in lists for fault in one.faults))
            news = fresh(held, source.name, tools, counts, since)
            if state.succeeded and len(news) == len(held.items) >= _LEAST_LIST:
                counts[source.name, "fault", _GAP] += 1
            state = replace(state, etag=found.header("etag"), modified=found.header("last-modified"))
    if fault:
        counts[source.name, "fault", fault.kind] += 1
        if fault.retry:
            tools.manners.pause(source.url, fault.retry)
        pause = min(timedelta(seconds=source.every) * 2 ** min(state.failures, 10), _LONGEST_BACKOFF)
        pause = max(pause, timedelta(seconds=fault.retry or 0))
        state = replace(state, failures=state.failures + 1, fault=fault.words, due=tools.moment(pause), etag="", modified="")
        tally.answered = False
    else:
        brought = tools.moment() if any(not turn.asked for turn in news) else state.news
        due = (now + timedelta(seconds=source.every)).isoformat(timespec="seconds")
        if state.failures and state.succeeded:
            tools.desk.back(source.name, state.succeeded, tools.moment())
        state = replace(state, succeeded=tools.moment(), failures=0, fault="", due=due, news=brought)
    tools.desk.save(news, state, counts)
    tally.news = sum(not turn.asked for turn in news)
    for (_, of, what), count in counts.items():
        if of == "fault":
            tally.lost[what] += count
    return tally


def _lists(kind: Kind, page: Page, since: str | None, tools: Tools, tally: Tally) -> list[Listing]:
    """The list of a page; of an index of sitemaps all that were changed since. Raises FeedError where the page is no list."""
    first = listing(kind, page, since)
    if kind != "sitemap" or not first.more:
        return [first]
    return [one for _, one in walked(page, kind, (), since, tools, tally, ())]


def fresh(list_: Listing, source: str, tools: Tools, counts: Counter[Count], since: str | None = None) -> list[Turn]:
    """The turns that a list gives: addresses not known before, and known ones that it says were changed. Counts what it holds."""
    now, moment = tools.clock.now(), tools.moment()
    names = [known_as(item.url) for item in list_.items]
    known = tools.desk.known(names)
    turns: list[Turn] = []
    for fault in list_.faults:
        counts[source, "fault", fault] += 1
    for name, item in dict(zip(names, list_.items, strict=True)).items():
        before = known.get(name)
        if item.published and not believable(item.published, now):
            counts[source, "fault", "date that can't be"] += 1
        if before is None and since and _older(item, since):
            counts[source, "items", _OLDER] += 1
        elif before is None:
            counts[source, "items", "new"] += 1
            published = item.published if item.published and believable(item.published, now) else ""
            turns.append(Turn(name, item.url, source, due=moment, first=moment, title=item.title, published=published))
        elif before.article and item.title and before.title and item.title != before.title:
            counts[source, "items", "headline changed"] += 1
            turns.append(replace(before, title=item.title, due=moment))
        elif before.article and item.updated and believable(item.updated, now) and before.asked and _later(item.updated, before.asked):
            turns.append(replace(before, due=moment))
    return turns


def _older(item: Item, since: str) -> bool:
    told = item.published or item.updated
    return bool(told) and str(told)[:10] < since


def _later(updated: str, asked: str) -> bool:
    """Whether a list says that a story was changed after it was last asked for; a day without a time says too little."""
    when = datetime.fromisoformat(updated)
    return when.tzinfo is not None and when > datetime.fromisoformat(asked)


def _count(tally: Tally, before: Turn, after: Turn) -> None:
    if after.reason:
        tally.lost[after.reason] += 1
    elif after.article != before.article or after.state != before.state:
        tally.articles += 1


def add(url: str, tools: Tools, *, since: str | None, tell: Callable[[str], None]) -> Tally:
    """Read what stands at an address: a story or a document, or all stories of a feed, a sitemap or a topic page.

    `since` (a day, ISO 8601) walks further pages of the list and further sitemaps back to that day. Run again it goes on where it was.
    Raises nothing for what the web does: an address that gives no page is told in the tally.
    """
    tally = Tally(url)
    found = tools.fetcher.get(url)
    kind = kind_of(found) if isinstance(found, Page) else None
    if isinstance(found, Fault) or kind in ("story", ".pdf", ".docx", "warc"):
        name = known_as(url)
        before = tools.desk.known([name]).get(name) or Turn(name, url, url, first=tools.moment())
        tally.news += not before.asked
        tally.answered = not isinstance(found, Fault)
        _count(tally, before, arrived(before, found, tools))
        return tally
    sitemaps = tools.manners.sitemaps(url) if since and kind == "topic" else []
    ended: set[str] = set()
    for address, list_ in walked(found, kind or "story", sitemaps, since, tools, tally, ended):
        counts = Counter[Count]()
        turns = fresh(list_, url, tools, counts, since)
        tools.desk.save(turns, counts=counts)
        tally.news += sum(not turn.asked for turn in turns)
        for before, after in work(tools.desk.due(tools.moment(), [url]), tools, lambda turn: tell(turn.url)):
            _count(tally, before, after)
        # A topic page tells no days itself: those of its stories say how far back it has come.
        known = tools.desk.known([known_as(item.url) for item in list_.items]).values()
        days = [turn.published[:10] for turn in known if turn.published]
        if since and days and max(days) < since:
            ended.add(address)
    tally.waiting = len(tools.desk.due("9", [url]))
    return tally


def walked(
    first: Page, kind: Kind, sitemaps: Sequence[str], since: str | None, tools: Tools, tally: Tally, ended: Collection[str]
) -> Iterator[tuple[str, Listing]]:
    """The lists that hang together with a first one, each once with its address; without `since` that one, and the sitemaps of an index.

    What follows on a list that has `ended` by the time that the next one is asked for is not walked.
    """
    todo: list[tuple[str, Kind]] = [(url, "sitemap") for url in sitemaps]
    seen = {first.address, *sitemaps}
    page: Page | Fault = first
    for _ in range(_MOST_LISTS):
        if isinstance(page, Fault):
            tally.lost[page.words] += 1
        else:
            try:
                list_ = listing(kind, page, since)
            except FeedError as error:
                tally.lost[f"broken list: {error}"] += 1
            else:
                yield page.address, list_
                if (since or kind == "sitemap") and page.address not in ended:
                    more = [url for url in list_.more if url not in seen]
                    seen |= set(more)
                    todo += [(url, kind) for url in more]
        if not todo:
            return
        url, kind = todo.pop(0)
        page = tools.fetcher.get(url)
