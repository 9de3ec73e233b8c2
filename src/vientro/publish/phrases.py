"""A line in words: the cells of the table and of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.publish import dates, figures
from vientro.publish.words import has, name, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.ledger import Step
    from vientro.publish.lines import Block, Line
    from vientro.publish.words import Lang

_MOST_NAMES = 4
_MOST_VOICES = 3


def when(line: Line, lang: Lang) -> str:
    """The day of the act; without one, that of the article, called so."""
    if line.step.date or not line.published:
        return dates.said(line.step.date, lang)
    return word("page.published", lang, dates.said(line.published, lang))


def who(step: Step, lang: Lang) -> str:
    """Who → for whom. What somebody asks for itself, or does to somebody without giving, has no arrow."""
    actors = names(step.actors, lang) or word("nobody", lang)
    for_whom = [code for code in step.recipients if code not in step.actors]
    said = word("for", lang, actors, names(for_whom, lang)) if for_whom else actors
    return f"{said} ({word(f'toward.{step.type}', lang, names(step.addressees, lang))})" if step.addressees else said


def act(step: Step, lang: Lang) -> str:
    """The kind of act, and how real it is: "bàn giao · dự kiến"."""
    marks = [f"modality.{step.modality}", f"scope.{step.scope}"]
    return " · ".join([word(f"type.{step.type}", lang), *(word(mark, lang) for mark in marks if has(mark))])


def what(step: Step, lang: Lang) -> str:
    """Items and the preferred sum with their bounds; without items, the purpose; then how it is paid."""
    parts = [figures.stock(stock, lang) for stock in step.items] + [figures.total(one, lang) for one in step.sums[:1]]
    if step.support and not step.items:
        parts.append(word(f"support.{step.support}", lang))
    if step.mode and has(f"mode.{step.mode}"):
        parts.append(word(f"mode.{step.mode}", lang))
    return "; ".join(dict.fromkeys(parts))


def terms(step: Step, lang: Lang) -> list[str]:
    """What is to come: when it is due, how far it reaches; and what others say instead, each with the origins behind it, and why."""
    said = [word(key, lang, dates.said(edtf, lang)) for key, edtf in (("due", step.due), ("horizon", step.horizon)) if edtf]
    if len(step.sums) > 1:
        others = [f"{figures.total(one, lang)} ({_counted('origins', one.origins, lang)})" for one in step.sums[1:]]
        causes = ", ".join(word(f"cause.{cause}", lang) for cause in step.causes)
        said.append(word("other figures", lang, "; ".join(others)) + (f" – {causes}" if causes else ""))
    return said


def state(block: Block, lang: Lang) -> str:
    return word(f"state.{block.deal.state}", lang) if block.deal else ""


def by(line: Line, lang: Lang) -> str:
    """ "theo ...": everybody who says so, each once."""
    shown = "; ".join(line.voices[:_MOST_VOICES])
    rest = len(line.voices) - _MOST_VOICES
    return word("by", lang, f"{shown} {word('more', lang, rest)}" if rest > 0 else shown)


def origins(line: Line, lang: Lang) -> str:
    """How many sources stand behind it, and in how many articles where that is more."""
    articles = len({witness.article.id for witness in line.witnesses})
    said = _counted("origins", line.step.origins, lang)
    return said if articles <= line.step.origins else f"{said}, {_counted('articles', articles, lang)}"


def flags(line: Line, lang: Lang) -> list[tuple[str, str]]:
    """The counting rules that touched the step, each with its words."""
    return [(flag, word(f"rule.{flag}", lang)) for flag in line.step.flags]


def names(codes: Sequence[str], lang: Lang) -> str:
    said = [name(code, lang) for code in codes]
    rest = len(said) - _MOST_NAMES
    return ", ".join(said[:_MOST_NAMES]) + (f" {word('more', lang, rest)}" if rest > 0 else "")


def _counted(key: str, count: int, lang: Lang) -> str:
    return word(f"{key}.one", lang) if count == 1 else word(key, lang, count)
