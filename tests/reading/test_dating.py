from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vientro.lang.data import table
from vientro.reading.dating import find_date, find_dates
from vientro.reading.evidence import LAST
from vientro.reading.wordtimes import COLUMNS, RECENT, month_index, over_months

if TYPE_CHECKING:
    from vientro.model.mention import Dating

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def span(dating: Dating | None) -> tuple[date, date]:
    assert dating
    first, _, last = dating.interval.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def within(dating: Dating | None, first: str, last: str) -> bool:
    begin, end = span(dating)
    return date.fromisoformat(first) <= begin <= end <= date.fromisoformat(last)


def test_nothing_told_is_no_date() -> None:
    assert find_date("Ông lão ngồi câu cá bên hồ.") is None
    assert find_date("0123 ?!") is None
    assert find_date("") is None


def test_two_office_holders_bound_the_day() -> None:
    dating = find_date("Thủ tướng Anh Boris Johnson và Ngoại trưởng Liz Truss cùng dự họp.")
    assert within(dating, "2021-09-01", "2022-10-01")
    assert dating
    assert any("Liz Truss" in reason for reason in dating.reasons)


def test_office_words_choose_which_term_is_meant() -> None:
    assert within(find_date("Phó Tổng thống Mỹ Joe Biden gặp Tổng thống Petro Poroshenko."), "2014-06-01", "2017-02-15")
    assert span(find_date("Tổng thống Mỹ Joe Biden ký sắc lệnh."))[0] >= date(2021, 1, 1)


def test_a_former_holder_is_told_of_after_the_term() -> None:
    assert span(find_date("Cựu Tổng thống Barack Obama phát biểu ở Chicago."))[0] >= date(2017, 1, 1)


def test_a_president_elect_has_not_begun() -> None:
    dating = find_date("Tổng thống đắc cử Donald Trump chỉ trích chính quyền của Tổng thống Joe Biden.")
    assert within(dating, "2024-10-15", "2025-02-01")


def test_a_day_without_its_year_gets_the_year_of_the_office_holders() -> None:
    dating = find_date("Hôm 9/9, Thủ tướng Anh Liz Truss điện đàm với Tổng thống Zelensky.")
    assert dating
    assert dating.best == "2022-09-09"


def test_yesterday_with_its_date_gives_the_day() -> None:
    dating = find_date(
        "Thủ tướng Rishi Sunak hôm qua (3/2) tiếp Thủ tướng Mark Rutte. Năm 2024 sẽ khó khăn. Tháng 1/2024 có một vòng đàm phán."
    )
    assert dating
    assert dating.best == "2024-02-04"


def test_weekday_and_date_choose_the_year() -> None:
    # 5 March was a Tuesday in 2019 and 2024 of the years of this term and the next
    dating = find_date("Tổng thống Emmanuel Macron nói hôm thứ Ba (5/3). Thủ tướng Anh Theresa May cũng dự.")
    assert dating
    assert dating.best[:4] == "2019"


@pytest.mark.parametrize(("told", "year"), [("thứ Bảy (28/2)", 2026), ("thứ Sáu, ngày 5/9", 2025), ("thứ Năm (5/10)", 2023)])
def test_a_weekday_with_its_day_and_month_fixes_the_year(told: str, year: int) -> None:
    dating = find_date(f"Tổng thống Zelensky nói như vậy hôm {told}.")
    assert dating
    assert date.fromisoformat(dating.best).year == year


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Thủ tướng Anh Theresa May tới Berlin.", "2016-07-01", "2019-08-05"),
        ("Ngoại trưởng Mỹ Rex Tillerson gọi điện cho người đồng cấp.", "2017-01-20", "2018-04-15"),
        ("Tổng thống Mỹ Barack Obama duyệt gói cứu trợ.", "2009-01-10", "2017-02-05"),
        ("Thủ tướng Nhật Bản Sanae Takaichi tiếp khách.", "2025-10-15", "2026-12-31"),
        ("Thủ tướng Liz Truss từ chức.", "2022-09-01", "2022-11-15"),
    ],
)
def test_a_holder_named_with_the_office_holds_it(text: str, first: str, last: str) -> None:
    assert within(find_date(text), first, last)


