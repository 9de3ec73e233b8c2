"""A draft or an article held against a ledger, without a word of it being kept: what it makes of a topic page."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from vientro import pipeline
from vientro.article import extract
from vientro.article.compose import compose
from vientro.article.documents import documents
from vientro.collect.contents import document
from vientro.ledger.check import dated
from vientro.ledger.lookup import of_step
from vientro.model.article import Article
from vientro.model.edtf import apart, interval
from vientro.model.errors import InputError
from vientro.publish.draft import Draft, Standing, Told
from vientro.publish.lines import Witness, line_of
from vientro.publish.timeline import edits_of
from vientro.publish.topic import belongs, says, words_of
from vientro.reading.times import find_times
from vientro.tasks import lives

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.collect.fetch import Fetcher
    from vientro.ledger.follow import Follow
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.model.ledger import Step
    from vientro.model.mention import Time
    from vientro.pipeline import Stages
    from vientro.publish.answer import Finding
    from vientro.publish.lines import Line
    from vientro.publish.topic import Topic
    from vientro.store.store import Store

LONGEST = 100_000  # characters of a draft
_ONE_ACT = 3  # days by which reports of one act may differ
MOST = 12  # acts of a draft that are looked up
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_PROMISES = ("commit", "approve", "procure")
_FULFILS = {"deliver": _PROMISES, "train": _PROMISES, "procure": ("commit", "approve"), "approve": ("commit",)}
_TOLD_OTHERWISE = ("contradicted", "not found")
_NO_NEWS = ("speaker", "act")  # slots in which another report may differ without the act being another


def is_address(given: str) -> bool:
    """Whether what somebody pasted is the address of a page, and nothing else."""
    return _ADDRESS.fullmatch(given.strip()) is not None


def of_text(text: str, on: str | None = None) -> Article:
    """A pasted text as an article in Vietnamese; `on` is its day (ISO 8601). Raises InputError for an empty text, or one too long."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise InputError("the draft", f"it has {len(text)} characters", f"Give a text of 1 to {LONGEST}")
    return replace(compose("draft", text), published=on, lang="vi")


def of_file(name: str, data: bytes, on: str | None = None) -> Article:
    """The article in the bytes of a .txt, .html, .docx or .pdf file, on the day `on` if it names none; raises InputError for none."""
    suffix = PurePath(name.lower()).suffix
    found = (
        document(name, suffix, data) if suffix in (".pdf", ".docx") else next(documents(name, io.BufferedReader(io.BytesIO(data))), None)
    )
    if not isinstance(found, Article):
        raise InputError(name, found.reason if found else "there is no article in it", "Give another file, or paste the text itself")
    return replace(found, published=found.published or on)


def of_address(url: str, fetcher: Fetcher) -> Article:
    """The article at an address, asked for with the manners of the fetcher; raises InputError where there is none to be had."""
    from vientro.collect.fetch import Fault  # noqa: PLC0415  heavy parts, an extra

    page = fetcher.get(url.strip())
    if isinstance(page, Fault):
        raise InputError(url, page.words, "Give another address, or paste the text itself")
    found = extract(page.body, page.address)
    if not isinstance(found, Article):
        raise InputError(url, found.reason, "Paste the text itself")
    return found


def hold(article: Article, store: Store, stages: Stages, topics: Sequence[Topic], stand: Sequence[Decision]) -> Draft:
    """What an article tells, each act held against the ledger and the pages of topics; raises InputError for a language without a reader.

    The cost does not grow with the ledger: only what is filed under the parties, models and sums of the acts is looked at.
    """
    claims = pipeline.claims_of(article, stages)
    if not isinstance(claims, list):
        raise InputError(article.url or "the draft", claims.reason, "vientro line reads Vietnamese")
    had = bool(store.named([article.id]))
    times = find_times(article.text, article.published[:10] if article.published else None)
    day_known = article.published is not None
    claims = [dated(claim, [time for time in times if _near(time, claim, article.text)], known=day_known) for claim in claims]
    sure = [claim for claim in claims if claim.confidence >= stages.threshold]
    likeliest = sorted(claims, key=lambda claim: -claim.confidence)[: not sure]
    against, told = _Against(store, topics, stand), []
    with store.snapshot():
        own = {claim: of for claim, of, _ in store.links_of([article.id]).get(article.id, ())}
        for step, line in _acts(article, sure or likeliest, stages):
            known = next((own[id_] for id_ in step.claims if id_ in own), None)
            told.append(_held(step, line, known, article, against, sure=bool(sure)))
    order = {"new": 0, "adds": 1, "known": 2}
    told.sort(key=lambda one: order[one.status])
    return Draft(article, tuple(told), had, () if had else pipeline.not_read(article, sure or likeliest))


