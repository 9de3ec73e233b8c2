"""A count in words: tables for a terminal, and the steps behind a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from vientro.ledger.counting.cells import added
from vientro.ledger.counting.dimensions import UNKNOWN
from vientro.ledger.counting.periods import UNDATED
from vientro.publish import dates, figures, phrases
from vientro.publish.quote import quote
from vientro.publish.safe import printable
from vientro.publish.words import has, name, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    from vientro.ledger.counting.cells import Cell, Figure, Part, Things
    from vientro.ledger.counting.changes import Change
    from vientro.ledger.counting.count import Count
    from vientro.ledger.counting.lines import Line
    from vientro.model.ledger import Step
    from vientro.publish.book import Book
    from vientro.publish.words import Lang

_MILLION = 1e6
_PARTIES = ("donor", "payer", "giver", "channel", "recipient", "speaker-state")
_WORDS = {
    "class": ("class",),
    "purpose": ("support",),
    "mode": ("count.mode", "mode"),
    "kind": ("count.kind",),
    "level": ("count.level",),
    "form": ("count.form",),
    "basis": ("count.basis",),
    "grade": ("count.grade",),
}
_MOST_IDS = 12


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


def label(told: Count, cell: Cell, lang: Lang) -> list[str]:
    """The names of a cell, one for each dimension."""
    return [called(value, by, lang) for value, by in zip(cell.key, told.question.by, strict=True)]


def called(value: str, by: str, lang: Lang) -> str:
    """How a value of a dimension is called."""
    if value in (UNKNOWN, UNDATED, "not said", "unspecified", "direct"):
        return word({UNKNOWN: "nobody", UNDATED: "undated"}.get(value, f"count.{value}"), lang)
    if by in ("month", "year"):
        return dates.said(value, lang)
    parts = value.split(" + ")
    if by in _PARTIES:
        return printable(" + ".join(name(part, lang) for part in parts))
    families = _WORDS.get(by, ())
    keys = [next((f"{family}.{part}" for family in families if has(f"{family}.{part}")), "") for part in parts]
    return " + ".join(word(key, lang) if key else printable(part) for key, part in zip(keys, parts, strict=True))


def bounds(figure: Figure, lang: Lang) -> str:
    """A figure with its bounds in one cell: "5", "5 (3–9)", "≥ 3", "≤ 9", "?" where no step has a figure; "+2?" for two that have none."""
    if figure.low is None:
        return "?"
    return f"{_within(figure.low, figure.best, figure.high, lang)}{f' +{figure.unknown}?' if figure.unknown else ''}"


def _within(low: float, best: float | None, high: float | None, lang: Lang) -> str:
    least, most = amount(low, lang), amount(high, lang)
    if best is None:
        return f"≥ {least}" if high is None else f"≤ {most}" if not low else f"{least}–{most}"
    said = amount(best, lang)
    if high is None:
        return f"≥ {least}" if best == low else f"{said} (≥ {least})"
    return said if least == most else f"{said} ({least}–{most})"


def amount(value: float | None, lang: Lang, empty: str = "?") -> str:
    """Millions with one decimal; two digits of what is smaller."""
    if value is None:
        return empty
    scaled = value / _MILLION
    return figures.number(round(scaled, 1) if abs(scaled) >= 1 else float(f"{scaled:.2g}"), lang)


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


def bounds_of(line: Line, lang: Lang) -> str:
    """What a line adds: as a figure of one step."""
    value = line.value
    return "?" if value is None else _within(value.low or 0.0, value.best, value.high, lang)


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
