"""Every kind of mention: the cases of `tests/cases`, and what holds of any text."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.evaluate.mentions import KINDS, Case, cases, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.model.mention import Actor, Amount, Equipment, Quantity, Time

CASES = cases(Path(__file__).parents[1] / "cases")
EVERY = [pytest.param(kind, case, id=f"{kind}: {case.text[:60]}") for kind, given in CASES.items() for case in given]
PIECES = sorted({piece for given in CASES.values() for case in given for piece in case.text.split(" ")})
TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)).map(str)
DISJOINT = {"times", "actors", "equipment"}


def written(text: str, day: str | None = None) -> Case:
    return Case(text, [], published=day)


def values(found: Sequence[Actor | Amount | Equipment | Quantity | Time]) -> list[dict[str, Any]]:
    """All fields but places, the words composed."""
    rows = [asdict(one) | {"text": unicodedata.normalize("NFC", one.text)} for one in found]
    return [{name: value for name, value in row.items() if name not in ("start", "stop")} for row in rows]


@pytest.mark.parametrize(("kind", "case"), EVERY)
def test_case(kind: str, case: Case) -> None:
    assert judge(KINDS[kind], [case], lambda: None).wrong == []


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_cases_and_some_without_a_mention(kind: str) -> None:
    assert len(CASES[kind]) >= 150
    assert sum(not case.expect for case in CASES[kind]) >= 20


@pytest.mark.parametrize(("kind", "case"), EVERY[::5])
def test_decomposed_text_gives_the_same_values_and_its_own_offsets(kind: str, case: Case) -> None:
    stored = unicodedata.normalize("NFD", case.text)
    found = KINDS[kind].find(msgspec.structs.replace(case, text=stored))
    assert values(found) == values(KINDS[kind].find(case))
    assert all(stored[one.start : one.stop] == one.text for one in found)


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS, day=DAYS)
def test_any_text_gives_spans_in_order_that_hold_their_text(kind: str, text: str, day: str | None) -> None:
    found = KINDS[kind].find(written(text, day))
    assert all(0 <= one.start < one.stop <= len(text) and text[one.start : one.stop] == one.text for one in found)
    assert all(a.start <= b.start and (kind not in DISJOINT or a.stop <= b.start) for a, b in pairwise(found))


@pytest.mark.parametrize("kind", ["amounts", "quantities"])
@given(text=TEXTS)
def test_ranges_run_upwards_from_nought(kind: str, text: str) -> None:
    for row in map(asdict, KINDS[kind].find(written(text))):
        assert row["value"] >= 0
        assert row["max"] is None or row["max"] > row["value"]
