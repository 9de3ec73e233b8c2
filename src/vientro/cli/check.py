"""`vientro check`: what a ledger has on a sentence."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Language, day_of

if TYPE_CHECKING:
    from vientro.publish.answer import Answer

NOT_FOUND, NO_CLAIM = 3, 4

Sentence = Annotated[str, typer.Argument(metavar="SENTENCE", help="The sentence to check, or - to read it from standard input.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day it was said, like 2025-01-09.", show_default=False)]
Card = Annotated[
    str | None,
    typer.Option("--card", metavar="FILE.md", help="Also write the answer as a card in Markdown; - prints it instead.", show_default=False),
]
LedgerDb = Annotated[str, typer.Option("--db", "--ledger", metavar="FILE|URL", help="The ledger's database: a file, or postgresql://...")]


def check(
    sentence: Sentence,
    *,
    db: LedgerDb = options.DB,
    on: On = None,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
    card: Card = None,
) -> None:
    """Hold a sentence against the ledger: who said it, through whom, what lies around it, and what of it is not in the sources.

    Exit code: 0 if every act of the sentence is in the ledger (whether its figures agree is said in the answer), 3 if one is not found,
    4 if no act was read in the sentence, 2 for a wrong option, 1 for a ledger that can't be read.
    """
    from vientro import pipeline
    from vientro.publish import card as cards
    from vientro.store.store import Store

    page = Path(card) if card not in (None, "-") else None
    output.writable(page)
    day = day_of("--on", on)
    with Store(db, create=False) as store:
        answer = pipeline.check(_sentence(sentence), store, pipeline.shipped(), day)
    if page:
        from vientro.publish import atomic

        atomic.write(page, cards.markdown(answer, lang.value).encode())
    if as_json:
        output.print_json(cards.record(answer))
    else:
        typer.echo(cards.markdown(answer, lang.value) if card == "-" else cards.text(answer, lang.value), nl=False)
    if code := _code(answer):
        raise typer.Exit(code)


def _sentence(given: str) -> str:
    return sys.stdin.buffer.read(1_000_000).decode("utf-8", "replace") if given == "-" else given


def _code(answer: "Answer") -> int:
    return 0 if answer.found else NOT_FOUND if answer.findings else NO_CLAIM
