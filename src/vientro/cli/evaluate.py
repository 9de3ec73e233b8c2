"""`vientro eval`: how good the reader and the linker are, measured against hand-coded text; `vientro eval mentions`: their atoms."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from vientro.cli import output
from vientro.cli.scores import figure, table
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.evaluate.floors import Floor
    from vientro.evaluate.gold import GoldSet
    from vientro.evaluate.hits import Judged

DATA = Path("../shared/eval")
TRAINING = Path("training")

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


class By(StrEnum):
    type = "type"
    slot = "slot"
    modality = "modality"


class Bins(StrEnum):
    tenths = "tenths"
    even = "even"


LAST = Path(".vientro/eval-last.json")

Tables = Annotated[list[By] | None, typer.Option("--by", help="Also a table of each set by this (may be given more than once).")]
Worst = Annotated[
    int, typer.Option("--worst", metavar="N", min=0, help="Show the N documents with the most wrong claims, coded beside read.")
]
Reliability = Annotated[
    Bins | None,
    typer.Option("--reliability", help="How far confidence holds, in ten bins of one width or of even counts, and what is right above it."),
]
Diff = Annotated[bool, typer.Option("--diff", help="What changed since the last run: figures, and documents better or worse.")]
LongErrors = Annotated[
    int, typer.Option("--long-errors", metavar="N", min=0, help="Show N outcomes that lost their promise and N deals wrongly joined.")
]
Last = Annotated[Path, typer.Option("--last", metavar="FILE", help="Where each run leaves its figures for the next.")]

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def evaluate(
    ctx: typer.Context,
    data: Data = DATA,
    *,
    only: Sets = None,
    by: Tables = None,
    worst: Worst = 0,
    reliability: Reliability = None,
    diff: Diff = False,
    long_errors: LongErrors = 0,
    last: Last = LAST,
    as_json: Json = False,
    raise_floors: Raise = None,
) -> None:
    """Score the reader and the linker over the gold sets, and fail where a score is below its floor.

    Every document is read with weights that never saw it or a near copy of it (five folds). The claims are scored by score.py of the
    data, the links of gold claims by score_links.py. Where the labels of training/ and the corpus beside the data are there, the deals that
    run over months are scored too (docs/linking.md).
    """
    if ctx.invoked_subcommand:
        sources = [ctx.get_parameter_source(name) for name in ctx.params]
        if any(source and source.name == "COMMANDLINE" for source in sources):
            raise InputError(f"eval {ctx.invoked_subcommand}", "an option stands before it", f"Put options after {ctx.invoked_subcommand}")
        return
    from vientro.cli import scores
    from vientro.evaluate import calibration, floors, gold, history, hits

    output.writable(raise_floors)
    before = history.load(last) if diff else {}
    measured, reports, judged = _measure(data, gold.chosen(gold.sets(data), only or []))
    long, long_report = (None, {}) if only else _long(data, long_errors)
    # Of a document that is in several sets the claims count once.
    documents = {one.doc: one for of_set in reversed(judged.values()) for one in of_set}
    told = hits.claims_told(documents.values())
    bins = (calibration.tenths if reliability is Bins.tenths else calibration.evenly)(told)
    now = {
        name: history.Measured(measured[name].sha256, measured[name].scores, {one.doc: one.counts for one in of_set})
        for name, of_set in judged.items()
    }
    known = {name: floor for name, floor in floors.shipped().items() if not only or name in measured}
    console = Console(highlight=False, emoji=False, markup=False)
    if as_json:
        about: dict[str, Any] = {"reliability": [asdict(b) for b in bins], "shown": [asdict(row) for row in calibration.shown(told)]}
        about["expected_error"] = calibration.expected_error(bins)
        output.print_json(reports | long_report | ({"confidence": about} if reliability else {}))
    else:
        scores.summary(console, reports, known)
        if long:
            scores.long_deals(console, *long)
        for kind in by or []:
            scores.by(console, kind.value, reports)
        if reliability:
            scores.reliability(console, bins, calibration.expected_error(bins), calibration.shown(told))
        if diff:
            scores.changes(console, {name: history.change(before[name], one) for name, one in now.items() if name in before}, str(last))
        for document in hits.worst(list(documents.values()), worst):
            scores.side_by_side(console, document)
    try:
        history.save(last, now)
    except (OSError, InputError) as error:
        typer.echo(f"vientro: this run is not kept for --diff: {error}", err=True)
    if raise_floors:
        floors.write(raise_floors, floors.raised(measured, floors.shipped()))
        return
    broken = floors.breaches(measured, known)
    for line in broken:
        typer.echo(f"vientro: {line}", err=True)
    if broken:
        raise typer.Exit(1)


def _measure(data: Path, chosen: "list[GoldSet]") -> "tuple[dict[str, Floor], dict[str, Any], dict[str, list[Judged]]]":
    """Of each set its scores as floors are kept, what the scorers say, and its documents one by one."""
    from vientro.evaluate import floors, gold, hits
    from vientro.evaluate import scorer as s
    from vientro.reading import reader

    score = s.scorer(data, s.CLAIMS)
    measured: dict[str, Floor] = {}
    reports: dict[str, Any] = {}
    judged: dict[str, list[Judged]] = {}
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for one in chosen:
            task = progress.add_task(one.name, total=len(gold.articles(one)))
            rows = list(gold.read(one, least=reader.THRESHOLD, tell=lambda task=task: progress.advance(task)))  # type: ignore[misc]
            reports[one.name] = gold.score(data, one, rows)
            measured[one.name] = floors.of_claims(one.sha256, reports[one.name])
            judged[one.name] = hits.judge(one, rows, score)
            reports[one.name]["modalities"] = hits.modalities(judged[one.name])
            if one.links:
                reports[f"{one.name} links"] = gold.score_links(data, one)
                measured[f"{one.name} links"] = floors.of_links(one.sha256, reports[f"{one.name} links"])
    return measured, reports, judged


def _long(data: Path, most: int) -> "tuple[tuple[dict[str, Any], list[list[str]]] | None, dict[str, Any]]":
    """The report of long deals with the rows of `most` errors of each kind, and the same for JSON; nothing without labels and corpus."""
    from vientro.evaluate import longdeals, longerrors, longscores

    corpus = data.parent / "corpus"
    if not ((TRAINING / "long_deals.jsonl").exists() and corpus.exists()):
        return None, {}
    long = longdeals.load(data, TRAINING, corpus)
    told = longdeals.linked(long)
    report = longscores.report(long, told)
    rows = longerrors.rows(long, told, most) if most else []
    return (report, rows), {"long deals": report | ({"errors": rows} if most else {})}


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
    from vientro.evaluate import scorer as s

    given = m.cases(cases)
    chosen = gold.chosen(gold.sets(data or DATA), only or []) if data or only or DATA.exists() else []
    report: dict[str, Any] = {"cases": {}, "gold": {}, "dating": {}}
    with Progress(console=Console(stderr=True), transient=True) as progress:

        def telling(name: str, total: int) -> "m.Tell":
            task = progress.add_task(name, total=total)
            return lambda: progress.advance(task)

        for kind, rows in given.items():
            report["cases"][kind] = m.judge(m.KINDS[kind], rows, telling(kind, len(rows))).report()
        score = s.scorer(data or DATA, s.MENTIONS) if chosen else None
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
    table(
        console,
        "Written cases",
        ["", "fully right", "values right", "precision", "recall"],
        [
            [kind, f"{r['right']} of {r['cases']}", f"{r['values']} of {r['cases']}", figure(r["p"]), figure(r["r"])]
            for kind, r in report["cases"].items()
        ],
    )
    if report["gold"]:
        sets = list(report["gold"])
        for title, part, shown, number in (
            ("Coded values found in their document", "found", "share", "coded"),
            ("Slots once a claim is found: F1, cross-validated", "paired", "f1", "coded"),
        ):
            rows = [
                [name, *(figure(report["gold"][s][part][name][shown]) for s in sets), str(report["gold"][sets[-1]][part][name][number])]
                for name in report["gold"][sets[0]][part]
            ]
            table(console, title, ["", *(s.replace("_", " ") for s in sets), "coded"], rows)
    if report["dating"]:
        rows = [
            [g, str(r["texts"]), str(r["undated"]), figure(r["inside"]), figure(r["best_near"]), _days(r["median_days"])]
            for g, r in report["dating"].items()
        ]
        table(
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
