"""One act as a sentence for a page, in the style of the house: when, who, what, for whom, and who says so."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vientro.lang.data import parse
from vientro.publish import english, figures, words
from vientro.publish.house import PLAIN, House
from vientro.publish.safe import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.ledger import Step
    from vientro.publish.lines import Line, Witness
    from vientro.publish.words import Lang

_MOST = 4  # parties named one by one
_SAYINGS = ("urge", "oppose", "request")  # whoever says so does it
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_VERB = re.compile(r"<([^|>]*)\|([^|>]*)>")
_OPEN = ("planned", "possible", "conditional")
_SLOT = re.compile(r"\{(\w+)\}")
_LEAST = re.compile(r"≥ (\S+)")


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in parse((files("vientro.publish") / "tagline.tsv").read_text("utf-8"), "tagline.tsv")}


def sentence(line: Line, lang: Lang, house: House = PLAIN, *, dated: bool = True) -> str:
    """The whole line: with its day unless that stands above it, and with whoever the articles say it is from."""
    step, told_by = line.step, speakers(line, house)
    told_by = english.speakers(told_by) if lang == "en" else told_by
    if told_by and not step.actors and step.type in _SAYINGS:
        step, told_by = replace(step, actors=(told_by,)), ""
    said = act(step, lang, house)
    if dated and step.date:
        said = _on(step.date, said, lang, house)
    if told_by and told_by not in step.actors:
        said = _fill("by", lang, said, told_by)
    return f"{said[:1].upper()}{said[1:]}."


def act(step: Step, lang: Lang, house: House = PLAIN) -> str:
    """What was done, without day and source: "Na Uy bàn giao 3 radar cho Moldova"."""
    actors = step.actors
    whom = _parties([code for code in step.recipients if code not in actors], lang, house)
    to = _parties([code for code in step.addressees if code not in actors and code not in step.recipients], lang, house)
    slots = {
        "who": _parties(actors, lang, house),
        "whom": whom,
        "to": to,
        "may": _may(step, lang),
        "give": house.styled(_give(step, lang)),
        "aid": house.styled(_aid(step, lang)),
        "things": house.styled(_things(step, lang)),
        "supply": house.styled(_fill("supply", lang, _things(step, lang)) if step.items else _aid(step, lang)),
        "hand": _word("hand.things" if step.items else "hand.sum" if step.sums else "hand.any", lang),
        "target": _parties(step.addressees, lang, house) or (_fill("against", lang, whom) if whom else _word("somebody", lang)),
    }
    passive = f"{step.type}.passive"
    key = passive if not actors and whom and passive in _table() else step.type
    slots["who"] = slots["who"] or _word("nobody", lang)
    said = _OPTIONAL.sub(lambda part: part[1] if all(slots[name] for name in _SLOT.findall(part[1])) else "", _table()[key][lang])
    said = _VERB.sub(lambda verb: verb[1 + (step.modality in _OPEN)], said)
    said = _SLOT.sub(lambda slot: slots[slot[1]], said)
    said += _word(step.modality, lang) if step.modality in ("denied", "conditional") else ""
    return " ".join(printable(said).split())


def speakers(line: Line, house: House = PLAIN) -> str:
    """Who says so by name, the fullest report first: people in the style of the house, papers under their own name."""
    named = (_speakers(one, house) for one in line.witnesses)
    return printable(next(filter(None, named), ""))


def outlets(line: Line) -> list[tuple[str, str]]:
    """The papers that tell of it and the address of the article, each paper once, the first to tell first."""
    found: dict[str, str] = {}
    for one in sorted(line.witnesses, key=lambda one: (one.article.published or "~", one.article.id)):
        name = one.article.outlet or one.article.key.rpartition("/")[2]
        url = one.article.url or ""
        found.setdefault(printable(name), url if url.startswith(("https://", "http://")) else "")
    return list(found.items())


def _speakers(witness: Witness, house: House) -> str:
    claim = witness.claim
    said = [house.styled(source.name) if source.kind != "outlet" else source.name for source in reversed(claim.chain)]
    if claim.speaker and claim.speaker.value not in (source.name for source in claim.chain):
        said.append(house.styled(claim.speaker.value))
    return " ← ".join(said)


def _on(edtf: str, said: str, lang: Lang, house: House) -> str:
    shown = house.day(edtf, lang)
    key = "on day" if shown[:1].isdigit() and edtf.count("-") in (2, 4) else "in month"
    return _fill(key, lang, shown[:1].upper() + shown[1:], said)


def _may(step: Step, lang: Lang) -> str:
    keys = [f"may.{key}" for key in (step.modality, step.scope) if f"may.{key}" in _table()]
    return " ".join(_word(key, lang) for key in keys)


def _kind(step: Step, lang: Lang) -> str:
    if f"kind.{step.mode}" in _table():
        return _word(f"kind.{step.mode}", lang)
    return _fill("kind", lang, words.word(f"support.{step.support}", lang)) if step.support else _word("kind.any", lang)


def _things(step: Step, lang: Lang) -> str:
    return _joined([_figure(figures.stock(stock, lang), lang) for stock in step.items], lang)


def _sum(step: Step, lang: Lang) -> str:
    return _figure(figures.total(step.sums[0], lang), lang) if step.sums else ""


def _aid(step: Step, lang: Lang) -> str:
    things, money, kind = _things(step, lang), _sum(step, lang), _kind(step, lang)
    paid = f"kind.{step.mode}" in _table()
    if things and money:
        return _fill("valued", lang, things, money) if paid else _fill("package", lang, kind, money, things)
    if money:
        return _fill("give sum" if paid else "sum", lang, kind, money)
    return things or kind


def _give(step: Step, lang: Lang) -> str:
    things, money = _things(step, lang), _sum(step, lang)
    if things or f"kind.{step.mode}" in _table():
        return _fill("provide", lang, _aid(step, lang))
    return _fill("give sum", lang, _kind(step, lang), money) if money else _kind(step, lang)


def _figure(said: str, lang: Lang) -> str:
    """A figure for a sentence: "ít nhất 4 xe tăng" and not "≥ 4 × xe tăng"."""
    return _LEAST.sub(lambda found: _fill("at least", lang, found[1]), said.replace(" × ", " "))


def _parties(codes: Sequence[str], lang: Lang, house: House) -> str:
    named = [house.styled(house.name(code, lang)) if code not in house.names else house.names[code] for code in codes]
    if len(named) > _MOST:
        named = [*named[: _MOST - 1], _fill("more", lang, len(named) - _MOST + 1)]
    return _joined(named, lang)


def _joined(parts: Sequence[str], lang: Lang) -> str:
    once = list(dict.fromkeys(parts))
    return _fill("and", lang, ", ".join(once[:-1]), once[-1]) if len(once) > 1 else "".join(once)


def _word(key: str, lang: Lang) -> str:
    return _table()[key][lang]


def _fill(key: str, lang: Lang, *values: object) -> str:
    return _word(key, lang).format(*values)
