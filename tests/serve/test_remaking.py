"""Deals that are made anew behind the pages."""

from __future__ import annotations

from vientro import pipeline
from vientro.model.decision import Decision, named
from vientro.serve import remaking
from vientro.serve.shelf import Shelf
from vientro.store.store import Store


def reject(own) -> str:
    with Store(own) as store:
        claim = next(iter(pipeline.book(store).links))
        store.decide([named(Decision("", "2026-03-05T08:00:00.000000Z", "lan", "reject", (claim,)))])
    return claim


def test_a_large_ledger_is_made_anew_in_a_process_of_its_own(own, monkeypatch):
    monkeypatch.setattr(remaking, "_LARGE", 0)
    monkeypatch.setattr(remaking, "make", None)  # not here
    shelf = Shelf(str(own))
    before = shelf.view()
    claim = reject(own)
    shelf.remaking.ask()
    assert shelf.view() is before  # whoever reads meanwhile does not wait
    assert shelf.remaking.wait(60)
    assert shelf.remaking.failed == ""
    assert claim in before.book.links
    assert claim not in shelf.view().book.links


def test_what_goes_wrong_is_told_and_tried_again(own, monkeypatch):
    shelf = Shelf(str(own))
    shelf.view()
    claim = reject(own)
    with monkeypatch.context() as patch:
        patch.setattr(remaking, "make", lambda *_: 1 / 0)
        shelf.ruled()
        assert shelf.remaking.wait(30)
    assert "zero" in shelf.remaking.failed
    assert shelf.view().book.links
    shelf.ruled()
    assert shelf.remaking.wait(30)
    assert shelf.remaking.failed == ""
    assert claim not in shelf.view().book.links


def test_another_programs_rulings_are_seen_without_being_told(own):
    shelf = Shelf(str(own))
    before = shelf.view()
    claim = reject(own)
    with Store(own) as store:
        pipeline.project(store, pipeline.shipped(), least=0.5)
    assert shelf.view() is not before
    assert claim not in shelf.view().book.links
