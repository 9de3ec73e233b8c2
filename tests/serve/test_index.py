"""What is looked up is what asking each step would find."""

from __future__ import annotations

import itertools
from dataclasses import replace
from unicodedata import normalize

import pytest
from starlette.datastructures import QueryParams

from vientro.ledger.choice import fits
from vientro.ledger.slots import same_party
from vientro.model.ledger import Ledger
from vientro.serve import owners
from vientro.serve.filters import asked_for, filters_of
from vientro.serve.order import tab_of
from vientro.serve.shelf import View

ONE = (
    "donor=NO", "donor=EU", "recipient=UA", "type=commit", "type=deliver", "state=pledged", "class=radar", "purpose=military",
    "mode=loan", "modality=planned", "outlet=Tin Minh Họa", "payer=CA", "owner=unknown", "since=2025-03-01", "until=2024-12-31",
    "donor=Bên lạ",
)  # fmt: skip


@pytest.fixture(scope="module")
def view(web):
    return web.app.state.site.shelf.view()


def one_by_one(view, filters):
    for step in view.newest_first:
        deal = view.deals.get(step.deal)
        if (
            fits(step, deal.state if deal else None, view.told[step.id][0], filters.choice)
            and (not filters.supports or step.support in filters.supports)
            and (not filters.modes or step.mode in filters.modes)
            and (not filters.modalities or step.modality in filters.modalities)
            and (not filters.outlets or set(filters.outlets) & set(step.outlets))
            and (not filters.payers or any(same_party(one, view.entries[step.id].payers) for one in filters.payers))
            and (not filters.owners or any(owners.owner(outlet) in filters.owners for outlet in step.outlets))
        ):
            yield step


@pytest.mark.parametrize("asked", ["", *ONE, *("&".join(two) for two in itertools.combinations(ONE, 2))])
def test_the_index_finds_what_asking_each_finds(view, asked):
    filters = filters_of(QueryParams(asked))
    found = asked_for(view, filters)
    expected = list(one_by_one(view, filters))
    assert [step for steps in found.values() for step in steps if step not in expected] == []
    for tab, steps in found.items():
        assert steps == [step for step in expected if tab_of(step) == tab]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["tên lửa", "TÊN LỬA", "hòa bình", "hoà bình", "hoa binh", "ủy ban", "uỷ ban"])
def test_words_are_found_however_their_marks_are_written(view, asked, form, stored):
    step = view.book.ledger.steps[0]
    claim = replace(view.book.claims[step.claims[0]], evidence=normalize(stored, "Uỷ ban Hòa bình giao tên lửa; ủy ban hoà giải"))
    of_one = View(replace(view.book, ledger=Ledger((step,)), claims=view.book.claims | {claim.id: claim}), "one")
    found = asked_for(of_one, filters_of(QueryParams({"q": normalize(form, asked)})))
    assert sum(len(steps) for steps in found.values()) == 1
    assert not any(asked_for(of_one, filters_of(QueryParams({"q": normalize(form, "tén lửa")}))).values())


@pytest.mark.parametrize(
    ("date", "told", "day"),
    [
        ("2025-03-01", "2025-04-01", "2025-03-01"),
        ("2025-03", "2025-04-01", "2025-03-31"),
        ("2025", "2025-04-01", "2025-04-01"),  # not over when it was told
        ("2030", "2025-04-01", "2025-04-01"),  # lies ahead
        (None, "2025-04-01", "2025-04-01"),
        ("2025-03-01", "", "2025-03-01"),
        ("2030", "", ""),
        (None, "", ""),
    ],
)
def test_what_lies_ahead_stands_where_it_was_told(view, date, told, day):
    step = replace(view.book.ledger.steps[0], date=date)
    of_one = View(replace(view.book, ledger=Ledger((step,))), "one")
    of_one.__dict__["told"] = {step.id: (told, told)}
    assert of_one.day(step) == day
