"""`vientro add`: what stands at an address or a path, into the ledger."""

from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output, run, web
from vientro.cli.options import AsJson, Db, Least, Names, day_of
from vientro.cli.web import AllowPrivate, ExcerptsOnly

if TYPE_CHECKING:
    from vientro.tasks.watching import Tally

Places = Annotated[
    list[str],
    typer.Argument(
        metavar="URL_OR_PATH...",
        help="Addresses of articles, feeds, topic pages, sitemaps, PDF or DOCX; files (.html .txt .jsonl .pdf .docx .warc.gz) and folders.",
        show_default=False,
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="Walk topic pages and sitemaps back to this day, like 2026-11-01.", show_default=False),
]

Delay = Annotated[float, typer.Option("--delay", min=0, max=3600, metavar="SECONDS", help="Least pause between two requests to one host.")]


def add(
    places: Places,
    *,
    db: Db = options.DB,
    since: Since = None,
    delay: Delay = 2.0,
    private: AllowPrivate = False,
    excerpts_only: ExcerptsOnly = False,
    least: Least = None,
    names: Names = None,
    as_json: AsJson = False,
) -> None:
    """Add articles to the ledger, from the web or from files; what an address holds is found out.

    robots.txt, opt-outs from text mining and pauses between requests are kept to. Given again, it goes on where it was.

    Example: vientro add https://vnexpress.net/rss/the-gioi.rss articles/ --since 2026-11-01
    """
    from vientro import pipeline
    from vientro.collect.files import sources
    from vientro.publish.safe import printable
    from vientro.store import settings
    from vientro.store.store import Store

    day = day_of("--since", since)
    urls, paths = web.parted(places)
    files = sources(paths, skip=web.own_files(db)) if paths else []
    stages = pipeline.shipped(names)
    tallies: list[Tally] = []
    with Store(db) as store:
        if excerpts_only:
            settings.keep_excerpts_only(store)
        before = store.count()
        try:
            if urls:
                tallies = web.collected(urls, store, stages, private=private, since=day, delay=delay)
        finally:
            # Also after Ctrl-C: what came before it is in the ledger, and shows.
            with run.progress() as bar:
                fared = pipeline.run(files, store, stages, least=least, tell=run.teller(bar))
        added = store.count() - before
        rejects = store.rejects()
    if as_json:
        output.print_json({"added": added, "sources": [_record(tally) for tally in tallies], "rejects": len(rejects)})
        run.fail_where_nothing_was_read(fared, tallies)
        return
    for tally in tallies:
        typer.echo(printable(tally.line()))
        if tally.waiting:
            typer.echo(f"  {tally.waiting} addresses wait for their turn. Give the same command again later")
    typer.echo(f"{added} articles added to {db}")
    run.fail_where_nothing_was_read(fared, tallies)


def _record(tally: "Tally") -> dict[str, object]:
    return {
        "url": tally.name,
        "answered": tally.answered,
        "new": tally.news,
        "articles": tally.articles,
        "waiting": tally.waiting,
        "left_out": dict(tally.lost),
    }
