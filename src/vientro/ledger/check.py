"""A claim that somebody makes, held against the ledger: which steps tell of the same act, what lies around it, and what of it nobody says.

The pairs are scored with the features and weights of linking (link/weights.tsv). That a lone sentence has no day speaks neither for
nor against, and where no step fits otherwise its figures may differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from vientro.ledger.rules import is_umbrella
from vientro.ledger.slots import Slot, same_party, slots
from vientro.link.data import rates, types
from vientro.link.features import features
from vientro.link.index import LEAST
from vientro.link.profile import profile, story
from vientro.link.weights import shipped
from vientro.model.edtf import apart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.lookup import Filed
    from vientro.link.features import Features
    from vientro.link.profile import Profile
    from vientro.model.article import Article
    from vientro.model.claim import Claim, Money
    from vientro.model.edtf import Days
    from vientro.model.ledger import Step, Sum
    from vientro.model.mention import Time

# umbrella: a group's sum that the claim may lie inside (D14). whole, part: a larger or smaller sum of the same parties (D1).
# total: a running total (D4). inside: what may lie inside the claim, where that is itself a group's sum or a total.
# line: the same line of support.
Relation = Literal["umbrella", "whole", "part", "total", "inside", "line"]
RELATIONS: tuple[Relation, ...] = ("umbrella", "total", "whole", "part", "inside", "line")

_CLAIMS = 8  # of one step: the wordings are much the same beyond
_NEAR, _UMBRELLA = 30, 45  # days between a part and its whole; between a conference's total and a member's own pledge
_MOST, _MOST_LINES = 12, 5  # of one relation; of the same line of support
_MOST_MATCHES, _MARGIN = 6, 1.5  # steps of the same act: so many, and so far in log-odds below the likest
# Where no step fits, pairs of the same parties are scored as if their figures agreed: a wrong figure is what a check is to find, and must
# not hide the act.
_AGREED = {"amount differs": "amount same", "quantity differs": "quantity same"}
# Where none fits then, those of the same figures are scored as if their days said nothing: the day may be what is wrong.
_DAYS = ("day ", "gap ", "saying, gap ")
_SAME_FIGURE = {"amount same", "quantity same"}
_LONGEST = 31  # days of an act that may lie inside a sum told on one day

Pair = tuple["Claim", "Features"]


@dataclass(frozen=True, slots=True)
class Match:
    """A step that tells of the same act, the log-odds of it, and the features that speak for it most."""

    step: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A step that is not the act itself, and how it lies to it."""

    step: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger has on a claim: steps of the same act, the likest first; what lies around it; its values one by one.

    Of the same line of support the newest steps are named; `rest` is the number of the others.
    """

    claim: Claim
    matches: tuple[Match, ...]
    near: tuple[Near, ...]
    slots: tuple[Slot, ...]
    rest: int = 0

    @property
    def found(self) -> bool:
        return bool(self.matches)


def days_of(claim: Claim, article: Article) -> Days | None:
    """The days that the act of a claim may fall on, as linking sees them."""
    return profile(claim, story(article)).days


def dated(claim: Claim, times: Sequence[Time], *, known: bool) -> Claim:
    """The claim with dates that its sentence tells itself; `times` are those found in it, `known` is whether its day is known.

    Where it is not, what was worked out from a guessed day ("hồi đầu tuần") is dropped. A claim without any date takes that of its
    sentence if there is just one.
    """
    told = {time.edtf for time in times if "X" not in time.edtf}
    if not known:
        date, due, horizon = (edtf if edtf in told else None for edtf in (claim.date, claim.due, claim.horizon))
        claim = replace(claim, date=date, due=due, horizon=horizon)
    return replace(claim, date=told.pop()) if len(told) == 1 and not (claim.date or claim.due or claim.horizon) else claim


def scored_claims(one: Filed) -> tuple[str, ...]:
    """The claims of a step that are compared with a claim: those told first."""
    return one.step.claims[:_CLAIMS]


@dataclass(frozen=True, slots=True)
class Scored:
    """Steps of the same act, the likest first, and the ids of steps of the same line of support; `days` are those of the claim, or of the
    likest step."""

    matches: tuple[Match, ...]
    lines: frozenset[str]
    days: Days | None


def score(claim: Claim, article: Article, filed: Sequence[Filed], claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> Scored:
    """Hold a claim against the steps that were shortlisted, whose claims and articles are given by id."""
    mine = profile(claim, story(article))
    pairs = {one.step.id: _pairs(mine, one, claims, articles) for one in filed}
    same = (
        _same(claim, filed, pairs) or _same(claim, filed, pairs, as_if=_AGREED) or _same(claim, filed, _without_days(pairs), as_if=_AGREED)
    )
    matched = {match.step for match in same}
    lines = {
        one.step.id
        for one in filed
        if (scores := [shipped()["deal"].score(told) for _, told in pairs[one.step.id]])
        and one.step.id not in matched
        and sum(scores) / len(scores) >= LEAST["deal"]
        and _meet(claim, one.step) is not False
    }
    days = mine.days or next((one.days for match in same for one in filed if one.step.id == match.step), None)
    return Scored(tuple(same), frozenset(lines), days)


def _without_days(pairs: Mapping[str, Sequence[Pair]]) -> dict[str, list[Pair]]:
    """The pairs whose figures agree, without what their days say."""
    return {
        step: [(other, {n: v for n, v in pair.items() if not n.startswith(_DAYS)}) for other, pair in told if _SAME_FIGURE & pair.keys()]
        for step, told in pairs.items()
    }


def _same(
    claim: Claim, filed: Sequence[Filed], pairs: Mapping[str, Sequence[Pair]], as_if: Mapping[str, str] = MappingProxyType({})
) -> list[Match]:
    """The steps whose likest claim tells of the same act, the likest first; `as_if` names features that are taken for others."""
    weights, found = shipped()["step"], []
    for one in filed:
        if _meet(claim, one.step) is False or (as_if and not _meet(claim, one.step)):
            continue
        told = [
            {as_if.get(name, name): value for name, value in pair.items()}
            for other, pair in pairs[one.step.id]
            if _alike(claim, other, pair)
        ]
        best = max(told, key=weights.score, default=None)
        if best and weights.score(best) >= LEAST["step"]:
            found.append(Match(one.step.id, round(weights.score(best), 2), tuple(weights.reasons(best))))
    found.sort(key=lambda match: (-match.score, match.step))
    return [match for match in found if match.score >= found[0].score - _MARGIN][:_MOST_MATCHES]


def verdict(claim: Claim, scored: Scored, filed: Sequence[Filed], claims: Mapping[str, Claim]) -> Verdict:
    """What the ledger has on a claim; `filed` are the steps shortlisted and those of the deals that the matches are of."""
    matched = {match.step for match in scored.matches}
    deals = {one.step.deal for one in filed if one.step.id in matched}
    lines = scored.lines | {one.step.id for one in filed if one.step.deal in deals}
    told = [claims[id_] for one in filed if one.step.id in matched for id_ in one.step.claims if id_ in claims]
    others = [one for one in filed if one.step.id not in matched]
    near = [Near(one.step.id, relation) for one in others if (relation := _relation(claim, scored.days, one, lines))]
    of = {relation: [one for one in near if one.relation == relation] for relation in RELATIONS}
    day = {one.step.id: one.day or 0 for one in others}
    of["line"].sort(key=lambda one: (-day[one.step], one.step))
    kept = [one for relation in RELATIONS for one in of[relation][: _MOST_LINES if relation == "line" else _MOST]]
    return Verdict(claim, scored.matches, tuple(kept), slots(claim, told), max(0, len(of["line"]) - _MOST_LINES))


def _pairs(mine: Profile, one: Filed, claims: Mapping[str, Claim], articles: Mapping[str, Article]) -> list[Pair]:
    """The claims of a step, each with the features of its pair with a claim."""
    told = [claims[id_] for id_ in scored_claims(one) if id_ in claims]
    found = [(claim, features(mine, profile(claim, story(articles[claim.article_id])))) for claim in told]
    return found if mine.days else [(claim, {name: value for name, value in pair.items() if name != "undated"}) for claim, pair in found]


def _alike(claim: Claim, other: Claim, pair: Features) -> bool:
    """Whether both tell of one kind of act. A running total is no act; but a lone sentence may look like one: then its sum decides."""
    return claim.type == other.type and ((claim.scope == "total") == (other.scope == "total") or "amount same" in pair)


def _meet(claim: Claim, step: Step) -> bool | None:
    """Whether the parties of both fit: False where both name givers, or both name targets, and none can be the same.

    How many an unnamed group counts is a figure, which may be wrong.
    """
    answers = [
        [None if is_umbrella([role.value]) and is_umbrella(theirs) else same_party(role.value, theirs) for role in mine]
        for mine, theirs in ((claim.actors, step.actors), (claim.recipients, step.recipients), (claim.addressees, step.addressees))
    ]
    if any(found and all(answer is False for answer in found) for found in answers):
        return False
    return True if any(True in found for found in answers) else None


def _relation(claim: Claim, days: Days | None, one: Filed, lines: frozenset[str]) -> Relation | None:
    step = one.step
    gap = apart(days, one.days) if days and one.days else None
    giving = types()[claim.type]["family"] == types()[step.type]["family"] == "give"
    for_same = any(same_party(role.value, step.recipients) for role in claim.recipients)
    if giving and for_same:
        mine_umbrella, theirs = is_umbrella([role.value for role in claim.actors]), is_umbrella(step.actors)
        givers_meet = any(same_party(role.value, step.actors) for role in claim.actors)
        if step.scope == "total" and (givers_meet or theirs):
            return "total"
        if claim.scope == "total" and (givers_meet or mine_umbrella) and _fits_inside(claim, step):
            return "inside"
        if theirs and not mine_umbrella and step.sums and gap is not None and gap <= _UMBRELLA:
            return "umbrella"
        given = step.counts and step.type != "train" and one.days and (one.days[1] - one.days[0]).days <= _LONGEST
        if mine_umbrella and not theirs and given and _fits_inside(claim, step) and gap is not None and gap <= _UMBRELLA:
            return "inside"
        if givers_meet and gap is not None and gap <= _NEAR and (compared := _larger(claim, step)):
            return compared
    return "line" if step.id in lines else None


def _fits_inside(claim: Claim, step: Step) -> bool:
    """Whether a step has what can be a part of the claim: a sum that is not larger, or things of the same kind.

    Sums of other currencies can, where both have a rate: members tell their part of a group's dollars in their own money.
    """
    money = any(_has_room(mine, one) for mine in claim.amounts for one in step.sums)
    things = {item.cls for item in claim.items} & {stock.cls for stock in step.items}
    return (money or bool(things)) and _larger(claim, step) != "whole"


def _has_room(mine: Money, one: Sum) -> bool:
    if mine.currency == one.currency:
        return True
    if not {mine.currency, one.currency} <= rates().keys():
        return False
    return (one.value.low or 0) * rates()[one.currency][0] <= (mine.max or mine.value) * rates()[mine.currency][1]


def _larger(claim: Claim, step: Step) -> Relation | None:
    """Whether a step's sum is larger or smaller than the claim's, in one currency."""
    for money in claim.amounts:
        for one in step.sums:
            if one.currency == money.currency and one.per == money.per:
                if one.value.low is not None and one.value.low > (money.max or money.value):
                    return "whole"
                if one.value.high is not None and one.value.high < money.value:
                    return "part"
    return None
