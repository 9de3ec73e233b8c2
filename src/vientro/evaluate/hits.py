"""What is right and wrong document by document: claims that were read beside claims that were coded, paired as the scorer pairs them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import msgspec

from vientro.evaluate.scorer import DATES, ROLES, SLOTS, same
from vientro.model.claim import Modality

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.evaluate.gold import GoldSet
    from vientro.evaluate.scorer import Row, Scorer

ATTRIBUTES = ("modality", "scope", "support", "mode")


@dataclass(frozen=True, slots=True)
class Pair:
    """Claims of one act: their places among the told and the coded, the slots that differ, and whether roles and modality agree."""

    told: int
    coded: int
    differ: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A document: the claims told of it, those coded in it, and the pairs among them."""

    doc: str
    told: list[Row]
    coded: list[Row]
    pairs: tuple[Pair, ...]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Claims told, coded, paired, strictly right."""
        return len(self.told), len(self.coded), len(self.pairs), sum(pair.right for pair in self.pairs)

    @property
    def wrong(self) -> int:
        return wrong(self.counts)


def wrong(counts: tuple[int, int, int, int]) -> int:
    """How many claims of a document are missed, invented, or not strictly right."""
    told, coded, paired, right = counts
    return told + coded - paired - right


def judge(one: GoldSet, rows: Iterable[Row], score: Scorer) -> list[Judged]:
    """Each document of a set by the claims that were read in it (`{"doc", "claims"}`)."""
    wanted = {row["doc"]: row["claims"] for row in _lines(one.gold.read_bytes())}
    docs = {row["id"]: row for row in _lines(one.docs.read_bytes())}
    out = []
    for row in rows:
        doc, told, coded = docs[row["doc"]], row["claims"], wanted.get(row["doc"], [])
        dated = bool(doc.get("published") or doc.get("dated"))
        slots = [slot for slot in (*SLOTS, *ATTRIBUTES) if dated or slot not in DATES]
        pairs = [
            Pair(i, j, tuple(s for s in slots if not same(score, s, told[i], coded[j])), score.strict(told[i], coded[j]))
            for i, j in score.pair(doc["text"], told, coded)
        ]
        out.append(Judged(row["doc"], told, coded, tuple(sorted(pairs, key=lambda p: p.coded))))
    return out


def worst(judged: Sequence[Judged], most: int) -> list[Judged]:
    """The documents with the most wrong claims, the worst first."""
    return sorted((one for one in judged if one.wrong), key=lambda one: (-one.wrong, one.doc))[:most]


def modalities(judged: Iterable[Judged]) -> dict[str, Row]:
    """By modality: precision, recall and F1 over all claims of it, a hit being a pair in which both have it."""
    told: Counter[str] = Counter()
    coded: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for one in judged:
        told.update(claim["modality"] for claim in one.told)
        coded.update(claim["modality"] for claim in one.coded)
        hits.update(one.coded[p.coded]["modality"] for p in one.pairs if "modality" not in p.differ)
    return {
        name: {
            "p": hits[name] / told[name] if told[name] else None,
            "r": hits[name] / coded[name] if coded[name] else None,
            "f1": 2 * hits[name] / (told[name] + coded[name]),
            "gold": coded[name],
            "pred": told[name],
        }
        for name in get_args(Modality)
        if told[name] or coded[name]
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that was read, with its confidence: whether it is paired, has giver, recipient and type right, and is strictly right."""

    confidence: float
    paired: bool
    sides: bool
    right: bool


def claims_told(judged: Iterable[Judged]) -> list[Told]:
    """Every claim that was read."""
    out = []
    for one in judged:
        pairs = {pair.told: pair for pair in one.pairs}
        for number, claim in enumerate(one.told):
            pair = pairs.get(number)
            sides = pair is not None and not set(pair.differ) & set(ROLES[:2])
            out.append(Told(claim["confidence"], pair is not None, sides, pair is not None and pair.right))
    return out


def _lines(content: bytes) -> list[Row]:
    return [msgspec.json.decode(line) for line in content.splitlines() if line.strip()]
