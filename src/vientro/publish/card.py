"""The answer to a sentence in words: as text for a terminal, as a Markdown card, as a record for programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote as percent

import msgspec

from vientro.ledger.check import RELATIONS
from vientro.publish import dates, figures, phrases
from vientro.publish.lines import voice
from vientro.publish.quote import quote
from vientro.publish.records import line_record
from vientro.publish.safe import printable
from vientro.publish.words import name, word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vientro.ledger.check import Verdict
    from vientro.ledger.lookup import Coverage
    from vientro.ledger.slots import Slot
    from vientro.model.claim import Claim
    from vientro.publish.answer import Answer, Finding
    from vientro.publish.lines import Line, Witness
    from vientro.publish.words import Lang

Kind = Literal["agrees", "lacks", "differs", "otherwise", "silent"]
_MARKS = {"supported": "✓", "contradicted": "✗", "not found": "?"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~:@])")
_MOST_ARTICLES = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the answer, how deep it stands, and the address it may link to."""

    text: str
    depth: int = 0
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A value of a sentence against the sources: its mark, what it is, what was said, what the sources say of it (why they differ in
    brackets), who says the same, and what others say instead, with who says so."""

    mark: str
    called: str
    said: str
    status: str
    by: str
    otherwise: tuple[str, ...]


def text(answer: Answer, lang: Lang) -> str:
    """The answer for a terminal: what the articles say can't steer it."""
    return "".join(f"{'  ' * row.depth}{printable(row.text)}\n" if row.text else "\n" for row in rows(answer, lang))


def markdown(answer: Answer, lang: Lang) -> str:
    """The answer as a card in Markdown: every sign of the articles and of the sentence that Markdown or HTML would obey is escaped."""
    out = [f"## {_escaped(word('check.title', lang))}\n"]
    for row in rows(answer, lang):
        if not row.text:
            out.append("")
            continue
        said = _escaped(row.text)
        if row.url:
            said = f"{said} ([{_escaped(word('page.link', lang))}](<{percent(row.url, safe=_URL)}>))"
        out.append(f"**{said}**\n" if row.depth == 0 else f"{'  ' * (row.depth - 1)}- {said}")
    return "\n".join(out) + "\n"


_URL = ":/?#[]@!$&'*+,;=%~-._"


