"""Near-copies share an origin, whatever the order they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from made import article
from vientro.link import near_copies

if TYPE_CHECKING:
    import random

AGENCY = (
    "Na Uy chuyển ba đài radar tầm thấp cho Moldova trong tháng này\n"
    "Bộ Quốc phòng Na Uy sáng thứ Ba xác nhận ba đài radar tầm thấp đã tới cảng Giurgiulesti, sớm hơn hai tuần so với lịch, "
    "và kíp kỹ thuật viên đầu tiên của Moldova đã học xong khóa vận hành kéo dài sáu tuần ở Orland."
)
REWRITTEN = AGENCY.replace("sáng thứ Ba xác nhận", "cho hay").replace("trong tháng này", "")
OTHER = (
    "Nhật Bản giúp Philippines sửa ba cây cầu bị bão cuốn trôi\n"
    "Chính phủ Nhật Bản ký văn kiện viện trợ không hoàn lại để dựng lại ba cây cầu ở miền trung Philippines sau mùa mưa bão."
)


def test_copies_in_other_outlets_are_one_origin_and_another_story_is_not() -> None:
    first, second, other = article(AGENCY, outlet="A"), article(REWRITTEN, outlet="B"), article(OTHER, outlet="A")
    origins = near_copies([first, second, other])
    assert origins[first.id] == origins[second.id] != origins[other.id]


def test_a_copy_with_more_text_below_is_still_a_copy() -> None:
    longer = AGENCY + "\n" + "Hai nước cũng bàn việc đào tạo phi công và bảo trì xe thiết giáp trong năm tới tại Oslo. " * 6
    short, full = article(AGENCY, outlet="A"), article(longer, outlet="B")
    origins = near_copies([short, full])
    assert origins[short.id] == origins[full.id]


def test_a_column_that_looks_the_same_weeks_apart_is_no_copy() -> None:
    first, later = article(AGENCY, "2024-05-10"), article(AGENCY, "2024-07-01", outlet="B")
    origins = near_copies([first, later])
    assert origins[first.id] != origins[later.id]


def test_texts_too_short_to_tell_stay_apart() -> None:
    assert len(set(near_copies([article("Tin vắn", outlet="A"), article("Tin vắn", outlet="B")]).values())) == 2


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(rng: random.Random) -> None:
    articles = [article(text, outlet=outlet) for text in (AGENCY, REWRITTEN, OTHER) for outlet in "ABC"]
    mixed = articles[:]
    rng.shuffle(mixed)
    assert near_copies(mixed) == near_copies(articles)
