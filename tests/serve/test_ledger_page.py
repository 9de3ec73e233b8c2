"""The form over the ledger keeps what its address asks for."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter

import pytest


def selected(page: str, name: str) -> list[str]:
    found = re.search(rf'<select id="f-{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option(?: value="([^"]*)")? selected>', found[0]) if found else []


@pytest.mark.parametrize(
    ("query", "name", "values"),
    [
        ("donor=NO", "donor", ["NO"]),
        ("donor=Na+Uy", "donor", ["NO"]),
        ("donor=NO&donor=CA&recipient=UA", "donor", ["CA", "NO"]),
        ("state=pledged&state=delivered", "state", ["delivered", "pledged"]),
    ],
)
def test_what_was_asked_for_is_asked_for_again(web, query, name, values):
    page = web.get(f"/ledger?{query}").text
    assert sorted(selected(page, name)) == values
    assert ("multiple" in re.search(rf'<select id="f-{name}"[^>]*>', page)[0]) == (len(values) > 1)


def test_a_party_that_this_ledger_lacks_stays_asked_for(web):
    page = html.unescape(web.get("/ledger?donor=Bên+lạ").text)
    assert "<option selected>Bên lạ</option>" in page


def test_a_past_moment_stays_asked_for(web):
    assert '<input type="hidden" name="known" value="2999-01-01T00:00:00Z">' in web.get("/ledger?known=2999-01-01T00:00:00Z").text


def test_a_span_that_ends_before_it_begins_holds_nothing_and_that_is_said(web):
    page = web.get("/ledger?since=2025-12-31&until=2025-01-01").text
    assert "ends before it begins" in page
    assert '<article class="act' not in page


def test_the_state_of_a_deal_stands_once_on_its_page(web, deal_of_most):
    assert web.get(f"/deal/{deal_of_most}").text.count('class="state"') == 1


@pytest.fixture
def deal_of_most(web):
    return max(web.app.state.site.shelf.view().deals.values(), key=lambda deal: len(deal.steps)).id


def test_sales_are_summed_by_the_profile_that_sums_sales(web):
    page = web.get("/ledger?tab=sales").text
    assert "Profile “Transfers”" in page
    assert web.get("/api/v1/ledger?tab=sales").json()["totals"]["profile"] == "transfers"
    assert web.get("/api/v1/ledger").json()["totals"]["profile"] == "headline"
    assert "profile=transfers" in html.unescape(web.get("/ledger?tab=sales&profile=headline").text)


@pytest.mark.parametrize(
    "query", ["", "profile=pledged&currency=USD", "tab=sales", "profile=announced&donor=CA", "recipient=UA&recipient=MD"]
)
def test_the_table_of_a_view_says_what_of_it_is_summed(web, query):
    told = web.get(f"/api/v1/ledger?{query}").json()
    rows = list(csv.DictReader(io.StringIO(web.get(f"/api/v1/ledger?{query}&format=csv").text)))
    figure = told["totals"]["figure"]
    summed = [row for row in rows if row["summed"] == "true"]
    assert len(summed) == figure["steps"]
    assert sum(float(row["summed_low"]) for row in summed if row["summed_low"]) == pytest.approx(figure["low"] or 0)
    assert Counter(row["left_out_by"] for row in rows if row["summed"] == "false") == told["totals"]["left_out"]
    assert {(row["profile"], row["summed_currency"]) for row in rows} == {(told["totals"]["profile"], told["totals"]["currency"])}


def test_the_table_of_sanctions_speaks_of_no_sum(web):
    assert "summed" not in web.get("/api/v1/ledger?tab=sanctions&format=csv").text.partition("\n")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/ledger?known=0001-01-01T00:00:00%2B14:00",
        "/ledger?known=9999-12-31T23:59:59-14:00",
        "/ledger?since=0001-01-01",
        "/check?sentence=Na+Uy+giao+radar+cho+Moldova&on=0001-01-01",
        "/check?sentence=Ng%C3%A0y+mai+Na+Uy+giao+radar+cho+Moldova&on=9999-12-31",
    ],
)
def test_a_day_of_no_news_is_refused_in_plain_words(web, address):
    told = web.get(address)
    assert told.status_code == 422
    assert "within the years 1900 to 2999" in told.text


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_a_program_is_told_of_a_day_of_no_news(web, on):
    for path, name in (("check", "sentence"), ("line", "draft")):
        told = web.post(f"/api/v1/{path}", json={name: "Na Uy cam kết 8 radar cho Moldova", "on": on})
        assert told.status_code == 422


def test_few_values_of_a_filter_are_taken_and_a_thousand_are_not(web):
    def asked(count: int) -> str:
        return "/ledger?" + "&".join(f"donor=Na+Ui+{number}" for number in range(count))

    assert web.get(asked(20)).status_code == 200
    told = web.get(asked(21))
    assert told.status_code == 422
    assert "20 or fewer" in told.text


def test_likely_names_are_looked_for_a_few_times_only(web):
    page = web.get("/ledger?" + "&".join(f"donor={name}" for name in ("Na+Ui", "Uk+raina", "Đứcc", "Phápp", "Na+Uyy"))).text
    assert page.count("Did you mean") == 3