def _near(time: Time, claim: Claim, text: str) -> bool:
    """Whether a day is told in the sentence of a claim."""
    begin = max(text.rfind("\n", 0, claim.span.start), text.rfind(". ", 0, claim.span.start))
    return begin < time.start < claim.span.stop


def _acts(article: Article, claims: Sequence[Claim], stages: Stages) -> list[tuple[Step, Line]]:
    """The acts of an article by itself, those told first and fullest first: a story leads with its news."""
    links = stages.link([article], claims)
    ledger = stages.project([article], claims, links)
    by_id, origin = {claim.id: claim for claim in claims}, {one.claim: one.origin for one in links}
    lines = [(step, line_of(step, [Witness(by_id[id_], article) for id_ in step.claims], origin)) for step in ledger.steps]
    acts = [(step, line) for step, line in lines if step.scope == "act" and step.type != "consult"] or lines
    acts.sort(key=lambda one: min(by_id[id_].span.start for id_ in one[0].claims))
    return acts[:MOST]


@dataclass(frozen=True, slots=True)
class _Against:
    """What a draft is held against: a ledger, its topics, and what editors ruled on their pages."""

    store: Store
    topics: Sequence[Topic]
    stand: Sequence[Decision]


def _held(step: Step, line: Line, own: str | None, article: Article, against: _Against, *, sure: bool) -> Told:
    """An act of a draft; `own` is the step that it is where the ledger has the very article."""
    claim = line.witnesses[0].claim
    finding = pipeline.held_against(claim, article, against.store)
    mine = words_of([article.title or "", *(one.claim.evidence for one in line.witnesses)])
    day = (article.published or "")[:10]
    on = tuple(topic for topic in against.topics if belongs(step, step.state, day, topic) and says(mine, topic))
    if own:
        known = [one for one in lives.life(own, against.store).lines if one.step.id == own]
    else:
        known = [one for match in finding.verdict.matches if _may_be(step, one := finding.lines[match.step])]
    same = [_standing(one, finding, against) for one in known]
    slots = [slot for slot in finding.verdict.slots if slot.status in _TOLD_OTHERWISE and slot.name not in _NO_NEWS]
    adds = tuple(dict.fromkeys(slot.name for slot in slots)) if same and not own else ()
    promise, became = _promise(step, finding, against.store)
    return Told(
        line,
        "new" if not same else "adds" if adds else "known",
        tuple(same[:2]),
        adds,
        _standing(promise, finding, against) if promise else None,
        became,
        on,
        sure,
    )


def _standing(line: Line, finding: Finding, against: _Against) -> Standing:
    """An act of the ledger as it stands on the pages of topics; one that an editor hid is on no page."""
    step = line.step.id
    deal = finding.deals.get(line.step.deal)
    texts = [text for one in line.witnesses for text in (one.claim.evidence, one.article.title or "")]
    words, step_of = words_of(texts), dict.fromkeys(line.step.claims, step)
    own, pages = None, []
    for topic in against.topics:
        edits = edits_of(against.stand, step_of, topic.slug).get(step)
        if (
            belongs(line.step, deal.state if deal else None, line.published or "", topic)
            and says(words, topic)
            and not (edits and edits.hide)
        ):
            pages.append(topic)
            own = own or (edits.words if edits else None)
    return Standing(line, own, tuple(pages))


def _may_be(mine: Step, line: Line) -> bool:
    """Whether an act of a draft can be the one of a line. What was told as done before it was done was another."""
    acted = interval(mine.date) if mine.date else None
    theirs = interval(line.step.date) if line.step.date else None
    if acted and theirs and apart(acted, theirs) > _ONE_ACT:
        return False
    told = interval(line.published) if line.published else None
    return not (acted and told and mine.modality == line.step.modality == "actual" and acted[0] > told[1])


def _promise(step: Step, finding: Finding, store: Store) -> tuple[Line | None, Follow | None]:
    """The earlier act of the same line of support that an act fulfils, and what had become of that: of those that share most with it the
    one nearest in kind."""
    kinds = _FULFILS.get(step.type, ())
    same_act = {match.step for match in finding.verdict.matches}
    mine = of_step(step)
    lines = sorted(finding.lines.values(), key=lambda line: (line.step.id not in same_act, -len(mine & of_step(line.step)), line.step.id))
    of_line = {one.step for one in finding.verdict.near if one.relation == "line"} | same_act
    deal = next((line.step.deal for line in lines if line.step.id in of_line), None)
    if not kinds or step.modality != "actual" or deal is None:
        return None, None
    life = lives.life(deal, store)
    found = [line for line in life.lines if line.step.type in kinds and line.step.counts and line.step.modality in ("actual", "planned")]
    nearest = max(
        found,
        key=lambda line: (len(mine & of_step(line.step)), -kinds.index(line.step.type), line.published or "", line.step.id),
        default=None,
    )
    return nearest, life.became if nearest else None
