"""`vientro eval`: how good the reader and the linker are, measured against hand-coded text."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from vientro.cli import output

if TYPE_CHECKING:
    from vientro.evaluate.floors import Floor

Data = Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The evaluation data: score.py, score_links.py and gold/.")]
Json = Annotated[bool, typer.Option("--json", help="Print everything the scorers say, as JSON.")]
Raise = Annotated[
    Path | None, typer.Option("--raise-floors", metavar="FILE", help="Write floors a little below what is measured; none is lowered.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME", help="Only this set (may be given more than once); floors of the others are not checked."),
]

_COLUMNS = ("claim", "strict", "slot")


def evaluate(data: Data = Path("../shared/eval"), *, only: Sets = None, as_json: Json = False, raise_floors: Raise = None) -> None:
    """Score the reader and the linker over the gold sets, and fail where a score is below its floor.

    Every document is read with weights that never saw it or a near copy of it (five folds). The claims are scored by score.py of the
    data, the links of gold claims by score_links.py.
    """
    from vientro.evaluate import floors, gold
    from vientro.reading import reader

    output.writable(raise_floors)
    chosen = gold.chosen(gold.sets(data), only or [])
    measured: dict[str, Floor] = {}
    reports: dict[str, Any] = {}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for one in chosen:
            task = progress.add_task(one.name, total=len(gold.articles(one)))
            rows = list(gold.read(one, least=reader.THRESHOLD, tell=lambda task=task: progress.advance(task)))  # type: ignore[misc]
            reports[one.name] = gold.score(data, one, rows)
            measured[one.name] = floors.of_claims(one.sha256, reports[one.name])
            if one.links:
                reports[f"{one.name} links"] = gold.score_links(data, one)
                measured[f"{one.name} links"] = floors.of_links(one.sha256, reports[f"{one.name} links"])
    known = {name: floor for name, floor in floors.shipped().items() if not only or name in measured}
    if as_json:
        output.print_json(reports)
    else:
        _show(reports, known)
    if raise_floors:
        floors.write(raise_floors, floors.raised(measured, floors.shipped()))
        return
    broken = floors.breaches(measured, known)
    for line in broken:
        typer.echo(f"vientro: {line}", err=True)
    if broken:
        raise typer.Exit(1)


def _show(reports: dict[str, Any], floors: "dict[str, Floor]") -> None:
    console = Console(highlight=False, emoji=False, markup=False)
    table = Table(title="Claims: F1, cross-validated (floor)", title_justify="left")
    table.add_column("set")
    for name in (*_COLUMNS, "precision", "recall", "surest quarter"):
        table.add_column(name, justify="right")
    for name, report in reports.items():
        if name.endswith(" links"):
            continue
        floor = floors[name].scores if name in floors else {}
        cells = [f"{report[c]['f1'] or 0:.3f}" + (f" ({floor[c]:.3f})" if c in floor else "") for c in _COLUMNS]
        surest = report["confident"].get("25%")
        table.add_row(name, *cells, _figure(report["claim"]["p"]), _figure(report["claim"]["r"]), _figure(surest))
    console.print(table)
    console.print("surest quarter: of the quarter of the claims with the highest confidence, the part that is strictly right")
    for name, report in reports.items():
        if name.endswith(" links"):
            links = Table(title=f"Links of the gold claims, {name.removesuffix(' links')}", title_justify="left")
            for column in ("level", "pairs F1 without the largest group", "B-cubed F1 of shared claims", "B-cubed F1"):
                links.add_column(column, justify="left" if column == "level" else "right")
            for level in ("step", "deal"):
                r = report[level]
                links.add_row(level, _figure(r["pairs_f1_without_largest"]), _figure(r["b3_shared"]["f1"]), _figure(r["b3"]["f1"]))
            console.print(links)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
