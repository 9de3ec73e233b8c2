"""Who can act: states, organisations, their organs and leaders, groups, movements, firms, parties, outlets, persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from vientro.model.mention import Actor
from vientro.reading import homographs, persons
from vientro.reading.lexicon import Hit, Lexicon, lower
from vientro.reading.terms import Term, codes, entries
from vientro.reading.text import fold

if TYPE_CHECKING:
    import datetime

    from vientro.model.mention import ActorKind
    from vientro.reading.terms import Stint

__all__ = ["entries", "find_actors", "resolve"]

_JOINT = re.compile(r" (?:của |ở |thuộc |trong |và |phía )?\Z")
# Words of a proper name between a head and the state's name: "Cục Hàng không Liên bang Mỹ"; it begins with a capital and holds no verb.
_PROPER = re.compile(r" (?=[^\W\d_a-zà-ỹ])[\w -]{2,70} \Z")
_NO_PROPER = re.compile(
    r"\b(?:đã|sẽ|đang|cho|tại|ở|với|là|có|bị|được|nói|từ|trong|khi|ngày|hôm|vào|đến|tới|yêu cầu|cảnh báo|kêu gọi|tuyên bố|thông qua|mua|bán|gửi|viện trợ|"
    r"tấn công|đối với|do|nhằm|ra|lên|mở|trước|sau|giữa|gặp|thăm|theo|không|muốn|cùng|như|này|đó|ông|bà|rằng|nhận|giúp|cấp|tài trợ|hỗ trợ|bàn giao|thắng|thua|đấu)\b"
)
_POSTED = re.compile(r"sứ|lãnh sự|đại diện|phái|tùy viên|đại biện")
_POST = re.compile(r" (?:tại|ở|về|bên cạnh|cạnh|phụ trách|của) \Z")
_ALIAS = re.compile(r" ?\(([\w .&/-]{2,40})\)")
_TO_NAME = re.compile(
    r"(?: (?:đắc cử|khi đó|lúc đó|khi ấy|lúc bấy giờ|đương nhiệm|mới|sắp mãn nhiệm|tạm quyền|lâm thời))?(?:,? (?:ông|bà))?,? ?\Z|(?: -)? (?:ông |bà )?\Z"
)
_BEFORE_NAME = re.compile(r"(?: (?:đắc cử|khi đó|lúc đó|đương nhiệm|tạm quyền|lâm thời))?(?:,? (?:ông|bà))? ")
_BEFORE = re.compile(r"([\w'-]+) \Z")
_AFTERWORD = re.compile(r" (?:giấu tên|cấp cao|ẩn danh|hàng đầu)\b")
_COUNT = re.compile(
    r"(?:(?<!\w)(?:các|những|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nhiều|một số|một loạt|hàng loạt|vài|một vài|một nhóm|nhóm|hàng chục|hàng trăm|(?:(?:gần|hơn|khoảng|thêm) )?\d{1,4}) )\Z",
    re.IGNORECASE,
)
_FEW = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|vài|một vài|1?\d) \Z", re.IGNORECASE)
_HONOR = re.compile(r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Nn]gài) \Z")
_COUNTED: frozenset[ActorKind] = frozenset({"person", "members", "firm", "party", "outlet", "armed", "other"})
_BLANK: frozenset[ActorKind] = frozenset({"firm", "party", "outlet", "armed", "other"})
_END = frozenset(".!?\n;:,")
_LINK = 400  # characters within which "Bộ Quốc phòng" alone is the one last named with its state


@cache
def _lexicon() -> Lexicon[Term]:
    return Lexicon(entries())


def find_actors(text: str, day: datetime.date | None = None) -> list[Actor]:
    """Actors of a text in order, disjoint, with offsets into it. `day` is that of publication: it tells who held an office."""
    folded = fold(text)
    found = []
    for actor in resolve(folded.text, list(_lexicon().find(folded.text)), day):
        start, stop = folded.raw(actor.start), folded.raw(actor.stop)
        found.append(replace(actor, start=start, stop=stop, text=text[start:stop]))
    return found


def resolve(text: str, hits: list[Hit[Term]] | list[Hit[object]], day: datetime.date | None = None) -> list[Actor]:
    """Actors of a folded text from the automaton's hits (those of other lexicons are passed over), in order and disjoint."""
    reader = _Reader(text, homographs.clear(text, _disjoint(hits)), day)
    place = 0
    while place < len(reader.terms):
        place = reader.phrase(place)
    return _again(text, reader.found, reader.met)


