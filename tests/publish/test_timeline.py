from __future__ import annotations

from typing import Any

from made import article, claim, item, money
from vientro.model.decision import Decision, named
from vientro.model.ledger import Step
from vientro.publish.house import House
from vientro.publish.lines import Line, Witness, line_of
from vientro.publish.timeline import Edits, edits_of, part, row_of, slot_of, timeline
from vientro.publish.topicpage import days, shown


def line(number: int, *told: tuple[str | None, dict[str, Any]], date: str | None = None, **slots: Any) -> Line:
    """A step told on some days, with what each report says."""
    witnesses = []
    for place, (day, says) in enumerate(told):
        of = article(f"Na Uy giao radar, tin {number}.{place}", day, f"Báo {place}")
        witnesses.append(Witness(claim(of, "deliver", **says), of))
    claims = tuple(one.claim.id for one in witnesses)
    made = Step(f"s-{number}", "d-1", claims, 1, date, type="deliver", actors=("NO",), recipients=("MD",), **slots)
    return line_of(made, witnesses, {})


def ruling(kind: str, of: Line, slug: str = "radar", value: Any = None, at: str = "2025-10-01T00:00:00.000000Z") -> Decision:
    slot = slot_of(slug) if kind in ("pin", "hide", "reword") else "amounts"
    return named(Decision("", at, "lan", kind, of.step.claims, slot=slot, value=value, why="vì"))


def edits(*decisions: Decision, of: list[Line], slug: str = "radar") -> dict[str, Edits]:
    return edits_of(decisions, {id_: one.step.id for one in of for id_ in one.step.claims}, slug)


SUM, OTHER = {"amounts": (money(300e6, "NOK"),)}, {"amounts": (money(450e6, "NOK"),)}


def test_the_newest_day_comes_first_and_what_has_none_last():
    lines = [
        line(1, ("2025-05-02", {}), date="2025-05-01"),
        line(2, (None, {})),
        line(3, ("2025-06-02", {}), date="2025-06-02"),
        line(4, ("2025-06-03", {}), date="2025-05-01"),
    ]
    found = [(under, sorted(row.line.step.id for row in rows)) for under, rows in timeline(lines, {}).days]
    assert found == [("2025-06-02", ["s-3"]), ("2025-05-01", ["s-1", "s-4"]), ("", ["s-2"])]


def test_an_act_that_lies_ahead_stands_where_it_was_told():
    assert row_of(line(1, ("2025-09-18", {}), date="2025-12")).under == "2025-09-18"


def test_what_has_only_a_month_stands_under_its_month():
    assert row_of(line(1, ("2025-09-18", {}), date="2022-02")).under == "2022-02"


def test_news_of_an_act_moves_its_line_up_and_keeps_when_it_was_first_told():
    row = row_of(line(1, ("2025-09-18T08:00:00+07:00", {}), ("2025-09-25", SUM), ("2025-10-02", SUM), date="2025-09-17"))
    assert (row.under, row.first[:10]) == ("2025-09-25", "2025-09-18")
    assert [(one.day, one.what) for one in row.updates] == [("2025-09-25", ("sum",))]


def test_telling_it_again_is_no_news():
    row = row_of(line(1, ("2025-09-18", SUM), ("2025-10-30", SUM), date="2025-09-17"))
    assert (row.under, row.updates) == ("2025-09-17", ())


def test_another_figure_a_number_or_a_due_day_is_news():
    things = {"items": (item("radar", "radar"),)}
    row = row_of(
        line(
            1,
            ("2025-09-18", SUM | things),
            ("2025-09-19", OTHER),
            ("2025-09-20", {"items": (item("radar", "radar", value=3),)}),
            ("2025-09-21", {"due": "2025-12"}),
        )
    )
    assert [one.what for one in row.updates] == [("figure",), ("count",), ("due",)]


