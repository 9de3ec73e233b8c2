from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vientro.model.errors import InputError
from vientro.reading.text import fold
from vientro.reading.times import find, find_times

DAY = "2025-09-17"

# Pieces of expressions, so that random texts hold many half-made ones.
PIECES = st.sampled_from(
    ["ngày ", "hôm ", "tháng ", "năm ", "tuần ", "quý ", "từ ", "đến ", "đầu ", "cuối ", "giữa ", "nửa ", "thứ ", "chủ nhật",
     "mùa ", "đông ", "hè ", "trước", "tới", "qua ", "này ", "nay ", "sau ", "cùng ", "và ", " - ", "-", "/", ".", ", ", "(", ")",
     "1", "2", "31", "12", "2024", "9999", "0", "00", "thập niên ", "thế kỷ ", "hai ", "mười ", "rưỡi ", "Giáng sinh ",
     "Tết Nguyên đán ", "sáng ", "đêm ", "rạng sáng ", "trong vòng ", "cách đây ", "những ", "tư ", "Năm ", "kể từ ", "\n", " ",
     "xx", "của ", "Tết ", "mùng ", "sau đó ", "hôm sau ", "cùng năm, ", "&", "h ", "2024-2025", "ngay trong tuần", "Bính Ngọ ", "âm lịch"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2999, 12, 31)))


@settings(max_examples=400)
@given(TEXTS, DAYS)
def test_any_text_gives_spans_in_order_that_hold_their_words(text: str, published: date | None) -> None:
    end = 0
    for time in find_times(text, published):
        assert end <= time.start < time.stop <= len(text)
        assert text[time.start : time.stop] == time.text
        assert time.edtf
        end = time.stop


@settings(max_examples=200)
@given(TEXTS, DAYS)
def test_composed_and_decomposed_text_give_the_same_values(text: str, published: date | None) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert [t.edtf for t in find_times(composed, published)] == [t.edtf for t in find_times(decomposed, published)]


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_a_full_date_is_itself_whenever_it_is_read(day: date, mark: str) -> None:
    text = f"ngày {day.day}{mark}{day.month}{mark}{day.year}"
    for published in (None, DAY):
        assert [t.edtf for t in find_times(text, published)] == [day.isoformat()]


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 200))
def test_a_recent_day_gets_the_year_it_had(published: date, back: int) -> None:
    day = date.fromordinal(published.toordinal() - back)
    assert [t.edtf for t in find_times(f"Ông nói hôm {day.day}/{day.month}.", published)] == [day.isoformat()]


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(1, 150))
def test_a_coming_day_gets_the_year_it_will_have(published: date, ahead: int) -> None:
    day = date.fromordinal(published.toordinal() + ahead)
    assert [t.edtf for t in find_times(f"Họ sẽ họp ngày {day.day}/{day.month}.", published)] == [day.isoformat()]


def test_relative_words_follow_the_day_of_publication_in_its_own_zone() -> None:
    assert find_times("Hôm qua có tin.", "2025-09-17T00:30:00+07:00")[0].edtf == "2025-09-16"


def test_a_day_of_publication_that_is_none_is_refused() -> None:
    for wrong in ("yesterday", "04/07/2025", "2025-02-30"):
        with pytest.raises(InputError, match=f"published='{wrong}': this is no date of ISO 8601"):
            find_times("Hôm qua có tin.", published=wrong)


def test_find_reads_folded_text() -> None:
    folded = fold("Ngày 5–6/3, hoà đàm nối lại.")
    assert [(t.text, t.edtf) for t in find(folded.text, date(2024, 3, 7))] == [("Ngày 5-6/3", "2024-03-05/2024-03-06")]


@pytest.mark.parametrize("figures", ["2014-2.20", "2014/15.3", "2014-20-15", "1/2014-15.3.2"])
def test_figures_that_mix_marks_are_no_years(figures: str) -> None:
    assert [t.text for t in find_times(f"Quyết định {figures} có hiệu lực", DAY)] == []


@pytest.mark.parametrize(
    ("piece", "size"),
    [("1/", 1_000_000), ("12", 1_000_000), ("1.", 1_000_000), ("đầu ", 1_000_000)]
    + [(piece, 100_000) for piece in (
        "1-", "1, ", "1 - ", "1 và ", "ngày 1 và ", "ngày 1, ", "1 - ngày ", "tháng 1 ", "năm ", "năm 2000, ", "từ ", "thứ hai ",
        "cùng ngày ", "hai tháng ", "cuối của ", "thứ ", "rạng sáng ", "tháng 3, cùng ngày ",
        "mùng 1 Tết ", "2 ngày sau đó ", "hôm sau ", "các tháng 1, ", "từ 8h ", "1990-1991 ", "đêm 1/2 rạng sáng 2/2 ",
        "năm 2000 và 2001 ")],
)  # fmt: skip
def test_a_long_run_of_one_piece_is_read_to_its_end(piece: str, size: int) -> None:
    text = piece * (size // len(piece))
    times = find_times(text + ". Ngày 3/4/2021", DAY)
    assert times[-1].stop > len(text)
