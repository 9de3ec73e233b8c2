"""What holds of every count: nothing is lost, cells add up, order changes nothing, bounds are bounds."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import RATES
from vientro.ledger.counting.count import Question, count
from vientro.ledger.counting.dimensions import NAMES
from vientro.ledger.counting.exchange import Exchange, convert
from vientro.ledger.counting.prices import parse
from vientro.ledger.counting.profiles import names, shipped
from vientro.model.counting import STRENGTHS, Entry
from vientro.model.ledger import Interval, Stock

if TYPE_CHECKING:
    from vientro.ledger.counting.cells import Figure

ROOT = Path(__file__).parents[2]
PRICES = parse("item,unit price,basis,condition,year,source\ntank,2000000,book,used,2023,own\n", "prices.csv")

_sums = st.integers(0, 50).map(lambda number: number * 1e6)


@st.composite
def _intervals(draw: st.DrawFn) -> Interval:
    low, middle, high = sorted(draw(st.tuples(_sums, _sums, _sums)))
    shape = draw(st.sampled_from(["exact", "exact", "about", "up_to", "at_least", "range"]))
    return {
        "exact": Interval(middle, middle, middle),
        "about": Interval(low, middle, high),
        "up_to": Interval(None, None, high),
        "at_least": Interval(low, None, None),
        "range": Interval(low, None, high),
    }[shape]


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    many = draw(st.integers(0, 8))
    made = []
    parties = st.sampled_from([(), ("NO",), ("DE",), ("EU",), ("DE", "NL"), ("G7",), ("Rheinmetall",)])
    for number in range(many):
        value = draw(st.none() | _intervals())
        level = draw(st.sampled_from([None, "pledge", "pledge", "approval", "order", "delivery"]))
        made.append(
            Entry(
                f"s-{number}",
                f"d-{draw(st.integers(0, 3))}",
                barred=None if level else "C10",
                level=level,
                strength=draw(st.sampled_from(STRENGTHS)),
                payers=draw(parties),
                recipients=draw(st.sampled_from([("UA",), ("MD",), ("UA", "MD")])),
                kind=draw(st.sampled_from(["government", "organisation", "group", "other"])),
                classes=draw(st.sampled_from([(), ("tank",)])),
                items=(Stock("tank", None, "tank", Interval(2, 2, 2)),),
                mode=draw(st.sampled_from([None, "aid", "loan", "sale"])),
                currency=draw(st.sampled_from(["EUR", "USD", "UAH"])) if value else None,
                value=value,
                day=draw(st.sampled_from([None, "2024", "2024-05", "2024-05-10", "2022/.."])),
                told="2024-06-01",
                until=draw(st.sampled_from([None, None, "2026"])),
                parent=draw(st.sampled_from([None, None, "s-0", "s-1"])),
                funded_by=draw(st.sampled_from([(), (), ("s-2",)])),
                refund_of=draw(st.sampled_from([None] * 5 + ["s-3"])),
                shares=draw(st.sampled_from([(), (), (("DE", 0.5), ("NL", 0.25))])),
                grade=draw(st.sampled_from(["party", "named", "adversary"])),
                repeat=draw(st.booleans()) and draw(st.booleans()),
                unconfirmed=draw(st.booleans()) and draw(st.booleans()),
                umbrella=draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return made


profiles = st.sampled_from([shipped(name) for name in names()]) | st.builds(lambda: replace(shipped("headline"), members=True))


@given(_entries(), profiles, st.sampled_from([None, "DE", "G7"]), st.booleans())
def test_every_step_is_counted_or_left_out_by_one_rule(held, profile, donor, official):
    told = count(held, Question(profile, ("donor",), donor=donor, official=official), RATES, PRICES)
    listed = [*told.counted, *told.other, *(step for steps in told.left_out.values() for step in steps)]
    assert sorted(listed) == sorted(entry.step for entry in held)


@given(_entries(), profiles, st.sampled_from(NAMES), st.sampled_from([None, "DE"]))
def test_cells_of_a_dimension_add_up_to_the_total(held, profile, dimension, donor):
    told = count(held, Question(profile, (dimension,), donor=donor), RATES, PRICES)
    whole = count(held, Question(profile, (), donor=donor), RATES, PRICES).total.figure
    figures = [cell.figure for cell in told.cells]
    assert isclose(sum(one.low or 0.0 for one in figures), whole.low or 0.0, rel_tol=1e-9, abs_tol=1.0)
    assert isclose(sum(_floor(one) for one in figures), _floor(whole), rel_tol=1e-9, abs_tol=1.0)
    if whole.high is not None:
        assert isclose(sum(one.high or 0.0 for one in figures), whole.high, rel_tol=1e-9, abs_tol=1.0)


def _floor(one: Figure) -> float:
    """The best figure; the lowest where none is preferred."""
    return one.low or 0.0 if one.best is None else one.best


@given(_entries(), profiles, st.randoms())
def test_the_order_of_steps_changes_nothing(held, profile, random):
    mixed = list(held)
    random.shuffle(mixed)
    question = Question(profile, ("donor", "year"), things=True)
    assert count(held, question, RATES, PRICES) == count(mixed, question, RATES, PRICES)


@given(_entries(), profiles)
def test_low_is_no_more_than_best_and_best_no_more_than_high(held, profile):
    told = count(held, Question(profile, ("donor",)), RATES, PRICES)
    for cell in (*told.cells, told.total):
        figure = cell.figure
        if figure.low is None:
            assert figure.best is figure.high is None
            assert figure.unknown == figure.steps > 0
            continue
        assert figure.low <= _floor(figure) + 1e-6
        assert figure.high is None or _floor(figure) <= figure.high + 1e-6
        assert figure.best is not None or figure.bounded == figure.steps - figure.unknown > 0


@given(
    _intervals(),
    _sums,
    st.sampled_from(["USD", "UAH", "VND", "RUB", "EUR"]),
    st.sampled_from(["2019-02-03", "2024", "2026-11-20", "2022/.."]),
)
def test_more_money_is_more_in_any_currency(value, more, currency, day):
    rate = Exchange().rate(currency, "EUR", day)
    assert rate is not None
    assert 0 < rate.low <= rate.value <= rate.high
    small = convert(value, rate)
    large = convert(Interval(*(None if figure is None else figure + more for figure in (value.low, value.best, value.high))), rate)
    for one, other in zip((small.low, small.best, small.high), (large.low, large.best, large.high), strict=True):
        assert (one is None) == (other is None)
        assert one is None or other is None or one <= other


@given(st.sampled_from(["USD", "GBP", "CZK", "TWD"]), st.sampled_from(["2020-02-03", "2024-07", "2023"]))
def test_there_and_back_is_the_same_sum(currency, day):
    there, back = Exchange().rate(currency, "EUR", day), Exchange().rate("EUR", currency, day)
    assert there is not None
    assert back is not None
    assert isclose(there.value * back.value, 1.0)


def rules() -> list[str]:
    return re.findall(r"^\| ([A-Z]\d+) \|", (ROOT / "docs" / "CODEBOOK.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("rule", rules())
def test_every_rule_of_the_codebook_has_code_and_a_test(rule):
    named = re.compile(rf"(?<![A-Za-z0-9]){rule}(?![0-9])")
    code = [path for path in (ROOT / "src" / "vientro").rglob("*") if path.suffix in (".py", ".tsv", ".toml") and path.name != "words.tsv"]
    assert any(named.search(path.read_text("utf-8")) for path in code), "no code names it"
    tests = re.compile(rf"def test_{rule.lower()}_|\(\"{rule}\",")
    assert any(tests.search(path.read_text("utf-8")) for path in (ROOT / "tests").rglob("test_*.py")), "no test is named by it"
