"""The ledger in the columns of Kiel's Ukraine Support Tracker: what was promised, approved and delivered, a row for each act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vientro.publish.words import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vientro.publish.tables.column import Value

COLUMNS: tuple[str, ...] = (
    "ID", "Countries", "Announcement Date", "Type of Aid General", "Type of Aid Specific", "Measure", "Explanation", "Item", "Item Number",
    "Item Number Delivered", "Delivery Date", "Source Reported Value", "Reporting Currency", "Converted Value in EUR", "Source of Aid",
    "Value Is", "Recipient", "Also in Deal",
)  # fmt: skip
_MEASURES = {"commit": "Commitment", "approve": "Allocation", "deliver": "Delivery"}
_SPECIFIC = {"loan": "Loan", "guarantee": "Guarantee", "swap": "Central bank swap line", "aid": "Grant"}


def rows(flat: Iterable[Mapping[str, Value]]) -> Iterator[dict[str, Value]]:
    """Of the flat table (columns.py) what counts as a promise, an approval or a delivery of support."""
    for row in flat:
        measure = _MEASURES.get(str(row["type"]))
        if measure is None or not row["counts"] or row["merged_into"]:
            continue
        delivered = measure == "Delivery"
        yield {
            "ID": row["step_id"],
            "Countries": "; ".join(name(code, "en") for code in str(row["payer"] or "").split("; ") if code),
            "Announcement Date": row["happened_on"] or row["said_on"],
            "Type of Aid General": str(row["purpose"] or "").capitalize() or None,
            "Type of Aid Specific": _SPECIFIC.get(str(row["mode"])),
            "Measure": measure,
            "Explanation": row["evidence"],
            "Item": row["items"],
            "Item Number": None if delivered else row["item_count_low"],
            "Item Number Delivered": row["item_count_low"] if delivered else None,
            "Delivery Date": row["happened_on"] if delivered else None,
            "Source Reported Value": row["value_best"],
            "Reporting Currency": row["currency_original"],
            "Converted Value in EUR": row["value_eur"],
            "Source of Aid": row["source_1"],
            "Value Is": row["value_bound"],
            "Recipient": "; ".join(name(code, "en") for code in str(row["recipient"] or "").split("; ") if code) or None,
            "Also in Deal": row["deal_id"],
        }
