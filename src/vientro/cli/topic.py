"""`vientro topic`: saved questions with a page, a timeline and a feed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from vientro.cli import options, output
from vientro.cli.decide import By, ShownAs, Why, reviewer
from vientro.cli.line import HouseFile
from vientro.cli.options import AsJson, Db, day_of
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.publish.house import House
    from vientro.publish.timeline import Timeline
    from vientro.publish.topic import Topic

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Topics: saved questions, each with a page, a timeline, totals and a feed. They are kept in the ledger, for all its editors.",
    epilog="Example: vientro topic add 'Radar cho Moldova' --recipient Moldova --class radar --by lan",
)

Slug = Annotated[str, typer.Argument(metavar="TOPIC", help="The name of the topic in addresses, as `vientro topic list` tells it.")]


Donor = Annotated[list[str] | None, typer.Option(help="Whose support: a code or a name. May be given more than once.", metavar="WHO")]
Recipient = Annotated[list[str] | None, typer.Option(help="For whom. This and the others may be given more than once.", metavar="WHO")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that stands above its page.")],
    *,
    slug: Annotated[str, typer.Option(metavar="WORD", help="Its name in addresses.", show_default="made of the name")] = "",
    about: Annotated[str, typer.Option(metavar="WORDS", help="A sentence below the name.", show_default=False)] = "",
    words: Annotated[str, typer.Option(metavar="WORDS", help="Phrases with commas between; one of them has to be told.")] = "",
    donor: Donor = None,
    recipient: Recipient = None,
    type_: Annotated[list[str] | None, typer.Option("--type", metavar="VALUE", help="Kind of act: commit, deliver, ...")] = None,
    state: Annotated[list[str] | None, typer.Option(metavar="VALUE", help="State of the deal: pledged, delivered, ...")] = None,
    class_: Annotated[list[str] | None, typer.Option("--class", metavar="VALUE", help="Class of things: radar, tank, ...")] = None,
    purpose: Annotated[list[str] | None, typer.Option(metavar="VALUE", help="military, financial, humanitarian, mixed.")] = None,
    mode: Annotated[list[str] | None, typer.Option(metavar="VALUE", help="aid, loan, guarantee, swap, sale, financed.")] = None,
    modality: Annotated[
        list[str] | None, typer.Option(metavar="VALUE", help="actual, planned, possible, conditional, alleged, denied.")
    ] = None,
    outlet: Annotated[list[str] | None, typer.Option(metavar="VALUE", help="A paper.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day on.", show_default=False)] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Up to this day.", show_default=False)] = None,
    profile: Annotated[str, typer.Option(help="How its totals are counted (docs/counting.md).")] = "headline",
    currency: Annotated[str, typer.Option(metavar="CODE", help="Of its totals.")] = "USD",
    lang: options.Language = options.Lang.vi,
    by: By = "",
    shown_as: ShownAs = None,
    why: Why = "",
    db: Db = options.DB,
    as_json: AsJson = False,
) -> None:
    """Make a topic, or change it: the one of the same WORD is as it is given now, and its earlier form stays written down."""
    from vientro.ledger.choice import Choice
    from vientro.model.claim import Modality, Mode, Support, Type
    from vientro.model.ledger import State
    from vientro.publish.topic import Topic, plain, slug_of
    from vientro.store.store import Store
    from vientro.tasks import topics

    choice = Choice(
        donors=_parties(donor), recipients=_parties(recipient), types=_known("--type", type_, get_args(Type)),
        states=_known("--state", state, get_args(State)), classes=tuple(class_ or ()),  # type: ignore[arg-type]
        since=day_of("--since", since), until=day_of("--until", until),
    )  # fmt: skip
    topic = Topic(
        slug or slug_of(name), name, lang.value, about, choice, _known("--purpose", purpose, get_args(Support)),
        _known("--mode", mode, get_args(Mode)), _known("--modality", modality, get_args(Modality)), tuple(outlet or ()), words, profile,
        currency,
    )  # fmt: skip
    who = reviewer(by, shown_as)
    with Store(db, create=False) as store:
        topics.put(store, who, topic, why)
    if as_json:
        output.print_json(plain(topic))
    else:
        typer.echo(f"{topic.slug}: {topic.name}. `vientro topic show {topic.slug}` shows it, `vientro serve` at /topic/{topic.slug}")


@app.command("list")
def list_(*, db: Db = options.DB, as_json: AsJson = False) -> None:
    """All topics with what they ask for."""
    from vientro.publish.safe import printable
    from vientro.publish.topic import plain, topics_of
    from vientro.publish.topicpage import asks
    from vientro.store.store import Store
    from vientro.tasks import topics

    with Store(db, create=False) as store:
        found = topics_of(topics.rulings(store))
    if as_json:
        output.print_json([plain(topic) for topic in found.values()])
        return
    for topic in found.values():
        asked = "; ".join(f"{key} {values}" for key, values in asks(topic, "en"))
        typer.echo(printable(f"{topic.slug}: {topic.name} ({asked or 'everything'}; {topic.profile}, {topic.currency})"))
    if not found:
        typer.echo("No topic yet. `vientro topic add NAME` makes one.")


@app.command()
def drop(slug: Slug, *, by: By = "", shown_as: ShownAs = None, why: Why = "", db: Db = options.DB) -> None:
    """Take a topic away. That it was there, and who took it away, stays written down."""
    from vientro.store.store import Store
    from vientro.tasks import topics

    who = reviewer(by, shown_as)
    with Store(db, create=False) as store:
        topics.drop(store, who, slug, why)
    typer.echo(f"{slug} is gone")


@app.command()
def show(
    slug: Slug,
    *,
    house: HouseFile = None,
    limit: options.Limit = None,
    paste: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write the page as HTML to paste; - prints it.")] = None,
    base: Annotated[str, typer.Option(metavar="URL", help="Where the pages of the ledger are, for links.")] = "http://127.0.0.1:8000",
    db: Db = options.DB,
    as_json: AsJson = False,
) -> None:
    """Show the page of a topic: its acts, the newest first, each once, and stories without a claim that belong to it.

    With --json it is the JSON Feed that `vientro serve` gives.

    Example: vientro topic show radar-cho-moldova --house style.toml
    """
    from vientro import pipeline
    from vientro.publish import feeds
    from vientro.publish.house import of_file
    from vientro.publish.topicpage import days, shown
    from vientro.store.store import Store
    from vientro.tasks import topics

    style = of_file(house)
    with Store(db, create=False) as store, store.snapshot():
        stand = topics.rulings(store)
        topic = topics.named(stand, slug)
        book = pipeline.book(store)
        page = topics.page_of(topic, topics.steps_of(book, topic), stand, lambda step: topics.line_in(book, step))
        related = topics.related(store, topic, book.articles.keys())
    most = limit or None
    if as_json:
        output.print_json(feeds.json_feed(topic, [shown(row, topic.lang, style) for row in page.rows[:most]], base.rstrip("/")))
        return
    if paste:
        made = feeds.paste(topic, days(page, topic.lang, style, most), base.rstrip("/"))
        _write(paste, made)
        return
    _tell(page, topic, style, most)
    for article in related:
        typer.echo(_safe(f"· {(article.published or '')[:10]} {article.outlet or ''}: {article.title or article.key}"))


def _tell(page: "Timeline", topic: "Topic", style: "House", most: int | None) -> None:
    from vientro.publish.topicpage import days

    typer.echo(_safe(topic.name))
    for heading, rows in days(page, topic.lang, style, most):
        typer.echo(f"\n{_safe(heading)}")
        for line in rows:
            named = ", ".join(name for name, _ in line.sources)
            typer.echo(_safe(f"- {line.text} ({named}) [{line.id}]"))
            for note in line.notes:
                typer.echo(_safe(f"    {note}"))
    typer.echo("")


def _write(path: Path, made: str) -> None:
    from vientro.publish import atomic

    if str(path) == "-":
        typer.echo(made, nl=False)
        return
    output.writable(path)
    atomic.write(path, made.encode())


def _safe(text: str) -> str:
    from vientro.publish.safe import printable

    return printable(text)


def _parties(given: list[str] | None) -> tuple[str, ...]:
    from vientro.publish.words import code_of

    return tuple(code_of(one) or one for one in given or ())


def _known(option: str, given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    for one in given or ():
        if one not in known:
            raise InputError(f"{option} {one}", "there is none of this name", f"Give one of: {', '.join(known)}")
    return tuple(given or ())
