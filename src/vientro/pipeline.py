"""The life of a run: files -> articles -> claims -> the ledger's database -> links -> deals.

An article is done when its claims are in the database; batches of articles are added whole or not at all. So a run that
was killed goes on where it stopped, and one over what is known already changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vientro.article.compose import compose, day_given
from vientro.article.documents import surprise
from vientro.article.excerpts import excerpt
from vientro.collect.contents import held
from vientro.ledger import check as check_
from vientro.ledger.decisions import apply
from vientro.ledger.lookup import of_claim, ordinal, shortlist
from vientro.model.article import Article, Reject
from vientro.model.errors import InputError, VientroError
from vientro.model.ids import digest, inherit
from vientro.publish.answer import Answer, Finding
from vientro.publish.book import Book
from vientro.publish.lines import Witness, line_of
from vientro.publish.notebook import Claims
from vientro.store import pages, settings
from vientro.store.counted import at_once
from vientro.store.rulings import ruled
from vientro.store.rulings import told as told_of
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vientro.collect.files import File
    from vientro.ledger.counting.count import Count, Question
    from vientro.ledger.counting.exchange import Exchange
    from vientro.ledger.counting.prices import Prices
    from vientro.ledger.lookup import Filed
    from vientro.link.index import Bonds
    from vientro.model.claim import Claim
    from vientro.model.counting import Entry
    from vientro.model.ledger import Ledger, Link
    from vientro.publish.lines import Line
    from vientro.reading.lexicon import Lexicon
    from vientro.store.linking import Linked
    from vientro.store.rulings import Read

_PARTS = (".py", ".tsv", ".txt", ".json")
_LEDGER = ""  # the source of what is read again out of the ledger
_BATCH_DOCUMENTS, _BATCH_CHARACTERS = 250, 4_000_000

LONGEST_SENTENCE = 5_000
TAKEN_DOWN = "its text was taken down from this ledger"
SHORTLIST, MOST_SHOWN = 80, 200  # steps whose claims are scored for a sentence; claims of one step that are shown
_WORTH_GOING_ON = 0.25  # of what is linked: to take an article out costs a third of what it costs to link it
AROUND = 30  # days before and after the day of a sentence of which is said how much was read


class Linker(Protocol):
    """Claims to links; `bonds` are what people ruled on which of them belong together."""

    def __call__(self, articles: Sequence[Article], claims: Sequence[Claim], /, *, bonds: Bonds | None = None) -> list[Link]: ...


@dataclass(frozen=True, slots=True)
class Stages:
    """The parts of a run that think: pure functions. `reader` is the name and version of `read`; `threshold` its least confidence.

    `worth` tells of the text of a page in bulk whether `read` could find anything in it. `linker` is the name and version of `link`;
    without one it keeps nothing from one run to the next.
    """

    reader: str
    languages: frozenset[str]
    threshold: float
    read: Callable[[Article], list[Claim]]
    link: Linker
    project: Callable[[Sequence[Article], Sequence[Claim], Sequence[Link]], Ledger]
    worth: Callable[[str], bool] | None = None
    linker: str = ""


def shipped(names: Path | None = None) -> Stages:
    """The stages that come with vientro. Their lexicons take a moment to load, so that they are asked for and not imported.

    `names` is a user's file of names (docs/names.md): with another file it is another reader, which reads all again. Raises InputError
    where a line of it is wrong.
    """
    from vientro.ledger import project as deals  # noqa: PLC0415
    from vientro.link import Linker  # noqa: PLC0415
    from vientro.reading import glance, overlay, reader  # noqa: PLC0415

    name = f"{reader.NAME}+{_fingerprint('reading', 'lang')}"
    linker = f"links+{_fingerprint('link', 'reading', 'lang')}"
    if names is None:
        return Stages(name, frozenset(reader.LANGUAGES), reader.THRESHOLD, reader.read, Linker(), deals, glance.may_tell, linker)
    content = overlay.text_of(names)
    read = partial(reader.read, words=_words(content, str(names)))
    return Stages(f"{name}+{digest(content)[:8]}", frozenset(reader.LANGUAGES), reader.THRESHOLD, read, Linker(), deals, linker=linker)


@lru_cache(maxsize=2)
def _words(content: str, file: str) -> Lexicon[object]:
    """The lexicon with the names of a file, which takes a moment to make."""
    from vientro.reading import overlay, scene  # noqa: PLC0415

    return scene.lexicon_with(overlay.rows(content, file))


def _fingerprint(*packages: str) -> str:
    """A hash of what a reader is made of: a reader whose code, lexicons or weights have changed is another one, and reads all again."""
    home = Path(__file__).parent
    files = sorted(path for package in packages for path in (home / package).rglob("*") if path.suffix in _PARTS)
    return digest(*(part for path in files for part in (path.relative_to(home).as_posix(), path.read_text("utf-8"))))[:8]


class Tell(Protocol):
    """Whoever wants to hear how far a run is: `done` of `total` bytes of the files, then 0 and 1 of one projection."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


