"""The noun phrases of actors: offices and organs with the state, the person or the firm that they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vientro.model.mention import Actor
from vientro.reading import persons
from vientro.reading.actor_heads import BEFORE_NAME, COUNTED, VERB, Headed
from vientro.reading.phrases import one_of
from vientro.reading.terms import Term, beside, codes, korean_families, state_names

if TYPE_CHECKING:
    import datetime

    from vientro.model.mention import ActorKind
    from vientro.reading.lexicon import Hit

_MEMBERSHIP = (" ", " của ", " trong ", " thuộc ", " thuộc khối ", " trong khối ", " khối ")
_ALIAS = re.compile(r" ?\(([\w .&/-]{2,40})\)")
_RANK = re.compile(r"(?<!\w)(?:phó|quyền|tân|nữ|đương kim) \Z", re.IGNORECASE)
_RANK_ENDS = frozenset(["hó", "ền", "ân", "nữ", "im"])
_REMIT = re.compile(r" (?:về|phụ trách|chuyên trách|đặc trách) ([^\n.;:\"()]{3,80})")
_SEVERAL = "hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nhiều|một số|một loạt|hàng loạt|hàng chục|hàng trăm"
_COUNT = re.compile(
    rf"(?<!\w)(?:{_SEVERAL}|các|những|một|vài|một vài|một nhóm|nhóm|"
    r"(?:(?:gần|hơn|trên|khoảng|thêm|ít nhất|tổng cộng|cả) )?\d{1,4}) \Z",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<!\w)(?:{_SEVERAL}|\d{{1,4}}) \Z", re.IGNORECASE)
_AT = re.compile(rf"(?:(?<!\w){one_of(beside('at'))}|(?<![\"']),) \Z", re.IGNORECASE)
_COUNTRIES = re.compile(r"(?:nước|quốc gia|nước thành viên|quốc gia thành viên)\Z", re.IGNORECASE)
_OTHERS = re.compile(r" (?:thành viên|đối tác|khác|trong khu vực|trên thế giới|lớn)\b")
_FEW = re.compile(r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|vài|một vài|1?\d) \Z", re.IGNORECASE)
_KOREA = ("KP", "KR")
_SYLLABLE = re.compile(r" - [a-z]{2,6}(?!\w)")  # the second half of a given name: "Kim Yong - nam"
_NEAR = 250  # characters before "nước này" in which the state that it means is named


@dataclass(slots=True)
class NounPhrases:
    """One pass over the terms of a folded text, which are in order and disjoint."""

    text: str
    terms: list[Hit[Term]]
    day: datetime.date | None
    found: list[Actor] = field(default_factory=list)
    linkable: set[int] = field(default_factory=set)
    memory: persons.Memory = field(default_factory=persons.Memory)
    heads: dict[str, Actor] = field(default_factory=dict)

    def read(self) -> list[Actor]:
        """The actors, with persons named again linked to where they are named in full."""
        k = 0
        while k < len(self.terms):
            k = self._phrase(k)
        return self.memory.again(self.text, self.found, self.linkable)

    def _phrase(self, k: int) -> int:
        """Read the actor that begins at term `k`; the index of the first term that is not part of it."""
        hit = self.terms[k]
        role = hit.value.role
        if role in ("organ", "office"):
            if hit.value.counted and not self.numbered(hit.start):
                return k + 1
            start = hit.start
            if role == "office" and self.text[max(0, start - 3) : start - 1].lower() in _RANK_ENDS:
                rank = _RANK.search(self.text, max(0, start - 11), start)
                start = rank.start() if rank else start
            return Headed(self, k, start, former=False).read()
        if role == "former" and self.gap(k) == " " and self.terms[k + 1].value.role == "office":
            return Headed(self, k + 1, hit.start, former=True).read()
        if role == "person":
            self._person(k)
        elif role in ("name", "capital", "short"):
            return self._name(k)
        return k + 1

    def _name(self, k: int) -> int:
        hit = self.terms[k]
        term = hit.value
        if term.guard == "members":
            owner = self.members(k)
            if owner is not None:
                stop, after = self.alias(owner, self.terms[owner].value.code)
                self.add(hit.start, stop, "", "members", self.member_code(hit.start, owner))
                return after
            if term.kind == "members":
                self._countries(k)
                return k + 1
        stop, after = self.alias(k, term.code)
        if term.kind == "organ" and stop == hit.stop and self.gap(k) in (" ", " của ") and self.terms[k + 1].value.code == term.code:
            stop, after = self.alias(k + 1, term.code)
        self.add(hit.start, stop, term.name, term.kind, term.code)
        return after

    def _countries(self, k: int) -> None:
        """Nobody in particular, but so many: "hơn 20 nước khác"."""
        hit = self.terms[k]
        if _COUNTRIES.match(self.text, hit.start, hit.stop) and self.numbered(hit.start):
            others = _OTHERS.match(self.text, hit.stop)
            self.add(hit.start, others.end() if others else hit.stop, "", "other", None)

    def _person(self, k: int) -> None:
        """A person known by name, without an office before it."""
        hit = self.terms[k]
        title = persons.honorific(self.text, hit.start)
        known = title is not None or hit.value.alone or self.text[hit.start : hit.stop] in self.memory.full
        if not known or not self._whole(k):
            return
        stint = persons.holder(hit.value.stints, self.day)
        self.memory.add(stint.name, stint.code, listed=True)
        self.add(hit.start if title is None else title, hit.stop, stint.name, "person", stint.code)

    def _whole(self, k: int) -> bool:
        """Whether a name is not a part of a longer one: "Melania Trump"."""
        start = self.terms[k].start
        before = persons.word_before(self.text, start)
        return not before[:1].isupper() or (k > 0 and self.terms[k - 1].stop == start - 1) or persons.is_syllable(before)

    def gap(self, k: int) -> str:
        """The text between term `k` and the next; a line break stands for none and for a long one."""
        if k + 1 >= len(self.terms) or self.terms[k + 1].start - self.terms[k].stop > 80:
            return "\n"
        return self.text[self.terms[k].stop : self.terms[k + 1].start]

    def members(self, k: int) -> int | None:
        """The index of the organisation of whose members the term `k` speaks."""
        if self.gap(k) not in _MEMBERSHIP:
            return None
        return k + 1 if f"{self.terms[k + 1].value.code}-STATES" in codes() else None

    def member_code(self, start: int, owner: int) -> str | None:
        """The code of the members of an organisation; None for a few of them ("4 thành viên EU")."""
        few = _FEW.search(self.text, max(0, start - 12), start)
        return None if few else f"{self.terms[owner].value.code}-STATES"

    def alias(self, k: int, code: str | None) -> tuple[int, int]:
        """The end of term `k` with a bracketed second name of the same actor, and the index of the term after it."""
        stop = self.terms[k].stop
        match = _ALIAS.match(self.text, stop) if "(" in self.text[stop : stop + 2] else None
        if match is None:
            return stop, k + 1
        if k + 1 < len(self.terms) and self.terms[k + 1].start < match.end():
            inner = self.terms[k + 1]
            same = (inner.start, inner.stop) == match.span(1) and inner.value.code == code
            return (match.end(), k + 2) if same else (stop, k + 1)
        return (match.end(), k + 1) if match[1].isupper() and " " not in match[1] else (stop, k + 1)

    def numbered(self, start: int) -> bool:
        """Whether a number stands before a place: "hơn 100 tổ chức"."""
        return _NUMBER.search(self.text, max(0, start - 14), start) is not None

    def apposed(self, start: int) -> tuple[int, str] | None:
        """Where the person begins whose name stands before an office ("Sarah Sanders, thư ký báo chí Nhà Trắng"), and the name."""
        counted = _COUNT.search(self.text, max(0, start - 14), start)
        start = counted.start() if counted else start
        if self.text[start - 2 : start] != ", ":
            return None
        spans = [m.span() for m in persons.NAME.finditer(self.text, max(0, start - 60), start - 2)]
        if not spans or spans[-1][1] != start - 2 or (self.found and self.found[-1].stop > spans[-1][0]):
            return None
        begin, stop = spans[-1]
        words = self.text[begin:stop].split()
        if words[0] in beside("opening"):
            begin += len(words[0]) + 1
            words = words[1:]
        if len(words) < 2 or _AT.search(self.text, max(0, begin - 14), begin):
            return None
        title = persons.honorific(self.text, begin)
        return (begin if title is None else title), " ".join(words)

    def written(self, stop: int, after: int, code: str | None = None) -> tuple[int, int] | None:
        """The span of a capitalised name that follows an office, up to the first term from `after` on that names no person."""
        match = BEFORE_NAME.match(self.text, stop)
        while after < len(self.terms) and self.terms[after].value.role in ("person", "short"):
            after += 1
        limit = self.terms[after].start if after < len(self.terms) else len(self.text)
        span = persons.written(self.text, match.end(), limit) if match else None
        if span and (rest := _SYLLABLE.match(self.text, span[1], limit)):
            family = self.text[span[0] : span[1]].split()[0]
            return (span[0], rest.end()) if code in _KOREA or (code is None and family in korean_families()) else span
        return span

    def remit(self, stop: int) -> int | None:
        """Where what an office is charged with ends before a name: "Thứ trưởng Nga phụ trách kiểm soát vũ khí Sergei Ryabkov"."""
        match = _REMIT.match(self.text, stop)
        words = match[1].split(" ") if match else []
        common = next((k for k, word in enumerate(words) if not word.islower()), 0)
        said = " ".join(words[:common])
        named = match and common and words[common][:1].isupper() and VERB.search(said) is None and said[-1] != ","
        return match.start(1) + len(said) if match and named else None

    def this_state(self, start: int) -> str | None:
        """The code of "nước này" before `start`, if it can be but one state."""
        near: set[str] = set()
        for actor in reversed(self.found):
            if start - actor.stop > _NEAR:
                break
            if actor.code in state_names():
                near.add(actor.code or "")
        return near.pop() if len(near) == 1 else None

    def skip(self, k: int, stop: int) -> int:
        """The index of the first term from `k` on that begins at `stop` or later."""
        while k < len(self.terms) and self.terms[k].start < stop:
            k += 1
        return k

    def add(self, start: int, stop: int, name: str, kind: ActorKind, code: str | None, *, link: bool = False) -> Actor:
        """Add an actor. Without a proper name its words are its name, with the count before them ("hai hãng dầu Nga")."""
        if not name and (kind == "person" or (kind in COUNTED and code is None)):
            counted = _COUNT.search(self.text, max(0, start - 14), start)
            start = counted.start() if counted and (not self.found or self.found[-1].stop <= counted.start()) else start
        text = self.text[start:stop]
        actor = Actor(start, stop, text, name or text, kind, code)
        if link:
            self.linkable.add(len(self.found))
        self.found.append(actor)
        return actor
