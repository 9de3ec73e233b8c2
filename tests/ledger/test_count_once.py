"""Nothing is counted twice: the rules D1 to D15 on the count."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from counted import best, counted, entry, stock, total
from made import article, claim, money, one_step
from vientro.ledger import project
from vientro.ledger.counting.entries import entries
from vientro.ledger.counting.parties import groups_of
from vientro.model.counting import Entry, Fact
from vientro.model.ledger import Interval, Link

STORY = article("Na Uy giúp Moldova")
GIFT: dict[str, Any] = {"actors": "NO", "recipients": "MD"}


def read(*claims: Any, facts: tuple[Fact, ...] = (), apart: bool = False) -> list[Entry]:
    """Entries of claims of one story, each a step of its own, of one deal unless they are `apart`."""
    links = [Link(told.id, f"o-{told.id}", f"s-{number}", f"d-{number if apart else 1}") for number, told in enumerate(claims)]
    return entries(project([STORY], claims, links), {told.id: told for told in claims}, {STORY.id: STORY}, facts)


def package(*values: float, number: int = 100) -> list[Entry]:
    """A pledge of so many millions and its parts."""
    whole = claim(STORY, "commit", amounts=(money(number * 1e6),), **GIFT)
    return read(whole, *(claim(STORY, "commit", number=value, amounts=(money(value * 1e6),), **GIFT) for value in values))


def test_d1_of_a_package_the_whole_is_summed():
    told = counted(*package(40, 30))
    assert total(told) == (100, 100, 100)
    assert told.left_out == {"D1": ("s-1", "s-2")}
    assert "D1" in told.total.rules


def test_d1_by_class_the_parts_stand_with_an_unspecified_rest():
    whole, *parts = package(40, 30)
    parts = [replace(part, classes=(cls,)) for part, cls in zip(parts, ("tank", "radar"), strict=True)]
    assert best(counted(whole, *parts, by=("class",))) == {"tank": 40, "radar": 30, "unspecified": 30}


def test_d1_a_package_is_split_only_where_all_figures_are_exact():
    whole, one, other = package(40, 30)
    other = replace(other, value=Interval(20e6, None, 30e6))
    assert best(counted(whole, one, other, by=("class",))) == {"not said": 100}


def test_d1_a_package_without_a_figure_is_the_sum_of_its_parts():
    whole, part = entry("s-1", None), entry("s-2", 4e6, parent="s-1")
    told = counted(whole, part)
    assert total(told) == (4, 4, 4)
    assert told.left_out == {"D1": ("s-1",)}


def test_d1_packages_that_hold_each_other_hold_nothing():
    assert total(counted(entry("s-1", parent="s-2"), entry("s-2", parent="s-1"))) == (20, 20, 20)


def test_d2_the_stated_total_stands_and_the_larger_only_in_an_estimate():
    steps = [replace(one, level="approval", strength="appropriated") for one in package(70, 60)]
    assert "D2" in steps[0].flags
    assert total(counted(*steps, profile="headline")) == (100, 100, 100)
    told = counted(*steps, profile="estimate")
    assert total(told) == (130, 130, 130)
    assert told.left_out == {"D2": ("s-0",)}


def test_d3_one_level_of_a_chain_is_summed():
    chain = [entry(f"s-{level}", value, deal="d-1", level=level) for level, value in (("approval", 9e6), ("order", 5e6), ("delivery", 2e6))]
    told = counted(*chain, profile="headline")
    assert total(told) == (9, 9, 9)
    assert told.left_out == {"D3": ("s-delivery", "s-order")}


def test_d3_the_level_that_has_a_figure_comes_first():
    chain = [entry("s-a", None, deal="d-1", level="approval"), entry("s-b", 5e6, deal="d-1", level="delivery")]
    assert counted(*chain, profile="headline").counted == {"s-b"}


def test_d4_a_running_total_is_never_added():
    told = counted(*read(claim(STORY, "deliver", scope="total", amounts=(money(3e9),), **GIFT)), profile="announced")
    assert told.left_out == {"D4": ("s-0",)}


def test_d5_a_possible_duplicate_is_out_until_somebody_decides():
    day = {"date": "2024-05-01"}
    told = [claim(STORY, "commit", number=number, amounts=(money(5e6),), **GIFT, **day) for number in range(2)]
    doubt = read(*told, apart=True)
    repeat = next(one.step for one in doubt if one.repeat)
    assert counted(*doubt).left_out == {"D5": (repeat,)}
    another = read(*told, apart=True, facts=(Fact(repeat, repeat=False),))
    assert total(counted(*another)) == (10, 10, 10)
    same = read(*told, apart=True, facts=(Fact(repeat, repeat=True),))
    assert counted(*same).left_out == {"D5": (repeat,)}


@pytest.mark.parametrize(("whose", "steps"), [("payer", {"s-in"}), ("channel", {"s-out"}), ("giver", {"s-out"})])
def test_d6_money_through_a_channel_counts_once_at_the_level_chosen(whose, steps):
    paid = entry("s-in", payers=("NO",))
    onward = entry("s-out", payers=("NO",), givers=("WB",), via="WB", funded_by=("s-in",))
    told = counted(paid, onward, whose=whose, by=("donor",))
    assert told.counted == steps
    assert [cell.key for cell in told.cells] == [("NO",) if whose == "payer" else ("WB",)]
    assert set(told.left_out) == {"D6"}


def test_d7_the_eu_is_a_donor_and_its_members_only_by_a_switch():
    steps = entry("s-1", payers=("EU",)), entry("s-2", payers=("DE",))
    assert best(counted(*steps, by=("donor",))) == {"EU": 10, "DE": 10}
    shared = counted(*steps, by=("donor",), members=True)
    assert ("EU",) not in {cell.key for cell in shared.cells}
    assert total(shared) == (20, 20, 20)
    germany = next(cell for cell in shared.cells if cell.key == ("DE",))
    assert 11e6 < (germany.figure.best or 0) < 14e6
    assert germany.figure.estimates == 1
    assert "D7" in germany.rules


def test_d8_a_refund_is_a_negative_in_net_and_out_elsewhere():
    gift, refund = entry("s-1", level="delivery"), entry("s-2", 3e6, payers=("NO",), level="delivery", refund_of="s-1")
    assert total(counted(gift, refund, profile="net")) == (7, 7, 7)
    told = counted(gift, refund, profile="headline")
    assert total(told) == (10, 10, 10)
    assert told.left_out == {"D8": ("s-2",)}


def test_d9_joint_donors_are_one_step_and_stay_together():
    told = counted(entry(payers=("NL", "DK")), by=("donor",))
    assert best(told) == {"DK + NL": 10}
    assert told.total.figure.steps == 1


def test_d9_stated_shares_are_split():
    assert best(counted(entry(payers=("NL", "DK"), shares=(("NL", 0.75),)), by=("donor",))) == {"NL": 7.5, "DK + NL": 2.5}


def test_d9_asked_for_alone_a_joint_donor_has_anything_up_to_all():
    told = counted(entry(payers=("NL", "DK")), donor="NL")
    assert total(told) == (0, None, 10)
    assert "D9" in told.total.rules


def test_d10_a_group_is_not_filled_in_for_its_members():
    group, own = entry("s-1", payers=("EU-STATES",), kind="group"), entry("s-2", payers=("DE",))
    assert best(counted(group, own, by=("donor",))) == {"DE": 10, "EU-STATES": 10}
    seven = entry("s-1", payers=("G7",), kind="group")
    told = counted(seven, own, donor="DE")
    assert total(told) == (10, 10, 10)
    assert told.left_out == {"D10": ("s-1",)}
    assert "G7" in groups_of("DE")


def test_d11_one_report_in_two_articles_is_one_origin():
    stories = [article(f"Na Uy giúp Moldova {n}", outlet=f"Báo {n}") for n in "ab"]
    told = [claim(story, "commit", amounts=(money(5e6),), **GIFT) for story in stories]
    made = project(stories, told, one_step(told, origin="o-1"))
    found = counted(*entries(made, {one.id: one for one in told}, {story.id: story for story in stories}))
    assert (total(found), found.total.origins, found.total.rules) == ((5, 5, 5), 1, ("D11", "T3"))


def test_d12_received_and_delivered_are_one_step_with_two_claims():
    voices = ("Bộ Quốc phòng Na Uy", "Bộ Quốc phòng Moldova")
    told = [claim(STORY, "deliver", number=n, speaker=who, amounts=(money(5e6),), **GIFT) for n, who in enumerate(voices)]
    found = counted(*entries(project([STORY], told, one_step(told)), {one.id: one for one in told}, {STORY.id: STORY}), profile="delivered")
    assert total(found) == (5, 5, 5)
    assert found.total.figure.steps == 1
    assert "D12" in found.total.rules


def test_d13_old_money_is_out_and_what_may_be_old_is_marked():
    old, unclear = entry("s-1", new_money="no"), entry("s-2", new_money="unclear", flags=("D13",))
    told = counted(old, unclear, by=("new-money",))
    assert told.left_out == {"D13": ("s-1",)}
    assert best(told) == {"unclear": 10}
    assert "D13" in told.total.rules
    assert counted(old, profile="announced").counted == {"s-1"}


def test_d13_the_words_say_that_money_is_old():
    words = "tái phân bổ 5 triệu euro cho Moldova"
    story = article(words)
    told = claim(story, "commit", amounts=(money(5e6),), **GIFT)
    (found,) = entries(project([story], [told], one_step([told])), {told.id: told}, {story.id: story})
    assert found.new_money == "no"


def test_d14_the_total_of_a_group_stands_above_and_is_not_added():
    conference, member = entry("s-1", 60e9, payers=("WEST",), umbrella=True, inside=True), entry("s-2", 1e9)
    told = counted(conference, member)
    assert total(told) == (1000, 1000, 1000)
    assert [line.step for line in told.above] == ["s-1"]
    assert told.left_out == {"D14": ("s-1",)}


def test_d14_announced_ceilings_have_it_where_nothing_lies_inside():
    alone = entry("s-1", payers=("WEST",), kind="group", umbrella=True)
    assert counted(alone, profile="announced").counted == {"s-1"}
    assert counted(replace(alone, inside=True), profile="announced").left_out == {"D14": ("s-1",)}


def test_d15_an_outlets_conversion_is_no_second_sum():
    euros, dollars = (
        claim(STORY, "commit", number=n, amounts=(money(value, currency),), **GIFT)
        for n, (value, currency) in enumerate([(90e6, "EUR"), (97e6, "USD")])
    )
    told = [euros, dollars]
    (found,) = entries(project([STORY], told, one_step(told)), {one.id: one for one in told}, {STORY.id: STORY})
    assert "D15" in found.flags
    assert counted(found).total.figure.steps == 1
    assert counted(found).total.figure.best == pytest.approx(90e6, rel=0.01)


def test_things_are_counted_beside_their_value():
    steps = [entry("s-1", items=(stock("tank", 14),)), entry("s-2", items=(stock("tank", 4), stock("radar")))]
    found = {one.cls: (one.figure.low, one.figure.unknown) for one in counted(*steps, things=True).total.things}
    assert found == {"tank": (18, 0), "radar": (None, 1)}
