"""`vientro release`: the ledger under a number, with what it corrects."""

from pathlib import Path
from typing import Annotated

import typer

from vientro.cli import options, output
from vientro.cli.decide import By, reviewer
from vientro.cli.diff import As, Form, show
from vientro.cli.options import Db, Language

_NOTHING = "Nothing to correct."


def release(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A name for the release, like 2025-Q1; without one all are listed.")] = "",
    *,
    by: By = "",
    note: Annotated[str, typer.Option("--note", metavar="WORDS", help="What there is to say of it.", show_default=False)] = "",
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE.jsonl", help="Also write its canonical form.", dir_okay=False, show_default=False)
    ] = None,
    again: Annotated[bool, typer.Option("--corrections", help="Show what a release corrected, and make none.")] = False,
    form: Form = As.text,
    db: Db = options.DB,
    lang: Language = options.Lang.vi,
) -> None:
    """Number the ledger as it is now, and list what it corrects of the release before: old, new, why and who.

    Example: vientro release 2025-Q1 --by lan --to ledger-2025-Q1.jsonl
    """
    from vientro import pipeline
    from vientro.publish import atomic, canonical
    from vientro.store.store import Store
    from vientro.tasks import past

    output.writable(to)
    with Store(db, create=False) as store:
        if not name:
            made = [{"number": one.number, "name": one.name, "at": one.at, "digest": one.digest} for one in store.releases()]
            if form is As.json:
                output.print_json(made)
            else:
                typer.echo("".join(f"{one['number']}  {one['name']}  {one['at']}  {one['digest']}\n" for one in made), nl=False)
            return
        if again:
            show(past.corrections(store, name), form, lang.value, _NOTHING)
            return
        done, found = past.release(store, name, (shown := reviewer(by, None)).shown_as or shown.name, note)
        if to:
            atomic.write(to, "".join(f"{line}\n" for line in canonical.lines(pipeline.book(store))).encode())
    typer.echo(f"release {done.number}: {done.name}, SHA-256 {done.digest}", err=True)
    show(found, form, lang.value, _NOTHING)
