"""What of a ledger everybody may see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from made import article, claim, one_step
from vientro.ledger import project
from vientro.ledger.decisions import apply
from vientro.model.article import Span, Zone
from vientro.model.claim import Role, Source
from vientro.model.decision import Decision, named
from vientro.publish.abridge import PER_ARTICLE, PER_QUOTATION
from vientro.publish.book import Book
from vientro.publish.coming import Coming
from vientro.publish.public import THRESHOLD, public, released
from vientro.publish.unnamed import unnamed

DAY = "2025-11-26"


def book(articles, claims, links, decisions=()):
    found = apply(articles, claims, decisions)
    told = {one.id: one for one in claims}
    return Book(
        {one.id: one for one in articles}, told, {one.claim: one for one in links}, project(articles, claims, links), len(articles), DAY,
        (), decisions=tuple(decisions), ruled=found,
    )  # fmt: skip


def ruling(kind, *claims, **more):
    return named(Decision("", "2025-11-27T08:00:00.000000Z", "Lan Nguyễn", kind, tuple(one.id for one in claims), shown_as="lan", **more))


def test_what_is_sure_enough_or_ruled_on_is_shown_and_nothing_else():
    story = article("Na Uy giao radar cho Moldova\nĐức hứa xe tăng cho Ukraine\nPháp tặng pháo\nÝ gửi đạn\nBỉ gửi xe", DAY)
    lines = story.text.split("\n")
    sure, unsure, ruled, wrong, taken = (
        claim(story, "deliver", words, confidence=how) for words, how in zip(lines, (THRESHOLD, 0.79, 0.1, 0.99, 0.99), strict=True)
    )
    links = [link for n, one in enumerate((sure, unsure, ruled, wrong, taken)) for link in one_step([one], f"s-{n}", f"d-{n}")]
    gone = article("Anh gửi tên lửa", DAY)
    withdrawn = claim(gone, "deliver", confidence=0.99)
    links += one_step([withdrawn], "s-9", "d-9")
    decisions = [ruling("accept", ruled, why="đúng"), ruling("reject", wrong), ruling("reject", taken)]
    shown = public(book([story, gone], [sure, unsure, ruled, wrong, taken, withdrawn], links, decisions), DAY, {gone.id})
    assert set(shown.claims) == {sure.id, ruled.id}
    assert {step.id for step in shown.ledger.steps} == {"s-0", "s-2"}
    assert [(one.kind, one.by, one.shown_as) for one in shown.decisions] == [("accept", "lan", None)]
    assert "xe tăng" not in repr(shown)
    assert "Nguyễn" not in repr(shown)


def test_an_article_is_its_headline_and_short_quotations():
    sentences = [f"Câu thứ {number} kể rằng {'nước này ' * 30}giao xe." for number in range(6)]
    text = "\n".join(["Đầu đề", *sentences])
    story = replace(article(text, DAY), zones=(Zone("title", Span(0, 6)), Zone("body", Span(7, len(text)))), author="Trần Văn B")
    told = [claim(story, "deliver", words, confidence=0.9) for words in sentences]
    shown = public(book([story], told, one_step(told)), DAY)
    left = shown.articles[story.id]
    assert left.author is None
    assert left.text.startswith("Đầu đề\n")
    assert len(left.text) <= len("Đầu đề\n") + PER_ARTICLE + 10
    assert all(len(one.evidence) <= PER_QUOTATION for one in shown.claims.values())
    assert all(one.span.of(left.text) == one.evidence for one in shown.claims.values())
    assert sum(one.evidence == "…" for one in shown.claims.values()) == 4


def test_a_day_to_come_is_given_by_its_month_in_fields_and_in_words():
    text = "Na Uy giao radar ngày 17/12\nNgày 20/11 Na Uy hứa rằng ngày 17/12 sẽ giao 4 radar"
    story = article(text, DAY)
    told = claim(
        story, "deliver", text.split("\n")[1], date="2025-12-17", due="2025-12-10/2025-12-17", horizon="2025-11-20", confidence=0.9
    )
    shown = public(book([story], [told], one_step([told])), "2026-05-01")
    (left,) = shown.claims.values()
    assert (left.date, left.due, left.horizon) == ("2025-12", "2025-12", "2025-11-20")
    assert "17/12" not in repr(shown)
    assert "20/11" in left.evidence
    assert len(left.evidence) == len(told.evidence)


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025-11-26", "2025-11-26"), ("2025-11-27", "2025-11"), ("2025-12-01~", "2025-12~"),
        ("2025-11-01/2025-12-03", "2025-11-01/2025-12"),
        ("2026", "2026"), ("2025-12-01/..", "2025-12/.."), (None, None), ("", ""),
    ],
)  # fmt: skip
def test_coming_days_are_months(edtf, said):
    assert Coming(DAY).by_month(edtf) == said


def test_decisions_tell_no_coming_day_either():
    story = article("Na Uy giao radar cho Moldova", DAY)
    told = claim(story, "deliver", confidence=0.1)
    decisions = [ruling("correct", told, slot="due", value="2025-12-17", why="bộ nói ngày 17/12/2025")]
    shown = public(book([story], [told], one_step([told]), decisions), DAY)
    assert shown.decisions[0].value == "2025-12"
    assert "17/12" not in shown.decisions[0].why


def test_who_holds_no_office_has_no_name():
    story = article("Na Uy giao radar", DAY)
    names = {"nhà phân tích Trần Văn B": "nhà phân tích", "Trần Văn B": "…", "Một nhà ngoại giao": "Một nhà ngoại giao"}
    names["Edmundo González"] = "Edmundo González"
    for name, left in names.items():
        told = unnamed(claim(story, "deliver", speaker=name, chain=(Source(name),)))
        assert (told.chain[0].name, told.speaker) == (left, Role(left))
    minister = claim(story, "deliver", speaker="Bà Bộ Trưởng", chain=(Source("Bà Bộ Trưởng", "NO"),))
    assert unnamed(minister) == minister


def test_of_a_release_stay_the_steps_that_rest_on_what_is_shown():
    story = article("Na Uy giao radar\nĐức giao xe", DAY)
    one, other = (claim(story, "deliver", words, confidence=how) for words, how in zip(story.text.split("\n"), (0.9, 0.2), strict=True))
    whole = book([story], [one, other], [*one_step([one], "s-1", "d-1"), *one_step([other], "s-2", "d-2")])
    left = released(whole.ledger, public(whole, DAY).claims, DAY)
    assert [step.id for step in left.steps] == ["s-1"]
    assert {deal.id for deal in left.deals} <= {"d-1"}


def test_moments_of_the_past_put_together_quote_no_more_than_the_present_does():
    sentences = [f"Câu thứ {number} kể rằng {'nước này ' * 30}giao xe." for number in range(6)]
    story = article("\n".join(sentences), DAY)
    told = [claim(story, "deliver", words, confidence=0.9) for words in sentences]
    links = [link for n, one in enumerate(told) for link in one_step([one], f"s-{n}", f"d-{n}")]
    now = book([story], told, links, [ruling("accept", told[5])])
    quoted = set(public(now, DAY).articles[story.id].text.split("\n"))
    for number in range(6):
        then = book([story], told, links, [ruling("accept", told[number])])
        past = public(then, DAY, now=now)
        assert set(past.articles[story.id].text.split("\n")) <= quoted
        assert set(past.claims) == {one.id for one in told}
        assert {step.id for step in past.ledger.steps} == {f"s-{n}" for n in range(6)}
    assert set(public(then, DAY).articles[story.id].text.split("\n")) <= quoted
    other = public(book([story], told, links, [ruling("accept", told[2])]), DAY).articles[story.id].text.split("\n")
    assert not set(other) <= quoted


def test_whom_a_person_took_out_is_named_in_no_past_and_in_no_release():
    story = article("Na Uy giao radar, bà Ví Dụ nói với Hãng Mẫu", DAY)
    chain = (Source("Bà Ví Dụ", "NO"), Source("Hãng Mẫu", None, "outlet"))
    told = claim(story, "deliver", speaker="Bà Ví Dụ", chain=chain, confidence=0.9)
    then = book([story], [told], one_step([told]))
    taken_out = book([story], [told], one_step([told]), [ruling("correct", told, slot="speaker", value=None)])
    corrected = replace(taken_out, claims=dict(taken_out.ruled.claims))
    assert public(then, DAY).ledger.steps[0].speakers == ("Bà Ví Dụ",)
    for shown in (public(corrected, DAY), public(then, DAY, now=corrected)):
        assert "Bà Ví Dụ" not in repr((shown.ledger, [(one.speaker, one.chain) for one in shown.claims.values()]))
        assert [one.name for one in shown.claims[told.id].chain] == ["Hãng Mẫu"]
    assert released(then.ledger, public(corrected, DAY).claims, DAY).steps[0].speakers == ()


def test_who_was_put_in_before_somebody_took_the_speaker_out_is_not_named_in_the_past():
    story = article("Na Uy giao radar", DAY)
    told = claim(story, "deliver", confidence=0.9)
    first = ruling("correct", told, slot="speaker", value="Bà Ví Dụ")
    then = book([story], [told], one_step([told]), [first])
    then = replace(then, claims=dict(then.ruled.claims))
    assert public(then, DAY).claims[told.id].speaker == Role("Bà Ví Dụ")
    later = replace(ruling("correct", told, slot="speaker", value=None), at="2025-11-28T08:00:00.000000Z")
    now = book([story], [told], one_step([told]), [first, later])
    assert public(then, DAY, now=now).claims[told.id].speaker is None
