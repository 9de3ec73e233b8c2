"""What `vientro eval` shows: tables that fit eighty columns."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

from vientro.publish.safe import printable

if TYPE_CHECKING:
    from vientro.evaluate.calibration import Bin, Shown
    from vientro.evaluate.floors import Floor
    from vientro.evaluate.history import Change
    from vientro.evaluate.hits import Judged

_FIGURES = ("claim", "strict", "slot")
_SLOTS = ("recipients", "addressees", "items", "amounts", "date", "due", "horizon", "speaker", "scope", "support", "mode")
_HALF = 39  # columns of each side of a pair
_MOST = 12  # documents of a change that are named


def table(console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table without frame; the first column is text, the others are figures."""
    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for number, column in enumerate(columns):
        shown.add_column(column, justify="right" if number else "left", no_wrap=not number)
    for row in rows:
        shown.add_row(*row)
    console.print(shown)


def figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def summary(console: Console, reports: Mapping[str, Any], floors: "Mapping[str, Floor]") -> None:
    """The figures of each set with their floors, and those of others."""
    from vientro.evaluate import quoted

    rows = []
    for name, report in reports.items():
        if name.endswith(" links"):
            continue
        floor = floors[name].scores if name in floors else {}
        cells = [_short(report[c]["f1"] or 0, 3) + (f" ({_short(floor[c], 3)})" if c in floor else "") for c in _FIGURES]
        sides = (report["claim"]["p"], report["claim"]["r"], report["confident"].get("25%"))
        rows.append([name, *cells, *map(_short, sides)])
    rows += [[f"{one.who}*", *map(_short, (one.claim, one.strict, one.slot)), "", "", ""] for one in quoted.PEERS]
    table(console, "Claims: F1, cross-validated (floor)", ["", *_FIGURES, "prec", "rec", "top¼"], rows)
    console.print("prec, rec: of claims. top¼: of the surest quarter of the claims the part that is\nstrictly right")
    console.print(f"* {quoted.SOURCE}")
    for name, report in reports.items():
        if name.endswith(" links"):
            links = [
                [lv, *map(figure, (report[lv]["pairs_f1_without_largest"], report[lv]["b3_shared"]["f1"], report[lv]["b3"]["f1"]))]
                for lv in ("step", "deal")
            ]
            title = f"Links of the gold claims, {name.removesuffix(' links')}: F1"
            table(console, title, ["", "pairs, largest group aside", "B-cubed, shared claims", "B-cubed"], links)


def long_deals(console: Console, report: Mapping[str, Any], errors: Sequence[Sequence[str]]) -> None:
    """How far deliveries, stops and refusals are put in one deal with the promises before them, and what went wrong."""
    rows = [[name, str(r["coded"]), str(r["found"]), *(figure(r[f]) for f in ("p", "r", "f1"))] for name, r in report["pairs"].items()]
    title = f"Long deals ({report['deals']}): promises with their outcomes, pairs"
    table(console, title, ["", "coded", "found", "precision", "recall", "F1"], rows)
    told, shared, steps = (report[part]["f1"] for part in ("deal_b3", "deal_b3_shared", "step_b3"))
    console.print(f"outcomes with a promise beside them: {report['outcomes']['found']} of {report['outcomes']['named']}")
    console.print(f"B-cubed F1 of {report['claims']} claims: deals {figure(told)} (shared {figure(shared)}), steps {figure(steps)}")
    for words in errors:
        console.print(printable("  ".join(words)), soft_wrap=True)


def _short(value: float | None, digits: int = 2) -> str:
    """Without a leading zero, so that all columns fit."""
    return "-" if value is None else f"{value:.{digits}f}".removeprefix("0")


def by(console: Console, kind: str, reports: Mapping[str, Any]) -> None:
    """A table of each set by type, slot or modality."""
    part = {"type": "types", "slot": "slots", "modality": "modalities"}[kind]
    for name, report in reports.items():
        if part in report:
            rows = [
                [one, str(r["gold"]), str(r["pred"]), figure(r["p"]), figure(r["r"]), figure(r["f1"])]
                for one, r in report[part].items()
                if r["gold"] or r["pred"]
            ]
            table(console, f"{name}, by {kind}", [kind, "coded", "read", "precision", "recall", "F1"], rows)


