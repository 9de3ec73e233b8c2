"""`vientro ledger` and `vientro export`: what is in a ledger already."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Language, Limit, Report

if TYPE_CHECKING:
    from vientro.publish.book import Book


def ledger(
    *,
    db: Db = options.DB,
    report: Report = None,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
    limit: Limit = None,
) -> None:
    """Show the ledger as the last run left it."""
    output.show(_book(db), lang.value, as_json=as_json, limit=limit, report=report)


def export(*, db: Db = options.DB) -> None:
    """Print the ledger in its canonical form: sorted JSON Lines, the same bytes for the same articles."""
    from vientro.publish import canonical

    for line in canonical.lines(_book(db)):
        typer.echo(line)


def _book(db: Path) -> "Book":
    from vientro import pipeline
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        return pipeline.book(store)
