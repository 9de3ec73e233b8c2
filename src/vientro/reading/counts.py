"""How many of a thing: the count that stands before it, if what is counted is the thing and not its kinds or contracts."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from vientro.model.claim import Count

if TYPE_CHECKING:
    from vientro.reading.scene import Element, Scene

# What may stand between a count and the thing counted.
_LINK = re.compile(r"\s*(?:(?:chiếc|các|thêm|lô|bộ)\s+)?")
_NO_COUNT = frozenset({"hợp đồng", "lần", "loại", "mẫu", "gói", "vụ", "thỏa thuận", "đợt"})  # what is counted there are not the things
# One of a row ("tổ hợp S-400 đầu tiên"), if no plural or batch stands before.
_ORDINAL = re.compile(r" (?:hoàn chỉnh |tiên tiến )?(?:đầu tiên|thứ (?:hai|ba|tư|năm|sáu|\d+))(?!\w)")
_SINGLE = re.compile(r"(?:tổ hợp|hệ thống|tàu|đơn vị|trung đoàn|vận tải cơ)(?!\w)", re.IGNORECASE)
_PLURAL = re.compile(r"(?:các|những|lô|lô hàng|loạt|vài|số|phần|đợt|chiếc) $", re.IGNORECASE)


def count_of(scene: Scene, element: Element) -> Count | None:
    """How many: the count that stands right before the thing, or one, if it is "the first" of its kind."""
    behind = bisect_left(scene.quantities, element.start, key=lambda q: q.start)
    for q in scene.quantities[max(0, behind - 2) : behind][::-1]:
        if q.stop <= element.start and q.unit not in _NO_COUNT and _LINK.fullmatch(scene.text, q.stop, element.start):
            return Count(q.value, q.bound, q.max, q.unit, q.of, q.vague)
    one = _SINGLE.match(scene.text, element.start) and _ORDINAL.match(scene.text, element.stop)
    return Count(1.0) if one and not _PLURAL.search(scene.text, max(0, element.start - 9), element.start) else None
