"""`vientro read` and `vientro link`: claims and links as JSON Lines, for other programs and for scores."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from vientro.cli import output
from vientro.cli.options import Least, Names, Paths
from vientro.model.article import Article, Reject
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.model.claim import Claim

Docs = Annotated[str, typer.Argument(metavar="DOCS.jsonl", help="Articles, as `vientro run` takes them.", show_default=False)]
Claims = Annotated[
    str, typer.Argument(metavar="CLAIMS.jsonl", help="Their claims: what `vientro read` prints, or a gold file.", show_default=False)
]

_LONGEST = 50_000_000  # bytes of the claims of one document, which may be ten times as long as itself
_FORM = 'A line is {"doc": "its id", "claims": [...]}'


def read(paths: Paths, *, least: Least = None, names: Names = None) -> None:
    """Print the claims of each article: one line of {"doc", "claims"} in the form of the coding guide."""
    from vientro import pipeline
    from vientro.collect.contents import contents
    from vientro.collect.files import sources
    from vientro.model.interchange import encode

    stages = pipeline.shipped(names)
    threshold = stages.threshold if least is None else least
    rejects: list[Reject] = []
    for found in contents(sources(paths)):
        if isinstance(found, Reject):
            rejects.append(found)
            continue
        claims = pipeline.claims_of(found, stages)
        if isinstance(claims, Reject):
            rejects.append(claims)
        else:
            output.print_json({"doc": found.key, "claims": [encode(claim) for claim in claims if claim.confidence >= threshold]})
    output.tell_rejects(rejects)


def link(docs: Docs, claims: Claims) -> None:
    """Print where each claim belongs: one line of {"doc", "claim", "step", "deal"} a claim."""
    from vientro import pipeline
    from vientro.model.interchange import decode

    rows = list(_rows(claims))
    articles, rejects = _named(docs, {row["doc"] for row in rows})
    decoded: list[tuple[str, list[Claim]]] = []
    for row in rows:
        article = articles.get(row["doc"])
        if article is None:
            output.tell_rejects(rejects)
            raise InputError(claims, f"there is no document {row['doc']!r} in {docs}", "Give the documents that the claims were made of")
        decoded.append((article.key, decode(row, article.id, article.text)))
    unique = {claim.id: claim for _, of_document in decoded for claim in of_document}
    told = {claim.article_id for claim in unique.values()}
    by_id = {article.id: article for article in articles.values() if article.id in told}
    links = {link.claim: link for link in pipeline.shipped().link(list(by_id.values()), list(unique.values()))}
    for document, of_document in decoded:
        for index, claim in enumerate(of_document):
            found = links[claim.id]
            output.print_json({"doc": document, "claim": index, "step": found.step, "deal": found.deal})
    output.tell_rejects(rejects)


def _named(docs: str, wanted: Collection[str]) -> tuple[dict[str, Article], list[Reject]]:
    """The documents of these names, and what holds none; raises InputError where one name stands for two texts."""
    from vientro.collect.contents import contents
    from vientro.collect.files import sources

    articles: dict[str, Article] = {}
    rejects: list[Reject] = []
    for found in contents(sources([docs])):
        if isinstance(found, Reject):
            rejects.append(found)
        elif found.key in wanted and articles.setdefault(found.key, found).id != found.id:
            raise InputError(docs, f"two different documents are called {found.key!r}", "Give each an id of its own")
    return articles, rejects


def _rows(path: str) -> Iterator[dict[str, Any]]:
    from vientro.collect.files import opened, sources

    for file in sources([path]):
        with opened(file) as stream:
            number = 0
            while line := stream.readline(_LONGEST + 1):
                number += 1
                where = f"{path}, line {number}"
                if len(line) > _LONGEST:
                    raise InputError(where, f"is longer than {_LONGEST // 1_000_000} MB", _FORM)
                if line.strip():
                    yield _row(where, line)


def _row(where: str, line: bytes) -> dict[str, Any]:
    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(where, "is not a JSON object", _FORM) from error
    if not isinstance(row.get("doc"), str):
        raise InputError(where, "does not name its document", _FORM)
    return row
