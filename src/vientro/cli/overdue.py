"""`vientro overdue`: what was due and has no report that it came."""

from typing import Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Language, day_of

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="The day to look from, like 2025-03-01.", show_default="that of the newest article"),
]


def overdue(*, db: Db = options.DB, as_of: AsOf = None, lang: Language = options.Lang.vi, as_json: AsJson = False) -> None:
    """Show promises whose due day has passed without a report that they were kept, stopped or put off, and how much was read since.

    Silence is no report found in what was read; it never means that nothing was delivered.
    """
    from vientro.publish import late
    from vientro.store.store import Store
    from vientro.tasks import lives

    day = day_of("--as-of", as_of)
    with Store(db, create=False) as store:
        agenda = lives.overdue(store, day)
    if as_json:
        output.print_json(late.record(agenda))
    else:
        typer.echo(late.text(agenda, lang.value), nl=False)
