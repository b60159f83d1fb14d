# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A CSV or XLSX file -> rows as dicts of text."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from .errors import TableError
from .formula import rearmed

MOST_ROWS = 250_000
#: An XLSX of 250,000 rates is some 100 MB unpacked.
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
DECIMAL_COMMA = re.compile(r"^\s*([0-9]+),([0-9]+)\s*$")
XLSX_START = b"PK\x03\x04"


def read_table(content, columns, required):
    """Return the rows of a table, each with the number of its line.

    :param bytes content: XLSX, of which the first sheet counts, or CSV in UTF-8 with
        commas or semicolons
    :param columns: names that the header may have, in any order
    :param required: those that it must have
    :return: list of (line number, dict of texts; empty cells are left out)
    :raise TableError: naming the line
    """
    is_xlsx = content.startswith(XLSX_START)
    lines = _xlsx_lines(content) if is_xlsx else _csv_lines(content)
    header = [str(cell or "").strip() for cell in next(lines, ((), ()))[1]]
    while header and not header[-1]:
        header.pop()
    _check_header(header, columns, required)
    rows = []
    for line_number, cells in lines:
        row = _row(header, cells, line_number)
        if row:
            rows.append((line_number, row))
        if len(rows) > MOST_ROWS:
            raise TableError([f"more than {MOST_ROWS} rows: split the file"])
    return rows


def _check_header(header, columns, required):
    faults = [
        f"line 1: {name!r} is no column; the columns are {', '.join(columns)}"
        for name in header
        if name not in columns
    ]
    faults += [
        f"line 1: the column {name} stands twice"
        for name in {name for name in header if header.count(name) > 1}
    ]
    faults += [
        f"line 1: the column {name} is missing"
        for name in required
        if name not in header
    ]
    if faults:
        raise TableError(faults)


def _row(header, cells, line_number):
    """Return the cells that hold something, as text."""
    texts = [_text(cell) for cell in cells]
    if any(texts[len(header) :]):
        raise TableError([f"line {line_number}: more cells than the header has"])
    return {name: text for name, text in zip(header, texts, strict=False) if text}


def _text(cell):
    """Return a cell as text: numbers with the digits that people see."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        # A spreadsheet keeps 0.1 as a float and shows 15 digits of it.
        return format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    return rearmed(str(cell).strip())


def _csv_lines(content):
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise TableError([f"line {line}: no UTF-8; save it as CSV UTF-8"]) from None
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if delimiter == ";":
                # Where semicolons separate cells, a comma is the decimal sign.
                cells = [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in cells]
            yield reader.line_num, cells
    except csv.Error as error:
        raise TableError([f"line {reader.line_num}: no CSV: {error}"]) from None


def _xlsx_lines(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > MOST_UNPACKED_BYTES:
            raise TableError(["the workbook is too large: split it"])
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
    except TableError:
        raise
    except Exception as error:  # openpyxl raises what the broken part of a file makes
        raise TableError([f"no workbook that can be read: {error}"]) from None
