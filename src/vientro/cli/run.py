"""`vientro run`: the main job."""

from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from vientro.cli import options, output, web
from vientro.cli.options import AsJson, Db, Language, Least, Limit, Names, Places, Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.pipeline import Fared, Tell
    from vientro.tasks.watching import Tally

_STAGES = {"read": "reading", "link": "linking"}


def run(
    places: Places,
    *,
    db: Db = options.DB,
    report: Report = None,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
    least: Least = None,
    limit: Limit = None,
    names: Names = None,
) -> None:
    """Read articles into the ledger and show it.

    Running it again changes nothing; a run that was stopped goes on where it was. Addresses are read as `vientro add` reads them.

    Example: vientro run articles/ https://vnexpress.net/rss/the-gioi.rss
    """
    from vientro import pipeline
    from vientro.collect.files import sources
    from vientro.publish.safe import printable
    from vientro.store.store import Store

    output.writable(report)
    stages = pipeline.shipped(names)
    own = [*web.own_files(db), *([report] if report else [])]
    urls, paths = web.parted(places)
    files = sources(paths, skip=own)
    with Store(db) as store:
        tallies = web.collected(urls, store, stages) if urls else []
        with progress() as bar:
            fared = pipeline.run(files, store, stages, least=least, tell=teller(bar))
        book = pipeline.book(store)
    output.show(book, lang.value, as_json=as_json, limit=limit, report=report)
    for tally in tallies:
        typer.echo(printable(tally.line()), err=True)
    fail_where_nothing_was_read(fared, tallies)


def fail_where_nothing_was_read(fared: "Fared", tallies: "Sequence[Tally]") -> None:
    """Say why, and exit with 1, where neither a file nor an address gave an article."""
    if not fared.read and not any(tally.articles or (tally.answered and not tally.lost) for tally in tallies):
        typer.echo(f"vientro: {_nothing(fared)}", err=True)
        raise typer.Exit(1)


def _nothing(fared: "Fared") -> str:
    """Why nothing could be read, and what can be."""
    from vientro.publish.safe import printable

    said = printable(f": {fared.lost.id}: {fared.lost.reason}") if fared.lost else ""
    return f"nothing of this could be read{said}. Give articles in Vietnamese, as .txt, .html or .jsonl, or their addresses"


def progress() -> Progress:
    """A bar on standard error, gone when the work is done; none where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def teller(progress: Progress) -> "Tell":
    tasks = {stage: progress.add_task(words, total=None, visible=False) for stage, words in _STAGES.items()}

    def tell(stage: str, done: int, total: int) -> None:
        progress.update(tasks[stage], completed=done, total=total or None, visible=True)

    return tell
