from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made import article, claim, money, one_step
from vientro.lang.data import parse
from vientro.ledger import project
from vientro.ledger.follow import Follow, Share
from vientro.model.article import Span
from vientro.model.claim import Count, Item, Modality, Mode, Money, Scope, Support, Type
from vientro.model.ledger import Cause, Interval, State, Step, Stock, Sum
from vientro.publish import dates, figures, phrases
from vientro.publish.lines import SECTIONS, Witness, line_of
from vientro.publish.words import has, name, word

SOMEWHERE = Span(0, 1)


@pytest.mark.parametrize(
    ("edtf", "vi", "en"),
    [
        (None, "không rõ ngày", "undated"),
        ("2024-10-14", "14/10/2024", "14 Oct 2024"),
        ("2022-02", "tháng 2/2022", "Feb 2022"),
        ("2022", "năm 2022", "2022"),
        ("2022~", "khoảng năm 2022", "about 2022"),
        ("2022-10-10/2022-10-12", "10–12/10/2022", "10–12 Oct 2022"),
        ("2022-02-26/2022-03-02", "26/2–2/3/2022", "26 Feb–2 Mar 2022"),
        ("2021-12-30/2022-01-02", "30/12/2021 – 2/1/2022", "30 Dec 2021 – 2 Jan 2022"),
        ("2022-02/..", "từ tháng 2/2022", "from Feb 2022"),
        ("../2027", "đến năm 2027", "until 2027"),
        ("XXXX-04-07", "7/4, không rõ năm", "7 Apr, year unknown"),
        ("2022-22", "2022-22", "2022-22"),
    ],
)
def test_dates_are_said_with_their_precision(edtf, vi, en):
    assert (dates.said(edtf, "vi"), dates.said(edtf, "en")) == (vi, en)


def test_days_are_keys_for_sorting():
    assert dates.first_day("2022-02") == "2022-02-01"
    assert dates.last_day("2022") == "2022-12-31"
    assert dates.last_day("2022-02-01/..") == "2022-02-01"
    assert dates.last_day(None) == dates.first_day("XXXX-04-07") == ""


@given(st.text(max_size=30))
def test_no_date_at_all_raises(edtf):
    assert dates.said(edtf, "vi")
    assert isinstance(dates.first_day(edtf) + dates.last_day(edtf), str)


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (Interval(600e6, 600e6, 600e6), "600 triệu EUR", "600 million EUR"),
        (Interval(2.5e9, 2.5e9, None), "≥ 2,5 tỷ EUR", "≥ 2.5 billion EUR"),
        (Interval(None, None, 1250e6), "tối đa 1,25 tỷ EUR", "up to 1.25 billion EUR"),
        (Interval(0.0, None, 90.0), "tối đa 90 EUR", "up to 90 EUR"),
        (Interval(95e6, 100e6, 105e6), "khoảng 100 triệu EUR", "about 100 million EUR"),
        (Interval(None, 100e6, None), "khoảng 100 triệu EUR", "about 100 million EUR"),
        (Interval(1e6, None, 3e6), "1–3 triệu EUR", "1–3 million EUR"),
        (Interval(240_000, 240_000, 240_000), "240.000 EUR", "240,000 EUR"),
    ],
)
def test_sums_are_said_with_their_bounds(value, vi, en):
    told = Sum("EUR", value, (), 1)
    assert (figures.total(told, "vi"), figures.total(told, "en")) == (vi, en)


def test_a_sum_by_the_year_says_so():
    assert figures.total(Sum("USD", Interval(1e9, 1e9, 1e9), (), 1, per="year"), "vi") == "1 tỷ USD mỗi năm"


@pytest.mark.parametrize(
    ("bound", "most", "vi"), [("about", None, "khoảng 2 tỷ USD"), ("up_to", None, "tối đa 2 tỷ USD"), ("range", 3e9, "2–3 tỷ USD")]
)
def test_the_sums_of_claims_are_said_in_the_same_words(bound, most, vi):
    assert figures.money(Money(2e9, "USD", bound, SOMEWHERE, max=most), "vi") == vi


def test_a_share_is_said_with_its_whole():
    system = Stock("air-defence-system", "IRIS-T SLM", "hệ thống IRIS-T SLM", Interval(1, 1, None), of=4)
    assert figures.stock(system, "vi") == "≥ 1 trong 4 × hệ thống IRIS-T SLM"
    assert figures.stock(system, "en") == "≥ 1 of 4 IRIS-T SLM air-defence systems"
    named = Item("air-defence-system", "hệ thống IRIS-T SLM", SOMEWHERE, "IRIS-T SLM", Count(1, "at_least", of=4))
    assert figures.item(named, "vi") == figures.stock(system, "vi")


