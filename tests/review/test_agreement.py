"""How far two people agree: worked by hand on small tables."""

from __future__ import annotations

import pytest

from vientro.model.decision import Decision, named
from vientro.review.agreement import agreement, kappa


def ruled(at, by, kind, claim, **more):
    return named(Decision("", f"2026-03-01T10:00:{at:02d}Z", by, kind, (claim,), **more))


def test_kappa_is_that_of_the_book():
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)  # observed 0.7, chance 0.5
    assert kappa([("yes", "yes")] * 3) is None
    assert kappa([]) is None
    assert kappa([("yes", "no"), ("no", "yes")]) == -1


def test_claims_that_both_ruled_on_are_compared_by_verdict_and_by_corrected_slot():
    first = [
        ruled(1, "lan", "accept", "c-1"),
        ruled(2, "lan", "reject", "c-2"),
        ruled(3, "lan", "correct", "c-3", slot="date", value="2024-05"),
    ]
    second = [
        ruled(11, "minh", "accept", "c-1"),
        ruled(12, "minh", "accept", "c-2"),
        ruled(13, "minh", "correct", "c-3", slot="date", value="2024-06"),
        ruled(14, "minh", "accept", "c-9"),
    ]
    verdict, day = agreement([*first, *second])
    assert (verdict.first, verdict.second, verdict.slot, verdict.claims, verdict.same) == ("lan", "minh", "verdict", 3, 2)
    assert (day.slot, day.claims, day.same, day.share) == ("date", 2, 1, 0.5)


def test_who_knew_the_other_answer_says_nothing_about_agreement():
    yes = ruled(1, "lan", "accept", "c-1")
    assert agreement([yes, ruled(2, "minh", "accept", "c-1", after=(yes.id,))]) == []
    assert len(agreement([yes, ruled(2, "minh", "accept", "c-1")])) == 1
