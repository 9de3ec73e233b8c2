"""What explains a reading is that reading: the same claims, the same choices, and chances that are those of the weights."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vientro.article.compose import compose
from vientro.reading import decide, reader, scene
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


def times(why: Why) -> dict[str, str]:
    """By slot the time that is said to be chosen for it; one whose year could not be told is none."""
    told = [(choice.note or "", choice.value.rsplit(" = ", 1)[1]) for choice in why.slots["times"] if choice.chosen]
    return {note.split(",")[0].removeprefix("as "): edtf for note, edtf in told if "X" not in edtf}


def agrees(found: Explained) -> None:
    """What is said to be chosen is what the claims hold."""
    for why in found.claims:
        claim = why.claim
        assert [values(why.slots[role]) for role in ROLES] == [sorted(r.value for r in getattr(claim, role)) for role in ROLES]
        for name in decide.ATTRIBUTES:
            assert values(why.slots[name]) == [getattr(claim, name) or "null"]
        assert values(why.slots["items"]) == sorted(item.text for item in claim.items)
        assert len(values(why.slots["amounts"])) == len(claim.amounts)
        assert times(why) == {slot: getattr(claim, slot) for slot in ("date", "due", "horizon") if getattr(claim, slot)}
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


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=40))
def test_the_claims_are_those_of_the_reader_whatever_the_text(parts):
    given_article = article(" ".join(parts))
    found = explain(given_article)
    assert [why.claim for why in found.claims] == reader.read(given_article)
    agrees(found)


@pytest.mark.parametrize(
    "given_article",
    [article((STORY + "\n") * 6), article(unicodedata.normalize("NFD", STORY)), compose("x", stories=[*STORY.split("\n")[::-1], STORY])],
    ids=["long", "decomposed", "tag page"],
)
def test_the_claims_are_those_of_the_reader_whatever_the_form(given_article, monkeypatch):
    monkeypatch.setattr(scene, "_STRETCH", 100)  # so that the long one is read in more than one
    found = explain(given_article)
    assert [why.claim for why in found.claims] == reader.read(given_article)
    assert any(why.keep.chosen for why in found.claims)
    agrees(found)


def test_every_cue_is_accounted_for_once():
    found = explain(article(STORY))
    _, whole = reader.scene_of(article(STORY))
    told = {(why.cue.sentence, why.cue.words) for why in found.claims} | {(p.cue.sentence, p.cue.words) for p in found.passed}
    assert told == {(whole.text[s.start : s.stop], whole.text[s.elements[k].start : s.elements[k].stop]) for s, k in decide.cues(whole)}


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


def test_what_trees_decide_is_told_with_the_chance_before_and_after_them():
    why = first(
        "Bộ trưởng Quốc phòng Pháp Lecornu cho biết hôm 5/3 Pháp đã chuyển cho Ukraine 12 khẩu lựu pháo Caesar trị giá 60 triệu euro."
    )
    decided = [c for name in (*ROLES, "items", "amounts", "times", "speaker") for c in why.slots[name] if c.note != "as horizon"]
    assert {c.value for c in decided if c.chosen} >= {"FR", "UA", "lựu pháo Caesar", "60 triệu euro"}
    assert "hôm 5/3 = 2024-03-05" in {c.value for c in decided}
    assert all(c.first is not None for c in decided)
    assert all(c.beside for c in decided if c.note in (None, "as date"))
    assert all(c.chosen == (c.chance > 0.5) for c in why.slots["items"] + why.slots["amounts"] if c.note != "said already")
    assert not any(reason.feature[:2] in ("a=", "b=", "c=") for c in decided for reason in c.beside)


def test_what_stands_in_a_neighbouring_sentence_is_said_to():
    found = explain(article("Pháp giao lựu pháo cho Ukraine.\nPháp bàn giao cho Ukraine 12 khẩu lựu pháo Caesar trị giá 60 triệu euro."))
    notes = {c.note for why in found.claims for name in ("items", "amounts") for c in why.slots[name]}
    assert any("in the sentence" in (note or "") for note in notes)


def test_how_far_support_reaches_is_said_to_be_ruled():
    (horizon, *_) = first("Pháp cam kết viện trợ cho Ukraine đến năm 2027.").slots["times"]
    assert (horizon.value, horizon.note, horizon.chosen) == ("năm 2027 = 2027", "as horizon, by rule", True)


def test_the_modality_of_an_act_that_two_cues_tell_is_what_they_say_together():
    found = explain(article("Mỹ sẽ viện trợ xe tăng cho Ukraine\nMỹ sẽ cung cấp xe tăng, gửi tên lửa cho Ukraine trong năm nay."))
    pooled = [why.slots["modality"] for why in found.claims if why.told > 1]
    assert pooled
    for choices in pooled:
        assert all(c.first is not None for c in choices)
        assert choices[0].chance == max(c.chance for c in choices)
        assert sum(c.chance for c in choices) <= 1 + 1e-9


def test_a_lesser_act_of_a_clause_is_said_to_be_halved():
    halved = [why for why in explain(article("Mỹ cam kết chuyển giao, cung cấp, viện trợ xe tăng cho Ukraine.")).claims if why.keep.first]
    assert all(why.keep.chance == pytest.approx((why.keep.first or 0) / 2) for why in halved)


def test_a_text_without_a_cue_has_nothing_to_explain():
    assert explain(article("Ngày mai trời không mưa ở các tỉnh phía bắc.")) == Explained((), ())
