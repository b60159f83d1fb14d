# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows of CSV and XLSX as cells, however hostile the file."""

import io
import zipfile

import pytest
import xlsxwriter

from odoo.addons.somconnexio_base.file_reading.cells import open_rows, read_header
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.limits import MAX_LINE_BYTES
from odoo.addons.somconnexio_base.file_reading.probe import probe
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream


def read(text, encoding="utf-8", quote='"', delimiter=";"):
    """Return [(number, cells or fault)] of a CSV."""
    content = text if isinstance(text, bytes) else text.encode(encoding)
    rows = open_rows(
        CappedStream(io.BytesIO(content)), False, encoding, delimiter, quote
    )
    return [(number, fault or cells) for number, cells, _text, fault in rows]


def sheet(*rows, formula=False):
    """Return the bytes of an XLSX."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if formula:
            page.write_formula(len(rows), 0, "=1+1", value="")
    return stream.getvalue()


def read_sheet(content, point="."):
    """Return [(number, cells or fault)] of an XLSX."""
    stream = CappedStream(io.BytesIO(content))
    rows = open_rows(stream, True, "utf-8", ";", '"', point=point)
    return [(number, fault or cells) for number, cells, _text, fault in rows]


def test_cells_are_cut_at_the_delimiter_and_quotes_taken_off():
    assert read('a;"b;c"\nd;"e""f"\n') == [(1, ["a", "b;c"]), (2, ["d", 'e"f'])]


def test_row_may_span_lines_between_quotes_with_empty_ones_among_them():
    assert read('a;"b\n\nc"\nd;e\n') == [(1, ["a", "b\n\nc"]), (4, ["d", "e"])]


def test_quote_that_never_closes_costs_its_row_only():
    assert read('a;"b\nc;d\ne;f\n') == [
        (1, "structure"),
        (2, ["c", "d"]),
        (3, ["e", "f"]),
    ]


def test_quote_that_closes_too_late_costs_its_row_only():
    found = read('a;"b\n' + "c;d\n" * 300 + 'e;"f"\n')
    assert found[0] == (1, "structure")
    assert len(found) == 302
    assert found[-1] == (302, ["e", "f"])


def test_line_longer_than_the_cap_costs_itself():
    found = read("a;b\n" + "x" * (MAX_LINE_BYTES + 10) + "\nc;d\n")
    assert found == [(1, ["a", "b"]), (2, "structure"), (3, ["c", "d"])]


def test_line_in_another_encoding_costs_itself():
    found = read(b"a;b\nN\xfaria;c\nd;e\n")
    assert found == [(1, ["a", "b"]), (2, "encoding"), (3, ["d", "e"])]


def test_byte_order_mark_is_no_part_of_the_first_column():
    assert read(b"\xef\xbb\xbfID;B\n1;2\n")[0] == (1, ["ID", "B"])


def test_without_a_quote_character_quotes_are_text():
    assert read('a;"b\n', quote="") == [(1, ["a", '"b'])]


def test_blank_lines_are_no_rows():
    assert read("a;b\n\n   \nc;d\n") == [(1, ["a", "b"]), (4, ["c", "d"])]


def test_sheet_gives_texts_numbers_and_multiline_cells():
    found = read_sheet(sheet(["ID", "A"], ["1", 12.5], ["x\ny", 3]), point=",")
    assert found == [(1, ["ID", "A"]), (2, ["1", "12,5"]), (3, ["x\ny", "3"])]


def test_formula_without_a_result_costs_its_row():
    rows = sheet(["ID"], ["1"], formula=True)
    assert read_sheet(rows)[-1] == (3, "formula")
    stream = CappedStream(io.BytesIO(rows))
    [*_sound, (_number, _cells, place, _fault)] = open_rows(
        stream, True, "utf-8", ";", '"'
    )
    assert place == "A3"


def test_text_like_a_formula_is_text():
    assert read_sheet(sheet(["=1+1"])) == [(1, ["=1+1"])]


def test_sheet_that_unpacks_to_a_bomb_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("_rels/.rels", b"<Relationships>" + b" " * 50_000_000)
    with pytest.raises(FileError) as refused:
        read_sheet(stream.getvalue())
    assert refused.value.code in ("zip_ratio", "xml_broken", "xml_token_too_long")


def test_header_is_the_first_row():
    rows = iter([(1, [" ID ", "NAME"], "", None), (2, ["1", "x"], "", None)])
    assert read_header(rows) == ["ID", "NAME"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "empty"),
        ([(1, [], "", "encoding")], "header_encoding"),
        ([(1, [], "", "structure")], "header_unreadable"),
        ([(1, ["", ""], "", None)], "header_unreadable"),
        ([(1, ["A", "A"], "", None)], "column_twice"),
    ],
)
def test_file_without_a_usable_header_is_refused(rows, code):
    with pytest.raises(FileError) as refused:
        read_header(iter(rows))
    assert refused.value.code == code


def test_whole_number_of_more_digits_than_a_sheet_keeps_shows_it():
    found = read_sheet(sheet(["ICCID"], [8934049900000000001], [123456789012345]))
    assert [cells for _number, cells in found[1:]] == [
        ["8.93404990000000E+18"],
        ["123456789012345"],
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("ID\nÀ\n".encode(), {"is_utf8"}),
        ("ID\nÀ\n".encode("utf-8-sig"), {"is_utf8", "has_mark"}),
        ("ID\nÀ\n".encode("cp1252"), set()),
        (b"ID\nA\n", set()),
        ("ID\nÀ\n".encode("utf-16"), {"is_utf16", "is_cut"}),
        ("ID\nA\n".encode("utf-16-le"), {"is_utf16", "is_cut"}),
        ("ID\nÀ".encode()[:-1], {"is_cut"}),
        (b"", set()),
    ],
)
def test_text_tells_its_encoding_and_whether_it_is_whole(content, told):
    found = probe(CappedStream(io.BytesIO(content)))
    names = {name for name in ("is_utf8", "has_mark", "is_utf16") if vars(found)[name]}
    assert names == told - {"is_cut"}
    assert found.ends_whole == ("is_cut" not in told)
