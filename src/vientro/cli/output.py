"""What the commands print: for a person, or for a program."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer
from rich.console import Console, Group

from vientro.cli.options import MOST_LINES
from vientro.model.article import Reject

if TYPE_CHECKING:
    from vientro.publish.book import Book
    from vientro.publish.words import Lang

_WIDTH = 100


def show(book: "Book", lang: "Lang", *, as_json: bool, limit: int | None, report: Path | None) -> None:
    """The ledger on standard output, and as a page where one is wanted."""
    from vientro.publish import records, table
    from vientro.publish import report as page

    if report:
        page.write(report, book, lang)
    if as_json:
        print_json(records.ledger(book))
        return
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else _WIDTH, highlight=False, emoji=False, markup=False)
    most = (MOST_LINES if terminal else None) if limit is None else limit or None
    console.print(Group(table.ledger(book, lang, most), table.summary(book, lang)))
    if report:
        typer.echo(f"report: {report}", err=True)


def print_json(record: Any) -> None:
    """One line of JSON, in UTF-8 whatever the locale."""
    typer.echo(msgspec.json.encode(record))


def tell_rejects(rejects: Sequence[Reject]) -> None:
    """On standard error: what was left out, one line each."""
    from vientro.publish.safe import printable

    for reject in rejects:
        typer.echo(f"vientro: left out {printable(reject.id)}: {printable(reject.reason)}", err=True)
