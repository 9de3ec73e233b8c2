"""Equipment and goods: common nouns ("tên lửa chống tăng") with the designation behind them ("Javelin"), and designations alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from vientro.lang.data import table
from vientro.model.mention import Equipment
from vientro.reading import antecedents, designations
from vientro.reading.designations import Gear, Named
from vientro.reading.lexicon import Entry, Hit, Lexicon
from vientro.reading.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Classes whose nouns may be followed by a name that no table knows, and of those the ones where it must hold a figure.
_ARMS = {
    "tank", "ifv", "armoured-vehicle", "artillery", "mlrs", "mortar", "small-arms", "anti-tank-missile", "manpads", "air-defence-system",
    "air-defence-missile", "cruise-missile", "ballistic-missile", "missile", "combat-aircraft", "helicopter", "aircraft", "uav", "ship",
    "submarine", "coastal-defence", "radar", "electronic-warfare", "ammunition", "artillery-ammunition", "logistics-vehicle", "mine",
}  # fmt: skip
_FIGURED = {"radar", "ammunition", "artillery-ammunition", "mine", "artillery", "mortar", "small-arms"}
# Nouns of parts and services keep their class before a designation ("phụ tùng F-35"), words for arms at large do not.
_PARTS = {"equipment", "maintenance", "engineering", "mine-clearing", "other"}
_WHOLES = {"khí tài", "trang thiết bị", "trang thiết bị quân sự", "thiết bị quân sự", "khí tài quân sự"}
_SYSTEMS = {"tổ hợp", "hệ thống"}
_SEA = {"ship", "submarine"}
_LAND = {"tank", "ifv", "armoured-vehicle", "artillery", "mlrs", "engineering", "mine-clearing", "logistics-vehicle"}
_AIR = {"combat-aircraft", "helicopter", "aircraft", "uav"}
# A wide class on the left gives way to a narrower one on the right.
_WIDE = {
    "missile": {"cruise-missile", "ballistic-missile", "anti-tank-missile", "air-defence-missile", "manpads", "coastal-defence"},
    "aircraft": {"combat-aircraft", "helicopter", "uav"},
    "combat-aircraft": {"uav"},
    "helicopter": {"uav"},
    "air-defence-missile": {"manpads"},
    "air-defence-system": {"manpads"},
    "weapon": {"heavy-weapon", "anti-tank-missile", "manpads"},
    "equipment": {"heavy-weapon"},
    "small-arms": {"manpads"},
}
# What a system of a class fires.
_FIRED = {"air-defence-system": "air-defence-missile", "mlrs": "artillery-ammunition", "artillery": "artillery-ammunition"}
# What needs no word of quality behind it: "thuốc thông minh", "vệ tinh tấn công" are no kinds of it.
_PLAIN = {"food", "medical", "fuel", "energy", "communications", "intelligence", "maintenance"}
_BORED = {"artillery", "mortar", "mlrs", "air-defence-system", "artillery-ammunition", "ammunition", "small-arms"}
_CALIBRE = re.compile(r" (?:cỡ (?:nòng )?)?(\d{1,3})(?:[.,]\d{1,2})? ?(?:mm|ly|li)(?!\w)")
_HEAVY = 100  # millimetres: rounds from here on are of the artillery
_ROUND = re.compile(r"(?:quả )?(?:đạn|rocket)", re.IGNORECASE)
_BARE_MISSILE = re.compile(r"tên lửa", re.IGNORECASE)
_MANY = re.compile(r"(?:quả|[2-9]\d|\d{3}|\d\.\d{3}|trăm|nghìn|ngàn|chục)(?: quả)? $")
_COUNTED = re.compile(
    r"(?<![\w.-])(?:\d{1,4}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|lớp|chiếc|quả|khẩu|những|các|loại|dòng|mẫu"
    r"|gửi|cấp|chuyển|giao|viện trợ|phóng|bắn|xin) $",
    re.IGNORECASE,
)
_OPEN = re.compile(r" (?:\([A-Z]{2,5}\) )?[('\"]?")
_CLOSE = {"(": ")", "'": "'", '"': '"'}
_UNKNOWN = re.compile(
    r"(?:(?:Đề án|[Dd]ự án|Project) \d{3,5}(?:\.\d)?[A-ZĐ]{0,3}"
    r"|(?:USS|INS|KRI|BRP|HMS) [A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+)?"
    r"|[A-ZĐ][A-Za-z]{0,14}(?P<gap> ?- ?| )?\d{1,4}[A-Za-z0-9]{0,8}(?:[-/][A-Z0-9]{1,6}){0,2}(?: [A-Z][a-z]{2,12})?"
    r"|[A-Z]\d[A-Z0-9]{0,4}(?: [A-Z][a-z]{2,12})?"
    r"|[A-Z][a-z]{2,14}(?:-[A-Z0-9][A-Za-z0-9]{0,5})?(?: [A-Z][A-Za-z]{1,14}){0,2})(?![\w-])"
)
_MAKER = re.compile(r"(?:[A-Z][A-Za-z&]+ ){1,3}")
_LIST = re.compile(r"(?:,|;| và| hay| hoặc| cùng|/|\))? ?[\"'(]?(?:các |loại |dòng )?")
_CIVIL = re.compile(r"(?:Boeing|Airbus|Embraer|Comac|MH\d|A3\d\d|ATR|Vietnam)(?!\w)|\b(?:Airlines|Airways|Air)\b")
# From a part to its whole: "phụ tùng cho tiêm kích F-35", "tên lửa cho tổ hợp Patriot".
_FOR = re.compile(
    r" (?:(?:của|cho|dành cho|liên quan (?:đến|tới)|trang bị cho) )?"
    r"(?:(?:các|những|dòng|loại|mẫu|phi đội|hệ thống|tổ hợp|bệ phóng|pháo) ){0,3}"
)
_OF = re.compile(r" (?:dành )?(?:cho|của) ")
_LOOSE = re.compile(r" ([A-Z])(?![\w.'])")
# A name behind such a noun is a place or a firm: "nhà máy sản xuất tên lửa Yuzhmash".
_SITE = re.compile(
    r"(?:sản xuất|căn cứ|bãi phóng|bãi thử|chế tạo|sửa chữa|mang|chở|phóng|nhà máy|huấn luyện|đóng|lắp ráp|xưởng|hãng|tập đoàn|công ty) $"
)


def find_equipment(text: str) -> list[Equipment]:
    """Equipment and goods in a text of any Unicode form; offsets are of `text` as given."""
    folded = fold(text)
    return folded.to_stored(resolve(folded.text, _lexicon().places(folded.text)))


def entries() -> list[Entry[Gear]]:
    """The common nouns for the shared automaton. Designations are not among them: `resolve` reads those from the text."""
    return [Entry(pattern, Gear(row["class"], kind=row["kind"])) for row in table("vi", "goods") for pattern in row["pattern"].split("|")]


@cache
def _lexicon() -> Lexicon[Gear]:
    return Lexicon(entries())


@cache
def _actors() -> frozenset[str]:
    """First words of names that are no model: "tên lửa Iran", "xe tăng Israel"."""
    rows = [row for name in ("states", "organisations", "groups", "outlets", "firms") for row in table("vi", name)]
    words = {pattern.split(" ")[0] for row in rows for pattern in row["pattern"].split("|")}
    people = {
        word
        for row in table("vi", "offices")
        for column in ("person", "surname")
        for name in row[column].split("|")
        for word in name.split(" ")
    }
    return frozenset(words | people)


def resolve(text: str, places: Mapping[type, Sequence[tuple[int, int, object]]]) -> list[Equipment]:
    """Mentions in order of place: noun, modifiers and designation are one mention.

    `places` are the automaton's in a folded text, of which those of gear are looked at.
    """
    nouns: list[Hit[Gear]] = []
    tails: dict[int, Hit[Gear]] = {}
    heads: dict[int, int] = {}
    systems: list[tuple[int, int]] = []
    for start, stop, gear in places.get(Gear, ()):
        if not isinstance(gear, Gear):
            continue
        kind = gear.kind
        if kind in {"noun", "mask"}:
            if not nouns or start >= nouns[-1].stop:
                nouns.append(Hit(start, stop, gear))
        elif kind in {"modifier", "link"}:
            tails.setdefault(start, Hit(start, stop, gear))
        else:
            if text[start:stop].lower() in _SYSTEMS:
                systems.append((start, stop))
            heads.setdefault(stop, start if kind == "head" else stop + 1)
    names = {named.start: named for named in designations.find(text)}
    found = [_phrase(text, noun, tails, names) for noun in nouns if noun.value.kind == "noun"]
    sure = sorted(
        [(one.start, one.stop) for one in found if one.cls in _ARMS]
        + [(place, one.stop) for place, one in names.items() if not one.gears[0].near]
    )
    found += [
        _alone(text, named, names, heads) for named in names.values() if not named.gears[0].near or _has_neighbour(text, named, heads, sure)
    ]
    return antecedents.recall(text, _wholes(text, _apart(text, found)), systems)


def _phrase(text: str, noun: Hit[Gear], tails: dict[int, Hit[Gear]], names: dict[int, Named]) -> Equipment:
    """The mention that begins with a noun."""
    cls, stop = noun.value.cls, noun.stop
    if cls in _BORED and (calibre := _CALIBRE.match(text, stop)):
        stop = calibre.end()
        if cls == "ammunition" and _ROUND.fullmatch(text, noun.start, noun.stop) and int(calibre[1]) >= _HEAVY:
            cls = "artillery-ammunition"
    while cls not in _PLAIN and (tail := tails.get(stop + 1)) and text[stop] == " " and tail.value.kind == "modifier":
        stop = tail.stop
        if tail.value.cls in _WIDE.get(cls, ()):
            cls = tail.value.cls
    link = tails.get(stop + 1)
    behind = link.stop if link and link.value.kind == "link" and text[stop] == " " else stop
    opening = _OPEN.match(text, behind)
    if not opening:
        return Equipment(noun.start, stop, text[noun.start : stop], cls)
    place = opening.end()
    maker = _MAKER.match(text, place)
    if maker and place not in names and maker.end() in names:
        place = maker.end()
    if place in names:
        gear, end = _joined(text, names[place], names, cls)
        cls, model, family = _class(text, noun, cls, gear), gear.model, gear.family
    else:
        model, end = _unknown(text, noun.start, place, cls)
        family = None
        if model is None:
            return Equipment(noun.start, stop, text[noun.start : stop], cls)
    if text[end : end + 1] == _CLOSE.get(opening[0][-1], "\n"):
        end += 1
    return Equipment(noun.start, end, text[noun.start : end], cls, model, family)


def _joined(text: str, named: Named, names: dict[int, Named], cls: str) -> tuple[Gear, int]:
    """The gear of a designation that suits a class best, joined by a name of the same family right behind it ("M1A1" "Abrams")."""
    gear = next((gear for gear in named.gears if gear.cls == cls), None)
    gear = gear or next((gear for gear in named.gears if cls in _LAND and gear.cls in _LAND), named.gears[0])
    stop = named.stop
    second = names.get(stop + 1) if text[stop : stop + 1] == " " else None
    if second and gear.family and second.gears[0].family == gear.family:
        gear, stop = replace(gear, model=f"{gear.model} {second.gears[0].model}"), second.stop
    return gear, stop


def _class(text: str, noun: Hit[Gear], cls: str, gear: Gear) -> str:
    """The class of a noun with a designation. The designation decides, but a missile for a system is no system, nor a part the whole."""
    written = text[noun.start : noun.stop]
    if gear.cls == "mlrs" and cls in {"ballistic-missile", "cruise-missile"}:
        return cls
    if gear.cls in {cls, "missile"}:
        return cls if cls in _WIDE["missile"] else gear.cls
    if cls in _PARTS and written.lower() not in _WHOLES:
        return cls
    if (cls in _SEA and gear.cls not in {*_SEA, "uav"}) or (cls in _LAND and gear.cls in _AIR) or (cls in _AIR and gear.cls in _LAND):
        return cls
    if _ROUND.match(written):
        return _FIRED.get(gear.cls, gear.cls)
    if gear.cls == "air-defence-system" and cls == "air-defence-missile" and "đánh chặn" in written.lower():
        return cls
    if gear.cls == "air-defence-system" and _BARE_MISSILE.match(written) and _MANY.search(text, max(0, noun.start - 16), noun.start):
        return "air-defence-missile"
    return gear.cls


def _unknown(text: str, noun: int, place: int, cls: str) -> tuple[str | None, int]:
    """A name of no table right behind a noun of arms: with a figure ("CM-302"), or a foreign proper name ("Roshel Senator")."""
    found = _UNKNOWN.match(text, place) if cls in _ARMS else None
    if not found:
        return None, place
    words = found[0].split(" ")
    name = " ".join(words[: next((i for i, word in enumerate(words) if word in _actors()), len(words))])
    if not name:
        return None, place
    stop = place + len(name)
    if any(ch.isdigit() for ch in name):
        if _CIVIL.match(name):
            return None, place
        if "-" in name and (loose := _LOOSE.match(text, stop)):
            name, stop = name + loose[1], loose.end()
    elif cls in _FIGURED or name.isupper() or _CIVIL.search(name) or _SITE.search(text, max(0, noun - 16), noun):
        return None, place
    return re.sub(r" ?- ?", "-", name), stop


def _has_neighbour(text: str, named: Named, heads: dict[int, int], sure: list[tuple[int, int]]) -> bool:
    """Whether a word of several meanings stands by a count, a head, or in one enumeration with other arms."""
    if named.start - 1 in heads or _COUNTED.search(text, max(0, named.start - 10), named.start):
        return True
    at = bisect_left(sure, (named.start, 0))
    return (at > 0 and bool(_LIST.fullmatch(text, sure[at - 1][1], named.start))) or (
        at < len(sure) and bool(_LIST.fullmatch(text, named.stop, sure[at][0]))
    )


def _alone(text: str, named: Named, names: dict[int, Named], heads: dict[int, int]) -> Equipment:
    """The mention of a designation without a noun, with the head before it ("tổ hợp S-400")."""
    gear, stop = _joined(text, named, names, next((gear.cls for gear in named.gears if not gear.near), named.gears[0].cls))
    start = heads.get(named.start - 1, named.start)
    cls = gear.cls
    if cls == "air-defence-system" and text[max(0, start - 4) : start].lower() == "quả ":
        cls = "air-defence-missile"
    return Equipment(start, stop, text[start:stop], cls, gear.model, gear.family)


def _apart(text: str, found: list[Equipment]) -> list[Equipment]:
    """Leftmost-longest; an abbreviation in brackets behind its noun is no second mention."""
    kept: list[Equipment] = []
    for one in sorted(found, key=lambda one: (one.start, -one.stop)):
        last = kept[-1] if kept else None
        if last and one.start < last.stop:
            continue
        if (
            last
            and one.start == last.stop + 2
            and text[last.stop : one.start] == " ("
            and one.cls == last.cls
            and (not (last.model and one.model) or (one.text.isupper() and one.text[0] == last.model[0]))
        ):
            stop = one.stop + (text[one.stop : one.stop + 1] == ")")
            kept[-1] = Equipment(last.start, stop, text[last.start : stop], last.cls, last.model or one.model, last.family or one.family)
            continue
        kept.append(one)
    return kept


def _wholes(text: str, found: list[Equipment]) -> list[Equipment]:
    """Parts and rounds take the model of the whole that they are for: "phụ tùng tiêm kích F-35" is equipment."""
    out: list[Equipment] = []
    for one in found:
        part = out[-1] if out else None
        if part and one.model and not part.model and one.cls in _ARMS and _FOR.fullmatch(text, part.stop, one.start):
            cls = None
            if part.cls in _PARTS and part.text.lower() not in _WHOLES:
                cls = part.cls
            elif _OF.match(text, part.stop) and (_ROUND.match(part.text) or _BARE_MISSILE.match(part.text)):
                cls = _FIRED.get(one.cls)
            if cls:
                out[-1] = Equipment(part.start, one.stop, text[part.start : one.stop], cls, one.model, one.family)
                continue
        out.append(one)
    return out
