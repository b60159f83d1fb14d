# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Workbooks of several sheets, and those that would fill the memory."""

import io
import zipfile

import openpyxl
import pytest
from spreadsheet import Column, Limits, Table, TableError, read_book, write_tables

SHEETS = {"one": (("code", "name"), ("code",)), "two": (("code",), ("code",))}


def book(*tables):
    stream = io.BytesIO()
    write_tables(
        stream, [Table(n, [Column(c) for c in cols], rows) for n, cols, rows in tables]
    )
    return stream.getvalue()


def test_sheets_are_read_by_name_and_blank_rows_passed_over():
    content = book(
        ("two", ["code"], [["B"]]),
        ("one", ["code", "name"], [["A", "Name"], [None, None], ["C", None]]),
    )
    assert read_book(content, SHEETS) == {
        "two": [(2, {"code": "B"})],
        "one": [(2, {"code": "A", "name": "Name"}), (4, {"code": "C"})],
    }


def test_csv_is_the_first_sheet():
    assert read_book(b"code,name\nA,Name\n", SHEETS) == {
        "one": [(2, {"code": "A", "name": "Name"})]
    }


def test_empty_sheet_has_no_rows():
    stream = io.BytesIO()
    empty = openpyxl.Workbook()
    empty.active.title = "one"
    empty.save(stream)
    assert read_book(stream.getvalue(), SHEETS) == {"one": []}


def test_formula_counts_by_its_value_and_is_refused_without_one():
    stream = io.BytesIO()
    odd = openpyxl.Workbook()
    odd.active.title = "one"
    odd.active.append(["code", "name"])
    odd.active.append(["A", "=1+1"])
    odd.save(stream)
    with pytest.raises(TableError, match="sheet one, cell B2: a formula that no"):
        read_book(stream.getvalue(), SHEETS)
    computed = io.BytesIO()
    with (
        zipfile.ZipFile(stream) as source,
        zipfile.ZipFile(computed, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            content = content.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            content = content.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            target.writestr(name, content)
    assert read_book(computed.getvalue(), SHEETS)["one"] == [
        (2, {"code": "A", "name": "2"})
    ]


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        (book(("three", ["code"], [])), Limits(), "'three' is no sheet"),
        (
            book(("one", ["code", "colour"], [])),
            Limits(),
            "sheet one, line 1: 'colour'",
        ),
        (book(("one", ["name"], [])), Limits(), "the column code is missing"),
        (book(("one", ["code"], [["A"], ["B"]])), Limits(rows=1), "more than 1 rows"),
        (book(("one", ["code"], [["A" * 9]])), Limits(cell_chars=8), "line 2: a cell"),
        (book(("one", ["code"], [["A"]])), Limits(unpacked_bytes=99), "too large"),
        (b"PK\x03\x04 broken", Limits(), "no workbook that can be read"),
    ],
)
def test_book_out_of_bounds_is_refused_with_its_place(content, limits, words):
    with pytest.raises(TableError, match=words):
        read_book(content, SHEETS, limits)


def test_declared_entities_are_refused():
    content = book(("one", ["code"], [["A"]]))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for member in source.infolist():
            data = source.read(member)
            if member.filename.endswith("sheet1.xml"):
                data = data.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
            target.writestr(member.filename, data)
    with pytest.raises(TableError, match="declares entities"):
        read_book(stream.getvalue(), SHEETS)


def test_size_that_a_sheet_claims_is_not_believed():
    content = book(("one", ["code"], [["A"]]))
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for member in source.infolist():
            data = source.read(member).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
            target.writestr(member.filename, data)
    assert read_book(stream.getvalue(), SHEETS) == {"one": [(2, {"code": "A"})]}


def test_faults_are_told_in_another_language_with_their_place():
    content = book(("one", ["code", "colour"], [["A", "red"]]))
    with pytest.raises(TableError) as raised:
        read_book(content, SHEETS)
    catalan = {
        "sheet %(sheet)s, %(fault)s": "full %(sheet)s, %(fault)s",
        "line 1: %(name)s is no column; the columns are %(names)s": (
            "línia 1: %(name)s no és cap columna; hi ha %(names)s"
        ),
    }
    told = raised.value.told(lambda source, **values: catalan[source] % values)
    assert told == "full one, línia 1: 'colour' no és cap columna; hi ha code, name"
