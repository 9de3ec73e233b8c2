"""What looks like a state and is none: "anh" the pronoun, Nga the woman, Paris the place, Jordan the player."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vientro.reading.lexicon import Hit, lower
from vientro.reading.persons import is_syllable, word_before
from vientro.reading.phrases import one_of
from vientro.reading.terms import Term, beside, given_names, state_names

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["kept", "addressed", "pronoun", "word", "dropped"]

_PLACE = re.compile(rf"(?<!\w){one_of(beside('place'))} ?\Z", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"(?<!\w)(?:chị|anh|cô|bà|ông|bầu|bé|cậu|chú|dì|thím|mợ|thầy|thị|(?<!trẻ )(?<!anh )(?<!chị )em) \Z",
    re.IGNORECASE,
)
_ADDRESS_ENDS = frozenset(["chị", "anh", "ông", "bầu", "cậu", "chú", "hím", "hầy", "thị", "cô", "bà", "bé", "dì", "mợ", "em"])
# What a state does, and what only a person does, at the head of a sentence where "Anh" may be the pronoun.
_STATELY = re.compile(rf"(?:,| và| -| cùng)? {one_of(beside('state_act'))}\b")
_PERSONAL = re.compile(rf" (?:{one_of(beside('person_act'))}|\d+ tuổi)\b")
_PRONOUN = re.compile(r"(?<!\w)(?<!tiếng )anh(?!\w)(?! (?:em|hùng|trai|đào|ninh|chị)\b)")
_HEAD = re.compile(r"(?:^|[.!?…:;\n\"'(\[*•-])[\s\"'(\[]*\Z")
_WORD_AFTER = re.compile(r" ([\w'-]+)")
_PLAIN = frozenset({"name", "person", "organ", "office", "modifier", "former"})
_POSTS = (" tại ", " ở ")
_DASHES = (" - ", "-", "/")
_WITH = (*_DASHES, " và ", " với ", " cùng ")
# What a government does and a city does not: so the home capital is told from the place where most of the home news happens.
_DIPLOMATIC = re.compile(
    rf" (?:{one_of(beside('before_act'))} ){{0,2}}(?:{one_of(beside('government_act'))}|ủng hộ (?!người|đồng bào|Quỹ))\b"
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a text holds for and against Britain: an organ or office of it, its name within a sentence, another state abroad, "anh"."""

    led: bool
    named: bool
    abroad: bool
    called: bool

    def speaks_for(self, text: str, hit: Hit[Term]) -> bool:
        """Whether "Anh" at the head of a sentence is Britain."""
        if _PERSONAL.match(text, hit.stop):
            return False
        if self.led or self.called:
            return self.led
        line = hit.start == 0 or text[hit.start - 1] == "\n"
        return self.named or (line and self.abroad) or ((line or self.abroad) and _STATELY.match(text, hit.stop) is not None)


def clear(text: str, terms: Sequence[Hit[Term]]) -> list[Hit[Term]]:
    """Terms of a folded text, in order and disjoint, without those that are words or names of another kind."""
    verdicts: list[Verdict] = [
        "kept" if hit.value.role in _PLAIN and not hit.value.guard else _verdict(text, terms, k) for k, hit in enumerate(terms)
    ]
    certain = {hit.value.code for hit, verdict in zip(terms, verdicts, strict=True) if verdict == "kept" and hit.value.kind == "state"}
    addressed = {text[h.start : h.stop] for h, verdict in zip(terms, verdicts, strict=True) if verdict == "addressed"}
    if addressed:
        addressed -= {text[h.start : h.stop] for k, h in enumerate(terms) if verdicts[k] == "kept" and _led(text, terms, k)}
    evidence = _evidence(text, terms, verdicts) if "pronoun" in verdicts else None
    kept = []
    for hit, verdict in zip(terms, verdicts, strict=True):
        if verdict == "kept":
            if not addressed or text[hit.start : hit.stop] not in addressed:
                kept.append(_first_word(hit) if hit.value.role == "lookalike" else hit)
        elif verdict == "word" and hit.value.code in certain:
            kept.append(_first_word(hit))
        elif verdict == "pronoun" and evidence and evidence.speaks_for(text, hit):
            kept.append(hit)
    return kept


def _verdict(text: str, terms: Sequence[Hit[Term]], k: int) -> Verdict:
    """kept; addressed = a person's name after "chị"; pronoun or word = kept only if the rest of the text speaks for it; dropped."""
    hit = terms[k]
    term = hit.value
    if term.role == "lookalike":
        return "dropped" if term.code is None else "word" if _heads(text, hit.start) else "kept"
    if term.role == "short":
        if _led(text, terms, k) or _paired(text, terms, k):
            return "kept"
        return "word" if term.guard == "text" and not _flanked(text, terms, k) else "dropped"
    if term.role == "capital" and _PLACE.search(text, max(0, hit.start - 12), hit.start):
        return "dropped"
    if term.guard == "home":
        return "kept" if _paired(text, terms, k, _WITH) or _decides(text, hit) else "dropped"
    if term.guard == "members" and term.kind == "members" and _of_state(text, terms, k):
        return "dropped"
    if term.guard == "name":
        return _vietnamese(text, terms, k)
    if term.guard == "western" and not _western(text, terms, k):
        return "dropped"
    return "kept"


