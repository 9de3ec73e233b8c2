"""What a release corrects is what it takes back, and not what new articles add."""

from __future__ import annotations

from typing import Any

import pytest

from vientro.ledger.history import Change
from vientro.model.decision import Decision
from vientro.tasks.past import corrects

RADAR = {"cls": "radar", "model": None, "text": "radar", "count": {"low": 8.0, "best": 8.0, "high": 8.0}, "unit": None, "of": None}


def changed(field: str, old: Any, new: Any, **more: Any) -> Change:
    return Change("changed", "d-1", "s-1", field, old, new, **more)


@pytest.mark.parametrize(
    "change",
    [
        changed("sums", [{"currency": "EUR", "value": {"low": 1.0}}], [{"currency": "EUR", "value": {"low": 2.0}}]),
        changed("modality", "planned", "actual"),
        changed("mode", "aid", None),
        changed("actors", ("US", "GB"), ("US",)),
        changed("counts", False, True, decisions=(Decision("r-1", "2025-01-01T00:00:00Z", "lan", "correct"),)),
        changed("counts", True, False),
        changed("items", [RADAR], [RADAR | {"count": None}]),
        Change("gone", "d-1", "s-1"),
        Change("merged", "d-1", "s-1", old="s-1", new="s-2"),
        changed("deal", "d-1", "d-2", decisions=(Decision("r-1", "2025-01-01T00:00:00Z", "lan", "link"),)),
        changed("date", None, "2025-01-01", decisions=(Decision("r-1", "2025-01-01T00:00:00Z", "lan", "correct"),)),
    ],
)
def test_what_is_taken_back_is_a_correction(change: Change) -> None:
    assert corrects(change)


@pytest.mark.parametrize(
    "change",
    [
        changed("deal", "d-1", "d-2"),
        changed("flags", [], ["D11"]),
        changed("date", None, "2025-08-20"),
        changed("recipients", [], ["UA"]),
        changed("actors", ("RU", "US"), ("US", "RU")),
        changed("actors", ["US"], ["US", "GB"]),
        changed("items", [RADAR], [RADAR | {"text": "đài radar"}]),
        Change("new", "d-1", "s-1"),
        Change("state", "d-1", None, "state", "pledged", "delivered"),
    ],
)
def test_what_new_articles_add_is_none(change: Change) -> None:
    assert not corrects(change)
