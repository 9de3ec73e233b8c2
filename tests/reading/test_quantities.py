"""Quantities in news sentences: the cases of `cases/quantities.jsonl`, and what holds of any text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.reading import quantities

if TYPE_CHECKING:
    from vientro.model.mention import Quantity

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases" / "quantities.jsonl").read_text("utf-8").splitlines()]
FIELDS = ("text", "value", "bound", "max", "unit", "of", "vague")
PIECES = [piece for case in CASES for piece in case["text"].split(" ")]


def plain(found: Quantity) -> dict[str, Any]:
    """The fields of a case: text, value and bound always, the others where they are set."""
    row = {name: getattr(found, name) for name in FIELDS}
    return {name: value for name, value in row.items() if value not in (None, False)}


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert [plain(found) for found in quantities.find_quantities(case["text"])] == case["expect"]


@pytest.mark.parametrize("case", CASES[::5], ids=[case["text"] for case in CASES[::5]])
def test_decomposed_text_gives_the_same_values_and_its_own_offsets(case: dict[str, Any]) -> None:
    stored = unicodedata.normalize("NFD", case["text"])
    found = quantities.find_quantities(stored)
    assert [one.value for one in found] == [one["value"] for one in case["expect"]]
    assert [unicodedata.normalize("NFC", one.text) for one in found] == [one["text"] for one in case["expect"]]
    assert all(stored[one.start : one.stop] == one.text for one in found)


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_any_text_gives_spans_in_order_that_hold_their_text(text: str) -> None:
    found = quantities.find_quantities(text)
    assert all(0 <= one.start < one.stop <= len(text) and text[one.start : one.stop] == one.text for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.value >= 0 and (one.max is None or one.max > one.value) for one in found)
