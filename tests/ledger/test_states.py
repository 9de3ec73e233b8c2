"""The life of a deal, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.ledger import states
from vientro.ledger.data import rows
from vientro.model.claim import Type
from vientro.model.ledger import Interval, State, Step, Stock, Sum

TOLD = ("actual", "planned", "possible", "conditional")


def step(kind: str, modality: str = "actual", day: int = 1, words: str = "", **more: Any) -> Step:
    """A step on a day of May 2024, with the state that its type and modality give it."""
    does = states.effect(kind, modality, [words])
    made: dict[str, Any] = {"type": kind, "modality": modality, "state": does.state if does else None, "date": f"2024-05-{day:02}", **more}
    return Step(f"s-{kind}-{modality}-{day}", "d-1", (), 1, **made)


def lead_to(*steps: Step) -> State | None:
    reached = states.life(steps, {one.id: date.fromisoformat(one.date) if one.date else date.max for one in steps})
    return reached[0] if reached else None


def stock(best: float | None, low: float | None = None, of: float | None = None, model: str | None = None) -> Stock:
    lowest = best if low is None else low
    return Stock("air_defence", model, "hệ thống", Interval(lowest, best, best) if lowest is not None else None, None, of)


@pytest.mark.parametrize(
    ("kind", "modality", "words", "state", "move"),
    [
        (kind, modality, words, row["state"], row["move"])
        for row in rows("states")
        for kind in row["type"].split("|")
        for modality in row["modality"].split("|")
        for words in row["words"].split("|")
    ],
)
def test_every_row_of_the_table_is_reached(kind, modality, words, state, move):
    found = states.effect(kind, modality, [f"Hôm nay {words.capitalize()} nữa"])
    assert (found.state, found.move) == (state, move)
    assert state in get_args(State)
    assert states.move_of(step(kind, modality, words=words)) == move


@pytest.mark.parametrize("kind", get_args(Type))
@pytest.mark.parametrize("modality", TOLD)
def test_what_is_told_as_an_act_has_a_state_and_what_is_denied_has_none(kind, modality):
    if (kind, modality) != ("resume", "actual"):
        assert states.effect(kind, modality, [""]) is not None
    assert states.effect(kind, "denied", [""]) is None
    assert states.effect(kind, "alleged", [""]) is None


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([("request", "actual")], "requested"),
        ([("urge", "actual")], "requested"),
        ([("commit", "possible")], "weighed"),
        ([("request", "actual"), ("commit", "conditional")], "weighed"),
        ([("request", "actual"), ("commit", "actual")], "pledged"),
        ([("deliver", "planned")], "pledged"),  # C8
        ([("commit", "actual"), ("approve", "actual")], "approved"),
        ([("approve", "planned")], "weighed"),
        ([("approve", "actual"), ("procure", "actual")], "ordered"),
        ([("procure", "actual"), ("deliver", "actual")], "delivered"),
        ([("train", "actual")], "delivered"),
        # a stage is never lost to a lower one
        ([("deliver", "actual"), ("commit", "actual"), ("request", "actual")], "delivered"),
        # stops hold, whatever they stop (C9)
        ([("deliver", "actual"), ("suspend", "actual")], "suspended"),
        ([("request", "actual"), ("refuse", "actual")], "refused"),
        ([("deliver", "actual"), ("refuse", "actual")], "refused"),
        ([("commit", "actual"), ("block", "actual")], "blocked"),
        ([("commit", "actual"), ("decline", "actual")], "declined"),
        # and are lifted by who resumes, promises or delivers later, not by who asks again
        ([("commit", "actual"), ("suspend", "actual"), ("resume", "actual")], "resumed"),
        ([("commit", "actual"), ("suspend", "actual"), ("resume", "planned")], "suspended"),
        ([("refuse", "actual"), ("request", "actual")], "refused"),
        ([("refuse", "actual"), ("commit", "actual")], "pledged"),
        ([("suspend", "actual"), ("deliver", "actual")], "delivered"),
        # weighing anew lifts a stop only where nothing had been promised
        ([("request", "actual"), ("refuse", "actual"), ("commit", "possible")], "weighed"),
        ([("deliver", "actual"), ("suspend", "actual"), ("commit", "possible")], "suspended"),
        # what is beside the deal is its state only where there is nothing else
        ([("consult", "actual")], "talks"),
        ([("consult", "actual"), ("oppose", "actual")], "opposed"),
        ([("oppose", "actual"), ("consult", "actual")], "opposed"),
        ([("request", "actual"), ("oppose", "actual"), ("consult", "actual")], "requested"),
        ([("refuse", "possible")], "weighed"),
        ([("commit", "actual"), ("suspend", "possible")], "pledged"),
        ([("sanction", "actual")], "sanctioned"),
        ([("sanction", "actual"), ("ease", "actual")], "eased"),
        ([("ease", "actual"), ("sanction", "actual")], "sanctioned"),
        ([("sanction", "actual"), ("ease", "possible")], "sanctioned"),
        # what is alleged or denied is nothing
        ([("deliver", "alleged")], None),
        ([("commit", "actual"), ("deliver", "denied"), ("deliver", "alleged")], "pledged"),
        ([], None),
    ],
)
def test_acts_a_day_apart_lead_to_a_state(acts, state):
    assert lead_to(*(step(kind, modality, day) for day, (kind, modality) in enumerate(acts, 1))) == state


def test_words_of_an_end_and_of_a_first_part():
    assert lead_to(step("suspend", words="Bộ hủy hợp đồng")) == "cancelled"
    assert lead_to(step("deliver", words="nhận lô đầu tiên")) == "partly delivered"


@pytest.mark.parametrize("days", [(1, 1), (2, 1), (None, None)])
def test_no_stop_is_lifted_by_what_is_not_known_to_be_later(days):
    stop, deed = (step(kind, date=f"2024-05-{day:02}" if day else None) for kind, day in zip(("refuse", "deliver"), days, strict=True))
    assert lead_to(stop, deed) == "refused"
    assert lead_to(deed, stop) == "refused"


def test_q5_what_an_adversary_alone_tells_moves_no_deal():
    claimed = step("deliver", day=3, flags=("Q5",))
    assert lead_to(step("commit"), claimed) == "pledged"
    assert lead_to(step("commit"), step("refuse", day=2, flags=("Q5",))) == "pledged"
    assert lead_to(step("suspend"), claimed) == "suspended"
    assert lead_to(claimed) == "delivered"  # shown as unconfirmed


def money(value: float, currency: str = "EUR", per: str | None = None) -> Sum:
    return Sum(currency, Interval(value, value, value), (), 1, per)


def promise(what: Stock | Sum) -> Step:
    return handed(1, what, "commit")


def handed(day: int, what: Stock | Sum, kind: str = "deliver", **more: Any) -> Step:
    return step(kind, day=day, **({"sums": (what,)} if isinstance(what, Sum) else {"items": (what,)}), **more)


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        # whole and part of items
        ([promise(stock(8)), handed(2, stock(3))], "partly delivered"),
        ([promise(stock(8)), handed(2, stock(3)), handed(3, stock(5))], "delivered"),
        ([handed(1, stock(None, 1, of=4))], "partly delivered"),
        ([handed(1, stock(None, 1, of=4)), handed(9, stock(3))], "delivered"),
        # items of another model are another whole
        ([promise(stock(8, model="A")), handed(2, stock(3, model="B"))], None),
        # a delivery without a number completes nothing that is known to have come in part
        ([promise(stock(8)), handed(2, stock(3)), handed(3, stock(None))], "partly delivered"),
        ([promise(stock(8)), handed(2, stock(None))], None),
        # repeats (D5), an adversary's word (Q5) and running totals (D4) add nothing
        ([promise(stock(4)), handed(2, stock(2)), handed(3, stock(2), flags=("D5",))], "partly delivered"),
        ([promise(stock(4)), handed(2, stock(4), flags=("Q5",))], None),
        ([promise(stock(4)), handed(2, stock(4), scope="total", counts=False)], None),
        # money, in one currency and not by the year
        ([promise(money(9.0)), handed(2, money(2.0))], "partly delivered"),
        ([promise(money(9.0)), handed(2, money(9.0))], "delivered"),
        ([promise(money(9.0)), handed(2, money(2.0, "USD"))], None),
        ([promise(money(9.0, per="year")), handed(2, money(2.0))], None),
    ],
)
def test_a_delivery_is_whole_or_part(steps, wanted):
    assert states.delivered(steps).get(steps[-1].id) == wanted


def test_the_table_knows_the_whole_life_of_a_deal():
    life = {"requested", "weighed", "pledged", "approved", "ordered", "partly delivered", "delivered"}
    ends = {"suspended", "resumed", "refused", "declined", "blocked", "cancelled"}
    assert life | ends <= {row["state"] for row in rows("states")}


FORWARD = [
    ("request", "actual"),
    ("commit", "possible"),
    ("commit", "actual"),
    ("approve", "actual"),
    ("procure", "actual"),
    ("deliver", "actual"),
]


@given(st.lists(st.sampled_from(FORWARD), min_size=1, max_size=6), st.sampled_from(FORWARD))
def test_stages_may_be_skipped_and_late_news_never_takes_one_back(acts, late):
    steps = [step(kind, modality, day) for day, (kind, modality) in enumerate(acts, 1)]
    furthest = max((FORWARD.index(act), act) for act in acts)[1]
    assert lead_to(*steps) == step(*furthest).state
    told_late = step(*late, len(acts) + 1)
    both = lead_to(*steps, told_late)
    assert both == step(*max(furthest, late, key=FORWARD.index)).state
