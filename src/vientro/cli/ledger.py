"""`vientro ledger`: what is in a ledger already."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db, Language, Limit, Report, day_of
from vientro.model.claim import Type
from vientro.model.errors import InputError
from vientro.model.ledger import State

if TYPE_CHECKING:
    from vientro.publish.words import Lang

Many = list[str] | None
Donor = Annotated[Many, typer.Option("--donor", metavar="WHO", help="Who gives, sells or sanctions: a code or a name.")]
Recipient = Annotated[Many, typer.Option("--recipient", metavar="WHO", help="Whom it is for; in sanctions, against whom.")]
OfType = Annotated[Many, typer.Option("--type", metavar="TYPE", help=f"Kind of act, by code or words: {', '.join(get_args(Type))}.")]
OfState = Annotated[
    Many, typer.Option("--state", metavar="STATE", help=f"State of the deal, by code or words: {', '.join(get_args(State))}.")
]
OfClass = Annotated[
    Many, typer.Option("--class", metavar="CLASS", help="Kind of thing, as in the coding guide: tank, air-defence-system, food.")
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="Acts of this day or later, like 2025-01-09.", show_default=False)
]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Acts of this day or before.", show_default=False)]


def ledger(
    *,
    db: Db = options.DB,
    donor: Donor = None,
    recipient: Recipient = None,
    of_type: OfType = None,
    state: OfState = None,
    of_class: OfClass = None,
    since: Since = None,
    until: Until = None,
    report: Report = None,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
    limit: Limit = None,
) -> None:
    """Show the ledger as the last run left it, or what is asked for of it.

    Options combine: `vientro ledger --donor Đức --recipient UA --type "bàn giao" --since 2025-01-01`. An option given twice means one or
    the other. A line is an act; shares and states are those of its whole deal. What has no day is left out where a day is asked for.
    """
    from vientro.ledger.choice import Choice
    from vientro.pipeline import open_ledger
    from vientro.publish.lines import chosen

    choice = Choice(
        _parties(donor),
        _parties(recipient),
        _known("--type", of_type, get_args(Type)),
        cast("tuple[State, ...]", _known("--state", state, get_args(State))),
        _classes(of_class),
        day_of("--since", since),
        day_of("--until", until),
    )
    if choice.since and choice.until and choice.since > choice.until:
        raise InputError(f"--since {since} --until {until}", "no day lies between them", "Give the earlier day to --since")
    output.writable(report)
    book = open_ledger(db)
    told = {party for step in book.ledger.steps for party in (*step.actors, *step.recipients, *step.addressees)}
    heard("--donor", choice.donors, told, lang.value)
    heard("--recipient", choice.recipients, told, lang.value)
    output.show(book if choice == Choice() else chosen(book, choice), lang.value, as_json=as_json, limit=limit, report=report)


def _parties(given: Many) -> tuple[str, ...]:
    """Codes for names in any language of the interface; other words as they are."""
    from vientro.publish.words import code_of

    return tuple(code_of(one) or one for one in given or ())


def _classes(given: Many) -> tuple[str, ...]:
    from vientro.publish.words import keys

    return _known("--class", given, tuple(key.removeprefix("class.") for key in keys() if key.startswith("class.")))


def heard(option: str, asked: Iterable[str], told: Collection[str], lang: "Lang") -> None:
    """Raises InputError for a party that nobody knows, with the names that are most like it."""
    from vientro.publish.asked import suggestion, unheard

    for one in unheard(tuple(asked), told):
        like = suggestion(one, lang)
        mend = f"Did you mean {like}?" if like else "Give a code of ISO 3166, a name in Vietnamese or English, or words of the ledger"
        raise InputError(f"{option} {one}", "no such name is known, and nobody is called so in this ledger", mend)


def _known(option: str, given: Many, known: tuple[str, ...]) -> tuple[str, ...]:
    from vientro.publish.asked import choices, value

    found = []
    for one in given or ():
        meant = value(option.removeprefix("--"), one, known)
        if meant is None:
            raise InputError(f"{option} {one}", "there is none of this name", f"Give one of: {choices(option.removeprefix('--'), known)}")
        found.append(meant)
    return tuple(found)
