"""`vientro search`: which articles have these words, and which acts were read in them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db

if TYPE_CHECKING:
    from vientro.model.article import Article, Span

_BEFORE, _AFTER = 60, 140  # characters shown before and after the first word found
MOST = 20

Words = Annotated[list[str], typer.Argument(metavar="WORDS...", help="Words; those in quotation marks stand in a row: '\"xe tăng\" Đức'.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=1000, metavar="N", help="Most articles to show.")]


def search(words: Words, *, db: Db = options.DB, as_json: AsJson = False, limit: Most = MOST) -> None:
    """Find articles by their words, with marks or without: "vien tro" finds "viện trợ", "viện trợ" finds only itself.

    Those that have the words in a row come first, then the newest. Shown with each are the acts that were read in it.

    Example: vientro search xe tang Ukraine
    """
    from vientro.store.search import hits
    from vientro.store.store import Store

    asked = " ".join(words)
    with Store(db, create=False) as store, store.snapshot():
        articles = store.search(asked, limit)
        links = store.links_of([article.id for article in articles])
    found = [(article, hits(asked, article.text), links.get(article.id, [])) for article in articles]
    if as_json:
        output.print_json({"found": [_record(*one) for one in found]})
        return
    for one in found:
        typer.echo(_lines(*one))
    if not found:
        typer.echo("No article has these words.")


def _record(article: "Article", spans: "list[Span]", links: list[tuple[str, str, str]]) -> dict[str, Any]:
    named = {name: getattr(article, name) for name in ("id", "key", "outlet", "url", "published", "title")}
    told = [{"claim": claim, "step": step, "deal": deal} for claim, step, deal in links]
    return named | {"snippet": _snippet(article.text, spans), "hits": [[span.start, span.stop] for span in spans], "acts": told}


def _lines(article: "Article", spans: "list[Span]", links: list[tuple[str, str, str]]) -> str:
    from vientro.publish.safe import printable

    head = " · ".join(part for part in ((article.published or "")[:10], article.outlet, article.title or article.key) if part)
    acts = [f"    {step} of {deal}" for step, deal in dict.fromkeys((step, deal) for _, step, deal in links)]
    return "\n".join([printable(head), f"    {printable(_snippet(article.text, spans))}", *acts, ""])


def _snippet(text: str, spans: "list[Span]") -> str:
    """The text around the first word found, cut between words."""
    at = spans[0].start if spans else 0
    start = text.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
    stop = text.find(" ", at + _AFTER)
    stop = len(text) if stop < 0 else stop
    return f"{'… ' if start else ''}{' '.join(text[start:stop].split())}{' …' if stop < len(text) else ''}"
