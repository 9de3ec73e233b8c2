"""`vientro sources`: how the watched sources do, and which lists are shipped."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db

if TYPE_CHECKING:
    from vientro.tasks.health import Health

Shipped = Annotated[bool, typer.Option("--shipped", help="List the outlets that a sources file can name instead.")]


def sources(*, db: Db = options.DB, shipped: Shipped = False, as_json: AsJson = False) -> None:
    """Show how sources do: last answer, last news, articles, what was left out and why, and pages that seem to be misread.

    "no news" means that a source answers and has nothing new, "down" that it does not answer.

    Example: vientro sources --json
    """
    from vientro.publish.safe import printable
    from vientro.store.desk import Desk
    from vientro.store.store import Store
    from vientro.tasks.health import health

    if shipped:
        _shipped(as_json=as_json)
        return
    with Store(db, create=False) as store:
        found = health(Desk(store), datetime.now(UTC))
    if as_json:
        output.print_json([asdict(one) for one in found])
    elif not found:
        typer.echo("Nothing was collected from the web into this ledger yet. `vientro add URL` or `vientro watch SOURCES.toml` does that")
    for one in found if not as_json else ():
        typer.echo(printable(_line(one)))
        for words in _more(one):
            typer.echo(printable(f"  {words}"))


def _line(one: "Health") -> str:
    since = f" since {one.since}" if one.since and one.status != "ok" else ""
    told = f"{one.status}{since}{f' ({one.fault})' if one.fault else ''}"
    return f"{one.name}: {told}; last answer {one.succeeded or 'never'}; {one.items} items, {one.articles} articles"


def _more(one: "Health") -> list[str]:
    told = [f"{count} x {reason}" for reason, count in one.rejects.items()]
    faults = [f"{count} x {fault}" for fault, count in one.faults.items()]
    states = [(one.waiting, "waiting"), (one.withdrawn, "withdrawn"), (one.failed, "not to be had")]
    return [
        *([", ".join(f"{count} {state}" for count, state in states if count)] if any(count for count, _ in states) else []),
        *([f"left out: {', '.join(told)}"] if told else []),
        *([f"faults: {', '.join(faults)}"] if faults else []),
        *(f"look at its pages: {words}" for words in one.drift),
    ]


def _shipped(*, as_json: bool) -> None:
    try:
        from vientro.collect.sources import outlets
    except ModuleNotFoundError as error:
        from vientro.cli.web import lacking

        raise lacking(error) from None
    if as_json:
        output.print_json(list(outlets()))
        return
    for row in outlets():
        typer.echo(f"{row['id']:24}{row['outlet']:28}{row['lang']}  {row['owner']:13}{row['country']:5}{row['tested']:6}{row['url']}")
