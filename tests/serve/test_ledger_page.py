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