def _vietnamese(text: str, terms: Sequence[Hit[Term]], k: int) -> Verdict:
    """Whether a state's name that is a Vietnamese syllable too is part of a person's or a place's name."""
    hit = terms[k]
    before, after = word_before(text, hit.start), _after(text, hit.stop)
    led = _led(text, terms, k)
    single = " " not in text[hit.start : hit.stop]
    named = after[:1].isupper() and is_syllable(after) and not _begins(terms, k, hit.stop + 1)
    if named and (not led or (single and after in given_names())):
        return "dropped"
    if led:
        return "kept"
    if _addressed(text, hit.start):
        return "addressed"
    if before[:1].isupper() and is_syllable(before):
        previous = _ends(terms, k, hit.start - 1)
        if previous is not None:
            if previous.guard == "name":
                return "dropped"
        elif before in given_names() or (single and not _heads(text, hit.start - 1 - len(before))):
            return "dropped"
    if text[hit.start : hit.stop] == "Anh" and _heads(text, hit.start):
        known = _begins(terms, k, hit.stop + 1) and terms[k + 1].value.guard != "name" and terms[k + 1].value.role != "person"
        return "pronoun" if known or not after[:1].isupper() else "dropped"
    return "kept"


def _western(text: str, terms: Sequence[Hit[Term]], k: int) -> bool:
    """Whether a name that others bear too stands free of other capitalised words."""
    hit = terms[k]
    if _led(text, terms, k) or (
        k and text[terms[k - 1].stop : hit.start] in _POSTS and terms[k - 1].value.kind in ("state", "organisation")
    ):
        return True
    before, after = word_before(text, hit.start), _after(text, hit.stop)
    if _foreign(before) and _ends(terms, k, hit.start - 1) is None:
        return False
    return hit.value.kind != "state" or not _foreign(after) or _begins(terms, k, hit.stop + 1)


def _foreign(word: str) -> bool:
    """Whether a word is capitalised, no acronym and no Vietnamese syllable."""
    return word[:1].isupper() and word.upper() != word and not is_syllable(word)


def _evidence(text: str, terms: Sequence[Hit[Term]], verdicts: list[Verdict]) -> _Evidence:
    kept = [k for k, verdict in enumerate(verdicts) if verdict == "kept" and terms[k].value.code not in (None, "VN")]
    british = [k for k in kept if terms[k].value.code == "GB"]
    return _Evidence(
        led=any(terms[k].value.role == "person" or terms[k].value.kind == "organ" or _led(text, terms, k) for k in british),
        named=bool(british),
        abroad=len(kept) > len(british),
        called=_PRONOUN.search(text) is not None,
    )


def _first_word(hit: Hit[Term]) -> Hit[Term]:
    """The state that the first word of a lookalike names after all."""
    code = hit.value.code or ""
    word = hit.value.name.split()[0]
    return Hit(hit.start, hit.start + len(word), Term("name", state_names()[code], "state", code))


def _led(text: str, terms: Sequence[Hit[Term]], k: int) -> bool:
    """Whether an office, organ or modifier stands right before."""
    if k == 0 or terms[k - 1].stop + 1 != terms[k].start or text[terms[k - 1].stop] != " ":
        return False
    return terms[k - 1].value.role in ("organ", "office", "modifier")


def _paired(text: str, terms: Sequence[Hit[Term]], k: int, ties: Sequence[str] = _DASHES) -> bool:
    """Whether a dash, or another of `ties`, ties it to another state."""
    for a, b, other in ((k - 1, k, k - 1), (k, k + 1, k + 1)):
        if a >= 0 and b < len(terms) and text[terms[a].stop : terms[b].start] in ties:
            term = terms[other].value
            if (term.role == "short" or term.kind in ("state", "organisation")) and term.code != terms[k].value.code:
                return True
    return False


def _decides(text: str, hit: Hit[Term]) -> bool:
    """Whether it begins a clause and does what governments do."""
    begins = text[hit.start - 2 : hit.start] == ", " or _heads(text, hit.start)
    return begins and _DIPLOMATIC.match(text, hit.stop) is not None


def _flanked(text: str, terms: Sequence[Hit[Term]], k: int) -> bool:
    """Whether it is one word of a Vietnamese name, or follows what persons are addressed by."""
    hit = terms[k]
    before, after = word_before(text, hit.start), _after(text, hit.stop)
    if (after[:1].isupper() and not _begins(terms, k, hit.stop + 1)) or _addressed(text, hit.start):
        return True
    return before[:1].isupper() and _ends(terms, k, hit.start - 1) is None and not _heads(text, hit.start - 1 - len(before))


def _of_state(text: str, terms: Sequence[Hit[Term]], k: int) -> bool:
    """Whether "nước" or "quốc gia" only leads in the name of a state: "chính phủ nước Anh"."""
    return (
        k + 1 < len(terms)
        and terms[k + 1].value.kind == "state"
        and terms[k + 1].value.role == "name"
        and lower(text[terms[k].start : terms[k + 1].start]) in ("nước ", "quốc gia ")
    )


def _addressed(text: str, start: int) -> bool:
    """Whether a name at `start` follows what persons are addressed by."""
    end = text[max(0, start - 4) : start - 1].lower()  # a quick look first
    if end not in _ADDRESS_ENDS and end[-2:] not in _ADDRESS_ENDS:
        return False
    return _ADDRESSED.search(text, max(0, start - 8), start) is not None


def _after(text: str, stop: int) -> str:
    match = _WORD_AFTER.match(text, stop, stop + 24)
    return match[1] if match else ""


def _heads(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a part after a colon begins here."""
    return start == 0 or _HEAD.search(text, max(0, start - 4), start) is not None


def _ends(terms: Sequence[Hit[Term]], k: int, place: int) -> Term | None:
    return terms[k - 1].value if k and terms[k - 1].stop == place else None


def _begins(terms: Sequence[Hit[Term]], k: int, place: int) -> bool:
    return k + 1 < len(terms) and terms[k + 1].start == place and terms[k + 1].value.role != "lookalike"