def test_units_are_kept_and_what_has_no_number_has_none():
    assert figures.stock(Stock("food", None, "gạo", Interval(20, 20, 20), unit="tấn"), "vi") == "20 tấn gạo"
    assert figures.stock(Stock("tank", None, "xe tăng"), "en") == "tanks"


def step(**slots: object) -> Step:
    return Step("s-1", "d-1", (), 1, None, **slots)


@pytest.mark.parametrize(
    ("slots", "vi", "en"),
    [
        (("deliver", "DE", "UA", ""), "Đức → Ukraine", "Germany → Ukraine"),
        (("request", "UA", "UA", "US"), "Ukraine đề nghị Mỹ", "Ukraine asks US"),
        (("oppose", "RU", "UA", "US"), "Nga phản đối Mỹ → Ukraine", "Russia opposes US → Ukraine"),
        (("block", "HU", "UA", ""), "Hungary chặn hỗ trợ cho Ukraine", "Hungary blocks support for Ukraine"),
        (("sanction", "EU", "", "Iran Air"), "EU trừng phạt Iran Air", "EU sanctions Iran Air"),
        (("procure", "PL", "PL", "KR"), "Ba Lan (mua từ Hàn Quốc)", "Poland (from South Korea)"),
        (("commit", "", "UA", ""), "không rõ → Ukraine", "unknown → Ukraine"),
        (("consult", "US UA FR DE GB", "", ""), "Mỹ, Ukraine, Pháp, Đức và 1 nữa", "US, Ukraine, France, Germany and 1 more"),
    ],
)
def test_who_for_whom(slots, vi, en):
    kind, actors, recipients, addressees = slots
    addressed = (addressees,) if addressees else ()
    record = step(type=kind, actors=tuple(actors.split()), recipients=tuple(recipients.split()), addressees=addressed)
    assert (phrases.who(record, "vi"), phrases.who(record, "en")) == (vi, en)


def test_acts_say_how_real_they_are():
    assert phrases.act(step(type="deliver", modality="planned"), "vi") == "bàn giao · dự kiến"
    assert phrases.act(step(type="commit", scope="total"), "en") == "pledge · total so far"


def test_figures_that_differ_stand_side_by_side_cause_first_with_those_who_say_so():
    story = article("Na Uy giúp Moldova")
    told = [
        claim(story, "commit", number=n, actors="NO", recipients="MD", speaker=speaker, amounts=(money(value, "USD"),))
        for n, (value, speaker) in enumerate([(3e9, "Reuters"), (2e9, "Thủ tướng Na Uy")])
    ]
    witnesses = [Witness(one, story) for one in told]
    made = project([story], told, one_step(told)).steps[0]
    line = line_of(made, witnesses, {})
    assert line.disputed
    assert phrases.what(made, "vi") == "2 tỷ USD"
    assert phrases.conflicts(line, "vi") == [
        (
            "số liệu khác nhau (các nguồn không thống nhất): 2 tỷ USD (theo Thủ tướng Na Uy (Báo Mẫu), 1 nguồn) ≠ "
            "3 tỷ USD (theo Reuters (Báo Mẫu), 1 nguồn); ưu tiên số đầu: nguồn gần việc đó nhất"
        )
    ]


def test_two_sums_told_in_one_breath_are_both_shown_and_no_conflict():
    story = article("Na Uy giúp Moldova")
    told = [claim(story, "commit", actors="NO", recipients="MD", amounts=(money(3e9, "NOK"), money(5e6, "NOK")))]
    line = line_of(project([story], told, one_step(told)).steps[0], [Witness(told[0], story)], {})
    assert line.conflicts == ()
    assert phrases.conflicts(line, "en") == ["also told: 5 million NOK"]


def test_every_value_that_can_be_shown_has_words():
    assert all(has(f"class.{cls}") for cls in ("tank", "air-defence-system", "no-fly-zone", "other"))
    for kind, values in (("type", get_args(Type)), ("state", get_args(State)), ("support", get_args(Support)), ("cause", get_args(Cause))):
        assert all(has(f"{kind}.{value}") for value in values), kind
    assert all(has(f"modality.{value}") for value in get_args(Modality) if value != "actual")
    assert all(has(f"scope.{value}") for value in get_args(Scope) if value != "act")
    assert all(has(f"mode.{value}") for value in get_args(Mode) if value != "aid")
    assert all(has(f"section.{section}") and has(f"note.{section}") for section in SECTIONS)


