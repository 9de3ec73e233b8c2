"""Noun phrases that begin with an office or an organ: "Thứ trưởng Ngoại giao Nga Sergei Ryabkov"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vientro.reading import persons
from vientro.reading.lexicon import lower
from vientro.reading.phrases import one_of
from vientro.reading.terms import HOME, beside

if TYPE_CHECKING:
    from vientro.model.mention import ActorKind
    from vientro.reading.actor_phrases import NounPhrases

_PROPER = re.compile(r" ([^\W\d_])[\w -]{1,70} ")
VERB = re.compile(rf"\b{one_of(beside('verb'))}\b")
_POSTED = re.compile(r"sứ|lãnh sự|đại diện|phái|tùy viên|đại biện")
_POST = (" tại ", " ở ", " về ", " bên cạnh ", " cạnh ", " phụ trách ", " cho ")
_OF = (" của ", " thuộc ", " nước ", " của nước ", " quốc gia ", " Quốc gia ")
_PLURAL = (" các ", " của các ")
_AND_ALSO = (", ", " kiêm ")
_OF_PERSON = (" ông ", " bà ", " của ông ", " của bà ")
_THEN = (
    r"(?: (?:đắc cử|mới đắc cử|khi đó|lúc đó|khi ấy|đương nhiệm|mới|sắp mãn nhiệm|tạm quyền|lâm thời))?"
    r"(?:,? (?:là )?(?:ông|bà)| - (?:ông|bà))? "
)
BEFORE_NAME = re.compile(_THEN)
_SAME = frozenset(["phó ", "quyền ", "tân ", "nữ ", "đương kim ", "cựu ", "nguyên ", "cố "])
_THIS = re.compile(r" (?:nước|quốc gia|đảo quốc) này\b")
_AFTERWORD = re.compile(r" (?:giấu tên|cấp cao|ẩn danh|hàng đầu)\b")
_BLANK: frozenset[ActorKind] = frozenset({"firm", "party", "outlet", "armed", "other"})
COUNTED = _BLANK | {"members"}
_LONGEST = 12  # terms of one phrase
_LINK = 400  # characters within which "Bộ Quốc phòng" alone is the one last named with its state


@dataclass(slots=True)
class Headed:
    """A phrase that begins with an office or organ, at term `k`: "Thứ trưởng Ngoại giao Nga Sergei Ryabkov".

    `kind`: of what it begins with. `counts`: it counts as what it belongs to. `free`: words of a proper name may follow.
    `office`: an office stands inside it. `key`: the office or organ in lower case, without what it belongs to.
    """

    phrases: NounPhrases
    k: int
    start: int
    former: bool
    kind: ActorKind = "other"
    counts: bool = True
    free: bool = False
    office: bool = False
    key: str = ""

    def read(self) -> int:
        """Add the actor; the index of the first term that is not part of it."""
        terms = self.phrases.terms
        first = terms[self.k].value
        self.kind, self.counts, self.free = first.kind, first.counts and not self.former, first.free
        j = self.k
        simple: tuple[int, bool] | None = None  # where the first of several offices ends, if they turn out to have no state
        while j - self.k < _LONGEST and self._joined(j):
            term = terms[j + 1].value
            if term.role in ("name", "capital", "short", "person"):
                self.key = self._words(j)
                return self._owned(j + 1)
            if self.phrases.gap(j) in _AND_ALSO and simple is None:
                simple = j, self.counts
            if term.role in ("organ", "office"):
                self.counts = self.counts and term.counts and (term.holds or self.kind != "person")
                self.free = self.free or term.free
                self.office = term.role == "office"
            elif term.role == "former":
                self.counts = self.counts and self.kind != "person"
            j += 1
        if simple is not None:
            j, self.counts = simple
        self.key = self._words(j)
        return self._alone(j)

    def _joined(self, j: int) -> bool:
        """Whether the phrase goes on from term `j` to the next."""
        phrases, gap = self.phrases, self.phrases.gap(j)
        if gap == "\n":
            return False
        term = phrases.terms[j + 1].value
        if term.role in ("organ", "office"):
            if term.counted or (self.kind == "outlet" and term.kind != "outlet"):
                return False
            if gap in _AND_ALSO:
                return self.kind == "person" and term.role == "office"
            return gap == " " or gap in _OF or (gap in _PLURAL and term.role == "organ")
        if term.role == "modifier":
            return gap in (" ", " và ") or (self.free and _proper(gap, inside=j > self.k))
        if term.role == "former":
            return gap in (" ", *_OF) and phrases.gap(j + 1) == " " and phrases.terms[j + 2].value.role == "office"
        if term.role == "person":
            return gap in (" ", *_OF, *_OF_PERSON)
        if gap != " " and gap not in _OF:
            named = self.free and term.kind in ("state", "organisation") and _proper(gap, inside=j > self.k)
            return named and self._owns(j + 1)
        return self._owns(j + 1)

    def _words(self, j: int) -> str:
        terms = self.phrases.terms
        return lower(self.phrases.text[terms[self.k].start : terms[j].stop])

    def _owns(self, k: int) -> bool:
        """Whether the phrase can belong to the term `k`."""
        term = self.phrases.terms[k].value
        if term.guard == "members":
            return self.kind == "person" and (term.kind != "members" or self.phrases.members(k) is not None)
        return term.kind != "outlet" or self.kind in ("outlet", "person")

    def _owned(self, owner: int) -> int:
        """The phrase with what it belongs to, the term `owner`."""
        phrases, kind, counts = self.phrases, self.kind, self.counts
        term = phrases.terms[owner].value
        code, name, after, stop = term.code, "", owner + 1, phrases.terms[owner].stop
        blank = term.kind in _BLANK
        if term.guard == "members" and (organisation := phrases.members(owner)) is not None:
            code, blank = phrases.member_code(phrases.terms[owner].start, organisation), False
            stop, after = phrases.alias(organisation, phrases.terms[organisation].value.code)
        elif term.role == "person":
            stint = persons.holder(term.stints, phrases.day, self.key)
            code = stint.code if counts else None
            phrases.memory.add(stint.name, code, listed=True)
            if self._serves(stint.offices):
                return self._held(stop, after, code)
            name = stint.name if kind == "person" else ""
        else:
            stop, after = self._posted(owner) or phrases.alias(owner, code)
        if blank and kind in ("organ", term.kind):
            kind, name = term.kind, term.name
        if blank or not counts or kind in _BLANK:
            code = None
        if kind == "person" and term.role != "person":
            return self._held(stop, after, code)
        if self.office and term.role != "person" and (held := self._holder(stop, after)) is not None:
            stop, after = held
        if kind in _BLANK and not name:
            stop, after, name = self._bearer(stop, after, kind)
        self._add(stop, name, kind, code)
        return after

    def _serves(self, offices: tuple[str, ...]) -> bool:
        """Whether the name behind is of whom the office serves: "trợ lý Tổng thống Putin" is not Putin."""
        if self.kind != "person" or self.key in offices:
            return False
        below = next((self.key.removesuffix(office).removesuffix("của ") for office in offices if self.key.endswith(f" {office}")), "")
        return below != "" and below not in _SAME and not below.endswith((", ", "kiêm ", "và "))

    def _holder(self, stop: int, after: int) -> tuple[int, int] | None:
        """The name at the end of "chính quyền Tổng thống Mỹ Donald Trump"."""
        nxt = self.phrases.terms[after] if after < len(self.phrases.terms) else None
        return (nxt.stop, after + 1) if nxt and nxt.value.role == "person" and nxt.start == stop + 1 else None

    def _held(self, stop: int, after: int, code: str | None) -> int:
        """An office of a state with the name of who holds it, if it is told."""
        phrases = self.phrases
        named = self._named(stop, after, code)
        if named is None and (place := phrases.remit(stop)) is not None:
            named = self._named(place, phrases.skip(after, place), code)
        if named is not None:
            return named
        if apposed := phrases.apposed(self.start):
            self.start, name = apposed
            phrases.memory.add(name, code, listed=False)
            self._add(stop, name, "person", code)
            return after
        afterword = _AFTERWORD.match(phrases.text, stop)
        self._add(afterword.end() if afterword else stop, "", "person", code)
        return after

    def _named(self, stop: int, after: int, code: str | None) -> int | None:
        """Add the office with the name that stands at `stop`; None where none does."""
        phrases = self.phrases
        nxt = phrases.terms[after] if after < len(phrases.terms) else None
        known = nxt is not None and nxt.value.role == "person" and BEFORE_NAME.fullmatch(phrases.text, stop, nxt.start)
        span = None if known and nxt and nxt.value.alone else phrases.written(stop, after, code)
        if known and nxt and (span is None or span[1] <= nxt.stop):
            stint = persons.holder(nxt.value.stints, phrases.day, self.key, code)
            code = stint.code if code is None and self.counts else code
            phrases.memory.add(stint.name, code, listed=True)
            self._add(nxt.stop, stint.name, "person", code)
            return after + 1
        if span is None:
            return None
        name = phrases.text[span[0] : span[1]]
        phrases.memory.add(name, code, listed=False)
        self._add(span[1], name, "person", code)
        return phrases.skip(after, span[1])

    def _alone(self, j: int) -> int:
        """A phrase without a state: with a name ("Bộ trưởng Umerov"), else the one last named with its state, else bare."""
        phrases, stop, after, kind = self.phrases, self.phrases.terms[j].stop, j + 1, self.kind
        if kind in ("person", "organ") and (this := _THIS.match(phrases.text, stop)):
            code = phrases.this_state(self.start) if self.counts else None
            if kind == "person":
                return self._held(this.end(), phrases.skip(after, this.end()), code)
            if code is not None:
                self._add(this.end(), "", kind, code)
                return phrases.skip(after, this.end())
        if kind == "person":
            span = None if phrases.text[stop : stop + 1] == "," else phrases.written(stop, after)
            if span:
                name = phrases.text[span[0] : span[1]]
                code = self._rank_of(span[1]) or (HOME if self.counts and persons.is_home(name) else None)
                phrases.add(self.start, span[1], name, "person", code, link=self.counts)
                if " " in name and not self.former:
                    phrases.memory.add(name, code, listed=False)
                return phrases.skip(after, span[1])
            if apposed := phrases.apposed(self.start):
                phrases.memory.add(apposed[1], None, listed=False)
                phrases.add(apposed[0], stop, apposed[1], "person", None)
                return after
        elif kind in ("firm", "outlet"):
            end, nxt, name = self._bearer(stop, after, kind)
            if name and (kind == "outlet" or not persons.is_syllable(name.split()[0])):
                phrases.add(self.start, end, name, kind, None)
                return nxt
        if not phrases.terms[self.k].value.alone and not (kind in COUNTED and phrases.numbered(self.start)):
            return after
        last = phrases.heads.get(self.key)
        known = last is not None and self.start - last.stop < _LINK and self.counts
        phrases.add(self.start, stop, last.name if last and known else "", kind, last.code if last and known else None)
        return after

    def _rank_of(self, stop: int) -> str | None:
        """The code of the office right before, whose rank and name this tells: "Phát ngôn viên Lầu Năm Góc, tướng Pat Ryder,"."""
        phrases = self.phrases
        office = phrases.found[-1] if phrases.found else None
        if office is None or office.kind != "person" or office.name != office.text or office.code is None:
            return None
        apposed = office.stop == self.start - 2 and phrases.text[office.stop : self.start] == ", "
        return office.code if apposed and self.counts and phrases.text[stop : stop + 1] in ",." else None

    def _bearer(self, stop: int, after: int, kind: ActorKind) -> tuple[int, int, str]:
        """The proper name after "tập đoàn dầu khí Nga" or "hãng tin": end, index of the next term, name."""
        phrases = self.phrases
        if phrases.text[stop : stop + 1] != " ":
            return stop, after, ""
        nxt = phrases.terms[after] if after < len(phrases.terms) else None
        if nxt and nxt.start == stop + 1:
            same = nxt.value.kind == kind and nxt.value.role == "name"
            return (nxt.stop, after + 1, nxt.value.name) if same else (stop, after, "")
        span = persons.written(phrases.text, stop + 1, nxt.start if nxt else len(phrases.text)) if kind in ("firm", "outlet") else None
        return (span[1], after, phrases.text[span[0] : span[1]]) if span else (stop, after, "")

    def _posted(self, owner: int) -> tuple[int, int] | None:
        """Where a diplomat is posted is part of the phrase: "Đại sứ Nga tại Mỹ" is of Russia."""
        phrases = self.phrases
        if phrases.gap(owner) not in _POST or phrases.terms[owner + 1].value.role not in ("name", "capital"):
            return None
        if not _POSTED.search(self.key):
            return None
        return phrases.alias(owner + 1, phrases.terms[owner + 1].value.code)

    def _add(self, stop: int, name: str, kind: ActorKind, code: str | None) -> None:
        self.phrases.heads[self.key] = self.phrases.add(self.start, stop, name, kind, code)


def _proper(gap: str, *, inside: bool) -> bool:
    """Whether words before a state's name belong to a proper name ("Cục Hàng không Liên bang Mỹ"): a capital first, and no verb."""
    match = _PROPER.fullmatch(gap)
    return match is not None and (inside or match[1].isupper()) and VERB.search(gap) is None
