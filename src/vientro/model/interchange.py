"""The interchange form of claims: one JSON object a document, as the coding guide's schema has it.

The form keeps what a coder writes. Places of single values and the chain of attribution are not in it: decoding looks for
the evidence and the items in the text, and takes the evidence's place for what it can't find.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from vientro.model.article import Span, ZoneKind
from vientro.model.claim import Claim, Count, Item, Modality, Mode, Money, Role, Scope, Support, Type
from vientro.model.errors import InputError
from vientro.model.ids import anchor
from vientro.model.mention import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    seen = Counter[tuple[Span, Type]]()
    decoded: list[Claim] = []
    for index, one in enumerate(claims):
        try:
            coded = msgspec.convert(one, _Row)
            claim = _claim(coded, article_id, text, 1)
            seen[claim.span, claim.type] += 1
            decoded.append(_claim(coded, article_id, text, seen[claim.span, claim.type]))
        except (msgspec.ValidationError, ValueError, OverflowError) as error:
            mend = "`vientro read` writes this form"
            raise InputError(f"{where}, claim {index}", f"is not of the interchange form ({error})", mend) from error
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


class _Quantity(msgspec.Struct):
    value: float
    bound: Bound
    max: float | None = None
    unit: str | None = None
    of: float | None = None
    vague: bool | None = None


class _Thing(msgspec.Struct):
    text: str
    cls: str = msgspec.field(name="class")
    model: str | None = None
    quantity: _Quantity | None = None


class _Sum(msgspec.Struct):
    value: float
    currency: str
    bound: Bound
    max: float | None = None
    per: str | None = None
    vague: bool | None = None


class _Row(msgspec.Struct):
    """A claim as the schema of the coding guide has it."""

    type: Type
    modality: Modality
    actors: list[str]
    recipients: list[str]
    addressees: list[str]
    support: Support | None
    mode: Mode | None
    items: list[_Thing]
    amounts: list[_Sum]
    date: str | None
    due: str | None
    horizon: str | None
    speaker: str | None
    evidence: Annotated[str, msgspec.Meta(min_length=1)]
    scope: Scope = "act"
    span: tuple[int, int] | None = None
    trigger: str = ""
    zone: ZoneKind = "body"
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    reader: str = ""


def _claim(row: _Row, article_id: str, text: str, number: int) -> Claim:
    span = _place(row, text)
    # Two acts told by the same words (two donors, two sanctions) need two names.
    return Claim(
        id=anchor(article_id, span, row.type if number == 1 else f"{row.type}#{number}"),
        article_id=article_id,
        type=row.type,
        modality=row.modality,
        span=span,
        evidence=row.evidence,
        actors=_roles(row.actors),
        recipients=_roles(row.recipients),
        addressees=_roles(row.addressees),
        scope=row.scope,
        support=row.support,
        mode=row.mode,
        items=tuple(_item(item, text, span) for item in row.items),
        amounts=tuple(Money(m.value, m.currency, m.bound, span, m.max, m.per, bool(m.vague)) for m in row.amounts),
        date=row.date,
        due=row.due,
        horizon=row.horizon,
        speaker=Role(row.speaker) if row.speaker else None,
        trigger=row.trigger,
        zone=row.zone,
        confidence=row.confidence,
        reader=row.reader,
    )


def _place(row: _Row, text: str) -> Span:
    """Where the evidence stands: where the row says, if these are the words there, else where they are found."""
    if row.span is None:
        found = find_evidence(text, row.evidence)
        if found is None:
            raise ValueError(f"the evidence does not stand in the text: {row.evidence[:60]!r}")
        return found
    span = Span(*row.span)
    if not 0 <= span.start < span.stop <= len(text) or _composed(span.of(text)) != _composed(row.evidence):
        raise ValueError(f"the evidence does not stand at its span {list(row.span)}: {row.evidence[:60]!r}")
    return span


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _roles(values: list[str]) -> tuple[Role, ...]:
    return tuple(Role(value) for value in values)


def _item(row: _Thing, text: str, evidence: Span) -> Item:
    at = text.find(row.text, evidence.start, evidence.stop)
    at = at if at >= 0 else text.find(row.text)
    q = row.quantity
    return Item(
        row.cls,
        row.text,
        Span(at, at + len(row.text)) if at >= 0 else evidence,
        row.model,
        Count(q.value, q.bound, q.max, q.unit, q.of, bool(q.vague)) if q else None,
    )


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
