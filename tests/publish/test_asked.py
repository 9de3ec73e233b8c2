from __future__ import annotations

from typing import get_args

import pytest

from vientro.model.claim import Type
from vientro.publish.asked import near, suggestion, unheard, value


@pytest.mark.parametrize("said", ["deliver", "bàn giao", "ban giao", "Bàn  Giao", "delivery", "DELIVER"])
def test_a_kind_of_act_is_named_by_its_code_or_its_words(said):
    assert value("type", said, get_args(Type)) == "deliver"


def test_every_word_on_the_screen_names_a_kind():
    assert value("type", "giao bàn", get_args(Type)) is None
    assert value("state", "đã giao một phần", ("delivered", "partly delivered")) == "partly delivered"
    assert value("class", "xe tăng", ("tank", "radar")) == "tank"


@pytest.mark.parametrize("said", ["NO", "na uy", "Norway", "Hoa Kỳ", "34 quốc gia"])
def test_who_has_a_code_a_name_or_stands_in_the_ledger_is_known(said):
    assert unheard([said], {"UA", "34 nước"}) == []


def test_who_has_none_is_not():
    assert unheard(["Xyz", "NO", "50 nước"], {"UA", "34 nước"}) == ["Xyz", "50 nước"]


@pytest.mark.parametrize(("said", "code"), [("Ukrane", "UA"), ("Mondova", "MD"), ("Norwey", "NO"), ("Ba Lam", "PL"), ("duc", "DE")])
def test_a_slip_is_told_what_may_have_been_meant(said, code):
    assert near(said, "en")[0] == code
    assert suggestion(said, "vi").startswith(f"{code} (")


def test_what_is_like_nothing_has_no_suggestion():
    assert suggestion("qqqqqq", "en") == ""
