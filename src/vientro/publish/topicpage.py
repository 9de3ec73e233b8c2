"""The lines of a topic in words: for its page, its feed, and the HTML to paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vientro.model.edtf import apart, interval
from vientro.publish import dates, figures, phrases
from vientro.publish.house import PLAIN, House
from vientro.publish.rulings import who
from vientro.publish.safe import printable
from vientro.publish.tagline import outlets, sentence
from vientro.publish.timeline import part
from vientro.publish.words import word

if TYPE_CHECKING:
    from vientro.model.claim import Claim
    from vientro.model.decision import Decision
    from vientro.publish.lines import Line
    from vientro.publish.timeline import Row, Timeline
    from vientro.publish.topic import Topic
    from vientro.publish.words import Lang

_CAREFUL = ("Q3", "Q5", "Q9")  # rules that a reader of the page has to know of
_AT_ONCE = 2  # days within which the day of the telling says nothing
_SLOTS = {
    "amounts": "sum", "actors": "actor", "recipients": "recipient", "addressees": "addressee", "items": "item", "type": "act",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A line in words. `id` is the step's, which stays (docs/adr/0001); `path` is that of its deal's page; `first` and `changed` are
    ISO 8601, "" where unknown. `machine` is the line before somebody reworded it; `sources` are papers with addresses ("" for none)."""

    id: str
    path: str
    text: str
    day: str
    first: str
    changed: str
    notes: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    machine: str | None = None


def shown(row: Row, lang: Lang, house: House = PLAIN, *, under: str = "") -> Shown:
    """A line of a page; its date is left out of the sentence where it stands `under` that date (EDTF)."""
    line = row.line
    text = sentence(line, lang, house, dated=not under or line.step.date != under)
    own = house.styled(" ".join(printable(row.edits.words).split())) if row.edits.words else None
    return Shown(
        line.step.id,
        f"/deal/{line.step.id}",
        own or text,
        house.day(line.step.date, lang) if line.step.date else "",
        row.first,
        max([row.first, *(one.day for one in row.updates if one.day > row.first[:10])]),
        tuple(_notes(row, lang, house)),
        tuple(outlets(line)),
        tuple(said for _, said in phrases.flags(line, lang)),
        text if own else None,
    )


def days(page: Timeline, lang: Lang, house: House = PLAIN, most: int | None = None) -> list[tuple[str, list[Shown]]]:
    """What a page shows, at most so many lines: what stands above each group (what is pinned, then the days), and its lines."""
    page = part(page, 0, most)
    found = [(word("topic.pinned", lang), "", page.pinned)] if page.pinned else []
    found += [(house.day(day, lang) if day else word("undated", lang), day, rows) for day, rows in page.days]
    return [(above, [shown(row, lang, house, under=day) for row in rows]) for above, day, rows in found]


def _notes(row: Row, lang: Lang, house: House) -> list[str]:
    """What came since the line first stood there, what makes it doubtful, and what was put right, in place."""
    found = []
    news = [one for one in row.updates if "correction" not in one.what]
    if news:
        last = news[-1]
        added = ", ".join(word(f"news.{one}", lang) for one in last.what)
        found.append(word("topic.updated", lang, house.day(last.day, lang), added, house.day(row.first[:10], lang)))
    elif _late(row):
        found.append(word("date.told", lang, house.day(row.first[:10], lang)))
    found += [said for flag, said in phrases.flags(row.line, lang) if flag in _CAREFUL]
    return found + [correction(one, row.line, lang, house) for one in row.edits.corrections]


def _late(row: Row) -> bool:
    """Whether an act was first told days after it happened."""
    days = interval(row.line.step.date) if row.line.step.date else None
    told = interval(row.first[:10]) if row.first else None
    return days is not None and told is not None and apart(days, told) > _AT_ONCE and told[0] > days[1]


def correction(one: Decision, line: Line, lang: Lang, house: House = PLAIN) -> str:
    """What was put right, from what to what, when and why: "Đính chính 22/11/2026: số tiền trước ghi ..., nay ... (lý do)"."""
    slot = one.slot or ""
    before = next((claim for claim in one.saw if claim.id in one.claims), None)
    after = next((witness.claim for witness in line.witnesses if witness.claim.id in one.claims), None)
    old, new = (_value(slot, claim, lang) if claim else "?" for claim in (before, after))
    said = word("topic.corrected", lang, house.day(one.at[:10], lang), word(f"slot.{_SLOTS.get(slot, slot)}", lang), old, new, who(one))
    return printable(f"{said} ({one.why})" if one.why else said)


def _value(slot: str, claim: Claim, lang: Lang) -> str:
    value: Any = getattr(claim, slot, None)
    if not value:
        return "–"
    if slot in ("actors", "recipients", "addressees"):
        return phrases.names([role.value for role in value], lang)
    if slot == "amounts":
        return "; ".join(figures.money(money, lang) for money in value)
    if slot == "items":
        return "; ".join(figures.item(item, lang) for item in value)
    if slot == "speaker":
        return str(value.value)
    return dates.said(value, lang) if slot in ("date", "due", "horizon") else word(f"{slot}.{value}", lang)


def asks(topic: Topic, lang: Lang) -> list[tuple[str, str]]:
    """What a topic asks for: the key of the words of each filter (filter.*), and its values in words."""
    choice = topic.choice
    values: list[tuple[str, list[str]]] = [
        ("q", [part.strip() for part in topic.words.split(",") if part.strip()]),
        ("donor", [phrases.names([one], lang) for one in choice.donors]),
        ("recipient", [phrases.names([one], lang) for one in choice.recipients]),
        ("type", [word(f"type.{one}", lang) for one in choice.types]),
        ("state", [word(f"state.{one}", lang) for one in choice.states]),
        ("class", [word(f"class.{one}", lang) for one in choice.classes]),
        ("purpose", [word(f"support.{one}", lang) for one in topic.supports]),
        ("mode", [word(f"mode.{one}", lang) for one in topic.modes]),
        ("modality", [word(f"modality.{one}", lang) for one in topic.modalities]),
        ("outlet", list(topic.outlets)),
        ("since", [dates.said(choice.since, lang)] if choice.since else []),
        ("until", [dates.said(choice.until, lang)] if choice.until else []),
    ]
    return [(key, ", ".join(named)) for key, named in values if named]