def reliability(console: Console, bins: "Sequence[Bin]", error: float | None, shown: "Sequence[Shown]") -> None:
    """Confidence against what is right, over all sets, each document once."""
    rows = [[f"{b.low:.2f} to {b.high:.2f}", str(b.n), figure(b.mean), figure(b.right)] for b in bins]
    table(console, "Reliability, each document once", ["confidence", "claims", "mean confidence", "strictly right"], rows)
    console.print(f"expected calibration error: {figure(error)}")
    left = [[f"from {s.least:.2f}", str(s.n), *map(figure, (s.part, s.claim, s.sides, s.strict))] for s in shown]
    columns = ["confidence", "claims", "of all", "claim right", "and sides", "strictly"]
    table(console, "Shown without review: what is left, and how right it is", columns, left)
    console.print("claim: type and place. sides: actors and recipients too. strictly: all roles and\nmodality")


def changes(console: Console, changed: "Mapping[str, Change]", last: str) -> None:
    """Figures and documents since the last run."""
    if not changed:
        console.print(f"No earlier run of these sets in {last}.")
        return
    rows = [[name, *(_moved(*c.figures[f]) if f in c.figures else "-" for f in _FIGURES)] for name, c in changed.items()]
    table(console, "Since the last run", ["", *_FIGURES], rows)
    for name, c in changed.items():
        if c.other_data:
            console.print(f"{name}: the data are others than then; its documents are not compared")
        for words, moved in (("better", c.better), ("worse", c.worse)):
            if moved:
                told = ", ".join(f"{doc} {before}>{after}" for doc, before, after in moved[:_MOST])
                more = f" and {len(moved) - _MOST} more" if len(moved) > _MOST else ""
                console.print(printable(f"{name}: {len(moved)} documents {words} (wrong claims before>after): {told}{more}"))
    if not any(c.better or c.worse for c in changed.values()):
        console.print("No document has more or fewer wrong claims.")


def _moved(before: float, after: float) -> str:
    return f"{after:.3f} ({after - before:+.3f})" if round(after - before, 4) else f"{after:.3f}"


def side_by_side(console: Console, document: "Judged") -> None:
    """What is coded in a document beside what was read in it."""
    told, coded, paired, right = document.counts
    console.print(printable(f"{document.doc}: {coded} coded, {told} read, {paired} paired, {right} strictly right"), soft_wrap=True)
    console.print(f"{'coded':{_HALF}}  read", soft_wrap=True)
    seen = {pair.told for pair in document.pairs}
    found = {pair.coded: pair for pair in document.pairs}
    for number, claim in enumerate(document.coded):
        pair = found.get(number)
        sign = "-" if pair is None else "=" if pair.right else "~"
        other = _claim(document.told[pair.told]) if pair else ["(missed)"]
        _beside(console, sign, _claim(claim), other)
        if pair and pair.differ:
            console.print(f"  differ: {', '.join(pair.differ)}", soft_wrap=True)
    for number, claim in enumerate(document.told):
        if number not in seen:
            _beside(console, "+", ["(not coded)"], _claim(claim))
    console.print("= strictly right, ~ a role or the modality differs, - missed, + invented\n", soft_wrap=True)


def _beside(console: Console, sign: str, left: list[str], right: list[str]) -> None:
    for i in range(max(len(left), len(right))):
        a = left[i] if i < len(left) else ""
        b = right[i] if i < len(right) else ""
        console.print(f"{'' if i else sign:2}{a:{_HALF - 2}}  {b}".rstrip(), soft_wrap=True)


def _claim(claim: Mapping[str, Any]) -> list[str]:
    """A claim in lines of half a terminal: what it says, and its evidence."""
    confidence = f" {claim['confidence']:.2f}" if "confidence" in claim else ""
    lines = [f"{claim['type']}, {claim['modality']}{confidence}", f"{', '.join(claim.get('actors') or ['?'])} ->"]
    for slot in _SLOTS:
        value = claim.get(slot)
        if value and not (slot == "scope" and value == "act"):
            lines.append(f"{slot} {_value(value)}")
    lines.append(f'"{claim["evidence"]}"')
    return [part for line in lines for part in wrap(printable(line), _HALF - 2, break_on_hyphens=False)]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        if "currency" in value:
            return f"{value['value']:,g} {value['currency']}"
        count = f" x {value['quantity']['value']:,g}" if value.get("quantity") else ""
        return f"{value.get('model') or value.get('class')}{count}"
    return str(value)
