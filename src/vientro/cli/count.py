"""`vientro count`: what was pledged, approved, delivered, by a stated rule."""

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Language, day_of
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.ledger.counting.cells import Cell
    from vientro.ledger.counting.count import Count
    from vientro.ledger.counting.exchange import Exchange
    from vientro.ledger.counting.profiles import Profile
    from vientro.model.counting import Fact
    from vientro.publish.book import Book
    from vientro.publish.words import Lang

_WIDTH = 120


class Evidence(StrEnum):
    strict = "strict"
    broad = "broad"


class Rates(StrEnum):
    month = "month"
    day = "day"


class Union(StrEnum):
    institutions = "institutions"
    members = "members"


_PROFILE = typer.Option(
    "--profile",
    metavar="NAME|FILE.toml",
    help="How to count: headline, pledged, approved, delivered, transfers, announced, net, estimate, spread.",
)
_BY = typer.Option(
    "--by",
    metavar="DIMENSION",
    help="Divide by donor, payer, giver, channel, recipient, class, purpose, form, mode, month, year, level, kind, basis, strength, organ, "
    "told-month, told-year, speaker-state, grade, new-money, currency or deal. Twice makes a cross table.",
    show_default="donor",
)
_PRICES = typer.Option(
    "--prices", metavar="FILE.csv", help="Prices of things, for the profile estimate (docs/counting.md).", dir_okay=False, exists=True
)
_FACTS = typer.Option(
    "--facts", metavar="FILE.jsonl", help="What is known of steps beside the news: payers, shares (docs/counting.md).", dir_okay=False,
    exists=True,
)  # fmt: skip
_EXPLAIN = typer.Option(
    "--explain", metavar="CELL", help="One cell with its steps, rates and evidence: DE, or DE,2024. For the total: total."
)


def count(
    *,
    db: Db = str(options.DB),
    profile: Annotated[str, _PROFILE] = "headline",
    by: Annotated[list[str] | None, _BY] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="The ledger as the articles up to a day tell it.")] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="DAY", help="Say what changed in the total since another day.")
    ] = None,
    currency: Annotated[str, typer.Option("--currency", metavar="CODE", help="ISO 4217.")] = "EUR",
    donor: Annotated[str | None, typer.Option("--donor", metavar="WHO", help="Only this donor: a code or a name.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", metavar="WHO", help="Only for this recipient.")] = None,
    evidence: Annotated[Evidence | None, typer.Option("--evidence", help="broad also counts what only an adversary says.")] = None,
    official: Annotated[bool, typer.Option("--official-only", help="Only what officials of a party say.")] = False,
    eu: Annotated[Union, typer.Option("--eu", help="members: what the EU gives as its members' shares (estimates).")] = Union.institutions,
    rates: Annotated[Rates, typer.Option("--rates", help="Exchange at the mean of the month, or at the day's rate.")] = Rates.month,
    prices: Annotated[Path | None, _PRICES] = None,
    facts: Annotated[Path | None, _FACTS] = None,
    cumulative: Annotated[bool, typer.Option("--cumulative", help="Months and years as running totals.")] = False,
    things: Annotated[bool, typer.Option("--things", help="Also count things.")] = False,
    steps: Annotated[bool, typer.Option("--steps", help="List the steps behind each cell.")] = False,
    left_out: Annotated[bool, typer.Option("--left-out", help="List the steps that are not summed.")] = False,
    explain: Annotated[str | None, _EXPLAIN] = None,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the cells as CSV.")] = False,
) -> None:
    """Count support by a stated rule: lowest, best and highest figure, the steps behind each, and what was left out and why.

    For example: vientro count --profile delivered --by donor --by year --as-of 2025-06-30
    """
    from vientro import pipeline
    from vientro.ledger.counting import count as counting
    from vientro.ledger.counting.changes import changes
    from vientro.ledger.counting.exchange import Exchange
    from vientro.ledger.counting.prices import parse
    from vientro.publish import countlines, countrecords
    from vientro.store.store import Store
    from vientro.tasks.counting import entries_at

    day, other = day_of("--as-of", as_of), day_of("--against", against)
    chosen = _profile(profile, evidence, eu)
    if chosen.prices and not prices:
        raise InputError(
            f"profile {profile}", "it values things, and there are no prices", "Give a table with --prices FILE.csv (docs/counting.md)"
        )
    exchange = Exchange(rates.value)
    _known(currency, exchange)
    question = counting.Question(
        chosen, tuple(dict.fromkeys(by or ["donor"])), currency, _party(donor), _party(recipient), official=official, things=things,
        lines=steps or as_json or bool(explain or against), cumulative=cumulative,
    )  # fmt: skip
    listed = parse(_text(prices), str(prices)) if prices else None
    ruled = _facts(facts) if facts else []
    # Where nothing but today's figures is asked for, the steps as they were last counted tell them, without the ledger being read.
    quick = not (day or other or ruled or steps or explain)
    with Store(db, create=False) as store:
        down = store.sources_down()
        if quick and (kept := pipeline.counted(store, question, exchange, listed)):
            _show(kept, lang.value, down, as_json=as_json, as_csv=as_csv, left_out=left_out)
            return
        whole = pipeline.book(store)

        def at(when: str | None) -> tuple["Count", "Book"]:
            book, made = entries_at(store, whole, when, ruled)
            return counting.count(made, replace(question, data_end=book.newest), exchange, listed), book

        told, book = at(day)
        found = changes(at(other)[0], told) if other else ()
    shown: tuple[Cell, ...] = (_cell(explain, told, lang.value),) if explain else told.cells if steps else ()
    since = countrecords.changes(found, other, book.newest or "") if other else None
    if as_json or as_csv or not explain:
        _show(told, lang.value, down, as_json=as_json, as_csv=as_csv, left_out=left_out, since=since)
    if as_json or as_csv:
        return
    if shown:
        _console().print(countlines.steps(told, shown, book, lang.value, evidence=bool(explain)))
    if other:
        known = {step.id: step for step in (*whole.ledger.steps, *book.ledger.steps)}
        for row in countlines.difference(found, (other, day or book.newest or ""), known, lang.value):
            _console().print(row)


