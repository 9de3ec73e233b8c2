"""A line in words: the cells of the table and of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from vientro.model.ledger import Interval, Sum
from vientro.publish import dates, figures
from vientro.publish.lines import voice
from vientro.publish.words import has, name, told_by, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.ledger.conflicts import Conflict
    from vientro.ledger.follow import Follow, Share
    from vientro.model.ledger import Step, Stock
    from vientro.publish.book import Book
    from vientro.publish.lines import Block, Line
    from vientro.publish.words import Lang

_PARTICULARS = re.compile(r": | \(")
_MOST_NAMES = 4
_MOST_VOICES = 3
_MOST_UNREAD, _LONGEST_UNREAD = 3, 160


def when(line: Line, lang: Lang) -> str:
    """The day of the act; without one, that of the article, called so."""
    if line.step.date or not line.published:
        return dates.said(line.step.date, lang)
    return word("date.told", lang, dates.said(line.published, lang))


def who(step: Step, lang: Lang) -> str:
    """Who → for whom. Who asks, stops or opposes somebody's support stands before the giver: "Nga phản đối Mỹ → Ukraine"."""
    actors = names(step.actors, lang) or word("nobody", lang)
    for_whom = names([code for code in step.recipients if code not in step.actors], lang)
    addressees = names(step.addressees, lang)
    if has(f"who.{step.type}"):
        if not addressees and not for_whom:
            return actors
        said = word(f"who.{step.type}", lang, actors, addressees or word("support for", lang, for_whom))
        return word("for", lang, said, for_whom) if for_whom and addressees else said
    said = word("for", lang, actors, for_whom) if for_whom else actors
    return f"{said} ({word(f'toward.{step.type}', lang, addressees)})" if addressees else said


def act(step: Step, lang: Lang) -> str:
    """The kind of act, and how real it is: "bàn giao · dự kiến"."""
    marks = [f"modality.{step.modality}", f"scope.{step.scope}"]
    return " · ".join([word(f"type.{step.type}", lang), *(word(mark, lang) for mark in marks if has(mark))])


def deed(step: Step, lang: Lang, state: str = "") -> str:
    """Who does what, and the state of its deal: "Na Uy → Moldova · bàn giao: 3 radar · đã giao". No word is said twice: parties that stand
    in a sentence tell the act already ("EU trừng phạt Nga"), and sanctions are the state of their deal."""
    parties, kind, things = who(step, lang), act(step, lang), what(step, lang)
    if has(f"who.{step.type}") and (step.addressees or set(step.recipients) - set(step.actors)):
        kind = kind.removeprefix(word(f"type.{step.type}", lang)).removeprefix(" · ")
    told = ": ".join(part for part in (kind, things) if part)
    stated = state and (step.type, state) != ("sanction", "sanctioned")
    return " · ".join([parties, *([told] if told else []), *([word(f"state.{state}", lang)] if stated else [])])


def what(step: Step, lang: Lang) -> str:
    """Items and the preferred sum with their bounds; without any, the purpose."""
    parts = [figures.stock(stock, lang) for stock in step.items] + [figures.total(one, lang) for one in step.sums[:1]]
    return "; ".join(dict.fromkeys(parts)) or (word(f"support.{step.support}", lang) if step.support else "")


def terms(step: Step, lang: Lang) -> list[str]:
    """Its purpose, how it is paid, when it is due, how far it reaches."""
    said = [word(f"support.{step.support}", lang)] if step.support and (step.items or step.sums) else []
    said += [word(f"mode.{step.mode}", lang)] if step.mode and has(f"mode.{step.mode}") else []
    said += [word(key, lang, dates.said(edtf, lang)) for key, edtf in (("due", step.due), ("horizon", step.horizon)) if edtf]
    return said


def conflicts(line: Line, lang: Lang) -> list[str]:
    """Figures that differ: why, then each with who says so, the preferred one first, and why that one (Q3); then sums told besides."""
    compared = {side.figure for conflict in line.conflicts for side in conflict.sides}
    besides = [figures.total(one, lang) for one in line.step.sums[1:] if one not in compared]
    said = [_conflict(line, conflict, lang) for conflict in line.conflicts]
    return said + ([word("told besides", lang, "; ".join(besides))] if besides else [])


def inside(line: Line, lang: Lang) -> str:
    """What the ledger has of a total or a group's sum, and what is left of it (D4, D14); "" where it has nothing."""
    found = line.over
    if found is None:
        return ""
    known, rest = (figures.total(Sum(found.currency, value, (), 0), lang) for value in (found.known, found.unspecified))
    many = counted("page.steps", len(found.inside), lang)
    many += f", {word('over.converted', lang, len(found.converted))}" if found.converted else ""
    if found.exceeds:
        return word("over.exceeds", lang, known, many)
    open_end = (found.unspecified.low, found.unspecified.best, found.unspecified.high) == (None, None, None)
    return word("over.known", lang, known, many, word("over.unknown", lang) if open_end else rest)


def _conflict(line: Line, conflict: Conflict, lang: Lang) -> str:
    why = ", ".join(word(f"cause.{cause}", lang) for cause in conflict.causes)
    sides = []
    for side in conflict.sides:
        voices = dict.fromkeys(told_by(voice(one), lang) for one in line.witnesses if one.claim.id in side.claims)
        figure = figures.total(side.figure, lang) if isinstance(side.figure, Sum) else figures.stock(side.figure, lang)
        sides.append(f"{figure} ({word('by', lang, '; '.join(voices))}, {counted('origins', side.origins, lang)})")
    chosen = word(f"preferred.{conflict.preferred_by}", lang)
    return word("conflict", lang, why, " ≠ ".join(sides), chosen)