def test_what_was_told_long_after_is_looked_back_on_and_moves_no_more():
    assert row_of(line(1, ("2025-09-18", {}), ("2025-09-25", SUM), date="2022-02-24")).under == "2022-02-24"


def test_editors_pin_hide_and_reword_a_line_of_one_topic():
    lines = [line(number, (f"2025-05-0{number}", {}), date=f"2025-05-0{number}") for number in (1, 2, 3)]
    ruled = [ruling("pin", lines[0]), ruling("hide", lines[1]), ruling("reword", lines[2], value="Một câu khác, viết ở Kyiv.")]
    page = timeline(lines, edits(*ruled, of=lines))
    assert [row.line.step.id for row in page.rows] == ["s-1", "s-3"]
    assert [row.line.step.id for row in page.hidden] == ["s-2"]
    told = shown(page.rows[1], "vi", House(words={"Kyiv": "Kiev"}))
    assert (told.text, told.machine) == ("Một câu khác, viết ở Kiev.", "Ngày 3/5/2025, Na Uy cung cấp hỗ trợ cho Moldova.")
    assert len(timeline(lines, edits(*ruled, of=lines, slug="khac")).rows) == 3


def test_a_ruling_stays_with_the_step_that_holds_most_of_its_claims():
    one, other = line(1, ("2025-05-01", {}), ("2025-05-02", {})), line(2, ("2025-05-03", {}))
    ruled = named(Decision("", "2025-10-01", "lan", "pin", (*one.step.claims, *other.step.claims), slot=slot_of("radar")))
    assert set(edits(ruled, of=[one, other])) == {"s-1"}


def test_a_correction_is_told_in_place_with_what_stood_before_and_moves_the_line():
    made = line(1, ("2025-09-18", SUM), date="2025-09-17")
    saw = tuple(one.claim for one in line(1, ("2025-09-18", OTHER)).witnesses)
    put_right = Decision(
        "r-1", "2025-10-01T09:00:00Z", "lan", "correct", made.step.claims, slot="amounts", why="bộ nói 300", saw=saw, shown_as="BTV"
    )
    row = row_of(made, edits(put_right, of=[made])["s-1"])
    assert row.under == "2025-10-01"
    (note,) = shown(row, "vi").notes
    assert note == "Đính chính 1/10/2025: số tiền trước ghi 450 triệu NOK, nay 300 triệu NOK, người sửa: BTV (bộ nói 300)"


def test_totals_so_far_and_habits_are_no_acts_of_a_day():
    page = timeline([line(1, ("2025-05-01", {}), scope="total"), line(2, ("2025-05-01", {}))], {})
    assert ([row.line.step.id for row in page.rows], [row.line.step.id for row in page.background]) == (["s-2"], ["s-1"])


def test_no_act_stands_on_a_page_twice_and_its_day_is_said_once():
    lines = [line(number, (f"2025-05-0{number}", {}), date="2025-05-01") for number in (1, 2, 3)]
    page = timeline(lines, edits(ruling("pin", lines[2]), of=lines))
    told = days(page, "vi")
    assert [above for above, _ in told] == ["Ghim", "1/5/2025"]
    ids = [one.id for _, group in told for one in group]
    assert sorted(ids) == ["s-1", "s-2", "s-3"]
    assert told[0][1][0].text.startswith("Ngày 1/5/2025, ")
    assert told[1][1][0].text.startswith("Na Uy ")


def test_parts_of_a_page_are_all_of_it_in_order():
    lines = [line(number, (f"2025-05-{number % 7 + 1:02}", {}), date=f"2025-05-{number % 7 + 1:02}") for number in range(1, 24)]
    page = timeline(lines, edits(*(ruling("pin", one) for one in lines[:3]), of=lines))
    parts = [part(page, start, start + 5) for start in range(0, 25, 5)]
    assert [row for one in parts for row in one.rows] == list(page.rows)
    assert all(one.count == len(one.rows) <= 5 for one in parts)
    assert part(page, 0, None) == page
