"""Parties, sums and quantities that fit each other, and that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made import item, money
from vientro.link.compare import counts_agree, kindred, relation, same_sum, sums_agree

if TYPE_CHECKING:
    from vientro.model.claim import Money

codes = st.frozensets(st.sampled_from(["UA", "US", "EU", "EUROPE", "WEST", "DE", "MD"]), max_size=3)
sums = st.builds(
    money,
    st.integers(1, 10**6),
    st.sampled_from(["EUR", "USD", "GBP", "XXX"]),
    st.sampled_from(["exact", "about", "at_least", "up_to"]),
)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"US"}, {"US"}, "same"),
        ({"US", "GB"}, {"US"}, "overlap"),
        ({"WEST"}, {"DE"}, "group"),
        ({"EU"}, {"EUROPE"}, "group"),
        ({"US"}, {"RU"}, "differ"),
        (set(), {"RU"}, "one-sided"),
        (set(), set(), "unsaid"),
    ],
)
def test_relation_of_parties(a: set[str], b: set[str], expected: str) -> None:
    assert relation(frozenset(a), frozenset(b)) == expected


@given(codes, codes)
def test_relation_has_no_direction(a: frozenset[str], b: frozenset[str]) -> None:
    assert relation(a, b) == relation(b, a)


@given(sums, sums)
def test_whether_two_sums_may_be_one_has_no_direction(a: Money, b: Money) -> None:
    assert same_sum(a, b) == same_sum(b, a)


def test_a_conversion_is_the_same_sum() -> None:
    assert same_sum(money(90e9, "EUR"), money(105e9, "USD")) is True
    assert same_sum(money(90e9, "EUR"), money(300e9, "USD")) is False


def test_of_a_currency_without_a_known_rate_nothing_is_said() -> None:
    assert same_sum(money(1, "EUR"), money(1, "XXX")) is None


def test_bounds_reach_but_are_not_open() -> None:
    assert sums_agree((money(400e6, bound="at_least"),), (money(425e6),)) is True
    assert sums_agree((money(400e6, bound="at_least"),), (money(2e9),)) is False
    assert sums_agree((money(11e9, bound="about"),), (money(10.6e9),)) is True


def test_a_yearly_sum_is_not_compared_with_a_whole() -> None:
    assert sums_agree((money(3e9, per="year"),), (money(3e9),)) is None


def test_quantities_are_compared_within_a_class() -> None:
    tanks, shells = item("tank", "xe tăng", value=14), item("artillery-ammunition", "đạn", value=14)
    assert tanks.quantity
    assert shells.quantity
    assert counts_agree((("tank", tanks.quantity),), (("artillery-ammunition", shells.quantity),)) is None


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"f 35a"}, {"f 35"}, "same"),
        ({"f 16v"}, {"f 16"}, "same"),
        ({"m1a1 abrams"}, {"abrams"}, "same"),
        ({"patriot", "f 16"}, {"f 16v"}, "overlap"),
        ({"f 1"}, {"f 16"}, "differ"),
        ({"su 35"}, {"su 57"}, "differ"),
        (set(), {"f 16"}, "one-sided"),
    ],
)
def test_a_variant_is_its_model(a: set[str], b: set[str], expected: str) -> None:
    assert kindred(frozenset(a), frozenset(b)) == kindred(frozenset(b), frozenset(a)) == expected