@dataclass(slots=True)
class Fared:
    """How many articles of the files could be read, new or known, and the first of what could not."""

    read: int = 0
    lost: Reject | None = None


def run(files: Sequence[File], store: Store, stages: Stages, *, least: float | None, tell: Tell) -> Fared:
    """Read the files into the ledger and make its deals anew; claims below `least` (or the reader's threshold) make none."""
    total, before, fared = sum(file.size for file in files), 0, Fared()
    for file in files:
        # Standard input has no name of its own; what came through it is called by a hash, so that another input is another source.
        content, kept = hashlib.sha256(), list[Reject]()
        if file.path:
            store.forget_rejects(file.source)
        for batch, position in _batches(held(file, stages.worth)):
            rejects = [found for found in batch if isinstance(found, Reject)]
            articles = [found for found in batch if isinstance(found, Article)]
            unread = take(articles, store, stages)
            rejects += unread
            fared.read += len(articles) - len(unread)
            fared.lost = fared.lost or next(iter(rejects), None)
            if file.path:
                store.reject(file.source, rejects)
            else:
                kept += rejects
                content.update("".join(f"{found.id}\n" for found in batch).encode())
            tell("read", before + position, total)
        if not file.path:
            source = f"{file.source}{content.hexdigest()[:16]}"
            store.forget_rejects(source)
            store.reject(source, kept)
        before += file.size
    _reread(store, stages)
    tell("link", 0, 1)
    project(store, stages, least=stages.threshold if least is None else least)
    tell("link", 1, 1)
    return fared


def _reread(store: Store, stages: Stages) -> None:
    """Read what another reader read last; what can't be read is told once, here or with the file it came in."""
    store.forget_rejects(_LEDGER)
    for batch, _ in _batches((article, 0) for article in store.outdated(stages.reader)):
        rejects = take([found for found in batch if isinstance(found, Article)], store, stages)
        told = set(store.rejects()) if rejects else set()
        store.reject(_LEDGER, [reject for reject in rejects if reject not in told])


def take(articles: Sequence[Article], store: Store, stages: Stages) -> list[Reject]:
    """Add what is new among the articles to the ledger, with the claims made of it; what could not be read comes back."""
    rejects = [reject for article in articles if (reject := unreadable(article, stages))]
    barred = store.barred(articles)
    rejects += [Reject("reading", article.key, TAKEN_DOWN) for article in articles if article.id in barred]
    fresh = store.unread([article for article in articles if article.lang in stages.languages], stages.reader)
    known, sparing = store.claims_known(fresh), settings.excerpts_only(store)
    read: list[tuple[Article, list[Claim]]] = []
    for article in fresh:
        claims = claims_of(article, stages)
        if isinstance(claims, Reject):
            rejects.append(claims)
        else:
            kept = excerpt(article, (claim.span for claim in claims)) if sparing else article
            read.append((kept, inherit(known.get(article.id, ()), claims)))
    store.add(read, stages.reader)
    return rejects


def claims_of(article: Article, stages: Stages) -> list[Claim] | Reject:
    """All claims of an article, sure or not; a Reject where no reader reads its language, or where the reader fails."""
    try:
        return unreadable(article, stages) or stages.read(article)
    except (OSError, MemoryError, VientroError):
        raise
    except Exception as error:  # noqa: BLE001  a bug that one text brings out must not cost the reader of ten thousand others
        return surprise("reading", article.key, error)


