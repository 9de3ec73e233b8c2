"""`vientro eval`: how good the reader and the linker are, measured against hand-coded text; `vientro eval mentions`: their atoms."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from vientro.cli import output
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.evaluate.floors import Floor

DATA = Path("../shared/eval")

Data = Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The evaluation data: score.py, score_links.py and gold/.")]
Json = Annotated[bool, typer.Option("--json", help="Print everything the scorers say, as JSON.")]
Raise = Annotated[
    Path | None, typer.Option("--raise-floors", metavar="FILE", help="Write floors a little below what is measured; none is lowered.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME", help="Only this set (may be given more than once); floors of the others are not checked."),
]

Cases = Annotated[Path, typer.Option("--cases", metavar="FOLDER", help="The written cases, one file a kind (times.jsonl ...).")]
Gold = Annotated[
    Path | None,
    typer.Option("--data", metavar="FOLDER", help=f"The evaluation data; {DATA} is taken if it is there.", show_default=False),
]
Errors = Annotated[int, typer.Option("--errors", metavar="N", min=0, help="Show the first N wrong cases of each kind.")]
MentionsSets = Annotated[list[str] | None, typer.Option("--set", metavar="NAME", help="Only this gold set (may be given more than once).")]
MentionsJson = Annotated[bool, typer.Option("--json", help="Print all figures and every wrong case as JSON.")]

_COLUMNS = ("claim", "strict", "slot")

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def evaluate(ctx: typer.Context, data: Data = DATA, *, only: Sets = None, as_json: Json = False, raise_floors: Raise = None) -> None:
    """Score the reader and the linker over the gold sets, and fail where a score is below its floor.

    Every document is read with weights that never saw it or a near copy of it (five folds). The claims are scored by score.py of the
    data, the links of gold claims by score_links.py.
    """
    if ctx.invoked_subcommand:
        sources = [ctx.get_parameter_source(name) for name in ctx.params]
        if any(source and source.name == "COMMANDLINE" for source in sources):
            raise InputError(f"eval {ctx.invoked_subcommand}", "an option stands before it", f"Put options after {ctx.invoked_subcommand}")
        return
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


@app.command("mentions")
def mentions(
    cases: Cases = Path("tests/cases"), *, data: Gold = None, only: MentionsSets = None, errors: Errors = 0, as_json: MentionsJson = False
) -> None:
    """Score what claims are made of: times, amounts, quantities, actors, equipment, and the days of undated texts.

    On written cases, and, where the evaluation data are, on coded documents: what of the coded values is found in the document, how right
    the slots are once a claim is found (by weights that never saw the document), and whether find_date finds the day of dated texts.
    """
    from vientro.evaluate import gold
    from vientro.evaluate import mentions as m

    given = m.cases(cases)
    chosen = gold.chosen(gold.sets(data or DATA), only or []) if data or only or DATA.exists() else []
    report: dict[str, Any] = {"cases": {}, "gold": {}, "dating": {}}
    with Progress(console=Console(stderr=True), transient=True) as progress:

        def telling(name: str, total: int) -> "m.Tell":
            task = progress.add_task(name, total=total)
            return lambda: progress.advance(task)

        for kind, rows in given.items():
            report["cases"][kind] = m.judge(m.KINDS[kind], rows, telling(kind, len(rows))).report()
        score = m.scorer(data or DATA) if chosen else None
        by_doc: dict[str, m.Coded] = {}
        for one in chosen:
            assert score is not None
            of_set = m.coded(one, score, telling(one.name, len(gold.articles(one))))
            by_doc |= of_set
            report["gold"][one.name] = m.total(of_set.values()).report()
        if len(chosen) > 1:
            report["gold"]["all"] = m.total(by_doc.values()).report()
        for group, texts in m.dated_texts(data or DATA, chosen).items() if chosen else ():
            report["dating"][group] = m.dating(texts, telling(f"days of {group}", len(texts)))
    if as_json:
        output.print_json(report)
    else:
        _show_mentions(report, errors)
        if not chosen:
            typer.echo(f"vientro: no evaluation data at {DATA}: only the cases were scored", err=True)


def _show_mentions(report: dict[str, Any], errors: int) -> None:
    console = Console(highlight=False, emoji=False, markup=False)
    _table(
        console,
        "Written cases",
        ["", "fully right", "values right", "precision", "recall"],
        [
            [kind, f"{r['right']} of {r['cases']}", f"{r['values']} of {r['cases']}", _figure(r["p"]), _figure(r["r"])]
            for kind, r in report["cases"].items()
        ],
    )
    if report["gold"]:
        sets = list(report["gold"])
        for title, part, figure, number in (
            ("Coded values found in their document", "found", "share", "coded"),
            ("Slots once a claim is found: F1, cross-validated", "paired", "f1", "coded"),
        ):
            rows = [
                [name, *(_figure(report["gold"][s][part][name][figure]) for s in sets), str(report["gold"][sets[-1]][part][name][number])]
                for name in report["gold"][sets[0]][part]
            ]
            _table(console, title, ["", *(s.replace("_", " ") for s in sets), "coded"], rows)
    if report["dating"]:
        rows = [
            [g, str(r["texts"]), str(r["undated"]), _figure(r["inside"]), _figure(r["best_near"]), _days(r["median_days"])]
            for g, r in report["dating"].items()
        ]
        _table(
            console,
            "Days of texts by find_date",
            ["", "texts", "not dated", "day inside", "best within 3 days", "median width, days"],
            rows,
        )
    for kind, r in report["cases"].items():
        for wrong in r["wrong"][:errors]:
            console.print(f"{kind}: {wrong['text']}")
            for sign, rows in (("-", wrong["missed"]), ("+", wrong["invented"])):
                for row in rows:
                    console.print(f"  {sign} " + ", ".join(f"{name} {value}" for name, value in row.items()))
    if errors:
        console.print("- is missed, + was found and is not there")


def _days(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _table(console: Console, title: str, columns: list[str], rows: list[list[str]]) -> None:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=not number)
    for row in rows:
        table.add_row(*row)
    console.print(table)