def _show(
    told: "Count",
    lang: "Lang",
    down: tuple[str, ...] | None,
    *,
    as_json: bool,
    as_csv: bool,
    left_out: bool,
    since: dict[str, Any] | None = None,
) -> None:
    """The cells of a count, in one of its forms; `down` are sources that could not be reached (Q8), `since` is what changed."""
    from vientro.publish import card, countrecords, counts

    if as_json:
        output.print_json(countrecords.record(told, down=down) | ({"since": since} if since else {}))
    elif as_csv:
        typer.echo(countrecords.table(told), nl=False)
    else:
        _console().print(counts.table(told, lang, ids=left_out))
        if down and told.silent:
            _console().print(card.down(down, lang))


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False, emoji=False, markup=False)


def _profile(given: str, evidence: Evidence | None, eu: Union) -> "Profile":
    from vientro.ledger.counting import profiles

    path = Path(given)
    own = path.suffix == ".toml"
    if own and not path.is_file():
        raise InputError(given, "there is no such file", f"Shipped profiles: {', '.join(profiles.names())}")
    found = profiles.parse(_text(path), path.stem) if own else profiles.shipped(given)
    return replace(found, evidence=evidence.value if evidence else found.evidence, members=found.members or eu is Union.members)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise InputError(str(path), "this is not text in UTF-8", "Save it as UTF-8") from None


def _known(currency: str, exchange: "Exchange") -> None:
    if exchange.rate("EUR", currency, "2024-05-10") is None:
        raise InputError(f"--currency {currency}", "there is no rate for it", "Give a currency of ISO 4217 in capitals, like EUR or USD")


def _party(given: str | None) -> str | None:
    """A code for a name that is known ("Đức", "Ukraine"), else the words as they are."""
    from vientro.link.names import codes
    from vientro.reading.terms import codes as known
    from vientro.reading.text import fold

    if given is None or given.upper() in known():
        return given and given.upper()
    found = codes(fold(given).text)
    return next(iter(found)) if len(found) == 1 else given


def _facts(path: Path) -> "list[Fact]":
    import msgspec

    from vientro.model.counting import Fact

    found = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Fact))
            except msgspec.DecodeError as error:
                raise InputError(
                    f"{path}, line {number}", str(error), 'A line is like {"step": "s-…", "payers": ["NL"]} (docs/counting.md)'
                ) from error
    return found


def _cell(wanted: str, told: "Count", lang: "Lang") -> "Cell":
    from vientro.publish import countwords

    if wanted == "total":
        return told.total
    parts = [part.strip().lower() for part in wanted.split(",")]
    for cell in told.cells:
        names = countwords.label(told, cell, lang)
        if parts in ([value.lower() for value in cell.key], [name.lower() for name in names]):
            return cell
    listed = "; ".join(",".join(cell.key) for cell in told.cells[:30])
    raise InputError(f"--explain {wanted}", "there is no such cell", f"Cells: {listed or 'none'}")
