"""The life of one deal: its acts in order, what became of it, who says so, and why each report was put where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.publish import dates, phrases
from vientro.publish.lines import blocks, follows, voice
from vientro.publish.quote import quote
from vientro.publish.records import line_record
from vientro.publish.safe import printable
from vientro.publish.words import has, told_by, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.ledger.follow import Follow
    from vientro.model.ledger import Deal
    from vientro.publish.book import Book
    from vientro.publish.lines import Line, Witness
    from vientro.publish.words import Lang


@dataclass(frozen=True, slots=True)
class Life:
    """A deal, the id it was asked for by, and a ledger of which its acts alone are shown.

    `id` is that of the deal; `deal` is None where none of its acts counts or moves it, as with what is only alleged. `asked` differs where
    that id was merged away, or is the id of an act.
    """

    id: str
    asked: str
    deal: Deal | None
    book: Book

    @property
    def lines(self) -> list[Line]:
        """Its acts in order of time."""
        found = [line for block in blocks(self.book) for line in block.lines]
        place = {step: number for number, step in enumerate(self.deal.steps if self.deal else ())}
        return sorted(found, key=lambda line: (place.get(line.step.id, len(place)), line.step.date or line.published or "~", line.step.id))

    @property
    def became(self) -> Follow | None:
        return follows(self.book).get(self.id)


def text(life: Life, lang: Lang, *, why: bool = False) -> str:
    """The life for a terminal; with `why`, what put each report where it stands."""
    return "".join(f"{printable(row)}\n" for row in _rows(life, lang, why=why))


def _rows(life: Life, lang: Lang, *, why: bool) -> Iterator[str]:
    lines = life.lines
    givers, recipients = (life.deal.givers, life.deal.recipients) if life.deal else ((), ())
    both = word("for", lang, phrases.names(givers, lang), phrases.names(recipients, lang)) if givers and recipients else ""
    yield f"{both or phrases.who(lines[0].step, lang)} [{life.id}]"
    if life.asked != life.id:
        yield "  " + word("life.asked", lang, life.asked)
    yield "  " + _state(life, lines, lang)
    if life.became and (said := phrases.progress(life.became, lang)):
        yield "  → " + " · ".join(said)
    for line in lines:
        yield ""
        yield f"{phrases.when(line, lang)}  {phrases.deed(line.step, lang, line.step.state or '')} [{line.step.id}]"
        yield from ("  " + said for said in _told(line, lang))
        for witness in line.witnesses:
            yield from ("  " + said for said in _witness(witness, life, lang, why=why))


def _state(life: Life, lines: list[Line], lang: Lang) -> str:
    if life.deal is None:
        return word("life.stateless", lang)
    said = word(f"state.{life.deal.state}", lang)
    said = word("unconfirmed", lang, said) if all("Q5" in line.step.flags for line in lines) else said
    since = f" ({dates.said(life.deal.since, lang)})" if life.deal.since else ""
    return f"{said}{since} · {phrases.counted('page.steps', len(lines), lang)} · {phrases.newest(life.book, lang)}"


def _told(line: Line, lang: Lang) -> Iterator[str]:
    if terms := phrases.terms(line.step, lang):
        yield " · ".join(terms)
    yield phrases.origins(line, lang)
    yield from (f"! {flag}: {said}" for flag, said in phrases.flags(line, lang))
    yield from (f"≠ {said}" for said in phrases.conflicts(line, lang))
    if inside := phrases.inside(line, lang):
        yield f"⊃ {inside}"
    yield from (f"✓ {said}" for said in phrases.ruled(line, lang))


def _witness(witness: Witness, life: Life, lang: Lang, *, why: bool) -> Iterator[str]:
    article, claim = witness.article, witness.claim
    day = dates.said(article.published[:10] if article.published else None, lang)
    evidence = "".join(piece.text for piece in quote(article, claim) if piece.mark)
    yield f"- {word('by', lang, told_by(voice(witness), lang))}, {day}: “{evidence}”"
    if why:
        reasons = life.book.links[claim.id].why
        yield from (f"    {claim.id}: {reason(one, lang)}" for one in reasons or [word("life.alone", lang)])


def reason(one: str, lang: Lang) -> str:
    """One line of Link.why: "step of c-1: amount same, type same", "fits s-2 too"."""
    level, _, rest = one.partition(" of ")
    if rest and has(f"why.{level}"):
        other, _, features = rest.partition(": ")
        return word(f"why.{level}", lang, other, features)
    return word("why.fits", lang, one.split()[1]) if one.startswith("fits ") else one


def record(life: Life) -> dict[str, Any]:
    """The life for programs; `why` of a claim is in the words of the table of features (link/weights.tsv)."""
    state = life.deal.state if life.deal else None
    lines = []
    for line in life.lines:
        made = line_record(line, state)
        made["claims"] = [
            told
            | {
                "chain": msgspec.to_builtins(one.claim.chain),
                "origin": life.book.links[one.claim.id].origin,
                "why": list(life.book.links[one.claim.id].why),
            }
            for told, one in zip(made["claims"], line.witnesses, strict=True)
        ]
        lines.append(made)
    return {
        "id": life.id,
        "asked": life.asked,
        "deal": msgspec.to_builtins(life.deal),
        "follow": msgspec.to_builtins(life.became),
        "newest": life.book.newest,
        "steps": lines,
    }
