"""`vientro decide`: rulings of a person, one by one, for a terminal or a script."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vientro.model.decision import Decision, Kind
    from vientro.review.answers import Reviewer
    from vientro.store.store import Store
    from vientro.tasks.desk import Desk

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Rule on what the ledger has. The reader's output stays beside what people ruled, and every ruling can be undone.",
    epilog="Example: vientro decide correct s-0123456789abcdef amounts '25000000 EUR' --by lan --why 'the ministry says 25'",
)

By = Annotated[
    str, typer.Option("--by", envvar="VIENTRO_REVIEWER", metavar="NAME", help="Who rules. VIENTRO_REVIEWER says it once and for all.")
]
ShownAs = Annotated[
    str | None,
    typer.Option("--shown-as", envvar="VIENTRO_SHOWN_AS", metavar="NAME", help="The pseudonym to show instead.", show_default=False),
]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason.", show_default=False)]
Id = Annotated[str, typer.Argument(metavar="ID", help="A claim (c-...), an act (s-...) or a deal (d-...).")]
OfDeals = Annotated[bool, typer.Option("--deals", help="It is about the deals, and not about the acts.")]


def reviewer(by: str, shown_as: str | None) -> "Reviewer":
    """Raises InputError where nobody says who rules."""
    from vientro.review.answers import Reviewer

    if not by.strip():
        raise InputError("--by", "nobody is named", "Say who rules with --by NAME, or set VIENTRO_REVIEWER")
    return Reviewer(by.strip(), shown_as)


def _rule(db: str, make: "Callable[[Desk, Store], Decision]", *, as_json: bool) -> None:
    import msgspec

    from vientro import pipeline
    from vientro.store.store import Store
    from vientro.tasks import desk

    stages = pipeline.shipped()
    with Store(db, create=False) as store:
        made = make(desk.desk(store, stages), store)
        desk.write(store, stages, [made])
    if as_json:
        output.print_json(msgspec.to_builtins(made))
    else:
        typer.echo(f"{made.id} {made.kind}")


def _verdict(kind: "Kind", id_: str, by: str, shown_as: str | None, why: str, db: str, *, as_json: bool) -> None:
    from vientro.tasks import desk

    who = reviewer(by, shown_as)
    _rule(db, lambda at, store: desk.verdict(at, store, kind, who, id_, why), as_json=as_json)


@app.command()
def accept(id_: Id, *, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB, as_json: AsJson = False) -> None:
    """A claim, or all of an act, is right as it was read: it stands, however unsure the reader was."""
    _verdict("accept", id_, by, shown_as, why, db, as_json=as_json)


@app.command()
def reject(id_: Id, *, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB, as_json: AsJson = False) -> None:
    """A claim, or all of an act, is wrong: it stands no more."""
    _verdict("reject", id_, by, shown_as, why, db, as_json=as_json)


@app.command()
def correct(
    id_: Id,
    slot: Annotated[str, typer.Argument(metavar="SLOT", help="What to put right: amounts, date, actors, ... (docs/decisions.md).")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its content: '25000000 EUR', 'DE NO', 2025-03, JSON, or - for none.")],
    *,
    by: By = "",
    shown_as: ShownAs = None,
    why: Why = "",
    db: Db = options.DB,
    as_json: AsJson = False,
) -> None:
    """A slot of a claim, or of the claims of an act that tell it, is put right."""
    from vientro.review.values import value_of
    from vientro.tasks import desk

    who, content = reviewer(by, shown_as), value_of(slot, value)
    _rule(db, lambda at, store: desk.correct(at, store, who, id_, slot, content, why), as_json=as_json)


@app.command()
def add(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article (a-...).")],
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="The claim in the interchange form, with its evidence.")],
    *,
    by: By = "",
    shown_as: ShownAs = None,
    why: Why = "",
    db: Db = options.DB,
    as_json: AsJson = False,
) -> None:
    """Add a claim that no reader found, anchored on the words of an article."""
    from vientro.tasks import desk

    who = reviewer(by, shown_as)
    try:
        row: Any = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise InputError(str(file), f"is no JSON ({error})", "`vientro read` writes the form of a claim") from error
    if not isinstance(row, dict):
        raise InputError(str(file), "is no claim", "`vientro read` writes the form of a claim")
    _rule(db, lambda at, store: desk.add(at, store, who, article, row, why), as_json=as_json)


def _pair(kind: "Kind", ids: tuple[str, str], by: str, shown_as: str | None, why: str, db: str, *, deals: bool, as_json: bool) -> None:
    from vientro.tasks import desk

    who = reviewer(by, shown_as)
    _rule(db, lambda at, store: desk.pair(at, store, kind, who, ids, level="deal" if deals else "step", why=why), as_json=as_json)


@app.command()
def merge(
    id_: Id, other: Id, *, deals: OfDeals = False, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Two acts are one, or two deals with --deals: they stay one, whatever comes in later."""
    _pair("merge", (id_, other), by, shown_as, why, db, deals=deals, as_json=as_json)


@app.command()
def split(
    id_: Id, other: Id, *, deals: OfDeals = False, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """A claim is none of an act (split STEP CLAIM), or two acts are two deals with --deals: they stay apart."""
    _pair("split", (id_, other), by, shown_as, why, db, deals=deals, as_json=as_json)


@app.command()
def link(
    id_: Id, parent: Id, *, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB, as_json: AsJson = False
) -> None:
    """An act lies inside of another: an item of a package, a member's share of a conference's sum. One of the two is counted."""
    _pair("link", (id_, parent), by, shown_as, why, db, deals=False, as_json=as_json)


@app.command()
def unlink(
    id_: Id, parent: Id, *, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB, as_json: AsJson = False
) -> None:
    """An act does not lie inside of another."""
    _pair("unlink", (id_, parent), by, shown_as, why, db, deals=False, as_json=as_json)


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="A decision (r-...).")],
    *,
    by: By = "",
    shown_as: ShownAs = None,
    why: Why = "",
    db: Db = options.DB,
    as_json: AsJson = False,
) -> None:
    """Take a decision back. It stays written down, and the undoing beside it."""
    from vientro.tasks import desk

    who = reviewer(by, shown_as)
    _rule(db, lambda at, _store: desk.undo(at, who, decision, why), as_json=as_json)


@app.command("list")
def list_(*, db: Db = options.DB, as_json: AsJson = False) -> None:
    """All decisions in the order in which they were made; what clashes, what hangs loose, and what a changed article reopens."""
    from vientro.publish import rulings as told
    from vientro.store import rulings
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        found, decisions = rulings.ruled(store)
    if as_json:
        output.print_json(told.records(found, decisions))
    else:
        typer.echo(told.text(found, decisions), nl=False)
