"""What looks like a state and is none: "anh" the pronoun, Nga the woman, Paris the place, Jordan the player."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vientro.reading.persons import is_syllable
from vientro.reading.terms import Term, given_names

if TYPE_CHECKING:
    from vientro.reading.lexicon import Hit

_PLACE = re.compile(
    r"(?:\b(?:tại|ở|thủ đô|thành phố|tp|tp\.|ngoại ô|vùng|tỉnh|bang|sân bay|trung tâm|quảng trường|đường phố|gần|quanh|khắp|đại học|quận|cảng) )\Z",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"(?:^|[^\w])(?:chị|anh|cô|bà|ông|bé|cậu|chú|dì|thím|mợ|thầy|thị|(?<!trẻ )(?<!anh )(?<!chị )em) \Z", re.IGNORECASE)
# What a person does at the head of a sentence that a state seldom does.
_PERSONAL = re.compile(
    r" (?:là|có|nói|kể|được|bị|cũng|từng|rất|muốn|làm|thường|chia sẻ|sống|mất|quyết|vẫn|luôn|đã|đang|sẽ|không|chưa|thấy|nghĩ|biết|yêu|cho biết|cho hay|"
    r"cho rằng|tin|thừa nhận|hy vọng|học|đi|về|đến|ra|lên|vào|cầm|mở|chạy|bước|nhìn|ngồi|đứng|cười|khóc|hát|viết|mới|chỉ|còn|ước|mong|nhớ|quê|sinh|tên|"
    r"vốn|bắt đầu|trở|gặp|cưới|xin|đưa|dành|giữ|ghi|chơi|đá|thi|giành|và (?:vợ|chị|em|bạn|gia đình))\b"
)
_PRONOUN = re.compile(r"(?<!\w)anh(?= (?!em\b|hùng\b|trai\b|đào\b|ninh\b)\w)")
_BEGIN = re.compile(r"(?:^|[.!?…:;\n\"'(\[*•-])[\s\"'(\[]*\Z")
_WORD_BEFORE = re.compile(r"([\w'-]+) \Z")
_WORD_AFTER = re.compile(r" ([\w'-]+)")


def clear(text: str, terms: list[Hit[Term]]) -> list[Hit[Term]]:
    """Terms of a folded text, in order and disjoint, without those that are words or names of another kind."""
    verdicts = [_verdict(text, terms, k) for k in range(len(terms))]
    named = {text[h.start : h.stop] for h, v in zip(terms, verdicts, strict=True) if v == "addressed"}
    named -= {text[h.start : h.stop] for k, h in enumerate(terms) if verdicts[k] == "state" and _led(text, terms, k)}
    british: bool | None = None
    kept = []
    for hit, verdict in zip(terms, verdicts, strict=True):
        if verdict == "unsure":
            if british is None:
                british = _british(text, terms, verdicts)
            if not british:
                continue
        elif verdict != "state" or text[hit.start : hit.stop] in named:
            continue
        kept.append(hit)
    return kept


def _verdict(text: str, terms: list[Hit[Term]], k: int) -> str:
    """state (or any other term that stands), addressed (a person's name after "chị"), unsure (a pronoun perhaps), none."""
    hit = terms[k]
    term = hit.value
    if term.role == "lookalike":
        return "none"
    if term.role == "short":
        return "state" if _led(text, terms, k) or _paired(text, terms, k) else "none"
    if not term.guard or term.role in ("organ", "office", "modifier", "former"):
        return "state"
    if term.role == "capital" and _PLACE.search(text, max(0, hit.start - 12), hit.start):
        return "none"
    if term.guard == "name":
        return _vietnamese(text, terms, k)
    return "state" if term.role == "person" or _western(text, terms, k) else "none"


def _vietnamese(text: str, terms: list[Hit[Term]], k: int) -> str:
    hit = terms[k]
    before, after = _before(text, hit.start), _after(text, hit.stop)
    led = _led(text, terms, k)
    opens = _opens(text, hit.start)
    single = " " not in text[hit.start : hit.stop]
    named = after and after[0].isupper() and not _begins(terms, k, hit.stop + 1) and is_syllable(after)
    if named and (single or not led) and (after in given_names() or not led):
        return "none"
    if led:
        return "state"
    if _ADDRESSED.search(text, max(0, hit.start - 6), hit.start):
        return "addressed"
    if before and before[0].isupper() and is_syllable(before):
        previous = _ends(terms, k, hit.start - 1)
        if previous is None and single:
            if not _opens(text, hit.start - 1 - len(before)) or before in given_names():
                return "none"
        elif previous is None:
            if before in given_names():
                return "none"
        elif previous.guard == "name" and previous.role == "name":
            return "none"
    if opens and text[hit.start : hit.stop] == "Anh" and _PERSONAL.match(text, hit.stop):
        return "unsure"
    return "state"


def _western(text: str, terms: list[Hit[Term]], k: int) -> bool:
    """Whether a name that others bear too stands free of other capitalised words."""
    hit = terms[k]
    before, after = _before(text, hit.start), _after(text, hit.stop)
    foreign = before and before[0].isupper() and before.upper() != before and not is_syllable(before)
    if foreign and _ends(terms, k, hit.start - 1) is None and not _led(text, terms, k):
        return False
    free = not after or not after[0].isupper() or is_syllable(after) or _begins(terms, k, hit.stop + 1) or after.upper() == after
    return free or hit.value.kind != "state" or _led(text, terms, k)


def _british(text: str, terms: list[Hit[Term]], verdicts: list[str]) -> bool:
    """Whether a text speaks of Britain: named elsewhere without doubt, and nobody in it is called "anh" unless a head of government is."""
    sure = [k for k, hit in enumerate(terms) if verdicts[k] == "state" and hit.value.code == "GB" and hit.value.role != "person"]
    if not sure:
        return False
    return any(_led(text, terms, k) for k in sure) or _PRONOUN.search(text) is None


def _led(text: str, terms: list[Hit[Term]], k: int) -> bool:
    """Whether an office, organ or modifier stands right before."""
    if k == 0 or terms[k - 1].stop + 1 != terms[k].start or text[terms[k - 1].stop] != " ":
        return False
    return terms[k - 1].value.role in ("organ", "office", "modifier")


def _paired(text: str, terms: list[Hit[Term]], k: int) -> bool:
    """Whether a dash ties it to another state."""
    for a, b in ((k - 1, k), (k, k + 1)):
        if a >= 0 and b < len(terms) and text[terms[a].stop : terms[b].start] in (" - ", "-", "/", " – "):
            other = terms[b if a == k else a].value
            if other.role == "short" or other.kind in ("state", "organisation"):
                return True
    return False


def _before(text: str, start: int) -> str:
    match = _WORD_BEFORE.search(text, max(0, start - 20), start)
    return match[1] if match else ""


def _after(text: str, stop: int) -> str:
    match = _WORD_AFTER.match(text, stop, stop + 24)
    return match[1] if match else ""


def _opens(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a part after a colon begins here."""
    return _BEGIN.search(text, max(0, start - 4), start) is not None if start else True


def _ends(terms: list[Hit[Term]], k: int, place: int) -> Term | None:
    return terms[k - 1].value if k and terms[k - 1].stop == place else None


def _begins(terms: list[Hit[Term]], k: int, place: int) -> bool:
    return k + 1 < len(terms) and terms[k + 1].start == place and terms[k + 1].value.role != "lookalike"
