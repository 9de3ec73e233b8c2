"""Claims linked to origins, steps and deals, kept up to date as articles come: what is added is compared with its blocks only."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import fsum
from typing import TYPE_CHECKING

from vientro.link.blocks import WINDOW, Blocks, number
from vientro.link.clusters import Absent
from vientro.link.copies import Copies, connected, origin
from vientro.link.features import features
from vientro.link.layers import Layer
from vientro.link.origins import one_saying
from vientro.link.profile import profile, story
from vientro.link.weights import LEVELS, shipped
from vientro.model.ids import digest
from vientro.model.ledger import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vientro.link.features import Features
    from vientro.link.layers import Cluster
    from vientro.link.profile import Profile
    from vientro.link.weights import Level, Weights
    from vientro.model.article import Article
    from vientro.model.claim import Claim

    WeightsFor = Callable[[str, str], Mapping[Level, Weights]]  # of a pair of claims, by their ids
    Bonds = Mapping[Level, Mapping[str, Mapping[str, bool]]]  # by level, claim and other claim: whether people put them together

# Scores are log-odds. A cluster holds together while their mean is at least LEAST; beyond FARTHEST a pair can't speak louder, so
# that one odd pair has no veto, and pairs that far apart need not be kept.
LEAST: Mapping[Level, float] = {"step": 0.25, "deal": -0.4}
FARTHEST = 2.0
RULED = 1e9  # the score of what people put together, and below 0 of what they put apart: no mean of others outweighs it


class Index:
    """Links of all claims added so far: a function of what was added, whatever its order and its batches.

    `bonds` are what people ruled: they hold against any score. They are symmetrical, and can all be kept at once.
    """

    def __init__(self, weights: WeightsFor | None = None, bonds: Bonds | None = None) -> None:
        self._weights = weights or (lambda _a, _b: shipped())
        self._bonds: Bonds = bonds or {}
        self._profiles: dict[str, Profile] = {}
        self._of_article: dict[str, tuple[str, ...]] = {}
        self._blocks, self._copies = Blocks(), Copies()
        self._edges: dict[Level, dict[str, dict[str, float]]] = {level: {} for level in LEVELS}
        self._said: dict[str, dict[str, float]] = {}
        # Steps that share no key are far apart; of steps far apart in time nothing is known.
        by_time = Absent(-FARTHEST, lambda name: number(self._profiles[name].day), WINDOW)
        self._steps = Layer(lambda claim: self._edges["step"][claim], LEAST["step"], Absent(-FARTHEST))
        self._deals = Layer(self._between_steps, LEAST["deal"], by_time)
        self._sayings = Layer(lambda claim: self._said[claim], 0.0, Absent(-1.0))
        self._named: dict[Cluster, str] = {}
        self._links: dict[str, Link] = {}

    def add(self, articles: Sequence[Article], claims: Sequence[Claim]) -> list[Link]:
        """Take in articles with all their claims; the links that are new or have changed, by id of the claim.

        An article that is known already is taken in anew: claims it no longer makes go.
        """
        made: dict[str, list[Claim]] = {article.id: [] for article in articles}
        for claim in claims:
            made[claim.article_id].append(claim)
        gone = {claim for article in made for claim in self._of_article.get(article, ())}
        for id_ in gone:
            self._forget(id_)
        for article in articles:
            self._copies.add(article)
            of = story(article)
            profiles = sorted((profile(claim, of) for claim in made[article.id]), key=lambda one: one.claim)
            self._of_article[article.id] = tuple(one.claim for one in profiles)
            self._profiles.update((one.claim, one) for one in profiles)
        fresh = {claim for article in made for claim in self._of_article[article]}
        for id_ in sorted(fresh):
            self._compare(id_)
        return self._relink(fresh, gone, made)

    def links(self) -> list[Link]:
        """All links, by id of the claim."""
        return [self._links[claim] for claim in sorted(self._links)]

    def _forget(self, claim: str) -> None:
        self._blocks.remove(self._profiles.pop(claim))
        for graph in (*self._edges.values(), self._said):
            for other in graph.pop(claim, {}):
                del graph[other][claim]

    def _compare(self, claim: str) -> None:
        """Score a claim against all that are in its blocks."""
        mine = self._profiles[claim]
        for graph in self._edges.values():
            graph[claim] = {}
        if mine.speaker:
            self._said[claim] = {}
        copies = self._copies.near(mine.article)
        for other in self._blocks.near(mine) | self._bound(claim):
            theirs = self._profiles[other]
            scores = {level: max(-FARTHEST, min(FARTHEST, score)) for level, score in self._scores(claim, other).items()}
            for level in LEVELS:
                ruled = self._bonds.get(level, {}).get(claim, {}).get(other)
                score = scores[level] if ruled is None else RULED if ruled else -RULED
                if score != -FARTHEST:
                    self._edges[level][claim][other] = self._edges[level][other][claim] = score
            if one_saying(mine, theirs, one_act=scores["step"] >= 0, copies=theirs.article in copies):
                self._said[claim][other] = self._said[other][claim] = 1.0
        self._blocks.add(mine)

    def _bound(self, claim: str) -> set[str]:
        """The claims compared so far that people put together with this one, or apart from it."""
        return {other for held in self._bonds.values() for other in held.get(claim, ()) if other in self._edges["step"]} - {claim}

    def _scores(self, one: str, other: str) -> dict[Level, float]:
        found, weights = self._features(one, other), self._weights(one, other)
        return {level: weights[level].score(found) for level in LEVELS}

    def _features(self, one: str, other: str) -> Features:
        first, second = (self._profiles[claim] for claim in sorted((one, other)))
        return features(first, second, self._beside(first), self._beside(second))

    def _beside(self, of: Profile) -> list[Profile]:
        beside = (self._profiles[claim] for claim in self._of_article[of.article])
        return [one for one in beside if one.story == of.story and one.claim != of.claim]

    def _relink(self, fresh: set[str], gone: set[str], articles: Iterable[str]) -> list[Link]:
        lost = gone - fresh
        steps, old_steps = self._steps.refresh(fresh, lost)
        old_names = {self._named.pop(step) for step in old_steps}
        self._named.update((step, min(step, key=self._when)) for step in steps)
        names = {self._named[step] for step in steps}
        deals, _ = self._deals.refresh(names, old_names - names)
        sayings, _ = self._sayings.refresh({claim for claim in fresh if claim in self._said}, lost)
        moved = {claim for step in (*steps, *old_steps) for claim in step} - lost
        touched = moved | {other for claim in moved for other in self._edges["step"][claim]}
        touched |= {claim for deal in deals | {self._deals.of[name] for name in names} for name in deal for claim in self._steps.of[name]}
        told_again = {self._profiles[claim].article for saying in sayings for claim in saying} | set(articles)
        touched |= {claim for article in connected(told_again, self._copies) for claim in self._of_article.get(article, ())}
        for claim in lost:
            del self._links[claim]
        links = [self._link(claim) for claim in sorted(touched)]
        changed = [link for link in links if self._links.get(link.claim) != link]
        self._links.update((link.claim, link) for link in changed)
        return changed

    def _when(self, claim: str) -> tuple[date, str]:
        return self._profiles[claim].day or date.max, claim

    def _step(self, claim: str) -> str:
        """The name of a claim's step: the claim of it that was told first."""
        return self._named[self._steps.of[claim]]

    def _between_steps(self, name: str) -> dict[str, float]:
        """The mean score for one deal between a step's claims and those of each other step."""
        mine = self._steps.of[name]
        found: dict[str, list[float]] = defaultdict(list)
        for claim in mine:
            for other, score in self._edges["deal"][claim].items():
                found[self._step(other)].append(score)
        found.pop(name, None)
        pairs = {other: len(mine) * len(self._steps.of[other]) for other in found}
        return {other: (fsum(scores) - FARTHEST * (pairs[other] - len(scores))) / pairs[other] for other, scores in found.items()}

    def _link(self, claim: str) -> Link:
        step = self._steps.of[claim]
        deal = self._deals.of[self._named[step]]
        why = [
            *self._why("step", claim, [other for other in step if other != claim]),
            *self._why("deal", claim, [other for name in deal for other in self._steps.of[name] if other not in step]),
            *self._fits_too(claim),
        ]
        first = min(deal, key=self._when)
        return Link(claim, self._origin(claim), "s-" + digest(self._named[step]), "d-" + digest(first), tuple(why))

    def _why(self, level: Level, claim: str, others: list[str]) -> list[str]:
        """The claim that this one is nearest to, and the features that speak for it most."""
        edges = self._edges[level][claim]
        best = min((other for other in others if other in edges), key=lambda other: (-edges[other], other), default=None)
        if best is None:
            return []
        if edges[best] == RULED:
            return [f"{level} of {best}: a person ruled so"]
        reasons = self._weights(claim, best)[level].reasons(self._features(claim, best))
        return [f"{level} of {best}: {', '.join(reasons)}"]

    def _fits_too(self, claim: str) -> list[str]:
        """The other step that this claim by itself would fit best, if it fits one."""
        found: dict[str, list[float]] = defaultdict(list)
        for other, score in self._edges["step"][claim].items():
            found[self._step(other)].append(score)
        found.pop(self._step(claim), None)
        fits = []
        for name, scores in found.items():
            size = len(self._steps.of[name])
            mean = (fsum(scores) - FARTHEST * (size - len(scores))) / size
            if mean >= LEAST["step"]:
                fits.append((-mean, name))
        return [f"fits s-{digest(min(fits)[1])} too"] if fits else []

    def _origin(self, claim: str) -> str:
        """The saying behind a claim: its own, or that of the same act in its story or in a near-copy; else its cluster of near-copies."""
        article = self._profiles[claim].article
        if claim in self._sayings.of:
            return self._saying(claim)
        copies = self._copies.near(article) | {article}
        twins = [other for other in self._steps.of[claim] if other in self._sayings.of and self._profiles[other].article in copies]
        return self._saying(min(twins, key=self._when)) if twins else origin(connected([article], self._copies))

    def _saying(self, claim: str) -> str:
        return "u-" + digest(min(self._sayings.of[claim], key=self._when))