def _disjoint(hits: list[Hit[Term]] | list[Hit[object]]) -> list[Hit[Term]]:
    """Leftmost-longest; of two terms at one span what is somebody beats what only looks so."""
    kept: list[Hit[Term]] = []
    for hit in hits:
        term = hit.value
        if not isinstance(term, Term):
            continue
        if kept and hit.start < kept[-1].stop:
            if (hit.start, hit.stop) == (kept[-1].start, kept[-1].stop) and kept[-1].value.role in ("lookalike", "modifier"):
                kept[-1] = Hit(hit.start, hit.stop, term)
            continue
        kept.append(Hit(hit.start, hit.stop, term))
    return kept


@dataclass(slots=True)
class _Met:
    """A person or an organ met in the text: canonical name and code."""

    name: str
    code: str | None
    kind: ActorKind
    place: int


@dataclass(slots=True)
class _Reader:
    """One pass over the terms of a text; `met` remembers persons by the words that may name them again."""

    text: str
    terms: list[Hit[Term]]
    day: datetime.date | None
    found: list[Actor] = field(default_factory=list)
    met: dict[str, _Met] = field(default_factory=dict)
    heads: dict[str, _Met] = field(default_factory=dict)

    def phrase(self, k: int) -> int:
        """Read the actor that begins at term `k`; give the index of the next term that is not part of it."""
        hit = self.terms[k]
        role = hit.value.role
        if role in ("organ", "office"):
            return self._headed(k, hit.start, former=False)
        if role == "former":
            nxt = self._next(k)
            if nxt is not None and self.terms[nxt].value.role == "office" and self._gap(k, nxt) == " ":
                return self._headed(nxt, hit.start, former=True)
            return k + 1
        if role == "person":
            self._person(k, hit.start)
        elif role in ("name", "capital", "short"):
            return self._named(k)
        return k + 1

    def _named(self, k: int) -> int:
        hit = self.terms[k]
        term = hit.value
        if term.guard == "members":
            owner = self._members(k)
            if owner is not None:
                stop, after = self._alias(owner, self.terms[owner].value.code)
                self._add(hit.start, stop, "", "members", self._member_code(hit.start, owner))
                return after
            if term.kind == "members":
                return k + 1
        stop, after = self._alias(k, term.code)
        if term.kind == "organ" and stop == hit.stop:
            nxt = self._next(k)
            if nxt is not None and self.terms[nxt].value.code == term.code and self._gap(k, nxt) in (" ", " của "):
                stop, after = self._alias(nxt, term.code)
        self._add(hit.start, stop, term.name, term.kind, term.code)
        return after

    def _members(self, k: int) -> int | None:
        """The organisation whose members the head at `k` speaks of."""
        nxt = self._next(k)
        if nxt is None or self._gap(k, nxt) not in (" ", " của ", " trong ", " thuộc ", " thuộc khối ", " trong khối "):
            return None
        return nxt if f"{self.terms[nxt].value.code}-STATES" in codes() else None

    def _member_code(self, start: int, owner: int) -> str | None:
        few = _FEW.search(self.text, max(0, start - 12), start)
        return None if few else f"{self.terms[owner].value.code}-STATES"

    def _headed(self, k: int, start: int, *, former: bool) -> int:
        """An office or organ with what follows: "Thứ trưởng Ngoại giao Nga Sergei Ryabkov"."""
        first = self.terms[k].value
        kind, counts, owner, j = first.kind, first.counts and not former, None, k
        free = first.free
        stop = self.terms[k].stop
        while owner is None:
            nxt = self._next(j)
            if nxt is None:
                break
            term, gap = self.terms[nxt].value, self._gap(j, nxt)
            if not (_JOINT.fullmatch(gap) and (gap != " và " or term.role == "modifier")):
                if not (free and term.kind in ("state", "organisation") and _PROPER.fullmatch(gap) and not _NO_PROPER.search(gap)):
                    break
                if any(ch in _END for ch in gap):
                    break
            if term.role == "modifier":
                pass
            elif term.role in ("organ", "office"):
                if kind == "organ" and term.role == "office" and gap != " ":
                    break
                counts = counts and term.counts and (term.holds or kind != "person")
                free = free or term.free
            elif term.role == "former":
                counts = counts and kind != "person"
            elif (term.role == "person" and gap in (" ", " của ")) or term.role in ("name", "capital", "short"):
                if term.guard == "members" and (kind != "person" or (term.kind == "members" and self._members(nxt) is None)):
                    break
                owner = nxt
            j = nxt
            stop = self.terms[j].stop
        if owner is None:
            return self._ownerless(k, j, start, stop, kind, counts=counts)
        return self._owned(k, owner, start, kind, counts=counts)

    def _owned(self, k: int, owner: int, start: int, kind: ActorKind, *, counts: bool) -> int:
        term = self.terms[owner].value
        stop, after = self.terms[owner].stop, owner + 1
        head = lower(self.text[self.terms[k].start : self.terms[k].stop])
        code, name = term.code, ""
        blank = term.kind in _BLANK and term.role == "name"
        if term.guard == "members":
            members = self._members(owner)
            if members is not None:
                code, stop, after = self._member_code(self.terms[owner].start, members), self.terms[members].stop, members + 1
        if term.role == "person":
            stint = persons.holder(term.stints, self.day, head)
            code, name = stint.code, stint.name if kind == "person" else ""
            stop = self._meet(owner, stint, counts=counts)
        else:
            if _POSTED.search(head):
                stop, after = self._post(owner, stop, after)
            else:
                stop, after = self._alias(after - 1, code) if after == owner + 1 else (stop, after)
                blank = False
        if blank:
            kind = term.kind if kind in ("organ", term.kind) else kind
            name, code = term.name if kind == term.kind else "", None
        if kind in _BLANK:
            code = None
            nxt = self.terms[after] if after < len(self.terms) else None
            if nxt and nxt.value.kind == kind and nxt.value.role == "name" and self.text[stop : nxt.start] == " ":
                name, stop, after = nxt.value.name, nxt.stop, after + 1
            elif kind == "firm" and not name:
                span = persons.run(self.text, stop + 1, nxt.start if nxt else len(self.text)) if self.text[stop : stop + 1] == " " else None
                if span:
                    name, stop = self.text[span[0] : span[1]], span[1]
        code = code if counts else None
        if kind == "person" and term.role != "person":
            return self._office_holder(start, stop, after, code, head, counts=counts)
        self._add(start, stop, name, kind, code)
        self.heads[head] = _Met(name, code, kind, start)
        return after

    def _office_holder(self, start: int, stop: int, after: int, code: str | None, head: str, *, counts: bool) -> int:
        """The name after an office and its state, if there is one."""
        nxt = self.terms[after] if after < len(self.terms) else None
        if nxt and nxt.value.role == "person" and _TO_NAME.fullmatch(self.text, stop, nxt.start):
            stint = persons.holder(nxt.value.stints, self.day, head, code)
            if code is None and counts:
                code = stint.code
            stop = self._meet(after, stint, counts=counts, code=code)
            self._add(start, stop, stint.name, "person", code)
            self.heads[head] = _Met(stint.name, code, "person", start)
            return after + 1
        span = self._written(stop, nxt.start if nxt else len(self.text))
        if span:
            name = self.text[span[0] : span[1]]
            self._learn(name, code)
            self._add(start, span[1], name, "person", code)
            self.heads[head] = _Met(name, code, "person", start)
            return self._skip(after, span[1])
        found = _AFTERWORD.match(self.text, stop)
        self._add(start, found.end() if found else stop, "", "person", code)
        self.heads[head] = _Met("", code, "person", start)
        return after

    def _ownerless(self, k: int, j: int, start: int, stop: int, kind: ActorKind, *, counts: bool) -> int:
        """An office or organ without a state: "Bộ trưởng Umerov" by name, else the one last named with its state."""
        head = lower(self.text[self.terms[k].start : self.terms[k].stop])
        if kind == "person":
            nxt = self.terms[j + 1] if j + 1 < len(self.terms) else None
            span = self._written(stop, nxt.start if nxt else len(self.text))
            if span:
                name = self.text[span[0] : span[1]]
                self._add(start, span[1], name, "person", None)
                if " " in name:
                    self._learn(name, None)
                return self._skip(j + 1, span[1])
        last = self.heads.get(head)
        if last and start - last.place < _LINK:
            self._add(start, stop, last.name, kind, last.code)
        elif kind in ("person", "organ", "armed"):
            self._add(start, stop, "", kind, None)
        elif kind in _BLANK:
            nxt = self.terms[j + 1] if j + 1 < len(self.terms) else None
            if nxt is None or nxt.start > stop + 1:
                span = persons.run(self.text, stop + 1, nxt.start if nxt else len(self.text)) if self.text[stop : stop + 1] == " " else None
                if span and kind in ("firm", "outlet"):
                    self._add(start, span[1], self.text[span[0] : span[1]], kind, None)
                elif kind == "party" and not self.terms[k].value.free:
                    self._add(start, stop, "", kind, None)
        return j + 1

    def _person(self, k: int, start: int) -> None:
        """A person named without an office, known by name."""
        hit = self.terms[k]
        honored = _HONOR.search(self.text, max(0, start - 5), start)
        if not (hit.value.alone or honored) or not self._whole(k):
            return
        stint = persons.holder(hit.value.stints, self.day)
        stop = self._meet(k, stint, counts=True)
        self._add(honored.start() if honored else start, stop, stint.name, "person", stint.code)

    def _whole(self, k: int) -> bool:
        """Whether the name is not a part of a longer one: "Melania Trump"."""
        hit = self.terms[k]
        before = _BEFORE.search(self.text, max(0, hit.start - 24), hit.start)
        if before and before[1][0].isupper() and not (k and self.terms[k - 1].stop == hit.start - 1):
            return persons.is_syllable(before[1])
        return True

    def _meet(self, k: int, stint: Stint, *, counts: bool, code: str | None = None) -> int:
        """Remember a person of the lexicon under the last word of the name."""
        code = code or (stint.code if counts else None)
        for key in persons.keys(stint.name):
            self.met.setdefault(key, _Met(stint.name, code, "person", k))
        return self.terms[k].stop

    def _learn(self, name: str, code: str | None) -> None:
        for key in persons.keys(name):
            met = self.met.get(key)
            if met is None or (met.code is None and code is not None):
                self.met[key] = _Met(name, code, "person", 0)

    def _written(self, stop: int, limit: int) -> tuple[int, int] | None:
        """A capitalised name that follows an office."""
        match = _BEFORE_NAME.match(self.text, stop)
        if match is None:
            return None
        return persons.run(self.text, match.end(), limit)

    def _post(self, owner: int, stop: int, after: int) -> tuple[int, int]:
        """Where a diplomat is posted: "Đại sứ Nga tại Mỹ" is of Russia. It is part of the phrase."""
        nxt = self._next(after - 1)
        if nxt is None or self.terms[nxt].value.role not in ("name", "capital") or not _POST.fullmatch(self._gap(after - 1, nxt)):
            return stop, after
        return self._alias(nxt, self.terms[nxt].value.code)

    def _alias(self, k: int, code: str | None) -> tuple[int, int]:
        """End of the term with a bracketed second name of the same actor, and the index of the term after it."""
        stop = self.terms[k].stop
        match = _ALIAS.match(self.text, stop)
        if match is None:
            return stop, k + 1
        nxt = self.terms[k + 1] if k + 1 < len(self.terms) else None
        if nxt is not None and nxt.start < match.end():
            if nxt.start != match.start(1) or nxt.stop != match.end(1) or nxt.value.code != code:
                return stop, k + 1
            return match.end(), k + 2
        return (match.end(), k + 1) if match[1].isupper() and " " not in match[1] else (stop, k + 1)

    def _skip(self, k: int, stop: int) -> int:
        while k < len(self.terms) and self.terms[k].start < stop:
            k += 1
        return k

    def _next(self, k: int) -> int | None:
        return k + 1 if k + 1 < len(self.terms) else None

    def _gap(self, a: int, b: int) -> str:
        return self.text[self.terms[a].stop : self.terms[b].start] if self.terms[b].start - self.terms[a].stop < 80 else "\n"

    def _add(self, start: int, stop: int, name: str, kind: ActorKind, code: str | None) -> None:
        if kind in _COUNTED and code is None or (kind == "person" and not name):
            counted = _COUNT.search(self.text, max(0, start - 14), start)
            if counted and not (kind == "person" and name):
                start = counted.start()
        text = self.text[start:stop]
        self.found.append(Actor(start, stop, text, name or text, kind, code))


