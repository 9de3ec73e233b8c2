"""Counts the table by which words date a text, lang/vi/word_months.tsv.

    train_dating.py words     count the table anew from the dated headlines and the whole articles of ../shared/corpus
    train_dating.py measure   how often find_date holds the true day, on the half of the dated documents kept for that and on the other

Needs ../shared. Documents of the gold sets, near copies of them, and the dated articles on which `measure` runs are not counted.
A development tool: at run time the table is data.
"""
# ruff: noqa: T201  it prints what it measured

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median, pvariance
from typing import TYPE_CHECKING, Any

from vientro.reading.dating import dated, find_date
from vientro.reading.evidence import gather
from vientro.reading.lexicon import lower
from vientro.reading.text import fold
from vientro.reading.timeparts import Page
from vientro.reading.wordtimes import COLUMNS, KNOTS, RECENT

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
TABLE = ROOT / "src/vientro/lang/vi/word_months.tsv"
SETS = ("ledes", "train_ledes", "stream", "articles", "train_articles")
_WORD = re.compile(r"[^\W_]+(?:[-./'][^\W_]+)*")
_BREAK = re.compile(r"[.:;!?()\"\n]+\s|,\s| - ")
# Headlines on aid, arms and sanctions: only these compare with the articles of 2016 to 2019, which are all of that kind.
_TOPIC = re.compile(
    r"viện trợ|cứu trợ|trừng phạt|cấm vận|vũ khí|tên lửa|khí tài|đạn dược|lệnh cấm|tiêm kích|hỗ trợ (?:quân sự|tài chính)|gói hỗ trợ"
    r"|xe tăng|phòng không",
    re.IGNORECASE,
)
# Words that join others: a pair with one of them is of no time.
_JOINING = """
và với của cho là các những một này đó đã đang sẽ được bị có không trong ngoài trên dưới từ đến tới khi sau trước ở tại về vào ra lên do vì
nhưng cũng như còn mà thì để bởi hay hoặc theo nói rằng gì ai ông bà anh chị họ hơn nhất rất vừa mới lại nên cùng giữa hai ba nhiều ít
người việc cuộc chiếc sự bày thể nào mọi phải qua làm đi
"""
_COMMON = frozenset(_JOINING.split())
# Rows of the table; how often a word has to be seen: a name in articles and headlines on aid, a name and a phrase in all headlines.
_ROWS, _FEW, _NAME, _PHRASE = 8000, 8, 12, 25
# Counts added to a count and to what it should be, so that rare words weigh little; how far the two kinds of log-odds are believed.
_ADDED, _YEAR_ADDED = 6.0, 4.0
_ERA, _MONTH = 0.4, 0.6
# How much of a month's log-odds each neighbour lends it: news of a thing begins before its month and outlasts it.
_LENT = 0.2
_CHUNK, _CHUNKS = 250, 12
_SURE = 400


def read(path: Path) -> Iterator[dict[str, Any]]:
    content = path.read_bytes()
    yield from map(json.loads, (lzma.decompress(content) if path.suffix == ".xz" else content).splitlines())


def tokens(text: str) -> set[str]:
    """Names of up to three syllables as they are written, and pairs of syllables in lower case."""
    out: set[str] = set()
    for piece in _BREAK.split(fold(text).text + " "):
        words = _WORD.findall(piece)
        run: list[str] = []
        for place, word in enumerate([*words, ""]):
            opening = place == 0 and word.isalpha() and not word.isupper() and len(word) < 6 and (len(words) < 2 or words[1].islower())
            if word and word != word.lower() and not opening:
                run.append(word)
                continue
            out.update(" ".join(run[a : a + size]) for size in (1, 2, 3) for a in range(len(run) - size + 1))
            run = []
        small = [lower(word) for word in words]
        out.update(f"{a} {b}" for a, b in pairwise(small) if not (a[0].isdigit() and b[0].isdigit()))
    return out


