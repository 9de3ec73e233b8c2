from __future__ import annotations

from dataclasses import replace

import pytest

from vientro.article.compose import compose
from vientro.ledger.edits import shifts


@pytest.fixture
def claims(stages):
    return lambda text: stages.read(compose("a.txt", text, outlet="Báo A", published="2024-05-03"))


BOTH = "Hôm nay Đức cam kết cho Ukraine 20 triệu euro. Sau đó Pháp bàn giao cho Moldova 3 triệu euro."


def test_what_says_the_same_is_no_shift_wherever_it_stands(claims):
    assert shifts(claims(BOTH), claims("Một câu mới ở đầu. " + BOTH)) == []


def test_a_figure_that_changed_is_one_claim_that_changed(claims):
    [one] = shifts(claims(BOTH), claims(BOTH.replace("20 triệu", "12 triệu")))
    assert one.slots == ("amounts",)
    assert (one.before.amounts[0].value, one.after.amounts[0].value) == (20e6, 12e6)


@pytest.mark.parametrize("turn", [False, True])
def test_a_sentence_taken_out_is_a_claim_lost_and_one_put_in_is_new(claims, turn):
    old, new = claims(BOTH), claims(BOTH.split(". ", maxsplit=1)[0] + ".")
    [one] = shifts(new, old) if turn else shifts(old, new)
    assert (one.before is None, one.after is None) == (turn, not turn)


def test_another_act_of_others_is_no_change_of_it(claims):
    found = shifts(claims("Đức cam kết cho Ukraine 20 triệu euro"), claims("Pháp bàn giao cho Moldova 3 triệu euro"))
    assert [(one.before is None, one.after is None) for one in found] == [(False, True), (True, False)]


def test_so_many_claims_that_pairing_them_would_take_long_are_told_as_lost_and_new(claims):
    [claim] = claims("Đức cam kết cho Ukraine 20 triệu euro")
    many = [replace(claim, id=f"c{number}", date=f"2024-05-{number % 28 + 1:02}") for number in range(300)]
    found = shifts(many, [replace(one, support="military") for one in many])
    assert len(found) == 600