def _again(text: str, found: list[Actor], met: dict[str, _Met]) -> list[Actor]:
    """Persons named again, or with an honorific only: linked to the fuller mention wherever it stands in the text."""
    linked = [_link(actor, met) for actor in found]
    spans: list[Actor] = []
    places = iter([*linked, None])
    nxt = next(places)
    for match in _names(text, met):
        while nxt is not None and nxt.stop <= match.start:
            spans.append(nxt)
            nxt = next(places)
        if nxt is None or match.stop <= nxt.start:
            if not spans or spans[-1].stop <= match.start:
                spans.append(match)
    while nxt is not None:
        spans.append(nxt)
        nxt = next(places)
    return spans


def _link(actor: Actor, met: dict[str, _Met]) -> Actor:
    if actor.kind != "person" or actor.code is not None:
        return actor
    known = met.get(actor.name)
    if known is None or known.code is None or known.name == actor.name:
        return actor
    return replace(actor, name=known.name, code=known.code)


def _names(text: str, met: dict[str, _Met]) -> list[Actor]:
    found = []
    for match in persons.NAME.finditer(text):
        span = persons.run(text, *match.span())
        if span is None:
            continue
        start, stop = span
        name = text[start:stop]
        honored = _HONOR.search(text, max(0, start - 5), start)
        known = met.get(name)
        if known is None and not honored:
            continue
        if not honored and (len(name) < 4 or persons.is_syllable(name)):
            continue
        begin = honored.start() if honored else start
        person = known or _Met(name, None, "person", start)
        found.append(Actor(begin, stop, text[begin:stop], person.name, "person", person.code))
    return found
