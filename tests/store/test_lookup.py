"""Steps filed by key and day: what is asked for is found, and only so much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vientro.article.compose import compose
from vientro.ledger.lookup import Coverage, of_step, ordinal
from vientro.model.edtf import interval
from vientro.model.errors import StoreError
from vientro.model.ledger import Deal, Interval, Ledger, Link, Step, Sum
from vientro.store import lookup
from vientro.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def step(number: int, date: str | None = None, giver: str = "DE", **slots: object) -> Step:
    slots = {"actors": (giver,), "recipients": ("UA",), **slots}
    return Step(f"s-{number:04}", f"d-{number:04}", (f"c-{number}",), 1, date, **slots)  # type: ignore[arg-type]


def filled(path: str | Path, *steps: Step) -> Store:
    store = Store(path)
    links = [Link(f"c-{n}", f"o-{n}", one.id, one.deal) for n, one in enumerate(steps)]
    store.replace(links, Ledger(steps, tuple(Deal(one.deal, (one.id,), "pledged") for one in steps)))
    return store


def day(edtf: str) -> int | None:
    return ordinal(interval(edtf))


def test_a_step_is_found_under_its_parties_models_and_sums(path):
    told = step(1, "2024-05-01", sums=(Sum("USD", Interval(2e9, 2e9, 2e9), (), 1),))
    assert of_step(told) == {"by de", "to ua", "line de ua", "sum USD 2e+09"}
    with filled(path, told, step(2, "2024-05-01", giver="FR", recipients=("MD",))) as store:
        for key in of_step(told):
            assert [one.step.id for one in store.near([key], day("2024-05-01"))] == ["s-0001"]
        assert store.near(["to vn"], None) == []
        assert store.near(["by de", "to ua"], None)[0].step == told


def test_of_many_steps_the_nearest_are_found_on_either_side_and_some_without_a_day(path, monkeypatch):
    monkeypatch.setattr(lookup, "PER_KEY", 2)
    steps = [*(step(n, f"2024-05-{n:02}") for n in range(1, 29)), *(step(n) for n in range(90, 99))]
    with filled(path, *steps) as store:
        found = store.near(["to ua"], day("2024-05-10"))
        assert [one.step.id for one in found] == ["s-0008", "s-0009", "s-0010", "s-0011", "s-0090", "s-0091"]
        newest = store.near(["to ua"], None)
        assert [one.step.id for one in newest] == ["s-0027", "s-0028", "s-0090", "s-0091"]


def test_deals_come_with_their_steps(path):
    with filled(path, step(1), step(2)) as store:
        deals, steps = store.of_deals(["d-0002", "d-none"])
    assert [deal.id for deal in deals] == ["d-0002"]
    assert [one.step.id for one in steps] == ["s-0002"]


def test_coverage_counts_what_was_read_with_a_claim_or_without(path):
    articles = [
        compose(str(n), f"Tin số {n} hôm nay không có gì.", outlet=outlet, published=published, lang="vi")
        for n, (outlet, published) in enumerate([("A", "2024-05-01"), ("A", "2024-05-01"), ("B", "2024-05-09T08:00:00+07:00"), ("B", None)])
    ]
    with Store(path) as store:
        store.add([(article, []) for article in articles], "stub 1")
        with pytest.raises(StoreError, match="was stopped"):
            store.coverage()
        store.replace([], Ledger())
        assert store.coverage() == Coverage(3, 2, 2, "2024-05-01", "2024-05-09", 1)
        assert store.coverage("2024-05-02", "2024-06-01") == Coverage(1, 1, 1, "2024-05-09", "2024-05-09", 1)
        assert store.coverage("2025-01-01", "2025-02-01") == Coverage(0, 0, 0, None, None, 1)