def unreadable(article: Article, stages: Stages) -> Reject | None:
    """The reject of an article in a language that no reader reads."""
    if article.lang in stages.languages:
        return None
    language = {"und": "unknown language", "en": "language English"}.get(article.lang, f"language {article.lang}")
    return Reject("reading", article.key, f"{language}: there is no reader for it yet")


def least_of(store: Store, stages: Stages) -> float:
    """The least confidence of the last run, which holds until another run says otherwise; before the first the reader's."""
    least = store.least()
    return stages.threshold if least is None else least


def project(store: Store, stages: Stages, *, least: float | None = None) -> None:
    """Throw the deals away and make them again from all claims in the ledger and all that people ruled; claims below `least`
    (`least_of` if not given) make none."""
    least = least_of(store, stages) if least is None else least
    made = derived(store, stages, least=least, going_on=True)
    store.replace(made.links, made.ledger, made.of, least=least, entries=made.entries, linked=made.linked, ruled=made.rulings)


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from the facts that two words stand for (store.mark, store.rulings): links, deals, and the steps as they are counted;
    `linked` is for the next run."""

    of: str
    rulings: str
    links: list[Link]
    ledger: Ledger
    entries: list[Entry]
    linked: Linked | None = None


def derived(store: Store, stages: Stages, *, least: float, going_on: bool = False) -> Derived:
    """What follows from the facts now, without writing it down; `going_on` from what linking kept, if it keeps anything."""
    from vientro.ledger.counting.entries import entries  # noqa: PLC0415  as the stages
    from vientro.ledger.facts import facts  # noqa: PLC0415

    with store.snapshot():
        of = store.mark(), store.rulings()
        with at_once():
            found, _ = ruled(store, least)
        claims = list(found.claims.values())
        told = {claim.article_id for claim in claims}
        articles = [article for article in found.articles.values() if article.id in told]
        gone = pages.withdrawn(store)
        linked = _linked(store, stages, articles, claims, found.bonds) if going_on and stages.linker else None
    links = linked.links if linked else stages.link(articles, claims, bonds=found.bonds)
    with at_once():
        ledger = stages.project(articles, claims, links)
        counted_ = entries(ledger, found.claims, found.articles, facts(found, links), gone)
    return Derived(*of, links, ledger, counted_, linked)


def links_then(
    store: Store, stages: Stages, articles: Sequence[Article], claims: Sequence[Claim], *, bonds: Bonds | None = None
) -> list[Link]:
    """The links of some of a ledger's claims as they are or were, as `stages.link` makes them: what the last run linked need not be
    compared again, unless so much of it is to be taken out that this takes longer. Nothing is written."""
    if not stages.linker or len(articles) < _WORTH_GOING_ON * store.count():
        return stages.link(articles, claims, bonds=bonds)
    return _linked(store, stages, articles, claims, bonds or {}).links


def _linked(store: Store, stages: Stages, articles: Sequence[Article], claims: Sequence[Claim], bonds: Bonds) -> Linked:
    from vientro.store.linking import linked  # noqa: PLC0415  as the stages

    return linked(store, stages.linker, articles, claims, bonds)


def counted(store: Store, question: Question, exchange: Exchange, prices: Prices | None = None) -> Count | None:
    """The count of a ledger as it is now, from the steps as they were last counted; None where only reading the ledger tells."""
    from vientro.ledger.counting.count import count  # noqa: PLC0415  as the stages

    with store.snapshot(), at_once():
        entries = store.entries(things=question.things or question.profile.prices)
        return None if entries is None else count(entries, replace(question, data_end=store.newest()), exchange, prices)


def book(store: Store, read: Read | None = None) -> Book:
    """All of a ledger that is shown, as of one moment; raises StoreError where the last run did not end. `read` is what readers made of
    it (store.rulings.read), where that is at hand."""
    with store.snapshot():
        links, ledger = store.projection()
        linked = {link.claim: link for link in links}
        found, decisions = ruled(store, found=read)
        # What was ruled since the deals were made shows in them when they are made again.
        claims = {id_: claim for id_ in linked if (claim := found.claims.get(id_) or found.machine.get(id_))}
        articles = {claim.article_id: found.articles[claim.article_id] for claim in claims.values()}
        rejects = tuple(store.rejects())
        return Book(
            articles,
            claims,
            linked,
            ledger,
            store.count(),
            store.newest(),
            rejects,
            decisions=tuple(decisions),
            ruled=found,
            least=store.least(),
        )


def as_of(whole: Book, day: str, linker: Linker | None = None) -> Book:
    """The ledger as the articles up to a day (ISO 8601) tell it, with what people had ruled by then; an article without a day is kept.

    `linker` links what has to be linked anew: `links_then` needs to compare less of it.
    """
    from vientro.ledger import project as deals  # noqa: PLC0415  as the stages
    from vientro.link import link  # noqa: PLC0415
    from vientro.reading.reader import THRESHOLD  # noqa: PLC0415

    articles = {id_: article for id_, article in whole.articles.items() if not article.published or article.published[:10] <= day}
    then = [one for one in whole.decisions if one.at[:10] <= day]
    if len(then) == len(whole.decisions):
        found = whole.ruled
        claims = {id_: claim for id_, claim in whole.claims.items() if claim.article_id in articles}
        links = {id_: one for id_, one in whole.links.items() if id_ in claims}
    else:  # what was ruled since may have put together, parted or taken out: all is linked as it was
        least = THRESHOLD if whole.least is None else whole.least
        texts = whole.ruled.articles
        articles = {id_: article for id_, article in texts.items() if not article.published or article.published[:10] <= day}
        by_hand = {id_ for id_ in whole.ruled.rulings if id_ not in whole.ruled.machine}
        made = {id_: claim for id_, claim in whole.claims.items() if id_ not in by_hand} | dict(whole.ruled.machine)
        found = apply(articles.values(), [claim for claim in made.values() if claim.article_id in articles], then, least)
        claims = dict(found.claims)
        articles = {claim.article_id: found.articles[claim.article_id] for claim in claims.values()}
        links = {one.claim: one for one in (linker or link)(list(articles.values()), list(claims.values()), bonds=found.bonds)}
    return replace(
        whole,
        articles=articles,
        claims=claims,
        links=links,
        ledger=deals(list(articles.values()), list(claims.values()), list(links.values())),
        newest=min(whole.newest, day) if whole.newest else None,
        decisions=tuple(then),
        ruled=found,
    )


def open_ledger(path: str | Path) -> Book:
    """The ledger in a database that `vientro run` made; raises StoreError where there is none, or where that run did not end."""
    with Store(path, create=False) as store:
        return book(store)


def check(sentence: str, store: Store, stages: Stages, on: str | None = None) -> Answer:
    """What the ledger has on a sentence, read as an article of its own, told on the day `on` (ISO 8601) if that is known.

    Only what is filed under the sentence's own parties, models and sums, near its day, is looked at: the cost does not grow with the
    ledger. Raises InputError for a sentence that is none, StoreError as `book`.
    """
    from vientro.reading.times import find_times  # noqa: PLC0415  as the lexicons of the stages

    text = sentence.strip()
    if not text or len(text) > LONGEST_SENTENCE:
        raise InputError("the sentence", f"it has {len(text)} characters", f"Give a sentence or a paragraph of 1 to {LONGEST_SENTENCE}")
    article = replace(compose("check", text, published=on), lang="vi")
    times = find_times(text, on)
    told = sorted(stages.read(article), key=lambda claim: -claim.confidence)
    # Whoever asks says that the sentence tells of something: the likeliest reading is better than none, and is told to be unsure.
    sure = [claim for claim in told if claim.confidence >= stages.threshold] or told[:1]
    claims = [check_.dated(claim, times, known=on is not None) for claim in sorted(sure, key=lambda claim: (claim.span.start, claim.id))]
    with store.snapshot():
        found = [held_against(claim, article, store) for claim in claims]
        return Answer(article, tuple(found), store.coverage(), stages.threshold, not_read(article, claims) if claims else ())


def not_read(article: Article, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The sentences of an article that have a cue, name somebody abroad and with them another or a thing, and of which no claim tells.

    Headline and lede tell one act twice: of these a claim in either is enough.
    """
    from vientro.reading.reader import scene_of  # noqa: PLC0415  as the lexicons of the stages
    from vientro.reading.scene import HOME  # noqa: PLC0415

    folded, scene = scene_of(article)
    heads = {claim.zone for claim in claims} & {"title", "lede"}
    found = []
    for one in scene.sentences:
        cue = any(element.tag[:4] == "cue:" for element in one.elements)
        thing = any(element.tag in ("EQ", "MON") for element in one.elements)
        abroad = {actor.code for actor in scene.actors if one.start <= actor.start < one.stop} - {None, HOME}
        start, stop = folded.raw(one.start), folded.raw(one.stop)
        told = any(claim.span.start < stop and start < claim.span.stop for claim in claims)
        if cue and (len(abroad) > 1 or (abroad and thing)) and not told and not (heads and one.zone in ("title", "lede")):
            found.append(" ".join(article.text[start:stop].split()))
    return tuple(found)


