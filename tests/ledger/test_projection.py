"""Claims and links as a ledger: a function of the sets, and of no order."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made import article, claim, item, money, one_step
from vientro.ledger import project
from vientro.model.claim import Modality, Scope, Type
from vientro.model.ledger import Ledger, Link

STORIES = [article(f"Na Uy giúp Moldova\nBài số {n}", day, f"Báo {n}") for n, day in enumerate(("2024-05-10", "2024-06-02", None))]


def test_nothing_makes_nothing():
    assert project([], [], []) == Ledger()


def test_t1_a_step_bears_its_own_day_and_never_that_of_the_article():
    dated, undated = claim(STORIES[0], "deliver", date="2024-05-09"), claim(STORIES[1], "deliver")
    (deal,) = project(STORIES, [dated], one_step([dated])).deals
    assert deal.since == "2024-05-09"
    ledger = project(STORIES, [undated], one_step([undated]))
    assert (ledger.steps[0].date, ledger.deals[0].since) == (None, None)


def test_the_most_precise_day_is_the_step_s():
    told = [claim(STORIES[n], "deliver", date=day) for n, day in enumerate(("2024-05", "2024-05-09", "2024"))]
    assert project(STORIES, told, one_step(told)).steps[0].date == "2024-05-09"


def test_undated_steps_follow_the_days_on_which_they_were_told():
    stop, gift = claim(STORIES[0], "suspend"), claim(STORIES[1], "deliver")
    links = [Link(stop.id, "o-1", "s-2", "d-1"), Link(gift.id, "o-2", "s-1", "d-1")]
    (deal,) = project(STORIES, [stop, gift], links).deals
    assert (deal.steps, deal.state) == (("s-2", "s-1"), "delivered")


@pytest.mark.parametrize("names", [("s-1", "s-2"), ("s-2", "s-1")])
def test_a_refusal_and_earlier_deliveries_of_one_story_are_a_refusal(names):
    story = article("Na Uy mới chỉ giao radar, và từ chối giao máy bay")
    told = [claim(story, "deliver", "giao radar"), claim(story, "refuse", "từ chối giao máy bay")]
    links = [Link(one.id, f"o-{one.id}", name, "d-1") for one, name in zip(told, names, strict=True)]
    assert project([story], told, links).deals[0].state == "refused"


def test_what_is_only_alleged_habit_or_total_makes_no_deal():
    told = [
        claim(STORIES[0], "deliver", modality="alleged"),
        claim(STORIES[0], "deliver", scope="habit", number=2),
        claim(STORIES[0], "deliver", scope="total", number=3),
        claim(STORIES[0], "deliver", modality="denied", number=4),
    ]
    ledger = project(STORIES, told, [Link(one.id, "o-1", f"s-{n}", "d-1") for n, one in enumerate(told)])
    assert len(ledger.steps) == 4
    assert ledger.deals == ()


def test_two_batches_end_a_deal_of_four():
    thing = "hệ thống phòng không"
    first = claim(STORIES[0], "deliver", date="2024-05-10", items=(item("air_defence", thing, value=1, bound="at_least", of=4),))
    second = claim(STORIES[1], "deliver", date="2024-06-01", items=(item("air_defence", thing, value=3),))
    links = [Link(first.id, "o-1", "s-1", "d-1"), Link(second.id, "o-2", "s-2", "d-1")]
    assert project(STORIES, [first], links[:1]).deals[0].state == "partly delivered"
    ledger = project(STORIES, [first, second], links)
    assert [step.state for step in ledger.steps] == ["partly delivered", "delivered"]
    assert ledger.deals[0].state == "delivered"


DAYS = st.sampled_from((None, "2024-05-01", "2024-05-09", "2024-05", "2024", "2024-06-01/2024-06-03"))
PARTIES = st.sampled_from(("NO", "DE", "RU", "MD", "UA", "NO DE", ""))
FIGURES = st.sampled_from((3.0, 4.0, 8.0))


@st.composite
def _books(draw):
    told, links = [], []
    for number in range(draw(st.integers(1, 8))):
        one = claim(
            draw(st.sampled_from(STORIES)),
            draw(st.sampled_from(get_args(Type))),
            number=number,
            modality=draw(st.sampled_from(get_args(Modality))),
            scope=draw(st.sampled_from(get_args(Scope))),
            actors=draw(PARTIES),
            recipients=draw(PARTIES),
            addressees=draw(PARTIES),
            date=draw(DAYS),
            speaker=draw(st.sampled_from((None, "TASS", "Thủ tướng Đức", "Reuters"))),
            amounts=tuple(money(value * 1e6) for value in draw(st.lists(FIGURES, max_size=2))),
            items=tuple(item("radar", "radar", value=value) for value in draw(st.lists(FIGURES, max_size=2))),
        )
        step = draw(st.integers(0, 4))
        told.append(one)
        links.append(Link(one.id, f"o-{draw(st.integers(0, 3))}", f"s-{step}", f"d-{step % 2}"))
    return told, links, draw(st.permutations(STORIES)), draw(st.permutations(told)), draw(st.permutations(links))


@settings(max_examples=150)
@given(_books())
def test_no_order_changes_the_ledger(book):
    told, links, stories, told_otherwise, links_otherwise = book
    ledger = project(STORIES, told, links)
    assert project(stories, told_otherwise, links_otherwise) == ledger
    assert sorted(id_ for step in ledger.steps for id_ in step.claims) == sorted({one.id for one in told})
    by_id = {step.id: step for step in ledger.steps}
    for deal in ledger.deals:
        moving = [step for step in map(by_id.__getitem__, deal.steps) if step.state]
        assert deal.state in {step.state for step in moving}
        trusted = {step.state for step in moving if "Q5" not in step.flags}
        assert not trusted or deal.state in trusted


def test_of_one_day_a_resumption_is_later_than_the_stop_it_ends():
    story = article("Na Uy nối lại việc giao radar cho Moldova sau hai tháng gián đoạn", "2024-05-10")
    resumed = claim(story, "resume", "Na Uy nối lại việc giao radar", actors="NO", recipients="MD", date="2024-05-09")
    stopped = claim(story, "suspend", "sau hai tháng gián đoạn", actors="NO", recipients="MD", date="2024-05-09")
    links = [Link(resumed.id, "o-1", "s-1", "d-1"), Link(stopped.id, "o-1", "s-2", "d-1")]
    assert project([story], [resumed, stopped], links).deals[0].state == "resumed"
