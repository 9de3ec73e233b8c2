"""`vientro article`: one article as the ledger has it."""

from typing import Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db

Id = Annotated[str, typer.Argument(metavar="ID_OR_URL", help="An article's id, like a-1f0c..., or its address.", show_default=False)]
Page = Annotated[bool, typer.Option("--page", help="Print the page as it was fetched, from the archive.")]


def article(id_: Id, *, db: Db = options.DB, page: Page = False, as_json: AsJson = False) -> None:
    """Show an article: its text by zones, the versions that its address showed, what changed, and what it claims.

    Example: vientro article https://vnexpress.net/tin-4988292.html
    """
    from vientro.publish import story
    from vientro.store.store import Store
    from vientro.tasks.versions import page_of, story_of

    with Store(db, create=False) as store:
        found = story_of(store, id_)
        body = page_of(store, found.article.id) if page else b""
    if page:
        typer.echo(body, nl=False)
    elif as_json:
        output.print_json(story.record(found))
    else:
        typer.echo(story.text(found), nl=False)
