# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Spreadsheets say what they were given: read back with openpyxl."""

import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from spreadsheet import Column, Kind, Table, write_tables, write_workbook

COLUMNS = (
    Column("Name"),
    Column("Amount", Kind.NUMBER, digits=2),
    Column("Day", Kind.DATE),
    Column("Start", Kind.DATETIME),
)
FACTS = (("rows", 12), ("amount", Decimal("1.5")), ("state", "=open"))


def cells(path, sheet=0):
    """Return the values of a sheet, row by row."""
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book.worksheets[sheet].rows]


def test_rows_come_back_as_they_were(tmp_path):
    path = tmp_path / "a.xlsx"
    start = datetime(2026, 10, 31, 23, 59, 59)
    row = ("Crèdit", "12.345678", date(2026, 10, 31), start)
    rows = [row, ("x", None, None, None)]
    assert write_workbook(path, "Bills", COLUMNS, rows) == 2
    header, first, second = cells(path)
    assert header == ["Name", "Amount", "Day", "Start"]
    assert first == ["Crèdit", 12.345678, datetime(2026, 10, 31), start]
    assert second == ["x", None, None, None]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+34612345678", "-2", "@SUM(A1)", '=HYPERLINK("x")', "http://a.example"],
)
def test_text_is_never_a_formula_and_stays_itself(tmp_path, text):
    path = tmp_path / "a.xlsx"
    write_workbook(path, "T", COLUMNS[:1], [(text,)])
    cell = load_workbook(path).active["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


def test_long_table_goes_on_in_further_sheets(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = ((f"r{number}", number, None, None) for number in range(7))
    assert write_workbook(path, "Usage", COLUMNS, rows, max_rows=4) == 7
    book = load_workbook(path)
    assert book.sheetnames == ["Usage", "Usage 2", "Usage 3"]
    assert [sheet.max_row for sheet in book.worksheets] == [4, 4, 2]
    assert cells(path, 2) == [["Name", "Amount", "Day", "Start"], ["r6", 6, None, None]]


def test_table_that_fills_a_sheet_makes_no_empty_second_one(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [("r", 1, None, None)] * 3
    write_workbook(path, "Usage", COLUMNS, rows, max_rows=4)
    assert load_workbook(path).sheetnames == ["Usage"]


def test_empty_table_has_its_header(tmp_path):
    path = tmp_path / "a.xlsx"
    assert write_workbook(path, "Usage", COLUMNS, []) == 0
    assert cells(path) == [["Name", "Amount", "Day", "Start"]]


def test_sheet_name_is_one_that_spreadsheets_take(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, "A/B: [long] name of more than 31 letters?", COLUMNS, [])
    (name,) = load_workbook(path).sheetnames
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\")


def test_amount_that_is_none_is_refused_by_place(tmp_path):
    rows = [("a", "1", None, None), ("b", "many", None, None)]
    with pytest.raises(ValueError, match="Row 2, column 2: 'many' is no number"):
        write_workbook(tmp_path / "a.xlsx", "T", COLUMNS, rows)


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(count):
        rows = ((f"name {n}", Decimal(n), None, None) for n in range(count))
        tracemalloc.start()
        write_workbook(tmp_path / "a.xlsx", "T", COLUMNS, rows)
        _now, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(10)  # what is imported and cached once
    assert peak(8000) < peak(1000) + 200_000


def test_tables_of_a_workbook_begin_sheets_of_their_own(tmp_path):
    path = tmp_path / "a.xlsx"
    tables = [
        Table("Facts", [Column("Name"), Column("Value", Kind.ANY)], FACTS),
        Table("Bills", COLUMNS[:2], [("a", "1"), ("b", "2")]),
    ]
    assert write_tables(path, tables) == 5
    assert load_workbook(path).sheetnames == ["Facts", "Bills"]
    assert [row[1] for row in cells(path)] == ["Value", 12, 1.5, "=open"]


def test_stream_gets_what_a_file_would_get(tmp_path):
    stream = BytesIO()
    write_workbook(stream, "T", COLUMNS[:2], [("a", "1")])
    assert cells(stream) == [["Name", "Amount"], ["a", 1]]
