"""`vientro export`: the ledger as files for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import Db
from vientro.model.errors import InputError


class Shape(StrEnum):
    vientro = "vientro"
    kiel = "kiel"


To = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="Where to put it: .csv, .xlsx, .parquet, .sqlite or .jsonl. Without a file the canonical form is printed.",
        show_default=False,
        dir_okay=False,
    ),
]


def export(
    file: To = None,
    *,
    db: Db = options.DB,
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV with the mark by which some spreadsheets know UTF-8.")] = False,
    shape: Annotated[Shape, typer.Option("--shape", help="The columns: our own, or those of Kiel's tracker.")] = Shape.vientro,
    texts: Annotated[
        bool, typer.Option("--texts", help="With .jsonl: the facts with the texts of the articles, to import into a ledger of your own.")
    ] = False,
) -> None:
    """Write the ledger as a table, a row for each act; or print it in its canonical form, the same bytes for the same articles.

    Example: vientro export ledger.xlsx. A .jsonl holds the canonical form. Columns and marks of doubt: docs/exports.md.
    """
    from vientro import pipeline
    from vientro.publish import atomic, canonical, columns, kiel, tables, whole
    from vientro.publish.tables.column import Table
    from vientro.store.store import Store

    output.writable(file)
    if texts and (file is None or file.suffix != ".jsonl"):
        raise InputError("--texts", "only JSON Lines hold texts", "Give a file that ends in .jsonl")
    with Store(db, create=False) as store, store.snapshot():
        book, seen, retired = pipeline.book(store), store.seen(), store.retired()
    if file is None:
        for line in canonical.lines(book):
            typer.echo(line)
        return
    if file.suffix == ".jsonl":
        lines = whole.lines(book) if texts else canonical.lines(book)
        atomic.write(file, "".join(f"{line}\n" for line in lines).encode())
        return
    flat = list(columns.rows(book, seen, retired))
    table = Table("ledger", columns.COLUMNS, flat)
    if shape is Shape.kiel:
        table = Table("kiel", kiel.COLUMNS, list(kiel.rows(flat)))
    tables.write(file, [table], bom=bom)
