"""What enemies hand over to one another is no support."""

from __future__ import annotations

import pytest

from vientro.reading import decide
from vientro.reading.scene import stage


@pytest.mark.parametrize(
    "words",
    ["trao trả thi thể cho", "trao đổi tù binh với", "bàn giao thi thể cho", "tiếp nhận thi thể từ"],
)
def test_prisoners_and_bodies_are_no_consignment(words: str):
    text = f"Nga ngày 6/6 {words} Ukraine sau khi hai bên viện trợ lẫn nhau."
    scene = stage(text, [(0, len(text), "lede")], None)
    assert [s.elements[k].pattern for s, k in decide.cues(scene)] == ["viện trợ"]