def held_against(claim: Claim, article: Article, store: Store) -> Finding:
    """What the ledger has on one claim of an article, which need not be in it."""
    days = check_.days_of(claim, article)
    day = ordinal(days)
    listed = shortlist(claim, days, store.near(of_claim(claim), day), SHORTLIST)
    claims, articles = told_of(store, [id_ for one in listed for id_ in check_.scored_claims(one)])
    scored = check_.score(claim, article, listed, claims, articles)
    matched = {match.step for match in scored.matches}
    deals, beside = store.of_deals(sorted({one.step.deal for one in listed if one.step.id in matched}))
    filed = {one.step.id: one for one in (*listed, *beside)}
    of_matches, _ = told_of(store, [id_ for step in matched for id_ in filed[step].step.claims[:MOST_SHOWN]])
    verdict = check_.verdict(claim, scored, list(filed.values()), claims | of_matches)
    shown = {id_: filed[id_] for id_ in (*sorted(matched), *(near.step for near in verdict.near))}
    around = store.coverage(*(date.fromordinal(day + days_off).isoformat() for days_off in (-AROUND, AROUND))) if day else None
    origins = {id_: one.origins for id_, one in shown.items()}
    return Finding(verdict, {id_: _line(one, store) for id_, one in shown.items()}, {deal.id: deal for deal in deals}, origins, around)


