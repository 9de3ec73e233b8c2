"""Bins of confidence hold every claim once, and their figures are those of the claims in them."""

from __future__ import annotations

from itertools import pairwise
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from vientro.evaluate.calibration import evenly, expected_error, shown, tenths
from vientro.evaluate.hits import Told

TOLD = st.builds(Told, st.floats(0, 1), st.booleans(), st.booleans(), st.booleans())


@given(st.lists(TOLD, max_size=60))
def test_every_claim_is_in_one_bin(told):
    for bins in (tenths(told), evenly(told)):
        assert sum(b.n for b in bins) == len(told)
        assert isclose(sum(b.n * b.right for b in bins), sum(t.right for t in told), abs_tol=1e-9)
        assert all(b.low - 1e-12 <= b.mean <= b.high + 1e-12 for b in bins)
        assert all(a.high <= b.low for a, b in pairwise(bins))
    sizes = [b.n for b in evenly(told)]
    assert not sizes or max(sizes) - min(sizes) <= 1


def test_confidence_that_holds_has_no_error():
    told = [Told(0.75, paired=True, sides=True, right=i % 4 > 0) for i in range(8)]
    assert expected_error(tenths(told)) == 0
    assert expected_error(tenths([Told(0.9, paired=False, sides=False, right=False)])) == 0.9
    assert expected_error([]) is None


def test_what_is_left_above_a_confidence():
    told = [Told(0.95, True, True, True), Told(0.7, True, True, False), Told(0.65, True, False, False), Told(0.1, False, False, False)]
    most, middle, none = shown(told, (0.9, 0.65, 0.99))
    assert (most.n, most.part, most.claim, most.sides, most.strict) == (1, 0.25, 1, 1, 1)
    assert (middle.n, middle.claim, middle.sides, middle.strict) == (3, 1, 2 / 3, 1 / 3)
    assert (none.n, none.part, none.claim, none.strict) == (0, 0, None, None)
    assert shown([], (0.5,))[0].part is None
