"""The reader as a whole, on sentences so plain that any sane weights read them so, and what holds of any text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vientro.article.compose import compose
from vientro.reading import reader
from vientro.reading.scene import lexicon

if TYPE_CHECKING:
    from vientro.model.article import Article
    from vientro.model.claim import Claim

DAY = "2024-03-06"
PLAIN = [
    ("Thủ tướng Đức hôm 5/3 cam kết viện trợ cho Ukraine 20 triệu euro.", "commit", ["DE"], ["UA"], []),
    ("Pháp đã bàn giao cho Ukraine 12 khẩu lựu pháo Caesar.", "deliver", ["FR"], ["UA"], []),
    ("Hungary từ chối cung cấp vũ khí cho Ukraine.", "refuse", ["HU"], ["UA"], []),
    ("Mỹ áp lệnh trừng phạt hai hãng dầu Nga.", "sanction", ["US"], [], ["hai hãng dầu Nga"]),
    ("Bộ Ngoại giao Mỹ phê duyệt thương vụ bán tên lửa Patriot cho Ba Lan.", "approve", ["US"], ["PL"], []),
    ("Tổng thống Ukraine Zelensky kêu gọi Mỹ cung cấp thêm tên lửa Patriot cho Ukraine.", "request", ["UA"], ["UA"], ["US"]),
    ("EU dỡ bỏ lệnh trừng phạt đối với Syria.", "ease", ["EU"], [], ["SY"]),
    ("Mỹ tạm dừng viện trợ quân sự cho Ukraine.", "suspend", ["US"], ["UA"], []),
]
STORY = (
    "Đức chuyển thêm xe tăng cho Ukraine\nBộ Quốc phòng Đức hôm 5/3 đã bàn giao cho Ukraine 10 xe tăng Leopard 2.\n"
    "Trước đó, Mỹ áp lệnh trừng phạt hai hãng dầu Nga, còn Hungary từ chối cung cấp vũ khí cho Ukraine. Pháp cam kết viện trợ."
)
ENTRIES = [
    "Chính phủ Đức ngày 5/3/2023 cam kết viện trợ cho Ukraine thêm 20 triệu euro để sửa chữa các nhà máy điện hư hại do chiến sự.",
    "Bộ trưởng Quốc phòng Pháp ngày 7/6/2024 thông báo đã bàn giao cho Ukraine 12 khẩu lựu pháo Caesar cùng nhiều đạn pháo cỡ 155 mm.",
]


def article(text: str, **about: str | None) -> Article:
    return compose("x", text, **({"published": DAY} | about))


def kept(text: str) -> list[Claim]:
    return [claim for claim in reader.read(article(text)) if claim.confidence >= reader.THRESHOLD]


def roles(claim: Claim) -> list[list[str]]:
    return [[role.value for role in side] for side in (claim.actors, claim.recipients, claim.addressees)]


def told(claims: list[Claim]) -> list[tuple[object, ...]]:
    return [
        (c.type, c.modality, [[unicodedata.normalize("NFC", v) for v in side] for side in roles(c)], c.date, c.due, c.confidence)
        for c in claims
    ]


@pytest.mark.parametrize(("text", "kind", "actors", "recipients", "addressees"), PLAIN, ids=[row[1] for row in PLAIN])
def test_a_plain_sentence(text, kind, actors, recipients, addressees):
    (claim,) = kept(text)
    assert claim.type == kind
    assert claim.modality == "actual"
    assert roles(claim) == [actors, recipients, addressees]


def test_sums_days_and_counts_of_a_plain_sentence():
    (pledge,) = kept(PLAIN[0][0])
    assert [(money.value, money.currency) for money in pledge.amounts] == [(20e6, "EUR")]
    assert pledge.date == "2024-03-05"
    (delivery,) = kept(PLAIN[1][0])
    assert [(item.cls, item.quantity and item.quantity.value) for item in delivery.items] == [("artillery", 12)]


def test_what_somebody_says_of_another_is_alleged():
    (claim,) = kept("Mỹ cáo buộc Triều Tiên chuyển đạn pháo cho Nga.")
    assert (claim.type, claim.modality) == ("deliver", "alleged")
    assert roles(claim)[:2] == [["KP"], ["RU"]]


@pytest.mark.parametrize("text", ["Pháp phủ nhận đã chuyển tên lửa cho Ukraine.", "Na Uy chưa bàn giao 3 radar cho Moldova."])
def test_what_is_said_not_to_have_been_handed_over_is_denied(text):
    (claim,) = kept(text)
    assert (claim.type, claim.modality) == ("deliver", "denied")


def test_a_designation_that_ends_in_a_capital_ends_a_sentence():
    first, second = kept("Đức hôm 1/6 đã bàn giao cho Ukraine 2 hệ thống IRIS-T. Hungary cam kết 5 triệu USD cứu trợ cho Gaza.")
    assert (roles(first)[0], roles(second)[0]) == (["DE"], ["HU"])


@pytest.mark.parametrize("text", ["", "Trời nhiều mây ở Đức.", "Tỉnh hỗ trợ gạo cho bà con vùng lũ.", "Hello, world."])
def test_nothing_is_told(text):
    assert reader.read(article(text)) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_claims_stand_where_they_say(form):
    story = article(unicodedata.normalize(form, STORY))
    claims = reader.read(story)
    assert claims
    assert [c.span.start for c in claims] == sorted(c.span.start for c in claims)
    assert len({c.id for c in claims}) == len(claims)
    for claim in claims:
        assert claim.evidence == claim.span.of(story.text)
        assert claim.trigger in story.text
        assert claim.article_id == story.id
        assert 0 <= claim.confidence <= 1
        assert claim.reader == reader.NAME
        assert all(item.span.of(story.text) == item.text for item in claim.items)
        for role in (*claim.actors, *claim.recipients, *claim.addressees):
            assert role.span is None or 0 <= role.span.start < role.span.stop <= len(story.text)


def test_decomposed_text_tells_the_same():
    composed, decomposed = (reader.read(article(unicodedata.normalize(form, STORY))) for form in ("NFC", "NFD"))
    assert told(composed) == told(decomposed)
    assert [unicodedata.normalize("NFC", c.evidence) for c in decomposed] == [c.evidence for c in composed]


def test_reading_twice_tells_the_same():
    assert reader.read(article(STORY)) == reader.read(article(STORY))


def test_the_entries_of_a_tag_page_have_days_of_their_own():
    page = compose("x", stories=ENTRIES)
    claims = [claim for claim in reader.read(page) if claim.confidence >= reader.THRESHOLD]
    first, second = [zone.span for zone in page.zones if zone.kind == "entry"]
    days = [{c.date for c in claims if span.start <= c.span.start < span.stop and c.date} for span in (first, second)]
    assert days == [{"2023-03-05"}, {"2024-06-07"}]
    assert {claim.zone for claim in claims} == {"entry"}
    assert all(claim.evidence == claim.span.of(page.text) for claim in claims)
    # An entry reads as it would by itself.
    alone = [claim for claim in reader.read(compose("y", stories=ENTRIES[1:])) if claim.confidence >= reader.THRESHOLD]
    assert [(c.type, roles(c)) for c in alone] == [(c.type, roles(c)) for c in claims if c.span.start >= second.start]


@pytest.mark.parametrize(
    "text",
    [
        "viện trợ " * 110_000,
        "Mỹ " * 340_000,
        '"' * 1_000_000,
        "Mỹ viện trợ " + '"' * 1_000_000,
        "Mỹ viện trợ " + "1" * 1_000_000,
        "Mỹ viện trợ " + "." * 1_000_000 + "a",
        "Mỹ viện trợ Ukraine " * 400,
        "Mỹ viện trợ Ukraine.\n" * 400,
    ],
    ids=lambda text: f"{text[-24:]!r}",
)
def test_hostile_texts_are_read_to_their_end(text):
    assert all(claim.evidence for claim in reader.read(article(text)))


WORDS = [*sorted({word for text, *_ in PLAIN for word in text.split()}), "\n", ";", '"', "“", "́", "힣"]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read(text):
    found = article(text)
    claims = reader.read(found)
    assert all(claim.evidence == claim.span.of(found.text) for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)


def test_the_lexicon_is_made_once():
    assert lexicon() is lexicon()


@pytest.mark.parametrize(
    "text",
    [
        "Anh cho biết đã viện trợ cho Ukraine tổng cộng 12,8 tỷ bảng kể từ tháng 2/2022.",
        "Anh cam kết tổng cộng 12,8 tỷ bảng kể từ tháng 2/2022 để hỗ trợ Ukraine.",
    ],
)
def test_a_sum_that_has_run_on_since_a_day_is_a_total(text):
    told = replace(compose("x", text, published="2025-05-02"), lang="vi")
    assert [claim.scope for claim in reader.read(told) if claim.confidence >= reader.THRESHOLD] == ["total"]
