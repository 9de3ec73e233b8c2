"""The ledger as a table in a terminal, and the summary below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from vientro.publish import phrases
from vientro.publish.lines import blocks, follows, reasons, types
from vientro.publish.quote import quote
from vientro.publish.safe import printable
from vientro.publish.words import word

if TYPE_CHECKING:
    from rich.console import RenderableType

    from vientro.ledger.follow import Follow
    from vientro.publish.book import Book
    from vientro.publish.lines import Block, Line
    from vientro.publish.words import Lang

_WHEN = 16
_STATE_STYLE = {
    "delivered": "green", "partly delivered": "green", "resumed": "green", "approved": "cyan", "ordered": "cyan", "pledged": "cyan",
    "suspended": "yellow", "cancelled": "red", "refused": "red", "blocked": "red", "declined": "red", "sanctioned": "magenta",
}  # fmt: skip


def _heads(lang: Lang) -> RenderableType:
    cells = (word(f"column.{name}", lang) for name in ("when", "who", "what", "state"))
    return _row(*(Text(cell, style="bold underline") for cell in cells))


def ledger(book: Book, lang: Lang, limit: int | None = None) -> RenderableType:
    """All lines by section, at most `limit` of them."""
    shown: list[RenderableType] = [_heads(lang)]
    left, hidden, section, became = limit, 0, "", follows(book)
    for block in blocks(book):
        lines = block.lines if left is None else block.lines[: max(left, 0)]
        hidden += len(block.lines) - len(lines)
        left = None if left is None else left - len(lines)
        if not lines:
            continue
        if block.section != section:
            section = block.section
            shown += [
                Text(),
                Rule(Text(word(f"section.{section}", lang), style="bold"), align="left", characters="─", style="dim"),
                _note(section, lang),
            ]
        shown.append(_block(block, lines, lang, became.get(block.deal.id) if block.deal else None))
    if not section:
        shown = [Text(word("summary.none", lang))]
    if hidden:
        shown.append(Text("\n" + word("summary.more", lang, hidden), style="dim"))
    return Group(*shown)


def summary(book: Book, lang: Lang) -> RenderableType:
    """How much was read, what was found in it, and what was left out and why."""
    counts = (
        ("articles", book.read), ("claims", len(book.claims)), ("steps", len(book.ledger.steps)), ("deals", len(book.ledger.deals)),
        ("rejects", len(book.rejects)),
    )  # fmt: skip
    shown: list[RenderableType] = [Text(), Rule(Text(word("summary", lang), style="bold"), align="left", characters="─", style="dim")]
    shown.append(
        Text(" · ".join(f"{count:,} {word(f'summary.{key}', lang)}".replace(",", "." if lang == "vi" else ",") for key, count in counts))
    )
    if book.shown is not None:
        shown.append(Text(word("summary.chosen", lang, len(book.shown), len(book.ledger.steps))))
    if book.claims:
        by_type = ", ".join(f"{word(f'type.{kind}', lang)} {count}" for kind, count in types(book))
        shown.append(Text(f"{word('summary.by type', lang)}: {by_type}"))
    shown.append(Text(phrases.newest(book, lang)))
    if book.rejects:
        shown.append(Text(f"{word('summary.reasons', lang)}:"))
        shown += [Text(f"  {printable(phrases.left_out(reason, ids, lang))}") for reason, ids in reasons(book)]
    return Group(*shown)


def _note(section: str, lang: Lang) -> RenderableType:
    return Text(word(f"note.{section}", lang), style="dim italic")


def _block(block: Block, lines: tuple[Line, ...], lang: Lang, became: Follow | None) -> RenderableType:
    state = phrases.state(block, lang)
    style = _STATE_STYLE.get(block.deal.state, "") if block.deal else ""
    shown: list[RenderableType] = []
    for line in lines:
        cells = (
            Text(phrases.when(line, lang), style="cyan"),
            Text(phrases.who(line.step, lang), style="bold"),
            _what(line, lang),
            Text(state, style=style),
        )
        shown += [_row(*map(_harmless, cells)), Padding(Group(*_source(line, lang)), (0, 0, 0, _WHEN + 1))]
        state = ""
    if became and block.section == "support" and (said := phrases.progress(became, lang)):
        shown.append(Padding(_harmless(Text(f"→ {' · '.join(said)}", style="cyan")), (0, 0, 0, _WHEN + 1)))
    return Padding(Group(*shown), (1, 0, 0, 0))


def _row(*cells: RenderableType) -> Table:
    """A row of its own, so that what belongs to it can stand below it in the full width; all rows have the same columns."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=_WHEN)
    for ratio in (3, 4, 2):
        table.add_column(ratio=ratio)
    table.add_row(*cells)
    return table


def _what(line: Line, lang: Lang) -> Text:
    said = Text(phrases.act(line.step, lang), style="yellow" if line.section == "alleged" else "")
    what = phrases.what(line.step, lang)
    if what:
        said.append(": ").append(what, style="bold")
    return said.append("".join(f" · {term}" for term in phrases.terms(line.step, lang)))


def _source(line: Line, lang: Lang) -> list[RenderableType]:
    evidence = "".join(piece.text for piece in quote(line.witnesses[0].article, line.witnesses[0].claim) if piece.mark)
    return [
        _harmless(Text(f"{phrases.by(line, lang)} · {phrases.origins(line, lang)}")),
        *(
            [Text(f"! {'; '.join(flags)}", style="yellow")]
            if (flags := [f"{said} ({flag})" for flag, said in phrases.flags(line, lang)])
            else []
        ),
        *(_harmless(Text(f"≠ {said}", style="yellow")) for said in phrases.conflicts(line, lang)),
        *([Text(f"⊃ {said}", style="cyan")] if (said := phrases.inside(line, lang)) else []),
        *(_harmless(Text(f"✓ {said}", style="green")) for said in phrases.ruled(line, lang)),
        _harmless(Text(f"“{evidence}”", style="dim")),
    ]


def _harmless(text: Text) -> Text:
    """The same text, its characters that a terminal would obey as spaces; none is added or lost, so that the styles stay in place."""
    text.plain = printable(text.plain)
    return text
