"""`vientro read` and `vientro link`: claims and links as JSON Lines, for other programs and for scores."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from vientro.cli import output
from vientro.cli.options import Least, Paths
from vientro.model.article import Article, Reject
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.model.claim import Claim

Docs = Annotated[str, typer.Argument(metavar="DOCS.jsonl", help="Articles, as `vientro run` takes them.", show_default=False)]
Claims = Annotated[
    str, typer.Argument(metavar="CLAIMS.jsonl", help="Their claims: what `vientro read` prints, or a gold file.", show_default=False)
]


def read(paths: Paths, *, least: Least = None) -> None:
    """Print the claims of each article: one line of {"doc", "claims"} in the form of the coding guide."""
    from vientro import pipeline
    from vientro.model.interchange import encode

    stages = pipeline.shipped()
    threshold = stages.threshold if least is None else least
    rejects = []
    for found in _documents(paths):
        reject = found if isinstance(found, Reject) else pipeline.unreadable(found, stages)
        if reject:
            rejects.append(reject)
        if isinstance(found, Article) and not reject:
            claims = [encode(claim) for claim in stages.read(found) if claim.confidence >= threshold]
            output.print_json({"doc": found.key, "claims": claims})
    output.tell_rejects(rejects)


def link(docs: Docs, claims: Claims) -> None:
    """Print where each claim belongs: one line of {"doc", "claim", "step", "deal"} a claim."""
    from vientro import pipeline
    from vientro.model.interchange import decode

    rows = list(_rows(claims))
    wanted = {row.get("doc") for row in rows}
    articles = {found.key: found for found in _documents([docs]) if isinstance(found, Article) and found.key in wanted}
    decoded: list[tuple[str, list[Claim]]] = []
    for row in rows:
        article = articles.get(row.get("doc", ""))
        if article is None:
            raise InputError(
                claims, f"there is no document {row.get('doc')!r} in {docs}", "Give the documents that the claims were made of"
            )
        decoded.append((article.key, decode(row, article.id, article.text)))
    unique = {claim.id: claim for _, of_document in decoded for claim in of_document}
    told = {claim.article_id for claim in unique.values()}
    by_id = {article.id: article for article in articles.values() if article.id in told}
    links = {link.claim: link for link in pipeline.shipped().link(list(by_id.values()), list(unique.values()))}
    for document, of_document in decoded:
        for index, claim in enumerate(of_document):
            found = links[claim.id]
            output.print_json({"doc": document, "claim": index, "step": found.step, "deal": found.deal})


def _documents(paths: Iterable[str]) -> Iterator[Article | Reject]:
    from vientro.article.documents import documents
    from vientro.collect.files import opened, sources

    for file in sources(paths):
        with opened(file) as stream:
            yield from documents(file.name, stream)


def _rows(path: str) -> Iterator[dict[str, Any]]:
    from vientro.collect.files import opened, sources

    for file in sources([path]):
        with opened(file) as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _row(f"{path}, line {number}", line)


def _row(where: str, line: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(where, "is not a JSON object", 'A line is {"doc": ..., "claims": [...]}') from error
