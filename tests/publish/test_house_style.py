from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.model.errors import InputError
from vientro.publish.house import PLAIN, House, parse

STYLE = """
date = "d/m/yyyy"
ty = "tỉ"
[names]
UA = "Ukraina"
"Anh" = "Vương quốc Anh"
[words]
"Kyiv" = "Kiev"
"gói" = "khoản"
"""


def test_names_are_by_code_or_by_usual_name():
    house = parse(STYLE, "style.toml")
    assert (house.name("UA", "vi"), house.name("GB", "vi"), house.name("DE", "vi")) == ("Ukraina", "Vương quốc Anh", "Đức")


def test_whole_words_are_changed_and_a_small_one_may_begin_a_line():
    house = parse(STYLE, "style.toml")
    assert house.styled("Gói 2 tỷ USD cho Kyiv, không phải Kyivstar hay tỷlệ.") == "Khoản 2 tỉ USD cho Kiev, không phải Kyivstar hay tỷlệ."


def test_what_was_put_in_is_not_changed_again():
    assert House(words={"Kiev": "Kyiv", "Kyiv": "Kiev"}).styled("Kiev, Kyiv") == "Kyiv, Kiev"


@pytest.mark.parametrize(("form", "shown"), [("d/m/yyyy", "9/1/2025"), ("dd/mm/yyyy", "09/01/2025"), ("d-m", "9-1"), ("", "9/1/2025")])
def test_a_day_has_the_form_of_the_house(form, shown):
    assert House(date=form).day("2025-01-09", "vi") == shown


def test_what_is_no_single_day_is_written_as_everywhere():
    house = House(date="dd/mm/yyyy")
    assert [house.day(edtf, "vi") for edtf in ("2022-02", "2022-10-10/2022-10-12", None)] == [
        "tháng 2/2022",
        "10–12/10/2022",
        "không rõ ngày",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date = 3", "no text"),
        ('date = "Y"', "no form of a day"),
        ('colour = "red"', "no key 'colour'"),
        ('ty = "ti"', "how a billion is written"),
        ('[names]\n"Xứ Không Có" = "X"', "nobody is called"),
        ("words = 1", "no table"),
        ("a = = b", "no TOML"),
    ],
)
def test_what_is_wrong_is_told_with_the_file(text, said):
    with pytest.raises(InputError, match=r"style\.toml") as caught:
        parse(text, "style.toml")
    assert said in str(caught.value)


@given(st.text())
def test_a_plain_house_changes_nothing_but_the_form_of_letters(text):
    assert PLAIN.styled(PLAIN.styled(text)) == PLAIN.styled(text)
