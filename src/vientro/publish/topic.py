"""A topic: a saved question to the ledger, with a name and an address of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import msgspec

from vientro.ledger.choice import Choice, fits
from vientro.model.errors import InputError
from vientro.reading.text import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vientro.model.decision import Decision, Plain
    from vientro.model.ledger import State, Step

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST, _LONGEST_WORDS = 80, 500
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a page shows: steps that fit `choice` and have one of the other values, where any are given.

    `words` are phrases with commas between them, of which the evidence or a title has to have one; with marks they must be written so.
    `profile` and `currency` are those of its totals (docs/counting.md), `lang` is the language of its lines, feed and page to paste.
    """

    slug: str
    name: str
    lang: Literal["vi", "en"] = "vi"
    about: str = ""
    choice: Choice = field(default_factory=Choice)
    supports: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    words: str = ""
    profile: str = "headline"
    currency: str = "USD"

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug) or len(self.slug) > _LONGEST:
            raise InputError(self.slug or "the topic", "this can't stand in an address", "Give small letters, digits and hyphens")
        if not self.name.strip() or len(self.name) > _LONGEST or len(self.words) > _LONGEST_WORDS:
            raise InputError(self.slug, "its name or its words are none, or too long", f"Give a name of 1 to {_LONGEST} characters")


@dataclass(frozen=True, slots=True)
class Words:
    """What a step is looked through for: the words of evidence and titles, with marks and without, each between two spaces."""

    marked: str
    bare: str


def slug_of(name: str) -> str:
    """An address for a name: "Viện trợ quân sự" -> "vien-tro-quan-su"."""
    return _NOT_IN_A_SLUG.sub("-", without_marks(name).lower()).strip("-")[:_LONGEST].strip("-")


def words_of(texts: Iterable[str]) -> Words:
    """The words of some texts, to look through; none of a text goes on in the next."""
    marked = " ".join(f" {' '.join(_WORD.findall(fold(text).text.lower()))} ." for text in texts)
    return Words(marked, without_marks(marked))


def phrases_of(topic: Topic) -> list[str]:
    """The phrases that a topic looks for, each its words with a space between two."""
    parts = (" ".join(_WORD.findall(fold(part).text.lower())) for part in topic.words.split(","))
    return [part for part in parts if part]


def belongs(step: Step, state: State | None, told: str, topic: Topic) -> bool:
    """Whether a step is what a topic asks for, its words apart; `state` is that of its deal, `told` the day on which it was first told, ""
    where unknown."""
    return (
        fits(step, state, told, topic.choice)
        and (not topic.supports or step.support in topic.supports)
        and (not topic.modes or step.mode in topic.modes)
        and (not topic.modalities or step.modality in topic.modalities)
        and (not topic.outlets or not set(topic.outlets).isdisjoint(step.outlets))
    )


def says(words: Words, topic: Topic) -> bool:
    """Whether one of the phrases of a topic stands there; a topic without any asks for none."""
    wanted = phrases_of(topic)
    return not wanted or any(f" {one} " in (words.bare if without_marks(one) == one else words.marked) for one in wanted)


def topics_of(standing: Iterable[Decision]) -> dict[str, Topic]:
    """By slug, the topics as they are after decisions in order of time; what no version of this program can read is left out."""
    found: dict[str, Topic] = {}
    for decision in standing:
        if decision.kind == "topic":
            try:
                topic = msgspec.convert(decision.value, Topic)
            except (msgspec.ValidationError, InputError):
                continue
            found.pop(topic.slug, None)
            found[topic.slug] = topic
    return found


def plain(topic: Topic) -> Plain:
    """The topic as a decision keeps it, and as a program reads it."""
    made: Mapping[str, Plain] = msgspec.to_builtins(topic)
    return dict(made)
