"""What changed between two days or two releases: as lines, and as rows with old, new, why and who (rule Q4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vientro.publish.phrases import deed
from vientro.publish.rulings import said, who
from vientro.publish.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vientro.ledger.history import Change
    from vientro.model.article import Article
    from vientro.model.ledger import Step
    from vientro.publish.words import Lang

COLUMNS = ("change", "deal_id", "step_id", "donor", "recipient", "type", "field", "old", "new", "why", "who", "decisions", "articles")
_SIGNS = {"new": "+", "gone": "-", "merged": ">", "changed": "~", "state": "="}
_NO_ARTICLE = "what else is in the ledger"


def rows(changes: Sequence[Change], steps: Mapping[str, Step], articles: Mapping[str, Article]) -> list[dict[str, str | None]]:
    """A row for each change; old and new as JSON, but words as they are."""
    return [_row(change, steps.get(change.step or ""), articles) for change in changes]


def _row(change: Change, step: Step | None, articles: Mapping[str, Article]) -> dict[str, str | None]:
    return {
        "change": change.what,
        "deal_id": change.deal,
        "step_id": change.step,
        "donor": "; ".join(step.actors) if step else None,
        "recipient": "; ".join(step.recipients) if step else None,
        "type": step.type if step else None,
        "field": change.field,
        "old": plain(change.old),
        "new": plain(change.new),
        "why": why(change, articles),
        "who": "; ".join(dict.fromkeys(who(one) for one in change.decisions)) or None,
        "decisions": "; ".join(one.id for one in change.decisions) or None,
        "articles": "; ".join(change.articles) or None,
    }


def why(change: Change, articles: Mapping[str, Article]) -> str:
    """The reasons of the decisions behind a change; else the articles; else that other news moved it."""
    if change.decisions:
        return "; ".join(one.why or said(one) for one in change.decisions)
    told = [source(articles[id_]) for id_ in change.articles if id_ in articles]
    return "; ".join(dict.fromkeys(told)) or _NO_ARTICLE


def source(article: Article) -> str:
    day = f" {article.published[:10]}" if article.published else ""
    return f"{article.outlet or '?'}{day}: {article.url or article.title or article.key}"


def records(changes: Sequence[Change], steps: Mapping[str, Step], articles: Mapping[str, Article]) -> list[dict[str, Any]]:
    """The rows with old and new as they are."""
    return [
        row | {"old": change.old, "new": change.new, "decisions": [one.id for one in change.decisions], "articles": list(change.articles)}
        for change, row in zip(changes, rows(changes, steps, articles), strict=True)
    ]


def text(changes: Sequence[Change], steps: Mapping[str, Step], articles: Mapping[str, Article], lang: Lang) -> str:
    return "".join(f"{printable(row)}\n" for row in _lines(changes, steps, articles, lang))


def _lines(changes: Sequence[Change], steps: Mapping[str, Step], articles: Mapping[str, Article], lang: Lang) -> Iterator[str]:
    for change in changes:
        step = steps.get(change.step or "")
        what = f"{deed(step, lang)} [{step.id}]" if step else f"[{change.deal}]"
        told = "" if change.what in ("new", "gone") else f": {change.field or 'now in'} {plain(change.old)} → {plain(change.new)}"
        yield f"{_SIGNS[change.what]} {change.what}: {what}{told}"
        by = "; ".join(dict.fromkeys(who(one) for one in change.decisions))
        yield f"    because: {why(change, articles)}{f' ({by})' if by else ''}"


def plain(value: Any) -> str | None:
    """Words as they are, anything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value, order="sorted").decode()
