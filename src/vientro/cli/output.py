"""What the commands print: for a person, or for a program."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typer
from rich.console import Console, Group

from vientro.cli.options import MOST_LINES
from vientro.model.article import Reject
from vientro.model.errors import InputError

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


def writable(path: Path | None) -> None:
    """Raises InputError where a file that is wanted at the end could not be put: before the work is done, not after it."""
    if path and not path.parent.is_dir():
        raise InputError(str(path), f"there is no folder {path.parent}", "Make it, or give another path")
    if path and not os.access(path.parent, os.W_OK):
        raise InputError(str(path), f"nothing can be written to the folder {path.parent}", "Give another path")


def print_json(record: Any) -> None:
    """One line of JSON, in UTF-8 whatever the locale."""
    typer.echo(msgspec.json.encode(record))


def tell_rejects(rejects: Sequence[Reject]) -> None:
    """On standard error: what was left out, one line each."""
    from vientro.publish.safe import printable

    for reject in rejects:
        typer.echo(f"vientro: left out {printable(reject.id)}: {printable(reject.reason)}", err=True)
