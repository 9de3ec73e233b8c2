"""How fast mentions are found, and whether the time grows with the text and no faster.

    bench/mentions_speed.py [--corpus ../shared/corpus/aid_articles.jsonl.xz] [--every 4] [--profile]

Megabytes (UTF-8) a CPU-second over whole articles, of each article its best of five runs (a shared machine makes single runs slower):
of each part, of times and amounts together, of the whole mention pass (every finder over every text, no text passed over), and of what
the reader does (`scene.stage`, which looks no further into texts without a cue or an actor abroad, and builds the row of elements).
Then seconds a megabyte of hostile texts at one to eight times a size: they may not rise.
"""
# ruff: noqa: T201  it prints what it measured

from __future__ import annotations

import argparse
import cProfile
import datetime
import gc
import json
import lzma
import pstats
import time
from pathlib import Path
from typing import TYPE_CHECKING

from vientro.reading import actors, amounts, equipment, numbers, quantities, scene, times
from vientro.reading.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

Text = tuple[str, datetime.date | None]

_DAY = datetime.date(2024, 5, 20)
_MADE = "Thủ tướng Na Uy ngày 3/7 cam kết tặng Moldova 2 radar trị giá hơn 20 triệu euro trong năm nay, theo Bộ Quốc phòng nước này.\n"
_HOSTILE = {
    "digits": "7",
    "digits and points": "1.234,",
    "dates": "6/4-7/4/",
    "cue words": "cam kết viện trợ ",
    "bounds": "khoảng hơn ",
    "number words": "hai mươi ",
    "time words": "từ đầu tháng đến cuối năm ",
    "names": "Donald Trump ",
    "states": "Nga Mỹ Anh ",
    "offices": "Bộ trưởng Quốc phòng ",
    "designations": "F-16 S-400 ",
    "currencies": "triệu USD ",
    "quotes": '"',
    "brackets": "(",
    "line breaks": "\n",
    "spaces": " ",
    "capitals": "A",
    "marks": "e\u0323\u0302",
    "one line": _MADE.replace("\n", " "),
}
_SIZE = 50_000  # characters of the smallest hostile text


def corpus(path: Path, every: int) -> list[Text]:
    """Articles with their days; made ones where the corpus is not there."""
    if not path.exists():
        return [(_MADE * 20, _DAY)] * 200
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in enumerate(lines) if number % every == 0]
    return [
        (
            "\n".join(filter(None, (r["title"], r["lede"], r["text"]))),
            datetime.date.fromisoformat(r["published"][:10]) if r["published"] else None,
        )
        for r in rows
    ]


def whole(text: str, day: datetime.date | None) -> None:
    """Everything that can be found in a text, once each."""
    text = fold(text).text
    places = scene.lexicon().places(text)
    actors.resolve(text, places, day)
    equipment.resolve(text, places)
    found = numbers.find(text)
    amounts.find(text, found)
    quantities.find(text, found)
    times.find(text, day)


def staged(text: str, day: datetime.date | None) -> None:
    scene.stage(fold(text).text, [], day)


def spent(texts: list[Text], work: Callable[[str, datetime.date | None], object], runs: int = 5) -> float:
    """CPU-seconds of all texts, of each its best run."""
    best = [float("inf")] * len(texts)
    for _ in range(runs):
        gc.collect()
        for number, (text, day) in enumerate(texts):
            began = time.process_time()
            work(text, day)
            best[number] = min(best[number], time.process_time() - began)
    return sum(best)


def speeds(texts: list[Text]) -> None:
    size = sum(len(text.encode()) for text, _ in texts) / 1e6
    folded = [(fold(text).text, day) for text, day in texts]
    places = {text: scene.lexicon().places(text) for text, _ in folded}
    found = {text: numbers.find(text) for text, _ in folded}
    parts: dict[str, tuple[list[Text], Callable[[str, datetime.date | None], object]]] = {
        "fold": (texts, lambda text, _: fold(text)),
        "lexicon": (folded, lambda text, _: scene.lexicon().places(text)),
        "actors": (folded, lambda text, day: actors.resolve(text, places[text], day)),
        "equipment": (folded, lambda text, _: equipment.resolve(text, places[text])),
        "numbers": (folded, lambda text, _: numbers.find(text)),
        "amounts, numbers given": (folded, lambda text, _: amounts.find(text, found[text])),
        "quantities, numbers given": (folded, lambda text, _: quantities.find(text, found[text])),
        "times": (folded, times.find),
        "times and amounts": (folded, lambda text, day: (times.find(text, day), amounts.find(text))),
        "the whole mention pass": (texts, whole),
        "scene.stage, as the reader does": (texts, staged),
    }
    print(f"{len(texts)} articles, {size:.2f} MB")
    for name, (given, work) in parts.items():
        seconds = spent(given, work)
        print(f"  {name:32} {seconds:6.3f} s {size / seconds:8.2f} MB a CPU-second", flush=True)


def growth() -> None:
    print("seconds a megabyte of hostile texts (whole pass and stage) at 1, 2, 4 and 8 times a size")
    for name, piece in _HOSTILE.items():
        cells = []
        for times_ in (1, 2, 4, 8):
            text = (piece * (times_ * _SIZE // len(piece) + 1))[: times_ * _SIZE]
            seconds = spent([(text, _DAY)], lambda text, day: (whole(text, day), staged(text, day)), runs=2 if times_ < 8 else 1)
            cells.append(seconds / (len(text.encode()) / 1e6))
        verdict = "linear" if cells[-1] <= 2 * min(cells[:2]) else "GROWS"
        print(f"  {name:20} " + " ".join(f"{cell:8.3f}" for cell in cells) + f"  {verdict}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus/aid_articles.jsonl.xz"))
    parser.add_argument("--every", type=int, default=4, help="take every N-th article")
    parser.add_argument("--profile", action="store_true", help="show where the whole pass spends its time, and measure nothing else")
    given = parser.parse_args()
    texts = corpus(given.corpus, given.every)
    whole(_MADE, _DAY)
    if given.profile:
        with cProfile.Profile() as profile:
            spent(texts, whole, runs=1)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)
        return
    speeds(texts)
    growth()


if __name__ == "__main__":
    main()
