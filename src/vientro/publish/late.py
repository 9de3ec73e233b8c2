"""What was due and has no report that it came: the words and the record of it. Silence is "no report found" in what was read (Q8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.publish import card, dates, phrases
from vientro.publish.safe import printable
from vientro.publish.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vientro.ledger.follow import Overdue
    from vientro.ledger.lookup import Coverage
    from vientro.publish.lines import Line
    from vientro.publish.words import Lang


@dataclass(frozen=True, slots=True)
class Item:
    """A due day that has passed, the line of the promise, the deliveries that may be the one, what was read since, and of which outlets
    that told of the deal nothing was."""

    overdue: Overdue
    line: Line
    maybe: tuple[Line, ...]
    read: Coverage
    quiet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is overdue as of a day, the latest due day first. Both days are ISO 8601, None where no article has one."""

    as_of: str | None
    newest: str | None
    items: tuple[Item, ...]


def text(agenda: Agenda, lang: Lang) -> str:
    """The list for a terminal."""
    day = dates.said(agenda.as_of, lang)
    if not agenda.items:
        return f"{word('overdue.none', lang, day)}\n"
    out = [word("overdue.title", lang, day), ""]
    for item in agenda.items:
        out += [*_item(item, lang), ""]
    out += [word("overdue.careful", lang), card.down(sources_down(agenda.items), lang)]
    return "".join(f"{printable(row)}\n" for row in out)


def _item(item: Item, lang: Lang) -> list[str]:
    one, line = item.overdue, item.line
    told = {True: "overdue.silent", False: "overdue.news", None: "overdue.undated"}[one.silent]
    silence = word(told, lang, dates.said(one.last, lang))
    out = [
        f"{phrases.deed(line.step, lang)} [{one.step}]",
        f"  {word('overdue.due', lang, dates.said(one.due, lang), one.days)}: {silence}",
        f"  {word('overdue.last', lang, dates.said(one.last, lang))} · {phrases.by(line, lang)}",
        f"  {word('overdue.read', lang, card.read(item.read, lang))}" if item.read.articles else f"  {word('overdue.unread', lang)}",
    ]
    if item.quiet and item.read.articles:
        out.append(f"  {word('overdue.quiet', lang, ', '.join(item.quiet))}")
    for other in item.maybe:
        said = f"{phrases.when(other, lang)}, {phrases.who(other.step, lang)}, {phrases.what(other.step, lang)} [{other.step.id}]"
        out.append(f"  {word('overdue.maybe', lang, said)}")
    return out


def sources_down(items: Iterable[Item]) -> list[str] | None:
    """The watched sources that could not be reached for a time in the days that the silence of any of these rests on; None where none was
    ever watched."""
    told = [item.read.sources_down for item in items if item.read.sources_down is not None]
    return sorted({name for names in told for name in names}) if told else None


def record(agenda: Agenda) -> dict[str, Any]:
    """The list for programs; `sources_down` is null where no source was ever watched."""
    return {
        "as_of": agenda.as_of,
        "newest": agenda.newest,
        "sources_down": sources_down(agenda.items),
        "overdue": [
            msgspec.to_builtins(item.overdue)
            | {
                "actors": list(item.line.step.actors),
                "recipients": list(item.line.step.recipients),
                "type": item.line.step.type,
                "items": msgspec.to_builtins(item.line.step.items),
                "sums": msgspec.to_builtins(item.line.step.sums),
                "by": list(item.line.voices),
                "read_since": msgspec.to_builtins(item.read),
                "outlets_not_read_since": list(item.quiet),
            }
            for item in agenda.items
        ],
    }
