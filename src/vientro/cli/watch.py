"""`vientro watch`: sources that are asked again and again."""

from pathlib import Path
from typing import Annotated

import typer

from vientro.cli import options, web
from vientro.cli.options import Db, Least, Names
from vientro.cli.web import AllowPrivate, ExcerptsOnly

Sources = Annotated[Path, typer.Argument(metavar="SOURCES.toml", help="What to watch (docs/collecting.md).", dir_okay=False)]
Once = Annotated[bool, typer.Option("--once", help="Ask every source once and end: for cron.")]


def watch(
    sources: Sources,
    *,
    db: Db = options.DB,
    once: Once = False,
    private: AllowPrivate = False,
    excerpts_only: ExcerptsOnly = False,
    least: Least = None,
    names: Names = None,
) -> None:
    """Watch outlets politely, and read what they bring into the ledger. One line is told for each source that was asked.

    Ctrl-C ends it at any time without loss; the same command goes on where it was. `vientro sources` tells how the sources do.

    Example: vientro watch sources.toml --once
    """
    from vientro import pipeline
    from vientro.store import settings
    from vientro.store.store import Store

    try:
        from vientro.collect.sources import load
        from vientro.tasks.watching import round_
        from vientro.tasks.watching import watch as go_on
    except ModuleNotFoundError as error:
        raise web.lacking(error) from None

    watched = load(sources)
    stages = pipeline.shipped(names)
    tell = web.line_teller()
    with Store(db) as store:
        if excerpts_only:
            settings.keep_excerpts_only(store)

        def project() -> None:
            pipeline.project(store, stages, least=stages.threshold if least is None else least)

        with web.tools(store, stages, private=private, delay=watched.delay, contact=watched.contact) as tools:
            if not once:
                go_on(watched.sources, tools, project=project, tell=tell)
            try:
                round_(watched.sources, tools, punctual=False, tell=tell)
            finally:
                project()
