"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vientro.model import days

MOST_LINES = 200
DB = "vientro.db"


class Lang(StrEnum):
    vi = "vi"
    en = "en"


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files and folders of articles: .txt, .html, .jsonl (also .gz or .xz), or - for standard input.",
        show_default=False,
    ),
]
Places = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH_OR_URL...",
        help="Files and folders of articles (.txt, .html, .jsonl, also .gz or .xz, or - for standard input), and addresses on the web.",
        show_default=False,
    ),
]
Db = Annotated[
    str, typer.Option("--db", metavar="FILE|URL", help="The ledger's database: a file, or postgresql://user@host/name (docs/store.md).")
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE.html", help="Also write the ledger as one page.", dir_okay=False, show_default=False),
]
Language = Annotated[Lang, typer.Option("--lang", help="Language of the table and the page.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of the table.")]
Least = Annotated[
    float | None,
    typer.Option(
        "--min-confidence", min=0, max=1, metavar="0..1", help="Leave out claims below this.", show_default="the reader's threshold"
    ),
]
Names = Annotated[
    Path | None,
    typer.Option(
        "--names",
        metavar="FILE.tsv",
        help="Names of your own, beside the shipped ones: a table with the columns pattern, name, kind, code (docs/names.md).",
        dir_okay=False,
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", min=0, metavar="N", help="Most lines to print; 0 for all.", show_default=f"{MOST_LINES} in a terminal, else all"
    ),
]


def day_of(option: str, given: str | None) -> str | None:
    """The day that an option gives, in ISO 8601; raises InputError for anything else."""
    return None if given is None else days.day(f"{option} {given}", given)
