"""The ledger page: payer and kind of owner, the sum of a view under a profile, the ledger of a past day, and how a view is cited."""

from __future__ import annotations

import hashlib
import html
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from starlette.datastructures import QueryParams

from vientro.ledger.counting.count import Question, count
from vientro.ledger.counting.profiles import shipped
from vientro.model.ledger import Ledger
from vientro.serve import owners
from vientro.serve.filters import PROFILES, asked_for, filters_of
from vientro.serve.shelf import View
from vientro.serve.totals import EXCHANGE, totals


@pytest.fixture
def view(web):
    return web.app.state.site.shelf.view()


def asked(**given: str):
    return filters_of(QueryParams({key.replace("_", "-"): value for key, value in given.items()}))


@pytest.mark.parametrize("profile", PROFILES)
def test_all_steps_together_come_to_what_the_profile_counts(view, profile):
    every = totals(view, view.book.ledger.steps, asked(profile=profile)).figure
    whole = count(view.entries.values(), Question(shipped(profile), ("donor",), "EUR", data_end=view.book.newest), EXCHANGE).total.figure
    assert (every.steps, every.unknown) == (whole.steps, whole.unknown)
    assert every.low == pytest.approx(whole.low)
    assert every.best == pytest.approx(whole.best)


def test_the_steps_as_the_ledger_keeps_them_are_those_worked_out(view):
    assert view.counted is not None
    assert View(view.book, "anew", view.withdrawn).entries == view.entries


def test_every_act_of_a_view_is_summed_or_left_out_by_a_rule(view):
    steps = asked_for(view, asked())["support"]
    found = totals(view, steps, asked())
    assert found.figure.steps + found.out == len(steps)
    assert all(re.fullmatch(r"[A-Z]\d+", rule) for rule, _ in found.left_out)


def test_views_that_share_no_act_sum_up_to_the_whole(view):
    steps = view.book.ledger.steps
    parts = [totals(view, part, asked(profile="pledged")).figure for part in (steps[::2], steps[1::2])]
    whole = totals(view, steps, asked(profile="pledged")).figure
    assert sum(part.low or 0 for part in parts) == pytest.approx(whole.low)
    assert sum(part.steps for part in parts) == whole.steps


def test_a_party_of_a_joint_act_has_anything_from_nothing_to_all(view):
    pledges = (step for step in view.book.ledger.steps if view.entries[step.id].level == "pledge" and step.counts)
    alone = next(step for step in pledges if step.sums and step.sums[0].value.best)
    joint = replace(alone, actors=("DE", "NL"))
    of_two = View(replace(view.book, ledger=Ledger((joint,))), "two")
    whole = totals(of_two, [joint], asked(profile="pledged")).figure
    part = totals(of_two, [joint], asked(profile="pledged", donor="DE")).figure
    assert whole.low
    assert (part.low, part.best, part.high) == (0, None, whole.high)


def test_a_payer_is_whoever_bears_the_cost(view):
    payer = next(entry.payers[0] for entry in view.entries.values() if entry.payers)
    found = [step for steps in asked_for(view, asked(payer=payer)).values() for step in steps]
    assert found
    assert all(payer in view.entries[step.id].payers for step in found)


def test_outlets_have_a_kind_of_owner():
    assert owners.owner("VnExpress") == "private"
    assert owners.owner("Tuổi Trẻ") == "state"
    assert owners.owner("TASS") == "state"
    assert owners.owner("Báo Chưa Ai Biết") == owners.UNKNOWN


def test_the_page_filters_by_owner(web):
    assert "No line fits" in web.get("/ledger?owner=military").text
    assert "No line fits" not in web.get("/ledger?owner=unknown").text
    assert web.get("/ledger?owner=nobody").status_code == 422


def test_the_page_says_the_total_its_profile_and_what_is_left_out(web):
    page = web.get("/ledger?profile=pledged&currency=USD").text
    assert "Total of this view" in page
    assert "million USD" in page
    assert "Profile “Pledged”" in page
    assert "Not summed" in page
    assert "Total of this view" not in web.get("/ledger?tab=sanctions").text


