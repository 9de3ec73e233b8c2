"""What people type for a slot."""

from __future__ import annotations

import pytest

from vientro.model.errors import InputError
from vientro.review.values import value_of


@pytest.mark.parametrize(
    ("slot", "typed", "value"),
    [
        ("amounts", "25000000 EUR", [{"value": 25e6, "currency": "EUR", "bound": "exact"}]),
        (
            "amounts",
            "<5e9 USD; 3e9 EUR",
            [{"value": 5e9, "currency": "USD", "bound": "up_to"}, {"value": 3e9, "currency": "EUR", "bound": "exact"}],
        ),
        ("amounts", "20e6-30e6 EUR", [{"value": 20e6, "currency": "EUR", "bound": "range", "max": 30e6}]),
        ("amounts", "35 tỷ euro", [{"value": 35e9, "currency": "EUR", "bound": "exact"}]),
        ("amounts", "-", []),
        ("actors", "DE, NO DE", ["DE", "NO"]),
        ("actors", "Na Uy", ["NO"]),
        ("actors", "Hàn Quốc; Đức, germany", ["KR", "DE"]),
        ("recipients", "South Korea", ["KR"]),
        ("recipients", "20 công ty quốc phòng của Mỹ; US", ["20 công ty quốc phòng của Mỹ", "US"]),
        ("addressees", "EU-STATES NATO", ["EU-STATES", "NATO"]),
        ("actors", "Rostec", ["Rostec"]),
        ("actors", ";", []),
        ("date", "9/3/2025", "2025-03-09"),
        ("due", "3/2025", "2025-03"),
        ("date", "2025-03-01/2025-03-09", "2025-03-01/2025-03-09"),
        ("date", "2024-05", "2024-05"),
        ("date", "-", None),
        ("items", '[{"class": "tank", "text": "xe tăng"}]', [{"class": "tank", "text": "xe tăng"}]),
        (
            "items",
            "8 radar cảnh giới; ít nhất 30 xe bọc thép M113",
            [
                {"class": "radar", "text": "radar cảnh giới", "quantity": {"value": 8.0, "bound": "exact"}},
                {
                    "class": "armoured-vehicle",
                    "text": "xe bọc thép M113",
                    "model": "M113",
                    "quantity": {"value": 30.0, "bound": "at_least"},
                },
            ],
        ),
        ("items", "50 tấn gạo", [{"class": "food", "text": "gạo", "quantity": {"value": 50.0, "bound": "exact", "unit": "tấn"}}]),
        ("items", "hệ thống Patriot", [{"class": "air-defence-system", "text": "hệ thống Patriot", "model": "Patriot"}]),
        ("items", "2 trong 8 radar", [{"class": "radar", "text": "radar", "quantity": {"value": 2.0, "bound": "exact", "of": 8.0}}]),
        ("items", "-", []),
        ("repeat", "yes", True),
        ("speaker", "null", None),
        ("speaker", "None", None),
        ("actors", "NULL", []),
        ("speaker", "ông Null", "ông Null"),
    ],
)
def test_values(slot, typed, value):
    assert value_of(slot, typed) == value


@pytest.mark.parametrize(
    ("slot", "typed"), [("amounts", "a lot"), ("items", "[{"), ("items", "xyz"), ("amounts", "5"), ("actors", "DE; null")]
)
def test_what_is_no_value_is_told(slot, typed):
    with pytest.raises(InputError):
        value_of(slot, typed)
