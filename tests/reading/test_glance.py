from __future__ import annotations

import pytest

from vientro.article.compose import compose
from vientro.reading.glance import may_tell
from vientro.reading.reader import read


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Na Uy hôm qua bàn giao cho Moldova hai radar.", True),
        ("MỸ CAM KẾT GỬI TÊN LỬA", True),
        ("Liên Hợp Quốc kêu gọi viện trợ cho Sudan.", True),
        ("Ngày mai trời không mưa ở các tỉnh phía bắc.", False),
        ("Hà Nội hỗ trợ các hộ dân vùng lũ.", False),
        ("Cô ấy giúp chị làm đẹp bằng mỹ phẩm.", False),
        ("Nước Pháp thắng trận chung kết.", False),
        ("", False),
    ],
)
def test_a_glance_tells_what_may_tell_of_support(text, may):
    assert may_tell(text) is may


def test_what_the_reader_finds_was_seen_at_a_glance():
    for sentence in ("Đức cam kết viện trợ 20 triệu euro cho Ukraine.", "Bộ Ngoại giao Nhật Bản công bố trừng phạt 3 công ty Nga."):
        assert not read(compose("x", sentence, published="2025-05-02")) or may_tell(sentence)
