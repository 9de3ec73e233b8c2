"""How fast articles are read, whole, beside the named-entity tagger of underthesea alone; and that cue words take linear time.

    bench/reading_speed.py [--data ../shared/eval] [--corpus ../shared/corpus/feed.jsonl.xz] [--home FOLDER] [--runs 3]

Articles a CPU-second over the same texts in one run, after a warm-up: the coded articles, and 500 headlines with ledes spread over the
feed (made texts where the data are not there). The reader does all it does: it dates what is undated, recognises, decides, fills every
slot. The tagger is installed from PyPI into an environment of its own, as in mentions_peers.py, and asked for names only; each text
is read `--runs` times, the best counts. Then the reader over texts of cue words of up to `--largest` bytes (a megabyte of cues among
states takes more than a minute): seconds a megabyte may not rise.
"""
# ruff: noqa: T201, S603, PLC0415  it prints what it measured, runs what it installed, and a peer is only there in its own environment

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FEED = 500
CUES = "cam kết viện trợ "
ACTORS = "Mỹ cam kết viện trợ Ukraine "
MADE = "Thủ tướng Na Uy ngày 3/7 cam kết tặng Moldova 2 radar trị giá hơn 20 triệu euro, theo Bộ Quốc phòng nước này.\n"


def timed(work, texts, runs):
    """CPU-seconds of all texts, of each its best run."""
    best = [float("inf")] * len(texts)
    for _ in range(runs):
        for number, text in enumerate(texts):
            began = time.process_time()
            work(text)
            best[number] = min(best[number], time.process_time() - began)
    return sum(best)


def worker(path):
    """In the environment of the peer: CPU-seconds for each group of texts."""
    from underthesea import ner

    asked = json.loads(Path(path).read_text("utf-8"))
    ner(MADE)
    spent = {name: timed(ner, texts, asked["runs"]) for name, texts in asked["texts"].items()}
    Path(path).write_text(json.dumps(spent), "utf-8")


def articles_of(data: Path, corpus: Path) -> dict[str, list[dict]]:
    """Rows with a text and a day, by group."""
    groups = {}
    docs = data / "gold" / "articles.docs.jsonl"
    groups["gold articles"] = (
        [json.loads(line) for line in docs.read_text("utf-8").splitlines()]
        if docs.exists()
        else [{"text": MADE * 20, "published": None}] * 30
    )
    if corpus.exists():
        with lzma.open(corpus, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        chosen = rows[:: max(1, len(rows) // FEED)][:FEED]
        groups["feed headlines"] = [{"text": f"{r['title']}\n{r['summary'] or ''}", "published": r["published"]} for r in chosen]
    else:
        groups["feed headlines"] = [{"text": MADE, "published": None}] * FEED
    return groups


def peer(home: Path | str, groups: dict[str, list[dict]], runs: int) -> dict[str, float] | str:
    """CPU-seconds of the tagger by group, or why there are none."""
    if isinstance(home, str):
        return home
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps({"runs": runs, "texts": {n: [r["text"] for r in rows] for n, rows in groups.items()}}), "utf-8")
        # The folder of this script holds no module of the peer's; its own interpreter runs it alone.
        done = subprocess.run(
            [str(home), "-W", "ignore", str(Path(__file__).resolve()), "--worker", str(path)],
            capture_output=True, cwd=folder, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False,
        )  # fmt: skip
        if done.returncode:
            return (done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
        return json.loads(path.read_text("utf-8"))


def growth(largest: int) -> None:
    from vientro.article.compose import compose
    from vientro.reading import reader

    print(f"seconds a megabyte of cue words, read whole, at an eighth, a quarter, half and all of {largest / 1e6:g} MB")
    for name, piece in (("cues alone", CUES), ("cues and states", ACTORS), ("cues in lines", ACTORS.strip() + ".\n")):
        cells = []
        for part in (8, 4, 2, 1):
            whole = piece * (largest // part // len(piece.encode()) + 1)
            article = compose("x", whole, published="2024-05-20")
            cells.append(timed(reader.read, [article], 1) / (len(whole.encode()) / 1e6))
        verdict = "linear" if cells[-1] <= 2 * max(cells[:2]) else "GROWS"
        print(f"  {name:16} " + " ".join(f"{c:8.2f}" for c in cells) + f"  {verdict}", flush=True)


def main() -> None:
    from mentions_peers import home_of

    from vientro.article.compose import compose
    from vientro.reading import reader

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus/feed.jsonl.xz"))
    parser.add_argument("--home", type=Path, default=Path.home() / ".cache" / "vientro-bench")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--largest", type=int, default=250_000, help="bytes of the largest text of cue words")
    given = parser.parse_args()
    groups = articles_of(given.data, given.corpus)
    reader.read(compose("x", MADE, published="2024-05-20"))
    told = peer(home_of("main", given.home), groups, given.runs)
    print(f"{'':16} {'texts':>6} {'with a claim':>13} {'reader':>12} {'ner alone':>12} {'ratio':>8}   (articles a CPU-second)")
    for name, rows in groups.items():
        found = [compose("x", r["text"], published=(r["published"] or "")[:10] or None) for r in rows]
        claims = sum(any(c.confidence >= reader.THRESHOLD for c in reader.read(a)) for a in found)
        ours = len(rows) / timed(reader.read, found, given.runs)
        theirs = None if isinstance(told, str) else len(rows) / told[name]
        last = f"{theirs:12.2f} {ours / theirs:6.0f} x" if theirs else f"{'not run':>12}"
        print(f"{name:16} {len(rows):6} {claims:13} {ours:12.1f} {last}", flush=True)
    if isinstance(told, str):
        print(f"underthesea was not run: {told}")
    growth(given.largest)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(sys.argv[2])
    else:
        main()
