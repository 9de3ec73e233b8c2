"""Vietnamese words of articles in English."""

from __future__ import annotations

import pytest

from vientro.lang.data import table
from vientro.model.ledger import Interval, Stock
from vientro.publish import english, figures
from vientro.publish.words import office


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Bộ Quốc phòng Na Uy", "Defence Ministry of Norway"),
        ("Người phát ngôn Bộ Ngoại giao Na Uy", "spokesperson of the Foreign Ministry of Norway"),
        ("Thứ trưởng Ngoại giao Nga", "deputy foreign minister of Russia"),
        ("một nguồn tin giấu tên", "an anonymous source"),
        ("77 cá nhân", "77 individuals"),
        ("một số công ty Trung Quốc", "some companies of China"),
        ("hai công ty dầu mỏ lớn nhất của Nga", "the two largest oil companies of Russia"),
        ("Đại sứ Nga tại Đức", "ambassador of Russia to Germany"),
        ("Thủ tướng Canada Mark Carney", "prime minister Mark Carney of Canada"),
        ("Chủ tịch Hội đồng tham mưu trưởng liên quân", "president of the Joint Chiefs of Staff"),
    ],
)
def test_who_somebody_is_is_said_in_english(said, meant):
    assert english.phrase(said) == meant


@pytest.mark.parametrize(
    "said", ["Ba đài", "Các nghị sĩ đảng Cộng hòa", "Viktor Orbán", "Kim Ba", "Reuters", "Lan Anh", "", "của", "ba", "<b>", "\u202e"]
)
def test_what_is_not_wholly_known_stays_as_it_is(said):
    assert english.phrase(said) == said


def test_a_voice_takes_its_article_and_the_outlet_keeps_its_name():
    assert english.voice("AFP ← Bộ Quốc phòng Na Uy (Báo Nga)") == "AFP ← the Defence Ministry of Norway (Báo Nga)"
    assert english.voice("Báo Nga") == "Báo Nga"


def test_every_office_is_said_in_both_languages():
    offices = {one for row in table("vi", "offices") for one in row["office"].split("|")}
    assert [one for one in offices if english.phrase(one) == one] == []
    assert office("chủ tịch hội đồng châu âu", "vi") == "Chủ tịch Hội đồng châu Âu"
    assert office("bộ trưởng quốc phòng", "vi") == "Bộ trưởng Quốc phòng"
    assert office("bộ trưởng quốc phòng", "en") == "Defence minister"


@pytest.mark.parametrize(
    ("things", "said"),
    [
        (Stock("radar", None, "radar", Interval(3, 3, 3)), "3 radars"),
        (Stock("radar", None, "radar", Interval(1, 1, 1)), "1 radar"),
        (Stock("tank", None, "xe tăng", Interval(2, 2, 2), unit="chiếc"), "2 tanks"),
        (Stock("cruise-missile", "Tomahawk", "tên lửa hành trình Tomahawk"), "Tomahawk cruise missiles"),
        (Stock("medical", None, "vật tư y tế", Interval(50, 50, 50), unit="tấn"), "50 tons of medical supplies"),
        (Stock("equipment", None, "linh kiện"), "parts"),
        (Stock("other", None, "binh sĩ", Interval(50000, 50000, None)), "≥ 50,000 soldiers"),
        (Stock("other", None, "vật lạ", Interval(2, 2, 2), unit="mớ"), "2 “vật lạ”"),
    ],
)
def test_what_is_given_is_said_in_english(things, said):
    assert figures.stock(things, "en") == said


def test_long_and_hostile_words_end_soon():
    said = "Bộ trưởng " * 100_000
    assert english.phrase(said) == said


@pytest.mark.parametrize("said", [english.phrase, english.party, english.voice, english.spelled])
def test_what_is_kept_of_the_words_of_articles_is_bounded(said):
    assert said.cache_parameters()["maxsize"]
