"""Which things, sums and times may belong to a claim, and what is said of each."""

from __future__ import annotations

import datetime

import pytest

from vientro.reading.counts import count_of
from vientro.reading.draft import TYPES, Draft
from vientro.reading.scene import Scene, stage
from vientro.reading.slots import PLACE_NAMES, Place, place_features, place_rows, places, reaches, reading_of, same_thing, told_at

DAY = datetime.date(2024, 3, 6)
CHANCES = [0.9] + [0.0] * (len(TYPES) - 1) + [0.1]


def scene(*parts: str, day: datetime.date | None = DAY) -> Scene:
    zones, text = [], ""
    for kind, part in zip(("title", "lede", "body", "body"), parts, strict=False):
        zones.append((len(text), len(text) + len(part), kind))
        text += part + "\n"
    return stage(text, zones, day)  # type: ignore[arg-type]


def draft(found: Scene, at: int = 0, kind: str = "commit") -> Draft:
    row = found.sentences[at]
    return Draft(row, next(k for k, e in enumerate(row.elements) if e.tag[:4] == "cue:"), kind, 0.9, CHANCES)


def texts(found: Scene, own: Draft, tag: str) -> list[str]:
    return [found.text[p.what.start : p.what.stop] for p in places(found, own, tag)]


def test_places_are_those_of_the_sentence_and_its_neighbours():
    found = scene(
        "Đức viện trợ Ukraine",
        "Đức chi 5 triệu euro viện trợ Ukraine.",
        "Pháp cấp 7 triệu euro cho Ukraine.",
        "Ý cấp 9 triệu euro cho Ukraine.",
    )
    assert texts(found, draft(found), "MON") == ["5 triệu euro"]
    assert texts(found, draft(found, 1), "MON") == ["5 triệu euro", "7 triệu euro"]


def test_a_conversion_in_brackets_belongs_to_nothing():
    found = scene("Đức viện trợ Ukraine 5 triệu euro (khoảng 5,4 triệu USD).")
    assert texts(found, draft(found), "MON") == ["5 triệu euro"]


def test_the_twin_tells_where_the_act_stands_in_the_other_sentence():
    found = scene("Đức giúp Ukraine", "Ngày 5/3, Berlin gửi Ukraine 10 xe tăng Leopard 2.")
    headline, lede = draft(found, 0), draft(found, 1)
    assert told_at(headline, found.sentences[1]) == -1
    headline.twin = lede
    assert told_at(headline, found.sentences[1]) == lede.cue
    assert told_at(headline, found.sentences[0]) == headline.cue


@pytest.mark.parametrize("day", [DAY, None])
def test_trees_see_a_number_for_every_name(day: datetime.date | None):
    found = scene("Hôm 5/3 Đức hứa viện trợ Ukraine 5 triệu euro và 10 xe tăng Leopard 2 trước tháng 6.", day=day)
    own = draft(found)
    for tag, classes in (("EQ", 1), ("MON", 1), ("TIME", 4)):
        mine = places(found, own, tag)
        assert mine
        assert all(any(place_features(found, own, place)) for place in mine)
        for row in place_rows(found, own, mine, [[0.5] * classes for _ in mine]):
            assert len(row) == 3 * classes + len(PLACE_NAMES)


def test_the_same_thing_said_twice():
    found = scene("Đức giao xe tăng Leopard 2, và Leopard 2 khác xe tăng Abrams, viện trợ 5 triệu euro rồi 5 triệu USD.")
    things = [e for e in found.sentences[0].elements if e.tag == "EQ"]
    sums = [e for e in found.sentences[0].elements if e.tag == "MON"]
    assert same_thing(things[0], things[1])
    assert not same_thing(things[0], things[2])
    assert not same_thing(sums[0], sums[1])
    assert not same_thing(things[0], sums[0])


REACHING = [
    ("EU cam kết hỗ trợ Ukraine đến năm 2027.", "commit", "2027"),
    ("Đức sẽ viện trợ cho Ukraine trong 10 năm tới.", "commit", "2034"),
    ("EU duyệt khoản vay cho Ukraine giai đoạn 2026-2027.", "approve", "2027"),
    ("EU gia hạn trừng phạt Nga cho đến hết năm 2025.", "sanction", "2025"),
]
NOT_REACHING = [
    ("Đức viện trợ cho Ukraine hôm 5/3.", "commit"),
    ("Đến năm 2023, Đức cam kết viện trợ cho Ukraine.", "commit"),
    ("Đức đã viện trợ cho Ukraine giai đoạn 2016-2017.", "commit"),
    ("Đức sẽ bàn giao xe tăng cho Ukraine trong 10 năm tới.", "deliver"),
]


@pytest.mark.parametrize(("text", "kind", "edtf"), REACHING, ids=[row[0] for row in REACHING])
def test_a_time_that_says_how_far_support_reaches(text: str, kind: str, edtf: str):
    found = scene(text)
    own = draft(found, kind=kind)
    assert [reading_of(p.what, "horizon") for p in places(found, own, "TIME") if reaches(found, own, p)] == [edtf]


@pytest.mark.parametrize(("text", "kind"), NOT_REACHING, ids=[row[0] for row in NOT_REACHING])
def test_a_time_that_is_no_horizon(text: str, kind: str):
    found = scene(text)
    own = draft(found, kind=kind)
    assert places(found, own, "TIME")
    assert not any(reaches(found, own, p) for p in places(found, own, "TIME"))


COUNTED = [
    ("Pháp bàn giao cho Ukraine 12 xe tăng.", 12),
    ("Pháp bàn giao cho Ukraine hai chiếc Mirage 2000.", 2),
    ("Nga chuyển giao tổ hợp S-400 đầu tiên cho Ấn Độ.", 1),
    ("Nga chuyển giao những tổ hợp S-400 đầu tiên cho Ấn Độ.", None),
    ("Nhật Bản nhận 2 loại tên lửa do Mỹ viện trợ.", None),
    ("Mỹ phê duyệt 22 hợp đồng vũ khí với Jordan.", None),
    ("Pháp bàn giao xe tăng cho Ukraine.", None),
]


@pytest.mark.parametrize(("text", "value"), COUNTED, ids=[row[0] for row in COUNTED])
def test_how_many_of_a_thing(text: str, value: float | None):
    found = scene(text)
    thing = next(e for e in found.sentences[0].elements if e.tag == "EQ")
    count = count_of(found, thing)
    assert (count and count.value) == value


def test_places_know_their_element():
    found = scene("Đức viện trợ Ukraine 5 triệu euro.")
    (place,) = places(found, draft(found), "MON")
    assert place == Place(found.sentences[0], place.element)
    assert place.what.tag == "MON"
