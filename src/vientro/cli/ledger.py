"""`vientro ledger` and `vientro export`: what is in a ledger already."""

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Language, Limit, Report


def ledger(
    *,
    db: Db = options.DB,
    report: Report = None,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
    limit: Limit = None,
) -> None:
    """Show the ledger as the last run left it."""
    from vientro.pipeline import open_ledger

    output.writable(report)
    output.show(open_ledger(db), lang.value, as_json=as_json, limit=limit, report=report)


def export(*, db: Db = options.DB) -> None:
    """Print the ledger in its canonical form: sorted JSON Lines, the same bytes for the same articles."""
    from vientro.pipeline import open_ledger
    from vientro.publish import canonical

    for line in canonical.lines(open_ledger(db)):
        typer.echo(line)
