"""How well the atoms of claims are found: in written cases, in coded documents, in claims once found, and days of undated texts."""

from __future__ import annotations

import datetime
import lzma
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.evaluate import gold
from vientro.evaluate.scorer import DATES, SLOTS
from vientro.model.errors import InputError
from vientro.reading import reader
from vientro.reading.actors import find_actors
from vientro.reading.amounts import find_amounts
from vientro.reading.dating import find_date, find_dates
from vientro.reading.equipment import find_equipment
from vientro.reading.quantities import find_quantities
from vientro.reading.times import find_times

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vientro.evaluate.gold import GoldSet
    from vientro.evaluate.scorer import Scorer
    from vientro.model.article import Article
    from vientro.model.mention import Actor, Amount, Equipment, Quantity, Time

    Mention = Actor | Amount | Equipment | Quantity | Time

Row = dict[str, Any]
Tell = Callable[[], None]

PARTS = ("dates", "amounts", "quantities", "models", "item classes", "role codes", "speakers")
CORPUS = "aid_articles.jsonl.xz"
_NEAR = 3  # days that a best day may be off and still be right


class Case(msgspec.Struct, frozen=True):
    """A text and what stands in it; `published` or `day` is its day of publication, where it has one."""

    text: str
    expect: list[Row]
    published: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mention: how it is found, and the fields of a case that must agree; those of `loose` only where the case has them."""

    find: Callable[[Case], Sequence[Mention]]
    fields: tuple[str, ...]
    loose: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    "times": Kind(lambda case: find_times(case.text, case.published), ("text", "edtf")),
    "amounts": Kind(lambda case: find_amounts(case.text), ("text", "value", "currency", "bound", "max", "per", "vague", "conversion")),
    "quantities": Kind(lambda case: find_quantities(case.text), ("text", "value", "bound", "max", "unit", "of", "vague")),
    "actors": Kind(lambda case: find_actors(case.text, _day(case.day or case.published)), ("text", "kind", "code"), ("name",)),
    "equipment": Kind(lambda case: find_equipment(case.text), ("text", "cls", "model")),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A case that is not fully right: what was not found, and what was found without being there."""

    text: str
    missed: list[Row]
    invented: list[Row]


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a kind: `right` fully, `values` right when the extent of the words is not asked; mentions expected, found, right."""

    cases: int
    right: int
    values: int
    expected: int
    found: int
    matched: int
    wrong: list[Wrong]

    def report(self) -> Row:
        """As a record, with precision and recall of the mentions (None where there are none)."""
        return asdict(self) | {"p": _share(self.matched, self.found), "r": _share(self.matched, self.expected)}


def cases(folder: Path) -> dict[str, list[Case]]:
    """The cases below `folder`, one JSON Lines file a kind. Raises InputError where there are none, or a line is no case."""
    paths = {name: folder / f"{name}.jsonl" for name in KINDS}
    found = {name: _cases(path) for name, path in paths.items() if path.exists()}
    if not found:
        raise InputError(
            str(folder), "holds no cases", "Run this in a checkout of vientro, or give a folder with times.jsonl or the like by --cases"
        )
    return found


def _cases(path: Path) -> list[Case]:
    out = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            out.append(msgspec.json.decode(line, type=Case))
            _day(out[-1].day or out[-1].published)
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            raise InputError(f"{path}:{number}", f"not a case ({error})", 'A case is {"text": ..., "expect": [...]}') from error
    return out


def judge(kind: Kind, given: Sequence[Case], tell: Tell) -> Cases:
    """What is right of the cases of a kind."""
    right = values = expected = found = matched = 0
    wrong = []
    for case in given:
        wanted = [_plain(kind, row, row) for row in case.expect]
        got = [asdict(mention) for mention in kind.find(case)]
        told = [_plain(kind, row, case.expect[i] if i < len(case.expect) else {}) for i, row in enumerate(got)]
        missed, invented = _without(wanted, told), _without(told, wanted)
        right += wanted == told
        values += _wordless(wanted) == _wordless(told)
        expected += len(wanted)
        found += len(told)
        matched += len(wanted) - len(missed)
        if wanted != told:
            wrong.append(Wrong(case.text, missed, invented))
        tell()
    return Cases(len(given), right, values, expected, found, matched, wrong)


def _plain(kind: Kind, row: Row, case: Row) -> Row:
    """The fields of a row that count and are set; the loose ones only if the case has them."""
    names = (*kind.fields, *(name for name in kind.loose if name in case))
    return {name: row[name] for name in names if row.get(name) not in (None, False)}


def _without(rows: list[Row], others: list[Row]) -> list[Row]:
    left = list(others)
    out = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            out.append(row)
    return out


def _wordless(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "text"} for row in rows]


@dataclass(frozen=True, slots=True)
class Coded:
    """Tallies over coded documents: of each part how many are coded and found; of each slot of paired claims hits, told and coded."""

    parts: Counter[tuple[str, str]]
    slots: Counter[tuple[str, str]]

    def __add__(self, other: Coded) -> Coded:
        return Coded(self.parts + other.parts, self.slots + other.slots)

    def report(self) -> Row:
        """As a record: "found" with the share of each part, "paired" with precision, recall and F1 of each slot."""
        found = {p: {"found": self.parts["found", p], "coded": self.parts["coded", p]} for p in PARTS}
        paired = {s: {"hits": self.slots["hits", s], "told": self.slots["told", s], "coded": self.slots["coded", s]} for s in SLOTS}
        return {
            "found": {p: row | {"share": _share(row["found"], row["coded"])} for p, row in found.items()},
            "paired": {
                s: row
                | {"p": _share(row["hits"], row["told"]), "r": _share(row["hits"], row["coded"])}
                | {"f1": _share(2 * row["hits"], row["told"] + row["coded"])}
                for s, row in paired.items()
            },
        }


def coded(one: GoldSet, score: Scorer, tell: Tell) -> dict[str, Coded]:
    """The tallies of each document of a set; claims are read by weights that never saw it."""
    wanted = {row["doc"]: row["claims"] for row in _rows(one.gold)}
    dated = {row["id"] for row in _rows(one.docs) if row.get("published") or row.get("dated")}
    known = {article.key: article for article in gold.articles(one)}
    out = {}
    for row in gold.read(one, least=reader.THRESHOLD, tell=tell):
        key, told = row["doc"], row["claims"]
        article, claims = known[key], wanted.get(key, [])
        slots = [slot for slot in SLOTS if slot not in DATES or key in dated]
        parts = _parts(article, claims, score, dates=key in dated) if claims else Counter()
        out[key] = Coded(parts, _paired(article.text, told, claims, score, slots))
    return out


def total(tallies: Iterable[Coded]) -> Coded:
    """The tallies of many documents together."""
    return sum(tallies, Coded(Counter(), Counter()))


def _paired(text: str, told: list[Row], claims: list[Row], score: Scorer, slots: list[str]) -> Counter[tuple[str, str]]:
    """Over the pairs that the scorer makes: values of each slot that agree, that are told and that are coded."""
    count: Counter[tuple[str, str]] = Counter()
    for i, j in score.pair(text, told, claims):
        for slot in slots:
            ours, theirs = score.values(told[i], slot), score.values(claims[j], slot)
            count["hits", slot] += score.shared(slot, ours, theirs)
            count["told", slot] += len(ours)
            count["coded", slot] += len(theirs)
    return count


def _parts(article: Article, claims: list[Row], score: Scorer, *, dates: bool) -> Counter[tuple[str, str]]:
    """Of what is coded anywhere in a document, each value once, how much is recognised anywhere in it."""
    texts = _texts(article)
    times = {t.edtf for text, day in texts for t in find_times(text, day)}
    sums = [asdict(a) for text, _ in texts for a in find_amounts(text)]
    counts = [asdict(q) for text, _ in texts for q in find_quantities(text)]
    gear = [e for text, _ in texts for e in find_equipment(text)]
    actors = [a for text, day in texts for a in find_actors(text, day)]
    items = [item for claim in claims for item in claim.get("items") or []]
    names = {name for claim in claims for role in ("actors", "recipients", "addressees") for name in claim.get(role) or []}
    speakers = {claim["speaker"] for claim in claims if claim.get("speaker")} - score.CODES
    told = {(a["currency"], a["value"]) for claim in claims for a in claim.get("amounts") or []}
    numbers = {item["quantity"]["value"] for item in items if item.get("quantity")}
    days = {claim[slot] for claim in claims for slot in DATES if claim.get(slot)} if dates else set()
    found = {
        "dates": [any(score.same_time(t, day) for t in times) for day in days],
        "amounts": [any(a["currency"] == c and score.same_number(a, {"value": v}) for a in sums) for c, v in told],
        "quantities": [any(score.same_number(q, {"value": v}) for q in counts) for v in numbers],
        "models": [any(e.model and score.same_name(e.model, m) for e in gear) for m in {i["model"] for i in items if i.get("model")}],
        "item classes": [any(e.cls == c for e in gear) for c in {item["class"] for item in items}],
        "role codes": [any(a.code == name for a in actors) for name in names & score.CODES],
        "speakers": [any(score.same_name(a.name, name) or score.same_name(a.text, name) for a in actors) for name in speakers],
    }
    count: Counter[tuple[str, str]] = Counter()
    for part, hits in found.items():
        count["coded", part] = len(hits)
        count["found", part] = sum(hits)
    return count


def _texts(article: Article) -> list[tuple[str, datetime.date | None]]:
    """The text of an article with its day, the best one where it has none; each entry of a tag page by itself."""
    entries = [zone.span.of(article.text) for zone in article.zones if zone.kind == "entry"]
    if article.published:
        day = _day(article.published)
        return [(text, day) for text in entries or [article.text]]
    if entries:
        return [(text, _day(dating.best) if dating else None) for text, dating in zip(entries, find_dates(entries), strict=True)]
    dating = find_date(article.text)
    return [(article.text, _day(dating.best) if dating else None)]


def dated_texts(data: Path, chosen: Sequence[GoldSet]) -> dict[str, list[tuple[str, datetime.date]]]:
    """Texts whose day is known: headlines with ledes, articles, and those of the corpus beside the data if it is there."""
    texts: dict[str, dict[str, tuple[str, datetime.date]]] = {"ledes": {}, "articles": {}, "corpus articles": {}}
    for one in chosen:
        group = "articles" if "articles" in one.name else "ledes"
        for row in _rows(one.docs):
            if row.get("published"):
                texts[group][row["id"]] = row["text"], datetime.date.fromisoformat(row["published"][:10])
    corpus = data.parent / "corpus" / CORPUS
    if corpus.exists():
        for line in lzma.decompress(corpus.read_bytes()).splitlines():
            row = msgspec.json.decode(line)
            if row.get("published"):
                text = "\n".join(filter(None, (row.get("title"), row.get("lede"), row.get("text"))))
                texts["corpus articles"][row["id"]] = text, datetime.date.fromisoformat(row["published"][:10])
    return {group: list(found.values()) for group, found in texts.items() if found}


def dating(texts: Iterable[tuple[str, datetime.date]], tell: Tell) -> Row:
    """How well `find_date` does on texts whose day it is not told; a text that it can't date counts as missed."""
    number = none = inside = near = 0
    widths = []
    for text, day in texts:
        number += 1
        found = find_date(text)
        tell()
        if found is None:
            none += 1
            continue
        first, _, last = found.interval.partition("/")
        begin, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last or first)
        inside += begin <= day <= end
        near += abs((datetime.date.fromisoformat(found.best) - day).days) <= _NEAR
        widths.append((end - begin).days + 1)
    return {
        "texts": number,
        "undated": none,
        "inside": _share(inside, number),
        "best_near": _share(near, number),
        "median_days": median(widths) if widths else None,
    }


def _rows(path: Path) -> list[Row]:
    return [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def _day(published: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(published.strip()[:10]) if published else None


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
