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
from vientro.link.memory import Change, Nothing, Place, Recalled
from vientro.link.origins import one_saying
from vientro.link.profile import Profile, day, profile, story
from vientro.link.weights import LEVELS, shipped
from vientro.model.ids import digest
from vientro.model.ledger import Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from vientro.link.features import Features
    from vientro.link.layers import Cluster
    from vientro.link.memory import Memory
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

    `bonds` are what people ruled: they hold against any score. They are symmetrical, and can all be kept at once. `memory` is what
    earlier runs kept; `told` is what is told today, each article with all its claims. What of it was not linked before, or not as it is
    told now, has to be added, and only what that can reach is worked out again.
    """

    def __init__(
        self,
        weights: WeightsFor | None = None,
        bonds: Bonds | None = None,
        memory: Memory | None = None,
        told: Iterable[tuple[Article, Sequence[Claim]]] = (),
    ) -> None:
        self._weights = weights or (lambda _a, _b: shipped())
        self._bonds: Bonds = bonds or {}
        self._memory = memory or Nothing()
        self._articles: dict[str, Article] = {}
        self._claims: dict[str, Claim] = {}
        self._of_article: dict[str, tuple[str, ...]] = {}
        self._take(told)
        self._profiles = Recalled[Profile](self._profiled)
        self._days: dict[str, date | None] = {}
        self._blocks, self._copies = Blocks(self._memory), Copies(self._memory, self._articles)
        self._pending: set[str] = set()  # claims not compared yet
        self._edges: dict[Level, dict[str, dict[str, float]]] = {level: {} for level in LEVELS}
        self._said: dict[str, dict[str, float]] = {}
        # Steps that share no key are far apart; of steps far apart in time nothing is known.
        by_time = Absent(-FARTHEST, lambda name: number(self._day(name)), WINDOW)
        self._steps = Layer(lambda claim: self._scored("step", claim), LEAST["step"], Absent(-FARTHEST), self._kept_step)
        self._deals = Layer(self._between_steps, LEAST["deal"], by_time, self._kept_deal)
        self._sayings = Layer(self._heard, 0.0, Absent(-1.0), self._kept_saying)
        self._named: dict[Cluster, str] = {}
        self._fits: dict[str, str] = {}
        self._fitting: dict[str, set[str]] = defaultdict(set)
        self._links = Recalled[Link](lambda claim: {one.claim: one.link for one in self._memory.places("claim", claim)})
        self._added: dict[str, tuple[str, ...]] = {}
        self._changed: tuple[set[str], set[str], set[str]] = set(), set(), set()

    def add(self, articles: Sequence[Article], claims: Sequence[Claim], gone: Iterable[str] = ()) -> list[Link]:
        """Take in articles with all their claims; the links that are new or have changed, by id of the claim.

        An article that is known already is taken in anew: claims it no longer makes go. Articles that are `gone` go with all of theirs.
        """
        made: dict[str, list[Claim]] = {article.id: [] for article in articles}
        for claim in claims:
            made[claim.article_id].append(claim)
        again = {*made, *gone}
        before = {claim for article in again for claim in self._before(article)}
        beside = again.union(*[self._copies.remove(article) for article in sorted(again)])
        for id_ in before:
            self._forget(id_)
        for id_ in again:
            self._articles.pop(id_, None)
            self._of_article.pop(id_, None)
        self._take((article, made[article.id]) for article in articles)
        for article in articles:
            self._copies.add(article)
            self._profiles.update(self._profiles_of(article.id))
        fresh = {claim for article in made for claim in self._of_article[article]}
        self._added.update((id_, self._of_article.get(id_, ())) for id_ in again)
        self._pending = set(fresh)
        for id_ in sorted(fresh):
            self._compare(id_)
        touched, changed = self._relink(fresh, before - fresh, beside)
        for all_, now in zip(self._changed, (again, before | fresh, touched), strict=True):
            all_.update(now)
        return changed

    def links(self) -> list[Link]:
        """The links of all claims that were added, and of those that these have changed, by id of the claim."""
        return [self._links[claim] for claim in sorted(self._links)]

    def change(self) -> Change:
        """What has to be kept of what was added, for the next run."""
        articles, claims, touched = self._changed
        mine, sketches = sorted(self._claims.keys() & claims), self._copies.sketches
        return Change(
            claims=claims,
            lost=claims - self._claims.keys(),
            keys=[(claim, day, key) for claim in mine for day, keys in [self._blocks.filed(claim)] for key in sorted(keys)],
            places=[self._place(claim) for claim in sorted(touched & self._claims.keys())],
            articles=articles,
            sketches=[sketches[id_] for id_ in sorted(articles & sketches.keys())],
            copies={id_: tuple(sorted(self._copies.near(id_))) for id_ in sorted(self._copies.changed & self._articles.keys())},
        )

    def _take(self, told: Iterable[tuple[Article, Sequence[Claim]]]) -> None:
        for article, claims in told:
            self._articles[article.id] = article
            self._of_article[article.id] = tuple(sorted(claim.id for claim in claims))
            self._claims.update((claim.id, claim) for claim in claims)

    def _before(self, article: str) -> Iterable[str]:
        """The claims of an article as they were linked before."""
        return self._added[article] if article in self._added else [one.claim for one in self._memory.places("article", article)]

    def _profiled(self, claim: str) -> dict[str, Profile]:
        return self._profiles_of(self._claims[claim].article_id) if claim in self._claims else {}

    def _profiles_of(self, article: str) -> dict[str, Profile]:
        of = story(self._articles[article])
        return {claim: profile(self._claims[claim], of) for claim in self._of_article[article]}

    def _day(self, claim: str) -> date | None:
        if claim not in self._days:
            told = self._claims[claim]
            self._days[claim] = day(told, self._articles[told.article_id])
        return self._days[claim]

    def _forget(self, claim: str) -> None:
        self._blocks.remove(claim)
        self._profiles.drop(claim)
        self._days.pop(claim, None)
        self._claims.pop(claim, None)
        for graph in (*self._edges.values(), self._said):
            for other in graph.pop(claim, {}):
                del graph[other][claim]

    def _scored(self, level: Level, claim: str) -> dict[str, float]:
        """The claims that this one has a score with."""
        if claim not in self._edges[level]:
            self._compare(claim)
        return self._edges[level][claim]

    def _heard(self, claim: str) -> dict[str, float]:
        """The claims that go back to the saying of this one."""
        self._scored("step", claim)
        return self._said[claim]

    def _compare(self, claim: str) -> None:
        """Score a claim against all that are in its blocks."""
        mine, fresh = self._profiles[claim], claim in self._pending
        edges: dict[Level, dict[str, float]] = {level: {} for level in LEVELS}
        said: dict[str, float] = {}
        copies = self._copies.near(mine.article)
        for other in self._blocks.near(mine) | self._bound(claim):
            if not fresh and other in self._edges["step"]:  # it was compared with this one
                for level in LEVELS:
                    if claim in self._edges[level][other]:
                        edges[level][other] = self._edges[level][other][claim]
                if claim in self._said.get(other, ()):
                    said[other] = 1.0
                continue
            theirs = self._profiles[other]
            scores = {level: max(-FARTHEST, min(FARTHEST, score)) for level, score in self._scores(claim, other).items()}
            for level in LEVELS:
                ruled = self._bonds.get(level, {}).get(claim, {}).get(other)
                if ruled is None and level == "step" and mine.database and mine.database == theirs.database:
                    ruled = False  # whoever coded a table has told its acts apart
                score = scores[level] if ruled is None else RULED if ruled else -RULED
                if score != -FARTHEST:
                    edges[level][other] = score
                    if other in self._edges[level]:
                        self._edges[level][other][claim] = score
            if one_saying(mine, theirs, one_act=scores["step"] >= 0, copies=theirs.article in copies):
                said[other] = 1.0
                if other in self._said:
                    self._said[other][claim] = 1.0
        for level in LEVELS:
            self._edges[level][claim] = edges[level]
        if mine.speaker:
            self._said[claim] = said
        if fresh:
            self._blocks.add(mine)
            self._pending.discard(claim)

    def _bound(self, claim: str) -> set[str]:
        """The claims compared so far that people put together with this one, or apart from it."""
        bound = {other for held in self._bonds.values() for other in held.get(claim, ())}
        return {other for other in bound if other in self._claims and other not in self._pending} - {claim}

    def _scores(self, one: str, other: str) -> dict[Level, float]:
        found, weights = self._features(one, other), self._weights(one, other)
        return {level: weights[level].score(found) for level in LEVELS}

    def _features(self, one: str, other: str) -> Features:
        first, second = (self._profiles[claim] for claim in sorted((one, other)))
        return features(first, second, self._beside(first), self._beside(second))

    def _beside(self, of: Profile) -> list[Profile]:
        beside = (self._profiles[claim] for claim in self._of_article[of.article])
        return [one for one in beside if one.story == of.story and one.claim != of.claim]

    def _relink(self, fresh: set[str], lost: set[str], beside: set[str]) -> tuple[set[str], list[Link]]:
        """Make the clusters anew that a change can reach: the claims whose place may be another now, and the links that are."""
        steps, old_steps = self._steps.refresh(fresh, lost)
        # A step of the same claims may have another day, or other scores, where one of them was told anew.
        same = {self._steps.of[claim] for claim in fresh} - steps
        steps, old_steps = steps | same, old_steps | same
        old_names = {self._name(step) for step in old_steps}
        for step in old_steps:
            del self._named[step]
        self._named.update((step, min(step, key=self._when)) for step in steps)
        names = {self._named[step] for step in steps}
        deals, _ = self._deals.refresh(names, old_names - names)
        spoken = {claim for claim in fresh if self._profiles[claim].speaker}
        sayings, _ = self._sayings.refresh(spoken, lost | (fresh - spoken))
        sayings |= {self._sayings.of[claim] for claim in spoken}
        moved = {claim for step in (*steps, *old_steps) for claim in step} - lost
        touched = moved | {other for claim in moved for other, score in self._scored("step", claim).items() if score >= LEAST["step"]}
        for name in old_names:
            touched |= self._fitting.pop(name, set()) | {one.claim for one in self._memory.places("fits", name)}
        touched |= {claim for deal in deals | {self._deals.of[name] for name in names} for name in deal for claim in self._steps.of[name]}
        told_again = {self._claims[claim].article_id for saying in sayings for claim in saying} | beside
        touched |= {claim for article in connected(told_again, self._copies) for claim in self._of_article.get(article, ())}
        touched &= self._claims.keys()
        for claim in lost:
            self._links.drop(claim)
        links = [self._link(claim) for claim in sorted(touched)]
        changed = [link for link in links if link.claim not in self._links or self._links[link.claim] != link]
        self._links.update((link.claim, link) for link in changed)
        return touched, changed

    def _kept_step(self, claim: str) -> Cluster:
        return tuple(sorted(one.claim for kept in self._memory.places("claim", claim) for one in self._memory.places("step", kept.step)))

    def _kept_deal(self, name: str) -> Cluster:
        kept = [one for one in self._memory.places("claim", name) if one.step == name]
        return tuple(sorted({one.step for first in kept for one in self._memory.places("deal", first.deal)}))

    def _kept_saying(self, claim: str) -> Cluster:
        kept = [one for one in self._memory.places("claim", claim) if one.saying]
        return tuple(sorted(one.claim for first in kept for one in self._memory.places("saying", first.saying)))

    def _place(self, claim: str) -> Place:
        step = self._steps.of[claim]
        deal = min(self._deals.of[self._name(step)], key=self._when)
        saying = min(self._sayings.of[claim], key=self._when) if claim in self._sayings.of else ""
        article = self._claims[claim].article_id
        return Place(claim, article, self._name(step), deal, saying, self._fits.get(claim, ""), self._links[claim])

    def _name(self, step: Cluster) -> str:
        """The name of a step: the claim of it that was told first."""
        if step not in self._named:
            self._named[step] = next(one.step for one in self._memory.places("claim", step[0]))
        return self._named[step]

    def _when(self, claim: str) -> tuple[date, str]:
        return self._day(claim) or date.max, claim

    def _step(self, claim: str) -> str:
        return self._name(self._steps.of[claim])

    def _between_steps(self, name: str) -> dict[str, float]:
        """The mean score for one deal between a step's claims and those of each other step."""
        mine = self._steps.of[name]
        found: dict[str, list[float]] = defaultdict(list)
        for claim in mine:
            for other, score in self._scored("deal", claim).items():
                found[self._step(other)].append(score)
        found.pop(name, None)
        pairs = {other: len(mine) * len(self._steps.of[other]) for other in found}
        return {other: (fsum(scores) - FARTHEST * (pairs[other] - len(scores))) / pairs[other] for other, scores in found.items()}

    def _link(self, claim: str) -> Link:
        step = self._steps.of[claim]
        deal = self._deals.of[self._name(step)]
        why = [
            *self._why("step", claim, [other for other in step if other != claim]),
            *self._why("deal", claim, [other for name in deal for other in self._steps.of[name] if other not in step]),
            *self._fits_too(claim),
        ]
        first = min(deal, key=self._when)
        return Link(claim, self._origin(claim), "s-" + digest(self._name(step)), "d-" + digest(first), tuple(why))

    def _why(self, level: Level, claim: str, others: list[str]) -> list[str]:
        """The claim that this one is nearest to, and the features that speak for it most."""
        edges = self._scored(level, claim)
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
        for other, score in self._scored("step", claim).items():
            found[self._step(other)].append(score)
        found.pop(self._step(claim), None)
        fits = []
        for name, scores in found.items():
            size = len(self._steps.of[name])
            mean = (fsum(scores) - FARTHEST * (size - len(scores))) / size
            if mean >= LEAST["step"]:
                fits.append((-mean, name))
        self._fits[claim] = min(fits)[1] if fits else ""
        if not fits:
            return []
        self._fitting[self._fits[claim]].add(claim)
        return [f"fits s-{digest(self._fits[claim])} too"]

    def _origin(self, claim: str) -> str:
        """The saying behind a claim: its own, or that of the same act in its story or in a near-copy; else its cluster of near-copies."""
        article = self._claims[claim].article_id
        if claim in self._sayings.of:
            return self._saying(claim)
        copies = self._copies.near(article) | {article}
        twins = [other for other in self._steps.of[claim] if other in self._sayings.of and self._claims[other].article_id in copies]
        return self._saying(min(twins, key=self._when)) if twins else origin(connected([article], self._copies))

    def _saying(self, claim: str) -> str:
        return "u-" + digest(min(self._sayings.of[claim], key=self._when))
