from __future__ import annotations

from vientro.article.compose import compose

LEDES = [
    "Ngày 5/3, Chính phủ Na Uy thông báo sẽ dành thêm ba tỷ kroner để mua đạn pháo cho Ukraine trong năm nay.",
    "Bộ trưởng Quốc phòng Hà Lan Ruben Brekelmans cho biết nước này sẽ gửi cho Ukraine một trăm thiết bị bay không người lái.",
    "Nghị viện châu Âu hôm thứ Tư thông qua nghị quyết kêu gọi các nước thành viên tăng viện trợ nhân đạo cho Sudan.",
    "Nhật Bản và Philippines ký thỏa thuận về việc Tokyo cung cấp năm tàu tuần tra cho lực lượng tuần duyên Philippines.",
    "Tổng thống Pháp Emmanuel Macron hội đàm tại Paris với Thủ tướng Liban về khoản hỗ trợ tái thiết sau xung đột.",
    "Hàn Quốc quyết định tạm dừng chuyến hàng cứu trợ tới Triều Tiên sau vụ phóng tên lửa hồi cuối tuần trước.",
    "Thổ Nhĩ Kỳ chuyển hai mươi tấn thuốc men và lều bạt tới vùng động đất ở miền tây Afghanistan trong ngày thứ Hai.",
]


def kinds(article):
    return [zone.kind for zone in article.zones]


def test_paragraphs_that_are_ledes_of_different_stories_are_entries():
    article = compose("x", "\n".join(LEDES))
    assert kinds(article) == ["entry"] * len(LEDES)


def test_headlines_belong_to_the_entries_below_them():
    article = compose("x", "\n".join(f"Tin số {i} về viện trợ\n{lede}" for i, lede in enumerate(LEDES)))
    assert kinds(article) == ["entry"] * len(LEDES)
    assert article.zones[1].span.of(article.text).startswith("Tin số 1 về viện trợ\nBộ trưởng")


def test_a_story_that_leans_on_what_was_told_before_is_no_tag_page():
    story = [LEDES[0], *("Ông cho biết thêm rằng " + lede[0].lower() + lede[1:] for lede in LEDES[1:])]
    assert "entry" not in kinds(compose("x", "\n".join(story)))


def test_an_article_with_a_day_of_publication_is_one_story():
    assert "entry" not in kinds(compose("x", "\n".join(LEDES), published="2025-03-05"))


def test_few_paragraphs_are_no_tag_page():
    assert "entry" not in kinds(compose("x", "\n".join(LEDES[:5])))
