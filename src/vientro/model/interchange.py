"""The interchange form of claims: one JSON object a document, as the coding guide's schema has it.

The form keeps what a coder writes. Places of single values and the chain of attribution are not in it: decoding looks for
the evidence and the items in the text, and takes the evidence's place for what it can't find.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from vientro.model.article import Span, ZoneKind
from vientro.model.claim import Claim, Count, Item, Modality, Mode, Money, Role, Scope, Support, Type
from vientro.model.errors import InputError
from vientro.model.ids import anchor
from vientro.model.mention import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
Json = dict[str, Any]


def decode(row: Json, article_id: str, text: str) -> list[Claim]:
    """The claims of a row `{"doc", "claims": [...]}` as claims of the article `article_id` with this `text`, in their order.

    Raises InputError, naming the document and the claim's index, where a value is not of the schema or the evidence is not
    in the text.
    """
    where = f"document {row.get('doc')!r}"
    claims = row.get("claims")
    if not isinstance(claims, list):
        raise InputError(where, "has no list of claims", 'A line is {"doc": ..., "claims": [...]}')
    seen: dict[str, int] = {}
    decoded: list[Claim] = []
    for index, one in enumerate(claims):
        try:
            claim = _claim(one, article_id, text)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            mend = "`vientro read` writes this form"
            raise InputError(f"{where}, claim {index}", f"is not of the interchange form ({error})", mend) from error
        # Two acts told by the same words (two donors, two sanctions) need two names.
        seen[claim.id] = seen.get(claim.id, 0) + 1
        decoded.append(claim if seen[claim.id] == 1 else _named(one, article_id, text, seen[claim.id]))
    return decoded


def encode(claim: Claim) -> Json:
    """The claim in the interchange form: every required key, and of the others what is known."""
    row: Json = {
        "type": claim.type,
        "modality": claim.modality,
        "scope": claim.scope,
        "actors": [role.value for role in claim.actors],
        "recipients": [role.value for role in claim.recipients],
        "addressees": [role.value for role in claim.addressees],
        "support": claim.support,
        "mode": claim.mode,
        "items": [_item_row(item) for item in claim.items],
        "amounts": [_money_row(money) for money in claim.amounts],
        "date": claim.date,
        "due": claim.due,
        "horizon": claim.horizon,
        "speaker": claim.speaker.value if claim.speaker else None,
        "evidence": claim.evidence,
        "span": [claim.span.start, claim.span.stop],
        "confidence": claim.confidence,
        "zone": claim.zone,
    }
    return row | {key: value for key, value in (("trigger", claim.trigger), ("reader", claim.reader)) if value}


def find_evidence(text: str, evidence: str) -> Span | None:
    """The first place where the evidence stands: in these code points, else in another composition of the same letters."""
    at = text.find(evidence)
    if at >= 0:
        return Span(at, at + len(evidence))
    parts: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        composed = unicodedata.normalize("NFC", cluster)
        parts.append(composed)
        places.extend([start] * len(composed))
    places.append(len(text))
    composed = unicodedata.normalize("NFC", evidence)
    at = "".join(parts).find(composed)
    return Span(places[at], places[at + len(composed)]) if at >= 0 else None


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with the marks that follow it, and where it begins."""
    cuts = [i for i, letter in enumerate(text) if i == 0 or not unicodedata.combining(letter)]
    return ((start, text[start:stop]) for start, stop in zip(cuts, [*cuts[1:], len(text)], strict=True))


def _named(one: Json, article_id: str, text: str, number: int) -> Claim:
    return _claim(one, article_id, text, f"#{number}")


def _claim(one: Json, article_id: str, text: str, mark: str = "") -> Claim:
    evidence: str = one["evidence"]
    given = one.get("span")
    span = Span(int(given[0]), int(given[1])) if given else find_evidence(text, evidence)
    if span is None or not 0 <= span.start <= span.stop <= len(text):
        raise ValueError(f"the evidence does not stand in the text: {evidence[:60]!r}")
    kind: Type = _choice(one["type"], get_args(Type))
    return Claim(
        id=anchor(article_id, span, kind + mark),
        article_id=article_id,
        type=kind,
        modality=_choice(one["modality"], get_args(Modality)),
        span=span,
        evidence=evidence,
        actors=_roles(one["actors"]),
        recipients=_roles(one["recipients"]),
        addressees=_roles(one["addressees"]),
        scope=_choice(one.get("scope", "act"), get_args(Scope)),
        support=_choice(one["support"], (*get_args(Support), None)),
        mode=_choice(one["mode"], (*get_args(Mode), None)),
        items=tuple(_item(item, text, span) for item in one["items"]),
        amounts=tuple(_money(money, span) for money in one["amounts"]),
        date=one["date"],
        due=one["due"],
        horizon=one["horizon"],
        speaker=Role(one["speaker"]) if one["speaker"] else None,
        trigger=one.get("trigger", ""),
        zone=_choice(one.get("zone", "body"), get_args(ZoneKind)),
        confidence=float(one.get("confidence", 1.0)),
        reader=one.get("reader", ""),
    )


def _choice(value: T, allowed: tuple[T, ...]) -> T:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(map(repr, allowed))}")
    return value


def _roles(values: list[str]) -> tuple[Role, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{values!r} is no list of names")
    return tuple(Role(value) for value in values)


def _item(row: Json, text: str, evidence: Span) -> Item:
    words: str = row["text"]
    at = text.find(words, evidence.start, evidence.stop)
    at = at if at >= 0 else text.find(words)
    quantity = row.get("quantity")
    return Item(
        row["class"], words, Span(at, at + len(words)) if at >= 0 else evidence, row.get("model"), _count(quantity) if quantity else None
    )


def _count(row: Json) -> Count:
    return Count(
        _real(row["value"]), _choice(row["bound"], get_args(Bound)), row.get("max"), row.get("unit"), row.get("of"), bool(row.get("vague"))
    )


def _money(row: Json, evidence: Span) -> Money:
    bound: Bound = _choice(row["bound"], get_args(Bound))
    return Money(_real(row["value"]), row["currency"], bound, evidence, row.get("max"), row.get("per"), bool(row.get("vague")))


def _real(value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def _item_row(item: Item) -> Json:
    row: Json = {"class": item.cls, "text": item.text}
    if item.model is not None:
        row["model"] = item.model
    count = item.quantity
    if count is not None:
        row["quantity"] = {"value": _number(count.value), "bound": count.bound} | _known(
            max=_number(count.max), of=_number(count.of), unit=count.unit, vague=count.vague or None
        )
    return row


def _money_row(money: Money) -> Json:
    row: Json = {"value": _number(money.value), "currency": money.currency, "bound": money.bound}
    return row | _known(max=_number(money.max), per=money.per, vague=money.vague or None)


def _number(value: float | None) -> float | None:
    """Whole numbers are written without a point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _known(**values: Any) -> Json:
    return {key: value for key, value in values.items() if value is not None}
