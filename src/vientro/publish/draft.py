"""A draft held against the ledger and its topic pages: the line it makes, where that stands already, what it fulfils, what of it is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from vientro.publish import dates, phrases
from vientro.publish.house import PLAIN, House
from vientro.publish.safe import printable
from vientro.publish.tagline import outlets, sentence
from vientro.publish.words import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.ledger.follow import Follow
    from vientro.model.article import Article
    from vientro.publish.lines import Line
    from vientro.publish.topic import Topic
    from vientro.publish.words import Lang

Status = Literal["new", "adds", "known"]
_MARKS: dict[Status, str] = {"new": "+", "adds": "~", "known": "="}


@dataclass(frozen=True, slots=True)
class Standing:
    """An act of the ledger that a draft tells of: its line, the line's words as an editor put them (None: as they are), and the topics on
    whose page it stands."""

    line: Line
    words: str | None = None
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One act of a draft. `same` are the acts of the ledger that it is; `adds` names what none of them says (slot.* of the words).

    `promise` is what it fulfils, `became` what had become of that before; `topics` are those on whose page it belongs; `sure` is whether
    the reader is.
    """

    line: Line
    status: Status
    same: tuple[Standing, ...] = ()
    adds: tuple[str, ...] = ()
    promise: Standing | None = None
    became: Follow | None = None
    topics: tuple[Topic, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, what it tells, the first the line to take; `had` is True where the ledger has this very article, `unread` are the
    sentences with a cue that were read as no act."""

    article: Article
    told: tuple[Told, ...]
    had: bool = False
    unread: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        return any(one.status != "known" for one in self.told)


def line(one: Told, lang: Lang, house: House = PLAIN) -> str:
    """The line of a topic page for an act of a draft."""
    return sentence(one.line, lang, house)


def standing(one: Standing, lang: Lang, house: House = PLAIN) -> str:
    """How an act stands on a page, and by which papers."""
    said = house.styled(printable(one.words)) if one.words else sentence(one.line, lang, house)
    named = ", ".join(name for name, _ in outlets(one.line)[:3])
    first = dates.said(one.line.published, lang) if one.line.published else word("undated", lang)
    return f"{said} ({named}; {first})"


def text(draft: Draft, lang: Lang, house: House = PLAIN) -> str:
    """What is said of a draft, for a terminal."""
    return "".join(f"{printable(row)}\n" for row in _rows(draft, lang, house))


def _rows(draft: Draft, lang: Lang, house: House) -> Iterator[str]:
    unread = phrases.unread(draft.unread, lang)
    if not draft.told:
        yield word("line.nothing", lang)
        yield from unread
        return
    if draft.had:
        yield word("line.had", lang)
    if not draft.news:
        yield no_news(draft, lang)
    for one in draft.told:
        yield f"{_MARKS[one.status]} {line(one, lang, house)}"
        yield from (f"    {said}" for said in notes(one, lang, house))
    yield from unread


def no_news(draft: Draft, lang: Lang) -> str:
    """That nothing of what was read is new; of sentences that were not read nothing is known."""
    return word("line.none read new" if draft.unread else "line.no news", lang)


def notes(one: Told, lang: Lang, house: House = PLAIN) -> list[str]:
    """What is to be known of an act of a draft, a sentence each."""
    found = [] if one.sure else [word("check.unsure", lang)]
    for same in one.same:
        where = ", ".join(topic.name for topic in same.topics)
        key = "line.on page" if where else "line.in ledger"
        found.append(word(key, lang, standing(same, lang, house), same.line.step.id, where))
    if one.status == "new":
        where = ", ".join(topic.name for topic in one.topics)
        found.append(word("line.new for", lang, where) if where else word("line.new", lang))
    if one.adds:
        found.append(word("line.adds", lang, ", ".join(word(f"slot.{name}", lang) for name in one.adds)))
    if one.promise:
        found.append(word("line.fulfils", lang, standing(one.promise, lang, house), one.promise.line.step.id))
        before = phrases.progress(one.became, lang) if one.became else []
        found += [word("line.so far", lang, "; ".join(before))] if before else []
    return found


def record(draft: Draft, lang: Lang, house: House = PLAIN) -> dict[str, Any]:
    """The same for programs."""
    return {
        "article": draft.article.id,
        "had": draft.had,
        "news": draft.news,
        "not_read": list(draft.unread),
        "lines": [
            {
                "line": line(one, lang, house),
                "status": one.status,
                "sure": one.sure,
                "type": one.line.step.type,
                "date": one.line.step.date,
                "evidence": [witness.claim.evidence for witness in one.line.witnesses],
                "topics": [topic.slug for topic in one.topics],
                "already": [_standing(same, lang, house) for same in one.same],
                "adds": list(one.adds),
                "fulfils": _standing(one.promise, lang, house) if one.promise else None,
                "so_far": msgspec.to_builtins(one.became),
            }
            for one in draft.told
        ],
    }


def _standing(one: Standing, lang: Lang, house: House) -> dict[str, Any]:
    return {
        "step": one.line.step.id,
        "line": standing(one, lang, house),
        "who": phrases.who(one.line.step, lang),
        "topics": [topic.slug for topic in one.topics],
    }
