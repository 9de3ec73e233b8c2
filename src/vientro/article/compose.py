"""Parts of a document to an article: one text, zones over it, its language, its id."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from vientro.article import tagpage
from vientro.article.language import detect
from vientro.model.article import Article, Span, Zone, ZoneKind
from vientro.model.days import OF_YEARS, countable
from vientro.model.errors import InputError
from vientro.model.ids import article_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A caption ends with its credit, or begins by saying that it is one. The credit is short, so that a body that cites a photo stays a body.
_CREDIT = re.compile(
    r"\b(?:ảnh|nguồn ảnh|đồ họa|đồ hoạ|video|clip|photo|image)(?: minh họa| minh hoạ| tư liệu)?\s*:[^:.]{1,60}\.?\)?$", re.IGNORECASE
)
_LONGEST_CAPTION = 400
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_SPACE = re.compile(r"\s+")


def compose(
    key: str,
    text: str = "",
    *,
    title: str | None = None,
    lede: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    published: str | None = None,
    lang: str | None = None,
    captions: frozenset[str] = frozenset(),
    stories: Sequence[str] = (),
) -> Article:
    """The article of these parts. A NUL in them is U+FFFD in the article: no database keeps it.

    Title and lede are put before the text unless it begins with them, so that a text that is whole already stays as it
    is, code point by code point. `published` is ISO 8601 (see `day`); `captions` are paragraphs known to be captions;
    `stories` are the entries of a tag page, each a headline, a lede or both, instead of a text.
    """
    title, lede, outlet, url, lang = map(_kept, (title, lede, outlet, url, lang))
    key, stories = key.replace("\0", "\ufffd"), [story.replace("\0", "\ufffd") for story in stories]
    text = "\n".join(stories) or text.replace("\0", "\ufffd")
    text, head = _begin(text, [("title", title), ("lede", lede)])
    at = head[-1].span.stop if head else 0
    if stories:
        zones = head + _entries(text, stories)
    elif lede or published:
        zones = head + _paragraphs(text, at, "body" if lede else "lede", captions)
    else:
        spans = paragraphs(text, at)
        found = tagpage.entries(text, spans, titled=bool(head)) or ([] if head else tagpage.notes(text, spans))
        # A few sentences without a headline have no lede: what the first tells is not what the others tell at length.
        few = not head and 1 < len(spans) < tagpage.FEWEST and spans[0].of(text).endswith(".")
        zones = head + ([Zone("entry", span) for span in found] or _paragraphs(text, at, "body" if few else "lede", captions))
    language = detect(text)
    heading = _line(title)
    return Article(
        id=article_id(outlet, url, heading, text),
        key=key,
        outlet=outlet,
        url=url,
        published=published,
        lang=language if language != "und" else (lang or "und"),
        title=heading,
        text=text,
        zones=tuple(zones),
    )


def joined(
    key: str,
    parts: Iterable[tuple[ZoneKind, str, str]],
    *,
    title: str | None,
    outlet: str | None,
    url: str | None,
    published: str | None,
    lang: str | None = None,
    author: str | None = None,
    agency: str | None = None,
    modified: str | None = None,
    tags: tuple[str, ...] = (),
) -> Article:
    """The article of parts that are known one by one: each a zone, its text on one line, and in the body "heading" or "row" for one."""
    lines: list[str] = []
    zones: list[Zone] = []
    at = 0
    for kind, line, part in parts:
        lines.append(line)
        zones.append(Zone(kind, Span(at, at + len(line)), part == "heading", part == "row"))
        at += len(line) + 1
    text = "\n".join(lines)
    language = detect(text)
    return Article(
        id=article_id(outlet, url, title, text),
        key=key,
        outlet=outlet,
        url=url,
        published=published,
        lang=language if language != "und" else (lang or "und"),
        title=title,
        text=text,
        zones=tuple(zones),
        author=author,
        agency=agency,
        modified=modified,
        tags=tags,
    )


def day(published: str) -> str | None:
    """The time of publication in ISO 8601, from ISO 8601 or the mail format of feeds; None where it is neither, or of no year for news."""
    published = published.strip()
    if _ISO.fullmatch(published):
        with suppress(ValueError):
            return published if countable(datetime.fromisoformat(published)) else None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, IndexError, OverflowError):
            found = parse(published)
            return found.isoformat() if countable(found) else None
    return None


def day_given(published: str | date | None) -> str | None:
    """The time of publication that a caller gives, as `day` writes it; None for none. Raises InputError where it is no day."""
    if not published:
        return None
    given = day(str(published))
    if not given:
        raise InputError(f"published={published!r}", f"this is no date of ISO 8601 {OF_YEARS}", 'Give a day like "2024-10-14"')
    return given


def paragraphs(text: str, at: int = 0) -> list[Span]:
    """The lines from `at` on that are not blank, without the space around them."""
    spans = []
    for line in text[at:].split("\n"):
        if line.strip():
            spans.append(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return spans


def _kept(part: str | None) -> str | None:
    return part.replace("\0", "\ufffd") if part else part


def _line(part: str | None) -> str | None:
    return _SPACE.sub(" ", part).strip() or None if part else None


def _begin(text: str, parts: list[tuple[ZoneKind, str | None]]) -> tuple[str, list[Zone]]:
    """The text with these parts at its beginning, on lines of their own, put there only if they are missing, and their zones."""
    zones: list[Zone] = []
    for kind, part in parts:
        if not part or not part.strip():
            continue
        at = zones[-1].span.stop + 1 if zones else 0
        span = _found(text, part, at)
        if span is None:
            line, tail = _line(part) or "", text[at:].lstrip("\n")
            head = text[: at - 1] + "\n" if at else ""
            text = f"{head}{line}\n{tail}" if tail.strip() else head + line
            span = Span(len(head), len(head) + len(line))
        zones.append(Zone(kind, span))
    return text, zones


def _found(text: str, part: str, at: int) -> Span | None:
    """Where `part` stands as the next line, or the next lines, from `at` on, but for spaces and the form of its letters."""
    start = next((i for i in range(at, len(text)) if not text[i].isspace()), len(text))
    whole = part.strip()
    if text.startswith(whole, start) and text[start + len(whole) :].lstrip(" \t\r")[:1] in ("", "\n"):
        return Span(start, start + len(whole))
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    same = stop - start <= 3 * len(part) + 40 and _plain(text[start:stop]) == _plain(part)
    return Span(start, start + len(text[start:stop].rstrip())) if same else None


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _entries(text: str, stories: Sequence[str]) -> list[Zone]:
    zones = []
    at = len(text) - len("\n".join(stories))
    for story in stories:
        zones.append(Zone("entry", Span(at, at + len(story))))
        at += len(story) + 1
    return zones


def _paragraphs(text: str, at: int, first: ZoneKind, captions: frozenset[str]) -> list[Zone]:
    """A zone for each paragraph from `at` on: captions by their look, `first` for the first of the others, and body."""
    zones, expect = [], first
    for span in paragraphs(text, at):
        caption = is_caption(span.of(text), captions)
        zones.append(Zone("caption" if caption else expect, span))
        expect = expect if caption else "body"
    return zones


def is_caption(paragraph: str, captions: frozenset[str] = frozenset()) -> bool:
    """Whether a paragraph is known to be a caption or ends with the credit of a picture."""
    return paragraph in captions or (len(paragraph) <= _LONGEST_CAPTION and _CREDIT.search(paragraph[-80:]) is not None)
