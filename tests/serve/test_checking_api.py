"""Open questions, agreement, comparison, corrections and reports, as programs get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_data_api import content, holds

from vientro import pipeline
from vientro.publish import sheets
from vientro.review import maps
from vientro.review.answers import Reviewer
from vientro.review.importing import imported
from vientro.serve.api.operations import HOME
from vientro.store.store import Store
from vientro.tasks import desk, importing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_questions_are_those_of_the_page_and_an_answer_closes_one(serve: Callable[..., Any]) -> None:
    browser = serve()
    told = browser.get(f"{HOME}/questions?limit=500").json()
    holds(content(f"{HOME}/questions")["schema"], told)
    weights = [one["weight"] for one in told["items"]]
    assert weights == sorted(weights, reverse=True)
    first = next(one for one in told["items"] if one["topic"] == "claim")
    assert browser.post(f"{HOME}/decisions", json={"kind": "accept", "id": first["claims"][0]}).status_code == 201
    after = browser.get(f"{HOME}/questions?limit=500").json()
    assert first["key"] not in {one["key"] for one in after["items"]}
    only = browser.get(f"{HOME}/questions?topic=claim").json()
    assert {one["topic"] for one in only["items"]} == {"claim"}
    assert browser.get(f"{HOME}/questions?topic=x").status_code == 422


def test_agreement_names_reviewers_as_they_are_shown(own: Path, serve: Callable[..., Any]) -> None:
    with Store(own) as store:
        stages = pipeline.shipped()
        at = desk.desk(store, stages)
        claim = next(iter(at.links))
        rulings = [desk.verdict(at, store, "accept", who, claim) for who in (Reviewer("lan", "R1"), Reviewer("minh", "R2"))]
        desk.write(store, stages, rulings)
    told = serve().get(f"{HOME}/agreement").json()
    holds(content(f"{HOME}/agreement")["schema"], told)
    assert (told["items"][0]["first"], told["items"][0]["second"], told["items"][0]["share"]) == ("R1", "R2", 1.0)


def test_a_database_of_others_is_compared(own: Path, tmp_path: Path, serve: Callable[..., Any]) -> None:
    assert serve().get(f"{HOME}/compare").json()["items"] == []
    table = tmp_path / "kiel.csv"
    table.write_text(
        "ID,Countries,Announcement Date,Type of Aid General,Measure,Item,Item Number,Source Reported Value,Reporting Currency\n"
        "CAM1,Canada,2025-06-17,Military,Commitment,,,2100000000,CAD\n"
    )
    bring_in(own, table)
    browser = serve()
    told = browser.get(f"{HOME}/compare?database=kiel&part=both").json()
    holds(content(f"{HOME}/compare")["schema"], told)
    assert told["databases"] == ["Kiel"]
    assert sum(told["parts"].values()) > 0
    assert told["count"] == told["parts"]["both"]
    assert browser.get(f"{HOME}/compare?database=sipri").status_code == 404


def test_corrections_tell_old_new_why_and_who(own: Path, serve: Callable[..., Any]) -> None:
    with Store(own) as store:
        stages = pipeline.shipped()
        at = desk.desk(store, stages)
        claim = next(one for one in at.found.claims.values() if one.type == "commit" and one.modality == "actual" and one.id in at.links)
        desk.write(store, stages, [desk.correct(at, store, Reviewer("lan", "R1"), claim.id, "modality", "planned", "chưa làm")])
    told = serve().get(f"{HOME}/corrections").json()
    holds(content(f"{HOME}/corrections")["schema"], told)
    (one,) = told["items"]
    assert (one["slot"], one["old"], one["new"], one["why"], one["by"]) == ("modality", "actual", "planned", "chưa làm", "R1")


@pytest.mark.parametrize("public", [False, True])
def test_an_error_is_reported_and_its_trail_read(serve: Callable[..., Any], public: bool) -> None:
    browser = serve(public=public)
    sent = browser.post(f"{HOME}/reports", json={"words": "Sai: 8 radar.", "about": "//elsewhere.example"})
    assert sent.status_code == 201, sent.text
    told = browser.get(f"{HOME}/reports/{sent.json()['id']}")
    holds(content(f"{HOME}/reports/{{id}}")["schema"], told.json())
    assert (told.json()["words"], told.json()["about"], told.json()["answers"]) == ("Sai: 8 radar.", "", [])
    assert browser.get(f"{HOME}/reports/e-none").status_code == 404
    assert browser.post(f"{HOME}/reports", json={"words": " "}).status_code == 422
    assert browser.get(f"{HOME}/reports").status_code == (403 if public else 200)
    assert browser.get(f"{HOME}/questions").status_code == (403 if public else 200)


def bring_in(ledger: Path, table: Path) -> None:
    read = maps.shipped("kiel")
    with Store(ledger) as store:
        importing.rows(imported(sheets.read(table, read.needs), read, table.name), store, pipeline.shipped(), Reviewer("lan"))
