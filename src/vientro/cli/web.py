"""What the commands that collect share: tools for the web, and words for what came."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.pipeline import Stages
    from vientro.store.store import Store
    from vientro.tasks.collecting import Tools
    from vientro.tasks.watching import Tally

AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Also read from private networks: an intranet, this machine.")]
ExcerptsOnly = Annotated[
    bool,
    typer.Option(
        "--excerpts-only",
        help="Keep of articles only title, lede and the sentences that claims rest on, and of pages only hashes. The ledger keeps to it.",
    ),
]


class Clock:
    """The time of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@contextmanager
def tools(store: "Store", stages: "Stages", *, private: bool, delay: float = 2.0, contact: str = "") -> "Iterator[Tools]":
    """Everything that collecting needs; raises InputError where its parts are not installed."""
    from vientro.store import settings

    try:
        from vientro.collect.archive import Archive, folder_of
        from vientro.collect.fetch import AGENT, Fetcher
        from vientro.collect.manners import Manners
        from vientro.collect.network import Network
        from vientro.store.desk import Desk
        from vientro.tasks.collecting import Tools
    except ModuleNotFoundError as error:
        raise lacking(error) from None
    clock = Clock()
    fetcher = Fetcher(clock.now, Network(private), agent=f"{AGENT} ({contact})" if contact else AGENT)
    manners = Manners(fetcher, clock, delay)
    fetcher.permit = manners.permit
    archive = None if settings.excerpts_only(store) else Archive(folder_of(store.name))
    try:
        yield Tools(store, Desk(store), stages, fetcher, manners, archive, clock)
    finally:
        fetcher.close()


def lacking(error: ModuleNotFoundError) -> InputError:
    return InputError("collecting", f"it needs {error.name}, which is not installed", "Install it: pip install 'vientro[collect]'")


def parted(places: Sequence[str]) -> tuple[list[str], list[str]]:
    """Of what is given on a command line, the addresses and the paths."""
    urls = [place for place in places if place.lower().startswith(("http://", "https://"))]
    return urls, [place for place in places if place not in urls]


def collected(
    urls: Sequence[str], store: "Store", stages: "Stages", *, private: bool = False, since: str | None = None, delay: float = 2.0
) -> "list[Tally]":
    """Add what stands at the addresses to a ledger; raises InputError where what that needs is not installed."""
    try:
        from vientro.tasks.watching import add
    except ModuleNotFoundError as error:
        raise lacking(error) from None
    tell = line_teller()
    with tools(store, stages, private=private, delay=delay) as held:
        return [add(url, held, since=since, tell=tell) for url in urls]


def line_teller() -> Callable[[str], None]:
    """Tells one line of log, with the time, harmless for a terminal whatever an outlet sent."""
    from vientro.publish.safe import printable

    return lambda line: typer.echo(f"{datetime.now(UTC).isoformat(timespec='seconds')} {printable(line)}", err=True)


def own_files(db: str) -> list[Path]:
    """The files of a ledger, which are no articles."""
    return [Path(db), Path(f"{db}-wal"), Path(f"{db}-shm")]
