"""Tables to files and back: every format holds the same cells, and no cell is ever a formula."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.model.errors import InputError
from vientro.publish import sheets, tables
from vientro.publish.escape import harmless, plain
from vientro.publish.tables.column import Table

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = ['=HYPERLINK("http://evil.example","x")', "+1", "-1", "@SUM(A1)", "\tx", "'=1", "'", "plain", 'a "b", c\nd', "đ"]
ROWS = [
    {"name": text, "value": float(number), "count": number, "yes": bool(number % 2), "none": None} for number, text in enumerate(HOSTILE)
]
TABLE = Table("ledger", ("name", "value", "count", "yes", "none"), ROWS)


@given(st.text(max_size=20))
def test_what_is_made_harmless_comes_back_and_is_no_formula(text):
    safe = harmless(text)
    assert plain(safe) == text
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"))


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_cells_come_back_as_they_were(tmp_path: Path, ending: str):
    if ending == ".xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"t{ending}"
    tables.write(path, [TABLE])
    found = [cells for _, cells in sheets.read(path, ["name", "value"])]
    assert [cells["name"] for cells in found] == HOSTILE
    assert [float(cells["value"]) for cells in found] == [row["value"] for row in ROWS]
    assert all(cells["none"] == "" for cells in found)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("strange", ["\u202e", "\u2066", "\u200f", "\x1b", "\x00", "\x85"])
def test_no_cell_turns_the_direction_of_writing_or_obeys_a_control_character(tmp_path: Path, ending: str, strange: str):
    if ending == ".xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"t{ending}"
    tables.write(path, [Table("ledger", ("name",), [{"name": f"{strange}=1 a{strange}b"}])])
    (cells,) = [cells for _, cells in sheets.read(path, ["name"])]
    assert cells["name"] == " =1 a b"


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path):
    openpyxl = pytest.importorskip("openpyxl")
    tables.write(tmp_path / "t.xlsx", [TABLE])
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["ledger"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_parquet_keeps_numbers_and_truths(tmp_path: Path):
    pq = pytest.importorskip("pyarrow.parquet")
    tables.write(tmp_path / "t.parquet", [TABLE])
    found = pq.read_table(tmp_path / "t.parquet").to_pylist()
    assert found == ROWS


def test_sqlite_can_be_asked(tmp_path: Path):
    tables.write(tmp_path / "t.sqlite", [TABLE])
    connection = sqlite3.connect(tmp_path / "t.sqlite")
    assert connection.execute("SELECT name FROM ledger WHERE count = 0").fetchall() == [(HOSTILE[0],)]
    assert connection.execute("SELECT sum(value) FROM ledger").fetchone() == (sum(range(len(ROWS))),)
    connection.close()


def test_a_mark_before_a_csv_and_an_ending_that_is_none(tmp_path: Path):
    tables.write(tmp_path / "t.csv", [TABLE], bom=True)
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbfname,")
    with pytest.raises(InputError, match=r"\.xlsx"):
        tables.write(tmp_path / "t.ods", [TABLE])
