"""Charts: what is drawn is what is counted, with its bounds; without the parts that draw, the tables stay."""

from __future__ import annotations

import builtins
import html
import re
from xml.etree import ElementTree

import pytest

from vientro.ledger.counting.cells import Figure
from vientro.model.errors import InputError
from vientro.publish.charts import Bar, Look, svg
from vientro.serve.drawing import NAMES, Asked, Drawing, Row, drawing, picture, spoken

SVG = "{http://www.w3.org/2000/svg}"


def words(made: bytes) -> str:
    return " ".join("".join(node.itertext()) for node in ElementTree.fromstring(made).iter(f"{SVG}text"))


@pytest.fixture
def view(web):
    return web.app.state.site.shelf.view()


def test_the_page_tells_profile_end_of_data_and_method_under_each_chart(web):
    page = web.get("/charts").text
    assert page.count('class="method"') == len(NAMES)
    assert page.count("Data up to") == len(NAMES)
    assert page.count("pledges alone, whatever became of them") >= len(NAMES)
    assert page.count("<table>") == len(NAMES)
    for alt in re.findall(r'<img [^>]*alt="([^"]+)"', page):
        assert "The largest:" in html.unescape(alt)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_is_an_image_of_its_own_that_runs_nothing(web, name):
    answer = web.get(f"/charts/{name}.svg?scheme=dark&size=narrow")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{SVG}svg"
    assert not list(root.iter(f"{SVG}script"))


def test_no_chart_of_another_name(web):
    assert web.get("/charts/everything.svg").status_code == 404
    assert web.get("/charts?profile=wishes").status_code == 422
    assert web.get("/charts?against=wishes").status_code == 422


def test_the_table_of_a_chart_adds_up_to_its_total(view):
    for name in NAMES:
        found = drawing(view, name, Asked(), "en")
        for place, total in enumerate(found.total.figures):
            assert sum(row.figures[place].low or 0 for row in found.rows) == pytest.approx(total.low or 0)


def test_undated_acts_stand_apart_at_the_end(view):
    rows = drawing(view, "time", Asked(), "en").rows
    assert rows[-1].place == "undated"
    assert sum(row.place == "undated" for row in rows) == 1


def test_what_may_be_less_or_more_is_drawn_as_a_line():
    def drawn(bar: Bar) -> int:
        made = svg([bar], [bar.place], [bar.series], unit="EUR", description="", look=Look(lang="en"))
        return made.count(b'aria-roledescription="rule mark"')

    assert drawn(Bar("DE", "pledged", 5, 5, 5)) == 0
    assert drawn(Bar("DE", "pledged", 3, 5, 9)) == 1
    assert drawn(Bar("DE", "pledged", 3, 5, None)) == 1


def test_hostile_names_are_text_in_a_picture():
    name = '<script>alert(1)</script>"&\u202e\x07\x00\ufffe\uffff\ud800'
    made = svg([Bar(name, name, 1, 2, 3)], [name], [name], unit=name, description=name, look=Look(lang="vi"))
    assert b"<script" not in made
    assert "<script>alert(1)</script>" in words(made)
    assert "\u202e".encode() not in made


def test_numbers_are_written_as_the_language_does():
    bars = [Bar("DE", "x", 40_000, 40_000, 40_000)]
    for lang, told in (("vi", "40.000"), ("en", "40,000")):
        assert told in words(svg(bars, ["DE"], ["x"], unit="EUR", description="", look=Look(lang=lang)))


def test_without_figures_there_is_nothing_to_draw_and_nothing_to_say():
    unknown = Figure(None, None, None, 2, 2)
    found = Drawing("donors", (Row("DE", (unknown,)),), Row("Total", (unknown,)), (0,), ())
    assert found.drawn == ()
    assert "–" in spoken(found, Asked(("pledged",)), "en")


def test_without_the_parts_that_draw_it_is_told_how_to_get_them(web, view, monkeypatch):
    real = builtins.__import__

    def lacking(name, *rest, **more):
        if name in ("altair", "vl_convert"):
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    asked = Asked(currency="GBP")
    with pytest.raises(InputError, match=r"pip install 'vientro\[charts\]'"):
        picture(drawing(view, "donors", asked, "en"), asked, Look())
    assert web.get("/charts/donors.svg?currency=GBP").status_code == 503
    monkeypatch.setattr("vientro.serve.pages.charts.find_spec", lambda name: None)
    page = web.get("/charts").text
    assert "vientro[charts]" in html.unescape(page)
    assert "<img" not in page
    assert page.count("<table>") == len(NAMES)


def test_over_time_what_has_no_day_stays_undated_and_says_when_it_was_told(view):
    found = drawing(view, "time", Asked(), "en")
    assert [row.undated for row in found.rows] == sorted(row.undated for row in found.rows), "at the end"
    undated = [row.place for row in found.rows if row.undated]
    assert "undated" in undated, "no article on it has a day"
    assert any(place.startswith("undated (told in 20") for place in undated)
    assert not any("told" in row.place for row in found.rows if not row.undated)
    drawn = picture(found, Asked(), Look(lang="en")).decode()
    assert 'stroke-dasharray="4,3"' in drawn
    assert "stroke-dasharray" not in picture(drawing(view, "donors", Asked(), "en"), Asked(), Look(lang="en")).decode().replace(
        'stroke-dasharray="1,0"', ""
    )
