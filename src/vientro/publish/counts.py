"""A count as a table in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from vientro.ledger.counting.cells import added
from vientro.publish import dates, figures
from vientro.publish.countwords import amount, bounds, bounds_of, called, label
from vientro.publish.safe import printable
from vientro.publish.words import name, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from vientro.ledger.counting.cells import Cell, Part, Things
    from vientro.ledger.counting.count import Count
    from vientro.publish.words import Lang


def table(told: Count, lang: Lang, *, ids: bool = False) -> RenderableType:
    """The count: its question, its cells with their bounds, what stands beside and above, and what was left out and why."""
    question = told.question
    said = question.profile.vi if lang == "vi" else question.profile.en
    shown: list[RenderableType] = [
        Text(f"{question.profile.name}: {printable(said)}", style="bold"),
        Text(_scope(told, lang), style="dim"),
        Text(),
        _cross(told, lang) if len(question.by) == 2 else _list(told, lang),
    ]
    shown += [Text(row) for row in (*_parts(told.total.parts, told, lang), *_above(told, lang), *_notes(told, lang))]
    return Group(*shown, Text(), *(Text(row) for row in left_out(told, lang, ids=ids)))


def _scope(told: Count, lang: Lang) -> str:
    question = told.question
    end = word("count.data end", lang, dates.said(question.data_end, lang)) if question.data_end else word("summary.no date", lang)
    rows = [word("count.unit", lang, question.currency), end]
    rows += [word(f"count.measure.{told.measure}", lang)] if told.measure != "in all" else []
    rows += [word("count.donor", lang, name(question.donor, lang))] if question.donor else []
    rows += [word("count.recipient", lang, name(question.recipient, lang))] if question.recipient else []
    rows += [word("count.official", lang)] if question.official else []
    rows.append(word(f"count.evidence.{question.profile.evidence}", lang))
    return printable(" · ".join(rows))


def _list(told: Count, lang: Lang) -> Table:
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for by in told.question.by or ("",):
        grid.add_column(word(f"count.by.{by}", lang) if by else "", overflow="fold")
    beside = told.total.beside is not None
    for key in ("low", "best", "high", "steps", "unknown", *(("beside",) if beside else ())):
        grid.add_column(word(f"count.{key}", lang), justify="right", no_wrap=True)
    grid.add_column(word("count.rules", lang), overflow="fold", style="dim")
    total = [word("count.total", lang), *[""] * (max(1, len(told.question.by)) - 1)]
    cells = [(label(told, cell, lang), cell, "") for cell in told.cells] if told.question.by else []
    for labels, cell, style in [*cells, (total, told.total, "bold")]:
        figure = cell.figure
        known = figure.low is not None
        numbers = [
            amount(figure.low, lang),
            amount(figure.best, lang, empty="–" if known else "?"),
            amount(figure.high, lang, empty=word("count.open", lang) if known else "?"),
        ]
        if not figure.steps:
            numbers = ["–", "–", "–"]
        counts = [str(figure.steps), str(figure.unknown or "")]
        rest = [bounds(cell.beside, lang) if cell.beside else ""] if beside else []
        grid.add_row(*labels, *numbers, *counts, *rest, " ".join(cell.rules), style=style)
    return grid


def _cross(told: Count, lang: Lang) -> Table:
    """Two dimensions as rows and columns; a cell is its best figure, with its bounds where they are apart."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    first, second = told.question.by
    grid.add_column(f"{word(f'count.by.{first}', lang)} / {word(f'count.by.{second}', lang)}", overflow="fold")
    held = {cell.key: cell for cell in told.cells}
    rows, columns = (sorted({key[place] for key in held}) for place in (0, 1))
    for column in columns:
        grid.add_column(called(column, second, lang), justify="right", overflow="fold")
    grid.add_column(word("count.total", lang), justify="right", overflow="fold", style="bold")
    for row in rows:
        cells = [_sum([held.get((row, column))], lang) for column in columns]
        grid.add_row(called(row, first, lang), *cells, _sum(_of(held, 0, row), lang))
    of_columns = (_sum(_of(held, 1, column), lang) for column in columns)
    grid.add_row(word("count.total", lang), *of_columns, bounds(told.total.figure, lang), style="bold")
    return grid


def _of(held: Mapping[tuple[str, ...], Cell], place: int, value: str) -> list[Cell | None]:
    return [cell for key, cell in held.items() if key[place] == value]


def _sum(cells: Sequence[Cell | None], lang: Lang) -> str:
    figures_of = [cell.figure for cell in cells if cell and cell.figure.steps]
    return bounds(added(*figures_of), lang) if figures_of else ""


def _parts(parts: Sequence[Part], told: Count, lang: Lang) -> list[str]:
    """Rules A3 and A4: what the total is made of, where that is of several modes or bases."""
    if len(parts) < 2:
        return []
    rows = [
        f"  {called(part.mode, 'mode', lang)}, {word(f'count.basis.{part.basis}', lang)}: {bounds(part.figure, lang)} ({part.figure.steps})"
        for part in parts
    ]
    return ["", word("count.parts", lang, told.question.currency), *rows]


def _above(told: Count, lang: Lang) -> list[str]:
    if not told.above:
        return []
    rows = [f"  {bounds_of(line, lang)} [{line.step}]" for line in told.above]
    return ["", word("count.above", lang, told.question.currency), *rows]


def _notes(told: Count, lang: Lang) -> list[str]:
    """What has to be known to read the figures: bounds, estimates, rates, silence."""
    figure = told.total.figure
    bounded = "count.note.ceilings" if told.question.profile.ceilings else "count.note.bounded"
    rows = [word(bounded, lang, figure.bounded)] if figure.bounded else []
    rows += [word("count.note.unknown", lang, figure.unknown)] if figure.unknown else []
    rows += [word("count.note.estimates", lang, figure.estimates)] if figure.estimates else []
    rows += [word("count.note.rates", lang, "; ".join(told.tables))] if told.tables else []
    rows += [word("count.note.silent", lang, len(told.silent))] if told.silent and "Q8" in told.question.profile.rules else []
    rows += [_things(told.total.things, lang)] if told.total.things else []
    return ["", *rows] if rows else []


def _things(things: Iterable[Things], lang: Lang) -> str:
    said = []
    for one in things:
        low, high, unknown = one.figure.low, one.figure.high, one.figure.unknown
        many = "?" if low is None else figures.number(low, lang) if low == high else f"≥ {figures.number(low, lang)}"
        unit = f" {one.unit}" if one.unit else ""
        said.append(f"{many}{unit} {word(f'class.{one.cls}', lang)}{f' +{unknown}?' if unknown and low is not None else ''}")
    return word("count.things", lang, "; ".join(said))


def left_out(told: Count, lang: Lang, *, ids: bool = False) -> list[str]:
    """What is in no cell, rule by rule, with the steps where they are wanted."""
    many = sum(map(len, told.left_out.values()))
    rows = [word("count.left out", lang, many)] if many else [word("count.nothing out", lang)]
    for rule, steps in told.left_out.items():
        rows.append(f"  {rule:<4}{len(steps):>5}  {word(f'rule.{rule}', lang)}")
        rows += [f"             {step}" for step in steps] if ids else []
    rows += [word("count.other", lang, len(told.other))] if told.other else []
    return rows
