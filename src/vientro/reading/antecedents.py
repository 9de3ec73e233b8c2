"""What "mẫu máy bay này" or "tổ hợp đầu tiên" stands for: the designation that the text named last and that the word can mean."""

from __future__ import annotations

import re
from dataclasses import replace

from vientro.model.mention import Equipment

_REACH = 800  # code points back to the designation
_DEPTH = 12  # designations back
_LIST = 60  # code points between two things of one enumeration
_MANY = re.compile(r"(?:các|những|hai|ba|bốn|cả|số|lô)(?: (?:loại|mẫu|dòng))? $", re.IGNORECASE)
_THIS = re.compile(r" (?:này|nói trên|kể trên)(?!\w)")
_NEXT = re.compile(r" (?:này|đầu tiên|thứ (?:hai|ba|tư|2|3|4)|tiếp theo|cuối cùng|còn lại)(?!\w)")
_KIND = re.compile(r"(?:loại|mẫu|dòng|thứ|chủng loại|hệ thống|tổ hợp) $", re.IGNORECASE)
_AT_LARGE = re.compile(r"(?:hệ thống )?(?:vũ khí|khí tài)", re.IGNORECASE)
_LAUNCHED = {"hệ thống tên lửa", "tổ hợp tên lửa"}
_SYSTEMS = {"air-defence-system", "mlrs", "coastal-defence", "electronic-warfare", "radar", "artillery"}
_MISSILES = {"missile", "cruise-missile", "ballistic-missile", "anti-tank-missile", "air-defence-missile", "manpads", "air-defence-system"}
_CRAFT = {"aircraft", "combat-aircraft", "helicopter", "uav"}
_ARMS = _SYSTEMS | _MISSILES | _CRAFT | {"tank", "ifv", "armoured-vehicle", "mortar", "small-arms", "ship", "submarine"}
_MEANT = {"missile": _MISSILES, "aircraft": _CRAFT, "air-defence-missile": {"air-defence-missile", "air-defence-system", "manpads"}}


def recall(text: str, found: list[Equipment], heads: list[tuple[int, int]]) -> list[Equipment]:
    """Mentions in order, with the class and the model of what they point back to.

    `heads` are the places of "hệ thống" and "tổ hợp" in the folded text: one with "này" behind it is a mention where a system was named.
    """
    named: list[Equipment] = []
    out: list[Equipment] = []
    bare = [Equipment(start, stop, text[start:stop], "") for start, stop in heads if _points(text, start, stop)]
    for one in sorted([*found, *bare], key=lambda one: one.start) if bare else found:
        meant = _named(text, one, named) if named and not one.model else None
        shown = replace(one, cls=meant.cls, model=meant.model, family=meant.family) if meant else one
        if shown.cls and (not out or out[-1].stop <= shown.start):
            out.append(shown)
        if one.model:
            named.append(one)
    return out


def _named(text: str, one: Equipment, named: list[Equipment]) -> Equipment | None:
    """What a mention without a designation points back to, if it does, and if no second thing is as near."""
    classes = _classes(text, one)
    fit = [old for old in named[:-_DEPTH:-1] if old.cls in classes] if classes else []
    if not fit or one.start - fit[0].stop > _REACH:
        return None
    others = [old for old in fit if old.model != fit[0].model and (old.family is None or old.family != fit[0].family)]
    if others and not _THIS.match(text, one.stop):
        return replace(fit[0], model=None, family=None)
    if others and fit[0].start - others[0].stop < _LIST and _MANY.search(text, max(0, one.start - 16), one.start):
        return None
    return fit[0]


def _points(text: str, start: int, stop: int) -> bool:
    """Whether a bare "tổ hợp" or "hệ thống" points back; the latter has too many meanings for ordinals."""
    return bool((_NEXT if text[start:stop].lower() == "tổ hợp" else _THIS).match(text, stop))


def _classes(text: str, one: Equipment) -> set[str]:
    """The classes that a mention without a designation may stand for, empty if it points to nothing."""
    if not one.cls:
        return _SYSTEMS | _MISSILES
    this = _THIS.match(text, one.stop)
    if one.cls == "missile" and one.text.lower() in _LAUNCHED and not this:
        return {"air-defence-system"}
    if not this:
        return set()
    if _AT_LARGE.match(one.text):
        return _ARMS if _KIND.search(text, max(0, one.start - 12), one.start) else set()
    return _MEANT.get(one.cls, {one.cls} & _ARMS)