def progress(found: Follow, lang: Lang) -> list[str]:
    """What became of a deal: the share that has come, how long the promise is open, the last news."""
    said = [_share(one, lang) for one in found.shares if one.whole]
    if found.open:
        if found.since and found.age is not None:
            day = len(found.since) == len("2024-05-01")
            since = found.since.removesuffix("..").removesuffix("/")  # "promised from from 2022"
            said.append(word("follow.open", lang, dates.said(since, lang), found.age if day else word("bound.at_least", lang, found.age)))
        said += [word("due", lang, "; ".join(dates.said(due, lang) for due in found.due))] if found.due else []
        said += [word("follow.last", lang, dates.said(found.last, lang))] if found.last else []
    return said


def _share(one: Share, lang: Lang) -> str:
    come, whole = (_amount(one.thing, value, lang) for value in (one.come, one.whole) if value)
    said = word("follow.share", lang, come, whole, percent(one.share, lang) if one.share else word("follow.unknown", lang))
    kinds = [word(key, lang) for key in (f"mode.{one.mode}", f"support.{one.support}") if has(key)]
    return f"{' · '.join(kinds)}: {said}" if kinds else said


def _amount(thing: Sum | Stock, value: Interval, lang: Lang) -> str:
    if not value.low and value.best is None and value.high is None:
        return word("follow.some", lang)
    if isinstance(thing, Sum):
        return figures.total(replace(thing, value=value), lang)
    return figures.stock(replace(thing, count=value, of=None), lang)


def percent(share: Interval, lang: Lang) -> str:
    """A share with its bounds: "38%", "≥ 25%"; unknown where it has none."""
    low, best, high = (None if part is None else round(100 * part) for part in (share.low, share.best, share.high))
    if high is None and not low:
        return word("follow.unknown", lang)
    return figures.interval(Interval(low, best, high), lang) + "%"


def deal(block: Block, lang: Lang) -> str:
    """Whose support a deal is and for whom; without a giver or a recipient, what its first line says."""
    givers, recipients = (block.deal.givers, block.deal.recipients) if block.deal and block.section == "support" else ((), ())
    if givers and recipients:
        return word("for", lang, names(givers, lang), names(recipients, lang))
    return who(block.lines[0].step, lang)


def state(block: Block, lang: Lang) -> str:
    """How far the deal has come; "unconfirmed" where an adversary alone says so (Q5)."""
    if not block.deal:
        return ""
    said = word(f"state.{block.deal.state}", lang)
    return word("unconfirmed", lang, said) if unconfirmed(block) else said


def unconfirmed(block: Block) -> bool:
    return all("Q5" in line.step.flags for line in block.lines)


def by(line: Line, lang: Lang) -> str:
    """ "theo ...": everybody who says so, each once."""
    shown = "; ".join(told_by(one, lang) for one in line.voices[:_MOST_VOICES])
    rest = len(line.voices) - _MOST_VOICES
    return word("by", lang, f"{shown} {word('more', lang, rest)}" if rest > 0 else shown)


def origins(line: Line, lang: Lang) -> str:
    """How many sources stand behind it, and in how many articles where that is more."""
    articles = len({witness.article.id for witness in line.witnesses})
    said = counted("origins", line.step.origins, lang)
    return said if articles <= line.step.origins else f"{said}, {counted('articles', articles, lang)}"


def ruled(line: Line, lang: Lang) -> list[str]:
    """What people ruled on an act: "R1 sửa amounts: lý do"."""
    said = []
    for one in line.ruled:
        told = word(f"ruled.{one.kind}", lang) + (f" {one.slot}" if one.slot else "")
        said.append(f"{one.shown_as or one.by}: {told}{f' – {one.why}' if one.why else ''}")
    return said


def flags(line: Line, lang: Lang) -> list[tuple[str, str]]:
    """The counting rules that touched the step, each with its words."""
    return [(flag, word(f"rule.{flag}", lang)) for flag in line.step.flags]


def newest(book: Book, lang: Lang) -> str:
    """Up to which day the articles go."""
    return word("summary.data end", lang, dates.said(book.newest, lang)) if book.newest else word("summary.no date", lang)


def left_out(reason: str, ids: Sequence[str], lang: Lang) -> str:
    """How many were left out for a reason, and the first of them; in Vietnamese the reason is without its particulars."""
    key = f"reason.{_PARTICULARS.split(reason, maxsplit=1)[0]}"
    said = word(key, lang) if lang != "en" and has(key) else reason
    return f"{len(ids)} × {said}: {', '.join(ids[:_MOST_NAMES])}{', …' if len(ids) > _MOST_NAMES else ''}"


def names(codes: Sequence[str], lang: Lang) -> str:
    said = [name(code, lang) for code in codes]
    rest = len(said) - _MOST_NAMES
    return ", ".join(said[:_MOST_NAMES]) + (f" {word('more', lang, rest)}" if rest > 0 else "")


def unread(sentences: Sequence[str], lang: Lang) -> list[str]:
    """That sentences were read as no act, the first of them by their words."""
    said = [
        word("not read", lang, one if len(one) <= _LONGEST_UNREAD else one[:_LONGEST_UNREAD].rsplit(" ", 1)[0] + "…") for one in sentences
    ]
    return [*said[:_MOST_UNREAD], *([word("not read more", lang, len(said) - _MOST_UNREAD)] if len(said) > _MOST_UNREAD else [])]


def counted(key: str, count: int, lang: Lang) -> str:
    """How many: "1 origin", "3 origins"."""
    return word(f"{key}.one", lang) if count == 1 else word(key, lang, count)
