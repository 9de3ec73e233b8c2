"""`vientro diff`: what changed in the ledger from one day to another."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import Db, Language, day_of
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.tasks.past import Difference


class As(StrEnum):
    text = "text"
    rows = "rows"
    json = "json"


class Clock(StrEnum):
    told = "told"
    known = "known"


Form = Annotated[As, typer.Option("--as", help="Lines to read, rows of CSV, or JSON.")]


def diff(
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The earlier day, like 2025-01-31.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The later day.")],
    donor: Annotated[str | None, typer.Option("--donor", metavar="WHO", help="Only acts of this giver: a code or a name.")] = None,
    clock: Annotated[
        Clock, typer.Option("--clock", help="told: articles count from their publication; known: from when the ledger had them.")
    ] = Clock.told,
    form: Form = As.text,
    db: Db = options.DB,
    lang: Language = options.Lang.vi,
) -> None:
    """Say what changed in the ledger between two days, and because of which article or decision.

    Example: vientro diff --from 2025-01-31 --to 2025-02-28 --donor DE --as rows
    """
    from vientro import pipeline
    from vientro.publish.words import code_of
    from vientro.store.store import Store
    from vientro.tasks import past

    days = day_of("--from", first) or "", day_of("--to", last) or ""
    if days[0] > days[1]:
        raise InputError(f"--from {first}", f"it is after --to {last}", "Give the earlier day first")
    with Store(db, create=False) as store:
        found = past.between(store, pipeline.shipped(), *days, clock=clock.value, donor=donor and (code_of(donor) or donor))
    show(found, form, lang.value, "Nothing changed.")


def show(found: "Difference", form: As, lang: str, nothing: str) -> None:
    """Changes in the form that is asked for; `nothing` is what is said where there are none."""
    from vientro.publish import changes
    from vientro.publish.tables import as_csv
    from vientro.publish.tables.column import Table

    told = (found.changes, found.steps, found.articles)
    if form is As.json:
        output.print_json(changes.records(*told))
    elif form is As.rows:
        typer.echo(as_csv.content([Table("changes", changes.COLUMNS, changes.rows(*told))]), nl=False)
    else:
        typer.echo(changes.text(*told, "en" if lang == "en" else "vi") or f"{nothing}\n", nl=False)
