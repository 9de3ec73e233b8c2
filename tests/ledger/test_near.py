"""What lies around a claim that somebody makes."""

from __future__ import annotations

from made import article, claim, money
from vientro.ledger.check import Scored, verdict
from vientro.ledger.lookup import Filed
from vientro.model.ledger import Interval, Step, Sum

STORY = article("Các nước cam kết viện trợ cho Moldova")


def test_of_the_same_line_of_support_the_newest_are_named_and_the_others_counted():
    asked = claim(STORY, "deliver", actors="NO", recipients="MD")
    filed = [Filed(Step(f"s-{day}", "d-1", (), 1, f"2024-05-0{day}", type="deliver"), None, {}) for day in range(1, 9)]
    found = verdict(asked, Scored((), frozenset(one.step.id for one in filed), None), filed, {})
    assert [one.step for one in found.near] == ["s-8", "s-7", "s-6", "s-5", "s-4"]
    assert found.rest == 3


def test_a_larger_sum_of_another_currency_has_no_room_inside():
    asked = claim(STORY, "commit", recipients="MD", scope="total", actors="NO", amounts=(money(10e6, "USD"),))
    sums = {"s-part": Sum("EUR", Interval(5e6, 5e6, 5e6), (), 1), "s-large": Sum("EUR", Interval(90e6, 90e6, 90e6), (), 1)}
    filed = [
        Filed(Step(id_, id_, (), 1, "2024-05-01", actors=("NO",), recipients=("MD",), sums=(one,)), None, {}) for id_, one in sums.items()
    ]
    assert [(one.step, one.relation) for one in verdict(asked, Scored((), frozenset(), None), filed, {}).near] == [("s-part", "inside")]
