"""Actors: what a user's overlay changes, what holds of any text and of the tables."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.lang.data import table
from vientro.model.errors import DataError
from vientro.reading import actors
from vientro.reading.lexicon import Entry, Lexicon
from vientro.reading.terms import codes
from vientro.reading.text import fold

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "actors.jsonl").read_text("utf-8").splitlines()]
PIECES = [piece for case in CASES for piece in case["text"].split(" ")]


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_every_actor_has_a_name_and_a_known_code_or_none(text: str) -> None:
    for actor in actors.find_actors(text):
        assert actor.name
        assert actor.code is None or actor.code in codes()


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_composed_and_decomposed_texts_give_the_same_actors(text: str) -> None:
    found = [[(a.name, a.kind, a.code) for a in actors.find_actors(unicodedata.normalize(form, text))] for form in ("NFC", "NFD")]
    assert found[0] == found[1]


def test_hits_of_other_lexicons_are_passed_over() -> None:
    text = fold("Na Uy tặng máy phát điện cho Moldova.").text
    words: list[Entry[object]] = [Entry("tặng", "give"), Entry("Na Uy tặng", "give")]
    places = Lexicon([*words, *actors.entries()]).places(text)
    assert [a.code for a in actors.resolve(text, places)] == ["NO", "MD"]


def test_an_overlay_adds_names_and_wins() -> None:
    rows = (
        {"pattern": "Xứ Sương|Sương Quốc", "name": "Sương Quốc", "kind": "state", "code": "", "guard": "", "source": "own"},
        {"pattern": "Na Uy", "name": "Na Uy", "kind": "state", "code": "SJ", "guard": "", "source": "own"},
        {"pattern": "Ludo Vranitz|Vranitz", "name": "Ludo Vranitz", "kind": "person", "code": "SK", "from": "2031-01-01", "to": ""},
    )
    text = fold("Xứ Sương, Na Uy và ông Vranitz họp.").text
    found = actors.resolve(text, Lexicon(actors.entries(rows)).places(text))
    assert [(a.name, a.kind, a.code) for a in found] == [
        ("Sương Quốc", "state", None),
        ("Na Uy", "state", "SJ"),
        ("Ludo Vranitz", "person", "SK"),
    ]


@pytest.mark.parametrize(("kind", "code"), [("state", "ZZ"), ("planet", "NO")])
def test_an_overlay_with_an_unknown_code_or_kind_is_refused(kind: str, code: str) -> None:
    with pytest.raises(DataError):
        actors.entries(({"pattern": "Xứ Sương", "name": "Xứ Sương", "kind": kind, "code": code},))


def test_every_territory_has_a_name() -> None:
    territories = {code for code in codes() if len(code) == 2 and code not in ("EU", "UN", "G7", "WB")}
    assert {row["code"] for row in table("vi", "states") if row["kind"] == "state"} == territories


@pytest.mark.parametrize(
    "name", ["states", "organisations", "groups", "outlets", "firms", "organs", "titles", "modifiers", "lookalikes", "persons"]
)
def test_every_row_names_its_source_and_holds_composed_text(name: str) -> None:
    for row in table("vi", name):
        assert row["source"], row
        assert all(unicodedata.is_normalized("NFC", cell) for cell in row.values()), row
