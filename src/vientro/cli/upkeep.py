"""`vientro backup`, `restore`, `rebuild`, `check-store` and `redact`: upkeep of a ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Names

if TYPE_CHECKING:
    from collections.abc import Callable

Backup = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, for example ledger-2026-03.vientro.", dir_okay=False)]
Over = Annotated[bool, typer.Option("--over", help="Replace what is in the ledger.")]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason, which stays in the ledger.")]
Which = Annotated[str, typer.Argument(metavar="ARTICLE", help="The id of an article, or its address for all versions of it.")]


def backup(file: Backup, *, db: Db = options.DB) -> None:
    """Write the whole ledger into one compressed file, the same from SQLite and from PostgreSQL.

    Others may write to the ledger meanwhile: the backup is of one moment. Pages in the archive are files: copy its folder too.

    Example: vientro backup ledger-2026-03.vientro
    """
    from vientro.store import backup as backups
    from vientro.store.store import Store

    output.writable(file)
    with Store(db, create=False) as store, _bar("writing") as tell:
        counts = backups.backup(store, file, tell)
    typer.echo(f"{file}: {counts['articles']} articles, {counts['claims']} claims, {counts['decisions']} decisions", err=True)


def restore(file: Backup, *, db: Db = options.DB, over: Over = False) -> None:
    """Put a backup into a new ledger, of either kind of database; all of it or nothing.

    With --over it replaces what a ledger has. Texts that were taken down there since stay down.

    Example: vientro restore ledger-2026-03.vientro --db postgresql://me@server/ledger
    """
    from vientro import pipeline
    from vientro.store import backup as backups
    from vientro.store.store import Store
    from vientro.tasks import upkeep

    backups.inspected(file)  # before a ledger is made for it
    with Store(db) as store:
        with _bar("reading") as tell:
            counts = backups.restore(store, file, over=over, tell=tell)
        upkeep.rebuild_if_needed(store, pipeline.shipped())
        name = store.name
    typer.echo(f"{name}: {counts['articles']} articles, {counts['claims']} claims, {counts['decisions']} decisions", err=True)


def rebuild(*, db: Db = options.DB, names: Names = None) -> None:
    """Throw steps and deals away and make them anew from claims and decisions. Nothing that was read or ruled is touched.

    Example: vientro rebuild --db vientro.db
    """
    from vientro import pipeline
    from vientro.store.store import Store
    from vientro.tasks import upkeep

    with Store(db, create=False) as store, Console(stderr=True).status("linking"):
        upkeep.rebuild(store, pipeline.shipped(names))
        links, ledger = store.projection()
    typer.echo(f"{len(links)} claims, {len(ledger.steps)} steps, {len(ledger.deals)} deals", err=True)


def check_store(*, db: Db = options.DB, as_json: AsJson = False, names: Names = None) -> None:
    """Check all that must hold of a ledger: spans, hashes, ids, links, guards, and that its deals are those that a rebuild makes.

    Prints what is wrong, one line each, and ends with 1; where all is well it says so on standard error and ends with 0.

    Example: vientro check-store --db vientro.db
    """
    from vientro import pipeline
    from vientro.publish.safe import printable
    from vientro.store.store import Store
    from vientro.tasks import upkeep

    with Store(db, create=False) as store, Console(stderr=True).status("checking"):
        found = list(upkeep.problems(store, pipeline.shipped(names)))
        count = store.count()
    if not found:
        typer.echo(f"Nothing is wrong with this ledger of {count} articles", err=True)
    if as_json:
        output.print_json({"problems": found})
    else:
        for problem in found:
            typer.echo(printable(problem))
    if found:
        raise typer.Exit(1)


def redact(article: Which, *, why: Why, db: Db = options.DB, names: Names = None) -> None:
    """Take the text of an article down: from the ledger, the index of words, the archive, and so from later backups and exports.

    Its hash, its address and the reason stay, as does what its claims say in codes and numbers. This can't be undone. Backups made
    before still have the text: delete them, or restore them over this ledger, which takes it down in them too.

    Example: vientro redact https://example.org/a-story.html --why "at the outlet's request"
    """
    from vientro import pipeline
    from vientro.store.store import Store
    from vientro.tasks import upkeep

    with Store(db, create=False) as store:
        for redaction in upkeep.take_down(store, pipeline.shipped(names), article, why):
            typer.echo(f"{redaction.article} {redaction.hash} {redaction.at}")


class _bar:  # noqa: N801  a context, named as it reads
    """A bar on standard error, gone when the work is done; none where nobody watches."""

    def __init__(self, words: str) -> None:
        console = Console(stderr=True)
        self._progress = Progress(console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task(words, total=None)

    def __enter__(self) -> "Callable[[int, int], None]":
        self._progress.start()
        return lambda done, total: self._progress.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
