"""Tables of the shapes of Kiel's and SIPRI's, written for this test, become claims; what can't be read is told by row and column."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from vientro.ledger.imported import Imported, record
from vientro.model.article import Reject
from vientro.model.errors import InputError
from vientro.publish import sheets
from vientro.review import maps
from vientro.review.importing import imported, row_value

if TYPE_CHECKING:
    from pathlib import Path

KIEL = """\
ID,Countries,Announcement Date,Type of Aid General,Type of Aid Specific,Measure,Explanation,Item,Item Number,\
Item Number Delivered,Delivery Date,Source Reported Value,Reporting Currency,Converted Value in EUR,Source of Aid
DEM1,Germany,2024-05-10,Military,Heavy weapons,Allocation,Radars for air defence,Radar,8,3,2024-09-01,20000000,EUR,20000000,https://example.org/1
FRF1,France,2024-06-01,Financial,Loan,Commitment,A loan,,,,,"300,000,000",EUR,300000000,
NOM2,Norway,soon,Military,Equipment,Commitment,"=HYPERLINK(""http://evil.example"")",,,,,many,NOK,,
,,2024-01-01,Military,,Commitment,Nobody,,,,,1,EUR,1,
USX9,United States,2024-06-03,Space,,Commitment,Something,,,,,5,dollars,,
"""

SIPRI = """\
Transfers of major weapons: Deals with deliveries or orders made for 2020 to 2024
Note: '?' marks uncertain data
Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,\
Weapon description,Number delivered,,Year(s) of delivery,status,Comments,\
SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons
Ukraine,Germany,2023,,18,?,Leopard-2A6,tank,18,,2023; 2024,Second hand,Aid,1.5,27,27
Poland,South Korea,2022,?,(212),,K-9 Thunder,155mm self-propelled gun,,,,New,,1.1,233.2,
"""


def rows(tmp_path: Path, content: str, name: str, encoding: str = "utf-8"):
    path = tmp_path / f"{name}.csv"
    path.write_text(content, encoding)
    by = maps.shipped(name)
    return list(imported(sheets.read(path, by.needs), by, path.name))


def test_a_table_of_the_shape_of_kiels(tmp_path):
    found = rows(tmp_path, KIEL, "kiel")
    told = {one.key: record(row_value(one)) for one in found if isinstance(one, Imported)}
    assert set(told) == {"DEM1 Radar", "DEM1 Radar delivered", "FRF1", "NOM2", "USX9"}
    article, given = told["DEM1 Radar"]
    assert (given.type, given.actors[0].value, given.recipients[0].value, given.support, given.date) == (
        "approve",
        "DE",
        "UA",
        "military",
        "2024-05-10",
    )
    assert [(money.value, money.currency) for money in given.amounts] == [(20e6, "EUR")]
    assert [(item.cls, item.quantity.value) for item in given.items if item.quantity] == [("radar", 8)]
    assert (article.outlet, article.published, article.url) == ("Kiel", "2024-05-10", "https://example.org/1")
    assert "Radars for air defence" in given.evidence == article.text
    came = told["DEM1 Radar delivered"][1]
    assert (came.type, came.date, came.items[0].quantity and came.items[0].quantity.value, came.amounts) == ("deliver", "2024-09-01", 3, ())
    loan = told["FRF1"][1]
    assert (loan.type, loan.actors[0].value, loan.mode, loan.amounts[0].value) == ("commit", "FR", "loan", 3e8)


def test_bad_cells_are_told_by_row_and_column_and_cost_no_more_than_they_must(tmp_path):
    found = rows(tmp_path, KIEL, "kiel")
    rejects = {one.id: one.reason for one in found if isinstance(one, Reject)}
    assert rejects == {
        "kiel.csv:4, column 'Announcement Date'": "'soon' is no day",
        "kiel.csv:4, column 'Source Reported Value'": "'many' is no number",
        "kiel.csv:5": "has no type, nobody who gives or receives, or no key, so that the row is left out",
        "kiel.csv:6, column 'Type of Aid General'": "'Space' is no support that the map knows",
        "kiel.csv:6, column 'Reporting Currency'": "'DOLLARS' is no currency of ISO 4217",
    }
    (norway,) = [one for one in found if isinstance(one, Imported) and one.key == "NOM2"]
    assert '=HYPERLINK("http://evil.example")' in norway.text
    assert norway.claim["date"] is None


def test_a_register_of_the_shape_of_sipris_and_its_measures_are_no_money(tmp_path):
    found = rows(tmp_path, SIPRI, "sipri", "cp1252")
    told = {one.key: one for one in found if isinstance(one, Imported)}
    assert len(told) == len(found) == 3
    tanks = record(row_value(told["Ukraine Germany 2023 Leopard-2A6 18 order"]))[1]
    assert (tanks.type, tanks.actors[0].value, tanks.addressees[0].value, tanks.date) == ("procure", "UA", "DE", "2023")
    count = tanks.items[0].quantity
    assert count
    assert (tanks.items[0].cls, count.value, count.bound) == ("tank", 18, "about")
    came = record(row_value(told["Ukraine Germany 2023 Leopard-2A6 18 delivery"]))[1]
    assert (came.type, came.actors[0].value, came.date) == ("deliver", "DE", "2023/2024")
    guns = told["Poland South Korea 2022 K-9 Thunder (212) order"]
    assert (guns.claim["items"][0]["class"], guns.claim["items"][0]["quantity"]) == ("artillery", {"value": 212, "bound": "about"})
    assert all(one.claim["amounts"] == [] for one in told.values())
    assert told["Ukraine Germany 2023 Leopard-2A6 18 order"].fields["tiv_order"] == "27"


def test_a_workbook_is_read_like_a_csv_and_its_formulas_are_not_worked_out(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ID", "Countries", "Announcement Date", "Measure", "Explanation", "Source Reported Value", "Reporting Currency"])
    sheet.append(["A1", "Germany", datetime(2024, 5, 10, tzinfo=UTC).replace(tzinfo=None), "Commitment", "x", "=1000*1000", "EUR"])
    sheet.append(["A2", "Germany", date(2024, 5, 11), "Commitment", "y", 25_000_000.0, "EUR"])
    book.save(tmp_path / "t.xlsx")
    by = maps.shipped("kiel")
    first, second = [one for one in imported(sheets.read(tmp_path / "t.xlsx", by.needs), by, "t") if isinstance(one, Imported)]
    assert (first.claim["amounts"], first.published) == ([], "2024-05-10")
    assert (second.claim["amounts"][0]["value"], second.published) == (25e6, "2024-05-11")


def test_rows_of_one_key_do_not_hide_each_other(tmp_path):
    twice = KIEL.splitlines()[0] + "\n" + "FRF1,France,2024-06-01,,,Commitment,a,,,,,1,EUR,,\n" * 2
    assert [one.key for one in rows(tmp_path, twice, "kiel")] == ["FRF1", "FRF1 #2"]


OURS = """\
step_id,type,modality,scope,giver,payer,recipient,value_low,value_best,value_high,currency_original,value_per,happened_on,until,due_by,evidence
s-1,commit,actual,total,GB,GB,UA,3e9,3e9,3e9,GBP,,2022-02/2025-02-24,,,row 0
s-2,approve,actual,act,EU,EU,UA,,,35e9,EUR,,2024-10-22,,,row 1
s-3,commit,actual,act,NO,NO,MD,9e8,,,NOK,,2022/..,,,row 2
s-4,commit,actual,act,DE,DE,UA,1e6,,2e6,EUR,,2024-05,,2024-07/2024-09,row 3
s-5,commit,actual,act,GB,GB,UA,2.7e9,3e9,3.3e9,GBP,year,2024,2030,,row 4
s-6,deliver,actual,habit,,,UA,,,,,,,,,row 5
"""


def test_a_table_of_our_own_keeps_scope_bounds_periods_spans_and_unknown_givers(tmp_path):
    found = rows(tmp_path, OURS, "vientro")
    told = [record(row_value(one))[1] for one in found if isinstance(one, Imported)]
    assert len(told) == len(found) == 6
    assert [one.scope for one in told] == ["total", "act", "act", "act", "act", "habit"]
    assert [(m.value, m.max, m.bound, m.per) for one in told for m in one.amounts] == [
        (3e9, None, "exact", None),
        (35e9, None, "up_to", None),
        (9e8, None, "at_least", None),
        (1e6, 2e6, "range", None),
        (3e9, None, "about", "year"),
    ]
    assert [one.date for one in told] == ["2022-02/2025-02-24", "2024-10-22", "2022/..", "2024-05", "2024", None]
    assert (told[3].due, told[4].horizon, told[5].actors) == ("2024-07/2024-09", "2030", ())


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01", b'"' * 1000, b"PK\x03\x04"])
def test_what_is_no_such_table_is_told(tmp_path, content):
    for name in ("t.csv", "t.xlsx"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            list(sheets.read(tmp_path / name, ["ID", "Countries"]))


@pytest.mark.parametrize("content", ["", "database = 3", "[[acts]]", 'database = "x"\nneeds = []\nkey = []\nacts = []\ncolour = "red"'])
def test_a_map_that_is_none_is_told(content):
    with pytest.raises(InputError, match=r"m\.toml"):
        maps.parse(content, "m.toml")
    with pytest.raises(InputError):
        maps.shipped("../../etc/passwd")