def _escaped(said: str) -> str:
    return _SPECIAL.sub(r"\\\1", printable(said)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


def rows(answer: Answer, lang: Lang) -> list[Row]:
    """Everything that is shown, in order."""
    out = [Row(f"“{' '.join(answer.article.text.split())}”"), Row("")]
    if not answer.findings:
        out.append(Row(word("check.no claim", lang)))
    silent = next((place for place, finding in enumerate(answer.findings) if not finding.verdict.found), None)
    for place, finding in enumerate(answer.findings):
        head = _head(finding, answer, lang, whole=place == silent)
        out += [*head, *_slots(finding, lang), *_matches(finding, lang), *_near(finding, lang), Row("")]
    out += [Row(said, 1) for said in phrases.unread(answer.unread, lang)]
    if silent is None:
        out.append(Row(word("check.read", lang, read(answer.coverage, lang)), 1))
    out.append(Row(down(answer.coverage.sources_down, lang), 1))
    out.append(Row(word("check.careful", lang), 1))
    return out


def read(coverage: Coverage, lang: Lang) -> str:
    """How much was read, of which days: what silence rests on (Q8)."""
    if not coverage.first or not coverage.last:
        return word("check.articles undated", lang, figures.number(coverage.articles + coverage.undated, lang))
    span = dates.said(coverage.first, lang), dates.said(coverage.last, lang)
    counts = (figures.number(count, lang) for count in (coverage.articles, coverage.days, coverage.outlets))
    said = word("check.articles", lang, *counts, *span)
    return said + (word("check.undated", lang, figures.number(coverage.undated, lang)) if coverage.undated else "")


def down(sources: Sequence[str] | None, lang: Lang) -> str:
    """Which of the watched sources could not be reached in the days read (Q8)."""
    if sources is None:
        return word("check.down", lang)
    return word("check.down which", lang, ", ".join(sources)) if sources else word("check.down none", lang)


def _head(finding: Finding, answer: Answer, lang: Lang, *, whole: bool) -> list[Row]:
    """What is asked and how many tell of it. The first silence says in `whole` what was read, and no other place of the answer again."""
    verdict = finding.verdict
    head = [Row(read_as(verdict.claim, lang))]
    if verdict.claim.confidence < answer.threshold:
        head.append(Row(word("check.unsure", lang), 1))
    if not verdict.found:
        silence = (
            word("check.not published" if answer.published else "check.not found", lang, read(answer.coverage, lang))
            if whole
            else word("check.nor found", lang)
        )
        days = finding.around if finding.around != answer.coverage else None
        around = [Row(word("check.around", lang, read(days, lang)), 1)] if days else []
        return [*head, Row(silence, 1), *around]
    return [*head, Row(f"{in_short(verdict, lang)} {behind(finding, lang)}", 1)]


def kind(verdict: Verdict) -> Kind:
    """How a claim stands against the sources: by its worst part."""
    statuses = {slot.status for slot in verdict.slots}
    if not verdict.found:
        return "silent"
    if any(slot.name == "act" and slot.status == "contradicted" for slot in verdict.slots):
        return "otherwise"
    return "differs" if "contradicted" in statuses else "lacks" if "not found" in statuses else "agrees"


def in_short(verdict: Verdict, lang: Lang) -> str:
    """The answer in one plain sentence: "Có trong nguồn, nhưng nguồn nói khác về số lượng:"."""
    found = kind(verdict)
    wanted = {"differs": "contradicted", "lacks": "not found"}.get(found)
    names = dict.fromkeys(word(f"slot.{slot.name}", lang) for slot in verdict.slots if slot.status == wanted)
    return word(f"check.{found}", lang, ", ".join(names))


def behind(finding: Finding, lang: Lang) -> str:
    """How many tell of it: "2 nguồn, 3 bài.". Where one article has several voices, their number would be taken for that of reports."""
    matches = finding.verdict.matches
    origins = len({origin for match in matches for origin in finding.origins[match.step].values()})
    articles = len({one.article.id for match in matches for one in finding.lines[match.step].witnesses})
    said = phrases.counted("articles", articles, lang)
    return f"{said}." if origins > articles else f"{phrases.counted('origins', origins, lang)}, {said}."


def read_as(claim: Claim, lang: Lang) -> str:
    """What was read in a sentence: "Na Uy → Moldova: bàn giao · 5 × radar"."""
    return f"{_who(claim, lang)}: {_act(claim, lang)}"


def _who(claim: Claim, lang: Lang) -> str:
    sides = ([role.value for role in slot] for slot in (claim.actors, claim.recipients or claim.addressees))
    return " → ".join(phrases.names(values, lang) or word("nobody", lang) for values in sides)


def _act(claim: Claim, lang: Lang) -> str:
    things = [figures.item(item, lang) for item in claim.items] + [figures.money(money, lang) for money in claim.amounts]
    parts = [_kind(claim, lang), "; ".join(things), dates.said(claim.date, lang) if claim.date else ""]
    return " · ".join(part for part in parts if part)


def _kind(claim: Claim, lang: Lang) -> str:
    """The kind of act, and how real it is said to be: "bàn giao · bị bác bỏ"."""
    return word(f"type.{claim.type}", lang) + ("" if claim.modality == "actual" else f" · {word(f'modality.{claim.modality}', lang)}")


def _slots(finding: Finding, lang: Lang) -> list[Row]:
    if not finding.verdict.found:
        return []
    out = [Row(word("check.slots", lang), 1)]
    for part in parts(finding, lang):
        out.append(Row(f"{part.mark} {part.called}: {part.said} — {part.status}{f', {part.by}' if part.by else ''}", 2))
        out += [Row(f"≠ {told}", 3) for told in part.otherwise]
    return out


def parts(finding: Finding, lang: Lang) -> list[Part]:
    """The values of a sentence, each against the sources."""
    witnesses = {one.claim.id: one for match in finding.verdict.matches for one in finding.lines[match.step].witnesses}
    found = []
    for slot in finding.verdict.slots:
        causes = [word(f"cause.{cause}", lang) for cause in slot.causes if cause != "disputed"]
        found.append(
            Part(
                _MARKS[slot.status],
                word(f"slot.{slot.name}", lang),
                value(finding.verdict.claim, slot, lang),
                word(f"status.{slot.status}", lang) + (f" ({', '.join(causes)})" if causes else ""),
                word("by", lang, _voices(slot.by, witnesses)) if slot.by else "",
                tuple(_otherwise(slot, witnesses, lang)) if slot.against else (),
            )
        )
    return found


def value(claim: Claim, slot: Slot, lang: Lang) -> str:
    """A value of a claim in words."""
    if slot.name == "act":
        return _kind(claim, lang)
    if slot.name == "sum":
        return figures.money(claim.amounts[slot.place], lang)
    if slot.name in ("item", "quantity"):
        item = claim.items[slot.place]
        return figures.count(item.quantity, lang) if slot.name == "quantity" and item.quantity else figures.called(item, lang)
    if slot.name in ("date", "due", "horizon"):
        return dates.said({"date": claim.date, "due": claim.due, "horizon": claim.horizon}[slot.name], lang)
    if slot.name in ("support", "mode"):
        return word(f"{slot.name}.{claim.support if slot.name == 'support' else claim.mode}", lang)
    roles = {"actor": claim.actors, "recipient": claim.recipients, "addressee": claim.addressees}
    return name(claim.speaker.value if slot.name == "speaker" and claim.speaker else roles[slot.name][slot.place].value, lang)


def _otherwise(slot: Slot, witnesses: dict[str, Witness], lang: Lang) -> list[str]:
    """What others say instead, each once, with who says so."""
    told: dict[str, list[str]] = {}
    for id_ in slot.against:
        if id_ in witnesses:
            told.setdefault(_instead(witnesses[id_].claim, slot, lang), []).append(id_)
    return [f"{said} ({word('by', lang, _voices(ids, witnesses))})" for said, ids in told.items() if said]


def _instead(claim: Claim, slot: Slot, lang: Lang) -> str:
    kinds = {"actor": claim.actors, "recipient": claim.recipients, "addressee": claim.addressees}
    if slot.name in kinds:
        return phrases.names([role.value for role in kinds[slot.name]], lang)
    if slot.name == "sum":
        return "; ".join(figures.money(money, lang) for money in claim.amounts)
    if slot.name in ("item", "quantity"):
        return "; ".join(figures.item(item, lang) for item in claim.items)
    return value(claim, slot, lang)


def _voices(ids: Sequence[str], witnesses: dict[str, Witness]) -> str:
    voices = list(dict.fromkeys(voice(witnesses[id_]) for id_ in ids if id_ in witnesses))
    return "; ".join(voices[:3]) + ("; …" if len(voices) > 3 else "")


def _matches(finding: Finding, lang: Lang) -> list[Row]:
    out = [Row(word("check.matches", lang), 1)] if finding.verdict.matches else []
    for match in finding.verdict.matches:
        line = finding.lines[match.step]
        out.append(Row(f"{_line(line, finding, lang)} [{match.step}]", 2))
        out += [Row(f"! {said} ({flag})", 3) for flag, said in phrases.flags(line, lang)]
        out += [Row(f"≠ {said}", 3) for said in phrases.conflicts(line, lang)]
        for told in utterances(finding, line):
            out.append(Row(utterance(told, lang), 3))
            out += [_article(witness, lang) for witness in told[:_MOST_ARTICLES]]
    return out


def utterances(finding: Finding, line: Line) -> list[list[Witness]]:
    """The claims of a step by the origin behind them (Q7), the earliest told first."""
    found: dict[str, list[Witness]] = {}
    origins = finding.origins[line.step.id]
    for witness in sorted(line.witnesses, key=lambda one: (one.article.published or "~", one.claim.id)):
        found.setdefault(origins.get(witness.claim.id, witness.claim.id), []).append(witness)
    return list(found.values())


def utterance(told: Sequence[Witness], lang: Lang) -> str:
    """Who said something, through whom, in how many articles."""
    chain = next((one for one in told if one.claim.speaker or one.claim.chain), told[0])
    names = [source.name for source in reversed(chain.claim.chain)]
    if chain.claim.speaker and chain.claim.speaker.value not in names:
        names.append(chain.claim.speaker.value)
    said = word("check.said by", lang, " ← ".join(names)) if names else word("check.reported", lang)
    return f"{said} · {phrases.counted('articles', len(told), lang)}"


def _article(witness: Witness, lang: Lang) -> Row:
    article = witness.article
    printed = article.outlet or article.key.rpartition("/")[2]
    day = dates.said(article.published[:10], lang) if article.published else word("undated", lang)
    evidence = "".join(piece.text for piece in quote(article, witness.claim) if piece.mark)
    link = article.url if (article.url or "").startswith(("https://", "http://")) else None
    return Row(f"{printed}, {day}: “{evidence}”", 4, link)


def _line(line: Line, finding: Finding, lang: Lang) -> str:
    deal = finding.deals.get(line.step.deal)
    return f"{phrases.when(line, lang)} · {phrases.deed(line.step, lang, deal.state if deal else '')}"


def _near(finding: Finding, lang: Lang) -> list[Row]:
    out = []
    for relation in RELATIONS:
        steps = [one.step for one in finding.verdict.near if one.relation == relation]
        if steps:
            out.append(Row(word(f"relation.{relation}", lang), 1))
            out += [
                Row(f"{_line(finding.lines[step], finding, lang)} · {phrases.by(finding.lines[step], lang)} [{step}]", 2) for step in steps
            ]
        if relation == "line" and finding.verdict.rest:
            out.append(Row(word("more", lang, finding.verdict.rest), 2))
    return out


def record(answer: Answer) -> dict[str, Any]:
    """The answer for programs: codes, EDTF dates and sums as they are."""
    return {
        "sentence": answer.article.text,
        "on": answer.article.published,
        "found": answer.found,
        "coverage": msgspec.to_builtins(answer.coverage),
        "not_read": list(answer.unread),
        "claims": [{"unsure": one.verdict.claim.confidence < answer.threshold} | _finding(one) for one in answer.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    verdict = finding.verdict
    return {
        "claim": msgspec.to_builtins(verdict.claim),
        "found": verdict.found,
        "around": msgspec.to_builtins(finding.around),
        "slots": [_slot(verdict, slot) for slot in verdict.slots],
        "matches": [
            {"score": match.score, "why": list(match.why)}
            | line_record(finding.lines[match.step], _state(finding, match.step))
            | {"utterances": [_told(finding.origins[match.step], told) for told in utterances(finding, finding.lines[match.step])]}
            for match in verdict.matches
        ],
        "more_of_the_line": verdict.rest,
        "near": [{"relation": one.relation} | line_record(finding.lines[one.step], _state(finding, one.step)) for one in verdict.near],
    }


def _state(finding: Finding, step: str) -> Any:
    deal = finding.deals.get(finding.lines[step].step.deal)
    return deal.state if deal else None


def _slot(verdict: Verdict, slot: Slot) -> dict[str, Any]:
    """A value as said. Where nothing was found of the act there is nothing to hold it against, and its status is "not found"."""
    return {"said": value(verdict.claim, slot, "en"), "status": slot.status, **msgspec.to_builtins(slot)}


def _told(origins: Mapping[str, str], told: Sequence[Witness]) -> dict[str, Any]:
    first = next((one for one in told if one.claim.speaker or one.claim.chain), told[0])
    return {
        "origin": origins.get(told[0].claim.id),
        "speaker": first.claim.speaker.value if first.claim.speaker else None,
        "chain": [source.name for source in first.claim.chain],
        "outlets": list(dict.fromkeys(one.article.outlet for one in told if one.article.outlet)),
        "claims": [one.claim.id for one in told],
    }
