"""`vientro deal`: the life of one deal."""

from typing import Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Language

Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a deal (d-...), of one of its acts (s-...) or of a report (c-...).")]
Why = Annotated[bool, typer.Option("--why", help="Also say why each report was put with the others.")]


def deal(id_: Id, *, db: Db = options.DB, why: Why = False, lang: Language = options.Lang.vi, as_json: AsJson = False) -> None:
    """Show the life of one deal: its acts in order, what came of it, who says so, where figures differ, which counting rules touched it.

    Ids stand in `vientro check`, `vientro overdue` and `vientro ledger --json`: `vientro deal d-0123456789abcdef --why`. An id that was
    merged away leads to the deal that holds its reports now.
    """
    from vientro.publish import life
    from vientro.store.store import Store
    from vientro.tasks import lives

    with Store(db, create=False) as store:
        found = lives.life(id_, store)
    if as_json:
        output.print_json(life.record(found))
    else:
        typer.echo(life.text(found, lang.value, why=why), nl=False)
