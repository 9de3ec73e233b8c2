"""What a claim says, slot by slot, against what other claims of the same act say: supported, said otherwise, or not found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from vientro.ledger.data import rows
from vientro.ledger.figures import why_counts, why_sums
from vientro.link.compare import agree
from vientro.link.data import circle
from vientro.link.names import codes, speaker
from vientro.model.edtf import apart, interval
from vientro.reading.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vientro.model.claim import Claim, Count, Item, Money, Role
    from vientro.model.ledger import Cause

Status = Literal["supported", "contradicted", "not found"]
Name = Literal["act", "actor", "recipient", "addressee", "sum", "item", "quantity", "date", "due", "horizon", "speaker", "support", "mode"]
# A cause that leaves a figure as it was said: another unit of it, fewer digits, a floor or ceiling that it keeps to.
_HARMLESS: tuple[Cause, ...] = ("conversion", "rounding", "bound")
_CERTAIN = {"actual": 2, "planned": 2, "conditional": 1, "possible": 1, "alleged": 0, "denied": -1}
_DEEDS = ("deliver", "train", "approve", "procure")  # of these, what is only planned is not what was done
_NUMBER = re.compile(r"\d+")
_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of a claim, as said, and which claims say the same (`by`) or otherwise (`against`), by id.

    `place` is the number of the value among those of its kind. `causes` says why figures differ.
    """

    name: Name
    place: int
    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def status(self) -> Status:
        return "supported" if self.by else "contradicted" if self.against else "not found"


Answer = tuple[bool | None, "Cause | None"]  # whether a claim says the same; None where it does not say


def slots(claim: Claim, others: Sequence[Claim]) -> tuple[Slot, ...]:
    """Every value of a claim against the other claims of the same act."""
    found = [_slot("act", 0, others, lambda other: (_same_act(claim, other), None))]
    parties: tuple[tuple[Name, tuple[Role, ...], Callable[[Claim], Sequence[Role]]], ...] = (
        ("actor", claim.actors, lambda other: other.actors),
        ("recipient", claim.recipients, lambda other: other.recipients),
        ("addressee", claim.addressees, lambda other: other.addressees),
    )
    for name, mine, theirs in parties:
        found += [_slot(name, place, others, _party_test(role, theirs)) for place, role in enumerate(mine)]
    found += [_slot("sum", place, others, _sum_test(claim, money)) for place, money in enumerate(claim.amounts)]
    for place, item in enumerate(claim.items):
        found.append(_slot("item", place, others, _item_test(item)))
        if item.quantity:
            found.append(_slot("quantity", place, others, _count_test(item, item.quantity)))
    dates: tuple[tuple[Name, str | None, Callable[[Claim], str | None]], ...] = (
        ("date", claim.date, lambda other: other.date),
        ("due", claim.due, lambda other: other.due),
        ("horizon", claim.horizon, lambda other: other.horizon),
    )
    for name, edtf, told in dates:
        if edtf:
            found.append(_slot(name, 0, others, _date_test(edtf, told)))
    if claim.speaker:
        found.append(_slot("speaker", 0, others, _speaker_test(claim.speaker)))
    if claim.support and _says_purpose(claim):
        found.append(_slot("support", 0, others, lambda other: (_alike(claim.support, other.support), None)))
    if claim.mode and claim.mode != "aid":  # what is given is aid unless somebody says otherwise
        found.append(_slot("mode", 0, others, lambda other: (_alike(claim.mode, other.mode), None)))
    return tuple(found)


def _slot(name: Name, place: int, others: Sequence[Claim], test: Callable[[Claim], Answer]) -> Slot:
    answers = [(other.id, *test(other)) for other in others]
    return Slot(
        name,
        place,
        tuple(id_ for id_, same, _ in answers if same),
        tuple(id_ for id_, same, _ in answers if same is False),
        tuple(dict.fromkeys(cause for _, same, cause in answers if cause)),
    )


def _same_act(claim: Claim, other: Claim) -> bool | None:
    """The same kind of act, as sure as it is said: what is denied or alleged, and a deed that is only planned, is said otherwise.

    A denial is held up by denials alone. What is done or alleged speaks against it; that something is to come or may come does not.
    """
    if claim.type != other.type:
        return None
    if claim.modality == "denied":
        return True if other.modality == "denied" else False if other.modality in ("actual", "alleged") else None
    if claim.type in _DEEDS and claim.modality == "actual" and other.modality != "actual":
        return False
    return _CERTAIN[other.modality] >= _CERTAIN[claim.modality]


