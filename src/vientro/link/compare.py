"""Do two sets of parties, two sums, two quantities fit each other?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from vientro.link.data import circle, rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.claim import Count, Money

Relation = Literal["same", "overlap", "group", "differ", "one-sided", "unsaid"]

# How far a number may lie from the one that is told with this bound, as factors of it. "at least" and "up to" are wide, not open:
# "more than 400 million" is not said of two billion.
_REACH: dict[str, tuple[float, float]] = {
    "exact": (0.99, 1.01),
    "about": (0.9, 1.1),
    "at_least": (0.98, 1.5),
    "up_to": (0.5, 1.02),
    "range": (0.99, 1.01),
}


def relation(a: frozenset[str], b: frozenset[str]) -> Relation:
    """Same, overlapping, group and member, or different; one-sided or unsaid where one or both are empty."""
    if not a or not b:
        return "one-sided" if a or b else "unsaid"
    if a == b:
        return "same"
    if a & b:
        return "overlap"
    return "group" if any(x in circle(y) for x in a for y in b) else "differ"


def kindred(a: frozenset[str], b: frozenset[str]) -> Relation:
    """As `relation`, of models: a variant is its model ("f 35a" and "f 35", "m1a1 abrams" and "abrams")."""
    found = relation(a, b)
    if found != "differ" or not any(_variant(x, y) or _variant(y, x) for x in a for y in b):
        return found
    return "same" if len(a) == len(b) == 1 else "overlap"


def _variant(of: str, model: str) -> bool:
    """A longer name of the model: more words, or letters behind the number ("F-16V", never "F-1" and "F-16")."""
    long, short = of.replace(" ", ""), model.replace(" ", "")
    return set(model.split()) <= set(of.split()) or (long.startswith(short) and not long[len(short) :][:1].isdigit())


def span(told: Count | Money) -> tuple[float, float]:
    """The numbers that a told number may mean."""
    low, high = _REACH[told.bound]
    return told.value * low, (told.max or told.value) * high


def agree(a: Count | Money, b: Count | Money) -> bool:
    """Whether two numbers of one kind may be the same."""
    return _meet(span(a), span(b))


def same_sum(a: Money, b: Money) -> bool | None:
    """Whether two sums may be one, converted or not; None where nothing is known of a currency or the periods differ."""
    if a.per != b.per:
        return None
    if a.currency == b.currency:
        return agree(a, b)
    if a.currency not in rates() or b.currency not in rates():
        return None
    return _meet(_in_dollars(a), _in_dollars(b))


def sums_agree(a: Sequence[Money], b: Sequence[Money]) -> bool | None:
    """Whether some of the sums fit each other; None where no two can be compared."""
    found = [same_sum(x, y) for x in a for y in b]
    return True if True in found else False if False in found else None


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return max(a[0], b[0]) <= min(a[1], b[1])


def _in_dollars(money: Money) -> tuple[float, float]:
    (low, high), (least, most) = span(money), rates()[money.currency]
    return low * least, high * most


def counts_agree(a: Sequence[tuple[str, Count]], b: Sequence[tuple[str, Count]]) -> bool | None:
    """Whether some quantities of one class of items fit each other; None where no two can be compared."""
    pairs = [agree(x, y) for cls, x in a for of, y in b if cls == of]
    return any(pairs) if pairs else None
