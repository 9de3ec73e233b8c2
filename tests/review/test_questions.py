"""The queue asks first where much is at stake and much is in doubt, and never again what was answered."""

from __future__ import annotations

from dataclasses import replace

from made import article, claim, item, money, one_step
from vientro.ledger import project
from vientro.ledger.decisions import apply
from vientro.link import link
from vientro.review.answers import Reviewer, answer, keys
from vientro.review.questions import of_topics, questions

LAN = Reviewer("lan", "R1")
AT = "2026-03-01T10:00:00Z"


def pledge(text, value, confidence=0.9, day="2024-05-10", **slots):
    told = article(text, day, outlet=text)
    slots = {"actors": "DE", "recipients": "UA", "amounts": (money(value),)} | slots
    return told, claim(told, slots.pop("kind", "commit"), confidence=confidence, **slots)


def asked(pairs, decisions=(), links=None, least=0.5):
    articles = [told for told, _ in pairs]
    made = [one for _, one in pairs]
    ruled = apply(articles, made, decisions, least)
    claims = list(ruled.claims.values())
    linked = links or link(articles, claims, bonds=ruled.bonds)
    ledger = project(articles, claims, [one for one in linked if one.claim in ruled.claims])
    unsure = [one for one in made if one.id not in ruled.claims]
    return questions(ruled.articles, ruled.claims, {one.claim: one for one in linked}, ledger, ruled, unsure)


BIG = pledge("Đức cam kết 9 tỷ euro cho Ukraine", 9e9, 0.6)
SMALL = pledge("Pháp cam kết 1 triệu euro cho Moldova", 1e6, 0.6, actors="FR", recipients="MD")
SURE = pledge("Na Uy cam kết 9 tỷ euro cho Gruzia", 9e9, 0.99, actors="NO", recipients="GE")


def test_much_at_stake_and_much_in_doubt_comes_first():
    found = of_topics(asked([SMALL, SURE, BIG]), {"claim"})
    assert [one.claims[0] for one in found] == [BIG[1].id, SMALL[1].id, SURE[1].id]


def test_an_answer_makes_a_decision_and_the_question_goes():
    (question,) = of_topics(asked([BIG]), {"claim"})
    assert set(keys(question)) == {"a", "r", "f"}
    ruled = answer(question, "a", LAN, AT, {BIG[1].id: BIG[1]})
    assert ruled is not None
    assert (ruled.kind, ruled.claims, ruled.by, ruled.shown_as) == ("accept", (BIG[1].id,), "lan", "R1")
    assert (ruled.saw[0].id, ruled.articles) == (BIG[1].id, (BIG[0].id,))
    assert asked([BIG], [ruled]) == []
    assert answer(question, "x", LAN, AT, {}) is None


def test_what_is_below_the_threshold_is_asked_for_and_stands_when_accepted():
    weak = pledge("Đức có thể cam kết 5 triệu euro cho Ukraine", 5e6, 0.3)
    (question,) = asked([weak])
    assert question.topic == "unsure"
    ruled = answer(question, "a", LAN, AT, {weak[1].id: weak[1]})
    assert asked([weak], [ruled]) == []


def test_figures_that_differ_are_shown_side_by_side_and_one_is_chosen():
    twenty = pledge("Đức cam kết 20 triệu euro cho Ukraine", 20e6, speaker="Bộ Quốc phòng Đức")
    thirty = pledge("Đức hứa 33 triệu euro cho Ukraine", 33e6)
    links = one_step([twenty[1], thirty[1]])
    (question,) = of_topics(asked([twenty, thirty], links=links), {"conflict"})
    assert [choice[0]["value"] for choice in question.choices] == [20e6, 33e6]
    known = {one.id: one for _, one in (twenty, thirty)}
    ruled = answer(question, "2", LAN, AT, known)
    assert ruled is not None
    assert (ruled.kind, ruled.slot, ruled.claims) == ("correct", "amounts", (twenty[1].id,))
    assert not of_topics(asked([twenty, thirty], [ruled], links), {"conflict"})


def test_a_possible_duplicate_is_shown_beside_the_earlier_act():
    first, again = pledge("Đức cam kết 20 triệu euro cho Ukraine", 20e6), pledge("Berlin cam kết 20 triệu euro", 20e6, day="2024-06-20")
    links = [*one_step([first[1]]), *one_step([again[1]], "s-2")]
    (question,) = of_topics(asked([first, again], links=links), {"repeat"})
    assert (question.step, question.other_step) == ("s-2", "s-1")
    known = {one.id: one for _, one in (first, again)}
    for key, kind in (("s", "merge"), ("d", "split")):
        ruled = answer(question, key, LAN, AT, known)
        assert ruled is not None
        assert (ruled.kind, ruled.claims, ruled.others) == (kind, (again[1].id,), (first[1].id,))
        assert not of_topics(asked([first, again], [ruled], links), {"repeat"})


def test_a_claim_that_two_steps_would_take_is_asked_for():
    first, other = pledge("Đức cam kết 20 triệu euro cho Ukraine", 20e6), pledge("Đức cam kết 21 triệu euro", 21e6, day="2024-05-11")
    links = [replace(one_step([first[1]])[0], why=("fits s-2 too",)), *one_step([other[1]], "s-2", "d-2")]
    (question,) = of_topics(asked([first, other], links=links), {"fits two"})
    assert (question.claims, question.others) == ((first[1].id,), (other[1].id,))


def test_a_clash_comes_before_everything():
    (question,) = of_topics(asked([BIG]), {"claim"})
    yes = answer(question, "a", LAN, AT, {BIG[1].id: BIG[1]})
    no = answer(question, "r", Reviewer("minh"), "2026-03-01T10:00:01Z", {BIG[1].id: BIG[1]})
    first, *_ = asked([BIG, SURE], [yes, no])
    assert (first.topic, first.why) == ("clash", ("R1: accept", "minh: reject"))
    settled = answer(first, "a", Reviewer("hoa"), "2026-03-01T10:00:02Z", {BIG[1].id: BIG[1]}, [yes, no])
    assert settled is not None
    assert set(settled.after) == {yes.id, no.id}
    assert not of_topics(asked([BIG, SURE], [yes, no, settled]), {"clash"})


def test_things_without_a_sum_are_worth_more_than_nothing_at_all():
    things = pledge("Đức cam kết gửi xe tăng cho Ukraine", 1, 0.6, amounts=(), items=(item("tank", "xe tăng"),))
    nothing = pledge("Đức cam kết hỗ trợ Ukraine", 1, 0.6, amounts=(), day="2024-09-10")
    assert [one.claims[0] for one in of_topics(asked([nothing, things]), {"claim"})] == [things[1].id, nothing[1].id]
