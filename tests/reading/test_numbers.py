"""Numbers in words and figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.reading import numbers

UNITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spoken(value: int) -> str:
    """The words of a number below a million million, by the rules of school grammar."""
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        if value >= scale:
            rest = value % scale
            return f"{spoken(value // scale)} {name}" + (f" {'không trăm ' + _low(rest) if rest < 100 else spoken(rest)}" if rest else "")
    parts = []
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    if hundreds:
        parts += [UNITS[hundreds], "trăm"]
        if not tens and ones:
            parts.append("linh")
    if tens == 1:
        parts.append("mười")
    elif tens:
        parts += [UNITS[tens], "mươi"]
    if ones:
        parts.append({1: "mốt" if tens > 1 else "một", 5: "lăm" if tens else "năm"}.get(ones, UNITS[ones]))
    return " ".join(parts)


def _low(value: int) -> str:
    return ("linh " if value < 10 else "") + spoken(value)


@given(st.integers(1, 10**12 - 1))
def test_words_read_back_as_the_number_they_spell(value: int) -> None:
    found = numbers.find(spoken(value))
    assert [(n.value, n.start, n.stop) for n in found] == [(value, 0, len(spoken(value)))]


@given(st.integers(1, 10**15))
def test_figures_with_points_read_back(value: int) -> None:
    written = f"{value:,}".replace(",", ".")
    assert [n.value for n in numbers.find(written)] == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.100", 1100),
        ("9,8", 9.8),
        ("240.000", 240_000),
        ("1,200,000", 1.2e6),
        ("0,125", 0.125),
        ("1.250.000,5", 1_250_000.5),
        ("1.23.456", None),
        ("024.39369898", None),
        ("1" * 30, None),
    ],
)
def test_a_figure_follows_vietnamese_or_english_grouping(written: str, value: float | None) -> None:
    assert numbers.figure(written) == value


def test_a_comma_before_three_digits_is_decimal_if_a_scale_follows() -> None:
    assert numbers.figure("1,125") == 1125
    assert numbers.figure("1,125", scaled=True) == 1.125


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3-5", 3, 5),
        ("3 - 5", 3, 5),
        ("10 đến 15 triệu", 10e6, 15e6),
        ("500 triệu đến 1 tỷ", 500e6, 1e9),
        ("hai hoặc ba", 2, 3),
        ("200-300 nghìn", 200e3, 300e3),
    ],
)
def test_ranges_share_the_scale_of_their_end(text: str, low: float, high: float) -> None:
    assert [(n.value, n.max) for n in numbers.find(text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ba phẩy hai triệu", 3.2e6),
        ("mười một phẩy không năm", 11.05),
        ("nghìn rưỡi", 1500),
        ("3 crore", 3e7),
    ],
)
def test_spoken_decimals_and_other_scales(text: str, value: float) -> None:
    assert [n.value for n in numbers.find(text)] == [value]


def test_a_guess_shares_the_scale_of_its_end() -> None:
    assert [(n.value, n.max) for n in numbers.find("hai ba chục")] == [(20, 30)]


@pytest.mark.parametrize("text", ["F-16", "MiG-29", "S -400", "20/8", "20-8", "12:30", "Su-30MK2", "A320", "7/4"])
def test_designations_dates_and_clocks_are_no_numbers(text: str) -> None:
    assert numbers.find(text) == []


@given(st.text(st.sampled_from("0123456789.,-/ ₫$năm mươitriệutỷhàng\n"), max_size=200))
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    stop = 0
    for number in numbers.find(text):
        assert stop <= number.start < number.stop <= len(text)
        assert number.max is None or number.max > number.value
        stop = number.stop
