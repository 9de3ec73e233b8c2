"""What explains a reading is that reading: the same claims, the same choices, and chances that are those of the weights."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vientro.article.compose import compose
from vientro.reading import decide, reader
from vientro.reading.draft import ROLES
from vientro.reading.explain import Choice, Explained, Why, explain

if TYPE_CHECKING:
    from vientro.model.article import Article

STORY = (
    "Đức chuyển thêm xe tăng cho Ukraine\nBộ Quốc phòng Đức hôm 5/3 đã bàn giao cho Ukraine 10 xe tăng Leopard 2 trị giá 20 triệu euro.\n"
    "Trước đó, Mỹ áp lệnh trừng phạt hai hãng dầu Nga, còn Hungary từ chối cung cấp vũ khí cho Ukraine. Pháp cam kết viện trợ.\n"
    "Hãng tin Reuters dẫn lời Tổng thống Ukraine Zelensky cho biết Ba Lan có thể sẽ gửi tên lửa vào tháng 5."
)
PARTS = [
    "Mỹ", "Đức", "Ukraine", "Nga", "hai hãng dầu", "cam kết", "không viện trợ", "nối lại việc bàn giao", "từ chối", "trừng phạt", "kêu gọi",
    "xe tăng Leopard 2", "20 triệu euro", "hôm qua", "theo Reuters", "có thể sẽ", ",", ".", "\n", ";", '"', "và",
]  # fmt: skip


def article(text: str) -> Article:
    return compose("x", text, published="2024-03-06")


def values(choices: tuple[Choice, ...]) -> list[str]:
    return sorted(choice.value for choice in choices if choice.chosen)


def agrees(found: Explained) -> None:
    """What is said to be chosen is what the claims hold."""
    for why in found.claims:
        claim = why.claim
        assert [values(why.slots[role]) for role in ROLES] == [sorted(r.value for r in getattr(claim, role)) for role in ROLES]
        for name in decide.ATTRIBUTES:
            assert values(why.slots[name]) == [getattr(claim, name) or "null"]
        assert values(why.slots["items"]) == sorted(item.text for item in claim.items)
        assert len(values(why.slots["amounts"])) == len(claim.amounts)
        assert values(why.slots["speaker"]) == ([claim.speaker.value] if claim.speaker else [])
        assert why.cue.words == claim.trigger
        assert why.cue.types[0].value == claim.type
        assert why.keep.chosen == (claim.confidence >= reader.THRESHOLD)
        assert (why.keep.chance >= why.kept_from) == why.keep.chosen


def test_the_claims_are_those_of_the_reader():
    found = explain(article(STORY))
    assert [why.claim for why in found.claims] == reader.read(article(STORY))
    assert sum(why.keep.chosen for why in found.claims) >= 3
    agrees(found)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=40))
def test_the_claims_are_those_of_the_reader_whatever_the_text(parts):
    given_article = article(" ".join(parts))
    found = explain(given_article)
    assert [why.claim for why in found.claims] == reader.read(given_article)
    agrees(found)


@pytest.mark.parametrize(
    "given_article",
    [article((STORY + "\n") * 60), article(unicodedata.normalize("NFD", STORY)), compose("x", stories=[*STORY.split("\n")[::-1], STORY])],
    ids=["long", "decomposed", "tag page"],
)
def test_the_claims_are_those_of_the_reader_whatever_the_form(given_article):
    found = explain(given_article)
    assert [why.claim for why in found.claims] == reader.read(given_article)
    assert any(why.keep.chosen for why in found.claims)
    agrees(found)


def test_every_cue_is_accounted_for_once():
    found = explain(article(STORY))
    _, scene = reader.scene_of(article(STORY))
    told = {(why.cue.sentence, why.cue.words) for why in found.claims} | {(p.cue.sentence, p.cue.words) for p in found.passed}
    assert told == {(scene.text[s.start : s.stop], scene.text[s.elements[k].start : s.elements[k].stop]) for s, k in decide.cues(scene)}


def first(text: str) -> Why:
    return next(why for why in explain(article(text)).claims if why.keep.chosen)


def test_reasons_say_what_speaks_for_a_giver_and_what_for_a_recipient():
    why = first("Pháp đã bàn giao cho Ukraine 12 khẩu lựu pháo Caesar.")
    (giver, *_), (taker, *_) = why.slots["actors"], why.slots["recipients"]
    assert (giver.value, taker.value) == ("FR", "UA")
    assert any("sig:for" in reason.feature for reason in taker.pro)
    assert all(r.weight > 0 for c in (giver, taker) for r in c.pro)
    assert all(r.weight < 0 for c in (giver, taker) for r in c.con)
    assert giver.beside


def test_chances_are_those_of_the_weights():
    why = first("Hungary từ chối cung cấp vũ khí cho Ukraine.")
    assert why.certain.chance == pytest.approx(why.claim.confidence, abs=1e-4)
    assert why.cue.types[0].chance > 0.5
    assert why.cue.types[0].against == why.cue.types[1].value
    for name in decide.ATTRIBUTES:
        assert sum(choice.chance for choice in why.slots[name]) <= 1 + 1e-9


def test_a_lesser_act_of_a_clause_is_said_to_be_halved():
    halved = [why for why in explain(article("Mỹ cam kết chuyển giao, cung cấp, viện trợ xe tăng cho Ukraine.")).claims if why.keep.first]
    assert all(why.keep.chance == pytest.approx((why.keep.first or 0) / 2) for why in halved)


def test_a_text_without_a_cue_has_nothing_to_explain():
    assert explain(article("Ngày mai trời không mưa ở các tỉnh phía bắc.")) == Explained((), ())
