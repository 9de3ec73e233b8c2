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
    """A part of an article's text. Zones do not overlap; the newline between two belongs to neither."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One story of one outlet.

    `text` is title, lede, body and captions joined by newlines, in the code points the source used.
    `published` is ISO 8601 as given (a day, or a time with its offset), or None.
    `key` is the name the source gave the document (a file's path, a row's "id"); `id` is the content's hash.
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


@dataclass(frozen=True, slots=True)
class Reject:
    """Something a stage could not use: where it stood and why. Rejects are counted and listed, never dropped."""

    stage: str
    id: str
    reason: str
