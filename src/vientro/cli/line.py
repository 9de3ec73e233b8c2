"""`vientro line`: the line that a draft makes for a topic page."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output, web
from vientro.cli.options import AsJson, Db, Language, Names, day_of
from vientro.cli.web import AllowPrivate
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.model.article import Article
    from vientro.pipeline import Stages
    from vientro.store.store import Store

NOTHING_NEW, NO_CLAIM = 3, 4
_LONGEST = 1_000_000

Given = Annotated[
    str,
    typer.Argument(
        metavar="URL|FILE|-",
        help="The address of an article; a file (.txt .html .docx .pdf .jsonl); or - to read a draft from standard input.",
        show_default=False,
    ),
]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day of the draft, like 2025-01-09.", show_default=False)]
OneTopic = Annotated[
    str | None, typer.Option("--topic", metavar="TOPIC", help="The topic whose page it is for.", show_default="all topics")
]
HouseFile = Annotated[
    Path | None,
    typer.Option(
        "--house",
        envvar="VIENTRO_HOUSE",
        metavar="FILE.toml",
        help="House style: names, words and dates as your paper writes them (docs/topics.md).",
        dir_okay=False,
        show_default=False,
    ),
]


def line(
    given: Given,
    *,
    topic: OneTopic = None,
    house: HouseFile = None,
    on: On = None,
    db: Db = options.DB,
    names: Names = None,
    private: AllowPrivate = False,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
) -> None:
    """Give the line that a draft or an article makes for a topic page, in house style; say whether it stands there already, which promise
    it fulfils, or that nothing in it is new. Nothing of it is kept.

    Exit code: 0 if something is new, 3 if nothing is, 4 if no act was read in it, 2 for a wrong option, 1 for a ledger that can't be read.

    Example: vientro line nhap.txt --on 2025-09-18 --house style.toml
    """
    from vientro import pipeline
    from vientro.publish import draft as words
    from vientro.publish.house import of_file
    from vientro.publish.topic import topics_of
    from vientro.store.store import Store
    from vientro.tasks import drafts, topics

    day, style = day_of("--on", on), of_file(house)
    stages = pipeline.shipped(names)
    with Store(db, create=False) as store:
        stand = topics.rulings(store)
        known = [topics.named(stand, topic)] if topic else list(topics_of(stand).values())
        told = drafts.hold(_article(given, day, store, stages, private=private), store, stages, known, stand)
    if as_json:
        output.print_json(words.record(told, lang.value, style))
    else:
        typer.echo(words.text(told, lang.value, style), nl=False)
    if not told.told:
        raise typer.Exit(NO_CLAIM)
    if not told.news:
        raise typer.Exit(NOTHING_NEW)


def _article(given: str, day: str | None, store: "Store", stages: "Stages", *, private: bool) -> "Article":
    from dataclasses import replace

    from vientro.collect.contents import contents
    from vientro.collect.files import sources
    from vientro.model.article import Article
    from vientro.tasks import drafts

    if given == "-":
        return drafts.of_text(sys.stdin.buffer.read(_LONGEST).decode("utf-8", "replace"), day)
    if drafts.is_address(given):
        with web.tools(store, stages, private=private) as tools:
            found = drafts.of_address(given, tools.fetcher)
        return replace(found, published=day) if day and not found.published else found
    for one in contents(sources([given])):
        if not isinstance(one, Article):
            raise InputError(given, one.reason, "Give another file, or the text itself with -")
        return replace(one, published=one.published or day)
    raise InputError(given, "there is no article in it", "Give another file, or the text itself with -")
