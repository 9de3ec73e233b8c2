"""A question for a person in a terminal: what is asked, the words of the article beside it, and the keys that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vientro.model.article import Span
from vientro.model.claim import Count, Item, Money
from vientro.model.interchange import encode
from vientro.publish import figures, phrases
from vientro.publish.lines import Witness, voice
from vientro.publish.quote import quote
from vientro.publish.safe import printable
from vientro.publish.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.decision import Plain
    from vientro.model.ledger import Step
    from vientro.publish.words import Lang

_NOWHERE = Span(0, 0)
_MOST = 3  # claims that are quoted on each side
SLOTS = ("modality", "actors", "recipients", "addressees", "items", "amounts", "date", "due", "speaker")
_ASKED = {
    "clash": "People ruled differently on this.",
    "reopened": "What somebody ruled on has changed.",
    "conflict": "Which figure is right?",
    "repeat": "The same act told again, or another one?",
    "fits two": "Is this claim of the act below?",
    "claim": "Is this so?",
    "unsure": "The reader is not sure. Is this so?",
}


def asking(
    topic: str,
    sides: Sequence[tuple[Step | None, Sequence[Claim]]],
    articles: Mapping[str, Article],
    lang: Lang,
    *,
    why: Sequence[str] = (),
    choices: Sequence[Plain] = (),
    keys: Mapping[str, str],
) -> str:
    """The question; `sides` are the act it is about with its claims, and the act that this may be the same as."""
    return "".join(f"{printable(row)}\n" for row in _rows(topic, sides, articles, lang, why, choices, keys))


def _rows(
    topic: str,
    sides: Sequence[tuple[Step | None, Sequence[Claim]]],
    articles: Mapping[str, Article],
    lang: Lang,
    why: Sequence[str],
    choices: Sequence[Plain],
    keys: Mapping[str, str],
) -> Iterator[str]:
    because = f" [{'; '.join(why)}]" if why else ""
    yield f"{_ASKED.get(topic, topic)}{because}"
    for place, (step, claims) in enumerate(sides):
        if place:
            yield "  --- or the same as:"
        if step:
            yield f"  {phrases.deed(step, lang)}{f' · {step.date}' if step.date else ''} [{step.id}]"
        for claim in claims[:_MOST]:
            yield from _claim(claim, articles[claim.article_id], lang)
        if len(claims) > _MOST:
            yield f"    ... and {len(claims) - _MOST} more"
    for number, choice in enumerate(choices, 1):
        yield f"  {number}: {sums(choice, lang)}"
    yield "  " + " · ".join(f"{key} = {said}" for key, said in keys.items())


def _claim(claim: Claim, article: Article, lang: Lang) -> Iterator[str]:
    row = encode(claim)
    told = ", ".join(f"{slot} {brief(row[slot], lang)}" for slot in SLOTS if row[slot] not in (None, [], ""))
    yield f"    {claim.id} {claim.type}: {told}"
    words = "".join(f"[{piece.text}]" if piece.mark == "value" else piece.text for piece in quote(article, claim))
    yield f"    “{words}”"
    yield f"    {voice(Witness(claim, article))} · {(article.published or '?')[:10]}{f' · {article.url}' if article.url else ''}"


def brief(value: object, lang: Lang) -> str:
    """The content of a slot, in the interchange form, in a few words."""
    if isinstance(value, list):
        return "; ".join(brief(one, lang) for one in value)
    if isinstance(value, dict):
        return sums([value], lang) if "currency" in value else _thing(value, lang)
    return str(value)


def sums(choice: object, lang: Lang) -> str:
    """Sums in the interchange form in words."""
    said = [figures.money(_money(one), lang) for one in choice if isinstance(one, dict)] if isinstance(choice, list) else []
    return "; ".join(said) or word("no sum", lang)


def _money(row: Mapping[str, Any]) -> Money:
    return Money(row["value"], row["currency"], row["bound"], _NOWHERE, row.get("max"), row.get("per"))


def _thing(row: Mapping[str, Any], lang: Lang) -> str:
    told = row.get("quantity") or {}
    many = Count(told["value"], told["bound"], told.get("max"), told.get("unit"), told.get("of")) if told else None
    return figures.item(Item(row.get("class", "other"), row.get("text", ""), _NOWHERE, row.get("model"), many), lang)