def test_words_that_are_of_no_time_of_their_own_give_a_wide_interval_that_ends_now() -> None:
    begin, end = span(find_date("Chính phủ cung cấp lương thực cho người dân vùng núi."))
    assert (end - begin).days > 200
    assert end.year == LAST.year


def test_names_of_a_month_date_a_headline_that_tells_no_day() -> None:
    # tankers stayed away from the strait in March 2026
    dating = find_date("Tàu chở dầu tránh eo biển Hormuz.")
    assert within(dating, "2024-06-01", "2026-12-31")
    assert dating
    assert "2026-01-01" <= dating.best <= "2026-06-30"
    assert any("hormuz" in reason.lower() for reason in dating.reasons)


@pytest.mark.parametrize(
    ("text", "year"), [("Đoàn chuẩn bị lên đường dự đại hội thể thao 2019.", 2019), ("Hội chợ xuân 2026 mở cửa.", 2026)]
)
def test_the_latest_year_named_is_near_the_year_of_writing(text: str, year: int) -> None:
    dating = find_date(text)
    assert dating
    assert abs(date.fromisoformat(dating.best).year - year) <= 1


def test_numbers_that_look_like_years_are_none() -> None:
    for text in ("Tàu chở 2010 tấn gạo.", "Giá là 2.018 đồng.", "Khoảng 2015 người được cứu."):
        dating = find_date(text)
        assert not dating or not any("year named" in reason for reason in dating.reasons)


def test_equal_texts_in_composed_and_decomposed_letters_are_dated_alike() -> None:
    text = "Thủ tướng Anh Rishi Sunak hôm thứ Năm (5/10) nói về tên lửa tầm xa cho Ukraine."
    assert find_date(text) == find_date(normalize("NFD", text))


def test_weeks_since_a_known_event() -> None:
    dating = find_date("Mười tuần sau khi Nga mở chiến dịch quân sự đặc biệt, các kho đạn cạn dần.")
    assert within(dating, "2022-04-15", "2022-05-25")


def test_dated_facts_bound_the_day() -> None:
    assert within(find_date("EU bàn gói trừng phạt thứ 11 nhằm vào Moskva."), "2023-03-01", "2023-09-30")
    assert span(find_date("Phương Tây chuyển xe tăng Leopard cho Ukraine."))[0] >= date(2022, 12, 1)


def test_full_dates_told_as_past_are_the_earliest_day() -> None:
    begin, _ = span(find_date("Ngày 14/6/2023, hai bên đã ký thỏa thuận."))
    assert begin >= date(2023, 6, 13)


ENTRIES = [
    "Tổng thống Joe Biden duyệt thêm một đợt hàng.",
    "Ngày 12/1, các bộ trưởng họp ở căn cứ.",
    "Ngày 20/12, nghị viện bỏ phiếu.",
    "Thủ tướng Anh Rishi Sunak cam kết giúp lâu dài.",
    "Ngày 2/12, một đoàn tàu rời ga.",
    "Ngày 17/11, hai bên ký kết ở Vilnius.",
    "Ngày 5/11, kho hàng được mở.",
]


def test_a_list_is_dated_by_its_order() -> None:
    dates = find_dates(ENTRIES)
    assert all(dates)
    days = [dating.best for dating in dates if dating]
    assert days == sorted(days, reverse=True)
    assert {days[1][5:], days[2][5:]} == {"01-12", "12-20"} or days[1][5:7] == "01"
    years = {day[:4] for day in days}
    assert years in ({"2022", "2023"}, {"2023", "2024"})


