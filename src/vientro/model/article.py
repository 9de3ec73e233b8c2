"""Articles, their zones, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ZoneKind = Literal["title", "lede", "body", "caption", "entry"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open run of code points of an article's text."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        return text[self.start : self.stop]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of an article's text. Zones do not overlap; the newline between two belongs to neither.

    `heading` marks a subhead between the paragraphs of the body, `row` a row of a table in it.
    """

    kind: ZoneKind
    span: Span
    heading: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One story of one outlet.

    `text` is title, lede, body and captions joined by newlines, in the code points the source used.
    `published` is ISO 8601 as given (a day, or a time with its offset), or None.
    `key` is the name the source gave the document (a file's path, a row's "id"); `id` is the content's hash.
    `author` is the byline as the page shows it, with an agency in brackets where it names one; `agency` is whom the story was taken from.
    `modified` is ISO 8601 like `published`, and never earlier; `tags` are the outlet's own key words. All of these are beside the id.
    """

    id: str
    key: str
    outlet: str | None
    url: str | None
    published: str | None
    lang: str
    title: str | None
    text: str
    zones: tuple[Zone, ...]
    author: str | None = None
    agency: str | None = None
    modified: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def lede(self) -> str | None:
        """The lede (sapo), or None for a text without one."""
        return next(iter(self._texts("lede")), None)

    @property
    def captions(self) -> tuple[str, ...]:
        """The captions, each with its credit."""
        return self._texts("caption")

    @property
    def entries(self) -> tuple[str, ...]:
        """The stories of a topic page, each its headline and the lede under it."""
        return self._texts("entry")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the body without its subheads and tables. A photo story tells in captions; its paragraphs are those."""
        body = tuple(zone.span.of(self.text) for zone in self.zones if zone.kind == "body" and not (zone.heading or zone.row))
        return body or self.captions

    def _texts(self, kind: ZoneKind) -> tuple[str, ...]:
        return tuple(zone.span.of(self.text) for zone in self.zones if zone.kind == kind)


@dataclass(frozen=True, slots=True)
class Reject:
    """Something a stage could not use: where it stood and why. Rejects are counted and listed, never dropped."""

    stage: str
    id: str
    reason: str
