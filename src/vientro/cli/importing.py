"""`vientro import` and `vientro compare`: tables of others beside the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vientro.cli import options, output
from vientro.cli.decide import By, ShownAs, reviewer
from vientro.cli.options import AsJson, Db
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.ledger.compare import Comparison
    from vientro.ledger.imported import Imported
    from vientro.model.article import Reject
    from vientro.model.ledger import Step
    from vientro.review.maps import Map

File = Annotated[Path, typer.Argument(metavar="FILE", help="A table: .csv or .xlsx; or a .jsonl that `vientro export --texts` wrote.")]
By_map = Annotated[
    str, typer.Option("--map", metavar="NAME|MAP.toml", help="How its columns are to be read: kiel, sipri, vientro, or a file of your own.")
]


def import_(
    file: File,
    *,
    by_map: By_map = "",
    by: By = "",
    shown_as: ShownAs = None,
    db: Db = options.DB,
    as_json: AsJson = False,
) -> None:
    """Bring in the rows of a table as rows coded by hand, to which the claims of articles attach. Known rows change nothing.

    Example: vientro import tracker.xlsx --map kiel --by lan. A cell that can't be read is told with its row and column.
    """
    from vientro import pipeline
    from vientro.publish import whole
    from vientro.store.store import Store
    from vientro.tasks import importing

    stages = pipeline.shipped()
    _there(file)
    if file.suffix == ".jsonl":
        with Store(db) as store, file.open(encoding="utf-8") as lines:
            found = importing.facts(list(whole.read(lines, file.name)), store, stages, file.name)
    else:
        who, columns = reviewer(by, shown_as), _map(by_map)
        with Store(db) as store:
            found = importing.rows(_rows(file, columns), store, stages, who)
    output.tell_rejects(found.rejects)
    if as_json:
        output.print_json({"new": found.new, "changed": found.changed, "known": found.known, "rejects": len(found.rejects)})
    else:
        typer.echo(f"{found.new} new, {found.changed} changed, {found.known} known already, {len(found.rejects)} cells or rows left out")


def compare(file: File, *, by_map: By_map = "", db: Db = options.DB, as_json: AsJson = False) -> None:
    """Hold a table against the ledger, which stays as it is: acts of both, acts of one alone, and sums that differ.

    Example: vientro compare tracker.csv --map kiel
    """
    from vientro import pipeline
    from vientro.store.store import Store
    from vientro.tasks import importing

    _there(file)
    columns, stages = _map(by_map), pipeline.shipped()
    with Store(db, create=False) as store:
        found, ledger, rejects = importing.compared(_rows(file, columns), store, stages, columns.database)
    output.tell_rejects(rejects)
    steps = {step.id: step for step in ledger.steps}
    if as_json:
        import msgspec

        output.print_json(msgspec.to_builtins(found))
    else:
        typer.echo("".join(f"{row}\n" for row in _told(found, steps)), nl=False)


def _there(file: Path) -> None:
    if not file.is_file():
        raise InputError(str(file), "there is no such file", "Give a table: .csv or .xlsx")


def _map(given: str) -> "Map":
    from vientro.review import maps

    if not given:
        raise InputError(
            "--map", "nothing says how the columns are to be read", f"Give one of {', '.join(maps.names())}, or a file MAP.toml"
        )
    path = Path(given)
    if path.suffix != ".toml":
        return maps.shipped(given)
    _there(path)
    return maps.parse(path.read_text("utf-8"), given)


def _rows(file: Path, columns: "Map") -> "Iterator[Imported | Reject]":
    from vientro.publish import sheets
    from vientro.review.importing import imported

    return imported(sheets.read(file, columns.needs), columns, file.name)


def _told(found: "Comparison", steps: "dict[str, Step]") -> "Iterator[str]":
    from vientro.publish.phrases import deed
    from vientro.publish.safe import printable

    apart = [pair for pair in found.matched if pair.agree is False]
    yield (
        f"{found.database}: {len(found.matched)} acts in both, {len(found.only_theirs)} only theirs, {len(found.only_ours)} only ours, "
        f"{len(apart)} with sums that differ"
    )
    for title, ids in (("both", [pair.step for pair in found.matched]), ("only theirs", found.only_theirs), ("only ours", found.only_ours)):
        for id_ in ids:
            yield f"  {title}: {printable(deed(steps[id_], 'en'))}{f' · {steps[id_].date}' if steps[id_].date else ''} [{id_}]"
    for pair in apart:
        sums: list[Any] = [pair.theirs, pair.ours]
        told = " against ".join(f"{money.value:,.0f} {money.currency}" for money in sums)
        yield f"  sums differ: {told} [{pair.step}]"
