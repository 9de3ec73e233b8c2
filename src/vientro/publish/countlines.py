"""The steps behind a count, with what each adds and how that came about; and what makes the totals of two days differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from vientro.publish import dates, figures, phrases
from vientro.publish.countwords import bounds, bounds_of, label
from vientro.publish.quote import quote
from vientro.publish.safe import printable
from vientro.publish.words import has, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from vientro.ledger.counting.cells import Cell
    from vientro.ledger.counting.changes import Change
    from vientro.ledger.counting.count import Count
    from vientro.ledger.counting.lines import Line
    from vientro.model.ledger import Step
    from vientro.publish.book import Book
    from vientro.publish.words import Lang


def steps(told: Count, cells: Sequence[Cell], book: Book, lang: Lang, *, evidence: bool = False) -> RenderableType:
    """The steps behind some cells, with what each adds and how that came about."""
    known = {step.id: step for step in book.ledger.steps}
    rows: list[Text] = []
    for cell in cells:
        title = ", ".join(label(told, cell, lang)) or word("count.total", lang)
        rows += [Text(), Text(f"{title}: {bounds(cell.figure, lang)} {word('count.unit', lang, told.question.currency)}", style="bold")]
        for line in cell.lines:
            rows.append(Text(printable(f"  {bounds_of(line, lang)} · {_deed(known.get(line.step), line, lang)} [{line.step}]")))
            rows += [Text(printable(f"      {said}"), style="dim") for said in how(line, lang)]
            rows += [Text(printable(f"      {said}"), style="dim") for said in _witness(known.get(line.step), book)] if evidence else []
    return Group(*rows)


def how(line: Line, lang: Lang) -> list[str]:
    """How a figure came about: the sum as told, the rate, the price, the part, and the rules."""
    rows = []
    if line.rate and line.rate.currency != line.rate.into:
        mark = f", {word('count.estimate', lang)}" if line.rate.estimate else ""
        rate = word("count.rate", lang, line.currency, f"{line.rate.value:.6g}", line.rate.into, line.rate.day, line.rate.table)
        rows.append(f"{rate}{mark}; {word(f'count.rate day.{line.rate_day}', lang)}")
    rows += [word("count.derived", lang, line.derived)] if line.derived else []
    rows += [word("count.part", lang, f"{100 * line.part:.3g}%")] if line.part != 1.0 else []
    rows += [word("count.was", lang, figures.interval(line.was, lang))] if line.was else []
    rows += [line.terms] if line.terms else []
    rows.append(word("count.line", lang, word(f"count.grade.{line.grade}", lang), line.origins, " ".join(line.rules) or "–"))
    return rows


def _deed(step: Step | None, line: Line, lang: Lang) -> str:
    return f"{dates.said(line.day, lang)} · {phrases.deed(step, lang)}" if step else dates.said(line.day, lang)


def _witness(step: Step | None, book: Book) -> list[str]:
    """The evidence of the first claim of a step, with its outlet."""
    claim = book.claims.get(step.claims[0]) if step else None
    if claim is None:
        return []
    article = book.articles[claim.article_id]
    return [f"“{''.join(piece.text for piece in quote(article, claim) if piece.mark)}” ({article.outlet or article.key})"]


def difference(found: Sequence[Change], days: tuple[str, str], book: Mapping[str, Step], lang: Lang) -> list[str]:
    """Rule T6: what makes the total of one day differ from that of another."""
    if not found:
        return [word("count.same", lang, *(dates.said(day, lang) for day in days))]
    rows = [word("count.changes", lang, *(dates.said(day, lang) for day in days))]
    for one in found:
        old, new = (bounds(side, lang) if side else "–" for side in (one.old, one.new))
        why = " → ".join(_why(reason, lang) for reason in (one.before, one.after))
        deed = phrases.deed(book[one.step], lang) if one.step in book else ""
        rows.append(printable(f"  {old} → {new} · {deed} [{one.step}] ({why})"))
    return rows


def _why(reason: str, lang: Lang) -> str:
    return word(f"count.{reason}", lang) if has(f"count.{reason}") else f"{reason}: {word(f'rule.{reason}', lang)}"