def test_every_word_has_both_languages_and_the_same_blanks():
    for row in parse((files("vientro.publish") / "words.tsv").read_text("utf-8"), "words.tsv"):
        assert row["vi"], row
        assert row["en"], row
        assert row["vi"].count("{}") == row["en"].count("{}"), row


def test_every_code_has_a_name_in_both_languages():
    codes = [
        code for line in (files("vientro.lang") / "codes.txt").read_text("utf-8").splitlines() if line[:1] != "#" for code in line.split()
    ]
    assert len(codes) > 250
    known = {row["code"]: row for row in parse((files("vientro.lang") / "names.tsv").read_text("utf-8"), "names.tsv")}
    assert set(codes) == set(known)
    assert all(row["vi"] and row["en"] and row["source"] for row in known.values())
    assert (name("7 cá nhân", "vi"), name("7 cá nhân", "en")) == ("7 cá nhân", "7 individuals")


def test_a_key_without_words_shows_itself():
    assert word("rule.Z9", "vi") == "Z9"


def test_reasons_are_told_in_the_language_of_the_page():
    assert phrases.left_out("broken JSON", ["f:2"], "vi") == "1 × JSON hỏng: f:2"
    assert phrases.left_out("can't be read: Permission denied", ["a", "b"], "vi") == "2 × không mở được tệp: a, b"
    assert (
        phrases.left_out("can't be read: Permission denied", list("abcde"), "en") == "5 × can't be read: Permission denied: a, b, c, d, …"
    )
    assert phrases.left_out("something new: 7", ["a"], "vi") == "1 × something new: 7: a"


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (Stock("air_defence", "Patriot", "hệ thống Patriot", Interval(2, 2, 2), "hệ thống"), "2 hệ thống Patriot"),
        (Stock("air_defence", "IRIS-T", "Hệ thống IRIS-T", Interval(1, None, 4), "hệ thống", 4), "1–4 trong 4 Hệ thống IRIS-T"),
        (Stock("air_defence", "Patriot", "Patriot", Interval(2, 2, 2), "hệ thống"), "2 hệ thống Patriot"),
        (Stock("ammo", None, "tấnk", Interval(2, 2, 2), "tấn"), "2 tấn tấnk"),
        (Stock("ammo", None, "đạn", None, "tấn"), "đạn"),
    ],
)
def test_a_unit_is_said_once(thing, said):
    assert figures.stock(thing, "vi") == said


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (Interval(0.375, 0.375, 0.375), "38%", "38%"),
        (Interval(0.375, None, None), "≥ 38%", "≥ 38%"),
        (Interval(None, None, 0.4), "tối đa 40%", "up to 40%"),
        (Interval(0.0, None, None), "chưa rõ phần nào", "share unknown"),
    ],
)
def test_a_share_is_said_with_its_bounds(share, vi, en):
    assert (phrases.percent(share, "vi"), phrases.percent(share, "en")) == (vi, en)


def test_what_became_of_a_deal_is_said():
    radars = Stock("radar", None, "radar", Interval(8, 8, 8))
    came = Share(radars, Interval(8, 8, 8), Interval(3, 3, 3), Interval(0.375, 0.375, 0.375))
    found = Follow("d-1", open=True, since="2024-05", age=30, due=("2025",), shares=(came,), last="2024-06-02")
    assert phrases.progress(found, "en") == [
        "come so far 3 radars of 8 radars: 38%",
        "promised May 2024, open for ≥ 30 days",
        "due: 2025",
        "last told of 2 Jun 2024",
    ]
    assert phrases.progress(replace(found, open=False, shares=()), "vi") == []


def test_parties_in_a_sentence_tell_the_act_which_is_not_said_again():
    step = Step("s", "d", (), 1, "2024-12-16", type="sanction", actors=("EU",), addressees=("RU",))
    assert phrases.deed(step, "vi", "sanctioned") == "EU trừng phạt Nga"
    assert phrases.deed(step, "en", "sanctioned") == "EU sanctions Russia"
    assert phrases.deed(replace(step, modality="planned"), "en", "sanctioned") == "EU sanctions Russia · planned"
    assert phrases.deed(replace(step, addressees=()), "en", "sanctioned") == "EU · sanction"
    given = replace(step, type="deliver", addressees=(), recipients=("MD",), support="military")
    assert phrases.deed(given, "en", "delivered") == "EU → Moldova · delivery: military · delivered"


def test_a_promise_since_a_year_says_from_once():
    found = Follow("d-1", open=True, since="2022/..", age=900, due=(), shares=(), last=None)
    (said, *_) = phrases.progress(found, "vi")
    assert said.startswith("hứa từ năm 2022,")
