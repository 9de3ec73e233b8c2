"""When two claims go back to one saying."""

from __future__ import annotations

from typing import Any

import pytest

from made import article, claim
from vientro.link.origins import one_saying
from vientro.link.profile import Profile, profile, story


def said(text: str, published: str, speaker: str | None, **slots: Any) -> Profile:
    made = article(text, published, outlet=published + text[:3])
    return profile(claim(made, "commit", speaker=speaker, **slots), story(made))


SPEECH = "Thủ tướng nói tại Hà Nội về gói cứu trợ động đất cho Myanmar"


@pytest.mark.parametrize(
    ("other", "one_act", "copies", "expected"),
    [
        (said("Lời hứa về gói cứu trợ động đất cho Myanmar", "2024-05-11", "Narendra Modi"), False, False, True),
        (said("Chuyện khác hẳn, ở Paris", "2024-05-11", "Narendra Modi"), False, False, False),
        (said("Chuyện khác hẳn, ở Paris", "2024-05-11", "Narendra Modi"), True, False, True),
        (said("Chuyện khác hẳn, ở Paris", "2024-05-16", "Narendra Modi"), True, False, False),
        (said("Lời hứa về gói cứu trợ động đất cho Myanmar", "2024-05-11", "Ngoại trưởng Lào"), True, True, False),
        (said("Lời hứa về gói cứu trợ động đất cho Myanmar", "2024-05-11", None), True, True, False),
    ],
)
def test_one_saying(other: Profile, one_act: bool, copies: bool, expected: bool) -> None:
    first = said(SPEECH, "2024-05-10", "Modi")
    assert one_saying(first, other, one_act=one_act, copies=copies) is expected
    assert one_saying(other, first, one_act=one_act, copies=copies) is expected


def test_said_on_two_days_is_said_twice() -> None:
    first = said(SPEECH, "2024-05-10", "Modi", date="2024-05-08")
    second = said(SPEECH + " lần nữa", "2024-05-10", "Modi", date="2024-05-10")
    assert not one_saying(first, second, one_act=True, copies=True)