def fives(text: str) -> set[str]:
    words = _WORD.findall(lower(fold(text).text))
    return {" ".join(words[a : a + 5]) for a in range(len(words) - 4)}


class Copies:
    """Whether a text is one of the gold sets or a near copy: it shares three in ten of the runs of five words."""

    def __init__(self) -> None:
        docs = [doc for name in SETS for doc in read(SHARED / f"eval/gold/{name}.docs.jsonl")]
        self.ids = {doc["id"].removeprefix("art-") for doc in docs}
        self.grams = [fives(doc["text"][:400]) for doc in docs]
        self.by: dict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(self.grams):
            for gram in grams:
                self.by[gram].append(number)

    def holds(self, name: str, text: str) -> bool:
        grams = fives(text[:500])
        shared = Counter(number for gram in grams for number in self.by.get(gram, ()))
        return name in self.ids or any(n >= 0.3 * min(len(grams), len(self.grams[number])) for number, n in shared.items())


def counts() -> tuple[dict[str, Counter[str]], Counter[str]]:
    """How many texts of each time have each token, and how many texts there are: months of all headlines, "topic", 2021, years, "old"."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    texts: Counter[str] = Counter()

    def add(name: str, seen: set[str]) -> None:
        found[name].update(seen)
        texts[name] += 1

    copies = Copies()
    for doc in read(SHARED / "corpus/feed.jsonl.xz"):
        text = f"{doc['title']}\n{doc.get('summary') or ''}"
        month = (doc["published"] or "")[:7]
        if copies.holds(doc["id"], text):
            continue
        topical = bool(_TOPIC.search(text))
        if month in RECENT:
            seen = tokens(text)
            add(month, seen)
            if topical:
                add("topic", seen)
        elif "2021-08" <= month <= "2022-01" and topical:
            add("2021", tokens(text))
    for doc in read(SHARED / "corpus/aid_articles.jsonl.xz"):
        text = "\n".join(part for part in (doc["title"], doc.get("lede"), doc["text"]) if part)
        # the undated articles of this source are of 2016 to 2019; those whose offices and facts fix the year count for it
        if doc["published"] or not doc["id"].startswith("vns") or copies.holds(doc["id"], text):
            continue
        year = sure_year(text)
        for chunk in chunks(text):
            seen = tokens(chunk)
            add("old", seen)
            if year in KNOTS[:4]:
                add(year, seen)
    return found, texts


def chunks(text: str) -> list[str]:
    """Pieces of an article about as long as a headline with its lede."""
    out = [""]
    for line in text.split("\n"):
        if len(out[-1]) > _CHUNK:
            out.append("")
        out[-1] += line + "\n"
    return out[:_CHUNKS]


def sure_year(text: str) -> str:
    proofs = gather(Page.of(fold(text).text))
    if not proofs:
        return ""
    dating = dated(proofs)
    first, _, last = dating.interval.partition("/")
    return dating.best[:4] if days(last or first) - days(first) <= _SURE else ""


def days(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def odds(seen: float, texts: int, rate: float, added: float) -> float:
    return log((seen + added) / (texts * rate + added))


def weights(token: str, found: dict[str, Counter[str]], texts: Counter[str], recent: int) -> list[float]:
    """Log-odds of a token at each time, `mean` last: of names by era, and of all tokens by recent month."""
    name = token != token.lower()
    rate = (found["topic"][token] / texts["topic"] + found["old"][token] / texts["old"]) / 2 + 1e-7
    era = _ERA if name else 0.0
    new, old, late = (era * odds(found[key][token], texts[key], rate, _ADDED) for key in ("topic", "old", "2021"))
    own = found["old"][token] / texts["old"] + 1e-7
    years = [old + era * odds(found[year][token], texts[year], own, _YEAR_ADDED) for year in KNOTS[:4]]
    every = sum(found[month][token] for month in RECENT) / recent + 1e-7
    by_month = [odds(found[month][token], texts[month], every, _ADDED) for month in RECENT]
    middle = sum(by_month) / len(by_month)
    smooth = [
        _LENT * before + (1 - 2 * _LENT) * value + _LENT * after
        for before, value, after in zip([by_month[0], *by_month], by_month, [*by_month[1:], by_month[-1]], strict=False)
    ]
    return [*years, late, *(new + _MONTH * (value - middle) for value in smooth), new]


def words() -> None:
    found, texts = counts()
    recent = sum(texts[month] for month in RECENT)
    total = Counter[str]()
    for month in RECENT:
        total.update(found[month])
    few = Counter[str]()
    for key in ("topic", "old", "2021"):
        few.update(found[key])
    candidates = {t for t in total.keys() | few.keys() if few[t] >= _FEW or total[t] >= (_PHRASE if t == t.lower() else _NAME)}
    candidates -= {t for t in candidates if t == t.lower() and total[t] < _PHRASE}
    # a Vietnamese syllable on its own begins a sentence as often as it is a name
    candidates = {t for t in candidates if (" " in t or t.isupper() or (t.isascii() and len(t) > 3)) and _COMMON.isdisjoint(t.split())}
    rows = {token: weights(token, found, texts, recent) for token in sorted(candidates)}
    worth = {token: pvariance(row) * (few[token] * 10 + total[token]) for token, row in rows.items()}
    best = sorted(sorted(rows, key=lambda token: (-worth[token], token))[:_ROWS])
    with TABLE.open("w", encoding="utf-8") as out:
        out.write(
            "# Words by which news without a date is dated (names as written, phrases in lower case): tenths of a log-odds, how much\n"
            "# likelier a text of that time has the word; empty: as likely as any. Years are from whole articles, 2021 and months from\n"
            "# headlines; mean: the recent months together. Counted by tools/train_dating.py (source of every row: own count).\n"
        )
        out.write("\t".join(("word", *COLUMNS)) + "\n")
        for token in best:
            out.write("\t".join((token, *(str(round(10 * value) or "") for value in rows[token]))).rstrip("\t") + "\n")
    print(len(candidates), "tokens,", len(best), "kept,", TABLE.stat().st_size, "bytes;", dict(texts))


def documents() -> Iterator[tuple[str, str, str, str]]:
    """Kind, id, day and text of every dated document."""
    seen: set[str] = set()
    for name in SETS:
        for doc in read(SHARED / f"eval/gold/{name}.docs.jsonl"):
            if doc["published"] and doc["id"] not in seen:
                seen.add(doc["id"])
                yield "articles" if "articles" in name else "ledes", doc["id"], doc["published"][:10], doc["text"]
    for doc in read(SHARED / "corpus/aid_articles.jsonl.xz"):
        if doc["published"] and doc["id"] not in seen:
            text = "\n".join(part for part in (doc["title"], doc.get("lede"), doc["text"]) if part)
            yield "aid_articles", doc["id"], doc["published"][:10], text


def measure() -> None:
    """The share whose day is inside, the median width, and how far off the best day is. The half "held" was never looked at."""
    scored: dict[str, list[tuple[bool, int, int]]] = defaultdict(list)
    for kind, name, day, text in documents():
        half = "held" if int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 2 else "tuned"
        dating = find_date(text)
        row = (False, 8000, 99999)
        if dating:
            first, _, last = dating.interval.partition("/")
            begin, end = days(first), days(last or first)
            row = (begin <= days(day) <= end, end - begin + 1, abs(days(dating.best) - days(day)))
        for key in (f"{half} {kind}", f"{half} all", f"all {kind}", "all"):
            scored[key].append(row)
    for key, rows in sorted(scored.items()):
        near = "  ".join(f"{most} d {sum(row[2] <= most for row in rows) / len(rows):.3f}" for most in (3, 30, 365))
        inside = sum(row[0] for row in rows) / len(rows)
        print(f"{key:20} {len(rows):4}  inside {inside:.3f}  width {median(row[1] for row in rows):5.0f}  best within {near}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("words", "measure"))
    {"words": words, "measure": measure}[parser.parse_args().command]()