def _party_test(role: Role, theirs: Callable[[Claim], Sequence[Role]]) -> Callable[[Claim], Answer]:
    def test(other: Claim) -> Answer:
        return same_party(role.value, [one.value for one in theirs(other)]), None

    return test


def same_party(value: str, others: Sequence[str]) -> bool | None:
    """Whether a party is among others; None where none is named, or where one may stand inside the other (a group and its member)."""
    if not others:
        return None
    mine = _codes(value)
    theirs = frozenset[str]().union(*map(_codes, others))
    if mine:
        if mine & theirs or not theirs:
            return True if mine & theirs else None
        return None if any(code in circle(one) for code in mine for one in theirs) else False
    if theirs:
        return None
    return any(_same_words(value, other) for other in others)


def _codes(value: str) -> frozenset[str]:
    return frozenset({value}) if value.isascii() and value.isupper() else codes(fold(value).text)


def _same_words(a: str, b: str) -> bool:
    """Whether two descriptions fit: "34 quốc gia" and "34 nước" do, "50 nước" does not."""
    one, other = fold(a).text.lower(), fold(b).text.lower()
    numbers = _NUMBER.findall(one), _NUMBER.findall(other)
    if numbers[0] and numbers[1]:
        return numbers[0] == numbers[1]
    return bool(set(words(one)) & set(words(other)))


def _sum_test(claim: Claim, money: Money) -> Callable[[Claim], Answer]:
    def test(other: Claim) -> Answer:
        found = [
            (True, None)
            if money.currency == x.currency and money.per == x.per and agree(money, x)
            else _judged(why_sums((claim, money), (other, x)))
            for x in other.amounts
        ]
        return _best(found)

    return test


def _item_test(item: Item) -> Callable[[Claim], Answer]:
    def test(other: Claim) -> Answer:
        return _best([(True if _same_thing(item, x) else False if item.cls == x.cls else None, None) for x in other.items])

    return test


def _count_test(item: Item, count: Count) -> Callable[[Claim], Answer]:
    def test(other: Claim) -> Answer:
        told = [x.quantity for x in other.items if x.quantity and _same_thing(item, x)]
        return _best([(True, None) if agree(count, x) else _judged(_why(count, x)) for x in told])

    return test


def _why(count: Count, other: Count) -> Cause:
    return "part and whole" if (other.of == count.value or count.of == other.value) else why_counts(count, other)


def _same_thing(a: Item, b: Item) -> bool:
    models = [words(fold(one.model).text) for one in (a, b) if one.model]
    return a.cls == b.cls and (len(models) < 2 or models[0] == models[1])


def _judged(cause: Cause | None) -> Answer:
    return (None, None) if cause is None else (cause in _HARMLESS, cause)


def _best(found: Iterable[Answer]) -> Answer:
    """Of several answers the kindest: the claim says the same somewhere, or something else, or nothing."""
    order: tuple[bool | None, ...] = (True, False, None)
    return min(found, key=lambda answer: (order.index(answer[0]), answer[1] is not None), default=(None, None))


def _date_test(edtf: str, told: Callable[[Claim], str | None]) -> Callable[[Claim], Answer]:
    mine = interval(edtf)

    def test(other: Claim) -> Answer:
        said = told(other)
        theirs = interval(said) if said else None
        return (apart(mine, theirs) <= _SLACK.days if mine and theirs else None), None

    return test


def _speaker_test(role: Role) -> Callable[[Claim], Answer]:
    """Another speaker says nothing against this one."""
    mine = set(speaker(role.value, None))

    def test(other: Claim) -> Answer:
        names = [other.speaker.value] if other.speaker else []
        heard = [set(speaker(name, None)) for name in (*names, *(source.name for source in other.chain))]
        return (True if any(one <= mine or mine <= one for one in heard if one) else None), None

    return test


def _says_purpose(claim: Claim) -> bool:
    """Whether the words of a claim name its purpose: a purpose that is only inferred can't be held against anybody."""
    told = fold(claim.evidence).text.lower()
    return any(word in told for row in rows("purposes") if row["support"] == claim.support for word in row["words"].split("|"))


def _alike(mine: str | None, theirs: str | None) -> bool | None:
    return None if theirs is None else mine == theirs or "mixed" in (mine, theirs)
