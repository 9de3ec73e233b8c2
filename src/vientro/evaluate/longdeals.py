"""Lines of support that run over months (training/long_deals.jsonl): whether a delivery is found to belong to its promise.

The claims are those of the gold sets and of the project's own labels, by document and index; a deal's claims are spread over documents
that lie months or years apart. An outcome names the steps of the promises that it fulfils or breaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.article.documents import documents
from vientro.evaluate import labels, linkfolds
from vientro.link import link
from vientro.model.article import Article
from vientro.model.errors import InputError
from vientro.model.interchange import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vientro.link.index import WeightsFor
    from vientro.model.claim import Claim

Key = tuple[str, int]  # a document and the index of its claim
_GOLD = ("stream", "ledes", "train_ledes", "articles", "train_articles")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coded claim stands: its step, its deal, and the steps of promises that it answers."""

    step: str
    deal: str
    fulfils: frozenset[str]


@dataclass(frozen=True, slots=True)
class LongDeals:
    """Coded deals: the documents they are told in, all claims of these documents, and the place of those that are of a deal."""

    articles: tuple[Article, ...]
    claims: Mapping[Key, Claim]
    places: Mapping[Key, Place]


def places(path: Path) -> dict[Key, Place]:
    """The lines of a links file. Raises InputError where a claim stands twice or an outcome names a step that its deal has not."""
    found: dict[Key, Place] = {}
    for row in labels.rows(path):
        key = (row["doc"], row["claim"])
        if key in found:
            raise InputError(str(path), f"places claim {key[1]} of {key[0]} twice", "A claim is of one step")
        found[key] = Place(row["step"], row["deal"], frozenset(row.get("fulfils", ())))
    steps = {(place.deal, place.step) for place in found.values()}
    for (doc, index), place in found.items():
        unknown = [step for step in place.fulfils if (place.deal, step) not in steps]
        if unknown:
            raise InputError(
                str(path), f"claim {index} of {doc} fulfils {unknown[0]}, which is no step of its deal", "Name a step of the deal"
            )
    return found


def load(data: Path, training: Path, corpus: Path) -> LongDeals:
    """The long deals with their documents, from the gold sets below `data` or from the project's own labels."""
    found = places(training / "long_deals.jsonl")
    wanted = {doc for doc, _ in found}
    coded: dict[str, tuple[Article, list[dict[str, Any]]]] = {}
    for name in _GOLD:
        with (data / "gold" / f"{name}.docs.jsonl").open("rb") as stream:
            by_id = {one.key: one for one in documents(f"{name}.docs.jsonl", stream) if isinstance(one, Article)}
        for row in labels.rows(data / "gold" / f"{name}.gold.jsonl"):
            if row["doc"] in wanted:
                coded.setdefault(row["doc"], (by_id[row["doc"]], row["claims"]))
    coded |= {doc["id"]: (_article(doc), rows) for doc, rows in labels.read(training / "labels", corpus, wanted - coded.keys())}
    claims_of = {id_: decode({"doc": id_, "claims": rows}, article.id, article.text) for id_, (article, rows) in coded.items()}
    claims = {(id_, index): claim for id_, of in claims_of.items() for index, claim in enumerate(of)}
    lost = sorted(found.keys() - claims.keys())
    if lost:
        raise InputError(str(training / "long_deals.jsonl"), f"{lost[0]} is not coded", "Is it the data that was coded?")
    return LongDeals(tuple(article for article, _ in coded.values()), claims, found)


def _article(doc: dict[str, Any]) -> Article:
    (one,) = documents("labels.jsonl", BufferedReader(BytesIO(msgspec.json.encode(doc))))
    assert isinstance(one, Article)
    return one


def linked(long: LongDeals) -> dict[Key, tuple[str, str]]:
    """The step and the deal that linking gives each coded claim, among all claims of the documents."""
    keys = {claim.id: key for key, claim in long.claims.items()}
    found = link(long.articles, list(long.claims.values()), weights(long))
    return {keys[one.claim]: (one.step, one.deal) for one in found}


def weights(long: LongDeals) -> WeightsFor:
    """Weights that saw neither claim's deal: a deal that the links of training hold in part is in its fold as a whole."""
    known = linkfolds.folds().fold
    of_deal = {place.deal: known[name] for key, place in long.places.items() if (name := f"{key[0]}#{key[1]}") in known}
    folds: dict[str, int | None] = {}
    for key, claim in long.claims.items():
        place = long.places.get(key)
        folds[claim.id] = known.get(f"{key[0]}#{key[1]}", of_deal.get(place.deal) if place else None)
    return lambda one, other: linkfolds.weights_without(folds[one], folds[other])
