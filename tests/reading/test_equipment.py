"""Equipment and goods: what holds of any text and of the tables, and designations."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.lang.data import table
from vientro.reading import designations, equipment

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "equipment.jsonl").read_text("utf-8").splitlines()]
PIECES = [piece for case in CASES for piece in case["text"].split(" ")]
CLASSES = {
    "tank",
    "ifv",
    "armoured-vehicle",
    "artillery",
    "mlrs",
    "mortar",
    "artillery-ammunition",
    "ammunition",
    "small-arms",
    "anti-tank-missile",
    "manpads",
    "air-defence-system",
    "air-defence-missile",
    "cruise-missile",
    "ballistic-missile",
    "missile",
    "combat-aircraft",
    "helicopter",
    "aircraft",
    "uav",
    "ship",
    "submarine",
    "coastal-defence",
    "radar",
    "electronic-warfare",
    "mine",
    "mine-clearing",
    "engineering",
    "logistics-vehicle",
    "fuel",
    "energy",
    "food",
    "medical",
    "communications",
    "intelligence",
    "maintenance",
    "no-fly-zone",
    "heavy-weapon",
    "weapon",
    "equipment",
    "other",
}


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_every_mention_is_of_a_class_of_the_guide(text: str) -> None:
    assert {one.cls for one in equipment.find_equipment(text)} <= CLASSES


def test_tables_hold_only_classes_of_the_guide_and_composed_text() -> None:
    for name in ("equipment", "goods"):
        for row in table("vi", name):
            assert row["class"] in CLASSES or (name == "goods" and row["kind"] != "noun" and not row["class"])
            assert row["source"]
            assert unicodedata.is_normalized("NFC", row["pattern"])


@pytest.mark.parametrize("row", table("vi", "equipment"), ids=lambda row: f"{row['class']} {row['family']} {row['place']}")
def test_every_designation_is_found_where_it_stands(row: dict[str, str]) -> None:
    for pattern in row["pattern"].split("|"):
        assert any((named.start, named.stop) == (0, len(pattern)) for named in designations.find(pattern)), pattern


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Su-30MK2V", "Su-30MK2V"),
        ("F-16BM", "F-16BM"),
        ("F -35 B", "F-35B"),
        ("MiG-29 SMT", "MiG-29SMT"),
        ("JF-17 Block 4", "JF-17 Block 4"),
        ("T-90MS", "T-90MS"),
        ("Leopard 2A9", "Leopard 2A9"),
    ],
)
def test_variants_of_a_listed_designation_need_no_row(text: str, model: str) -> None:
    assert [named.gears[0].model for named in designations.find(text)] == [model]


@pytest.mark.parametrize("text", ["F-1650", "S-4000", "xF-16", "tow", "lucas", "KF-160"])
def test_longer_figures_and_lower_case_are_no_designation(text: str) -> None:
    assert designations.find(text) == []