def test_the_whole_of_a_list_runs_from_its_oldest_to_its_newest_entry() -> None:
    dating = find_date("\n".join(ENTRIES))
    begin, end = span(dating)
    assert begin.month == 11
    assert end.month in (1, 2)
    assert (end - begin).days < 120
    assert dating
    assert dating.best == end.isoformat()


def test_no_entry_that_tells_gives_no_dates() -> None:
    assert find_dates(["Nắng.", "Ông lão ngồi câu cá bên hồ."]) == [None, None]


PIECES = st.sampled_from(
    ["Tổng thống Trump ", "cựu Tổng thống Obama ", "ngày 5/3 ", "hôm qua (29/2) ", "thứ Hai (1/1) ", "năm 2015 ", "từ năm 1800 ",
     "9999 năm sau khi chiến dịch quân sự đặc biệt ", "tháng 12 vừa qua ", "30/2 ", "đến năm 2099 ", "Covid-19 ", "khi đó ", "\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map("".join)))
def test_any_text_gives_a_day_inside_its_interval_or_none(text: str) -> None:
    dating = find_date(text)
    if dating:
        begin, end = span(dating)
        assert begin <= date.fromisoformat(dating.best) <= end
        assert dating.reasons


@pytest.mark.parametrize("name", ["offices", "events"])
def test_terms_and_facts_end_after_they_begin(name: str) -> None:
    for row in table("vi", name):
        begin = date.fromisoformat(row["from"])
        assert not row["to"] or begin <= date.fromisoformat(row["to"])
        assert row["source"]


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not here")
@pytest.mark.parametrize(
    ("start", "first", "last", "best"),
    [
        ("000", "2022-04-01", "2022-04-20", "2022-04-07"),
        ("002", "2022-10-05", "2022-10-25", "2022-10-12"),
        ("003", "2024-09-15", "2025-02-10", None),
    ],
)
def test_the_seeds_are_dated(start: str, first: str, last: str, best: str | None) -> None:
    dating = find_date(next(SEEDS.glob(f"{start}_*")).read_text("utf-8"))
    assert within(dating, first, last)
    assert dating
    assert best is None or dating.best == best


def test_the_table_of_words_has_weights_of_its_times_only() -> None:
    rows = table("vi", "word_months")
    assert len(rows) > 1000
    assert set(rows[0]) == {"word", *COLUMNS}
    for row in rows:
        assert all(-60 < int(row[column] or 0) < 60 for column in COLUMNS)


def test_between_counted_times_weights_are_drawn_straight_and_fade_to_the_mean_after_the_last() -> None:
    sums = dict.fromkeys(COLUMNS, 0.0) | {"2019": 2.0, RECENT[-1]: 3.0, "mean": 1.0}
    values = over_months(sums)
    gap = [values[month_index(month)] for month in ("2019-08", "2020-01", "2020-07", "2021-07")]
    assert gap == sorted(gap, reverse=True)
    after = [values[month_index(month)] for month in (RECENT[-1], "2026-06", "2026-12")]
    assert after == sorted(after, reverse=True)
    assert abs(after[-1] - 1.0) < 0.2


WORDS = sorted(row["word"] for row in table("vi", "word_months") if row["word"].isalpha())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_no_words_of_other_times_outweigh_a_term_of_office(words: list[str]) -> None:
    dating = find_date("Tổng thống Mỹ Barack Obama họp báo. " + " . ".join(words))
    assert dating
    hard = [reason for reason in dating.reasons if "words of" not in reason]
    assert len(hard) > 1 or within(dating, "2009-01-10", "2017-02-05")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*sorted(row["word"] for row in table("vi", "word_months")), "ngày 5/3", "Covid-19", "\n"]), max_size=40))
def test_any_mix_of_words_and_days_is_dated_inside_the_interval(words: list[str]) -> None:
    dating = find_date(" ".join(words))
    if dating:
        begin, end = span(dating)
        assert begin <= date.fromisoformat(dating.best) <= end
