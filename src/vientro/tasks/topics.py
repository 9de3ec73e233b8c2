"""Topics of a ledger: kept as decisions, so that every editor has the same ones, and who made or changed one, and when, is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.ledger.counting import profiles
from vientro.ledger.counting.exchange import Exchange
from vientro.ledger.decisions import standing
from vientro.model.errors import InputError
from vientro.publish.lines import Witness, line_of, told
from vientro.publish.timeline import edits_of, slot_of, timeline
from vientro.publish.topic import belongs, plain, says, topics_of, words_of
from vientro.publish.words import name
from vientro.review.answers import rule
from vientro.store import pages
from vientro.tasks.desk import now

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from vientro.model.article import Article
    from vientro.model.decision import Decision, Kind
    from vientro.model.ledger import Step
    from vientro.publish.book import Book
    from vientro.publish.lines import Line
    from vientro.publish.timeline import Timeline
    from vientro.publish.topic import Topic
    from vientro.publish.words import Lang
    from vientro.review.answers import Reviewer
    from vientro.store.store import Store

_LANGS: tuple[Lang, ...] = ("vi", "en")
KINDS = ("pin", "hide", "reword", "topic", "correct")
_LONGEST_LINE = 1000
_LOOKED_AT, MOST_RELATED = 200, 20


def rulings(store: Store) -> list[Decision]:
    """What stands of the decisions that a topic page shows."""
    return standing(store.decisions_of(KINDS))


def named(stand: Iterable[Decision], slug: str) -> Topic:
    """The topic of a name in an address; raises InputError where there is none."""
    found = topics_of(stand)
    if slug not in found:
        raise InputError(slug, "there is no such topic", f"Topics: {', '.join(found) or 'none yet; `vientro topic add` makes one'}")
    return found[slug]


def put(store: Store, reviewer: Reviewer, topic: Topic, why: str = "") -> Decision:
    """Write a topic down, new or changed; raises InputError for a profile or a currency that there is none of."""
    profiles.shipped(topic.profile)
    if Exchange("month").rate("EUR", topic.currency, "2024-05-10") is None:
        raise InputError(
            f"currency {topic.currency}", "there is no rate for it", "Give a currency of ISO 4217 in capitals, like EUR or USD"
        )
    made = rule("topic", reviewer, now(), {}, slot=topic.slug, value=plain(topic), why=why)
    store.decide([made])
    return made


def drop(store: Store, reviewer: Reviewer, slug: str, why: str = "") -> list[Decision]:
    """Take a topic away, with all its earlier forms; what editors ruled on its lines stays written down."""
    stand = rulings(store)
    named(stand, slug)
    gone = [one for one in stand if one.kind == "topic" and one.slot == slug]
    made = [rule("undo", reviewer, now(), {}, value=one.id, why=why) for one in gone]
    store.decide(made)
    return made


def edit(store: Store, reviewer: Reviewer, slug: str, kind: Kind, step: Step, words: str = "", why: str = "") -> Decision:
    """Pin, hide or reword the line of an act on the page of a topic; `edit` again, or undo, changes that."""
    if kind == "reword" and not 0 < len(words.strip()) <= _LONGEST_LINE:
        raise InputError("the line", f"it has {len(words.strip())} characters", f"Give 1 to {_LONGEST_LINE}")
    value = words.strip() if kind == "reword" else None
    made = rule(kind, reviewer, now(), {}, claims=step.claims, slot=slot_of(slug), value=value, why=why)
    store.decide([made])
    return made


def undo(store: Store, reviewer: Reviewer, decision: str, slug: str) -> Decision:
    """Take back what an editor ruled on a line of a topic; raises InputError for what is nothing of the kind."""
    if decision not in {one.id for one in rulings(store) if one.slot == slot_of(slug)}:
        raise InputError(decision, "nobody has ruled so on a line of this topic", "The page of the topic lists what stands")
    made = rule("undo", reviewer, now(), {}, value=decision)
    store.decide([made])
    return made


def steps_of(book: Book, topic: Topic, first: Mapping[str, tuple[str, str]] | None = None) -> list[Step]:
    """The acts that a topic asks for; `first` has the days of telling by step, where they are at hand."""
    days = told(book) if first is None else first
    states = {deal.id: deal.state for deal in book.ledger.deals}
    fitting = (step for step in book.ledger.steps if belongs(step, states.get(step.deal), days[step.id][0], topic))
    return [step for step in fitting if not topic.words or says(words_of(_texts(step, book)), topic)]


def _texts(step: Step, book: Book) -> list[str]:
    claims = [book.claims[id_] for id_ in step.claims]
    titles = sorted({book.articles[claim.article_id].title or "" for claim in claims})
    return [*(claim.evidence for claim in claims), *titles]


def page_of(topic: Topic, steps: Sequence[Step], stand: Sequence[Decision], line: Callable[[Step], Line]) -> Timeline:
    """The page of a topic's acts as its editors want it."""
    step_of = {claim: step.id for step in steps for claim in step.claims}
    return timeline(map(line, steps), edits_of(stand, step_of, topic.slug))


def line_in(book: Book, step: Step) -> Line:
    """The line of a step by itself."""
    witnesses = [Witness(book.claims[id_], book.articles[book.claims[id_].article_id]) for id_ in step.claims]
    return line_of(step, witnesses, {id_: link.origin for id_ in step.claims if (link := book.links.get(id_))})


def related(store: Store, topic: Topic, telling: Collection[str]) -> list[Article]:
    """Articles that have the words of a topic, or name those whom it is about, and no claim, the newest first.

    `telling` are those with a claim. What was replaced by a newer version, or withdrawn, is left out.
    """
    phrases = [f'"{part}"' for part in (part.replace('"', " ").strip() for part in topic.words.split(",")) if part]
    who = [[f'"{name(code, lang)}"' for lang in _LANGS] for code in (*topic.choice.recipients, *topic.choice.donors)]
    asked = [f"{phrase} {one}" for phrase in phrases or [""] for party in who or [[""]] for one in dict.fromkeys(party)]
    found: dict[str, Article] = {}
    for words in asked:
        if any(letter.isalnum() for letter in words):
            found |= {article.id: article for article in store.search(words, _LOOKED_AT)}
    gone = pages.withdrawn(store) | pages.replaced(store).keys() if found else set()
    since, until = topic.choice.since or "", topic.choice.until or "9"
    left = [
        article
        for id_, article in found.items()
        if id_ not in telling and id_ not in gone
        and (not topic.outlets or article.outlet in topic.outlets)
        and since <= (article.published or "")[:10] <= until
    ]  # fmt: skip
    return sorted(left, key=lambda article: (article.published or "", article.id), reverse=True)[:MOST_RELATED]
