"""The ledger as one page of HTML: nothing loaded from elsewhere, no script, every line open to the article's words."""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import version
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from markupsafe import Markup

from vientro.publish import atomic, phrases
from vientro.publish.dates import said
from vientro.publish.figures import number
from vientro.publish.lines import blocks, reasons, types, voice
from vientro.publish.quote import quote
from vientro.publish.safe import printable
from vientro.publish.words import told_by, word

if TYPE_CHECKING:
    from pathlib import Path

    from vientro.publish.book import Book
    from vientro.publish.lines import Block, Line, Witness
    from vientro.publish.words import Lang

_TONES = {
    "given": ("delivered", "partly delivered", "resumed"),
    "promised": ("pledged", "approved", "ordered"),
    "halted": ("suspended", "weighed", "opposed"),
    "denied": ("refused", "declined", "blocked", "cancelled"),
    "punished": ("sanctioned", "eased"),
}
_TONE_OF = {state: tone for tone, states in _TONES.items() for state in states}


def write(path: Path, book: Book, lang: Lang) -> None:
    """Put the page at `path`: the whole of it, or nothing where it can't be written (OSError)."""
    atomic.write(path, html(book, lang).encode("utf-8"))


def tone(state: str) -> str:
    """The colour of a state: given, promised, halted, denied, punished; "" for none."""
    return _TONE_OF.get(state, "")


def html(book: Book, lang: Lang) -> str:
    """The page; the same bytes for the same ledger."""
    style = _file("page.css")
    environment = Environment(autoescape=True, finalize=_harmless, trim_blocks=False)
    return environment.from_string(_file("page.html")).render(
        lang=lang,
        version=version("vientro"),
        style=Markup(style),  # noqa: S704  our own file
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        w=lambda key, *values: word(key, lang, *values),
        counts=_counts(book, lang),
        newest=phrases.newest(book, lang),
        sections=_sections(book, lang),
        kinds=types(book),
        rejects=[phrases.left_out(reason, ids, lang) for reason, ids in reasons(book)],
        reject_count=number(len(book.rejects), lang),
        footer=_footer(book, lang),
    )


def _file(name: str) -> str:
    return (files("vientro.publish") / "page" / name).read_text("utf-8")


def _harmless(value: Any) -> Any:
    return value if isinstance(value, Markup) else printable(str(value))


def _counts(book: Book, lang: Lang) -> list[tuple[str, str]]:
    counts = {
        "articles": book.read,
        "claims": len(book.claims),
        "steps": len(book.ledger.steps),
        "deals": len(book.ledger.deals),
        "rejects": len(book.rejects),
    }
    return [(key, number(count, lang)) for key, count in counts.items()]


def _footer(book: Book, lang: Lang) -> str:
    readers = sorted({claim.reader for claim in book.claims.values() if claim.reader})
    return f"vientro {version('vientro')}" + (f" · {word('reader', lang, ', '.join(readers))}" if readers else "")


def _sections(book: Book, lang: Lang) -> list[dict[str, Any]]:
    """Sections of cards, the cards by the year of their newest line."""
    found = []
    for name, of_section in groupby(blocks(book), key=lambda block: block.section):
        cards = list(of_section)
        years = [(year, [_card(card, lang) for card in of_year]) for year, of_year in groupby(cards, key=lambda card: _year(card, lang))]
        found.append({"name": name, "count": number(len(cards), lang), "years": years})
    return found


def _year(block: Block, lang: Lang) -> str:
    return block.newest[:4] or word("undated", lang)


def _card(block: Block, lang: Lang) -> dict[str, Any]:
    return {
        "id": block.deal.id if block.deal else "",
        "who": phrases.deal(block, lang),
        "state": phrases.state(block, lang),
        "tone": "halted" if phrases.unconfirmed(block) else tone(block.deal.state) if block.deal else "",
        "lines": [_line(line, lang) for line in block.lines],
    }


def _line(line: Line, lang: Lang) -> dict[str, Any]:
    return {
        "id": line.step.id,
        "when": phrases.when(line, lang),
        "late": not line.step.date,
        "who": phrases.who(line.step, lang),
        "act": phrases.act(line.step, lang),
        "what": phrases.what(line.step, lang),
        "terms": phrases.terms(line.step, lang),
        "by": phrases.by(line, lang),
        "origins": phrases.origins(line, lang),
        "flags": phrases.flags(line, lang),
        "conflicts": phrases.conflicts(line, lang),
        "quotes": [_quote(witness, lang) for witness in line.witnesses],
    }


def _quote(witness: Witness, lang: Lang) -> dict[str, Any]:
    article = witness.article
    day = article.published and said(article.published[:10], lang)
    return {
        "pieces": quote(article, witness.claim),
        "by": word("by", lang, told_by(voice(witness), lang)),
        "title": article.title or word("page.no title", lang),
        "published": word("page.published", lang, day) if day else word("page.undated", lang),
        "url": article.url if (article.url or "").startswith(("https://", "http://")) else "",
    }