def _line(one: Filed, store: Store) -> Line:
    claims, articles = told_of(store, one.step.claims[:MOST_SHOWN])
    witnesses = [Witness(claims[id_], articles[claims[id_].article_id]) for id_ in one.step.claims if id_ in claims]
    return line_of(one.step, witnesses, one.origins)


def read(
    text: str,
    title: str | None = None,
    published: str | date | None = None,
    lang: str | None = None,
    names: str | Path | None = None,
) -> Claims:
    """The claims of a text, as sure as the reader's threshold asks; a notebook shows them as a table.

    `published` is its day in ISO 8601; without one, dates are worked out from the text. Spans are places in the result's
    `article.text`, which is the text below its title. `names` is a file of names of your own (docs/names.md). Raises InputError for
    another language, a day that is none, or a wrong line of that file.
    """
    stages = shipped(Path(names) if names else None)
    article = compose("text", text, title=title, published=day_given(published), lang=lang)
    language = lang or (article.lang if article.lang != "und" else "vi")
    if language not in stages.languages:
        raise InputError(f"language {language!r}", "there is no reader for it yet", f"Readers: {', '.join(sorted(stages.languages))}")
    article = replace(article, lang=language)
    return Claims((claim for claim in stages.read(article) if claim.confidence >= stages.threshold), article)


def _batches(found: Iterable[tuple[Article | Reject, int]]) -> Iterator[tuple[list[Article | Reject], int]]:
    """Lists of documents that are neither many nor long, each with the last position."""
    batch: list[Article | Reject] = []
    size = position = 0
    for document, position in found:
        batch.append(document)
        size += len(document.text) if isinstance(document, Article) else 0
        if len(batch) >= _BATCH_DOCUMENTS or size >= _BATCH_CHARACTERS:
            yield batch, position
            batch, size = [], 0
    if batch:
        yield batch, position
