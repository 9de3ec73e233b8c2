"""Who said what: office holders by name, everybody else under whom they speak for; and what is overdue."""

from __future__ import annotations

import pytest

from vientro.serve.agenda import due, items
from vientro.serve.voices import acts, heard, holders, statements
from vientro.tasks import lives


@pytest.fixture
def view(web):
    return web.app.state.site.shelf.view()


def test_only_office_holders_states_and_bodies_are_heard(view):
    persons = [who for who in heard(view) if who in holders()]
    assert "Dmitry Peskov" in persons
    assert all(who in holders() or who == who.upper() for who in heard(view))


def test_what_an_office_holder_says_stands_under_the_state_too(view):
    by_person = {claim.id for claim in heard(view)["Dmitry Peskov"]}
    assert by_person <= {claim.id for claim in heard(view)["RU"]}


def test_statements_are_in_order_of_time_and_each_saying_of_an_act_once(view):
    for key in heard(view):
        found = statements(view, key)
        days = [one.day for one in found if one.day]
        assert days == sorted(days)
        assert all(not one.day for one in found[len(days) :])
        origins = [(one.step, view.book.links[one.claims[0].id].origin) for one in found]
        assert len(set(origins)) == len(origins)


def test_the_page_of_a_person_has_the_words_and_what_the_state_held_back(web):
    page = web.get("/people/Dmitry Peskov").text
    assert "<blockquote>" in page
    assert "Spokesperson, " in page
    assert "Russia: promised, delivered" in page
    assert "Refused, held back, blocked, opposed" in page


def test_refusals_stand_beside_the_money(web, view):
    assert acts(view, "NO").halts
    page = web.get("/people/NO").text
    for id_ in acts(view, "NO").halts[:12]:
        assert f'href="/deal/{id_}"' in page


def test_nobody_without_an_office_has_a_page(web):
    for name in ("Alexei Navalny", "một nguồn tin giấu tên", "Nguyễn Văn A", "../etc"):
        assert web.get(f"/people/{name}").status_code == 404


def test_a_name_is_found_without_its_page_being_known(web):
    answer = web.get("/people?q=norway", follow_redirects=False)
    assert answer.headers["location"] == "/people/NO"
    assert "Mark Carney" in web.get("/people?q=carn").text
    assert "Dmitry Peskov" not in web.get("/people?q=carn").text


def test_what_is_overdue_is_what_the_command_says(web, view):
    site = web.app.state.site
    with site.shelf.store() as store:
        for day in (view.book.newest, "2026-04-30"):
            told = lives.overdue(store, day)
            then = site.shelf.view(day)
            found = items(then, store, due(then, day), day)
            assert [item.overdue for item in found] == [item.overdue for item in told.items]
            assert [item.read for item in found] == [item.read for item in told.items]
            assert [item.quiet for item in found] == [item.quiet for item in told.items]
    assert told.items


def test_silence_is_told_as_no_report_found(web):
    page = web.get("/overdue?as-of=2026-04-30").text
    assert "no report of this was found" in page
    assert "does not mean that nothing was delivered" in page
    assert "No article with a day after the due day was read" in page
    assert "not delivered" not in page
    assert "No due day has passed" in web.get("/overdue?as-of=2026-04-30&recipient=FR").text
