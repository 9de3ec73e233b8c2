"""Designations of equipment ("S-400 Triumf", "F-16C/D Block 50"): spaces and hyphens are read loosely, letters of variants are read too."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from vientro.lang.data import table

# Where one can begin. The looks back stand behind the first letter, so that the engine skips to capitals and figures fast.
_HEAD = re.compile(r"[A-ZĐƯÀ-Ý1-9](?<![^\W_].)(?<![.,-].)(?:(?<=[1-9])\d?(?=[A-Z])|(?<![1-9])[^\W\d_]*)")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_FURTHER = re.compile(r"(?: ?[-/&'] ?| |\.(?=\d)|)([^\W\d_]+|\d+)")
_SUFFIX = re.compile(r"[A-Z]{1,5}\d{0,3}[A-Z]{0,2}(?:-\d)?(?:/[A-Z]\b)?(?!\w)|\+(?!\w)")
_LOOSE = re.compile(r" ([A-Z])(?: ?/ ?([A-Z]))?(?![\w.'])")
# A designation with one of these behind it is the name of a firm.
_FIRM = re.compile(
    r" (?:Aerospace|Aviation|Corporation|Corp|Systems|Industries|Defence|Defense|Technologies|Technology|Group|Inc|Ltd)(?!\w)"
)
_HYPHEN = re.compile(r" ?- ?")
_BLOCK = re.compile(r" (?:Block|block|BLOCK) (?:[IVX]+[A-Z]?|\d+)(?:[-/]\d+)?[A-Z]?\+?(?!\w)")


@dataclass(frozen=True, slots=True)
class Gear:
    """What a word of the lexicons stands for. `kind` as in goods.tsv, or name for a designation; `near` asks for a neighbour."""

    cls: str
    model: str | None = None
    family: str | None = None
    kind: str = "noun"
    near: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A designation at a half-open span of the folded text, and what it may stand for, the likeliest first."""

    start: int
    stop: int
    gears: tuple[Gear, ...]


@dataclass(slots=True)
class _Node:
    """A trie over the pieces of designations: runs of letters in capitals, and runs of digits."""

    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, Gear, bool]] = field(default_factory=list)


@cache
def _trie() -> _Node:
    root = _Node()
    for row in table("vi", "equipment"):
        for pattern in row["pattern"].split("|"):
            node = root
            for piece in _PIECE.findall(pattern):
                node = node.next.setdefault(piece.upper(), _Node())
            gear = Gear(row["class"], row["model"] or pattern, row["family"] or None, "name", row["place"] == "near")
            sure = row["place"] == "sure"
            node.ends.insert(0 if sure else len(node.ends), (pattern, gear, sure))
    return root


def find(text: str) -> list[Named]:
    """Designations of a folded text, the longest at each place, in order and without overlap. Linear in the text."""
    root = _trie()
    found: list[Named] = []
    stop = 0
    for head in _HEAD.finditer(text):
        node = root.next.get(head[0].upper())
        start = head.start()
        if node is None or start < stop:
            continue
        best = _longest(text, start, head.end(), node)
        if best and not _FIRM.match(text, best.stop):
            named = _extended(text, best)
            found.append(named)
            stop = named.stop
    return found


def _longest(text: str, start: int, stop: int, node: _Node) -> Named | None:
    best: Named | None = None
    while True:
        if node.ends and (not text[stop : stop + 1].isalnum() or _SUFFIX.match(text, stop)):
            written = text[start:stop]
            gears = [gear if sure else _stands(written, gear) for pattern, gear, sure in node.ends if _written(written, pattern)]
            if gears:
                best = Named(start, stop, tuple(gears))
        piece = _FURTHER.match(text, stop) if node.next else None
        following = node.next.get(piece[1].upper()) if piece else None
        if not piece or following is None:
            return best
        node, stop = following, piece.end()


def _written(written: str, pattern: str) -> bool:
    """Whether the capitals of a text fit a pattern: short words in capitals only so, and no name in lower case."""
    if written == pattern:
        return True
    pieces = zip(_PIECE.findall(written), _PIECE.findall(pattern), strict=True)
    if any(b.isupper() and 1 < len(b) < 6 and a != b for a, b in pieces):
        return False
    if any(ch.isdigit() for ch in pattern):
        return " " not in written or " " in pattern or "-" in written
    written = _HYPHEN.sub("-", written)
    return written == pattern or written == written.upper() or written.title() == pattern.title()


def _stands(written: str, gear: Gear) -> Gear:
    """Very short designations, and short ones without their hyphen ("A50"), are ambiguous."""
    key = sum(ch.isalnum() for ch in written)
    short = any(ch.isdigit() for ch in written) and (key <= 2 or (key <= 3 and "-" not in written))
    return replace(gear, near=True) if short and not gear.near else gear


def _extended(text: str, named: Named) -> Named:
    """The variant letters, and the block, behind a designation that ends in a figure: "Su-30" + "MK2", "F-35" + " A"."""
    stop = named.stop
    tail = ""
    if text[stop - 1].isdigit() or text[stop - 1].isupper():
        if glued := _SUFFIX.match(text, stop):
            tail, stop = glued[0], glued.end()
        elif text[stop - 1].isdigit() and "-" in text[named.start : stop] and (loose := _LOOSE.match(text, stop)):
            tail, stop = loose[1] + (f"/{loose[2]}" if loose[2] else ""), loose.end()
    if block := _BLOCK.match(text, stop):
        tail, stop = tail + block[0], block.end()
    if not tail:
        return named
    return Named(named.start, stop, tuple(replace(gear, model=f"{gear.model}{tail}") for gear in named.gears))
