"""What linking sees of a claim."""

from __future__ import annotations

from datetime import date

from made import article, claim
from vientro.link.names import codes, speaker
from vientro.link.profile import profile, story
from vientro.model.article import Span, Zone


def test_an_office_is_its_holder_on_the_day() -> None:
    assert speaker("Tổng thống Mỹ", "2023-03-01") == speaker("ông Joe Biden", None)
    assert speaker("Tổng thống Mỹ", "2025-03-01") == speaker("Donald Trump", None)
    assert speaker("một nghị sĩ", "2025-03-01") == ("một", "nghị", "sĩ")


def test_codes_inside_words() -> None:
    assert codes("hai ngân hàng lớn nhất của Nga") == {"RU"}
    assert codes("bảy cá nhân") == set()


def test_a_sanctioned_firm_stands_for_the_state_named_around_it() -> None:
    made = article("Anh trừng phạt hãng vận tải Sovcomflot của Nga\nDanh sách mới gồm mười tàu.")
    one = claim(made, "sanction", "Anh trừng phạt hãng vận tải Sovcomflot", actors="GB", addressees=())
    named = claim(made, "sanction", "Anh trừng phạt hãng vận tải Sovcomflot", actors="GB", addressees="Sovcomflot")
    assert profile(one, story(made)).targets == frozenset()
    assert profile(named, story(made)).targets == {"RU"}
    assert profile(named, story(made)).guessed


def test_days_are_those_told_else_the_day_before_publication() -> None:
    made = article("Đức giao bốn khẩu pháo cho Ukraine", "2024-05-10T06:00:00+07:00")
    untold = profile(claim(made, "deliver", actors="DE", recipients="UA"), story(made))
    assert (untold.days, untold.told) == ((date(2024, 5, 9), date(2024, 5, 10)), False)
    told = profile(claim(made, "deliver", actors="DE", recipients="UA", date="2024-05-07"), story(made))
    assert (told.days, told.told) == ((date(2024, 5, 7), date(2024, 5, 7)), True)
    roughly = profile(claim(made, "deliver", actors="DE", recipients="UA", date="2024"), story(made))
    assert not roughly.told


def test_an_undated_article_has_the_days_its_claim_tells_or_none() -> None:
    made = article("Đức giao bốn khẩu pháo cho Ukraine", None)
    assert profile(claim(made, "deliver", date="2024-05-07"), story(made)).day == date(2024, 5, 7)
    assert profile(claim(made, "deliver"), story(made)).day is None


def test_entries_of_a_list_are_stories_of_their_own() -> None:
    text = "Viện trợ\nĐức giao pháo cho Ukraine\nNhật Bản tặng Lào máy bơm"
    entries = tuple(Zone("entry", Span(text.index(line), text.index(line) + len(line))) for line in text.split("\n")[1:])
    made = article(text, zones=entries)
    first = profile(claim(made, "deliver", "Đức giao pháo cho Ukraine"), story(made))
    second = profile(claim(made, "deliver", "Nhật Bản tặng Lào máy bơm"), story(made))
    assert first.story != second.story
    assert first.around == {"DE", "UA"}


def test_rounds_of_sanctions_are_told_apart() -> None:
    made = article("EU thông qua gói trừng phạt thứ 12 nhằm vào Nga")
    assert profile(claim(made, "sanction", actors="EU", addressees="RU"), story(made)).round == "12"
    other = article("EU bàn gói hỗ trợ mới cho Ukraine")
    assert profile(claim(other, "commit", actors="EU", recipients="UA"), story(other)).round is None
