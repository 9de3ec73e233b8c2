"""What became of a promise, and what was due and passed in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.ledger import follow
from vientro.model.ledger import Deal, Interval, Step, Stock, Sum

if TYPE_CHECKING:
    from vientro.model.ledger import State

AS_OF = date(2025, 3, 1)


def step(kind: str, day: str | None = "2024-05-01", modality: str = "actual", **slots: Any) -> Step:
    states = {"commit": "pledged", "deliver": "delivered" if modality == "actual" else "pledged", "suspend": "suspended"}
    made: dict[str, Any] = {
        "type": kind,
        "modality": modality,
        "actors": ("NO",),
        "recipients": ("MD",),
        "state": states.get(kind),
        **slots,
    }
    return Step(f"s-{kind}-{day}-{len(slots)}-{slots.get('due', '')}", "d-1", (), 1, day, **made)


def radars(number: float | None, high: float | None = None, of: float | None = None, model: str | None = None) -> tuple[Stock, ...]:
    count = None if number is None else Interval(number, number, number if high is None else high)
    return (Stock("radar", model, "radar", count, None, of),)


def money(low: float | None, best: float | None, high: float | None, currency: str = "EUR") -> tuple[Sum, ...]:
    return (Sum(currency, Interval(low, best, high), (), 1),)


def told(*steps: Step, **last: str) -> dict[str, follow.Told]:
    return {one.id: (one.date or "", last.get("last", one.date or "")) for one in steps}


def share(*steps: Step) -> tuple[Interval | None, Interval, Interval | None]:
    (found,) = follow.shares(steps)
    return found.whole, found.come, found.share


def test_a_share_of_items_adds_up_over_deliveries():
    found = share(step("commit", items=radars(8)), step("deliver", "2024-06-01", items=radars(2)), step("deliver", items=radars(4)))
    assert found == (Interval(8, 8, 8), Interval(6, 6, 6), Interval(0.75, 0.75, 0.75))


def test_a5_a_share_of_a_ceiling_and_of_a_floor_keeps_its_bounds():
    ceiling = share(step("commit", sums=money(None, None, 10e6)), step("deliver", sums=money(4e6, 4e6, 4e6)))
    assert ceiling[2] == Interval(0.4, None, None)
    floor = share(step("commit", sums=money(10e6, None, None)), step("deliver", sums=money(4e6, 4e6, 4e6)))
    assert floor[2] == Interval(None, None, 0.4)


def test_a2_a_delivery_without_a_number_is_not_zero():
    found = share(step("commit", items=radars(8)), step("deliver", items=radars(None)))
    assert found[1:] == (Interval(0, None, None), Interval(0, None, None))


def test_a_delivery_that_names_its_whole_is_a_share_of_that():
    assert share(step("deliver", items=radars(1, of=4)))[2] == Interval(0.25, 0.25, 0.25)


def test_a_class_without_a_model_is_the_model_that_was_promised():
    found = share(step("commit", items=radars(8, model="GM-200")), step("deliver", items=radars(2)))
    assert found[2] == Interval(0.25, 0.25, 0.25)


@pytest.mark.parametrize("flag", ["D5", "Q5"])
def test_d5_q5_what_may_be_a_repeat_or_is_unconfirmed_adds_nothing(flag):
    steps = step("commit", items=radars(8)), step("deliver", items=radars(2)), step("deliver", "2024-06-02", items=radars(2), flags=(flag,))
    assert share(*steps)[1] == Interval(2, 2, 2)


def test_d3_a_promise_and_its_approval_are_one_whole():
    found = share(step("commit", items=radars(8)), step("approve", items=radars(8)), step("deliver", items=radars(4)))
    assert found[0] == Interval(8, 8, 8)


def test_sums_of_two_currencies_are_never_compared():
    assert share(step("commit", sums=money(1, 1, 1, "NOK")), step("deliver", sums=money(1, 1, 1)))[::2] == (None, None)


@given(st.lists(st.integers(0, 20), max_size=5), st.integers(1, 20))
def test_a_share_is_between_0_and_1(parts, whole):
    steps = [step("deliver", items=radars(part)) for part in parts]
    for found in follow.shares([step("commit", items=radars(whole)), *steps]):
        assert found.share is not None
        assert all(part is not None and 0 <= part <= 1 for part in (found.share.low, found.share.best, found.share.high))


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("pledged", True), ("approved", True), ("ordered", True), ("partly delivered", True), ("delivered", False), ("cancelled", False)],
)
def test_an_open_pledge_has_an_age_what_was_due_and_the_last_news(state: State, is_open):
    steps = step("request", "2024-04-01"), step("commit", "2024-05-01", due="2025-06")
    found = follow.follow(Deal("d-1", (), state), steps, told(*steps, last="2024-09-01"), AS_OF)
    assert (found.open, found.since, found.age, found.due, found.last) == (is_open, "2024-05-01", 304, ("2025-06",), "2024-09-01")


def late(*steps: Step, as_of: date = AS_OF, last: str | None = None, others: tuple[Step, ...] = ()) -> list[follow.Overdue]:
    days = told(*steps, *others) | (told(*steps, last=last) if last else {})
    return follow.overdue("d-1", steps, days, as_of, others)


def test_q8_a_due_day_that_passed_in_silence():
    (found,) = late(step("commit", due="2024-12"))
    assert (found.due, found.last_day, found.days, found.last, found.silent) == ("2024-12", "2024-12-31", 60, "2024-05-01", True)


def test_news_since_is_no_silence():
    (found,) = late(step("deliver", modality="planned", due="2024-12"), last="2025-01-15")
    assert (found.last, found.silent) == ("2025-01-15", False)


@pytest.mark.parametrize(
    "steps",
    [
        (step("commit", due="2025-03-01"),),  # not passed yet
        (step("commit", due="2024-12/.."),),
        (step("commit", due="2024-12", counts=False),),
        (step("request", due="2024-12"),),
        (step("commit", due="2024-12"), step("deliver", "2024-11-20")),
        (step("commit", due="2024-12"), step("suspend", "2024-11-20")),
        (step("commit", due="2024-12"), step("commit", "2024-11-20", due="2025-06")),  # put off
    ],
)
def test_what_is_not_overdue(steps):
    assert late(*steps) == []


@pytest.mark.parametrize(
    "other",
    [
        step("deliver", "2024-04-01"),  # before the promise
        step("deliver", "2024-11-20", flags=("Q5",)),
        step("deliver", "2024-11-20", modality="planned"),
        step("deliver", "2024-11-20", items=(Stock("food", None, "gạo"),)),
        step("commit", "2024-05-01", due="2025-06"),  # told the same day: another part
    ],
)
def test_what_settles_nothing(other):
    assert len(late(step("commit", due="2024-12", items=radars(8)), other)) == 1


def test_a_delivery_told_in_another_deal_may_be_the_one():
    promise = step("commit", due="2024-12", items=radars(8))
    others = (
        step("deliver", "2024-11-20", items=radars(8)),
        step("deliver", "2024-11-21", recipients=("UA",), items=radars(8)),
        step("deliver", "2024-11-22", actors=("SE",), items=radars(8)),
        step("deliver", "2024-11-23", items=(Stock("food", None, "gạo"),)),
    )
    (found,) = late(promise, others=others)
    assert found.maybe == (others[0].id,)


def test_a_promise_told_only_without_a_day_is_neither_silent_nor_not():
    (found,) = follow.overdue("d-1", [step("commit", None, due="2024-12")], told(step("commit", None, due="2024-12")), AS_OF)
    assert (found.last, found.silent) == (None, None)


def test_of_a_delivery_without_a_giver_the_things_decide_and_one_without_a_day_is_left_out():
    promise = step("commit", due="2024-12", items=radars(8))
    others = (
        step("deliver", "2024-11-20", actors=(), items=radars(8)),
        step("deliver", "2024-11-21", actors=()),
        step("deliver", None, items=radars(8)),
    )
    (found,) = late(promise, others=others)
    assert found.maybe == (others[0].id,)


def test_a_loan_and_military_aid_in_one_currency_are_two_shares():
    aid = {"mode": "aid", "support": "military"}
    lent = {"mode": "loan", "support": "financial"}
    steps = (
        step("commit", "2024-05-01", sums=money(2e9, 2e9, 2e9), **aid),
        step("commit", "2024-05-02", sums=money(3e9, 3e9, 3e9), **lent),
        step("deliver", "2024-06-01", sums=money(1e9, 1e9, 1e9), **aid),
        step("deliver", "2024-06-02", sums=money(3e9, 3e9, 3e9), **lent),
    )
    found = {one.support: (one.mode, one.share) for one in follow.shares(steps)}
    assert found == {"military": ("aid", Interval(0.5, 0.5, 0.5)), "financial": ("loan", Interval(1, 1, 1))}


@pytest.mark.parametrize("came", [{}, {"mode": "loan"}, {"support": "financial"}])
def test_money_that_does_not_say_what_it_is_comes_of_the_only_promise_that_fits(came):
    promise = step("commit", sums=money(2e9, 2e9, 2e9), mode="loan", support="financial")
    (found,) = follow.shares([promise, step("deliver", "2024-06-01", sums=money(1e9, 1e9, 1e9), **came)])
    assert (found.share, found.mode, found.support) == (Interval(0.5, 0.5, 0.5), None, None)


def test_money_that_may_be_of_two_promises_is_of_none():
    promises = [step("commit", sums=money(2e9, 2e9, 2e9), mode=mode, support="financial") for mode in ("loan", "aid")]
    (found,) = follow.shares([*promises, step("deliver", "2024-06-01", sums=money(1e9, 1e9, 1e9))])
    assert found.whole is None


VAGUE = step("commit", due="2024-12", support="military")


def test_what_came_by_the_day_keeps_a_promise_that_names_nothing():
    assert late(VAGUE, others=(step("deliver", "2024-11-20", items=radars(2), support="military"),)) == []
    assert (
        late(step("commit", due="2024-12", support="military", actors=()), others=(step("deliver", "2024-11-20", support="military"),))
        == []
    )


@pytest.mark.parametrize(
    "other",
    [
        step("deliver", "2025-01-20", support="military"),  # after the day
        step("deliver", "2024-04-20", support="military"),  # before the promise
        step("deliver", "2024-11-20", support="humanitarian"),
        step("deliver", "2024-11-20"),
        step("deliver", "2024-11-20", support="military", actors=("SE",)),
        step("deliver", "2024-11-20", support="military", recipients=("UA",)),
    ],
)
def test_what_keeps_no_promise_that_names_nothing(other):
    assert len(late(VAGUE, others=(other,))) == 1
    named = step("commit", due="2024-12", support="military", items=radars(8))
    assert len(late(named, others=(step("deliver", "2024-11-20", support="military"),))) == 1