def test_where_no_figure_is_summed_the_page_says_so_and_offers_the_profile_that_has_some(web):
    page = web.get("/ledger?donor=NO&lang=en").text
    assert "no act with a figure is summed under this profile" in page
    assert "acts summed" not in page
    assert "The profile “Pledged” has figures to sum." in page
    assert "has figures to sum" not in web.get("/ledger?donor=NO&profile=pledged&lang=en").text


def test_a_citation_leads_back_to_the_same_view(web, view):
    page = html.unescape(web.get("/ledger?donor=NO&sort=oldest&profile=pledged").text)
    address, digest = re.search(r'<p><a href="([^"]+)">[^<]+</a><br>SHA-256 <code>([0-9a-f]{64})</code>', page).groups()
    told = parse_qs(urlsplit(address).query)
    said = {"donor": ["NO"], "profile": ["pledged"], "currency": ["EUR"], "as-of": [view.book.newest]}
    assert told == said | {"known": [view.known], "sha256": [digest[:16]]}
    again = html.unescape(web.get(address).text)
    assert digest in again
    acts = asked_for(view, asked(donor="NO"))["support"]
    assert f"{sum(len(step.claims) for step in acts)} claims" in page


def test_the_hash_of_a_citation_is_of_its_acts_and_their_total(web, view):
    given = asked(donor="NO", profile="pledged")
    acts = asked_for(view, given)["support"]
    figure = msgspec.to_builtins(totals(view, acts, given).figure)
    rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in figure.items()}
    lines = [msgspec.to_builtins(step) for step in sorted(acts, key=lambda step: step.id)]
    lines.append({"currency": "EUR", "profile": "pledged", "total": rounded})
    made = "".join(msgspec.json.encode(line, order="sorted").decode() + "\n" for line in lines)
    assert hashlib.sha256(made.encode()).hexdigest() in web.get("/ledger?donor=NO&profile=pledged").text


def test_a_past_day_knows_only_what_was_told_by_then(web, view):
    day = "2025-04-30"
    shelf = web.app.state.site.shelf
    then = shelf.view(day)
    told = {article.published[:10] for article in then.book.articles.values() if article.published}
    assert told
    assert max(told) <= day
    assert shelf.view(day) is then
    assert shelf.view("2999-01-01") is view
    assert "as of 30 Apr 2025" in web.get(f"/ledger?as-of={day}").text
    assert web.get("/ledger?as-of=yesterday").status_code == 422


def test_what_is_kept_of_a_view_is_bounded(view):
    made = []
    for number in range(300):
        view.keep(("test", number), lambda number=number: made.append(number) or number)
    assert view.keep(("test", 299), lambda: pytest.fail("it was just made")) == 299
    view.keep(("test", 0), lambda: made.append(0) or 0)
    assert made[-1] == 0


def test_nothing_is_an_answer_that_is_kept(view):
    assert view.keep(("test", "nothing"), lambda: None) is None
    assert view.keep(("test", "nothing"), lambda: pytest.fail("it was just made")) is None


def test_many_threads_may_keep_at_once(view):
    def ask(first: int) -> bool:
        return all(
            view.keep(("threads", number % 601), lambda number=number: number % 601) == number % 601 for number in range(first, 9000)
        )

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(0, 4000, 500)))
    finally:
        sys.setswitchinterval(before)


def test_a_deal_of_a_past_day_has_what_was_told_by_then(web, view):
    deal = next(id_ for id_, steps in view.of_deal.items() if len({view.told[step.id][0] for step in steps}) > 3)
    day = sorted({view.told[step.id][0] for step in view.of_deal[deal]} - {""})[0]
    now, then = web.get(f"/deal/{deal}").text, web.get(f"/deal/{deal}?as-of={day}").text
    assert then.count('class="act') < now.count('class="act')
    assert f"deal/{deal}?as-of={day}" in then
    assert "See it as it stands now" in then
    assert "See it as it stands now" not in now
    assert web.get(f"/deal/{deal}?as-of=1999-01-01").status_code == 404
