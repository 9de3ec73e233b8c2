"""Why a delivery was not found to belong to its promise, and what was joined that does not belong together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.evaluate.longdeals import weights as weights_of
from vientro.evaluate.longscores import answers, pairs
from vientro.link.blocks import Blocks
from vientro.link.features import features
from vientro.link.profile import profile, story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.evaluate.longdeals import Key, LongDeals
    from vientro.link.index import WeightsFor

# What the features that speak against a pair are about, by the beginning of their names in weights.tsv.
_KINDS = {
    "time": ("gap", "day", "undated", "saying, gap"),
    "things": ("class", "model", "quantity"),
    "sum": ("amount",),
    "parties": ("giver", "target", "actors", "line"),
    "kind of act": ("type", "modality", "sanction and support", "core", "both", "one story", "a nearer claim"),
    "voice": ("speaker", "saying, speaker"),
}
APART = "never compared"  # no block holds both
OTHERS = "others of the clusters"  # the pair alone speaks for one deal; the claims it stands with do not


@dataclass(frozen=True, slots=True)
class Split:
    """An outcome that stands in no deal with a claim of its promise: the promise it is nearest to, and what speaks against most."""

    outcome: Key
    promise: Key
    kind: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Two deals of which promises and outcomes were put in one, and how many pairs of these."""

    one: str
    other: str
    pairs: int


def splits(long: LongDeals, told: Mapping[Key, tuple[str, str]], weights: WeightsFor) -> list[Split]:
    """Every outcome that lost its promises, by deal."""
    by_id = {article.id: story(article) for article in long.articles}
    profiles = {key: profile(claim, by_id[claim.article_id]) for key, claim in long.claims.items()}
    of_story: dict[str, list[Key]] = {}
    blocks = Blocks()
    for key, one in profiles.items():
        of_story.setdefault(one.story, []).append(key)
        blocks.add(one)
    found = []
    for outcome, promises in answers(long).items():
        if any(told[outcome][1] == told[promise][1] for promise in promises):
            continue
        near = blocks.near(profiles[outcome])
        scored: list[tuple[float, Key, str]] = []
        for promise in promises:
            if long.claims[promise].id not in near:
                continue
            first, second = sorted((profiles[outcome], profiles[promise]), key=lambda one: one.claim)
            beside = [[profiles[key] for key in of_story[one.story] if profiles[key] is not one] for one in (first, second)]
            seen = features(first, second, *beside)
            of = weights(first.claim, second.claim)["deal"]
            against = min(seen, key=lambda name: of.of.get(name, 0.0) * seen[name])
            score = of.score(seen)
            scored.append((score, promise, _kind(against) if score < 0 else OTHERS))
        if scored:
            score, promise, kind = max(scored)
            found.append(Split(outcome, promise, kind, score))
        else:
            found.append(Split(outcome, promises[0], APART, None))
    return sorted(found, key=lambda one: (long.places[one.outcome].deal, one.outcome))


def rows(long: LongDeals, told: Mapping[Key, tuple[str, str]], most: int) -> list[list[str]]:
    """The first `most` errors of each sort as words: of splits the deal, why, the promise and the outcome; of joined deals both."""
    lost = splits(long, told, weights_of(long))
    counted = Counter(one.kind for one in lost)
    shown = [["outcomes without their promise, by what speaks against:", ", ".join(f"{kind} {n}" for kind, n in counted.most_common())]]
    shown += [[long.places[one.outcome].deal, one.kind, _name(long, one.promise), _name(long, one.outcome)] for one in lost[:most]]
    others = joined(long, told)
    shown += [["deals joined:", str(len(others))], *([one.one, one.other, f"{one.pairs} pairs"] for one in others[:most])]
    return shown


def _name(long: LongDeals, key: Key) -> str:
    return f"{long.claims[key].type} {key[0]}#{key[1]}"


def _kind(feature: str) -> str:
    return next((kind for kind, names in _KINDS.items() if feature.startswith(names)), "words")


def joined(long: LongDeals, told: Mapping[Key, tuple[str, str]]) -> list[Joined]:
    """Deals that were joined, those with the most pairs of promise and outcome first."""
    mine = {key: told[key][1] for key in long.places}
    counted: Counter[tuple[str, str]] = Counter()
    for promise, outcome in pairs(long, mine):
        one, other = sorted((long.places[promise].deal, long.places[outcome].deal))
        if one != other:
            counted[one, other] += 1
    return [Joined(*deals, number) for deals, number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
